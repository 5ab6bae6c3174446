"""Survival estimates against deaths: what a Kaplan-Meier curve can and cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.checks.survival import survival_against_deaths
from lupus_evidence.records.study import Study


def survival(percent, months, **fields):
    """Return a survival estimate."""
    at = {"months": months, "basis": "kaplan-meier"}
    return {
        "endpoint": "overall-survival",
        "kind": "kaplan-meier",
        "percent": percent,
        "n": 20,
        "at": at,
    } | fields


def deaths(events, at, **fields):
    """Return a count of deaths."""
    return {"endpoint": "death", "events": events, "n": 20, "at": at} | fields


FOLLOWED = {"months": 30, "basis": "median-follow-up", "low": 6, "high": 60}


@pytest.mark.parametrize(
    ("alive", "dead", "codes"),
    [
        (survival("80", 24), deaths(4, 24), {}),
        (survival("86", 24), deaths(4, 24), {"W215": 1}),
        (survival("80.5", 24), deaths(4, 24), {"W215": 1}),
        (survival("60", 24), deaths(4, 24), {}),
        (survival("86", 24), deaths(4, 12), {"W215": 1}),
        (survival("86", 24), deaths(4, 36), {}),
        (survival("86", 24), deaths(4, FOLLOWED), {}),
        (survival("86", 60), deaths(4, FOLLOWED), {"W215": 1}),
        (survival("86", 24), deaths(4, 24, among="survivors"), {}),
        (survival("86", 24), deaths(4, 24, n=19), {}),
        (survival("80", 24, kind="count"), deaths(3, 24), {"W215": 1}),
        (survival("80", 24, kind="count"), deaths(3, 12), {}),
        (survival("80", 24, kind="count"), deaths(3, FOLLOWED), {"W215": 1}),
        (survival("80", 24), deaths(3, 24), {}),
    ],
)
def test_survival_and_deaths(raised, alive, dead, codes):
    """Losses can lower an estimate below the plain share, never lift it above."""
    follow_up = {"median": "70", "low": "1", "high": "80"}
    assert raised(alive, dead, follow_up=follow_up) == codes


def kaplan_meier(followed, died, when):
    """Return the product-limit estimate, computed person by person."""
    alive = 1.0
    order = sorted(
        zip(followed, died, strict=True), key=lambda each: (each[0], -each[1])
    )
    for index, (time, event) in enumerate(order):
        if time <= when and event:
            alive *= 1 - 1 / (len(order) - index)
    return alive


@pytest.mark.thorough
@given(
    st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=40),
    st.integers(1, 60),
)
def test_true_estimates_never_contradict_their_own_deaths(people, when):
    """Computed from any set of people, an estimate passes the check."""
    followed = [time for time, _ in people]
    died = [event for _, event in people]
    estimate = kaplan_meier(followed, died, when)
    dead = sum(event for time, event in people if time <= when)
    n = len(people)
    study = Study.model_validate(
        {
            "id": "doe-2020",
            "title": "Invented",
            "citation": {},
            "design": "cohort",
            "status": "published",
            "reading": "primary-abstract",
            "population": {},
            "arms": {"msc": {"therapy": "msc"}},
            "results": [
                survival(f"{100 * estimate:.1f}", when, n=n),
                deaths(dead, when, n=n),
                deaths(sum(died), {"months": 30, "basis": "longest", "high": 60}, n=n),
            ],
        }
    )
    assert not survival_against_deaths(study)


def test_a_curve_may_stay_level_but_not_rise(raised):
    """90 after 92 is fine, 92 after 92 too, 94 after 92 is not; rounding is allowed."""
    level = [survival("92", 12), survival("92", 24), survival("92.4", 36)]
    assert raised(*level) == {}
    assert raised(survival("94", 36), survival("92", 12)) == {"E223": 1}
    other = survival("94", 36, endpoint="event-free-survival")
    assert raised(survival("92", 12), other) == {}


KM = {"endpoint": "overall-survival", "kind": "kaplan-meier", "n": 20}


def at(months):
    """Return a time on a survival curve."""
    return {"at": {"months": months, "basis": "kaplan-meier"}}


def test_survival_with_its_own_count_is_held_against_deaths(raised):
    """16 of 20 alive is 4 dead, where 3 deaths are counted later."""
    alive = KM | at(24) | {"kind": "count", "percent": "80", "events": 16}
    dead = {"endpoint": "death", "events": 3, "n": 20, "at": 36}
    assert raised(alive, dead) == {"W215": 1}


def test_deaths_of_others_do_not_hide_those_of_the_same_people(raised):
    """The first deaths are of another arm, the second contradict."""
    arms = {"msc": {"therapy": "msc"}, "control": {"therapy": "placebo"}}
    other = {"endpoint": "death", "events": 1, "n": 20, "at": 12, "arm": "control"}
    dead = {"endpoint": "death", "events": 4, "n": 20, "at": 12}
    found = raised(KM | at(24) | {"percent": "86"}, other, dead, arms=arms)
    assert found == {"W215": 1}


@pytest.mark.parametrize("among", ["enrolled", "treated", "evaluable", "unstated"])
def test_deaths_among_everybody_are_held_against_a_curve(raised, among):
    """Whoever died is among those who entered, were treated or could be judged."""
    dead = deaths(4, 24, among=among)
    assert raised(survival("86", 24), dead)["W215"] == 1


@pytest.mark.parametrize(
    ("basis", "found"), [("visit", 1), ("longest", 1), ("mean-follow-up", 0)]
)
def test_deaths_count_up_to_a_time_that_is_everybodys_last(raised, basis, found):
    """Four deaths by 36 months are four by 60; over a mean some may come later."""
    dead = deaths(4, {"months": 36, "basis": basis})
    follow_up = {"median": "60", "low": "1", "high": "80"}
    assert raised(survival("86", 60), dead, follow_up=follow_up)["W215"] == found


def test_a_half_may_have_been_rounded_either_way(raised):
    """169 of 200 are 84.5 %, printed as 85; 92.5 % is printed as 92 and as 93."""
    people = {"enrolled": 200, "lupus": 200}
    arms = {"msc": {"therapy": "msc", "n": 200}}
    alive, dead = survival("85", 24, n=200), deaths(31, 24, n=200)
    assert raised(alive, dead, population=people, arms=arms)["W215"] == 0
    assert raised(survival("92", 12), survival("93", 24))["E223"] == 0


def test_survival_without_a_percentage_is_held_against_nothing(raised):
    """A curve's count of people alive is a matter of other checks."""
    alive = KM | at(24) | {"events": 18}
    assert raised(alive, deaths(4, 24))["W215"] == 0
