import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import betaincinv, expit, logit, ndtr

from lupus_evidence.stats.bayes import BinomialModel, marginal_mean, posterior
from lupus_evidence.stats.posterior_grid import slices

# printed with six decimals, from a grid of 0.005 logits
RATE = 5e-5
ENDS = 2e-4
# their median of tau is a node of a rule with spacing up to 6 pi / (2 * 120)
TAU_NODE = 0.08
# against the brute-force grid below, whose step of 0.02 logits bounds it
BRUTE = 2e-4

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "bayes.json").read_text("utf-8")
)
SETS = {entry["name"]: entry for entry in REFERENCE["results"]}
NAMES = (
    "miller1978",
    "stijnen2010-control",
    "pritz1997",
    "debruin2009",
    "two-small",
    "k1",
    "zero-and-full-cells",
    "homogeneous",
    "identical",
    "all-zero",
    "all-events",
    "rare",
)


def fitted(events, n, **priors):
    """Return the posterior of counts given as numbers or lists."""
    return posterior(
        tuple(float(x) for x in np.atleast_1d(events)),
        tuple(float(size) for size in np.atleast_1d(n)),
        **priors,
    )


def brute_force(events, n, tau_prior=1.0, rate_prior=0.5):
    """Tabulate median logit, tau and a new logit on plain even grids.

    Each likelihood is convolved with the normal density of the spread by a dense sum.
    """
    theta = np.arange(-9, 9.0001, 0.02)
    taus = np.arange(0.02, 5 * tau_prior, 0.04)
    log_prior = rate_prior * (theta - 2 * np.logaddexp(0, theta))
    joint = np.empty((len(taus), len(theta)))
    new = np.zeros(len(theta))
    shift = theta[:, None] - theta[None, :]
    likelihoods = [
        np.exp(
            x * theta
            - size * np.logaddexp(0, theta)
            - (x * logit(x / size) - size * np.logaddexp(0, logit(x / size)))
        )
        for x, size in zip(events, n, strict=True)
    ]
    kernels = []
    for row, tau in enumerate(taus):
        kernel = np.exp(-0.5 * (shift / max(tau, 0.02)) ** 2)
        kernel /= kernel[len(theta) // 2].sum()
        kernels.append(kernel)
        joint[row] = log_prior - 0.5 * (tau / tau_prior) ** 2
        for likelihood in likelihoods:
            joint[row] += np.log(kernel @ likelihood + 1e-300)
    joint = np.exp(joint - joint.max())
    joint /= joint.sum()
    for row, kernel in enumerate(kernels):
        new += joint[row] @ kernel
    return theta, joint.sum(axis=0), new, taus, joint.sum(axis=1)


def quantiles(grid, mass, probabilities):
    """Return quantiles of a distribution on an even grid."""
    cumulative = np.cumsum(mass) - mass / 2
    return np.interp(probabilities, cumulative / mass.sum(), grid)


def test_the_reference_does_not_shrink():
    """All twelve sets are there, with all four results."""
    assert tuple(SETS) == NAMES
    assert all({"median", "ci", "pi", "tau"} <= set(entry) for entry in SETS.values())


@pytest.mark.parametrize("name", NAMES)
def test_reference_posteriors(name):
    """Median, interval and predictive interval are those of two dense grids."""
    there = SETS[name]
    here = fitted(there["events"], there["n"])
    assert expit(here.median_rate.median()) == pytest.approx(there["median"], abs=RATE)
    assert here.median_rate.interval(0.95) == pytest.approx(there["ci"], abs=ENDS)
    assert here.new_study.interval(0.95) == pytest.approx(there["pi"], abs=ENDS)
    assert here.tau_quantile(0.5) == pytest.approx(there["tau"], abs=TAU_NODE)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("events", "n", "tau_prior"),
    [
        pytest.param((3, 6, 10, 1), (11, 17, 21, 6), 1.0, id="miller"),
        pytest.param((13, 5), (40, 16), 0.5, id="two-studies-tight-prior"),
        pytest.param((2.4, 7.7, 11.2), (6.1, 9.9, 13.5), 1.0, id="effective-counts"),
    ],
)
def test_brute_force(events, n, tau_prior):
    """Everything reported is that of plain sums over plain grids."""
    theta, median_rate, new, taus, tau_mass = brute_force(events, n, tau_prior)
    here = fitted(events, n, tau_prior=tau_prior)
    tails = np.array([0.025, 0.5, 0.975])
    there = expit(quantiles(theta, median_rate, tails))
    assert expit(here.median_rate.quantile(tails)) == pytest.approx(there, abs=BRUTE)
    there = expit(quantiles(theta, new, tails))
    assert expit(here.new_study.quantile(tails)) == pytest.approx(there, abs=BRUTE)
    there = quantiles(taus, tau_mass, 0.5)
    assert here.tau_quantile(0.5) == pytest.approx(there, abs=2e-3)
    average = (theta @ median_rate) / median_rate.sum()
    spread = ((theta - average) ** 2 @ median_rate / median_rate.sum()) ** 0.5
    assert here.sd == pytest.approx(spread, abs=2e-3)
    assert here.mean == pytest.approx(expit(theta) @ new / new.sum(), abs=BRUTE)


def test_a_tiny_prior_scale_is_the_binomial_model():
    """With no spread allowed, the totals' Jeffreys posterior comes back."""
    here = fitted((13, 5, 9), (40, 16, 22), tau_prior=1e-6)
    tails = np.array([0.025, 0.5, 0.975])
    there = betaincinv(27.5, 51.5, tails)
    assert expit(here.median_rate.quantile(tails)) == pytest.approx(there, abs=RATE)
    assert expit(here.new_study.quantile(tails)) == pytest.approx(there, abs=RATE)


def test_a_uniform_prior_is_used_when_asked_for():
    """With Beta(1, 1) and no spread, no events in n people give Beta(1, n + 1)."""
    here = fitted((0, 0), (10, 12), tau_prior=1e-6, rate_prior=1.0)
    there = 1 - 0.025 ** (1 / 23)
    upper = expit(here.median_rate.quantile(np.array([0.975])))
    assert upper == pytest.approx(there, abs=RATE)


def test_huge_studies_stay_sharp():
    """Two studies of a million: as two normal results with the same errors."""
    x, n = (500_000, 502_000), (1_000_000, 1_000_000)
    here = fitted(x, n)
    y, v = np.log([1, 502 / 498]), np.array([4e-6, 4e-6 / (1.004 * 0.996)])
    v_sum = v[0] + v[1]
    taus = np.geomspace(1e-6, 6, 20_001)
    # y1 - y2 ~ N(0, v1 + v2 + 2 tau^2), and the median logit ~ N(y, tau^2 / 2) meets
    # its prior, the square root of p (1 - p)
    z = np.linspace(-8, 8, 401)
    rate = expit(y.mean() + taus[:, None] / 2**0.5 * z)
    prior = (rate * (1 - rate)) ** 0.5 @ np.exp(-0.5 * z**2)
    variance = v_sum + 2 * taus**2
    height = np.exp(-0.5 * (y[0] - y[1]) ** 2 / variance - 0.5 * taus**2) * prior
    mass = height / np.sqrt(variance) * taus
    there = np.interp(0.5, np.cumsum(mass) / mass.sum(), taus)
    assert here.tau_quantile(0.5) == pytest.approx(there, rel=3e-3)
    assert here.median_rate.median() == pytest.approx(y.mean(), abs=2e-5)


def test_a_thousand_studies():
    """The posterior of a thousand studies is that of the large-sample fit."""
    rng = np.random.default_rng(3)
    n = rng.integers(20, 88, 1000)
    x = rng.binomial(n, expit(rng.normal(0.4, 0.6, 1000)))
    here = fitted(x, n)
    low, high = logit(np.array(here.median_rate.interval(0.95)))
    assert here.median_rate.median() == pytest.approx(0.4, abs=4 * here.sd)
    assert (high - low) / 2 == pytest.approx(1.96 * here.sd, rel=0.01)
    assert here.tau_quantile(0.5) == pytest.approx(0.6, abs=0.08)


def test_memory_is_bounded():
    """Three thousand studies are laid out in blocks, not all at once."""
    import tracemalloc

    counts = np.array([[3.0]] * 3000), np.array([[9.0]] * 3000)
    tracemalloc.start()
    slices(BinomialModel(*counts, tau_prior=1.0, rate_prior=0.5))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100e6


@pytest.mark.parametrize("scale", [0.0, -1.0, np.inf, np.nan])
def test_impossible_prior_scales_are_refused(scale):
    """The scale of tau's prior is a positive number."""
    with pytest.raises(ValueError, match="above 0"):
        fitted((3, 4), (9, 9), tau_prior=scale)


def test_tables_cannot_be_changed():
    """A posterior is shared by all who ask for it, so its tables are frozen."""
    here = fitted((3, 4), (9, 9))
    with pytest.raises(ValueError, match="read-only"):
        here.median_rate.logit[0] = 0


def test_marginal_mean_by_a_dense_sum():
    """The mean rate is the average of the logistic function over N(logit, tau^2)."""
    z = np.linspace(-9, 9, 20_001)
    weight = np.diff(ndtr(z))
    middle = (z[1:] + z[:-1]) / 2
    for at, tau in [(0.0, 1.0), (2.75, 0.6), (-3.0, 1.5), (1.0, 0.0)]:
        there = float(expit(at + tau * middle) @ weight)
        found = marginal_mean(np.array(at), np.array(tau))
        assert found == pytest.approx(there, abs=1e-6)
