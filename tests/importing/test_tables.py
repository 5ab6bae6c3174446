import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_table import is_of_citations
from lupus_evidence.importing.tables import (
    MAX_COLUMNS,
    Heading,
    Row,
    found_heading,
    rows_below,
    unknown_columns,
    unnamed,
)


@pytest.mark.parametrize(
    ("text", "separator", "line"),
    [
        ("Title,Year\na,1\n", ",", 1),
        ("Title;Year\na;1\n", ";", 1),
        ("Title\tYear\na\t1\n", "\t", 1),
        ("sep=;\r\nTitle;Year\r\na;1\r\n", ";", 2),
        ('"SEARCH QUERY","lupus:ti"\n-----\n\n"Title","Year"\na,1\n', ",", 4),
    ],
)
def test_a_heading_is_found_whatever_stands_above_it(text, separator, line):
    """Its separator and its line are told."""
    found = found_heading(text, is_of_citations)
    assert found is not None
    assert (found.separator, found.line) == (separator, line)
    assert found.cells == ("Title", "Year")
    (row,) = rows_below(text, found)
    assert row.cells == ("a", "1")


def test_no_heading():
    """Too far down, it is none."""
    assert found_heading("\n" * 50 + "Title,Year\n", is_of_citations) is None
    assert found_heading("", is_of_citations) is None


def test_lines_are_those_on_which_rows_start():
    """Cells may go over several lines, and empty rows are none."""
    text = 'Title,Year\n"a\nb",1\n,\nc,2\n'
    heading = found_heading(text, is_of_citations)
    assert list(rows_below(text, heading)) == [
        Row(2, ("a\nb", "1")),
        Row(5, ("c", "2")),
    ]


def test_what_spreadsheets_write_around_cells():
    """A formula that is only a text, and the sign that keeps one from being read."""
    text = 'Title,Year\n"=""2021""",\'=1\n'
    heading = found_heading(text, is_of_citations)
    assert next(rows_below(text, heading)).cells == ("2021", "=1")


def test_quotation_marks_that_do_not_close():
    """With tabs they are text; else the line is named."""
    text = 'Title\tYear\n"A quote\t2020\nB\t2021\n'
    heading = found_heading(text, is_of_citations)
    assert [row.cells[0] for row in rows_below(text, heading)] == ['"A quote', "B"]
    text = 'Title,Year\n"A quote,2020\n'
    heading = found_heading(text, is_of_citations)
    with pytest.raises(EvidenceError, match="line 2: not CSV"):
        list(rows_below(text, heading))


def test_more_columns_than_any_table_has():
    """A hostile table is refused."""
    wide = Heading(",", ("Title",) * (MAX_COLUMNS + 1), 0, 1)
    with pytest.raises(EvidenceError, match="1,000 columns"):
        list(rows_below("", wide))


def test_what_stands_below_no_heading_is_told():
    """Numbers of rows, as R writes them, are no matter."""
    assert unnamed(("Title", ""), Row(3, ("a", "b"))).code == "I108"
    assert unnamed(("Title",), Row(3, ("a", "b"))).line == 3
    assert unnamed(("", "Title"), Row(3, ("1", "b"))) is None
    assert unnamed(("Title", ""), Row(3, ("a",))) is None


def test_columns_that_nobody_knows_are_named_once():
    """The first of many by name."""
    (doubt,) = unknown_columns([f"c{at}" for at in range(12)], 4)
    assert (doubt.code, doubt.line) == ("I109", 4)
    assert "'c9' and 2 more are not known" in doubt.message
    (doubt,) = unknown_columns(["c"], 1)
    assert "the column 'c' is not known" in doubt.message
    assert unknown_columns([], 1) == []
