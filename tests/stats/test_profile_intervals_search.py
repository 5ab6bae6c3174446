"""Where a profile meets its bound: ends of functions whose zeros are known."""

import numpy as np
import pytest
from scipy import optimize, stats
from stats.dense import dense_log_likelihood

from lupus_evidence.stats import glmm
from lupus_evidence.stats.glmm import group_studies
from lupus_evidence.stats.profile_intervals import (
    _crossings,
    _edge,
    _end,
    bounded_profile,
    guard_weight,
    largest_deviance,
    logit_interval,
    profile_over_logit,
    tau_interval,
)

ORDINARY = ((3, 12, 9, 28, 20), (20, 25, 22, 30, 61))
#: Eight studies of 40 people whose rates lie from 5 to 85 %.
EIGHT = ((2, 4, 7, 9, 14, 20, 27, 34), (40,) * 8)


def counting(function):
    """Return a function that notes how often, and where, it is asked."""
    asked = []

    def noted(at):
        asked.append(np.array(at))
        return function(at)

    return noted, asked


@pytest.mark.parametrize(
    ("k", "level", "expected"),
    [
        (2, 0.95, 2 * np.log1p(stats.t.ppf(0.975, 1) ** 2)),
        (8, 0.8, 8 * np.log1p(stats.t.ppf(0.9, 7) ** 2 / 7)),
        (100_000, 0.95, stats.chi2.ppf(0.95, 1)),
    ],
)
def test_the_largest_deviance_inside(k, level, expected):
    """By Student's t on k - 1 degrees; for many studies the chi-square quantile."""
    assert largest_deviance(k, level) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("tau", "k", "share"),
    [(0.89, 8, 0), (0.9, 8, 0), (1.25, 8, 1), (2, 4, 1), (2, 3, 0), (1.0, 4, 2 / 7)],
)
def test_the_share_that_an_interval_is_widened(tau, k, share):
    """None up to 0.9 or with three studies, all from 1.25 on, evenly between."""
    assert guard_weight(tau, k) == pytest.approx(share)


@pytest.mark.parametrize(
    ("function", "inside", "outside", "zero"),
    [
        (lambda x: 2 - x, 0.0, 5.0, 2.0),
        (lambda x: 2 + x, 0.0, -5.0, -2.0),
        (lambda x: np.exp(-x) - 0.01, 0.0, 30.0, -np.log(0.01)),
        (lambda x: 1 - x, 0.0, 1.0, 1.0),
    ],
)
def test_an_edge_is_found_to_a_ten_millionth_of_its_bracket(
    function, inside, outside, zero
):
    """Cut into twelve parts at a time, six times, on either side."""
    noted, asked = counting(function)
    found = _edge(noted, inside, outside)
    assert found == pytest.approx(zero, abs=abs(outside - inside) / 12**6)
    assert [len(points) for points in asked] == [12] * 6


def test_an_end_is_looked_for_twice_as_far_each_time():
    """And not beyond the farthest, where what is still inside has no end."""
    noted, asked = counting(lambda x: 7.3 - x)
    assert _end(noted, 1.0, 1.0, 40.0) == pytest.approx(7.3, abs=1e-5)
    assert [float(x[0]) for x in asked[:4]] == [2, 3, 5, 9]
    noted, asked = counting(lambda x: 41.5 - x)
    assert _end(noted, 1.0, 3.0, 40.0) == np.inf
    assert [float(x[0]) for x in asked] == [4, 7, 13, 25, 41]
    assert _end(lambda x: 41.5 + x, -1.0, -3.0, -40.0) == -np.inf
    # between the last look and the farthest
    found = _end(lambda x: 39.0 - x, 1.0, 3.0, 40.0)
    assert found == pytest.approx(39, abs=1e-4)
    # exactly at a look
    assert _end(lambda x: 4 - x, 1.0, 3.0, 40.0) == pytest.approx(4, abs=1e-6)


@pytest.mark.parametrize(
    ("function", "most"),
    [
        (lambda x: x - 2.6, 3),
        (lambda x: x * (1 + 0.3 * x) - 1.7, 7),
        (lambda x: x * (1 - 0.1 * x) - 1.2, 7),
        (lambda x: np.sqrt(x + 0.3) - 1.1, 7),
        (lambda x: np.sqrt(x + 0.3) - 2.0, 6),
        (lambda x: np.arctan(2 * (x - 2.9)), 8),
        (lambda x: np.exp(x) - 12, 9),
    ],
)
def test_crossings_are_found_on_both_sides_in_few_looks(function, most):
    """To a millionth of a logit; the straighter the function the sooner."""

    def both(x):
        return function(np.where(x < 0, -2 * x, x))

    noted, asked = counting(both)
    found = _crossings(noted, np.array([-0.01, 0.02]), np.array([-2.0, 4.1]))
    exact = optimize.brentq(function, 0.02, 4.1)
    assert found == pytest.approx([-exact / 2, exact], abs=2e-6)
    assert len(asked) <= most


def test_an_end_that_is_beyond_already_or_never_stays():
    """The inner where the function is positive there, the outer where it never is."""
    found = _crossings(
        lambda x: np.tile([1.0, -1.0], len(x) // 2), np.zeros(2), np.array([-2.0, 2.0])
    )
    assert found.tolist() == [0, 2]
    # one side alone is looked for
    side = _crossings(
        lambda x: np.where(x > 0, x - 0.7, 1.0),
        np.array([-0.5, 0.1]),
        np.array([-2, 2.0]),
    )
    assert side == pytest.approx([-0.5, 0.7], abs=1e-6)
    # zero at the inner end counts as beyond
    level = _crossings(np.abs, np.zeros(2), np.array([-1.0, 1.0]))
    assert level.tolist() == [0, 0]


@pytest.mark.parametrize("start", [0.0, 0.4, 5.0])
def test_a_profile_over_logits_is_the_highest_over_every_spread(start):
    """Wherever the search begins; no farther than the largest spread."""
    studies = group_studies(*EIGHT)
    at = np.array([-2.5, -0.4, 1.0])
    found = profile_over_logit(studies, at, start)
    ways = dense_log_likelihood(EIGHT, 0.0, 0.0) + 320 * np.log(2)
    for value, logit in zip(found, at, strict=True):
        values = [
            dense_log_likelihood(EIGHT, logit, tau, 2001) - ways
            for tau in np.linspace(0.5, 4.5, 81)
        ]
        assert max(values) == pytest.approx(value, abs=3e-3)
        assert value >= max(values) - 1e-6
    bounded = profile_over_logit(studies, at, start, 0.6)
    for value, logit in zip(bounded, at, strict=True):
        there = dense_log_likelihood(EIGHT, logit, 0.6, 4001) - ways
        assert value == pytest.approx(there, abs=1e-5)


def test_ends_meet_the_chi_square_quantile():
    """Of the logit and of the spread, at two levels, by the program's own profile."""
    studies = group_studies(*ORDINARY)
    fit = glmm.fit(studies)
    ways = dense_log_likelihood(ORDINARY, 0.0, 0.0) + sum(ORDINARY[1]) * np.log(2)
    for level in (0.5, 0.95):
        floor = fit.log_likelihood - ways - stats.chi2.ppf(level, 1) / 2
        ends = logit_interval(studies, fit, level)
        values = profile_over_logit(studies, np.array(ends), fit.tau)
        assert values == pytest.approx([floor] * 2, abs=1e-5)
        assert ends[0] < fit.logits[0] < ends[1]
        low, high = tau_interval(studies, fit, level)
        assert low <= fit.tau < high
        for tau in (low, high):
            if tau > 0:
                grid = np.linspace(-2, 3, 126)
                values = [dense_log_likelihood(ORDINARY, m, tau, 801) for m in grid]
                assert max(values) - ways == pytest.approx(floor, abs=5e-3)


def test_a_bounded_profile_lies_between_two_intervals():
    """Never within the posterior's, nor beyond its share of the way to the new."""
    studies = group_studies(*EIGHT)
    fit = glmm.fit(studies)
    middle = fit.logits[0]
    wide = (middle - 20, middle + 20)
    free = bounded_profile(studies, fit, (middle, middle), wide, 0.95)
    floor = fit.log_likelihood - largest_deviance(8, 0.95) / 2
    ways = dense_log_likelihood(EIGHT, 0.0, 0.0) + 320 * np.log(2)
    values = profile_over_logit(studies, np.array(free), fit.tau) + ways
    assert values == pytest.approx([floor] * 2, abs=1e-4)
    near = (middle - 0.2, middle + 0.2)
    held = bounded_profile(studies, fit, near, (middle - 0.4, middle + 0.4), 0.95)
    assert held == pytest.approx((middle - 0.33, middle + 0.33))
    outside = (middle - 5, middle + 5)
    assert bounded_profile(studies, fit, outside, wide, 0.95) == pytest.approx(outside)
    # an interval beside the fit is carried to it and beyond
    beside = (middle + 0.5, middle + 0.6)
    assert bounded_profile(studies, fit, beside, wide, 0.95)[0] == pytest.approx(
        free[0], abs=1e-5
    )


def test_without_a_fit_the_highest_point_is_looked_for():
    """Up to a spread of 10: the same ends as with the fit, where there is one."""
    studies = group_studies(*EIGHT)
    fit = glmm.fit(studies)
    own, wide = (-1.0, -0.5), (-8.0, 8.0)
    with_, without = (
        bounded_profile(studies, each, own, wide, 0.95) for each in (fit, None)
    )
    assert without == pytest.approx(with_, abs=0.03)
