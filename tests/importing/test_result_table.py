"""Tables of results: whose columns they have, and what stands in a row."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.documents.text import without_formula
from lupus_evidence.importing.record_yaml import Blank, Inline
from lupus_evidence.importing.result_table import (
    COLUMNS,
    is_of_results,
    is_own,
    number,
    percent,
    result,
    result_places,
    time,
)
from lupus_evidence.importing.tables import cell


@pytest.mark.parametrize(
    "header",
    [
        "study,therapy,endpoint,events,n,months",
        "Study;Treatment;Outcome;Events;Total;Time (months)",
        "Trial|Intervention|Outcome measure|No. of events|No. of patients",
        "Study,Outcome,%",
    ],
)
def test_plain_tables_are_known(header):
    """A study, an outcome and a number are enough, whatever their headings' case."""
    names = header.replace(";", ",").replace("|", ",").split(",")
    assert is_of_results(names)
    assert not is_own(names)


def test_other_tables_are_not():
    """Lists of citations have studies, and lists of outcomes have no numbers."""
    assert not is_of_results(["Title", "Authors", "Study", "Notes", "Published Year"])
    assert not is_of_results(["Trial", "Outcome", "Comment"])


def test_our_own_columns():
    """Each is itself, and the first of two of one kind counts."""
    assert is_own([*COLUMNS, "caution"])
    assert result_places(COLUMNS) == {name: at for at, name in enumerate(COLUMNS)}
    assert result_places(["n", "Total", "Time"]) == {"n": 0, "time": 2}


def row(**cells):
    """Return a row of which only some cells are filled."""
    return dict.fromkeys(COLUMNS, "") | cells


@given(st.integers(0, 100_000), st.integers(0, 3))
def test_a_percentage_survives_the_way_through_a_proportion(digits, decimals):
    """Divided by a hundred and written in full precision, the figure comes back."""
    printed = f"{digits / 10**decimals:.{decimals}f}"
    back = percent(repr(float(printed) / 100))
    assert float(back) == float(printed)
    assert len(back) <= len(printed)


def test_a_proportion_that_no_percentage_gives_keeps_ten_decimals():
    """Three of seven, computed by somebody else, is written as far as records go."""
    assert percent(repr(3 / 7)) == "42.8571428571"


@pytest.mark.parametrize("text", ["", "about half", "nan", "inf", "1,5"])
def test_what_is_no_proportion_stays_for_check_to_name(text):
    """Nothing is made of a text that is not a number."""
    assert percent(text) == text


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_cells_lose_only_the_sign_that_made_them_safe(text):
    """The quote in front of a formula is taken off again."""
    if not text.startswith("'"):
        assert cell(without_formula(text)) == text


def test_numbers():
    """Whole numbers become counts, others keep their digits, words stay words."""
    assert number("20") == number("20.0") == 20
    assert number("74.4") == Decimal("74.4")
    assert number("twenty") == "twenty"


@pytest.mark.parametrize(
    ("months", "basis", "expected"),
    [
        ("24.0", "visit", 24),
        ("24", "", 24),
        ("3.3", "visit", Decimal("3.3")),
        (
            "60.0",
            "kaplan-meier",
            Inline({"months": 60, "basis": "kaplan-meier"}),
        ),
        ("", "best-ever", Inline({"basis": "best-ever"})),
        ("", "", None),
    ],
)
def test_times(months, basis, expected):
    """A visit is its months alone, another kind of time says what it is."""
    assert time(row(months=months, time_basis=basis)) == expected


def test_a_count_is_a_count():
    """Events and people come over; the rate that follows from them does not."""
    found = result(
        row(
            endpoint="death",
            events="3",
            n="12",
            among="treated",
            rate="0.25",
            low="0.1",
            high="0.5",
            interval_method="wilson",
            scope="lupus",
            kind="count",
            lupus_specific="TRUE",
            level="95",
        ),
        reading=False,
    )
    assert found == {"endpoint": "death", "events": 3, "n": 12, "among": "treated"}


def test_an_estimate_is_an_estimate():
    """Percentage, printed interval with its level, and how it came about."""
    found = result(
        row(
            endpoint="overall-survival",
            n="20",
            rate="0.875",
            low="0.711",
            high="0.93",
            level="90",
            interval_method="as printed",
            kind="kaplan-meier",
            condition_specific="false",
            reading="secondary",
        ),
        reading=True,
    )
    assert found == {
        "endpoint": "overall-survival",
        "n": 20,
        "percent": "87.5",
        "ci": ("71.1", "93"),
        "level": 90,
        "kind": "kaplan-meier",
        "lupus_specific": False,
        "reading": "secondary",
    }


def test_what_the_csv_lost_is_a_blank():
    """A standard error, and an end of an interval that the table may have cut."""
    found = result(
        row(rate="0.5", interval_method="wilson on effective people"), reading=False
    )
    assert isinstance(found["se"], Blank)
    assert "ci" not in found
    found = result(
        row(rate="0.5", low="0.0", high="1", interval_method="as printed"),
        reading=False,
    )
    assert all(isinstance(end, Blank) for end in found["ci"])
