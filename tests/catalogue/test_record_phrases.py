"""How citations and distributions are put into words."""

import pytest

from lupus_evidence.catalogue.record_phrases import (
    citation_in_words,
    distribution_in_words,
)
from lupus_evidence.records.study_parts import Citation, Distribution


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"mean": "12.2", "sd": "3.3"}, "mean 12.2 (SD 3.3)"),
        ({"median": "29", "low": "9", "high": "52"}, "median 29 (9 to 52)"),
        ({"median": "46", "q1": "33", "q3": "71"}, "median 46 (quartiles 33 to 71)"),
        ({"mean": "3.2", "plus_minus": "2.8", "n": 12}, "mean 3.2 (± 2.8) in 12"),
        ({"low": "6", "high": "14"}, "6 to 14"),
        ({"high": "78"}, "up to 78"),
        ({}, ""),
    ],
)
def test_distributions_keep_their_printed_digits(values, words):
    """A spread says what it is, and what the source does not say stays open."""
    assert distribution_in_words(Distribution.model_validate(values)) == words


def test_nothing_known_of_a_distribution():
    """No distribution is no words."""
    assert distribution_in_words(None) == ""


def test_citation_in_one_line():
    """Authors, journal, year, volume, issue and pages, as far as known."""
    citation = Citation(
        authors=("Jayne D", "Passweg J"),
        year=2004,
        journal="Lupus",
        volume="13",
        issue="3",
        pages="168-76",
    )
    assert citation_in_words(citation) == (
        "Jayne D, Passweg J. Lupus 2004;13(3):168-76"
    )
    assert citation_in_words(Citation(year=2013)) == "2013"
