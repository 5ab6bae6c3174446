"""Words for readers who know no statistics."""

import pytest

from lupus_evidence.report import plain_language
from lupus_evidence.vocabulary import (
    AMONG,
    ANY_TIME,
    BEST_EVER,
    NOT_STATED,
    band_of,
    topic,
)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.63, 0.95, "63 to 95"),
        (0.004, 0.29, "up to 29"),
        (0.0, 0.29, "up to 29"),
        (0.52, 1.0, "52 or more"),
        (0.52, 0.999, "52 or more"),
        (0.0, 1.0, "anything from none to all"),
        (0.124, 0.118, "12"),
    ],
)
def test_intervals_are_people_of_a_hundred(low, high, words):
    """An interval is said in people, an open end without a number that misleads."""
    assert plain_language.of_hundred_words(low, high) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (3, "about 3 months later"),
        (6, "about 6 months later"),
        (12, "about 1 year later"),
        (24, "about 2 years later"),
        (120, "7 years or more later"),
    ],
)
def test_times_are_years(months, words):
    """Whole years are said as years; the last band says where it begins."""
    assert plain_language.later(band_of(months)) == words


def test_other_times_are_said():
    """The first months, and a time that nobody states, have words of their own."""
    assert plain_language.later(topic().early) == "in the first 2 months"
    assert plain_language.later(NOT_STATED) == "the studies do not say when"
    assert plain_language.later(ANY_TIME) == "at any time"
    assert plain_language.later(BEST_EVER) == "best state ever reached"


def test_every_band_has_a_short_head_of_its_own():
    """Columns of the map are narrow, and no two bands share a name."""
    heads = [plain_language.column(band) for band in topic().all_bands]
    assert len(set(heads)) == len(heads)
    assert max(map(len, heads)) <= 10


@pytest.mark.parametrize("kind", [*AMONG, None])
def test_every_denominator_has_words(kind):
    """Whom a figure is about is always said."""
    assert plain_language.group(kind).startswith("of 100 people")


@pytest.mark.parametrize("name", topic().therapies)
def test_every_therapy_has_a_name_and_a_meaning(name):
    """Therapies without words of their own are named by the vocabulary."""
    assert plain_language.short_name(name)[0].isupper()
    assert plain_language.meaning(name).endswith(".")


def test_unknown_countries_stay_codes():
    """A country is named where the name is known."""
    assert plain_language.country("CN") == "China"
    assert plain_language.country("ZZ") == "ZZ"
