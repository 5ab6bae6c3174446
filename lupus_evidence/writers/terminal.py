"""Tables and documents for a terminal of any width, or for a pipe.

On a terminal, a table that is too wide first wraps or shortens its long texts, then
drops whole columns and says which; on a very narrow one each row becomes a short list.
In a pipe nothing is wrapped, cut, dropped or coloured.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import TextWrapper
from typing import TYPE_CHECKING

from lupus_evidence.documents.document import (
    Column,
    Document,
    Entries,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.text import NOTHING, cell, column_cell, shortened, visible
from lupus_evidence.documents.values import Tone, Toned, Value
from lupus_evidence.vocabulary.colours import ON_TERMINAL
from lupus_evidence.writers.table_layout import (
    GAP,
    WRAP_MIN,
    columns_below,
    cut,
    headed_rows,
    layout_of,
    text_width,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lupus_evidence.documents.curve import CurvePlot
    from lupus_evidence.documents.document import Block
    from lupus_evidence.documents.flowchart import FlowChart
    from lupus_evidence.documents.plot import Plot
    from lupus_evidence.writers.table_layout import Layout

#: Columns of the labels of facts: longer ones push their own text aside.
LABEL_MAX = 32

#: A percent sign that no line starts with.
_UNBROKEN = "\N{NO-BREAK SPACE}%"

_STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "magenta": "35",
    "green": "32",
    # those of therapies, of the 256 that terminals share: legible on black and white
    **{f"colour-{number}": code for number, code in enumerate(ON_TERMINAL)},
    # a traffic light's; its yellow has to be legible on white too
    "bias-low": "1;32",
    "bias-some": "1;38;5;136",
    "bias-high": "1;31",
    "bias-unknown": "2",
}


_TONES: dict[Tone, tuple[str, ...]] = {
    "good": ("green",),
    "doubt": ("magenta",),
    "bad": ("red",),
    "worst": ("bold", "red"),
    "quiet": ("dim",),
}


@dataclass(frozen=True)
class Look:
    """What the output may use.

    Parameters
    ----------
    width : int or None
        Columns of the terminal; None in a pipe, where nothing is cut.
    colour : bool
        Whether ANSI styles may be used.
    plain : bool
        Whether pictures are drawn with ASCII characters alone.
    """

    width: int | None = None
    colour: bool = False
    plain: bool = False

    def style(self, text: str, *styles: str) -> str:
        """Return text in styles, or as it is where styles are off."""
        if not self.colour or not text:
            return text
        codes = ";".join(_STYLES[style] for style in styles)
        # a pager forgets the style at the end of a line
        return "\n".join(f"\x1b[{codes}m{line}\x1b[0m" for line in text.split("\n"))

    def toned(self, text: str, tone: Tone | int) -> str:
        """Return text in its tone, or in the colour of a therapy."""
        return self.style(
            text, *([f"colour-{tone}"] if isinstance(tone, int) else _TONES[tone])
        )

    def wrapped(self, text: str, indent: str = "", first: str | None = None) -> str:
        """Return text filled to the width; one long line in a pipe."""
        start = indent if first is None else first
        if self.width is None:
            return start + text
        return "\n".join(_fill(text, max(self.width, 10), start, indent))


def _fill(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Break text into lines of at most `width` columns."""
    if text_width(first) + text_width(text) <= width:
        return [first + text]
    wide = text_width(text) > len(text)
    wrapper = TextWrapper(
        max(2, width // 2 if wide else width),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words="://" not in text,  # an address in pieces opens nothing
    )
    lines = wrapper.wrap(text.replace(" %", _UNBROKEN)) or [first]
    return [line.replace(_UNBROKEN, " %") for line in lines]


def _pad(text: str, width: int, *, right: bool) -> str:
    """Fill text with spaces to a width."""
    space = " " * (width - text_width(text))
    return space + text if right else text + space


def _cells(
    texts: list[str],
    plan: Layout,
    columns: list[Column],
    look: Look,
    tones: list[Tone | int | None] | None = None,
) -> Iterator[str]:
    """Lay one row out on as many lines as its longest wrapped cell needs."""
    blocks = [
        _fill(texts[i], width) if columns[i].wrap else [cut(texts[i], width)]
        for i, width in zip(plan.shown, plan.widths, strict=True)
    ]
    for line in range(max(map(len, blocks))):
        parts = []
        for i, width, block in zip(plan.shown, plan.widths, blocks, strict=True):
            text = block[line] if line < len(block) else ""
            part = _pad(text, width, right=columns[i].align == "right")
            if tones and (tone := tones[i]) is not None:
                part = part.replace(text, look.toned(text, tone), 1)
            parts.append(part)
        yield (" " * GAP).join(parts).rstrip()


def _headed(table: Table, lines: Iterable[Iterable[str]], look: Look) -> Iterator[str]:
    """Yield the lines of a table's rows, its headings above those they belong to."""
    for one, own in zip(headed_rows(table), lines, strict=True):
        if one.apart:
            yield ""
        if one.heading:
            yield look.style(look.wrapped(one.heading), "bold")
        yield from own


def _stacked(columns: list[Column], texts: list[str], look: Look) -> Iterator[str]:
    """Write a row as a short list, for terminals too narrow for a table."""
    yield look.style(look.wrapped(texts[0]), "bold")
    for column, text in zip(columns[1:], texts[1:], strict=True):
        if text and text != NOTHING:
            label = f"{column.heading}: " if column.heading else ""
            yield look.wrapped(f"{label}{text}", "    ", "  ")


def _table(table: Table, look: Look) -> tuple[list[str], tuple[str, ...]]:
    """Return a table's lines, and the headings of columns that did not fit."""
    lines = (
        [look.style(look.wrapped(cell(table.title)), "bold"), ""] if table.title else []
    )
    if not table.rows:
        return [*lines, look.wrapped(table.empty), *_notes(table.notes, look)], ()
    columns = columns_below(table)
    rows = [[column_cell(row, one) for one in columns] for row in table.rows]
    indent = "  " if table.part_by else ""
    room = None if look.width is None else look.width - len(indent)
    plan = layout_of(columns, rows, room)
    if plan is None:
        blocks: Iterator[Iterable[str]] = (
            _stacked(columns, texts, look) for texts in rows
        )
        made = list(_headed(table, blocks, look))
        lines += made[1:] if made and not made[0] else made
    else:
        headings = [column.heading for column in columns]
        lines += (
            look.style(f"{indent}{line}", "bold")
            for line in _cells(headings, plan, columns, look)
        )
        tones = [_tones(row, columns) if look.colour else None for row in table.rows]
        blocks = (
            [f"{indent}{line}" for line in _cells(texts, plan, columns, look, tone)]
            for texts, tone in zip(rows, tones, strict=True)
        )
        lines += _headed(table, blocks, look)
    dropped = plan.dropped if plan else ()
    return [*lines, *_notes(table.notes, look)], dropped


def _tones(row: Mapping[str, Value], columns: list[Column]) -> list[Tone | int | None]:
    """Return the tone of each cell that has one."""
    values = (row.get(column.key) for column in columns)
    return [value.tone if isinstance(value, Toned) else None for value in values]


def render_table(table: Table, look: Look) -> str:
    """Return a table laid out for a terminal or a pipe.

    Parameters
    ----------
    table : Table
        Its screen columns are shown.
    look : Look
        Width and colour.
    """
    return render_document(Document("", "", (table,)), look)


def _notes(notes: Iterable[str], look: Look) -> list[str]:
    """Return what stands under a table."""
    lines = [look.style(look.wrapped(cell(note)), "dim") for note in notes]
    return ["", *lines] if lines else []


def _facts(block: Facts, look: Look) -> list[str]:
    """Lay labelled facts out with the labels in one column."""
    size = min(LABEL_MAX, max((len(label) for label, _ in block.pairs), default=0))
    if look.width is not None and look.width < 2 * size:
        size = 0
    lines = []
    for label, text in block.pairs:
        first = f"{label:<{size}}  " if size else f"{label}: "
        rest = " " * (size + 2 if size else 2)
        body = look.wrapped(cell(text), rest, first)
        lines.append(body.replace(first, look.style(first, "dim"), 1))
    return lines


def _paragraph(block: Paragraph, look: Look) -> str:
    """Return running text, its leading word in its tone, or lines as they stand."""
    if block.kept:
        return "\n".join(f"    {visible(line)}" for line in block.text.split("\n"))
    if block.lead is None:
        text = look.wrapped(cell(block.text))
        return look.style(text, "dim") if block.note else text
    lead = cell(block.lead)
    text = look.wrapped(f"{lead} {cell(block.text)}")
    return text.replace(lead, look.toned(lead, block.lead.tone), 1)


def _entries(block: Entries, look: Look) -> Iterator[str]:
    """Yield each entry, its label hanging at the left."""
    size = max((text_width(item.label) for item in block.items), default=0)
    indent = " " * (size + 1)
    for item in block.items:
        label = _pad(item.label, size, right=True)
        lead, text = cell(item.lead), cell(item.text)
        room = None
        if look.width is not None:
            room = look.width - text_width(f"{label} {lead}: ")
        if room is not None and room < WRAP_MIN:  # on lines of its own
            yield look.wrapped(f"{lead}: {text}", indent, f"{label} ")
            yield from (look.wrapped(cell(line), indent) for line in item.lines)
            continue
        if room is not None:
            wide = text_width(text) > max(len(text), room)
            text = shortened(text, room // 2 if wide else room)
        lead = look.toned(lead, item.lead.tone)
        yield f"{label} {lead}: {look.style(text, 'bold') if item.lines else text}"
        yield from (look.wrapped(cell(line), indent) for line in item.lines)


def _block(block: Block, look: Look, dropped: dict[str, str]) -> Iterator[str]:
    """Yield the lines of a block; note columns that did not fit."""
    match block:
        case Table():
            lines, missing = _table(block, look)
            dropped |= dict.fromkeys(missing, block.wider)
            yield from lines
        case Paragraph():
            yield _paragraph(block, look)
        case Sentences() | Facts() | Entries() | Section():
            if block.title:
                yield look.style(look.wrapped(cell(block.title)), "bold")
            yield from _under_heading(block, look, dropped)
        case _:
            yield from _picture(block, look)


def _picture(block: Plot | CurvePlot | FlowChart, look: Look) -> Iterator[str]:
    """Yield the lines of a picture, which few pages have."""
    from lupus_evidence.documents.curve import CurvePlot
    from lupus_evidence.documents.flowchart import FlowChart

    if isinstance(block, FlowChart):
        from lupus_evidence.writers.flow_diagram import flow_lines

        yield from flow_lines(block, look)
    elif isinstance(block, CurvePlot):
        from lupus_evidence.writers.curve_text import curve_lines

        yield from curve_lines(block, look)
    else:
        from lupus_evidence.writers.plot_text import plot_lines

        yield from plot_lines(block, look)


def _under_heading(
    block: Sentences | Facts | Entries | Section, look: Look, dropped: dict[str, str]
) -> Iterator[str]:
    """Yield the lines of a block that stands under a heading."""
    match block:
        case Sentences():
            yield from (look.wrapped(cell(item), "  ", "- ") for item in block.items)
        case Facts():
            yield from _facts(block, look)
        case Entries():
            yield from _entries(block, look)
        case Section():
            for place, inner in enumerate(block.blocks):
                if place:
                    yield ""
                yield from _block(inner, look, dropped)


def render_document(document: Document, look: Look) -> str:
    """Return a document laid out for a terminal or a pipe."""
    lines = []
    if document.title:
        lines.append(look.style(look.wrapped(cell(document.title)), "bold"))
    if document.subtitle:
        lines.append(look.style(look.wrapped(cell(document.subtitle)), "dim"))
    dropped: dict[str, str] = {}
    for block in document.blocks:
        if lines:
            lines.append("")
        lines += _block(block, look, dropped)
    if dropped:
        lines += _left_out(dropped, look)
    return "\n".join(lines) + "\n"


def _left_out(dropped: dict[str, str], look: Look) -> list[str]:
    """Say which columns a narrow screen left out, and what shows them."""
    lines = []
    for wider in dict.fromkeys(dropped.values()):
        names = ", ".join(name for name, how in dropped.items() if how == wider)
        note = f"Not shown at this width: {names}. See {wider}."
        lines.append(look.style(look.wrapped(note), "dim"))
    return ["", *lines]
