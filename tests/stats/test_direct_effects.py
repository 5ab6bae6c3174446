from math import comb, exp, inf, log, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio

from lupus_evidence.stats.direct_effects import (
    at_control_risk,
    compare_arms,
    exact_odds_ratio,
    fisher_p,
    newcombe_difference,
    one_trial_difference,
    risk_with,
)
from lupus_evidence.stats.trials import pool_trials

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


@pytest.mark.parametrize(
    "counts", [(7.5, 10, 3, 12), (7, 10.5, 3, 12), (7, 10, 3.5, 12), (7, 10, 3, 12.5)]
)
def test_parts_of_people_have_a_difference_and_no_exact_test(counts):
    """Effective counts of a curve, whichever of the four is no whole number."""
    found = compare_arms(*counts, kind="concurrent-control", level=0.9)
    assert found.kind == "concurrent-control"
    assert (found.events_1, found.n_1, found.events_2, found.n_2) == counts
    assert found.risk_difference == newcombe_difference(*counts, level=0.9)
    assert found.odds_ratio is found.p is None
    for exact in (exact_odds_ratio, fisher_p):
        with pytest.raises(ValueError, match="whole people"):
            exact(*counts)


def test_whole_people_have_both():
    """Exact odds ratio at the level asked for, and Fisher's p."""
    found = compare_arms(7, 10, 3, 12, kind="randomised", level=0.8)
    assert found.odds_ratio == exact_odds_ratio(7, 10, 3, 12, level=0.8)
    assert found.p == fisher_p(7, 10, 3, 12)
    assert found.level == 0.8
    assert exact_odds_ratio(7, 10, 3, 12) == exact_odds_ratio(7, 10, 3, 12, level=0.95)
    with pytest.raises(ValueError, match="level"):
        exact_odds_ratio(7, 10, 3, 12, level=1.0)
    with pytest.raises(ValueError, match="between 0 and n"):
        fisher_p(11, 10, 3, 12)


def test_an_arm_with_as_few_or_as_many_events_as_it_can_have():
    """An odds ratio of 0 or infinity, with the other end where its tail is 2.5 %."""
    low = exact_odds_ratio(0, 10, 4, 12)
    assert (low.estimate, low.ci[0]) == (0, 0)
    ratio = low.ci[1]
    ways = [comb(10, i) * comb(12, 4 - i) * ratio**i for i in range(5)]
    assert ways[0] / sum(ways) == pytest.approx(0.025)
    high = exact_odds_ratio(4, 10, 0, 12)
    assert (high.estimate, high.ci[1]) == (inf, inf)
    # everyone in arm 2 had it: arm 1 could not have fewer
    assert exact_odds_ratio(3, 10, 12, 12).estimate == 0


@pytest.mark.parametrize(("x", "m"), [(5, 10), (30, 60)])
def test_tables_as_likely_as_the_observed_count_for_fishers_p(x, m):
    """2 of 10 against 8 of 10 is as likely turned round: p is twice one tail."""
    low = x // 3
    ways = [comb(m, i) * comb(m, 2 * x - i) for i in range(2 * x + 1) if i <= m]
    expected = 2 * sum(ways[: low + 1]) / sum(ways)
    assert fisher_p(low, m, 2 * x - low, m) == pytest.approx(expected)


@pytest.mark.parametrize("log_ratio", [-2.0, 0.0, 0.7, 3.0])
@pytest.mark.parametrize("risk", [0.02, 0.5, 0.9])
def test_an_odds_ratio_multiplies_the_odds(log_ratio, risk):
    """Of the control arm; the risk with treatment has those."""
    treated = risk_with(log_ratio, risk)
    assert treated / (1 - treated) == pytest.approx(exp(log_ratio) * risk / (1 - risk))


@pytest.mark.parametrize(
    ("log_ratio", "risk", "expected"),
    [(-inf, 0.3, 0), (inf, 0.3, 1), (2.0, 0.0, 0), (2.0, 1.0, 1), (nan, 0.3, 0.3)],
)
def test_risks_at_the_ends(log_ratio, risk, expected):
    """No odds, all odds; where nothing is known the control's own."""
    assert risk_with(log_ratio, risk) == expected


def test_ratio_and_difference_at_the_control_arms_risk():
    """Estimate, both ends and the prediction are turned; the error has no scale."""
    trials = ([16, 27, 40], [40, 60, 100], [10, 18, 24], [40, 60, 100])
    odds = pool_trials(*trials)
    assert at_control_risk(odds) is odds
    for effect, turned in (
        ("rd", lambda x: risk_with(x, 0.26) - 0.26),
        ("rr", lambda x: log(risk_with(x, 0.26) / 0.26)),
    ):
        found = pool_trials(*trials, effect=effect)
        assert found.estimate == pytest.approx(turned(odds.estimate))
        assert found.ci == pytest.approx(tuple(map(turned, odds.ci)))
        assert found.prediction == pytest.approx(tuple(map(turned, odds.prediction)))
        assert found.se is None
        assert [note.code for note in found.notes][-1] == "at-control-risk"


@pytest.mark.parametrize("everyone", [False, True])
def test_a_control_risk_of_none_or_all_has_half_a_person_added(everyone):
    """(x + 1/2) / (n + 1), and it is said."""
    control = [20, 30] if everyone else [0, 0]
    trials = ([11, 9], [20, 30], control, [20, 30])
    risk = (sum(control) + 0.5) / 51
    odds = pool_trials(*trials)
    found = pool_trials(*trials, effect="rd")
    assert found.estimate == pytest.approx(risk_with(odds.estimate, risk) - risk)
    assert [note.code for note in found.notes][-2:] == [
        "at-control-risk",
        "risk-smoothed",
    ]


def test_newcombes_interval_is_of_the_difference_of_one_trial():
    """It takes the place of another; several trials, or a ratio, are refused."""
    own = pool_trials([9], [12], [5], [6], effect="rd", method="mh", level=0.8)
    assert own.se > 0
    found = one_trial_difference(own)
    there = newcombe_difference(9, 12, 5, 6, level=0.8)
    assert (found.estimate, found.ci) == (there.estimate, there.ci)
    assert (found.se, found.interval_method) == (None, "newcombe")
    with pytest.raises(ValueError, match="of one trial"):
        one_trial_difference(pool_trials([9], [12], [5], [6]))
    with pytest.raises(ValueError, match="of one trial"):
        one_trial_difference(pool_trials([9, 8], [12, 12], [5, 4], [6, 6], effect="rd"))
