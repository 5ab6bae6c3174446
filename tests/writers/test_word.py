"""Word files: the layout, the notes, the same bytes, and text that stays text."""

import io
import sys
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from invented import study_text

from lupus_evidence.documents.document import (
    Column,
    Document,
    Entries,
    Entry,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.values import Noted, Toned
from lupus_evidence.writers.word import render_documents

COLUMNS = (
    Column("outcome", "outcome", ""),
    Column("one", "conventional", "", over="of 100 people"),
    Column("two", "uc-msc", "", over="of 100 people"),
    Column("sure", "certainty", ""),
)
ROWS = (
    {"outcome": "Alive", "one": "26", "two": "42", "sure": Noted("low", ("a", "b"))},
    {"outcome": "Alive", "one": "10", "two": "8", "sure": Noted("high", ())},
)


def opened(*blocks, title="A title"):
    """A Word file with these blocks, as a program reads it."""
    return docx.Document(io.BytesIO(render_documents([Document(title, "", blocks)])))


def texts(row):
    """The texts of a row's cells, one that spans several as often as they."""
    return [one.text for one in row.cells]


def marks(row):
    """What is said of a row as a whole."""
    found = row._tr.trPr  # noqa: SLF001 - no other way to it
    return [one.tag.rpartition("}")[2] for one in found]


def raised(paragraph):
    """The text of a paragraph that stands raised."""
    return "".join(run.text for run in paragraph.runs if run.font.superscript).strip()


def test_headings_are_shared_and_on_every_page():
    """Two lines of them, both repeated; no row is divided by a page."""
    (table,) = opened(Table("t", COLUMNS, ROWS)).tables
    above, own, *rows = table.rows
    assert texts(above) == ["outcome", "of 100 people", "of 100 people", "certainty"]
    assert texts(own) == ["outcome", "conventional", "uc-msc", "certainty"]
    assert marks(above) == marks(own) == ["cantSplit", "tblHeader"]
    assert [marks(row) for row in rows] == [["cantSplit"]] * 2


def test_a_group_s_name_stands_once():
    """In one cell over its rows."""
    (table,) = opened(Table("t", COLUMNS, ROWS, group_by="outcome")).tables
    assert [row.cells[0].text for row in table.rows[2:]] == ["Alive", "Alive"]
    below = table.rows[3]._tr.tc_lst[0]  # noqa: SLF001 - what is joined to the one above
    assert below.vMerge == "continue"


def test_only_the_rows_of_a_group_are_kept_on_a_page():
    """Headings stay with their row, a group together; else a page ends anywhere."""
    alone, grouped = (
        Table("t", COLUMNS, ROWS),
        Table("t", COLUMNS, ROWS, group_by="one"),
    )
    for table in (alone, grouped):
        (made,) = opened(table).tables
        kept = [row.cells[3].paragraphs[0].paragraph_format for row in made.rows]
        assert [one.keep_with_next for one in kept] == [True, True, None, None]
    (made,) = opened(Table("t", COLUMNS, ROWS, group_by="outcome")).tables
    kept = [row.cells[3].paragraphs[0].paragraph_format for row in made.rows]
    assert [one.keep_with_next for one in kept] == [True, True, True, None]


def test_groups_of_parts_have_headings():
    """Across the table, above their rows."""
    columns = (*COLUMNS, Column("family", "", ""))
    rows = tuple({**row, "family": "Survival"} for row in ROWS)
    table = Table("t", columns, rows, group_by="outcome", part_by="family")
    (made,) = opened(table).tables
    assert set(texts(made.rows[2])) == {"Survival: Alive"}
    assert texts(made.rows[3])[:2] == ["26", "42"]


def test_signs_of_notes_are_raised_where_they_are_named_and_where_they_are():
    """In the cell behind the word, and before the note."""
    notes = Facts("", (("a", "one reason"), ("b", "another")), notes=True)
    file = opened(Table("t", COLUMNS, ROWS), notes)
    cell = file.tables[0].rows[2].cells[3]
    assert cell.text == "low a, b"
    assert raised(cell.paragraphs[0]) == "a, b"
    below = [one for one in file.paragraphs if "reason" in one.text]
    assert raised(below[0]) == "a"
    assert below[0].text == "a\tone reason"


def test_the_page_lies_on_its_side_and_columns_fill_it():
    """A4; widths in the grid and in the cells, none beyond the margins."""
    long = tuple({**row, "outcome": "a word or two " * 30} for row in ROWS)
    file = opened(Table("t", COLUMNS, long))
    page = file.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    room = page.page_width - page.left_margin - page.right_margin
    widths = [column.width for column in file.tables[0].columns]
    assert 0.98 * room < sum(widths) <= 1.001 * room
    assert [one.width for one in file.tables[0].rows[2].cells] == widths


def test_a_word_that_no_page_holds_stays_on_the_page():
    """The columns share what there is."""
    rows = tuple({**row, "outcome": "x" * 400} for row in ROWS)
    file = opened(Table("t", COLUMNS, rows))
    page = file.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    assert sum(column.width for column in file.tables[0].columns) <= 1.001 * room


def test_every_kind_of_block_is_written():
    """In order, each once."""
    file = opened(
        Paragraph("runs", lead=Toned("Mind:", "bad")),
        Paragraph("kept\n  as it is", kept=True),
        Sentences("List", ("one", "two")),
        Entries("", (Entry("1", Toned("Too rosy", "bad"), "claim", ("why",)),)),
        Section("s", "Part", (Facts("", (("label", "fact"),)),)),
        Table("t", COLUMNS, (), title="Table", empty="None.", notes=("a note",)),
    )
    assert [one.text for one in file.paragraphs] == [
        "A title",
        "Mind: runs",
        "kept",
        "  as it is",
        "List",
        "one",
        "two",
        "1 Too rosy: claim",
        "why",
        "Part",
        "label\tfact",
        "Table",
        "None.",
        "a note",
    ]
    named = {one.text: one.style.name for one in file.paragraphs}
    assert named["A title"] == "Heading 1"
    assert named["Part"] == "Heading 2"
    assert named["one"] == "List Bullet"


def test_elements_stand_in_the_order_that_word_wants():
    """Lines before the layout; Word calls a file damaged that has them behind."""
    (table,) = opened(Table("t", COLUMNS, ROWS)).tables
    names = [one.tag.rpartition("}")[2] for one in table._tbl.tblPr]  # noqa: SLF001
    assert names == ["tblW", "tblBorders", "tblLayout", "tblLook"]


HOSTILE = "{ PAGE } =1+1 <w:fldSimple w:instr='DATE'/> \x1b[31m \u202e \x00 \t&amp;"


def test_text_stays_text():
    """No field, no link, no sign that cannot be seen."""
    content = render_documents(
        [
            Document(
                HOSTILE * 20,
                HOSTILE,
                (
                    Table("t", COLUMNS[:1], ({"outcome": HOSTILE},), title=HOSTILE),
                    Facts("", ((HOSTILE, HOSTILE),), notes=True),
                    Paragraph(HOSTILE, kept=True),
                    Sentences("", (HOSTILE,)),
                ),
            )
        ]
    )
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        body = file.read("word/document.xml").decode()
        links = file.read("word/_rels/document.xml.rels").decode()
    for element in ("<w:fldSimple", "<w:instrText", "<w:fldChar", "<w:hyperlink"):
        assert element not in body
    assert "External" not in links
    for sign in ("\x1b", "\u202e", "\x00"):
        assert sign not in body
    (table,) = docx.Document(io.BytesIO(content)).tables
    assert table.rows[1].cells[0].text == (
        r"{ PAGE } =1+1 <w:fldSimple w:instr='DATE'/> \x1b[31m \u202e \x00  &amp;"
    )


def test_a_hostile_record_is_text_in_a_file(run, folder, tmp_path):
    """A title that looks like Word's own language is the title."""
    title = "'{ DOCPROPERTY x } <w:p/> =HYPERLINK(1)'"
    text = study_text(id="evil-2020", title=title)
    (folder / "evil-2020.yaml").write_text(text, encoding="utf-8")
    path = tmp_path / "evil.docx"
    done = run("show", "evil-2020", "-o", path, "--studies", folder)
    assert done.exit_code == 0, done.output
    assert title.strip("'") in docx.Document(path).paragraphs[0].text


@pytest.mark.thorough
def test_equal_documents_give_equal_bytes(run, tmp_path):
    """Whatever the clock says, and nobody is named."""
    paths = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for path in paths:
        assert run("export", "-o", path).exit_code == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with zipfile.ZipFile(paths[0]) as file:
        assert {part.date_time for part in file.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    known = docx.Document(paths[0]).core_properties
    assert (known.created.year, known.modified.year) == (2000, 2000)
    assert (known.author, known.last_modified_by) == ("lupus-evidence", "")


def test_without_python_docx_a_sentence_says_what_to_install(
    run, tmp_path, monkeypatch
):
    """Exit status 2, and no file."""
    monkeypatch.setitem(sys.modules, "docx", None)
    path = tmp_path / "findings.docx"
    done = run("export", "-o", path)
    assert done.exit_code == 2
    assert "pip install 'lupus-evidence[docx]'" in done.stderr
    assert not path.exists()


@pytest.mark.parametrize(
    "words", ["export", "compare hsct msc", "compare hsct msc --all"]
)
def test_a_comparison_is_a_summary_of_findings(words, run, tmp_path):
    """Title, table in GRADE's layout, notes and what it rests on."""
    path = tmp_path / "findings.docx"
    assert run(*words.split(), "-o", path).exit_code == 0
    file = docx.Document(path)
    said = [one.text for one in file.paragraphs]
    assert said[0].startswith("Summary of findings: own stem cells (HSCT) and")
    assert any("not compared" in text for text in said)
    assert any(text.startswith("a\tRisk of bias") for text in said)
    assert any(text.startswith("records\t") for text in said)
    headings = texts(file.tables[0].rows[0])
    assert headings == [
        "outcome",
        "with",
        "people (studies)",
        "of 100 people",
        "certainty",
    ]
