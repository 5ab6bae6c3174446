"""Edges of selecting: an end that is the estimate, a decimal more, an arm too many."""

import pytest
from evidence.made import ARMS, chosen, count, estimate, study

from lupus_evidence.evidence.effective_counts import effective_count
from lupus_evidence.evidence.overlapping_studies import Report, independent_reports
from lupus_evidence.evidence.rate_selection import choose
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.records.field_types import Reported
from lupus_evidence.vocabulary import BEST_EVER, band_for


@pytest.mark.parametrize("ci", [("50", "80"), ("30", "50")])
def test_an_estimate_may_be_an_end_of_its_interval(ci):
    """A rounded interval can begin or end at the estimate: it still has a width."""
    found = effective_count(Reported("50"), ci=tuple(map(Reported, ci)))
    assert found.n > 1
    assert found.events / found.n == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("percent", "low", "how"),
    [
        ("90.0", "79.9", "interval"),  # halves differ by 0.1, rounding allows 0.65
        ("90.0", "75.0", "lower-half"),
        ("90.00", "79.00", "lower-half"),  # by 1, rounding allows 0.515
        ("90", "79", "interval"),  # by 1, rounding allows 2
    ],
)
def test_halves_of_a_cut_interval_are_even_to_the_decimals_printed(percent, low, how):
    """More decimals leave less room for rounding."""
    found = effective_count(Reported(percent), ci=(Reported(low), Reported("100")))
    assert (found.error.code, found.error.scale) == (how, "plain")


def test_a_count_behind_a_percentage_is_taken_before_its_error():
    """50 % of 10 people is 5 of 10, whatever error is printed beside it."""
    result = estimate("any-remission", "50", at=12, kind="count", n=10, se="16")
    (found,) = chosen(study("doe-2020", result, n=10)).included
    assert (found.form, found.events, found.n) == ("derived", 5, 10)


@pytest.mark.parametrize(("lupus", "counted"), [(50, (14, 50)), (40, (9, 30))])
def test_arms_are_added_up_to_the_people_with_lupus_not_to_everybody(lupus, counted):
    """20 and 30 treated cannot be lupus patients where 40 had lupus."""
    file = study(
        "doe-2020",
        count("any-remission", 5, 20, arm="high"),
        count("any-remission", 9, 30, arm="low"),
        arms=ARMS,
        population={"enrolled": 90, "lupus": lupus},
    )
    (found,) = chosen(file).included
    assert (found.events, found.n) == counted


def test_results_after_another_arms_are_seen():
    """The order of a record's results hides none of them."""
    arms = {"own": {"therapy": "hsct", "n": 9}, "given": {"therapy": "msc", "n": 20}}
    file = study(
        "doe-2020",
        count("any-remission", 2, 9, arm="own"),
        count("any-remission", 5, 20, arm="given"),
        arms=arms,
        population={"enrolled": 29, "lupus": 29},
    )
    (found,) = chosen(file).included
    assert (found.arms, found.events) == (("given",), 5)


def test_best_ever_states_stand_in_a_band_of_their_own():
    """The best state that somebody reached is no state at a visit."""
    lasting = study("a-2020", count("any-remission", 5, 20))
    ever = study(
        "b-2020",
        count("any-remission", 9, 20, at={"months": 12, "basis": "best-ever"}),
    )
    evidence = therapy_evidence([lasting, ever], "msc")
    at_visit, best = (
        choose(evidence, "any-remission", "lupus", band)
        for band in (band_for("any-remission", 12, None), BEST_EVER)
    )
    assert [item.study for item in at_visit.included] == ["a-2020"]
    assert [item.study for item in best.included] == ["b-2020"]
    assert best.ever
    assert not at_visit.ever


def test_the_most_people_are_kept_unless_told_otherwise():
    """Of two that share people, the larger; the later only on request."""
    reports = [Report("old-2001", 30, year=2001), Report("new-2011", 10, year=2011)]
    shared = [("old-2001", "new-2011")]
    assert independent_reports(reports, shared) == ("old-2001",)
    assert independent_reports(reports, shared, "latest") == ("new-2011",)


def test_two_middling_reports_outweigh_the_largest_between_them():
    """A chain of three: the ends share nobody, and have more people together."""
    reports = [Report("a", 20), Report("b", 30), Report("c", 20), Report("d", 5)]
    shared = [("a", "b"), ("b", "c")]
    assert independent_reports(reports, shared) == ("a", "c", "d")
    heavier = [Report("a", 10), Report("b", 30), Report("c", 10), Report("d", 5)]
    assert independent_reports(heavier, shared) == ("b", "d")
