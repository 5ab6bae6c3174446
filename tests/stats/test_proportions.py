import subprocess
import sys
from math import comb, inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.stats.one_sided_bounds import exact_bound
from lupus_evidence.stats.proportions import (
    INTERVAL_METHODS,
    interval,
)

# Newcombe prints four decimals
PRINTED = 5e-5

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# Newcombe 1998, Statistics in Medicine 17:857-872, Table I, methods 3 and 5; not seen
# itself, but the last three stand in the published examples of R's ratesci, both
# methods (https://github.com/petelaud/ratesci, tests/testthat/test3.R), and all four
# elsewhere
@pytest.mark.parametrize(
    ("events", "n", "wilson", "exact"),
    [
        pytest.param(81, 263, (0.2553, 0.3662), (0.2527, 0.3676), id="81-of-263"),
        pytest.param(15, 148, (0.0624, 0.1605), (0.0578, 0.1617), id="15-of-148"),
        pytest.param(0, 20, (0.0, 0.1611), (0.0, 0.1684), id="0-of-20"),
        pytest.param(1, 29, (0.0061, 0.1718), (0.0009, 0.1776), id="1-of-29"),
    ],
)
def test_newcombe_table(events, n, wilson, exact):
    """Wilson and Clopper-Pearson intervals are those printed by Newcombe."""
    assert interval(events, n) == pytest.approx(wilson, abs=PRINTED)
    assert interval(events, n, method="exact") == pytest.approx(exact, abs=PRINTED)


@pytest.mark.parametrize(("events", "n"), [(3, 11), (7, 10), (40, 41), (2.6, 7.4)])
def test_jeffreys_leaves_equal_tails(events, n):
    """A Jeffreys interval leaves 2.5 % of Beta(x + 1/2, n - x + 1/2) on each side."""
    low, high = interval(events, n, method="jeffreys")
    # p = sin^2(angle) takes the square roots at 0 and 1 out of the density
    angle = np.linspace(0, np.pi / 2, 200_001)
    height = np.sin(angle) ** (2 * events) * np.cos(angle) ** (2 * (n - events))
    weight = np.ones_like(angle)
    weight[1:-1:2], weight[2:-1:2] = 4, 2
    mass = np.cumsum(height * weight)
    p = np.sin(angle) ** 2
    assert np.interp(low, p, mass / mass[-1]) == pytest.approx(0.025, abs=1e-4)
    assert np.interp(high, p, mass / mass[-1]) == pytest.approx(0.975, abs=1e-4)


@pytest.mark.parametrize("method", INTERVAL_METHODS)
@given(COUNTS)
def test_mirror(method, count):
    """Counting people without the outcome mirrors the interval."""
    events, n = count
    low, high = interval(events, n, method=method)
    mirrored = interval(n - events, n, method=method)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize("method", INTERVAL_METHODS)
@given(COUNTS)
def test_holds_the_rate_within_0_and_1(method, count):
    """An interval holds the observed rate and stays within 0 and 1."""
    events, n = count
    low, high = interval(events, n, method=method)
    assert 0 <= low <= events / n <= high <= 1
    assert low < high


@pytest.mark.parametrize("method", INTERVAL_METHODS)
@given(COUNTS, st.integers(1, 20))
def test_rises_with_events(method, count, more):
    """With more events of the same n, neither end falls."""
    events, n = count
    here = interval(events, n + more, method=method)
    there = interval(events + more, n + more, method=method)
    assert there[0] >= here[0]
    assert there[1] >= here[1]


@pytest.mark.parametrize(
    ("method", "all_rates", "common_rates"),
    [("wilson", 0.8297, 0.8747), ("exact", 0.95, 0.95), ("jeffreys", 0.8658, 0.8658)],
)
def test_lowest_coverage_of_four_people(method, all_rates, common_rates):
    """The lowest coverage in docs/methods.md is found just beside interval ends."""
    ends = [end for x in range(5) for end in interval(x, 4, method=method)]
    rates = [end + side for end in ends for side in (-1e-9, 1e-9)]
    coverage = {
        p: sum(
            comb(4, x) * p**x * (1 - p) ** (4 - x)
            for x in range(5)
            if interval(x, 4, method=method)[0] <= p <= interval(x, 4, method=method)[1]
        )
        for p in rates
        if 0 < p < 1
    }
    common = min(share for p, share in coverage.items() if 0.06 <= p <= 0.94)
    assert min(coverage.values()) >= all_rates - 1e-4
    assert common >= common_rates - 1e-4
    if method != "exact":
        assert min(coverage.values()) == pytest.approx(all_rates, abs=1e-4)
        assert common == pytest.approx(common_rates, abs=1e-4)


@pytest.mark.parametrize("method", INTERVAL_METHODS)
def test_higher_level_is_wider(method):
    """A 99 % interval holds the 95 % one."""
    low, high = interval(9, 31, method=method)
    wider = interval(9, 31, method=method, level=0.99)
    assert wider[0] < low < high < wider[1]


@pytest.mark.parametrize(
    ("events", "n"), [(1, 0), (1, -3), (-1, 4), (5, 4), (nan, 4), (1, nan), (1, inf)]
)
@pytest.mark.parametrize("method", INTERVAL_METHODS)
def test_impossible_counts_are_refused(events, n, method):
    """What is no count of people is refused, never turned into an interval."""
    with pytest.raises(ValueError, match="must"):
        interval(events, n, method=method)


@pytest.mark.parametrize("level", [0, 1, 95, nan])
def test_impossible_levels_are_refused(level):
    """A level outside 0-1 is refused; 95 is not taken for 95 %."""
    with pytest.raises(ValueError, match="level"):
        interval(3, 10, level=level)


def test_unknown_method_is_refused():
    """An unknown method is refused with the known ones named."""
    with pytest.raises(ValueError, match="wilson"):
        interval(3, 10, method="wald")


@given(st.integers(1, 300))
def test_exact_bound_leaves_its_tail(n):
    """At the bound, a result as extreme as the one seen has probability 2.5 %."""
    assert (1 - exact_bound(0, n)) ** n == pytest.approx(0.025)
    assert exact_bound(n, n) ** n == pytest.approx(0.025)


def test_exact_bound_needs_an_extreme():
    """A one-sided bound is given only where no one or everyone had the outcome."""
    with pytest.raises(ValueError, match="one-sided"):
        exact_bound(3, 10)


@pytest.mark.thorough
def test_wilson_needs_no_numpy():
    """A Wilson interval is had without importing numpy or scipy."""
    code = (
        "import sys; from lupus_evidence.stats.proportions import interval; "
        "interval(81, 263); import lupus_evidence.stats.estimates; "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
