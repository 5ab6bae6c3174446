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
    for more in ({}, FOLLOWED):
        assert heard(count(DEATH, 2, 20, at=mean(21)), curve, **more) == [(2, 120, 300)]
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


def test_deaths_between_visits_are_taken_off_what_a_mean_follow_up_holds():
    """20, 19 and 18 alive at 0, 6 and 12 months lived 117 and 111 months together.

    The mean of 26 months is 520 in all: 292 later ones remain, with 3 of the 5 deaths.
    """
    visits = count(OS, 19, 20, at=6), count(OS, 18, 20, at=12)
    assert heard(*visits, count(DEATH, 5, 20, at=mean(26))) == [
        (1, 20, 0, 6),
        (1, 19, 6, 12),
        (3, 0, 292),
    ]


@pytest.mark.parametrize(
    ("dead", "over", "rest"),
    [
        # 20 x 26 less (20 + 18) / 2 x 3 = 463: 18 lived 3 months each early
        (5, 26, (3, 54, 409)),
        # all who died had died by then
        (2, 26, (0, 54, 409)),
        # 20 x 4 less 57: everything that is left is early
        (3, 4, (1, 23, 0)),
    ],
)
def test_follow_up_after_an_early_visit_is_early_up_to_six_months(dead, over, rest):
    """18 of 20 alive at 3 months, then deaths over a mean."""
    lines = count(OS, 18, 20, at=3), count(DEATH, dead, 20, at=mean(over))
    assert heard(*lines) == [(2, 20, 0, 3), rest]


@pytest.mark.parametrize(
    "over",
    [
        count(DEATH, 3, 20, at=mean(26)),  # fewer than had died by 24 months
        count(DEATH, 5, 20, at=mean(24)),  # nothing after 24 months
        count(DEATH, 5, 20, at=mean(20)),
        count(DEATH, 3, 20, at=median(26)),
    ],
)
def test_a_follow_up_that_says_nothing_after_the_last_visit_is_left_out(over):
    """15 of 20 alive at 24 months stand alone."""
    file = study("doe-2020", count(OS, 15, 20, at=24), over)
    found = chosen(file)
    (one,) = found.included
    assert [report.months for report in one.reports] == [24]
    assert left_out(found) == [("doe-2020", 1, Reason.SAME_STUDY)]
    # and says which number stands instead
    assert found.excluded[0].particulars.instead.events == 15


@pytest.mark.parametrize("before", [(), (count(OS, 19, 20, at=6),)])
def test_a_mean_is_not_added_to_a_curve_with_its_own_error(before):
    """Effective people and people cannot be told apart within one history."""
    curve = estimate(OS, "80", at=12, se="10", n=20)
    over = count(DEATH, 5, 20, at=mean(26))
    (one,) = chosen(study("doe-2020", *before, curve, over)).included
    assert [report.kind for report in one.reports] == ["counted"] * len(before) + [
        "estimated"
    ]


def test_a_mean_stands_before_a_median_and_the_latest_before_earlier_ones():
    """Of 20 people 3 had died over a mean of 20 months, 5 over one of 26."""
    lines = [
        count(DEATH, 3, 20, at=mean(20)),
        count(DEATH, 5, 20, at=mean(26)),
        count(DEATH, 6, 20, at=median(30)),
    ]
    assert heard(*lines) == [(5, 120, 400)]
    assert heard(*lines[::2]) == [(3, 120, 280)]
    (one,) = chosen(study("doe-2020", *lines)).included
    assert not one.approximate


def test_marks_of_a_history_are_those_of_any_of_its_reports():
    """A median after a visit is approximate; one assumed error is enough."""
    visit = count(OS, 19, 20, at=6)
    over = count(DEATH, 5, 20, at=median(26))
    (one,) = chosen(study("doe-2020", visit, over)).included
    assert (len(one.reports), one.approximate, one.assumed) == (2, True, False)
    curve = estimate(OS, "80", at=36, n=20)
    (one,) = chosen(study("doe-2020", visit, curve, **FOLLOWED)).included
    assert (len(one.reports), one.approximate, one.assumed) == (2, False, True)


def test_nobody_more_has_died_at_a_later_visit():
    """18 of 20 alive at 12 months, and still at 24."""
    assert heard(count(OS, 18, 20, at=12), count(OS, 18, 20, at=24)) == [
        (2, 20, 0, 12),
        (0, 18, 12, 24),
    ]


@pytest.mark.parametrize(
    ("at", "end"), [(1, 1), (12, 12), ({"months": 12, "basis": "kaplan-meier"}, 12)]
)
def test_a_count_at_one_time_for_everybody_is_a_point(at, end):
    """From the first month, and on a curve too."""
    assert heard(count(DEATH, 1, 20, at=at)) == [(1, 20, 0, end)]


def test_deaths_of_the_treatment_up_to_six_months_are_early():
    """Six months are the end of what is early, and no later."""
    assert heard(count(TRM, 2, 20, at=6)) == [(2, 20, 0, 6)]
    assert heard(count(TRM, 2, 20, at=mean(60))) == [(2, 20, 0, 6)]


@pytest.mark.parametrize("basis", ["visit", "kaplan-meier"])
def test_deaths_of_the_treatment_by_a_later_time_are_not_early(basis):
    """By five years somebody else's treatment may have killed them."""
    late = count(TRM, 2, 20, at={"months": 60, "basis": basis})
    found = chosen(study("doe-2020", late))
    assert not found.included
    assert left_out(found) == [("doe-2020", 0, Reason.NOT_EARLY)]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (count(OS, 20, 20, at=0), Reason.NO_TIME),
        (count(DEATH, 1, 12, among="responders"), Reason.DENOMINATOR),
        (count(DEATH, 1, 12, among="followed"), Reason.DENOMINATOR),
    ],
)
def test_what_is_left_out_says_what_it_is_and_what_was_wanted(result, reason):
    """The number itself, and that a curve is about those treated."""
    found = chosen(study("doe-2020", result))
    assert left_out(found) == [("doe-2020", 0, reason)]
    about = found.excluded[0].particulars
    assert (about.here.n, about.wanted) == (result["n"], "treated")


def test_deaths_at_any_time_stand_before_deaths_of_the_treatment_alone():
    """100 entered, 2 of them died early; of the 20 treated 5 died by 24 months.

    The early deaths of those who entered are more person-time, and say less.
    """
    early = count(TRM, 2, 100, at=None, among="enrolled")
    treated = count(TRM, 1, 20, at=None), count(OS, 15, 20, at=24)
    assert heard(early, *treated) == [(1, 20, 0, 6), (4, 19, 6, 24)]
    assert heard(early, count(OS, 15, 20, at=24)) == [(5, 20, 0, 24)]
    assert heard(early) == [(2, 100, 0, 6)]


def test_only_a_curve_is_held_to_how_long_people_were_followed():
    """A count at 60 months is one of people who were seen then."""
    (one,) = chosen(study("doe-2020", count(OS, 18, 20, at=60), **FOLLOWED)).included
    assert one.person_months == 20 * 60
    curve = estimate(OS, "81", se="8", n=28)
    (one,) = chosen(study("doe-2020", curve, n=28)).included
    assert one.person_months == 28 * 60


@pytest.mark.parametrize(
    ("years", "kept"),
    [
        ((2020, 2021), "roe-2020"),
        ((2021, 2020), "doe-2020"),
        ((2020, 2020), "doe-2020"),
    ],
)
def test_of_reports_on_equal_person_time_the_later_stands(years, kept):
    """Then the name."""
    files = [
        study(name, count(OS, 18, 20, at=60), year=year, shares=("doe-2020",))
        for name, year in zip(("doe-2020", "roe-2020"), years, strict=True)
    ]
    assert [item.study for item in chosen(*files).included] == [kept]


def test_a_selection_knows_its_people_and_lists_what_is_left_out_in_order():
    """20 and 25 people; lines that say nothing of a curve by study and line."""
    none = count(DEATH, 1, 20, at=None)
    second = study("roe-2020", none, count(DEATH, 5, 25, at=mean(26)), n=25)
    first = study("doe-2020", count(OS, 18, 20, at=60), none, count(OS, 2, 2))
    silent = study("poe-2021", status="registered", population={"planned": 30})
    found = chosen(second, first, silent)
    assert (found.people, found.unreported, found.therapy) == (45, 30, "msc")
    assert [item[:2] for item in left_out(found)] == [
        ("doe-2020", 1),
        ("doe-2020", 2),
        ("roe-2020", 0),
    ]
    assert [item.record for item in found.included] == [first.study, second.study]
