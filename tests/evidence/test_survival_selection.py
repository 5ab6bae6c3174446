"""What each study says of survival over time, and which studies enter a curve."""

import pytest
from evidence.made import count, estimate, study

from lupus_evidence.evidence.selection import Reason, SelectionRules
from lupus_evidence.evidence.survival_selection import survival_over_time
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.stats.deaths import DeathsOver

OS, DEATH, TRM = "overall-survival", "death", "treatment-related-mortality"

LONGEST = {"months": 60, "basis": "longest"}
#: How long an invented study followed its people.
FOLLOWED = {"follow_up": {"median": "12"}}


def mean(months):
    """A mean follow-up."""
    return {"months": months, "basis": "mean-follow-up"}


def median(months):
    """A median follow-up."""
    return {"months": months, "basis": "median-follow-up"}


def chosen(*studies, **rules):
    """The selection of msc from invented studies."""
    return survival_over_time(therapy_evidence(studies, "msc"), SelectionRules(**rules))


def heard(*results, **more):
    """What the model hears of one study."""
    (one,) = chosen(study("doe-2020", *results, **more)).included
    return [
        tuple(round(x, 6) for x in vars(item).values()) for item in one.observations
    ]


def left_out(selection):
    """Studies' results that do not enter, with the reason."""
    return [(item.study, item.index, item.reason) for item in selection.excluded]


def test_counts_at_visits_are_cut_into_the_stretches_between_them():
    """20 treated, 1 dead by 6 months, 3 by 60: one early, two of 19 later."""
    assert heard(count(DEATH, 1, 20, at=6), count(OS, 17, 20, at=60)) == [
        (1, 20, 0, 6),
        (2, 19, 6, 60),
    ]


def test_deaths_over_a_mean_follow_up_are_deaths_over_person_time():
    """5 of 20 over 26 months: 6 early months each, 20 later ones."""
    assert heard(count(DEATH, 5, 20, at=mean(26))) == [(5, 120, 400)]
    assert heard(count(OS, 15, 20, at=mean(26))) == [(5, 120, 400)]


def test_a_median_follow_up_is_taken_as_the_mean_and_marked():
    """The same people, and the study says that it is approximate."""
    (one,) = chosen(study("doe-2020", count(DEATH, 5, 20, at=median(26)))).included
    assert one.observations == (DeathsOver(5, 120, 400),)
    assert one.approximate


def test_deaths_related_to_treatment_are_the_early_part_of_deaths_over_follow_up():
    """7 of 20 early, 5 more later; the person-time is 20 people times 26 months.

    Up to 6 months the 20 lived 20 x 6 less 7 x 3 months; the rest is later.
    """
    later = 20 * 26 - (20 * 6 - 7 * 3)
    assert heard(count(TRM, 7, 20, at=None), count(DEATH, 12, 20, at=mean(26))) == [
        (7, 20, 0, 6),
        (5, 0, later),
    ]


def test_deaths_by_day_100_are_early_at_their_own_time():
    """2 of 20 by 3.3 months; deaths after them are counted from there."""
    assert heard(count(TRM, 2, 20, at=3.3)) == [(2, 20, 0, 3.3)]
    (first, second) = heard(count(TRM, 2, 20, at=3.3), count(OS, 15, 20, at=24))
    assert first == (2, 20, 0, 3.3)
    assert second == (3, 18, 3.3, 24)


def test_early_deaths_that_are_counted_already_are_not_counted_again():
    """A count at 6 months holds those related to treatment."""
    assert heard(count(TRM, 2, 20, at=None), count(OS, 17, 20, at=6)) == [(3, 20, 0, 6)]


def test_a_curve_is_worth_the_people_that_its_error_says():
    """81 % with a standard error of 8: 0.81 x 0.19 / 0.08^2 people."""
    ((dead, people, start, end),) = heard(estimate(OS, "81", se="8", n=28), n=28)
    assert (start, end) == (0, 60)
    assert people == pytest.approx(0.81 * 0.19 / 0.08**2, abs=1e-6)
    assert dead == pytest.approx(0.19 * people, abs=1e-6)


def test_a_count_over_a_mean_follow_up_stands_before_a_curve_without_an_error():
    """An assumed error is the weaker of the two; over a median follow-up it is not."""
    curve = estimate(OS, "80", at=36, n=20)
    assert heard(count(DEATH, 2, 20, at=mean(21)), curve) == [(2, 120, 300)]
    over = count(DEATH, 2, 20, at=median(21))
    (one,) = chosen(study("doe-2020", over, curve, **FOLLOWED)).included
    assert [report.kind for report in one.reports] == ["estimated"]
    assert one.assumed


def test_a_curve_without_an_error_is_heard_where_a_mean_adds_nothing():
    """A mean of 21 months says nothing after a count at 24; the curve at 60 does."""
    found = chosen(
        study(
            "doe-2020",
            count(OS, 18, 20, at=24),
            count(DEATH, 2, 20, at=mean(21)),
            estimate(OS, "80", at=60, n=20),
            **FOLLOWED,
        )
    )
    assert [x.months for x in found.included[0].reports] == [24, 60]
    assert left_out(found) == [("doe-2020", 1, Reason.SAME_STUDY)]


def test_people_do_not_rise_from_the_dead():
    """Where an earlier figure has fewer alive than a later one, the later stands."""
    found = chosen(
        study("doe-2020", count(OS, 15, 20, at=12), count(OS, 17, 20, at=60))
    )
    assert [report.months for report in found.included[0].reports] == [60]
    assert left_out(found) == [("doe-2020", 0, Reason.SAME_STUDY)]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (count(DEATH, 2, 20, at=None), Reason.NO_TIME),
        (
            count(DEATH, 2, 20, at={"months": 60, "basis": "longest"}),
            Reason.VARYING_FOLLOW_UP,
        ),
        (count(DEATH, 2, 15, among="survivors"), Reason.DENOMINATOR),
        (count(DEATH, 2, 20, subgroup="children"), Reason.SUBGROUP),
        (count(DEATH, 2, 20, lupus_specific=False), Reason.OTHER_DISEASES),
        (
            estimate(TRM, "15", se="7", n=20, kind="cumulative-incidence"),
            Reason.NOT_EARLY,
        ),
    ],
)
def test_what_does_not_belong_leaves_with_its_reason(result, reason):
    """No time, follow-up that ended sooner for some, survivors, part of the group."""
    found = chosen(study("doe-2020", result))
    assert not found.included
    assert left_out(found) == [("doe-2020", 0, reason)]


def test_shared_people_are_settled_once_by_person_time():
    """28 people over 10 months are less than 20 over 60, whatever the time asked."""
    short = study("doe-2020", count(OS, 25, 28, at=10), n=28, shares=("roe-2020",))
    long = study("roe-2020", count(OS, 18, 20, at=60))
    found = chosen(short, long)
    assert [item.study for item in found.included] == ["roe-2020"]
    assert [item.study for item in found.overlapping] == ["doe-2020"]
    assert left_out(found) == [("doe-2020", 0, Reason.OVERLAP)]
    both = chosen(short, long, overlap="keep-all")
    assert len(both.included) == 2


def test_a_curve_lends_no_more_person_time_than_people_were_followed():
    """A curve read at 60 months of 28 people followed for 12 is 28 x 12 months."""
    curve = estimate(OS, "81", se="8", n=28)
    (one,) = chosen(study("doe-2020", curve, n=28, **FOLLOWED)).included
    assert one.person_months == 28 * 12


def test_arms_with_the_same_therapy_are_added_up():
    """1 of 20 and 2 of 30 by 12 months are 3 of 50."""
    arms = {"high": {"therapy": "msc", "n": 20}, "low": {"therapy": "msc", "n": 30}}
    each = count(DEATH, 1, 20, arm="high"), count(DEATH, 2, 30, arm="low")
    assert heard(*each, n=50, arms=arms) == [(3, 50, 0, 12)]


def test_who_reaches_a_time_and_how_many_of_them_are_alive():
    """A study speaks up to its last time; of a mean follow-up that is the mean."""
    found = chosen(
        study("doe-2020", count(OS, 18, 20, at=60)),
        study("roe-2020", count(DEATH, 5, 25, at=mean(26)), n=25),
    )
    assert [item.study for item in found.reaching(26)] == ["doe-2020", "roe-2020"]
    assert [item.study for item in found.reaching(27)] == ["doe-2020"]
    assert found.watched(12) == 18 + 20
