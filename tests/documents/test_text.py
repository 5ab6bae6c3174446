"""How figures are written in cells and sentences."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.documents.text import (
    between,
    cell,
    number,
    percent,
    points,
    rounded,
)
from lupus_evidence.documents.values import People, Rate, Share


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0"), (1, "100"), (0.5, "50"), (0.125, "13"), (0.001, "<1"), (0.999, ">99")],
)
def test_percentages_round_half_up_and_never_reach_certainty(share, text):
    """12.5 % is 13; a rate that is neither 0 nor 100 is never printed as such."""
    assert percent(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (People(3, 6), "3 of 6"),
        (People(None, 12), "of 12"),
        (People(4, None), "4 of ?"),
        (People(None, None), "–"),
        (Rate(0.5, 0.188, 0.812), "50 % (19 to 81)"),
        (Rate(0.5), "50 %"),
        (Rate(None), "–"),
        (Share(0.41), "41 %"),
        (True, "yes"),
        (8.25, "8.3"),
        (27.0, "27"),
        (None, "–"),
        ("", "–"),
    ],
)
def test_values_in_words(value, text):
    """People come before percentages, and the unknown is a dash."""
    assert cell(value) == text


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_rounding_is_half_up(value, decimals):
    """Rounding agrees with decimal arithmetic on the shortest text of the number."""
    expected = Decimal(repr(value)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )
    assert Decimal(rounded(value, decimals)) == expected


def test_no_minus_zero():
    """A difference that rounds to nothing has no sign."""
    assert points(-0.001) == "0"
    assert rounded(-0.04, 1) == "0.0"


def test_interval_in_words():
    """An interval reads as two whole percentages."""
    assert between(0.188, 0.812) == "19 to 81"


def test_numbers_lose_empty_decimals():
    """27.0 months are 27 months."""
    assert number(27.0) == "27"
    assert number(100.0) == "100"
