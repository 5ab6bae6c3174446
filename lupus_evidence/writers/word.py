"""Documents as one Word file: landscape, tables with their headings on every page.

A text is always a text: it becomes no field, link or formula, and characters that no
one can see are written as escapes. Equal documents give equal bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lupus_evidence.documents.curve import CurvePlot
from lupus_evidence.documents.document import (
    Document,
    Entries,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.flowchart import FlowChart
from lupus_evidence.documents.plot import Plot
from lupus_evidence.documents.text import cell, column_cell, visible
from lupus_evidence.documents.values import Noted, Value
from lupus_evidence.errors import OutputError
from lupus_evidence.writers.picture_tables import block_tables
from lupus_evidence.writers.table_layout import (
    columns_below,
    headed_rows,
    shared_headings,
    shared_out,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document as WordFile
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

    from lupus_evidence.documents.document import Block, Column
    from lupus_evidence.writers.table_layout import HeadedRow

#: A fixed time of making, so that identical data give identical bytes.
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
#: A4 on its side, and its margins, in centimetres.
WIDTH, HEIGHT, MARGIN = 29.7, 21.0, 1.9
#: How wide a letter of a table is on average, and what a cell has around its text.
LETTER, AROUND = 0.165, 0.45
#: Letters of a title that the file's properties can hold.
LONGEST_TITLE = 255
#: Points.
TEXT, SMALL = 10.0, 9.0
#: Of a sign that is raised, which Word then makes smaller.
RAISED = 11.0
#: A table that needs as much of the page is given all of it.
NEARLY_ALL = 0.6
_FONT = "Calibri"
_INK = "1F2933"
_SHADE, _RULE = "EEF1F4", "8A94A0"


def render_documents(documents: Sequence[Document]) -> bytes:
    """Return documents as one Word file.

    Parameters
    ----------
    documents : sequence of Document
        The first one's title is the file's.

    Raises
    ------
    OutputError
        If python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise OutputError(
            "Word files need python-docx: pip install 'lupus-evidence[docx]'"
        ) from error
    file = docx.Document()
    _set_up(file, documents[0].title if documents else "")
    writing = _Writing(file)
    for document in documents:
        writing.document(document)
    buffer = io.BytesIO()
    file.save(buffer)
    return _dated(buffer.getvalue())


def _dated(content: bytes) -> bytes:
    """Return a zip file with each of its parts made at the fixed time."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            target.writestr(part, source.read(name))
    return buffer.getvalue()


def _set_up(file: WordFile, title: str) -> None:
    """Set the page, the fonts and what is known of the file."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt, RGBColor

    page = file.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(WIDTH), Cm(HEIGHT)
    page.left_margin = page.right_margin = Cm(MARGIN)
    page.top_margin = page.bottom_margin = Cm(MARGIN)
    sizes = {"Normal": TEXT, "Heading 1": 17.0, "Heading 2": 12.5, "Heading 3": 11.0}
    for name, size in sizes.items():
        style: Any = file.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()  # those of the theme would win
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor.from_string(_INK)
        above = 0 if name in {"Normal", "Heading 1"} else size
        style.paragraph_format.space_before = Pt(above)
        style.paragraph_format.space_after = Pt(4)
    known = file.core_properties
    known.title, known.author = cell(title)[:LONGEST_TITLE], "lupus-evidence"
    known.last_modified_by, known.comments, known.revision = "", "", 1
    known.created = known.modified = MADE


class _Writing:
    """A Word file on its way."""

    def __init__(self, file: WordFile) -> None:
        self.file = file

    def document(self, document: Document) -> None:
        """Write a document."""
        if document.title:
            self.file.add_heading(cell(document.title), 1)
        if document.subtitle:
            _run(self.file.add_paragraph(), cell(document.subtitle))
        for block in document.blocks:
            self.block(block, 2)

    def block(self, block: Block, level: int) -> None:
        """Write a block under its heading."""
        if isinstance(block, (Plot, CurvePlot, FlowChart, Table)):
            for table in block_tables(block):
                self.table(table, level)
            return
        if isinstance(block, Paragraph):
            self.paragraph(block)
            return
        if block.title:
            self.file.add_heading(cell(block.title), level)
        self.under_heading(block, level)

    def under_heading(
        self, block: Facts | Sentences | Entries | Section, level: int
    ) -> None:
        """Write what stands under a heading."""
        match block:
            case Facts():
                for label, text in block.pairs:
                    self.fact(label, text, note=block.notes)
            case Sentences():
                for text in block.items:
                    _run(self.file.add_paragraph("", "List Bullet"), cell(text))
            case Entries():
                self.entries(block)
            case Section():
                for inner in block.blocks:
                    self.block(inner, min(level + 1, 3))

    def paragraph(self, block: Paragraph) -> None:
        """Write running text, its leading word bold, or lines as they stand."""
        if block.kept:
            for line in block.text.split("\n"):
                run = self.file.add_paragraph().add_run(visible(line))
                run.font.name = "Consolas"
            return
        paragraph = self.file.add_paragraph()
        size = SMALL if block.note else TEXT
        if block.lead is not None:
            _run(paragraph, f"{cell(block.lead)} ", size=size).bold = True
        _run(paragraph, cell(block.text), size=size)

    def fact(self, label: str, text: str, *, note: bool) -> None:
        """Write a labelled fact, or a note with its sign raised before it."""
        from docx.shared import Cm, Pt

        paragraph = self.file.add_paragraph()
        form = paragraph.paragraph_format
        indent = Cm(0.6 if note else 4)
        form.left_indent, form.first_line_indent = indent, -indent
        form.tab_stops.add_tab_stop(indent)
        form.space_after = Pt(1)
        sign = _run(paragraph, cell(label), size=RAISED if note else SMALL)
        sign.font.superscript, sign.bold = note or None, not note
        paragraph.add_run("\t")
        _run(paragraph, cell(text), size=SMALL)

    def entries(self, block: Entries) -> None:
        """Write a list that is read at a glance."""
        from docx.shared import Cm

        for item in block.items:
            paragraph = self.file.add_paragraph()
            _run(paragraph, f"{item.label} {cell(item.lead)}: ").bold = True
            _run(paragraph, cell(item.text))
            for line in item.lines:
                below = self.file.add_paragraph()
                below.paragraph_format.left_indent = Cm(0.6)
                _run(below, cell(line))

    def table(self, table: Table, level: int) -> None:
        """Write a table with its headings on every page, and its notes."""
        if table.title:
            self.file.add_heading(cell(table.title), level)
        if table.rows:
            _Grid(self.file, table).write()
            self.file.add_paragraph().paragraph_format.space_after = 0
        else:
            _run(self.file.add_paragraph(), cell(table.empty))
        for note in table.notes:
            _run(self.file.add_paragraph(), cell(note), size=SMALL)


class _Grid:
    """A table on its way: its headings, its rows, the widths of its columns.

    The groups of a table stand in its first column, each once; where several groups
    are parts of one, they stand as headings above their rows.
    """

    def __init__(self, file: WordFile, table: Table) -> None:
        self.source = table
        headed = bool(table.part_by)
        self.columns = columns_below(table) if headed else list(table.screen_columns())
        self.merged = None if headed else table.group_by
        self.grid = file.add_table(0, len(self.columns))
        self.grid.autofit = False

    def write(self) -> None:
        """Write headings and rows."""
        self._headings()
        rows = list(enumerate(headed_rows(self.source)))
        for _, group in groupby(rows, self._group):
            self._rows([one for _, one in group])
        _ruled(self.grid)
        self._sized()

    def _group(self, counted: tuple[int, HeadedRow]) -> Value:
        """Return whose name stands once for a row and its neighbours."""
        place, one = counted
        return one.row.get(self.merged) if self.merged else place

    def _headings(self) -> None:
        """Write the headings, and above them those that several columns share."""
        shared = shared_headings(self.columns)
        top = self._row(heading=True) if shared else []
        row = self._row(heading=True)
        for place, column in enumerate(self.columns):
            one = row[place]
            if top and not column.over:
                one = top[place].merge(one)
            _fill(one, column.heading, column, bold=True, next_too=True)
        place = 0
        for over, count in shared:
            if over:
                joined = top[place].merge(top[place + count - 1])
                _fill(joined, over, self.columns[place], bold=True, next_too=True)
            place += count

    def _rows(self, rows: list[HeadedRow]) -> None:
        """Write the rows of one group; a page ends behind them, not between."""
        first: list[_Cell] = []
        for place, one in enumerate(rows):
            if one.heading and not self.merged:
                self._heading(one.heading)
            cells = self._row()
            last = place == len(rows) - 1
            for at, column in enumerate(self.columns):
                if place and column.key == self.merged:
                    first[at].merge(cells[at])
                else:
                    value = one.row.get(column.key)
                    text = column_cell(one.row, column)
                    _fill(cells[at], _shown(value, text), column, next_too=not last)
            first = first or cells

    def _heading(self, text: str) -> None:
        """Write a heading across the table."""
        cells = self._row()
        joined = cells[0].merge(cells[-1])
        _fill(joined, text, self.columns[0], bold=True, next_too=True)

    def _row(self, *, heading: bool = False) -> list[_Cell]:
        """Add a row that no page divides; a heading stands on every page."""
        row = self.grid.add_row()
        marks = row._tr.get_or_add_trPr()  # noqa: SLF001 - no other way to it
        _add(marks, "w:cantSplit")
        if heading:
            _add(marks, "w:tblHeader")
            for one in row.cells:
                shade = {"w:val": "clear", "w:color": "auto", "w:fill": _SHADE}
                _add(one._tc.get_or_add_tcPr(), "w:shd", shade)  # noqa: SLF001
        return list(row.cells)

    def _sized(self) -> None:
        """Give each column its width."""
        from docx.shared import Cm

        widths = self._widths()
        for column, width in zip(self.grid.columns, widths, strict=True):
            column.width = Cm(width)
        for row in self.grid.rows:
            place = 0
            for one in row._tr.tc_lst:  # noqa: SLF001 - a joined cell once
                one.width = Cm(sum(widths[place : place + one.grid_span]))
                place += one.grid_span

    def _widths(self) -> list[float]:
        """Return widths in centimetres: what each needs, then the narrowest first."""
        least, wanted = [], []
        for column in self.columns:
            texts = [column_cell(row, column) for row in self.source.rows]
            words = [word for text in texts for word in text.split()]
            heads = [f"{word} " for word in column.heading.split()]  # bold is wider
            least.append(max(map(len, [*words, *heads]), default=0))
            wanted.append(max(map(len, [*texts, " ".join(heads)]), default=0))
        page = WIDTH - 2 * MARGIN
        room = int((page - AROUND * len(least)) / LETTER)
        letters = shared_out(room, least, wanted)
        widths = [count * LETTER + AROUND for count in letters]
        full = page / sum(widths) if sum(widths) > NEARLY_ALL * page else 1.0
        return [width * full for width in widths]


def _shown(value: Value, text: str) -> str | Noted:
    """Return what a cell shows: its text, notes apart where it has some."""
    return Noted(visible(value.text), value.notes) if isinstance(value, Noted) else text


def _fill(
    one: _Cell,
    content: str | Noted,
    column: Column,
    *,
    bold: bool = False,
    next_too: bool = False,
) -> None:
    """Write a cell, the signs of its notes raised."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = one.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(1.5)
    form.keep_with_next = next_too or None
    if column.align == "right":
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    text = content.text if isinstance(content, Noted) else content
    _run(paragraph, text, size=SMALL).bold = bold or None
    if isinstance(content, Noted) and content.notes:
        signs = _run(paragraph, f" {', '.join(content.notes)}", size=RAISED)
        signs.font.superscript = True


def _ruled(grid: WordTable) -> None:
    """Draw lines above, between and below the rows."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    rules = OxmlElement("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        _add(
            rules,
            f"w:{side}",
            {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": _RULE},
        )
    width = grid._tbl.tblPr.find(qn("w:tblW"))  # noqa: SLF001 - no other way to it
    width.addnext(rules)  # Word wants its elements in one order


def _add(parent: Any, name: str, values: Mapping[str, str] | None = None) -> None:  # noqa: ANN401
    """Add an element of Word's own format."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (values or {}).items():
        made.set(qn(key), value)
    parent.append(made)


def _run(paragraph: WordParagraph, text: str, *, size: float = TEXT) -> Any:  # noqa: ANN401
    """Add text to a paragraph; no line starts with a percent sign."""
    from docx.shared import Pt

    run = paragraph.add_run(text.replace(" %", "\N{NO-BREAK SPACE}%"))
    run.font.size = Pt(size)
    return run
