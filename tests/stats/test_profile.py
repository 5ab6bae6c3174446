"""Profile-likelihood intervals against another integral and another search."""

import numpy as np
import pytest
from scipy import optimize, stats
from stats.dense import dense_log_likelihood

from lupus_evidence.stats import glmm, profile_intervals
from lupus_evidence.stats.glmm import group_studies
from lupus_evidence.stats.likelihood import exact_rule
from lupus_evidence.stats.pooling import pool

#: Name, counts, level, and where an end is infinite, if any.
SETS = {
    "ordinary": ((3, 12, 9, 28, 20), (20, 25, 22, 30, 61)),
    "alike": ((5, 6, 5, 9), (20, 21, 22, 33)),
    "two": ((3, 12), (20, 25)),
    "one in one": ((0, 1), (5, 2)),
    "nearly all or none": ((0, 22, 0), (12, 26, 50)),
    "hardly any": ((0, 0, 0, 1), (40, 40, 40, 2)),
}


def dense(counts, logit, tau):
    """Sum finely enough for the cliff that a wide spread makes of each study."""
    return dense_log_likelihood(counts, logit, tau, 12_001 + int(120 * tau))


def highest(function, low, high):
    """The greatest value of a function with one top."""
    found = optimize.minimize_scalar(
        lambda at: -function(at),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-7},
    )
    return -found.fun


def over_logit(counts, tau):
    """The likelihood at a spread: it is log-concave in the logit."""
    reach = 6 + 3 * tau
    return highest(lambda logit: dense(counts, logit, tau), -reach, reach)


def over_tau(counts, logit):
    """The likelihood at a logit, looked for from every spread of a grid."""
    grid = np.append(0, np.geomspace(0.05, 100, 25))
    values = [dense(counts, logit, tau) for tau in grid]
    best = int(np.argmax(values))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    inside = highest(lambda tau: dense(counts, logit, tau), low, high)
    return max(inside, values[best])


def drop(fit, profile, level):
    """How far a profile lies above the lowest value that is still inside."""
    return profile - (fit.log_likelihood - stats.chi2.ppf(level, 1) / 2)


@pytest.mark.parametrize("level", [0.5, 0.95])
@pytest.mark.parametrize("name", SETS)
def test_ends_of_tau(name, level):
    """At each end the profile meets the chi-square quantile; 0 and infinity do not."""
    counts = SETS[name]
    fit = glmm.fit(group_studies(*counts))
    low, high = profile_intervals.tau_interval(group_studies(*counts), fit, level)
    assert low <= fit.tau <= high
    at_zero = drop(fit, over_logit(counts, 0.0), level)
    if low == 0:
        assert at_zero >= 0
    else:
        assert at_zero < 0
        assert drop(fit, over_logit(counts, low), level) == pytest.approx(0, abs=1e-5)
    if np.isinf(high):
        assert drop(fit, over_logit(counts, profile_intervals.LARGEST_TAU), level) > 0
    else:
        assert high <= profile_intervals.LARGEST_TAU
        assert drop(fit, over_logit(counts, high), level) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("level", [0.5, 0.95])
@pytest.mark.parametrize("name", SETS)
def test_ends_of_the_logit(name, level):
    """At each end the profile meets the chi-square quantile; an open side does not."""
    counts = SETS[name]
    fit = glmm.fit(group_studies(*counts))
    ends = profile_intervals.logit_interval(group_studies(*counts), fit, level)
    for end, side in zip(ends, (-1, 1), strict=True):
        assert side * (end - fit.logits[0]) > 0
        far = fit.logits[0] + side * profile_intervals.LARGEST_LOGIT
        if np.isinf(end):
            assert drop(fit, over_tau(counts, far), level) > 0
        else:
            assert abs(end - fit.logits[0]) <= profile_intervals.LARGEST_LOGIT
            there = drop(fit, over_tau(counts, end), level)
            assert there == pytest.approx(0, abs=1e-5)


def test_which_ends_are_open():
    """A likelihood that stays high far out bounds nothing there, and says so."""
    found = {
        name: pool(*counts, method="glmm", test="profile")
        for name, counts in SETS.items()
    }
    open_below = {name for name, item in found.items() if item.ci[0] == 0}
    assert open_below == {"nearly all or none", "hardly any"}
    assert all(item.ci[1] < 1 for item in found.values())
    wide = pool(*SETS["one in one"], method="glmm", test="profile", level=0.99)
    assert wide.ci[0] == 0
    assert wide.tau2_ci == (0, np.inf)


def test_ends_are_exact():
    """To a ten-millionth of the way from the fit, not only to a flat likelihood."""
    counts = SETS["ordinary"]
    studies = group_studies(*counts)
    fit = glmm.fit(studies)
    low, high = profile_intervals.logit_interval(studies, fit, 0.95)
    for end, outer in ((low, -3.0), (high, 3.0)):
        exact = optimize.brentq(
            lambda at: drop(fit, over_tau(counts, at), 0.95), fit.logits[0], outer
        )
        assert end == pytest.approx(exact, abs=1e-6)
    low, high = profile_intervals.tau_interval(studies, fit, 0.95)
    for end, outer in ((low, 0.0), (high, 5.0)):
        exact = optimize.brentq(
            lambda at: drop(fit, over_logit(counts, at), 0.95), fit.tau, outer
        )
        assert end == pytest.approx(exact, abs=1e-6)


def test_a_profile_takes_the_highest_point_at_every_spread():
    """From a start far off, at spreads from 0 to 100, in few steps."""
    for name, counts in SETS.items():
        studies = group_studies(*counts)
        tau = np.array([0.0, 0.3, 2.0, 20.0, 100.0])
        for start in (-8.0, 0.0, 8.0):
            logits, values = glmm.profile_over_tau(
                studies, tau, np.array([start]), exact_rule(100.0)
            )
            ways = dense(counts, 0.0, 0.0) - sum(-n * np.log(2) for n in counts[1])
            for at, value, logit in zip(tau, values, logits[0], strict=True):
                expected = over_logit(counts, at) - ways
                assert value == pytest.approx(expected, abs=1e-7), (name, at)
                assert dense(counts, logit, at) - ways == pytest.approx(value, abs=1e-7)
