"""Every figure of an inverse-variance estimate, from its formula written out.

Two sets: one whose studies differ more than chance, with no empty cell, and one whose
studies agree, so that the spread is 0.
"""

import numpy as np
import pytest
from scipy import integrate, optimize, stats
from scipy.special import expit

from lupus_evidence.stats.pooling import pool

DIFFERENT = ((3, 12, 9, 28, 20), (20, 25, 22, 30, 61))
ALIKE = ((5, 6, 5, 9), (20, 21, 22, 33))
SETS = {"different": DIFFERENT, "alike": ALIKE}
LEVEL = 0.9
SPREADS = ("dl", "pm", "ml", "reml")
FLAT = 1e-5  # how well a search on a flat top finds its place


def logits(counts):
    """Logits and their variances."""
    x, n = np.array(counts, dtype=float)
    return np.log(x / (n - x)), 1 / x + 1 / (n - x)


def weighted(y, v, tau2):
    """Weights and mean at a variance between studies."""
    weight = 1 / (v + tau2)
    return weight, np.sum(weight * y) / np.sum(weight)


def generalised_q(y, v, tau2):
    """Weighted squares about the mean."""
    weight, mean = weighted(y, v, tau2)
    return np.sum(weight * (y - mean) ** 2)


def log_likelihood(y, v, tau2, *, restricted):
    """Normal log-likelihood of the variance between studies."""
    weight, mean = weighted(y, v, tau2)
    value = np.sum(stats.norm.logpdf(y, mean, np.sqrt(v + tau2)))
    return value - 0.5 * np.log(np.sum(weight)) if restricted else value


def between(y, v, method):
    """The variance between studies by each estimator's definition."""
    k = len(y)
    if method == "dl":
        weight = 1 / v
        scale = np.sum(weight) - np.sum(weight**2) / np.sum(weight)
        return max(0.0, (generalised_q(y, v, 0.0) - (k - 1)) / scale)
    if method == "pm":
        if generalised_q(y, v, 0.0) <= k - 1:
            return 0.0
        return optimize.brentq(lambda t: generalised_q(y, v, t) - (k - 1), 0, 100)
    restricted = method == "reml"
    found = optimize.minimize_scalar(
        lambda t: -log_likelihood(y, v, t, restricted=restricted),
        bounds=(0, 20),
        method="bounded",
        options={"xatol": 1e-12},
    )
    at_zero = log_likelihood(y, v, 0.0, restricted=restricted)
    return found.x if -found.fun > at_zero else 0.0


@pytest.fixture(params=[(name, method) for name in SETS for method in SPREADS])
def case(request):
    """An estimate, its method, and its studies' logits and variances."""
    name, method = request.param
    return pool(*SETS[name], method=method, level=LEVEL), method, *logits(SETS[name])


def test_the_spread_and_the_mean(case):
    """The variance between studies, the logit, its error, the rate and the mean."""
    found, method, y, v = case
    tau2 = between(y, v, method)
    assert found.tau2 == pytest.approx(tau2, abs=FLAT)
    assert found.tau == pytest.approx(found.tau2**0.5)
    weight, mean = weighted(y, v, found.tau2)
    assert found.logit == pytest.approx(mean)
    assert found.se == pytest.approx(np.sum(weight) ** -0.5)
    assert found.estimate == pytest.approx(expit(mean))
    average, _ = integrate.quad(
        lambda z: expit(mean + found.tau * z) * stats.norm.pdf(z), -12, 12
    )
    assert found.mean == pytest.approx(average, abs=1e-7)


def test_heterogeneity(case):
    """Cochran's Q with its p, I squared and H squared."""
    found, _, y, v = case
    k, q, weight = len(y), generalised_q(y, v, 0.0), 1 / v
    typical = (k - 1) * np.sum(weight) / (np.sum(weight) ** 2 - np.sum(weight**2))
    assert found.q == pytest.approx(q)
    assert found.q_p == pytest.approx(stats.chi2.sf(q, k - 1))
    assert found.i2 == pytest.approx(found.tau2 / (found.tau2 + typical))
    assert found.h2 == pytest.approx(1 + found.tau2 / typical)


def test_the_interval_of_the_spread(case):
    """Q-profile at the chi-square quantiles; profile likelihood for ml."""
    found, method, y, v = case
    for end, q, side in zip(found.tau2_ci, (0.95, 0.05), (0, 1), strict=True):
        if method == "ml":
            drop = 2 * (
                log_likelihood(y, v, found.tau2, restricted=False)
                - log_likelihood(y, v, end, restricted=False)
            )
            limit = stats.chi2.ppf(LEVEL, 1)
            assert drop == pytest.approx(limit, abs=1e-6) or (
                end == side == 0 and drop < limit
            )
            assert (end >= found.tau2) == (side == 1) or end == found.tau2 == 0
        else:
            cut = stats.chi2.ppf(q, len(y) - 1)
            at = generalised_q(y, v, end)
            assert at == pytest.approx(cut) or (end == 0 and at < cut)


def expected_ends(found, y, v, test):
    """Interval and prediction interval on the logit scale, by z or Knapp-Hartung."""
    weight, mean = weighted(y, v, found.tau2)
    k = len(y)
    if test == "z":
        quantile, se = stats.norm.ppf((1 + LEVEL) / 2), np.sum(weight) ** -0.5
    else:
        quantile = stats.t.ppf((1 + LEVEL) / 2, k - 1)
        se = np.sqrt(generalised_q(y, v, found.tau2) / (k - 1) / np.sum(weight))
    half, farther = quantile * se, quantile * np.hypot(se, found.tau)
    sides = np.array([-1, 1])
    return expit(mean + sides * half), expit(mean + sides * farther)


@pytest.mark.parametrize("test", ["z", "knha"])
@pytest.mark.parametrize("method", SPREADS)
@pytest.mark.parametrize("name", SETS)
def test_intervals_of_the_rate_and_of_a_new_study(name, method, test):
    """By the normal quantile, or t and Knapp and Hartung's error."""
    found = pool(*SETS[name], method=method, level=LEVEL, test=test)
    ci, prediction = expected_ends(found, *logits(SETS[name]), test)
    assert found.ci == pytest.approx(tuple(ci))
    assert found.prediction == pytest.approx(tuple(prediction))
    assert found.interval_method == test
    assert found.prediction_shown == (prediction[1] - prediction[0] <= 0.8)


@pytest.mark.parametrize("method", SPREADS)
@pytest.mark.parametrize("name", SETS)
def test_the_wider_interval_is_one_of_the_two_and_both_are_told(name, method):
    """Knapp and Hartung's can be the narrower: then z stands."""
    found = pool(*SETS[name], method=method, level=LEVEL)
    both = {
        test: expected_ends(found, *logits(SETS[name]), test) for test in ("z", "knha")
    }
    wider = max(both, key=lambda test: both[test][0][1] - both[test][0][0])
    assert wider == ("knha" if name == "different" else "z")
    assert found.ci == pytest.approx(tuple(both[wider][0]))
    assert found.prediction == pytest.approx(tuple(both[wider][1]))
    assert found.interval_method == "wider-of-knha-and-z"
    told = {item.name: (item.low, item.high) for item in found.intervals}
    assert set(told) == {"z", "knha"}
    for test, ends in told.items():
        assert ends == pytest.approx(tuple(both[test][0]))


@pytest.mark.parametrize("name", SETS)
def test_one_rate_for_all_studies(name):
    """No spread: the z interval alone, no prediction, I squared and H squared of Q."""
    y, v = logits(SETS[name])
    found = pool(*SETS[name], method="common", level=LEVEL)
    k, q = len(y), generalised_q(y, v, 0.0)
    ci, _ = expected_ends(found, y, v, "z")
    assert (found.tau2, found.tau, found.tau2_ci, found.prediction) == (
        0,
        0,
        None,
        None,
    )
    assert not found.prediction_shown
    assert found.ci == pytest.approx(tuple(ci))
    assert found.interval_method == "z"
    assert [item.name for item in found.intervals] == ["z"]
    assert found.q_p == pytest.approx(stats.chi2.sf(q, k - 1))
    assert found.i2 == pytest.approx(max(0, (q - (k - 1)) / q))
    assert found.h2 == pytest.approx(q / (k - 1))
    assert [note.code for note in found.notes] == ["large-sample", "one-rate"]


def test_identical_studies_have_no_i_squared():
    """Q is 0, and nothing is divided by it."""
    found = pool([5, 5, 5], [20, 20, 20], method="common")
    assert (found.q, found.i2, found.h2, found.q_p) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("counts", "codes"),
    [
        (DIFFERENT, {"large-sample", "spread-taken-as-known"}),
        (ALIKE, {"large-sample", "spread-zero", "spread-taken-as-known"}),
        (((3, 12), (20, 25)), {"large-sample", "two-studies"}),
        (((0, 12, 9), (20, 25, 22)), {"half-added"}),
        (((20, 12, 9), (20, 25, 22)), {"half-added"}),
    ],
)
def test_what_is_said_beside_a_large_sample_estimate(counts, codes):
    """A spread of 0, one taken as known, and half a person that was added."""
    said = {note.code for note in pool(*counts, method="reml").notes}
    assert codes <= said
    for code in ("spread-zero", "half-added", "two-studies"):
        assert (code in said) == (code in codes), code
    assert ("spread-taken-as-known" in said) == (len(counts[0]) > 2)


@pytest.mark.parametrize("test", ["z", "knha", "wider"])
@pytest.mark.parametrize("name", SETS)
def test_double_arcsines(name, test):
    """Freeman and Tukey's scale, REML, and Miller's way back at the harmonic mean."""
    x, n = np.array(SETS[name], dtype=float)
    y = 0.5 * (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1))))
    v = 1 / (4 * n + 2)
    tau2, k = between(y, v, "reml"), len(n)
    weight, mean = weighted(y, v, tau2)
    knha = np.sqrt(generalised_q(y, v, tau2) / (k - 1) / np.sum(weight))
    halves = {
        "z": stats.norm.ppf((1 + LEVEL) / 2) * np.sum(weight) ** -0.5,
        "knha": stats.t.ppf((1 + LEVEL) / 2, k - 1) * knha,
    }
    size = k / np.sum(1 / n)

    def back(value):
        sine = np.sin(2 * value)
        inner = 1 - (sine + (sine - 1 / sine) / size) ** 2
        return 0.5 * (1 - np.sign(np.cos(2 * value)) * np.sqrt(inner))

    found = pool(*SETS[name], method="freeman-tukey", level=LEVEL, test=test)
    half = halves.get(test, max(halves.values()))
    assert found.estimate == pytest.approx(back(mean), abs=FLAT)
    assert found.ci == pytest.approx((back(mean - half), back(mean + half)), abs=FLAT)
    told = {item.name: (item.low, item.high) for item in found.intervals}
    assert set(told) == set(halves)
    for kind, ends in told.items():
        reach = halves[kind]
        expected = back(mean - reach), back(mean + reach)
        assert ends == pytest.approx(expected, abs=FLAT)
    q, inverse = generalised_q(y, v, 0.0), 1 / v
    typical = (k - 1) * np.sum(inverse) / (np.sum(inverse) ** 2 - np.sum(inverse**2))
    assert found.q == pytest.approx(q)
    assert found.q_p == pytest.approx(stats.chi2.sf(q, k - 1))
    assert found.i2 == pytest.approx(tau2 / (tau2 + typical), abs=1e-3)
    assert found.h2 == pytest.approx(1 + tau2 / typical, abs=1e-3)
    assert (found.k, found.n, found.events) == (k, sum(n), sum(x))
