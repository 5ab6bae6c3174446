import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.stats import likelihood
from lupus_evidence.stats.likelihood import (
    EXACT,
    Rule,
    exact_rule,
    expit,
    fast_rule,
    log_marginal,
    log_marginal_derivatives,
    log_marginal_in_location,
    softplus,
)

# relative to a brute-force sum over 200,001 points, itself good to 1e-12
SETTLED = 1e-9
FAST = 1e-4
FINER = Rule(161, 36.0)
# central differences with step 1e-4 lose half the digits
DIFFERENCED = 1e-5

COUNTS = [(0, 7), (4, 4), (3, 12), (9, 10), (0, 50), (1, 2), (0.4, 3.3), (2, 1000)]
LOCATIONS = [-6.0, -2.0, 0.0, 1.5, 5.0]


def brute_force(x, n, location, spread):
    """Sum Bin(x; n, expit(location + spread z)) phi(z) over a dense grid of z."""
    z = np.linspace(-400, 400, 20_001)
    for _ in range(2):
        logit = location + spread * z
        height = x * logit - n * np.logaddexp(0, logit) - z * z / 2
        top = height.max()
        inside = np.flatnonzero(height > top - 50)
        ends = z[max(inside[0] - 1, 0)], z[min(inside[-1] + 1, len(z) - 1)]
        z = np.linspace(*ends, 200_001)
    logit = location + spread * z
    height = x * logit - n * np.logaddexp(0, logit) - z * z / 2
    total = np.exp(height - height.max()).sum() * (z[1] - z[0])
    return height.max() + np.log(total) - 0.5 * np.log(2 * np.pi)


def column(value):
    """Return a number as the one study of a column."""
    return np.array([[float(value)]])


def value(x, n, location, spread, rule):
    """Return one log likelihood."""
    at = np.array([location]), np.array([spread])
    return log_marginal(column(x), column(n), *at, rule)[0, 0]


@pytest.mark.parametrize("spread", [0.05, 0.6, 2.0])
@pytest.mark.parametrize(("x", "n"), COUNTS)
def test_integral_is_that_of_brute_force(x, n, spread):
    """The integral is exact to 1e-9 where fits lie, and to 1e-4 with few nodes."""
    for location in LOCATIONS:
        there = brute_force(x, n, location, spread)
        close = SETTLED * max(1.0, abs(there))
        assert value(x, n, location, spread, EXACT) == pytest.approx(there, abs=close)
        fast = value(x, n, location, spread, fast_rule(spread))
        assert fast == pytest.approx(there, abs=FAST)


@pytest.mark.parametrize("spread", [4.6, 6.6, 20.0])
@pytest.mark.parametrize(("x", "n"), [(0, 7), (4, 4), (0, 50), (22, 26)])
def test_integral_holds_at_a_wide_spread(x, n, spread):
    """With more nodes the integral is exact where Gauss-Hermite goes astray."""
    for location in LOCATIONS:
        there = brute_force(x, n, location, spread)
        found = value(x, n, location, spread, FINER)
        assert found == pytest.approx(there, abs=1e-8)


@pytest.mark.parametrize("deviations", [-5, -2, 0, 2, 5])
@pytest.mark.parametrize("spread", [3.0, 30.0, 100.0])
@pytest.mark.parametrize(("x", "n"), [(1, 1), (0, 40), (200, 200), (22, 26)])
def test_integral_holds_where_the_median_is_far_off(x, n, spread, deviations):
    """The mode may lie hundreds of logits from the study's own logit."""
    location = deviations * spread
    there = brute_force(x, n, location, spread)
    found = value(x, n, location, spread, exact_rule(spread))
    assert found == pytest.approx(there, abs=2e-8, rel=1e-10)


@pytest.mark.parametrize(("x", "n"), COUNTS)
def test_no_spread_is_the_binomial_likelihood(x, n):
    """A spread of exactly 0 gives x logit - n log(1 + exp(logit))."""
    for location in LOCATIONS:
        there = x * location - n * np.logaddexp(0, location)
        found = value(x, n, location, 0.0, EXACT)
        assert found == pytest.approx(there, abs=1e-9 * max(1.0, abs(there)))


def test_a_million_people_are_no_special_case():
    """A likelihood a thousandth of a logit wide is integrated as well as any."""
    for x, location, spread in [(5e5, 0.3, 0.5), (5e5, 0.0, 3.0), (12, -9.0, 1.0)]:
        there = brute_force(x, 1e6, location, spread)
        found = value(x, 1e6, location, spread, EXACT)
        assert found == pytest.approx(there, rel=1e-9)


@pytest.mark.parametrize("spread", [0.3, 1.2, 3.0])
@pytest.mark.parametrize(("x", "n"), COUNTS)
def test_derivatives_are_those_of_the_integral(x, n, spread):
    """First and second derivatives agree with central differences."""
    step = 1e-4
    for location in (-1.0, 0.7):
        part = log_marginal_derivatives(
            column(x), column(n), np.array([location]), np.array([spread]), FINER
        )

        def at(right, wider, location=location):
            return value(x, n, location + right * step, spread + wider * step, FINER)

        near = {"abs": DIFFERENCED * max(1.0, n), "rel": DIFFERENCED}
        first = (at(1, 0) - at(-1, 0)) / (2 * step)
        assert part.location[0, 0] == pytest.approx(first, **near)
        first = (at(0, 1) - at(0, -1)) / (2 * step)
        assert part.spread[0, 0] == pytest.approx(first, **near)
        second = (at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / step**2
        assert part.location2[0, 0] == pytest.approx(second, **near)
        second = (at(0, 1) - 2 * at(0, 0) + at(0, -1)) / step**2
        assert part.spread2[0, 0] == pytest.approx(second, **near)
        cross = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step**2)
        assert part.cross[0, 0] == pytest.approx(cross, **near)


@given(st.floats(-800, 800))
def test_logistic_functions_never_overflow(logit):
    """Both stay finite, and the logistic of x and -x add up to 1."""
    at = np.array([logit, -logit])
    assert expit(at).sum() == pytest.approx(1)
    assert softplus(at)[0] - softplus(at)[1] == pytest.approx(logit)


@pytest.mark.parametrize("spread", [0.1, 0.6, 3.0])
@pytest.mark.parametrize("rate", [0.02, 0.3])
def test_derivatives_of_a_huge_study_are_those_of_its_own_logit(rate, spread):
    """With 10^9 people log L is the normal density of the study's logit."""
    n = 1e9
    own, location = np.log(rate / (1 - rate)), -1.0
    variance = spread**2 + 1 / (n * rate * (1 - rate))
    off = own - location
    at = np.array([location]), np.array([spread])
    found = log_marginal_derivatives(column(rate * n), column(n), *at, EXACT)
    alone = log_marginal_in_location(column(rate * n), column(n), *at, EXACT)
    expected = {
        "location": off / variance,
        "location2": -1 / variance,
        "spread": spread * (off**2 / variance - 1) / variance,
        "spread2": (off**2 / variance - 1) / variance
        - 2 * spread**2 * (2 * off**2 / variance - 1) / variance**2,
        "cross": -2 * spread * off / variance**2,
    }
    for name, there in expected.items():
        assert getattr(found, name)[0, 0] == pytest.approx(there, rel=1e-3), name
    for name in ("location", "location2"):
        assert getattr(alone, name)[0, 0] == pytest.approx(expected[name], rel=1e-3)


@pytest.mark.parametrize("spread", [0.4, 1.2, 3.0])
@pytest.mark.parametrize(("x", "n"), [(0, 7), (3, 12), (9, 10), (2, 100), (0.4, 3.3)])
def test_both_ways_to_differentiate_agree(x, n, spread, monkeypatch):
    """By the binomial likelihood, and by the normal density of the study's logit."""
    location = np.array([-2.0, 0.3])
    at = column(x), column(n), location, np.full(2, spread), FINER
    usual, alone = log_marginal_derivatives(*at), log_marginal_in_location(*at)
    monkeypatch.setattr(likelihood, "FAR_SURER", -1.0)
    other, alone_other = log_marginal_derivatives(*at), log_marginal_in_location(*at)
    for name in ("value", "location", "spread", "location2", "spread2", "cross"):
        there = getattr(usual, name)
        assert getattr(other, name) == pytest.approx(there, rel=1e-6, abs=1e-7), name
    for name in ("value", "location", "location2"):
        there = getattr(usual, name)
        for found in (alone, alone_other):
            assert getattr(found, name) == pytest.approx(there, rel=1e-6, abs=1e-7)


def test_a_log_binomial_coefficient_is_that_of_pascals_triangle():
    """And by gamma functions between whole people."""
    events = np.array([0.0, 1.0, 3.0, 10.0])
    expected = np.log([1, 10, 120, 1])
    assert likelihood.log_choose(events, 10.0) == pytest.approx(expected, abs=1e-9)
    half = likelihood.log_choose(np.array([0.5]), 1.0)
    assert half == pytest.approx(np.log(4 / np.pi))


@pytest.mark.parametrize(
    ("spread", "fast", "exact"),
    [(0.0, 13, 41), (0.5, 15, 45), (1.1, 18, 54), (9, 49, 147)],
)
def test_a_wider_spread_has_more_nodes(spread, fast, exact):
    """Four a unit of spread; three times as many for exact integrals, 41 at least."""
    assert fast_rule(spread) == Rule(fast, 15.0)
    assert exact_rule(spread) == Rule(exact, 32.0)


def test_studies_side_by_side_at_points_of_their_own():
    """Locations by study and point, spreads by point: each as it is alone."""
    events, n = np.array([[3.0], [0.0]]), np.array([[12.0], [50.0]])
    location, spread = np.array([[-1.0, 0.5], [-4.0, -2.0]]), np.array([0.3, 2.0])
    found = log_marginal(events, n, location, spread, EXACT)
    for i in range(2):
        for j in range(2):
            there = value(events[i, 0], n[i, 0], location[i, j], spread[j], EXACT)
            assert found[i, j] == pytest.approx(there, abs=1e-9)


@pytest.mark.parametrize("spread", [0.5, 4.0, 60.0])
def test_the_median_may_lie_farther_out_than_any_logit(spread):
    """Where everyone or no one had it anyway the chance is all but 1, or a tail's."""
    for x, n, location in ((7, 7, 45.0), (0, 7, -300.0), (7, 7, -45.0), (3, 9, 60.0)):
        there = brute_force(x, n, location, spread)
        found = value(x, n, location, spread, exact_rule(spread))
        assert found == pytest.approx(there, abs=2e-8, rel=1e-9)
