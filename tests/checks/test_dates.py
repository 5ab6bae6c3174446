"""Dates compared as far as both are known, and times against follow-up."""

import pytest


def setting(start=None, end=None):
    """Return where and when, with these dates of entry."""
    return {"recruitment": {"start": start, "end": end}}


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        ("2010", "2010", {}),
        ("2010-05", "2010", {}),
        ("2010", "2010-03", {}),
        ("2010-05", "2010-04", {"E301": 1}),
        ("2010-05-02", "2010-05-01", {"E301": 1}),
        ("2010-05-02", "2010-05", {}),
        ("2011", "2010-12", {"E301": 1}),
        ("2020", "2020", {}),
        ("2019", "2021", {"E302": 1}),
        ("2021", None, {"E302": 1}),
        (None, "2021-01", {"E302": 1}),
    ],
)
def test_entry(raised, start, end, codes):
    """A month cannot be compared with a bare year of the same number."""
    assert raised(setting=setting(start, end)) == codes


def test_planned_end_of_a_registered_trial_may_lie_ahead(raised):
    """Registered in 2020, entry planned to 2027: nothing is wrong."""
    dates = setting("2020", "2027")
    assert raised(setting=dates, status="registered") == {}


@pytest.mark.parametrize(
    ("follow_up", "months", "codes"),
    [
        ({"high": "60"}, 60, {}),
        ({"high": "60"}, 61, {}),
        ({"high": "60"}, 62, {"E303": 1}),
        ({"longest": 60}, 62, {"E303": 1}),
        ({"fixed": 12}, 24, {"E303": 1}),
        ({"fixed": 12, "longest": 24}, 24, {}),
        ({"median": "38"}, 60, {}),
        ({"mean": "38"}, 60, {}),
        ({}, 60, {}),
    ],
)
def test_time_against_follow_up(raised, follow_up, months, codes):
    """A median says nothing about the longest; a month is allowed for rounding."""
    result = {"events": 5, "n": 20, "at": months}
    assert raised(result, follow_up=follow_up) == codes


def test_a_later_range_of_another_result_counts_as_follow_up(raised):
    """If one result was counted up to 80 months, somebody was followed so long."""
    one = {"events": 5, "n": 20, "at": 72}
    assert raised(one, follow_up={"high": "60"}) == {"E303": 1}
    other = {
        "endpoint": "death",
        "events": 1,
        "n": 20,
        "at": {"months": 30, "basis": "median-follow-up", "high": 80},
    }
    assert raised(one, other, follow_up={"high": "60"}) == {}


@pytest.mark.parametrize(
    ("follow_up", "codes"),
    [
        ({"median": "60"}, {}),
        ({"median": "38"}, {"W304": 1}),
        ({"mean": "38"}, {"W304": 1}),
        ({"median": "60", "mean": "38"}, {}),
        ({"low": "1", "high": "110"}, {}),
    ],
)
def test_estimate_against_the_middle_of_follow_up(raised, follow_up, codes):
    """Beyond the median fewer than half are watched; the mean stands in for it."""
    estimate = {
        "endpoint": "overall-survival",
        "percent": "81",
        "se": "8",
        "n": 28,
        "kind": "kaplan-meier",
        "at": {"months": 60, "basis": "kaplan-meier"},
    }
    assert raised(estimate, follow_up=follow_up) == codes
    assert raised(estimate | {"lupus_specific": False}, follow_up=follow_up) == {}
