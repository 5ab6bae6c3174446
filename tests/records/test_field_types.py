"""Printed numbers: windows, agreement, the counts they allow."""

import math
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lupus_evidence.records.field_types import (
    Reported,
    agrees,
    grim_power,
    possible_counts,
)

decimals = st.integers(0, 4)


@st.composite
def printed_numbers(draw):
    """Draw a plain decimal number as text."""
    sign = draw(st.sampled_from(["", "-", "+"]))
    whole = draw(st.integers(0, 10**9))
    digits = draw(st.text("0123456789", max_size=6))
    return f"{sign}{whole}{'.' if digits else ''}{digits}"


@st.composite
def fractions(draw):
    """Draw a denominator and a count within it."""
    n = draw(st.integers(1, 2000))
    return draw(st.integers(0, n)), n


def rounded(events, n, places, rule):
    """Round 100 * events / n as a paper would, exactly, in decimal arithmetic."""
    quantum = Decimal(1).scaleb(-places)
    exact = Decimal(100 * events) / Decimal(n)
    return str(exact.quantize(quantum, rounding=rule))


@given(printed_numbers())
def test_window_holds_the_value_and_is_one_last_digit_wide(text):
    """The true value lay within half of the last printed digit."""
    number = Reported(text)
    low, high = number.window
    assert low <= number.value <= high
    width = 10.0**-number.decimals
    slack = 4 * math.ulp(abs(number.value) + 1)
    assert math.isclose(high - low, width, rel_tol=1e-9, abs_tol=slack)
    assert str(number) == text


@given(fractions(), decimals, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN]))
@example((1, 8), 0, ROUND_HALF_UP)
@example((1, 8), 0, ROUND_HALF_DOWN)
@example((1, 8), 2, ROUND_HALF_DOWN)
@example((1, 200), 0, ROUND_HALF_DOWN)
def test_a_count_is_possible_for_the_percentage_printed_from_it(count, places, rule):
    """Whichever way a paper rounds halves, its own count is among those possible."""
    events, n = count
    printed = Reported(rounded(events, n, places, rule))
    assert agrees(printed, 100 * events / n)
    assert events in possible_counts(printed, n)


@given(fractions(), decimals)
def test_possible_counts_are_exactly_those_that_agree(count, places):
    """The counts are found by arithmetic, and trying every one gives the same."""
    events, n = count
    printed = Reported(rounded(events, n, places, ROUND_HALF_UP))
    tried = tuple(k for k in range(n + 1) if agrees(printed, 100 * k / n))
    assert tuple(possible_counts(printed, n)) == tried


@given(fractions(), st.integers(0, 3))
def test_more_decimals_only_shrink_the_possible_counts(count, places):
    """A zero written behind a percentage says more, never less."""
    events, n = count
    text = rounded(events, n, places, ROUND_HALF_UP)
    longer = f"{text}0" if "." in text else f"{text}.0"
    fewer = possible_counts(Reported(longer), n)
    assert set(fewer) <= set(possible_counts(Reported(text), n))


@given(st.integers(1, 400), st.integers(0, 1))
def test_power_is_the_share_of_printable_percentages_that_fail(n, places):
    """Counting the percentages that no count gives reproduces the formula.

    With so few people that no two counts round alike, and halves apart, each count
    takes one printable percentage.
    """
    steps = 100 * 10**places
    printable = [Reported(f"{k / 10**places:.{places}f}") for k in range(steps + 1)]
    failing = sum(not possible_counts(each, n) for each in printable)
    halves = sum(
        (2 * steps * k) % n == 0 and (2 * steps * k // n) % 2 for k in range(n)
    )
    if n < steps:
        assert failing == steps + 1 - (n + 1) - halves
        assert grim_power(printable[0], n) == pytest.approx(1 - (n + 1) / (steps + 1))
    else:
        assert failing == 0
        assert grim_power(printable[0], n) == 0


@pytest.mark.parametrize(
    ("text", "n", "counts"),
    [
        ("50", 6, (3,)),
        ("71", 26, ()),
        ("12", 53, ()),
        ("33", 3, (1,)),
        ("33.0", 3, ()),
        ("13", 8, (1,)),
        ("12", 8, (1,)),
        ("0", 7, (0,)),
        ("100", 7, (7,)),
        ("90.4", 404, ()),
        ("50", 1000, tuple(range(495, 506))),
    ],
)
def test_known_percentages(text, n, counts):
    """Examples worked by hand; 1 of 8 is 12.5 % and may be printed 12 or 13."""
    assert tuple(possible_counts(Reported(text), n)) == counts


@pytest.mark.parametrize(
    "text",
    ["", "12 %", "1e3", "1,5", "1_000", ".5", "5.", "nan", "inf", "--1", "٣", "1" * 16],
)
def test_what_is_no_plain_decimal_number_is_refused(text):
    """Only digits, one point and a sign: no exponents, separators or other scripts."""
    with pytest.raises(ValueError, match="not a plain decimal number"):
        Reported(text)


@pytest.mark.parametrize("n", [0, -1])
def test_nobody_in_the_denominator_is_refused(n):
    """There is no count out of nobody."""
    with pytest.raises(ValueError, match="at least 1"):
        possible_counts(Reported("50"), n)


def test_decimals_are_kept():
    """52.0 is not 52."""
    assert Reported("52.0").decimals == 1
    assert Reported("52").decimals == 0
    assert Reported("52.0") != Reported("52")


@pytest.mark.parametrize(
    ("text", "value", "same"),
    [
        ("12", 12.5, True),
        ("13", 12.5, True),
        ("12", 12.5000001, False),
        ("13", 12.4999999, False),
        ("12.5", 12.45, True),
        ("12.5", 12.55, True),
        ("12.5", 12.4499, False),
    ],
)
def test_halves_agree_with_both_neighbours(text, value, same):
    """A half may be printed up or down; anything beyond it may not."""
    assert agrees(Reported(text), value) is same


def test_a_number_that_is_none_is_refused_with_its_text():
    """The text stands in the message."""
    with pytest.raises(ValueError, match="twelve"):
        Reported("twelve")
