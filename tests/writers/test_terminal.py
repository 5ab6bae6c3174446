from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from lupus_evidence.documents.document import Column, Document, Facts, Sentences, Table
from lupus_evidence.documents.values import People, Rate, Toned
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
        {
            "study": "wang-2013",
            "people": People(3, 6),
            "rate": Rate(0.5, 0.188, 0.812),
            "note": "a long remark " * 6,
            "source": "x",
        },
        {
            "study": "gu-2014",
            "people": People(49, 81),
            "rate": Rate(0.605),
            "note": "short",
            "source": "primary",
        },
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
    rows = tuple(
        {"group": name, **row} for name, row in zip("ab", TABLE.rows, strict=True)
    )
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
    row = {"study": "a", "people": People(1, 2), "rate": Rate(0.5), "note": ""}
    table = Table("t", COLUMNS[:4], (row,))
    assert "note" not in render_table(table, Look())


def test_empty_table_says_so():
    """No rows: the table's own sentence."""
    table = Table("t", COLUMNS, (), empty="No study fits.")
    assert render_table(table, Look()) == "No study fits.\n"


def test_document_shows_every_block():
    """Facts, sentences and tables of a page are all there."""
    page = Document(
        "Title", "below", (Facts("F", (("a", "1"),)), Sentences("S", ("x",)), TABLE)
    )
    text = render_document(page, Look(width=60))
    for piece in ("Title", "below", "a  1", "- x", "3 of 6"):
        assert piece in text


CUT = (
    Column("outcome", "outcome", "o", least=16),
    Column("study", "study", "s", least=14),
    Column("people", "people", "p", align="right"),
    Column("source", "source", "x", drop=1),
)
#: Rows of which nothing but the first two columns can be shortened.
LONG = Table(
    "results",
    CUT,
    tuple(
        {
            "outcome": f"macrophage activation syndrome of grade {grade} or more",
            "study": "a-study-with-a-long-name-2020",
            "people": People(grade, 20),
            "source": "primary-abstract",
        }
        for grade in range(1, 5)
    ),
    wider="--full",
)


def test_a_row_that_may_be_cut_stays_one_line_and_says_that_more_follows():
    """Long texts end in three dots; figures are whole."""
    lines = render_table(LONG, Look(width=50)).splitlines()
    rows = [line for line in lines if "of 20" in line]
    assert [line.split()[-3:] for line in rows] == [
        [str(grade), "of", "20"] for grade in range(1, 5)
    ]
    assert all(line.startswith("macrophage activ") for line in rows)
    assert all("…" in line for line in rows)


def test_what_is_left_out_comes_with_the_way_to_see_it():
    """One line names the columns and the option."""
    lines = render_table(LONG, Look(width=50)).splitlines()
    assert lines[-1] == "Not shown at this width: source. See --full."


def test_nothing_is_cut_in_a_pipe():
    """Without a width every text and every column is whole."""
    text = render_table(LONG, Look())
    assert "…" not in text
    assert text.count("a-study-with-a-long-name-2020") == 4
    assert text.count("macrophage activation syndrome of grade") == 4
    assert text.count("primary-abstract") == 4


@given(width=st.integers(36, 200))
def test_a_wider_terminal_never_takes_more_lines(width):
    """Every row is one line, however narrow, as long as its texts can be cut."""
    narrow = render_table(LONG, Look(width=width)).splitlines()
    wide = render_table(LONG, Look(width=width + 1)).splitlines()
    assert len(wide) <= len(narrow)
    assert sum("of 20" in line for line in narrow) == 4
    assert max(map(cell_len, narrow)) <= width


def test_wide_letters_are_cut_by_the_room_they_take():
    """A Chinese name takes two columns a letter."""
    row = {"outcome": "系统性红斑狼疮" * 9, "study": "a", "people": People(1, 20)}
    lines = render_table(Table("t", CUT, (row,)), Look(width=40)).splitlines()
    assert len(lines) == 2
    assert cell_len(lines[1]) <= 40


def test_groups_of_one_part_share_a_heading_and_a_line():
    """A part's first heading names it; an empty line stands above each part."""
    columns = (
        Column("family", "family", "f"),
        Column("outcome", "outcome", "o"),
        Column("study", "study", "s"),
    )
    rows = (
        {"family": "survival", "outcome": "alive", "study": "a-2001"},
        {"family": "survival", "outcome": "alive and well", "study": "b-2002"},
        {"family": "harm", "outcome": "relapse", "study": "a-2001"},
    )
    table = Table("t", columns, rows, group_by="outcome", part_by="family")
    assert render_table(table, Look()).splitlines() == [
        "  study",
        "",
        "Survival: alive",
        "  a-2001",
        "Alive and well",
        "  b-2002",
        "",
        "Harm: relapse",
        "  a-2001",
    ]


def test_a_word_with_a_tone_is_coloured_and_nothing_beside_it():
    """Padding keeps its width outside the style."""
    columns = (Column("therapy", "therapy", "t"), Column("study", "study", "s"))
    rows = (
        {"therapy": Toned("hsct", 0), "study": "a-2001"},
        {"therapy": "placebo", "study": "b-2002"},
    )
    lines = render_table(Table("t", columns, rows), Look(80, colour=True)).splitlines()
    assert lines[1] == "\x1b[38;5;32mhsct\x1b[0m     a-2001"
    assert lines[2] == "placebo  b-2002"


def test_an_address_is_never_broken():
    """A link in pieces opens nothing; the terminal itself wraps it."""
    address = f"https://example.org/{'long-' * 30}end"
    page = Document("Title", f"Doe J. Journal 2020 {address}", ())
    assert address in render_document(page, Look(60)).splitlines()
