from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from lupus_evidence.document import Column, Document, Facts, Sentences, Table
from lupus_evidence.values import People, Rate
from lupus_evidence.writers.terminal import Look, render_document, render_table

COLUMNS = (
    Column("study", "study", "s"),
    Column("people", "people", "p", align="right"),
    Column("rate", "rate", "r", align="right"),
    Column("note", "note", "n", drop=1, wrap=True),
    Column("source", "source", "x", drop=2),
)
TABLE = Table(
    "things",
    COLUMNS,
    (
        ("wang-2013", People(3, 6), Rate(0.5, 0.188, 0.812), "a long remark " * 6, "x"),
        ("gu-2014", People(49, 81), Rate(0.605), "short", "primary"),
    ),
    notes=("A note.",),
)


def test_columns_line_up():
    """Right-aligned figures end in the same column."""
    lines = render_table(TABLE, Look()).splitlines()
    ends = {
        line.index(text) + len(text)
        for line, text in zip(lines[1:3], ("3 of 6", "49 of 81"), strict=True)
    }
    assert len(ends) == 1


def test_narrow_terminal_drops_whole_columns_and_names_them():
    """What does not fit is left out as a whole, least needed first, and said."""
    text = render_table(TABLE, Look(width=56))
    assert "source" not in text.splitlines()[0]
    assert "Not shown at this width: source." in text.replace("\n", " ")
    assert "3 of 6" in text


def test_very_narrow_terminal_gets_a_list_per_row():
    """At 20 columns every figure is still there, one under the other."""
    text = render_table(TABLE, Look(width=20))
    assert "3 of 6" in text
    assert all(cell_len(line) <= 20 for line in text.splitlines())


def test_very_narrow_terminal_keeps_group_headings():
    """The endpoint over a group of rows is not lost in the list form."""
    columns = (Column("group", "", "g"), *COLUMNS)
    rows = tuple((name, *row) for name, row in zip("ab", TABLE.rows, strict=True))
    table = Table("t", columns, rows, group_by="group")
    lines = render_table(table, Look(width=20)).splitlines()
    assert [line for line in lines if line in ("a", "b")] == ["a", "b"]


@given(width=st.integers(20, 200))
def test_no_line_is_wider_than_the_terminal(width):
    """Whatever the width, lines keep to it."""
    text = render_table(TABLE, Look(width=width))
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_colour_adds_only_styles():
    """With the styles taken out, coloured output is the plain one."""
    plain = render_table(TABLE, Look(width=90))
    coloured = render_table(TABLE, Look(width=90, colour=True))
    assert coloured != plain
    assert (
        coloured.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
        == plain
    )


def test_columns_without_content_are_left_out():
    """A column in which no row says anything is not shown."""
    table = Table("t", COLUMNS[:4], (("a", People(1, 2), Rate(0.5), ""),))
    assert "note" not in render_table(table, Look())


def test_empty_table_says_so():
    """No rows: the table's own sentence."""
    table = Table("t", COLUMNS, (), empty="No study fits.")
    assert render_table(table, Look()) == "No study fits.\n"


def test_document_shows_every_block():
    """Facts, sentences and tables of a page are all there."""
    page = Document(
        "Title", "below", (Facts("F", (("a", "1"),)), Sentences("S", ("x",)), TABLE), {}
    )
    text = render_document(page, Look(width=60))
    for piece in ("Title", "below", "a  1", "- x", "3 of 6"):
        assert piece in text
