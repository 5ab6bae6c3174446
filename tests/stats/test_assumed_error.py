"""Effective people of a survival estimate without an error, against simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.evidence.effective_counts import (
    AssumedPeople,
    assumed_effective_people,
)


@pytest.mark.parametrize(
    ("n", "survival", "months", "follow_up", "expected"),
    [
        # (90 - 60) / 90 of 48 would have been watched for 60 months
        pytest.param(48, 0.84, 60, {"longest": 90}, (16, "longest"), id="longest"),
        # (144 - 60) / 144 of 22, twice the median being 144
        pytest.param(22, 0.91, 60, {"median": 72}, (77 / 6, "median"), id="median"),
        # everyone was watched for 60 months
        pytest.param(
            22,
            0.91,
            60,
            {"shortest": 60, "median": 72, "longest": 80},
            (22, "range"),
            id="all",
        ),
        # (36 - 24) / (36 - 6) of 20
        pytest.param(
            20, 0.9, 24, {"shortest": 6, "longest": 36}, (8, "range"), id="range"
        ),
        # at the end of the longest one person is left, of 90 %
        pytest.param(
            20, 0.9, 36, {"shortest": 6, "longest": 36}, (1 / 0.9, "range"), id="end"
        ),
        # the range comes before the median, the median before the longest alone
        pytest.param(
            40,
            0.5,
            30,
            {"shortest": 0, "median": 50, "longest": 60},
            (20, "range"),
            id="range-first",
        ),
        pytest.param(
            40, 0.5, 30, {"median": 50, "longest": 60}, (28, "median"), id="median-next"
        ),
        pytest.param(
            40, 0.5, 30, {"shortest": 10, "median": 50}, (28, "median"), id="no-longest"
        ),
        pytest.param(
            9, 0.5, 12, {"shortest": 12, "longest": 12}, (9, "range"), id="all-12"
        ),
        pytest.param(
            9, 0.5, 13, {"shortest": 12, "longest": 12}, (2, "range"), id="past-12"
        ),
        pytest.param(1, 0.4, 13, {"longest": 2}, (1, "longest"), id="never-above-n"),
    ],
)
def test_the_lower_value_by_hand(n, survival, months, follow_up, expected):
    """People times the share who would have been watched; one at risk at the least."""
    found = assumed_effective_people(n, survival, months, **follow_up)
    assert (found.lower, found.how) == (pytest.approx(expected[0]), expected[1])
    assert found.upper == n
    assert found.middle**2 == pytest.approx(found.lower * n)


@pytest.mark.parametrize("follow_up", [{}, {"shortest": 3}])
def test_without_follow_up_there_is_no_lower_value(follow_up):
    """Everyone is the upper value; the shortest alone says nothing of who was left."""
    found = assumed_effective_people(30, 0.8, 24, **follow_up)
    assert found == AssumedPeople(None, 30, "none")
    assert found.middle is None


def test_late_deaths_give_the_variance_of_simulated_curves():
    """All deaths just before 36 months: Kaplan and Meier's variance is Peto's."""
    rng = np.random.default_rng(5)
    n, sets, survival, months = 400, 4000, 0.8, 36.0
    ends = rng.uniform(12, 60, (sets, n))
    died = rng.random((sets, n)) > survival
    at_risk = np.sum(ends >= months, axis=1)
    # deaths at 36 months, of those still watched: one step of the curve
    deaths = np.sum(died & (ends >= months), axis=1)
    variance = np.var(1 - deaths / at_risk)
    found = assumed_effective_people(n, survival, months, shortest=12, longest=60)
    assert found.lower == pytest.approx(200)
    assert survival * (1 - survival) / found.lower == pytest.approx(variance, rel=0.06)


def test_early_deaths_give_the_variance_of_everyone():
    """All deaths before anyone left: the upper value is the right one."""
    rng = np.random.default_rng(6)
    n, survival = 400, 0.8
    died = rng.binomial(n, 1 - survival, 20_000)
    found = assumed_effective_people(n, survival, 36, shortest=12, longest=60)
    expected = survival * (1 - survival) / found.upper
    assert np.var(1 - died / n) == pytest.approx(expected, rel=0.05)


TIME = st.floats(0.5, 200)


@given(
    n=st.integers(1, 500),
    survival=st.floats(0.01, 1),
    months=TIME,
    later=TIME,
    ends=st.tuples(TIME, TIME),
)
def test_the_later_the_fewer(n, survival, months, later, ends):
    """Between one person at risk and everyone, and never more at a later time."""
    shortest, longest = sorted(ends)
    first, second = (
        assumed_effective_people(n, survival, at, shortest=shortest, longest=longest)
        for at in sorted((months, later))
    )
    assert second.lower <= first.lower <= n
    assert second.lower >= min(1 / survival, n)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "n must be above 0"),
        ({"n": math.nan}, "must be finite"),
        ({"survival": 0}, "survival must be above 0, not 0"),
        ({"survival": 1.2}, "events must lie between 0 and n"),
        ({"survival": -0.1}, "events must lie between 0 and n"),
        ({"months": 0}, "the time, the median and the longest must be above 0"),
        ({"months": math.inf}, "a time must be finite and not below 0, not inf"),
        ({"shortest": -1}, "a time must be finite and not below 0, not -1"),
        ({"longest": 0}, "the time, the median and the longest must be above 0"),
        ({"median": 0}, "the time, the median and the longest must be above 0"),
        ({"shortest": 70}, "must not fall, as [70, 50] do"),
        ({"median": 51}, "must not fall, as [51, 50] do"),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    """With the value that was given."""
    usual = {"n": 20, "survival": 0.9, "months": 24, "longest": 50}
    with pytest.raises(ValueError, match=r"\S") as caught:
        assumed_effective_people(**usual | arguments)
    assert message in str(caught.value)
