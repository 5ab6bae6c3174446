"""The field's words: each has one meaning, and the bands cover all of time."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence import vocabulary as words


@pytest.mark.parametrize(
    ("months", "band"),
    [
        (0, "0"),
        (1.9, "0"),
        (2, "3"),
        (3.3, "3"),
        (4.4, "3"),
        (4.5, "6"),
        (8.9, "6"),
        (9, "12"),
        (17.9, "12"),
        (18, "24"),
        (30, "36"),
        (47.9, "36"),
        (48, "60"),
        (83.9, "60"),
        (84, "120"),
        (1200, "120"),
        (None, "not-stated"),
    ],
)
def test_time_bands(months, band):
    """Bands are those of the methods page: 3 (2-<4.5), 6 (4.5-<9), ... 120 (84+)."""
    assert words.band_of(months).name == band


@pytest.mark.parametrize(
    ("endpoint", "months", "basis", "band"),
    [
        ("any-remission", 12, "visit", "12"),
        ("any-remission", 12, "best-ever", "best-ever"),
        ("any-remission", None, None, "not-stated"),
        ("treatment-related-mortality", 3, "visit", "any-time"),
        ("treatment-related-mortality", None, None, "any-time"),
        ("infection", 12, "best-ever", "any-time"),
    ],
)
def test_the_band_of_a_result(endpoint, months, basis, band):
    """What is no function of the visit has one band, the best state ever another."""
    assert words.band_for(endpoint, months, basis).name == band


@given(st.floats(0, 1e6))
def test_every_time_is_in_exactly_one_band(months):
    """Bands leave no gap and do not overlap."""
    bands = (words.topic().early, *words.topic().bands)
    assert sum(band.low <= months < band.high for band in bands) == 1
    assert words.band_of(months).low <= months < words.band_of(months).high


def test_bands_are_in_order():
    """Each band begins where the one before it ends."""
    bands = (words.topic().early, *words.topic().bands)
    for first, second in pairwise(bands):
        assert first.high == second.low
    assert math.isinf(bands[-1].high)
    assert words.NOT_STATED.label == "time not stated"
    assert words.topic().bands[0].label == "3 months"


def test_every_band_is_shown_and_has_its_own_name():
    """Bands that are no stretch of time are shown too, with no months."""
    names = [band.name for band in words.topic().all_bands]
    assert len(set(names)) == len(names)
    unnumbered = [band for band in words.topic().all_bands if band.months is None]
    assert unnumbered == [words.ANY_TIME, words.BEST_EVER, words.NOT_STATED]


@pytest.mark.parametrize(
    "names",
    [words.topic().therapies, words.topic().endpoints, words.topic().measures],
    ids=["t", "e", "m"],
)
def test_names_can_be_typed(names):
    """Names are lower-case words with hyphens, so they need no quotes in a shell."""
    for name in names:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)


def test_what_is_set_side_by_side_unless_told_exists():
    """The default therapies are names, and the main harms endpoints."""
    assert set(words.topic().compared) <= set(words.topic().therapies)
    assert set(words.topic().main_harms) <= set(words.topic().endpoints)
