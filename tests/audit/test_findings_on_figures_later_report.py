"""A later report on the same people that is less favourable: when it is told."""

import pytest
from audit.made import (
    REMISSION,
    cited,
    codes,
    figure,
    percents,
    sharing,
    shown,
    values,
)

COMPLETE = "endpoint: complete-remission"
TREATED = f"{COMPLETE}, among: treated"
LATER = "later-report-less-favourable"


def later(world, *lines, name="b-2018", **changes):
    """Write a report on the same people as doe-2015."""
    more = sharing("doe-2015")
    world.study(name, *lines, **({"year": 2018, "more": more} | changes))


def worse(world, percent=40, **options):
    """Tell whether a claim on the first report is told of a worse later one."""
    return LATER in codes(world.verdict(cited(percent, **options)))


def test_a_worse_later_report_is_told_in_full(world):
    """Its study, people, interval and time are told."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    later(world, f"{TREATED}, at: 24, events: 12, n: 60")
    told = values(world.verdict(cited(40)), LATER)["figure"]
    assert figure(told) == ("b-2018", 12, 60, "complete-remission", 24)
    assert percents(told.counted.rate) == (20, 12, 32)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        (f"{REMISSION}, events: 12, n: 60", True),
        (f"{COMPLETE}, among: evaluable, at: 12, events: 12, n: 54", True),
        (f"{COMPLETE}, among: followed, at: 12, events: 12, n: 53", False),
        (f"{COMPLETE}, among: enrolled, at: 12, events: 12, n: 60", True),
        (f"{COMPLETE}, among: unstated, at: 12, events: 12, n: 60", True),
        (f"{COMPLETE}, among: survivors, at: 12, events: 12, n: 59", False),
        (f"{COMPLETE}, among: responders, at: 12, events: 12, n: 59", False),
        (f"{REMISSION}, events: 12, n: 60, scope: kidney", False),
        (f"{REMISSION}, events: 12, n: 60, subgroup: women", False),
        (f"{REMISSION}, events: 12, n: 60, lupus_specific: false", False),
        (f"arm: placebo, {REMISSION}, events: 12, n: 60", False),
    ],
)
def test_a_later_report_counts_everybody_and_the_same_thing(world, line, counts):
    """Not those still there, one organ, a part, other diseases or another arm."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    arms = "  placebo: {therapy: placebo, n: 60}\n  cells: {therapy: msc, n: 60}"
    later(world, line, arms=arms, n=120)
    assert worse(world) is counts


@pytest.mark.parametrize(("events", "n", "counts"), [(4, 20, True), (4, 19, False)])
def test_a_later_report_is_on_twenty_people_or_more(world, events, n, counts):
    """On fewer, chance may have made it worse."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    later(world, f"{REMISSION}, events: {events}, n: {n}", n=n)
    assert worse(world) is counts


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (2015, 2016, True),
        (2015, 2015, False),
        (2015, 2014, False),
        (2015, "null", False),
        ("null", 2016, True),
        ("null", "null", False),
    ],
)
def test_a_later_report_was_published_in_a_later_year(world, first, second, counts):
    """The same year is not later, and neither is an unknown one."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60", year=first)
    later(world, f"{REMISSION}, events: 12, n: 60", year=second)
    assert worse(world) is counts


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("at: 12", "at: 12", True),
        ("at: 12", "at: 60", True),
        ("at: 12", "at: 9", False),
        ("at: 1", "note: No time.", False),
        ("note: No time.", "at: 12", True),
        ("note: No time.", "note: No time.", True),
    ],
)
def test_a_later_report_followed_people_as_long_or_longer(world, first, second, counts):
    """A time that is not stated is no longer one."""
    world.study("doe-2015", f"{TREATED}, {first}, events: 24, n: 60")
    later(world, f"{TREATED}, {second}, events: 12, n: 60")
    assert worse(world, months=None) is counts


@pytest.mark.parametrize(
    ("endpoint", "events", "counts"),
    [
        ("complete-remission", 23, True),
        ("complete-remission", 24, False),
        ("any-response", 23, True),
        ("no-remission", 25, True),
        ("no-remission", 24, False),
        ("relapse", 25, True),
        ("lost-to-follow-up", 25, False),
        ("lost-to-follow-up", 23, False),
    ],
)
def test_worse_is_less_of_a_good_and_more_of_a_bad_outcome(
    world, endpoint, events, counts
):
    """The same percentage is not worse; of some outcomes none can tell."""
    line = f"endpoint: {endpoint}, at: 12, n: 60, among: treated"
    world.study("doe-2015", f"{line}, events: 24")
    later(world, f"{line}, events: {events}")
    assert worse(world, endpoint=endpoint) is counts


@pytest.mark.parametrize(
    ("at", "months", "second", "counts"),
    [
        (60, None, 72, True),
        (60, None, 84, False),
        (12, 60, 72, True),
        (12, 60, 13, False),
        (12, 12, 13, True),
        (12, 12, 60, False),
    ],
)
def test_deaths_are_compared_at_the_articles_time_else_at_the_studys(
    world, at, months, second, counts
):
    """Fewer are always alive later on: 5 years is beside 6, not beside 7 or 1."""
    alive = "endpoint: overall-survival, n: 60, among: treated"
    world.study("doe-2015", f"{alive}, at: {at}, events: 54")
    later(world, f"{alive}, at: {second}, events: 48")
    options = {"percent": 90, "months": months, "endpoint": "overall-survival"}
    assert worse(world, **options) is counts


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        (
            (f"{TREATED}, at: 24, events: 12, n: 60",
             f"{TREATED}, at: 36, events: 18, n: 60"),
            (18, 60),
        ),
        (
            (f"{COMPLETE}, among: evaluable, at: 24, events: 11, n: 55",
             f"{TREATED}, at: 24, events: 12, n: 60"),
            (12, 60),
        ),
        (
            ("endpoint: any-remission, at: 36, events: 18, n: 60, among: treated",
             f"{TREATED}, at: 24, events: 12, n: 60"),
            (12, 60),
        ),
    ],
)  # fmt: skip
def test_of_several_later_reports_one_is_told(world, lines, chosen):
    """The same outcome, then the latest time, then the most people."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    later(world, *lines)
    assert shown(world.verdict(cited(40)), LATER) == [("b-2018", *chosen)]
