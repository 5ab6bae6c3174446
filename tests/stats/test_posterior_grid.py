"""Slices of posteriors whose integrals are known: every study is normal."""

import numpy as np
import pytest
from stats.normal_model import NormalModel

from lupus_evidence.stats.posterior_grid import (
    LOGITS,
    LOGITS_MANY,
    SPREADS,
    SPREADS_MANY,
    approximate_evidence,
    slices,
)

MODELS = {
    "apart": NormalModel((1.5, -2.0, 0.4, 0.9), (0.5, 0.7, 0.3, 0.4), 1.0, -1.0, 2.0),
    "alike": NormalModel((0.4, 0.5, 0.3), (0.5, 0.6, 0.4), 0.5),
    "one": NormalModel((2.0,), (1.5,), 0.7, 0.5, 1.0),
    "sure of a spread": NormalModel(tuple(np.linspace(-3, 3, 30)), (0.1,) * 30, 1.0),
    "far from the prior": NormalModel((8.0, 8.5), (0.2, 0.3), 0.5, 0.0, 3.0),
}


@pytest.mark.parametrize("name", MODELS)
def test_slices_hold_the_posterior_of_normal_studies(name):
    """Evidence, spread, location given the spread, and location altogether."""
    model = MODELS[name]
    tau, share, mean, sd, evidence = model.dense()
    found = slices(model)
    assert found.log_evidence == pytest.approx(evidence, abs=1e-3)
    assert found.weight.sum() == pytest.approx(1)
    assert found.mass.sum(axis=1) == pytest.approx(1)
    for power in (2, 4):  # even as the posterior is
        assert found.weight @ found.tau**power == pytest.approx(
            share @ tau**power, rel=3e-3
        )
    centre, width, _ = model.given(found.tau)
    own = (found.mass * found.logits).sum(axis=1)
    assert own == pytest.approx(centre, abs=1e-6)
    spread = (found.mass * (found.logits - own[:, None]) ** 2).sum(axis=1)
    assert spread**0.5 == pytest.approx(width, rel=1e-6)
    assert found.weight @ own == pytest.approx(share @ mean, abs=2e-3)
    second = found.weight @ (found.mass * found.logits**2).sum(axis=1)
    assert second == pytest.approx(share @ (mean**2 + sd**2), rel=2e-3)


@pytest.mark.parametrize("name", MODELS)
def test_slices_reach_their_tails_and_little_farther(name):
    """Down to e^-20 of their height: 6.3 standard deviations, found by a tangent."""
    model = MODELS[name]
    found = slices(model)
    centre, width, height = model.given(found.tau)
    assert np.abs(found.mode - centre) == pytest.approx(0, abs=0.06 * width.max())
    assert found.unit == pytest.approx(3 * width)
    for end in (0, -1):
        reach = np.abs(found.logits[:, end] - centre) / width
        assert reach.min() > 40**0.5
        # three standard deviations, and 15.5 at the slope there
        assert reach.max() < 3 + 15.5 / 3 + 0.1
    u = np.arcsinh((found.logits - found.mode[:, None]) / found.unit[:, None])
    assert u[:, 0] == pytest.approx(-found.left)
    assert np.ptp(np.diff(u, axis=1) - found.step[:, None]) == pytest.approx(0)
    # the spread: to where it is down by 20 as well, or six scales of its prior
    height = height + np.log(np.cosh(found.v))
    down = height.max() - height[-1]
    farthest = found.tau[-1] / model.tau_prior
    assert farthest == pytest.approx(6) or (down > 19 and farthest < 6)
    assert down < 60
    assert found.tau[0] == 0 or height.max() - height[0] > 19
    assert np.diff(found.v) == pytest.approx(found.v[1] - found.v[0])
    scale = min(model.fine_spread(), model.tau_prior)
    assert found.tau == pytest.approx(scale * np.sinh(found.v))


@pytest.mark.parametrize("name", MODELS)
def test_heights_are_the_density_of_the_even_coordinate(name):
    """Relative to the highest; half of the first counts, the posterior being even."""
    model = MODELS[name]
    found = slices(model)
    height = model.given(found.tau)[2] + np.log(np.cosh(found.v))
    expected = np.exp(height - height.max())
    assert found.height == pytest.approx(expected, abs=1e-6)
    if found.tau[0] == 0:
        expected[0] /= 2
    assert found.weight == pytest.approx(expected / expected.sum(), abs=1e-6)


def test_a_spread_that_the_data_show_is_looked_at_where_it_lies():
    """Thirty studies about 1.8 apart: no slice is spent on a spread near 0."""
    found = slices(MODELS["sure of a spread"])
    assert found.tau[0] > 0.5
    assert found.weight[0] < 1e-6
    assert np.sum(found.weight > 1e-3) > SPREADS // 3


@pytest.mark.parametrize(
    ("k", "spreads", "points"),
    [(100, SPREADS, LOGITS), (101, SPREADS_MANY, LOGITS_MANY)],
)
def test_many_studies_need_fewer_points(k, spreads, points):
    """From 101 on; the posterior is nearly normal then."""
    found = slices(NormalModel(tuple(np.linspace(-1, 1, k)), (0.5,) * k, 0.5))
    assert found.logits.shape == (spreads, points)


@pytest.mark.parametrize("name", MODELS)
def test_evidence_by_laplace_is_that_of_normal_studies(name):
    """All but the constant of the normal density, within a few tenths."""
    model = MODELS[name]
    expected = model.dense()[-1] - np.log(2 * np.pi) / 2
    assert approximate_evidence(model) == pytest.approx(expected, abs=0.3)


def test_a_factor_on_the_posterior_is_another_study():
    """Evidence, spread and location are those with it; grid and prior stay."""
    one = NormalModel((0.4, 0.5, 0.9), (0.5, 0.6, 0.4), 0.5)
    more = NormalModel((*one.y, 0.7), (*one.s, 0.8), 0.5)
    before, expected = slices(one), slices(more)
    variance = 0.64 + before.tau[:, None] ** 2
    factor = -((before.logits - 0.7) ** 2) / (2 * variance) - np.log(variance) / 2
    found = before.reweighted(factor)
    assert found.log_evidence == pytest.approx(expected.log_evidence, abs=1e-6)
    assert found.weight.sum() == pytest.approx(1)
    assert found.mass.sum(axis=1) == pytest.approx(1)
    assert found.weight @ found.tau == pytest.approx(
        expected.weight @ expected.tau, rel=1e-4
    )
    mean = (found.mass * found.logits).sum(axis=1)
    assert mean == pytest.approx(more.given(found.tau)[0], abs=1e-6)
    height = more.given(found.tau)[2] + np.log(np.cosh(found.v))
    assert found.height == pytest.approx(np.exp(height - height.max()), abs=1e-6)
    # a factor on whole slices alone: a tighter prior of the spread
    tighter = before.reweighted(-((before.tau[:, None] / 0.5) ** 2) * (3 / 2))
    other = slices(NormalModel(one.y, one.s, 0.25))
    assert tighter.log_evidence == pytest.approx(other.log_evidence, abs=1e-4)
    assert tighter.mass == pytest.approx(before.mass)


def test_some_of_the_slices_keep_their_shares():
    """What is chosen is cut out of every part, and the evidence stays."""
    found = slices(MODELS["alike"])
    chosen = found.tau > 0.3
    part = found.only(chosen)
    assert part.tau == pytest.approx(found.tau[chosen])
    assert part.weight.sum() == pytest.approx(found.weight[chosen].sum())
    assert part.logits.shape == (chosen.sum(), LOGITS)
    assert part.log_evidence == found.log_evidence
