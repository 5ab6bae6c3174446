"""The number behind a result, and what is missing where there is none."""

import pytest
from evidence.made import study

from lupus_evidence.evidence.result_numbers import figure_of

PLACE = {"endpoint": "any-remission", "at": 12, "among": "treated", "where": "Abstract"}


@pytest.mark.parametrize(
    ("printed", "code", "people"),
    [
        ({}, "nothing-counted", None),
        ({"n": 20}, "no-events", 20),
        ({"events": 3}, "no-denominator", None),
        ({"percent": "35"}, "no-error", None),  # an estimate could have one
    ],
)
def test_the_missing_piece_is_named(printed, code, people):
    """Whoever looks for the figure again knows what to look for."""
    file = study("doe-2020", {**PLACE, **printed})
    found = figure_of(file.study.results[0])
    assert found.number is None
    assert (found.missing.code, found.missing.people) == (code, people)


@pytest.mark.parametrize(
    ("printed", "events", "n"),
    [
        ({"events": 7, "n": 20}, 7, 20),
        ({"percent": "35", "n": 20}, 7, 20),  # 7 of 20 alone prints as 35 %
    ],
)
def test_a_count_is_printed_or_the_only_one_that_prints_so(printed, events, n):
    """A percentage with its denominator stands for the one count that it can be."""
    number = figure_of(study("doe-2020", {**PLACE, **printed}).study.results[0]).number
    assert (number.events, number.n) == (events, n)
