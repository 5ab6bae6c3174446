"""A harm that an article calls rare, and times that a claim leaves open."""

import pytest
from audit.made import REMISSION, cited, codes, rate, shown

INFECTION = "endpoint: infection, among: treated, at: 12"
RELAPSE = "endpoint: relapse, among: treated, at: 12"


@pytest.mark.parametrize(("events", "more"), [(10, False), (15, True)])
def test_more_of_a_harm_is_more_beyond_chance(world, events, more):
    """Beside "under 10 %": 10 of 60 may be 8 %, 15 of 60 is at least 14 %."""
    world.studies(INFECTION, events)
    claim = rate(10, endpoint="infection", figure=", bound: under")
    assert ("more-harm-reported" in codes(world.verdict(claim))) is more


@pytest.mark.parametrize(
    ("others", "best"),
    [
        (((0, 60), (0, 60)), False),
        (((0, 60), (2, 5)), True),
        (((0, 60), (9, 60)), True),
    ],
)
def test_no_relapse_flatters_where_any_study_of_five_saw_one(world, others, best):
    """Nobody of 60, and nobody elsewhere; or two of five people elsewhere."""
    world.study("doe-2015", f"{RELAPSE}, events: 0, n: 60")
    for number, (events, n) in enumerate(others, 1):
        line = f"{RELAPSE}, events: {events}, n: {n}"
        world.study(f"s{number}-2016", line, n=n)
    verdict = world.verdict(cited(0, endpoint="relapse"))
    assert ("flattering-end-of-the-range" in codes(verdict)) is best


@pytest.mark.parametrize(
    ("time", "months"),
    [
        ("at", (12,)),
        ("at-least", (12, 24)),
        ("within", (6, 12)),
        ("up-to", (6, 12)),
    ],
)
def test_an_open_time_takes_in_what_lies_on_its_side(world, time, months):
    """A year or longer is one year and two; within a year is one year and half."""
    for at in (6, 12, 24):
        line = f"{REMISSION.replace('12', str(at))}, events: 12, n: 60"
        world.study(f"s{at}-2015", line)
    verdict = world.verdict(rate(95, figure=f", time: {time}"))
    assert verdict.word == "overstated"
    studies = {study for study, *_ in shown(verdict, "above-every-study")}
    assert studies == {f"s{at}-2015" for at in months}
