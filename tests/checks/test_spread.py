"""Which spreads of a quantity cannot be, at their edges, and where that is said."""

import pytest

from lupus_evidence.checks.rules import catalogue
from lupus_evidence.records.study_parts import Distribution


def found(code, **figures):
    """Make one check of a spread; the fields pointed at, or None if nothing is said."""
    verdict = catalogue()[code].function(Distribution.model_validate(figures), None)
    return None if verdict is None else [item.path for item in verdict]


ORDER = [
    ("low", "high"), ("q1", "q3"), ("low", "q1"), ("q3", "high"), ("low", "median"),
    ("median", "high"), ("low", "mean"), ("mean", "high"), ("q1", "median"),
    ("median", "q3"),
]  # fmt: skip


@pytest.mark.parametrize(("lower", "upper"), ORDER)
def test_figures_in_the_wrong_order_are_named(lower, upper):
    """At the one that should be the lower; equal ones are in order."""
    assert found("E221", **{lower: "30", upper: "20"}) == [(lower,)]
    assert found("E221", **{lower: "20", upper: "20"}) == []
    assert found("E221", **{lower: "-3", upper: "0"}) == []


@pytest.mark.parametrize(
    ("low", "median", "paths"),
    [
        ("30", "29.5", []),
        ("30", "29.44", [("low",)]),
        ("30.0", "29.5", [("low",)]),
        ("29.95", "30", []),
    ],
)
def test_rounding_is_given_to_both(low, median, paths):
    """30 may be 29.5; printed as 30.0 it may not be less than 29.95."""
    assert found("E221", low=low, median=median) == paths


@pytest.mark.parametrize(
    "figures",
    [
        {"mean": "90", "q1": "20", "q3": "30"},
        {"mean": "90", "median": "20"},
        {"mean": "20", "sd": "30", "n": 5},
    ],
)
def test_what_may_be_in_any_order(figures):
    """A mean may lie outside the quartiles: a few large values are enough."""
    assert not found("E221", **figures)


def test_both_figures_are_in_the_words():
    """Which, and what they are."""
    spread = Distribution.model_validate({"q1": "31.5", "q3": "20"})
    (item,) = catalogue()["E221"].function(spread, None)
    assert {"q1", "31.5", "q3", "20"} <= set(item.message.replace(",", "").split())


@pytest.mark.parametrize("name", ["sd", "se", "plus_minus"])
def test_no_spread_is_negative(name):
    """Nothing may vary at all; less than nothing cannot be."""
    assert found("E222", **{name: "-0.1"}) == [(name,)]
    assert found("E222", **{name: "0"}) == []
    assert found("E222", **{name: "0.1"}) == []


@pytest.mark.parametrize(
    ("se", "sd", "paths"),
    [
        ("2", "2", []),
        ("3", "2", []),
        ("3.1", "2", [("se",)]),
        ("3", "1.9", [("se",)]),
        ("4", "2", [("se",)]),
    ],
)
def test_a_standard_error_is_at_most_the_standard_deviation(se, sd, paths):
    """3 may be 2.5, and 2 may be 2.5 as well."""
    assert found("E222", se=se, sd=sd) == paths


@pytest.mark.parametrize(
    ("figures", "paths"),
    [
        ({"low": "18", "high": "45", "n": 20, "sd": "25"}, [("sd",)]),
        # half of 17.5 to 45.5 is 14: times the root of 2 if the number is not known
        ({"low": "18", "high": "45", "sd": "20.2"}, [("sd",)]),
        ({"low": "18", "high": "45", "sd": "19.8"}, []),
        # one person has no standard deviation: taken as if nothing were known
        ({"low": "18", "high": "45", "sd": "19.8", "n": 1}, []),
        ({"low": "18", "high": "45", "sd": "20.2", "n": 1}, [("sd",)]),
        ({"low": "18", "high": "45", "sd": "19.8", "n": 2}, []),
        # of three people: 14 times the root of 3 / 2, 17.1
        ({"low": "18", "high": "45", "sd": "17.1", "n": 3}, []),
        ({"low": "18", "high": "45", "sd": "17.3", "n": 3}, [("sd",)]),
        ({"low": "18", "sd": "99", "n": 20}, []),
        ({"high": "45", "sd": "99", "n": 20}, []),
        ({"low": "18", "high": "45", "se": "99", "n": 20}, []),
    ],
)
def test_a_standard_deviation_fits_into_the_range(figures, paths):
    """At most half the range times the root of n / (n - 1), give or take rounding."""
    assert found("E222", **figures) == paths


def test_the_largest_that_there_can_be_is_told():
    """14 times the root of 20 / 19 is 14.4."""
    figures = {"low": "18", "high": "45", "n": 20, "sd": "25"}
    spread = Distribution.model_validate(figures)
    (item,) = catalogue()["E222"].function(spread, None)
    assert all(word in item.message for word in ("25", "18", "45", "14.4"))


def test_without_a_spread_nothing_is_looked_at():
    """A range alone is E221's matter."""
    assert found("E222", low="18", high="45", mean="30", n=20) is None
    assert found("E221", mean="30", sd="5", n=20) is None
    assert found("E221", low="30", sd="5") is None
