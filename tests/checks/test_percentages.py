"""Printed percentages against counts: rounding, GRIM, what was printed."""

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
