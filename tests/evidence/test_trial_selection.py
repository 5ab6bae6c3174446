"""Which trials compare two therapies, and with which two numbers."""

import pytest
from evidence.made import count, study

from lupus_evidence.evidence.selection import Reason, SelectionRules
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.evidence.trial_selection import (
    TrialQuestion,
    choose_trials,
    trial_questions,
    trials_of_arms,
)
from lupus_evidence.vocabulary import band_for

ANY, CR, PR = "any-remission", "complete-remission", "partial-remission"
RANDOMISED = "randomised-trial"


def of(arm, events, n, endpoint=ANY, **more):
    """A count of one arm."""
    return count(endpoint, events, n, arm=arm, **more)


def both(cells, usual, **more):
    """Counts of both arms of a trial: events and people in each."""
    return of("cells", *cells, **more), of("usual", *usual, **more)


def trial(name, *results, design=RANDOMISED, given=("msc", "conventional"), **more):
    """A trial of cells against the usual treatment."""
    sides = {
        side: {"therapy": therapy, "n": 20}
        for side, therapy in zip(("cells", "usual"), given, strict=True)
    }
    return study(name, *results, design=design, **{"arms": sides, "n": 40, **more})


def evidence(*files, therapies=("msc", "conventional")):
    """What records say of both therapies."""
    return [therapy_evidence(files, therapy) for therapy in therapies]


def asked(endpoint=ANY, at=12, scope="lupus"):
    """A question about trials."""
    return TrialQuestion(endpoint, scope, band_for(endpoint, at, None))


def chosen(*files, question=None, therapies=("msc", "conventional"), **more):
    """The trials that answer a question."""
    randomised = more.pop("randomised", True)
    return choose_trials(
        *evidence(*files, therapies=therapies),
        question or asked(),
        SelectionRules(**more),
        randomised=randomised,
    )


def numbers(selection):
    """What enters: study, events and people of treatment and control."""
    return [
        (pair.study, pair.first.events, pair.first.n, pair.second.events, pair.second.n)
        for pair in selection.included
    ]


def left_out(selection):
    """What does not: study, index and reason."""
    return [(item.study, item.index, item.reason) for item in selection.excluded]


def test_a_trial_enters_with_a_number_of_each_arm():
    """9 of 20 with cells, 4 of 18 of the usual treatment: 38 people."""
    file = trial("doe-2020", *both((9, 20), (4, 18)))
    found = chosen(file)
    assert numbers(found) == [("doe-2020", 9, 20, 4, 18)]
    assert (found.people, found.kind, found.excluded) == (38, "treated", ())
    assert (found.therapies, found.randomised) == (("msc", "conventional"), True)
    (pair,) = found.included
    assert (pair.record, pair.people, pair.kind) == (file.study, 38, "treated")


@pytest.mark.parametrize(
    ("design", "by_chance", "beside"),
    [
        (RANDOMISED, 1, 0),
        ("controlled-trial", 0, 1),
        ("comparative-cohort", 0, 1),
        ("cohort", 0, 0),
    ],
)
def test_chance_or_another_control_group_decides_where_a_trial_stands(
    design, by_chance, beside
):
    """Randomised trials are never mixed with others; a cohort has no control group."""
    file = trial("doe-2020", *both((9, 20), (4, 20)), design=design)
    assert len(chosen(file).included) == by_chance
    assert len(chosen(file, randomised=False).included) == beside


def test_a_study_needs_both_therapies_and_a_control_group():
    """A trial against another drug, or a cohort with both arms, compares nothing."""
    files = [
        trial("doe-2020", *both((9, 20), (4, 20)), given=("msc", "rituximab")),
        trial("poe-2020", *both((9, 20), (4, 20)), design="cohort"),
    ]
    found = chosen(*files)
    assert (found.included, found.excluded, found.kind) == ((), (), None)
    assert trial_questions(*evidence(*files), [ANY]) == []


def test_people_of_silent_trials_of_the_treatment_are_told():
    """A registered trial of cells with 30 people planned has said nothing."""
    silent = study("roe-2021", status="registered", population={"planned": 30})
    found = chosen(trial("doe-2020", *both((9, 20), (4, 20))), silent)
    assert found.unreported == 30


def test_questions_are_what_both_arms_tell_of():
    """What one arm alone reports, or at another time, is no question of a trial.

    In the order of the vocabulary: the family, the outcome, what was judged, the time.
    """
    file = trial(
        "doe-2020",
        *both((1, 20), (2, 20), endpoint="death"),
        *both((5, 20), (2, 20), at=24),
        *both((4, 20), (3, 20), scope="kidney"),
        *both((5, 20), (4, 20)),
        *both((3, 20), (1, 20), endpoint=CR),
        *both((18, 20), (17, 20), endpoint="overall-survival"),
        of("cells", 3, 20, endpoint=PR),
        of("cells", 3, 20, endpoint="infection"),
        of("usual", 3, 20, endpoint="relapse"),
        *both((3, 20), (1, 20), endpoint="drug-free"),
    )
    wanted = [ANY, CR, PR, "death", "infection", "relapse", "overall-survival"]
    found = trial_questions(*evidence(file), wanted)
    assert [(item.endpoint, item.scope, item.band.months) for item in found] == [
        ("overall-survival", "lupus", 12),
        (CR, "lupus", 12),
        (ANY, "lupus", 12),
        (ANY, "lupus", 24),
        (ANY, "kidney", 12),
        ("death", "lupus", 12),
    ]


@pytest.mark.parametrize(("usual", "enters"), [(3, True), (2, False)])
def test_a_trial_is_as_large_as_both_its_arms(usual, enters):
    """5 people in all are enough whatever the arms; 4 are too few, in both arms."""
    arms = {
        "cells": {"therapy": "msc", "n": 2},
        "usual": {"therapy": "conventional", "n": usual},
    }
    file = trial("doe-2020", *both((1, 2), (1, usual)), arms=arms, n=2 + usual)
    found = chosen(file)
    assert len(found.included) == enters
    if enters:
        assert found.excluded == ()
        return
    few = Reason.FEW
    assert left_out(found) == [("doe-2020", 0, few), ("doe-2020", 1, few)]
    assert [item.particulars.here.n for item in found.excluded] == [2, 2]


def test_one_person_in_an_arm_is_an_arm():
    """Of 6 people 1 had the usual treatment."""
    assert numbers(chosen(trial("doe-2020", *both((2, 5), (0, 1))))) == [
        ("doe-2020", 2, 5, 0, 1)
    ]


def test_trials_of_one_kind_of_denominator_stand_together():
    """Where one counts those treated, another's counts of those followed stay out.

    So does a trial whose two arms count differently. Each says what it has, in the
    order of the record.
    """
    files = [
        trial("doe-2020", *both((9, 20), (4, 20))),
        trial(
            "poe-2020",
            of("usual", 4, 12, among="followed"),
            of("cells", 9, 14, among="followed"),
        ),
        trial("roe-2020", of("cells", 9, 20), of("usual", 4, 12, among="followed")),
    ]
    found = chosen(*files)
    assert [pair.study for pair in found.included] == ["doe-2020"]
    assert (found.kind, found.people) == ("treated", 40)
    assert left_out(found) == [
        (name, index, Reason.DENOMINATOR)
        for name in ("poe-2020", "roe-2020")
        for index in (0, 1)
    ]
    about = [item.particulars for item in found.excluded]
    assert {item.wanted for item in about} == {"treated"}
    assert [item.here.n for item in about] == [12, 14, 20, 12]


def test_arms_with_different_denominators_are_better_than_none():
    """A trial that stands alone is compared, and has no kind of denominator."""
    file = trial("roe-2020", of("cells", 9, 20), of("usual", 4, 12, among="followed"))
    found = chosen(file)
    assert numbers(found) == [("roe-2020", 9, 20, 4, 12)]
    assert (found.kind, found.included[0].kind) == (None, None)


def test_the_pair_nearest_the_time_asked_for_stands_for_a_trial():
    """11 months is nearer to 12 than 14 is; both arms are of one time."""
    file = trial(
        "doe-2020",
        *both((9, 20), (4, 20), at=14),
        *both((8, 20), (3, 20), at=11),
        of("usual", 5, 20, at=12),
    )
    assert numbers(chosen(file)) == [("doe-2020", 8, 20, 3, 20)]


def test_arms_that_were_counted_at_different_times_are_not_compared():
    """10 months of one and 13 of the other: each is left out, with its number."""
    found = chosen(
        trial("doe-2020", of("cells", 9, 20, at=10), of("usual", 4, 19, at=13)),
        trial("roe-2020", of("cells", 9, 18)),
    )
    one = Reason.ONE_ARM
    assert found.included == ()
    assert left_out(found) == [
        ("doe-2020", 0, one),
        ("doe-2020", 1, one),
        ("roe-2020", 0, one),
    ]
    assert [item.particulars.here.n for item in found.excluded] == [20, 19, 18]


def test_what_may_not_enter_says_why_and_another_scope_is_no_loss():
    """A subgroup stays out of every figure; kidneys are another question."""
    found = chosen(
        trial(
            "doe-2020",
            of("cells", 9, 20, subgroup="children"),
            of("usual", 4, 20),
            *both((5, 20), (3, 20), scope="kidney"),
        )
    )
    assert left_out(found) == [
        ("doe-2020", 0, Reason.SUBGROUP),
        ("doe-2020", 1, Reason.ONE_ARM),
    ]


def test_an_arm_is_not_compared_with_itself():
    """Cord cells are donor cells too: against them stand the other donor cells."""
    file = trial("doe-2020", *both((9, 20), (4, 20)), given=("bm-msc", "uc-msc"))
    found = chosen(file, therapies=("msc", "uc-msc"))
    assert numbers(found) == [("doe-2020", 9, 20, 4, 20)]
    assert numbers(chosen(file, therapies=("uc-msc", "uc-msc"))) == []


def test_trials_that_share_people_are_counted_once():
    """The larger stands; both arms of the other name it."""
    small = trial("doe-2020", *both((9, 20), (4, 18)), shares=("roe-2021",))
    large = trial("roe-2021", *both((8, 20), (4, 20)))
    found = chosen(small, large)
    assert [pair.study for pair in found.included] == ["roe-2021"]
    out = Reason.OVERLAP
    assert left_out(found) == [("doe-2020", 0, out), ("doe-2020", 1, out)]
    for item, n in zip(found.excluded, (20, 18), strict=True):
        assert item.particulars.here.n == n
        assert item.particulars.studies == (("roe-2021", "likely"),)
    assert chosen(small, large, overlap="keep-all").people == 78


@pytest.mark.parametrize(
    ("at", "years", "kept"),
    [
        ((12, 14), (2020, 2020), "roe-2020"),
        ((14, 12), (2020, 2020), "doe-2020"),
        ((12, 12), (2020, 2021), "roe-2020"),
        ((12, 12), (None, 2021), "roe-2020"),
        ((12, 14), (2021, 2020), "roe-2020"),
        ((12, 12), (2020, 2020), "doe-2020"),
    ],
)
def test_of_equally_large_trials_the_longer_then_the_later_stands(at, years, kept):
    """The time of its figure, then the year, then the name."""
    files = [
        trial(
            name,
            *both((9, 20), (4, 20), at=months),
            shares=("doe-2020",),
            citation={"authors": ["Doe J"]} | ({"year": year} if year else {}),
        )
        for name, months, year in zip(("doe-2020", "roe-2020"), at, years, strict=True)
    ]
    assert [pair.study for pair in chosen(*files).included] == [kept]


def test_a_trial_without_a_time_is_the_shortest():
    """Half a month is longer than no time at all."""
    infection = [
        trial(
            name, *both((1, 20), (1, 20), endpoint="infection", at=at), shares=("a-1",)
        )
        for name, at in (("a-1", None), ("b-1", 0.5))
    ]
    found = chosen(*infection, question=asked("infection", None))
    assert [pair.study for pair in found.included] == ["b-1"]


DOSES = {
    "low": {"therapy": "msc", "n": 10},
    "middle": {"therapy": "msc", "n": 11},
    "high": {"therapy": "uc-msc", "n": 12},
    "usual": {"therapy": "conventional", "n": 13},
}


def doses(name, *results, design=RANDOMISED):
    """A trial of three doses and the usual treatment."""
    return study(name, *results, design=design, arms=DOSES, n=46)


def of_arms(*files, **rules):
    """What trials found between arms of donor cells."""
    found = trials_of_arms(
        therapy_evidence(files, "msc"), asked(), SelectionRules(**rules)
    )
    return [
        (pair.study, *pair.first.arms, pair.first.events, *pair.second.arms,
         pair.second.events)
        for pair in found
    ]  # fmt: skip


ALL = (of("high", 6, 12), of("usual", 7, 13), of("low", 4, 10), of("middle", 5, 11))


def test_each_further_arm_is_held_against_the_first_of_its_therapy():
    """Every dose against the first in the record's order, never their sum."""
    assert of_arms(doses("doe-2020", *ALL)) == [
        ("doe-2020", "low", 4, "middle", 5),
        ("doe-2020", "low", 4, "high", 6),
    ]


def test_only_randomised_trials_with_two_such_arms_are_trials_of_arms():
    """A cohort with doses, and a trial with one arm of cells, are passed over."""
    files = [
        doses("cole-2020", *ALL, design="controlled-trial"),
        trial("coe-2020", *both((9, 20), (4, 20))),
        trial("doe-2020", *both((9, 20), (4, 20)), given=("msc", "uc-msc")),
    ]
    assert of_arms(*files) == [("doe-2020", "cells", 9, "usual", 4)]


def test_an_arm_without_a_number_of_the_first_ones_time_is_passed_over():
    """The middle dose was counted at 10 months alone; the high one stands."""
    file = doses(
        "doe-2020",
        of("low", 4, 10, at=14),
        of("low", 3, 10),
        of("middle", 5, 11, at=10),
        of("high", 7, 12, at=14),
        of("high", 6, 12),
    )
    assert of_arms(file) == [("doe-2020", "low", 3, "high", 6)]


def test_arms_of_one_denominator_are_compared_first():
    """Those treated at 14 months, not those treated with those followed at 12."""
    file = doses(
        "doe-2020",
        of("low", 3, 10),
        of("low", 4, 10, at=14),
        of("high", 6, 8, among="followed"),
        of("high", 7, 12, at=14),
    )
    assert of_arms(file) == [("doe-2020", "low", 4, "high", 7)]
