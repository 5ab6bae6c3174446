"""Which result of which study enters a rate, and what is left out for which reason."""

import pytest
from evidence.made import ARMS, chosen, count, estimate, study

from lupus_evidence.evidence.rate_selection import choose, choose_alike, considered
from lupus_evidence.evidence.selection import Reason, SelectionRules
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.pages.reasons import why
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import BEST_EVER, band_for, band_of, topic


def numbers(selection):
    """What enters: study, events, n."""
    return [(item.study, item.events, item.n) for item in selection.included]


def reasons(selection):
    """What does not: study and reason."""
    return [(item.study, item.reason) for item in selection.excluded]


def test_narrower_therapies_belong_to_the_wider_one():
    """An umbilical-cord MSC study answers a question about MSC, not the reverse."""
    cord = study("doe-2020", count("any-remission", 5, 20), therapy="uc-msc")
    donor = study("roe-2020", count("any-remission", 5, 20), therapy="msc")
    assert len(numbers(chosen(cord, donor))) == 2
    assert numbers(chosen(cord, donor, therapy="uc-msc")) == [("doe-2020", 5, 20)]


def test_times_of_another_band_are_counted_apart():
    """A figure for 24 months is no figure for 12, and is not listed as left out."""
    late = study("doe-2020", count("any-remission", 5, 20, at=24))
    found = chosen(late)
    assert not found.included
    assert not found.excluded
    assert found.other_times == ("doe-2020",)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"lupus_specific": False}, Reason.OTHER_DISEASES),
        ({"subgroup": "people with nephritis"}, Reason.SUBGROUP),
        ({"scope": "kidney"}, Reason.SCOPE),
        ({"reading": "secondary"}, Reason.READING),
        ({"events": None, "percent": "25", "kind": "kaplan-meier"}, Reason.NO_NUMBER),
        ({"events": 1, "n": 2}, Reason.FEW),
        ({"among": "followed", "n": 15}, Reason.DENOMINATOR),
    ],
)
def test_results_are_left_out_for_a_typed_reason(more, reason):
    """A result that cannot stand beside the others is left out and says why."""
    odd = study("doe-2020", count("any-remission", 5, 20) | more)
    other = study("roe-2020", count("any-remission", 8, 20))
    found = chosen(odd, other, readings=("primary-abstract",))
    assert numbers(found) == [("roe-2020", 8, 20)]
    assert reasons(found) == [("doe-2020", reason)]
    left = found.excluded[0]
    assert why(left.reason, left.particulars)
    assert found.excluded[0].place.file == "doe-2020.yaml"
    assert found.excluded[0].place.line > 1


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"designs": ("registry",)}, Reason.DESIGN),
        ({"min_n": 21}, Reason.FEW),
        ({"include_abstracts": False}, Reason.ABSTRACT),
    ],
)
def test_filters_leave_out_with_their_own_reason(rules, reason):
    """What a person filters away is listed under that filter."""
    one = study(
        "doe-2020", count("any-remission", 5, 20), publication="conference-abstract"
    )
    found = chosen(one, **rules)
    assert reasons(found) == [("doe-2020", reason)]


def test_figures_over_all_arms_need_the_therapy_in_all_arms():
    """A figure of the whole study counts only where every arm had the therapy."""
    arms = {
        "cells": {"therapy": "msc", "n": 10},
        "none": {"therapy": "placebo", "n": 10},
    }
    whole = count("any-remission", 9, 20, arm=None)
    found = chosen(study("doe-2020", whole, arms=arms))
    assert reasons(found) == [("doe-2020", Reason.MIXED)]
    arms["none"]["therapy"] = "bm-msc"
    assert numbers(chosen(study("doe-2020", whole, arms=arms))) == [("doe-2020", 9, 20)]


def test_arms_with_the_same_therapy_are_added_up():
    """0 of 4 and 24 of 26 at the same time are 24 of 30, marked as derived."""
    arms = {
        "first": {"therapy": "hsct", "n": 4},
        "second": {"therapy": "hsct", "n": 26},
    }
    file = study(
        "doe-2020",
        count("any-remission", 0, 4, arm="first"),
        count("any-remission", 24, 26, arm="second"),
        arms=arms,
        n=30,
    )
    found = chosen(file, therapy="hsct")
    assert numbers(found) == [("doe-2020", 24, 30)]
    assert found.included[0].form == "derived"
    (step,) = found.included[0].number.steps
    assert (step.code, step.names) == ("arms", ("first", "second"))
    assert step.numbers == (0, 4, 24, 26)
    assert not found.excluded


def test_arms_at_different_times_are_not_added_up():
    """Counts at 10 and 10.5 months stay apart: the larger arm stands for the study."""
    arms = {"first": {"therapy": "hsct", "n": 7}, "second": {"therapy": "hsct", "n": 9}}
    file = study(
        "doe-2020",
        count("any-remission", 1, 7, at=10, arm="first"),
        count("any-remission", 2, 9, at=10.5, arm="second"),
        arms=arms,
        n=16,
    )
    found = chosen(file, therapy="hsct", at=10)
    assert len(found.included) == 1
    assert reasons(found) == [("doe-2020", Reason.SAME_STUDY)]


def test_arms_that_hold_the_same_people_are_not_added_up():
    """Two arms with more people together than the study has are not summed."""
    arms = {
        "all": {"therapy": "msc", "n": 20},
        "part": {"therapy": "msc", "n": 8},
    }
    file = study(
        "doe-2020",
        count("any-remission", 9, 20, arm="all"),
        count("any-remission", 4, 8, arm="part"),
        arms=arms,
    )
    assert numbers(chosen(file)) == [("doe-2020", 9, 20)]


def test_alive_is_everyone_but_the_dead():
    """13 dead of 81 are 68 alive, derived from the result that says so."""
    file = study("doe-2020", count("death", 13, 81), n=81)
    found = chosen(file, endpoint="overall-survival")
    assert numbers(found) == [("doe-2020", 68, 81)]
    assert found.included[0].form == "derived"
    assert found.included[0].results[0].endpoint == "death"


def test_any_remission_is_complete_plus_partial():
    """22 complete and 6 partial of the same 81 are 28 in any remission."""
    file = study(
        "doe-2020",
        count("complete-remission", 22, 81),
        count("partial-remission", 6, 81),
        n=81,
    )
    assert numbers(chosen(file)) == [("doe-2020", 28, 81)]


@pytest.mark.parametrize(
    "partial",
    [
        count("partial-remission", 6, 68, among="survivors"),
        count("partial-remission", 6, 81, among="enrolled"),
        count("partial-remission", 6, 81, at=13),
        count("partial-remission", 6, 81, scope="kidney"),
        count("partial-remission", 60, 81),
    ],
    ids=["denominator", "its kind", "time", "scope", "more than everyone"],
)
def test_nothing_is_added_up_that_does_not_belong_together(partial):
    """Parts with another denominator, time or scope, or too many people, stay apart."""
    file = study("doe-2020", count("complete-remission", 22, 81), partial, n=81)
    assert not chosen(file).included


def test_complete_remission_is_any_less_partial():
    """28 in any remission less 6 in partial leaves 22 in complete remission."""
    file = study(
        "doe-2020",
        count("any-remission", 28, 81),
        count("partial-remission", 6, 81),
        n=81,
    )
    found = chosen(file, endpoint="complete-remission")
    assert numbers(found) == [("doe-2020", 22, 81)]


def test_a_printed_count_is_preferred_to_a_derived_one():
    """Where 29 is printed, 22 + 6 is not used instead."""
    file = study(
        "doe-2020",
        count("complete-remission", 22, 81),
        count("partial-remission", 6, 81),
        count("any-remission", 29, 81),
        n=81,
    )
    found = chosen(file)
    assert numbers(found) == [("doe-2020", 29, 81)]
    assert found.included[0].form == "count"


def test_parts_that_were_not_needed_are_not_left_out():
    """Parts at another time than the total's belong to rows of their own."""
    file = study(
        "doe-2020",
        count("any-remission", 29, 81, at=12),
        count("complete-remission", 22, 81, at=13),
        count("partial-remission", 6, 81, at=13),
        n=81,
    )
    found = chosen(file)
    assert numbers(found) == [("doe-2020", 29, 81)]
    assert not found.excluded


def test_a_percentage_becomes_a_count_only_if_one_count_fits():
    """25 % of 20 is 5 people; 50 % of 400 could be 5 counts and is refused."""
    clear = study("doe-2020", count("any-remission", None, 20, percent="25"))
    vague = study("roe-2020", count("any-remission", None, 400, percent="50"), n=400)
    found = chosen(clear, vague)
    assert numbers(found) == [("doe-2020", 5, 20)]
    assert found.included[0].form == "derived"
    assert reasons(found) == [("roe-2020", Reason.NO_NUMBER)]
    # 198 of 400 is 49.5 %, 202 is 50.5 %: papers round such halves either way
    missing = found.excluded[0].particulars.missing
    assert (missing.code, missing.people, missing.counts) == ("ambiguous-count", 400, 5)


def test_a_survival_estimate_enters_as_effective_people():
    """82.4 ± 9.2 % enters as p (1 - p) / SE² people, marked as such."""
    file = study("doe-2020", estimate("overall-survival", "82.4", se="9.2", n=20))
    found = chosen(file, endpoint="overall-survival", at=60)
    item = found.included[0]
    assert item.form == "effective"
    assert item.n == pytest.approx(0.824 * 0.176 / 0.092**2)
    assert item.people == 20
    assert item.rate == pytest.approx(0.824)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            count("any-remission", 5, 20, at=14),
            count("any-remission", 6, 20, at={"months": 12, "basis": "longest"}),
        ),
        (
            count("any-remission", 5, 20, at=16),
            count(
                "any-remission", 6, 20, at={"months": 12, "basis": "median-follow-up"}
            ),
        ),
        (
            count("any-remission", 5, 20, at=14),
            count("any-remission", None, 20, at=12, percent="30"),
        ),
        (
            count("any-remission", 5, 20, at=14),
            count("any-remission", 6, 20, at=12, reading="secondary"),
        ),
        (
            count("any-remission", 5, 20, at=12),
            count("any-remission", 6, 20, at=13),
        ),
    ],
    ids=["visit, up to", "visit, follow-up", "printed", "first-hand", "nearest"],
)
def test_one_number_stands_for_a_study(better, worse):
    """The better figure is used, the other left out as the same study's."""
    for order in ((better, worse), (worse, better)):
        found = chosen(study("doe-2020", *order))
        assert numbers(found) == [("doe-2020", 5, 20)]
        assert reasons(found) == [("doe-2020", Reason.SAME_STUDY)]


def test_another_scope_is_no_loss_where_the_study_counts():
    """A study counted for lupus is not listed as left out for its kidney figure."""
    file = study(
        "doe-2020",
        count("any-remission", 5, 20),
        count("any-remission", 9, 20, scope="kidney"),
    )
    assert not chosen(file).excluded
    assert not chosen(file, scope="kidney").excluded


def test_studies_that_share_people_are_not_both_counted():
    """The larger is kept; the smaller names it with the certainty of the overlap."""
    small = study("doe-2020", count("any-remission", 5, 20))
    large = study("roe-2021", count("any-remission", 9, 30), n=30, shares=["doe-2020"])
    found = chosen(small, large)
    assert numbers(found) == [("roe-2021", 9, 30)]
    assert reasons(found) == [("doe-2020", Reason.OVERLAP)]
    assert found.excluded[0].particulars.studies == (("roe-2021", "likely"),)
    kept = chosen(small, large, overlap="keep-all")
    assert len(kept.included) == 2


def test_therapies_are_given_the_same_denominator_where_they_can():
    """Relapse per person treated is compared with relapse per person treated."""
    one = study(
        "doe-2020",
        count("relapse", 3, 8, among="responders"),
        count("relapse", 3, 20),
        therapy="hsct",
    )
    other = study("roe-2020", count("relapse", 4, 20))
    evidence = [therapy_evidence([one, other], name) for name in ("hsct", "msc")]
    first, second = choose_alike(
        evidence, "relapse", "lupus", band_of(12), SelectionRules()
    )
    assert (first.kind, second.kind) == ("treated", "treated")
    alone = choose(evidence[0], "relapse", "lupus", band_of(12))
    assert alone.kind == "responders"


def test_outcomes_with_a_name_of_their_own_are_never_pooled():
    """Two studies' other outcomes are not one outcome."""
    files = [
        study(f"{name}-2020", count("other", 5, 20, name=f"outcome of {name}"))
        for name in ("doe", "roe")
    ]
    found = chosen(*files, endpoint="other")
    assert not found.included
    assert {item.reason for item in found.excluded} == {Reason.OWN_OUTCOME}


def test_every_study_of_the_therapy_is_accounted_for():
    """Counted, left out, other times, other outcomes, registered: all are named."""
    files = [
        study("a-1", count("any-remission", 5, 20)),
        study("b-1", count("any-remission", 1, 1)),
        study("c-1", count("any-remission", 5, 20, at=24)),
        study("d-1", count("death", 5, 20)),
        study("e-1", status="registered"),
        study("f-1", count("any-remission", 5, 20), therapy="hsct"),
    ]
    evidence = therapy_evidence(files, "msc")
    found = considered(
        evidence, choose(evidence, "any-remission", "lupus", band_of(12))
    )
    assert [(item.study, item.reason) for item in found] == [
        ("a-1", None),
        ("b-1", None),
        ("c-1", Reason.OTHER_TIME),
        ("d-1", Reason.NOT_REPORTED),
        ("e-1", Reason.NO_RESULTS),
    ]
    assert found[0].included is not None
    assert found[1].excluded[0].reason is Reason.FEW


@pytest.mark.parametrize("therapy", ["hsct", "msc", "cyclophosphamide", "car-t"])
def test_no_person_is_counted_twice_in_the_bundled_records(therapy):
    """No two studies of any pooled figure share people, and none enters twice."""
    evidence = therapy_evidence(load().files, therapy)
    seen = 0
    for endpoint in topic().endpoints:
        for scope in topic().scopes:
            for band in topic().all_bands:
                found = choose(evidence, endpoint, scope, band)
                names = [item.study for item in found.included]
                seen += len(names)
                assert len(set(names)) == len(names)
                assert not [
                    (a, b) for a in names for b in names if (a, b) in evidence.overlaps
                ]
                for item in found.included:
                    assert 0 <= item.events <= item.n
                    assert item.people >= 5
    assert seen


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
