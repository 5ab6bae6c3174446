"""The field's words: each has one meaning, and the bands cover all of time."""

from typing import get_args

import pytest

from lupus_evidence import vocabulary as words


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
