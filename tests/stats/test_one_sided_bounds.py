"""Bounds where no one, or everyone, had the outcome."""

import numpy as np
import pytest
from scipy.special import expit, logsumexp
from scipy.stats import beta, norm

from lupus_evidence.stats.one_sided_bounds import (
    bounded_estimate,
    exact_bound,
    model_bound,
)


@pytest.mark.parametrize("n", [1, 10, 37.5])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_the_exact_bound_is_that_of_clopper_and_pearson(n, level):
    """No one of n: 1 - tail^(1/n); everyone: tail^(1/n), the mirror image."""
    tail = (1 - level) / 2
    high = beta.ppf(1 - tail, 1, n)
    assert exact_bound(0, n, level=level) == pytest.approx(high)
    assert exact_bound(n, n, level=level) == pytest.approx(1 - high)


def test_the_rule_of_three_and_seven_tenths():
    """At 95 % two-sided the bound of 0 of 100 is 3.62 %."""
    assert exact_bound(0, 100) == pytest.approx(0.0362, abs=5e-5)


@pytest.mark.parametrize(("events", "n"), [(1, 10), (9.5, 10), (11, 10), (-1, 10)])
def test_only_none_or_all_have_a_bound(events, n):
    """Anything else is refused, as is an impossible level."""
    with pytest.raises(ValueError, match=r"events|between"):
        exact_bound(events, n)
    with pytest.raises(ValueError, match="level"):
        exact_bound(0, 10, level=1.0)


def plainly(n, tau_prior, level):
    """Return the bound of the model by a plain sum: no events, uniform median rate."""
    location = np.linspace(-14, 4, 241)
    taus = tau_prior * (np.arange(40) + 0.5) / 9
    z = np.linspace(-4.5, 4.5, 19)
    theta = location[:, None, None] + taus[:, None] * z
    own = sum(
        logsumexp(-people * np.logaddexp(0, theta), axis=-1, b=norm.pdf(z))
        for people in n
    )
    prior = (
        -(taus**2) / (2 * tau_prior**2)
        + np.log(expit(location) * expit(-location))[:, None]
    )
    mass = np.exp(own + prior - (own + prior).max()).sum(axis=1)
    below = (np.cumsum(mass) - mass / 2) / mass.sum()
    return expit(np.interp((1 + level) / 2, below, location))


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_models_bound_is_that_of_a_plain_sum(level):
    """Of three series without an event; with everyone, the mirror image."""
    n = (12, 20, 7)
    bound, everyone = model_bound(((0, 0, 0), n), level, 0.5)
    assert everyone is False
    assert bound == pytest.approx(plainly(n, 0.5, level), rel=0.02)
    mirrored, everyone = model_bound((n, n), level, 0.5)
    assert everyone is True
    assert mirrored == pytest.approx(1 - bound, abs=1e-6)
    # the same by way of a wider prior
    again, _ = model_bound(((0, 0, 0), n), level, 0.25, 0.5)
    assert again == pytest.approx(model_bound(((0, 0, 0), n), level, 0.25)[0], rel=0.01)
    assert again < bound


@pytest.mark.parametrize("everyone", [False, True])
def test_a_bound_says_what_it_is_of(everyone):
    """Its side and level, people and events, the exact one on the totals, notes."""
    n = (12, 20)
    counts = (n if everyone else (0, 0)), n
    found = bounded_estimate(counts, "glmm", 0.9, 0.5)
    assert (found.method, found.interval_method) == ("glmm", "one-sided")
    assert (found.kind, found.level, found.tau_prior) == ("one-sided-bound", 0.9, 0.5)
    assert (found.k, found.n, found.events) == (2, 32, 32 if everyone else 0)
    assert (found.estimate, found.ci) == (None, None)
    bound = found.bound
    assert (bound.side, bound.level) == ("lower" if everyone else "upper", 0.95)
    assert bound.model == model_bound(counts, 0.9, 0.5)[0]
    assert bound.totals == pytest.approx(
        0.05 ** (1 / 32) if everyone else 1 - 0.05 ** (1 / 32)
    )
    said = [note.code for note in found.notes]
    first = "all-events" if everyone else "no-events"
    assert said == [first, "uniform-prior", "lucky-draw"]
