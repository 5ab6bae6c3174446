"""Tables of posteriors held against distributions that are known."""

import numpy as np
import pytest
from scipy import integrate, optimize
from scipy.special import expit, logit
from scipy.stats import halfnorm, norm
from stats.normal_model import NormalModel

from lupus_evidence.stats.posterior_grid import slices
from lupus_evidence.stats.posterior_tables import (
    LogitDistribution,
    distribution,
    location_distribution,
    log_odds,
    new_study_distribution,
    normal_rule,
    spread_distribution,
    tabulate,
)

PROBABILITIES = np.array([1e-6, 0.001, 0.025, 0.2, 0.5, 0.7, 0.975, 0.999, 1 - 1e-6])
MODELS = {
    "apart": NormalModel((1.5, -2.0, 0.4, 0.9), (0.5, 0.7, 0.3, 0.4), 1.0, -1.0, 2.0),
    "alike": NormalModel((0.4, 0.5, 0.3), (0.5, 0.6, 0.4), 0.5),
    "one": NormalModel((2.0,), (1.5,), 0.7, 0.5, 1.0),
    "many": NormalModel(tuple(np.linspace(-1, 2, 120)), (0.5,) * 120, 0.5),
}


def below(at, share, mean, sd):
    """Return the probability below of a mixture of normal distributions."""
    return share @ norm.cdf((at - mean) / sd)


def quantiles(probabilities, share, mean, sd):
    """Return quantiles of a mixture of normal distributions."""
    ends = (mean - 9 * sd).min(), (mean + 9 * sd).max()
    return [
        optimize.brentq(
            lambda at, p=p: below(at, share, mean, sd) - p, *ends, xtol=1e-10
        )
        for p in probabilities
    ]


@pytest.mark.parametrize("name", MODELS)
def test_the_location_is_a_mixture_of_normal_distributions(name):
    """Over the spread, by a dense sum: quantiles far out into both tails."""
    model = MODELS[name]
    _, share, mean, sd, _ = model.dense(1001)
    found = location_distribution(slices(model)).quantile(PROBABILITIES)
    expected = np.array(quantiles(PROBABILITIES, share, mean, sd))
    assert found[1:-1] == pytest.approx(expected[1:-1], abs=2e-3)
    assert found == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("name", MODELS)
def test_a_new_study_adds_the_spread_to_the_location(name):
    """Each spread's normal distribution has the variance of both."""
    model = MODELS[name]
    tau, share, mean, sd, _ = model.dense(1001)
    both = np.hypot(sd, tau)
    found = new_study_distribution(slices(model)).quantile(PROBABILITIES)
    expected = np.array(quantiles(PROBABILITIES, share, mean, both))
    assert found[2:-2] == pytest.approx(expected[2:-2], abs=2e-3)
    assert found[1:-1] == pytest.approx(expected[1:-1], abs=2e-2)


@pytest.mark.parametrize("tau_prior", [0.001, 0.6])
def test_of_the_prior_alone_a_new_study_is_a_scale_mixture(tau_prior):
    """One study without an error shows no spread: tau z, tau half-normal.

    Where the spread is all but nothing, location and new study are the study's own.
    """
    model = NormalModel((0.3,), (0.05,), tau_prior, 0.0, 50.0)
    grid = slices(model)
    found = new_study_distribution(grid).quantile(PROBABILITIES[2:7])
    tau = tau_prior * np.linspace(0.005, 8, 800)
    weight = halfnorm.pdf(tau, scale=tau_prior)
    # the study's own value is one draw, the new one another
    sd = np.sqrt(0.05**2 + 2 * tau**2)
    expected = quantiles(PROBABILITIES[2:7], weight / weight.sum(), 0.3, sd)
    assert found == pytest.approx(expected, abs=4e-3)


@pytest.mark.parametrize("name", MODELS)
def test_the_spread_is_what_a_dense_sum_finds(name):
    """Probability at or below each spread, from 0 to 1, never falling."""
    model = MODELS[name]
    tau, share, *_ = model.dense()
    values, cdf = spread_distribution(slices(model))
    middle = np.cumsum(share) - share / 2
    assert cdf == pytest.approx(np.interp(values, tau, middle), abs=2e-3)
    assert (cdf[0], cdf[-1]) == pytest.approx((0, 1))
    assert np.all(np.diff(cdf) >= 0)
    assert np.all(np.diff(values) > 0)
    assert len(values) == len(cdf) == 513
    inside = np.abs(np.subtract.outer((0.2, 0.5, 0.9), cdf)).min(axis=1)
    assert inside.max() < 0.01


def test_the_spread_of_the_prior_is_half_normal():
    """One study says nothing of it: to a ten-thousandth."""
    values, cdf = spread_distribution(
        slices(NormalModel((0.3,), (0.4,), 0.6, 0.0, 1e4))
    )
    assert cdf == pytest.approx(halfnorm.cdf(values, scale=0.6), abs=1e-4)
    assert values[0] == 0
    assert values[-1] == pytest.approx(3.6)


@pytest.mark.parametrize("tau_prior", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("y", [(0.0,), (0.3, 2.5), (1.0, 1.1, 0.9)])
def test_no_probability_of_a_spread_is_above_1(y, tau_prior):
    """Where the posterior has ended, all of it lies below."""
    grid = slices(NormalModel(y, (0.01,) * len(y), tau_prior))
    cdf = spread_distribution(grid)[1]
    assert cdf.min() == 0
    assert cdf.max() == pytest.approx(1, abs=1e-6)
    assert cdf.max() <= 1


def table(points=401):
    """Return a normal distribution of mean 1 and deviation 2, down to 10^-10."""
    at = np.linspace(-6.4, 6.4, points)
    return LogitDistribution(1 + 2 * at, norm.logcdf(at) - norm.logsf(at))


def test_a_table_is_looked_up_both_ways():
    """Probabilities, quantiles, the median and intervals of rates."""
    found = table()
    at = np.array([-3.0, 0.0, 1.0, 4.4])
    assert found.cdf(at) == pytest.approx(norm.cdf(at, 1, 2), abs=1e-5)
    p = np.array([1e-6, 0.025, 0.5, 0.8])
    assert found.quantile(p) == pytest.approx(norm.ppf(p, 1, 2), abs=1e-3)
    assert found.median() == pytest.approx(1)
    assert found.interval(0.9) == pytest.approx(
        tuple(expit(norm.ppf([0.05, 0.95], 1, 2))), abs=1e-4
    )


def test_beyond_a_table_lies_nothing():
    """0 below its first logit, 1 above its last; what it holds at both ends."""
    found = LogitDistribution(np.array([-1.0, 2.0]), np.array([-3.0, 4.0]))
    at = np.array([-1.1, -1.0, 2.0, 2.1])
    assert found.cdf(at) == pytest.approx([0, expit(-3), expit(4), 1])
    ends = found.quantile(np.array([0.0, 1.0]))
    assert ends == pytest.approx([-1, 2])


def test_the_complement_is_the_mirror_image():
    """The same people without the outcome: signs and tails change places."""
    skewed = LogitDistribution(np.array([0.0, 1.0, 5.0]), np.array([-4.0, 0.5, 3.0]))
    mirror = skewed.mirrored()
    at = np.array([-4.0, -1.0, -0.3])
    assert mirror.cdf(at) == pytest.approx(1 - skewed.cdf(-at))
    assert mirror.median() == pytest.approx(-skewed.median())
    low, high = skewed.interval(0.5)
    assert mirror.interval(0.5) == pytest.approx((1 - high, 1 - low))


def test_a_table_leaves_out_what_is_not_told_apart():
    """Neither below 10^-12 nor above 1 - 10^-12; both tails keep their digits."""
    at = np.arange(5.0)
    low = np.array([1e-13, 1e-11, 0.5, 1 - 1e-11, 1.0])
    high = np.array([1.0, 1 - 1e-11, 0.5, 1e-11, 1e-13])
    found = distribution(at, low, high)
    assert found.logit.tolist() == [1, 2, 3]
    assert found.log_odds == pytest.approx([-25.328, 0, 25.328], abs=1e-3)


def test_a_table_rises():
    """A point no higher than one before it is left out, and the table is frozen."""
    found = tabulate(np.arange(5.0), np.array([0.0, 2.0, 1.5, 2.0, 3.0]))
    assert found.logit.tolist() == [0, 1, 4]
    assert found.log_odds.tolist() == [0, 2, 3]
    with pytest.raises(ValueError, match="read-only"):
        found.logit[0] = 1


def test_log_odds_keep_their_digits_near_0():
    """As the logit, however small the probability."""
    p = np.array([1e-300, 1e-9, 0.3, 0.5])
    assert log_odds(p) == pytest.approx([-690.7755, logit(1e-9), logit(0.3), 0])


@pytest.mark.parametrize("nodes", [5, 12])
def test_the_rule_of_normal_deviates_has_their_moments(nodes):
    """Weights add up to 1; variance 1, fourth moment 3."""
    z, weight = normal_rule(nodes)
    assert len(z) == nodes
    moments = [weight @ z**power for power in range(5)]
    assert moments == pytest.approx([1, 0, 1, 0, 3], abs=1e-9)


def test_the_tables_reach_far_into_both_tails():
    """The location's to log odds of 18, a new study's to 12, and little beyond."""
    grid = slices(MODELS["alike"])
    for found, reach in (
        (location_distribution(grid), 18),
        (new_study_distribution(grid), 12),
    ):
        assert found.log_odds[0] == pytest.approx(-reach, abs=1.5)
        assert found.log_odds[-1] == pytest.approx(reach, abs=1.5)


def test_a_location_can_be_tabulated_less_finely():
    """65 knots, and 7 points between two or as many as asked for."""
    grid = slices(MODELS["apart"])
    fine, coarse = location_distribution(grid), location_distribution(grid, 2)
    assert (len(fine.logit), len(coarse.logit)) == (64 * 8 + 1, 64 * 2 + 1)
    assert coarse.logit == pytest.approx(fine.logit[::4])
    assert coarse.log_odds == pytest.approx(fine.log_odds[::4])
    # about evenly in log odds
    assert np.diff(fine.log_odds[::8]).max() < 2.0
    total = integrate.trapezoid(fine.cdf(fine.logit), fine.logit)
    _, share, mean, *_ = MODELS["apart"].dense()
    assert fine.logit[-1] - total == pytest.approx(share @ mean, abs=2e-3)
