"""What stands for one study: as printed, added up over arms, or worked out exactly."""

import pytest
from appraised import judged
from evidence.made import ARMS, chosen, count, estimate, study

from lupus_evidence.evidence.rate_selection import Question, study_numbers
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.evidence.study_numbers import summed_arms
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.vocabulary import band_for

ANY, CR, PR = "any-remission", "complete-remission", "partial-remission"
TRM = "treatment-related-mortality"


def offered(*results, endpoint=ANY, at=12, **more):
    """Every number that a study offers for a question, few people or many."""
    file = study("doe-2020", *results, **more)
    question = Question(
        therapy_evidence([file], "msc"),
        endpoint,
        "lupus",
        band_for(endpoint, at, None),
        SelectionRules(min_n=1),
    )
    return study_numbers(question, file).numbers


def one(*results, **more):
    """The number that stands for a study."""
    asked = {key: more.pop(key) for key in ("endpoint", "at") if key in more}
    (found,) = chosen(study("doe-2020", *results, **more), **asked).included
    return found


def timed(basis, months=12):
    """A time of this kind."""
    return {"months": months, "basis": basis}


def test_a_number_knows_its_people_its_time_and_its_source():
    """8 of the 18 followed, of 20 treated, at 14 months, at its line of the record."""
    file = study(
        "doe-2020",
        count(CR, 5, 20),
        count(ANY, 8, 18, at=14, among="followed", reading="secondary"),
    )
    (found,) = chosen(file).included
    assert (found.study, found.year, found.record) == ("doe-2020", 2020, file.study)
    assert (found.events, found.n, found.people, found.treated) == (8, 18, 18, 20)
    assert (found.among, found.denominator) == ("followed", "treated")
    assert (found.months, found.basis, found.kind) == (14, "visit", "count")
    assert (found.reading, found.form, found.complete) == ("secondary", "count", True)
    lines = file.text.splitlines()
    second = [number for number, line in enumerate(lines, 1) if "arm: only" in line][1]
    assert (found.place.file, found.place.line) == ("doe-2020.yaml", second)


def test_how_the_source_came_by_its_figure_is_known():
    """Read off a curve, not counted; its people are those treated."""
    found = one(
        estimate("overall-survival", "80", se="10"), endpoint="overall-survival", at=60
    )
    assert (found.kind, found.form, found.assumed) == (
        "kaplan-meier",
        "effective",
        False,
    )
    assert (found.people, found.n) == (20, pytest.approx(16))


def test_what_has_no_time_has_no_kind_of_time():
    """Neither months nor basis."""
    found = one(count(TRM, 1, 20, at=None), endpoint=TRM, at=None)
    assert (found.months, found.basis, found.uneven, found.ever) == (
        None,
        None,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("basis", "uneven", "ever"),
    [
        ("visit", False, False),
        ("kaplan-meier", False, False),
        ("median-follow-up", True, False),
        ("mean-follow-up", True, False),
        ("longest", True, False),
        ("best-ever", False, True),
    ],
)
def test_follow_up_that_ended_sooner_for_some_is_marked(basis, uneven, ever):
    """A median, a mean or a longest follow-up; the best state reached is another."""
    (found,) = offered(count(TRM, 1, 20, at=timed(basis)), endpoint=TRM)
    assert (found.uneven, found.ever) == (uneven, ever)


def test_the_risk_of_bias_is_that_of_its_own_result():
    """Deaths were judged apart; what nobody judged has none."""
    death = judged("high", about={"endpoint": "death"})
    lines = count("death", 1, 20), count(ANY, 5, 20)
    both = [judged("low"), death]
    assert one(*lines, appraisal=both).bias == "low"
    dead = one(*lines, appraisal=both, endpoint="death")
    assert (dead.bias, dead.judgement.level) == ("high", "high")
    bare = one(*lines)
    assert (bare.bias, bare.judgement) == (None, None)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # nearer to the 12 months asked for
        (count(ANY, 5, 20, at=13), count(ANY, 6, 20, at=10)),
        (count(ANY, 5, 20, at=11), count(ANY, 6, 20, at=14)),
        # more people
        (count(ANY, 5, 20), count(ANY, 4, 19, among="followed")),
        # a curve of everybody and a count at a visit are both of one time
        (
            count(ANY, 5, 20, at=timed("kaplan-meier")),
            count(ANY, 6, 20, at=timed("median-follow-up")),
        ),
        # the time first, then how it was counted
        (
            estimate(ANY, "30", se="12", at=12, n=20),
            count(ANY, 6, 20, at=timed("mean-follow-up")),
        ),
        # how it was counted, then who read it
        (
            count(ANY, 5, 20, reading="secondary"),
            estimate(ANY, "30", se="12", at=12, n=20),
        ),
        # who read it, then how near the time is
        (count(ANY, 5, 20, at=9), count(ANY, 6, 20, reading="secondary")),
    ],
)
def test_the_best_number_of_a_study(better, worse):
    """One for one time, counted, first-hand, near, of many people, in this order."""
    for lines in ((better, worse), (worse, better)):
        found = offered(*lines)
        best = min(found, key=lambda item: item.rank(band_for(ANY, 12, None)))
        assert lines[best.indexes[0]] is better


def test_of_two_lines_that_are_alike_the_earlier_stands():
    """Whatever they count."""
    assert one(count(ANY, 5, 20), count(ANY, 6, 20)).events == 5
    assert one(count(ANY, 6, 20), count(ANY, 5, 20)).events == 6


def test_over_all_times_the_latest_stands():
    """Deaths of the treatment by 24 months hold those by 3, of whom nobody rises."""
    lines = count(TRM, 1, 20, at=3), count(TRM, 2, 20, at=24), count(TRM, 1, 20, at=12)
    assert one(*lines, endpoint=TRM).months == 24


def test_no_time_is_the_earliest_and_stands_before_the_longest_follow_up():
    """Half a month of mean follow-up is later than no time; both are equally sure."""
    lines = (
        count(TRM, 2, 20, at=None),
        count(TRM, 1, 20, at=timed("mean-follow-up", 0.5)),
    )
    assert one(*lines, endpoint=TRM).months == 0.5
    longest = count(TRM, 1, 20, at=timed("longest", 60))
    assert one(longest, lines[0], endpoint=TRM).months is None


def arms(*results, endpoint=ANY, at=12, **more):
    """What a study of two arms offers about both together."""
    found = offered(
        *results, endpoint=endpoint, at=at, **{"arms": ARMS, "n": 50, **more}
    )
    return [item for item in found if len(item.arms) == 2]


HIGH, LOW = count(ANY, 5, 20, arm="high"), count(ANY, 9, 30, arm="low")


def test_arms_are_added_up_with_all_that_is_known_of_them():
    """5 of 20 and 9 of 30 are 14 of 50 treated, and 50 were treated in these arms."""
    (found,) = arms(LOW, HIGH)
    assert (found.events, found.n, found.people, found.treated) == (14, 50, 50, 50)
    assert (found.arms, found.indexes) == (("low", "high"), (0, 1))
    assert (found.form, found.complete) == ("derived", True)
    (step,) = found.number.steps
    assert (step.code, step.names) == ("arms", ("low", "high"))
    assert step.numbers == (9, 30, 5, 20)


def test_two_arms_of_three_are_not_the_whole():
    """The third arm's people are missing."""
    three = {**ARMS, "third": {"therapy": "msc", "n": 9}}
    (found,) = arms(LOW, HIGH, arms=three, n=59)
    assert (found.n, found.complete) == (50, False)


@pytest.mark.parametrize(
    ("readings", "sum_of_them"),
    [
        (("primary-abstract", "secondary"), "secondary"),
        (("secondary", "primary-abstract"), "secondary"),
        (("registry", "registry"), "registry"),
    ],
)
def test_a_sum_is_second_hand_where_a_part_is(readings, sum_of_them):
    """Arithmetic makes nothing first-hand: arms, two outcomes, or their difference."""
    one_of, other = readings
    (found,) = arms({**HIGH, "reading": one_of}, {**LOW, "reading": other})
    assert found.reading == sum_of_them
    complete = count(CR, 5, 20, reading=one_of)
    (total,) = offered(complete, count(PR, 3, 20, reading=other))
    assert total.reading == sum_of_them
    rest = offered({**complete, "endpoint": ANY}, count(PR, 3, 20, reading=other),
                   endpoint=CR)  # fmt: skip
    assert [item.reading for item in rest] == [sum_of_them]


@pytest.mark.parametrize(("where", "sums"), [("Abstract", 1), ("Table 2", 0)])
def test_arms_without_a_time_are_added_up_in_one_place_of_the_source(where, sums):
    """One table has one time, whichever it is; two places may have two."""
    lines = (
        count(ANY, 5, 20, arm="high", at=None),
        count(ANY, 9, 30, arm="low", at=None, where=where),
    )
    assert len(arms(*lines, at=None)) == sums


def test_one_arm_is_no_sum():
    """Nor are two counts of the same arm."""
    found = offered(HIGH, {**HIGH, "events": 6}, arms=ARMS, n=50)
    assert [item.form for item in found] == ["count", "count"]
    assert summed_arms(found, ("high", "low")) == []


def test_a_printed_count_of_an_arm_is_added_rather_than_a_derived_one():
    """5 of 20 are printed in any remission; 3 and 1 would be 4."""
    lines = (
        count(CR, 3, 20, arm="high"),
        count(PR, 1, 20, arm="high"),
        count(CR, 4, 30, arm="low"),
        count(PR, 2, 30, arm="low"),
        HIGH,
    )
    # the sum of the low arm's two lines and the high arm's printed one
    sums = arms(*lines)
    assert [(item.events, item.n) for item in sums] == [(11, 50)]
    assert sums[0].indexes == (2, 3, 4)


@pytest.mark.parametrize(("more", "sums"), [({}, 1), ({"lupus": 49}, 0)])
def test_arms_with_more_people_than_the_study_share_some(more, sums):
    """50 people in two arms of a study of 49."""
    people = {"enrolled": 50, **more}
    assert len(arms(HIGH, LOW, population=people)) == sums
    entered = {"enrolled": 49}
    assert len(arms(HIGH, LOW, population=entered)) == 0
    assert len(arms(HIGH, LOW, population={})) == 1


def test_everybody_else_did_not_have_it():
    """13 dead of 81 are 68 alive; an estimate stays one, and keeps its own steps."""
    (alive,) = offered(count("death", 13, 81), n=81, endpoint="overall-survival")
    assert (alive.events, alive.n, alive.form) == (68, 81, "derived")
    (step,) = alive.number.steps
    assert (step.code, step.names) == ("everyone-but", ("death",))
    assert step.numbers == (81, 13)
    curve = estimate("death", "20", se="10", at=12, kind="cumulative-incidence")
    (read,) = offered(curve, endpoint="overall-survival")
    assert (read.form, read.rate) == ("effective", pytest.approx(0.8))
    assert [step.code for step in read.number.steps] == ["everyone-but", "estimate"]


@pytest.mark.parametrize("partial", [3, 15])
def test_any_remission_is_the_sum_of_both_up_to_everybody(partial):
    """5 complete and 3 or 15 partial of 20; both lines stand behind it."""
    (found,) = offered(count(CR, 5, 20), count(PR, partial, 20))
    assert (found.events, found.n, found.indexes) == (5 + partial, 20, (0, 1))
    (step,) = found.number.steps
    assert (step.code, step.names) == ("plus", (CR, PR))
    assert step.numbers == (5, partial)


@pytest.mark.parametrize("partial", [3, 8])
def test_complete_remission_is_any_less_partial_down_to_nobody(partial):
    """8 in any remission, 3 or all 8 of them partial."""
    (found,) = offered(count(ANY, 8, 20), count(PR, partial, 20), endpoint=CR)
    assert (found.events, found.n) == (8 - partial, 20)
    (step,) = found.number.steps
    assert (step.code, step.names) == ("less", (ANY, PR))
    assert step.numbers == (8, partial)


def test_steps_of_what_was_combined_are_told_too():
    """25 % of 20 is 5 people, and 5 and 3 are 8."""
    (found,) = offered(
        count(CR, None, 20, percent="25"), count(PR, None, 20, percent="15")
    )
    assert found.events == 8
    assert [step.code for step in found.number.steps] == ["plus", "implied", "implied"]


def test_estimates_are_neither_added_nor_subtracted():
    """Two curves' effective people are no count of anybody."""
    lines = [
        estimate(endpoint, "30", se="10", at=12, n=20, kind="cumulative-incidence")
        for endpoint in (CR, PR)
    ]
    assert offered(*lines) == ()
    lines[0]["endpoint"] = ANY
    assert offered(*lines, endpoint=CR) == ()
