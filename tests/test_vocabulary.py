"""The field's words: each has one meaning, and the bands cover all of time."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence import vocabulary as words


def test_wider_therapies_exist_and_never_run_in_a_circle():
    """Going from narrow to wide ends, at a name that exists."""
    for therapy in words.THERAPIES.values():
        seen = []
        name = therapy.name
        while name is not None:
            assert name not in seen
            seen.append(name)
            name = words.THERAPIES[name].wider


@pytest.mark.parametrize(
    ("wide", "narrow", "included"),
    [
        ("msc", "uc-msc", True),
        ("msc", "msc", True),
        ("uc-msc", "msc", False),
        ("msc", "auto-msc", False),
        ("hsct", "allo-hsct", False),
        ("cyclophosphamide", "high-dose-cyclophosphamide", True),
    ],
)
def test_what_a_therapy_includes(wide, narrow, included):
    """Cord cells are donor MSC; a person's own MSC stand apart."""
    assert words.therapy_includes(wide, narrow) is included


@pytest.mark.parametrize(
    ("months", "band"),
    [
        (0, 0),
        (2.9, 0),
        (3, 6),
        (8.9, 6),
        (9, 12),
        (17.9, 12),
        (18, 24),
        (30, 36),
        (47.9, 36),
        (48, 60),
        (83.9, 60),
        (84, 120),
        (1200, 120),
        (None, None),
    ],
)
def test_time_bands(months, band):
    """Bands are those of the methods page: 6 (3-<9), 12 (9-<18), ... 120 (84+)."""
    assert words.band_of(months).months == band


@given(st.floats(0, 1e6))
def test_every_time_is_in_exactly_one_band(months):
    """Bands leave no gap and do not overlap."""
    bands = (words.EARLY, *words.BANDS)
    assert sum(band.low <= months < band.high for band in bands) == 1
    assert words.band_of(months).low <= months < words.band_of(months).high


def test_bands_are_in_order():
    """Each band begins where the one before it ends."""
    bands = (words.EARLY, *words.BANDS)
    for first, second in pairwise(bands):
        assert first.high == second.low
    assert math.isinf(bands[-1].high)
    assert words.NOT_STATED.label == "time not stated"
    assert words.BANDS[0].label == "6 months"


@pytest.mark.parametrize(
    "names", [words.THERAPIES, words.ENDPOINTS, words.MEASURES], ids=["t", "e", "m"]
)
def test_names_can_be_typed(names):
    """Names are lower-case words with hyphens, so they need no quotes in a shell."""
    for name in names:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)


def test_every_endpoint_has_a_family_of_the_vocabulary():
    """Endpoints are shown by family; survival is good, harm is not."""
    for endpoint in words.ENDPOINTS.values():
        assert endpoint.family in words.FAMILIES
        assert words.family_of(endpoint.name) == endpoint.family
        if endpoint.family == "survival":
            assert endpoint.good is True
        if endpoint.family == "harm":
            assert endpoint.good is False
    assert set(words.ENDPOINTS) >= words.NAMED_ENDPOINTS
