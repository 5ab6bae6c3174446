from math import comb, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio

from lupus_evidence.stats.direct_effects import (
    compare_arms,
    exact_odds_ratio,
    fisher_p,
    newcombe_difference,
)

ARM = st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
QUICK = settings(max_examples=60, deadline=None)


def test_deng_2017_favours_neither_arm():
    """9 of 12 against 5 of 6: the difference may be 40 points down or 34 up."""
    found = compare_arms(9, 12, 5, 6, kind="randomised")
    assert found.kind == "randomised"
    assert found.risk_difference.estimate == pytest.approx(-1 / 12)
    low, high = found.risk_difference.ci
    assert low < 0 < high
    assert found.p == 1.0


@QUICK
@given(ARM, ARM)
def test_exact_odds_ratio_is_that_of_scipy(first, second):
    """Conditional odds ratio, exact interval and Fisher's p agree with scipy."""
    (x1, n1), (x2, n2) = first, second
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    here = exact_odds_ratio(x1, n1, x2, n2)
    if x1 + x2 in (0, n1 + n2):
        assert here.estimate is None
        assert here.ci == (0, inf)
        return
    there = odds_ratio(table, kind="conditional")
    ends = there.confidence_interval(0.95)
    assert here.estimate == pytest.approx(there.statistic, rel=1e-4)
    assert here.ci == pytest.approx((ends.low, ends.high), rel=1e-4)
    assert fisher_p(x1, n1, x2, n2) == pytest.approx(fisher_exact(table).pvalue)


def test_exact_interval_by_enumeration():
    """At the lower end, as many events or more in arm 1 have probability 2.5 %."""
    low, high = exact_odds_ratio(7, 10, 3, 12).ci
    ways = [comb(10, i) * comb(12, 10 - i) for i in range(11)]

    def tail(ratio, wanted):
        terms = [ways[i] * ratio**i for i in range(11)]
        return sum(terms[i] for i in wanted) / sum(terms)

    assert tail(low, range(7, 11)) == pytest.approx(0.025)
    assert tail(high, range(8)) == pytest.approx(0.025)


@QUICK
@given(ARM, ARM)
def test_exchanging_arms(first, second):
    """Exchanged arms turn the difference round and invert the odds ratio."""
    low, high = newcombe_difference(*first, *second).ci
    assert newcombe_difference(*second, *first).ci == pytest.approx((-high, -low))
    low, high = exact_odds_ratio(*first, *second).ci
    turned = exact_odds_ratio(*second, *first).ci
    assert turned[0] == pytest.approx(1 / high if high else inf)
    assert turned[1] == pytest.approx(1 / low if low else inf)


@QUICK
@given(ARM, ARM)
def test_difference_lies_in_its_interval(first, second):
    """Newcombe's interval holds the difference and stays within -1 and 1."""
    found = newcombe_difference(*first, *second)
    tiny = 1e-12
    assert -1 - tiny <= found.ci[0] <= found.estimate <= found.ci[1] <= 1 + tiny


def test_effective_counts_have_no_exact_ratio():
    """Counts that are no whole people get the difference only."""
    found = compare_arms(4.5, 9.2, 3, 10, kind="concurrent-control")
    assert found.odds_ratio is None
    assert found.p is None
    assert found.risk_difference.ci[0] < found.risk_difference.ci[1]
    with pytest.raises(ValueError, match="whole people"):
        exact_odds_ratio(4.5, 9.2, 3, 10)


def test_impossible_counts_are_refused():
    """More events than people are refused."""
    with pytest.raises(ValueError, match="between 0 and n"):
        newcombe_difference(11, 10, 3, 10)
