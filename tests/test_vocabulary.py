"""The field's words: each has one meaning, and the bands cover all of time."""

import math
import re
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence import vocabulary as words

#: What a verb in the past, for more than one person, may begin with.
VERBS = {"were", "had", "died", "relapsed", "responded", "did", "got"}


def test_wider_therapies_exist_and_never_run_in_a_circle():
    """Going from narrow to wide ends, at a name that exists."""
    for therapy in words.topic().therapies.values():
        seen = []
        name = therapy.name
        while name is not None:
            assert name not in seen
            seen.append(name)
            name = words.topic().therapies[name].wider


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


def test_every_endpoint_has_a_family_of_the_vocabulary():
    """Endpoints are shown by family; survival is good, harm is not."""
    for endpoint in words.topic().endpoints.values():
        assert endpoint.family in words.FAMILIES
        assert words.family_of(endpoint.name) == endpoint.family
        if endpoint.family == "survival":
            assert endpoint.good is True
        if endpoint.family == "harm":
            assert endpoint.good is False
    assert set(words.topic().endpoints) >= words.NAMED_ENDPOINTS


@pytest.mark.parametrize("name", words.topic().endpoints)
def test_every_endpoint_has_a_full_row(name):
    """Its key is its name; label and verb are there; other rows exist."""
    row = words.topic().endpoints[name]
    assert row.name == name
    assert row.label
    assert row.verb.split()[0] in VERBS, row.verb
    others = {*row.parts, *row.within, *row.told_by, row.opposite} - {None}
    assert others <= set(words.topic().endpoints)
    assert name not in {*row.parts, *row.within}
    assert row.serious_from is None or (row.good is False and row.serious_from < 1)
    assert not row.lay or row.look != "request"


@pytest.mark.parametrize("name", words.topic().endpoints)
def test_what_an_endpoint_says_of_others_they_say_of_it(name):
    """Parts are within their total, an opposite has this one as its own."""
    row = words.topic().endpoints[name]
    for part in row.parts:
        assert name in words.topic().endpoints[part].within
        assert set(words.siblings_of(part)) == {name, *row.parts} - {part}
    if row.opposite is not None:
        other = words.topic().endpoints[row.opposite]
        assert other.opposite == name
        assert other.good is not row.good
    for wider in row.within:
        assert words.topic().endpoints[wider].good is row.good
        assert name not in words.topic().endpoints[wider].within


def test_fixed_names_have_rows():
    """Every denominator, kind of time and kind of number that a record may name."""
    assert set(words.DENOMINATORS) == set(get_args(words.Among))
    assert set(words.TIME_BASES) == set(get_args(words.Basis))
    assert set(words.KINDS) == set(get_args(words.Kind))
    for table in (words.DENOMINATORS, words.TIME_BASES, words.topic().therapies):
        assert all(row.name == name for name, row in table.items())


@pytest.mark.parametrize("name", words.DENOMINATORS)
def test_every_denominator_has_a_full_row(name):
    """Whom it counts can be said in every place; only those treated need no mark."""
    row = words.DENOMINATORS[name]
    assert row.words
    assert row.given
    assert row.of_hundred.startswith("of 100 people")
    assert bool(row.mark) is (name != "treated")


@pytest.mark.parametrize("name", words.TIME_BASES)
def test_every_kind_of_time_has_a_full_row(name):
    """It has a label, and a phrase with a place for the time."""
    row = words.TIME_BASES[name]
    assert row.label
    assert row.phrase.count("{}") == 1
    assert row.certainty in (0, 1, 2)
    assert not row.mark or row.mark == f"({row.mark[1:-1]})"


def test_a_cumulative_incidence_is_no_kaplan_meier_estimate():
    """No two kinds of number have one name."""
    assert len(set(words.KINDS.values())) == len(words.KINDS)


@pytest.mark.parametrize("name", words.topic().therapies)
def test_every_therapy_has_a_full_row(name):
    """It has a label, and its widest name has none above it."""
    assert words.topic().therapies[name].label
    assert words.topic().therapies[words.broadest(name)].wider is None
    assert words.therapy_includes(words.broadest(name), name)


def test_what_is_set_side_by_side_unless_told_exists():
    """The default therapies are names, and the main harms endpoints."""
    assert set(words.topic().compared) <= set(words.topic().therapies)
    assert set(words.topic().main_harms) <= set(words.topic().endpoints)
