"""Percentages against counts, intervals and errors; counts in disguise."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.checks.percentages import (
    no_count_gives_percent,
    percent_differs_from_count,
    record_differs_from_print,
)
from lupus_evidence.records.study import Result


def result(**fields):
    """Return a result with these fields."""
    return Result.model_validate({"endpoint": "relapse"} | fields)


@pytest.mark.parametrize(
    ("events", "n", "percent", "fine"),
    [
        (1, 8, "12", True),
        (1, 8, "13", True),
        (1, 8, "12.5", True),
        (1, 8, "12.4", False),
        (1, 200, "0", True),
        (1, 200, "1", True),
        (2, 3, "66.7", True),
        (2, 3, "66.6", False),
        (2, 3, "67", True),
        (2, 102, "1.9", False),
        (28, 81, "34", False),
        (28, 81, "35", True),
        (7, 53, "12", False),
        (0, 53, "0.0", True),
        (53, 53, "100.0", True),
    ],
)
def test_rounding_window(events, n, percent, fine):
    """Halves may go up or down; cutting off digits is not rounding."""
    verdict = percent_differs_from_count(
        result(events=events, n=n, percent=percent), None
    )
    assert (not verdict) is fine


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 100))
def test_message_holds_the_three_figures(events, n, percent):
    """Whoever reads the message needs no calculator."""
    verdict = percent_differs_from_count(
        result(events=events, n=n, percent=str(percent)), None
    )
    for finding in verdict:
        assert f"{events:,} of {n:,} is {100 * events / n:.1f} %" in finding.message
        assert f"{percent} % is printed" in finding.message


@pytest.mark.parametrize("kind", ["kaplan-meier", "cumulative-incidence"])
def test_estimates_are_not_held_against_counts(kind):
    """A Kaplan-Meier percentage need be no share of the people."""
    shown = result(events=5, n=20, percent="31", kind=kind)
    assert percent_differs_from_count(shown, None) is None
    assert no_count_gives_percent(result(n=26, percent="71", kind=kind), None) is None


def test_grim_message_names_neighbours_and_power():
    """18 of 26 is 69.2 %, 19 is 73.1 %, and 74 of 101 whole percentages would fail."""
    (finding,) = no_count_gives_percent(result(n=26, percent="71"), None)
    assert finding.message == (
        "no count of 26 people gives 71 % (18 is 69.2 %, 19 is 73.1 %); "
        "73 % of printable figures would fail so"
    )


@pytest.mark.parametrize("n", [100, 101, 5000])
def test_grim_is_silent_where_it_has_no_power(n):
    """With a hundred people every whole percentage is some count."""
    for percent in range(101):
        assert not no_count_gives_percent(result(n=n, percent=str(percent)), None)


@pytest.mark.parametrize(
    ("printed", "fine"),
    [
        ("31% (12/39)", True),
        ("12 of 39 (31 %)", True),
        ("twelve people (31%)", True),
        ("27/39 without (31%)", True),
        ("32% (12/39)", False),
        ("31% (12/93)", False),
        ("31.0% (12/39)", False),
        ("82.4 and 31% (survival, relapse)", True),
        ("in 2009/10 it was 31%", False),
        ("12 people", True),
    ],
)
def test_what_is_printed_is_what_is_recorded(printed, fine):
    """The figure under `printed` holds the same numbers, or none."""
    shown = result(events=12, n=39, percent="31", printed=printed)
    assert (not record_differs_from_print(shown, None)) is fine


KM = {"endpoint": "overall-survival", "kind": "kaplan-meier", "n": 100}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"percent": "86", "ci": ["71", "95"]}, {}),
        ({"percent": "86", "ci": ["86", "86"]}, {}),
        ({"percent": "86", "ci": ["86.4", "95"]}, {}),
        ({"percent": "86", "ci": ["87", "95"]}, {}),
        ({"percent": "86.0", "ci": ["87", "95"]}, {"E208": 1}),
        ({"percent": "86", "ci": ["71", "85.4"]}, {"E208": 1}),
        ({"percent": "86", "ci": ["95", "71"]}, {"E207": 1}),
        ({"percent": "0", "ci": ["-0.1", "3"]}, {"E209": 1}),
        ({"percent": "86", "ci": ["0", "100"]}, {}),
        ({"percent": "86", "ci": ["-5", "105"]}, {"E209": 1}),
        ({"percent": "86", "se": "4"}, {}),
        ({"percent": "86", "se": "0"}, {"E210": 1}),
        ({"percent": "100", "se": "0"}, {}),
        ({"percent": "86", "se": "50"}, {}),
        ({"percent": "86", "se": "50.1"}, {"E210": 1}),
    ],
)
def test_edges(raised, fields, codes):
    """Rounding is allowed for, and nothing more."""
    assert raised(KM | fields) == codes


def test_interval_of_a_count_holds_the_count(raised):
    """Where no percentage is printed, the count must lie in the interval."""
    count = {"events": 50, "n": 100}
    assert raised(count | {"ci": ["40", "60"]}) == {}
    assert raised(count | {"ci": ["51", "60"]}) == {"E208": 1}


@pytest.mark.parametrize("alive", [3, 9, 14, 16])
def test_binomial_standard_error_gives_a_count_away(raised, alive):
    """With the binomial error, printed to one decimal, a figure is a plain share."""
    share = alive / 17
    figures = {
        "percent": f"{100 * share:.1f}",
        "se": f"{100 * math.sqrt(share * (1 - share) / 17):.1f}",
        "n": 17,
        "at": {"months": 60, "basis": "kaplan-meier"},
    }
    follow_up = {"median": "89", "low": "33", "high": "110"}
    assert raised(KM | figures, follow_up=follow_up) == {"W211": 1}


@pytest.mark.parametrize(
    "follow_up",
    [{"low": "60", "high": "110"}, {"fixed": 60}],
)
def test_nobody_lost_before_that_time_makes_both_methods_agree(raised, follow_up):
    """Without losses Kaplan-Meier is the plain share, and nothing is odd."""
    figures = {"percent": "82.4", "se": "9.2", "n": 17, "at": 60}
    assert raised(KM | figures, follow_up=follow_up) == {}


@pytest.mark.parametrize(
    ("percent", "se"), [("29", "9"), ("82.4", "9"), ("82.4", "9.6"), ("81.4", "9.2")]
)
def test_whole_percentages_and_other_errors_give_nothing_away(raised, percent, se):
    """Coarse figures agree by chance, and a larger error is as it should be."""
    assert "W211" not in raised(KM | {"percent": percent, "se": se, "n": 17})


CURVE_OF_20 = {"endpoint": "overall-survival", "kind": "kaplan-meier", "n": 20}


def at(months):
    """Return a time on a survival curve."""
    return {"at": {"months": months, "basis": "kaplan-meier"}}


@pytest.mark.parametrize("percent", ["0.0", "100.0"])
def test_everybody_or_nobody_is_no_count_in_disguise(raised, percent):
    """An error of 0 is right on the curve as well as for a count."""
    assert raised(CURVE_OF_20 | at(12) | {"percent": percent, "se": "0.0"}) == {}


@pytest.mark.parametrize(
    ("percent", "se", "codes"),
    [
        ("75.0", "9.7", {"W211": 1}),
        ("75.0", "9.6", {}),
        ("75", "9.7", {}),
        ("75.0", "10", {}),
        ("95.0", "4.9", {"W211": 1}),
        ("5.0", "4.9", {"W211": 1}),
    ],
)
def test_only_figures_with_decimals_give_a_count_away(raised, percent, se, codes):
    """15 of 20 has a binomial error of 9.68 points, 1 and 19 of 20 of 4.87."""
    assert raised(CURVE_OF_20 | at(12) | {"percent": percent, "se": se}) == codes


@pytest.mark.parametrize(
    ("follow_up", "codes"),
    [
        ({"low": "12", "high": "60"}, {}),
        ({"low": "11", "high": "60"}, {"W211": 1}),
        ({"fixed": 12}, {}),
        ({"fixed": 11, "high": "60"}, {"W211": 1}),
        ({"low": "6", "fixed": 12}, {"W211": 1}),
    ],
)
def test_where_everybody_was_followed_the_curve_is_the_count(raised, follow_up, codes):
    """Without losses before that time a Kaplan-Meier error is the binomial one."""
    found = raised(
        CURVE_OF_20 | at(12) | {"percent": "75.0", "se": "9.7"}, follow_up=follow_up
    )
    assert {code: n for code, n in found.items() if code == "W211"} == codes
