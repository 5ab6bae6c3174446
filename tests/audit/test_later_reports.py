"""A later report on the same people that is worse than the figure of the article."""

import pytest

from lupus_evidence.render.audit.words import sentence

COMPLETE = "endpoint: complete-remission"
FIRST = f"{COMPLETE}, at: 12, events: 24, n: 60, among: treated"
OVERLAP = "overlaps: [{study: a-2015, certainty: certain, because: same people}]"


def told(world, endpoint="complete-remission", months=12, percent=40):
    """Return what a claim on the first report is told of a later one, or None."""
    time = "" if months is None else f", months: {months}"
    verdict = world.verdict(
        "kind: rate, therapy: msc, cites: a-2015, figures: "
        f'[{{endpoint: {endpoint}, percent: "{percent}"{time}}}]'
    )
    code = "later-report-less-favourable"
    words = [sentence(f.words) for f in verdict.findings if f.code == code]
    return words[0] if words else None


def later(world, *lines, name="b-2018", **changes):
    """Write a report on the same people."""
    world.study(name, *lines, **({"year": 2018, "more": OVERLAP} | changes))


def test_a_worse_later_report_is_told_in_full(world):
    """Its study, people, interval and time stand in the sentence."""
    world.study("a-2015", FIRST)
    later(world, f"{COMPLETE}, at: 24, events: 12, n: 60, among: treated")
    assert told(world) == (
        "A later report on some of the same people is less favourable. b-2018: 12 of "
        "60 people (20 %, 12 to 32) were in complete remission at 2 years."
    )


@pytest.mark.parametrize(
    ("among", "counts"),
    [
        ("treated", True),
        ("enrolled", True),
        ("evaluable", True),
        ("unstated", True),
        ("followed", False),
        ("survivors", False),
        ("responders", False),
    ],
)
def test_a_later_report_on_those_still_followed_is_none(world, among, counts):
    """Only a denominator that could be everybody is held against the figure."""
    world.study("a-2015", FIRST)
    later(world, f"{COMPLETE}, at: 12, events: 12, n: 60, among: {among}")
    assert (told(world) is not None) is counts


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
    world.study("a-2015", FIRST, year=first)
    later(world, f"{COMPLETE}, at: 12, events: 12, n: 60, among: treated", year=second)
    assert (told(world) is not None) is counts


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("at: 12", "at: 12", True),
        ("at: 12", "at: 9", False),
        ("at: 12", "note: No time.", False),
        ("at: 1", "note: No time.", False),
        ("note: No time.", "at: 12", True),
        ("note: No time.", "note: No time.", True),
    ],
)
def test_a_later_report_followed_people_as_long_or_longer(world, first, second, counts):
    """A time that is not stated is no longer one."""
    world.study("a-2015", f"{COMPLETE}, {first}, events: 24, n: 60, among: treated")
    later(world, f"{COMPLETE}, {second}, events: 12, n: 60, among: treated")
    assert (told(world, months=None) is not None) is counts


@pytest.mark.parametrize(
    ("endpoint", "events", "counts"),
    [
        ("complete-remission", 23, True),
        ("complete-remission", 24, False),
        ("no-remission", 25, True),
        ("no-remission", 24, False),
        ("lost-to-follow-up", 25, False),
        ("lost-to-follow-up", 23, False),
    ],
)
def test_worse_is_less_of_a_good_and_more_of_a_bad_outcome(
    world, endpoint, events, counts
):
    """The same percentage is not worse; of some outcomes none can tell."""
    line = "at: 12, n: 60, among: treated"
    world.study("a-2015", f"endpoint: {endpoint}, {line}, events: 24")
    later(world, f"endpoint: {endpoint}, {line}, events: {events}")
    assert (told(world, endpoint) is not None) is counts


@pytest.mark.parametrize(
    ("at", "months", "second", "counts"),
    [
        (60, None, 72, True),
        (60, None, 84, False),
        (12, 60, 72, True),
        (12, 60, 13, False),
        (12, 12, 13, True),
    ],
)
def test_deaths_are_compared_at_the_articles_time_else_at_the_studys(
    world, at, months, second, counts
):
    """Survival at 5 years is told beside 6 years, not beside 7 or 1."""
    alive = "endpoint: overall-survival, n: 60, among: treated"
    world.study("a-2015", f"{alive}, at: {at}, events: 54")
    later(world, f"{alive}, at: {second}, events: 48")
    assert (told(world, "overall-survival", months, 90) is not None) is counts


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("scope: lupus", True),
        ("scope: kidney", False),
        ("subgroup: women", False),
        ("lupus_specific: false", False),
    ],
)
def test_a_later_report_is_about_the_same_thing(world, line, counts):
    """Neither one organ, nor part of the people, nor other diseases."""
    world.study("a-2015", FIRST)
    later(world, f"{COMPLETE}, at: 12, events: 12, n: 60, among: treated, {line}")
    assert (told(world) is not None) is counts


@pytest.mark.parametrize("arm", ["placebo", "cells"])
def test_a_later_report_is_of_the_figures_own_arm(world, arm):
    """The first arm of the first report had placebo, the second the cells."""
    arms = "  placebo: {therapy: placebo, n: 60}\n  cells: {therapy: msc, n: 60}"
    world.study("a-2015", FIRST, arms=arms, n=120)
    line = f"{COMPLETE}, at: 12, events: 12, n: 60, among: treated"
    later(world, f"arm: {arm}, {line}", arms=arms, n=120)
    assert (told(world) is not None) is (arm == "cells")


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        (
            (
                f"{COMPLETE}, at: 24, events: 12, n: 60, among: treated",
                f"{COMPLETE}, at: 36, events: 18, n: 60, among: treated",
            ),
            "18 of 60",
        ),
        (
            (
                f"{COMPLETE}, at: 24, events: 8, n: 40, among: treated",
                f"{COMPLETE}, at: 24, events: 12, n: 60, among: treated",
            ),
            "12 of 60",
        ),
        (
            (
                "endpoint: any-remission, at: 36, events: 18, n: 60, among: treated",
                f"{COMPLETE}, at: 24, events: 12, n: 60, among: treated",
            ),
            "12 of 60",
        ),
    ],
)
def test_of_several_later_reports_one_is_told(world, lines, chosen):
    """The same outcome first, then the latest time, then the most people."""
    world.study("a-2015", FIRST)
    later(world, *lines)
    assert f" {chosen} people" in told(world)
