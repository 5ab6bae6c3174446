"""Tables and documents for a terminal of any width, or for a pipe.

On a terminal, a table that is too wide first wraps its long texts, then drops whole
columns and says which; on a very narrow one each row becomes a short list. In a
pipe nothing is wrapped, dropped or coloured.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import TextWrapper
from typing import TYPE_CHECKING

from rich.cells import cell_len

from lupus_evidence.document import (
    Column,
    Document,
    Entries,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.plot import Plot
from lupus_evidence.text import cell, shortened, visible
from lupus_evidence.writers.plot_text import plot_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.document import Block
    from lupus_evidence.values import Tone

#: Spaces between columns.
GAP = 2
#: Columns of a wrapped text cell: below 12 words break, above 44 lines are long.
WRAP_MIN, WRAP_MAX = 12, 44
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
    "colour-0": "38;5;32",
    "colour-1": "38;5;166",
    "colour-2": "38;5;36",
    "colour-3": "38;5;168",
    "colour-4": "38;5;136",
    "colour-5": "38;5;98",
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

    def wrapped(self, text: str, indent: str = "", first: str | None = None) -> str:
        """Return text filled to the width; one long line in a pipe."""
        start = indent if first is None else first
        if self.width is None:
            return start + text
        return "\n".join(_fill(text, max(self.width, 10), start, indent))


def _width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def _fill(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Break text into lines of at most `width` columns."""
    if _width(first) + _width(text) <= width:
        return [first + text]
    wide = _width(text) > len(text)
    wrapper = TextWrapper(
        max(2, width // 2 if wide else width),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
    lines = wrapper.wrap(text.replace(" %", _UNBROKEN)) or [first]
    return [line.replace(_UNBROKEN, " %") for line in lines]


def _pad(text: str, width: int, *, right: bool) -> str:
    """Fill text with spaces to a width."""
    space = " " * (width - _width(text))
    return space + text if right else text + space


@dataclass(frozen=True)
class _Plan:
    """Which columns are shown, how wide, and which were dropped."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    dropped: tuple[str, ...]


def _plan(
    columns: list[Column], natural: list[int], floor: list[int], width: int | None
) -> _Plan | None:
    """Choose columns and widths; None when even the essential ones do not fit."""
    shown = list(range(len(columns)))
    if width is None:
        return _Plan(tuple(shown), tuple(natural), ())
    dropped: list[int] = []
    while sum(floor[i] for i in shown) + GAP * (len(shown) - 1) > width:
        optional = [i for i in shown if columns[i].drop]
        if not optional:
            return None
        worst = max(optional, key=lambda i: (columns[i].drop, i))
        shown.remove(worst)
        dropped.append(worst)
    room = width - sum(floor[i] for i in shown) - GAP * (len(shown) - 1)
    widths = {i: floor[i] for i in shown}
    for i in shown:
        more = min(natural[i] - floor[i], room)
        widths[i] += more
        room -= more
    names = tuple(columns[i].heading for i in sorted(dropped))
    return _Plan(tuple(shown), tuple(widths[i] for i in shown), names)


def _line(
    cells: list[str], plan: _Plan, columns: list[Column], look: Look, *styles: str
) -> list[str]:
    """Lay one row out on as many lines as its longest wrapped cell needs."""
    blocks = [
        [cells[i]] if _width(cells[i]) <= width else _fill(cells[i], width)
        for i, width in zip(plan.shown, plan.widths, strict=True)
    ]
    lines = []
    for row in range(max(len(block) for block in blocks)):
        parts = [
            _pad(
                block[row] if row < len(block) else "",
                width,
                right=columns[i].align == "right",
            )
            for i, width, block in zip(plan.shown, plan.widths, blocks, strict=True)
        ]
        text = (" " * GAP).join(parts).rstrip()
        lines.append(look.style(text, *styles) if styles else text)
    return lines


def _stacked(
    columns: list[Column], rows: list[list[str]], groups: list[str], look: Look
) -> list[str]:
    """Write each row as a short list, for terminals too narrow for a table."""
    lines: list[str] = []
    group = ""
    for cells, name in zip(rows, groups, strict=True):
        if name != group:
            group = name
            gap = [""] if lines else []
            lines += [*gap, look.style(look.wrapped(group), "bold")]
        lines.append(look.style(look.wrapped(cells[0]), "bold"))
        for column, text in zip(columns[1:], cells[1:], strict=True):
            lines.append(look.wrapped(f"{column.heading}: {text}", "    ", "  "))
    return lines


def _sizes(
    columns: list[Column], rows: list[list[str]], width: int | None
) -> tuple[list[int], list[int]]:
    """Return each column's wanted width, and the least it can do with."""
    wanted = [
        max([_width(column.heading), *(_width(cells[i]) for cells in rows)])
        for i, column in enumerate(columns)
    ]
    if width is None:
        return wanted, wanted
    wanted = [
        min(size, WRAP_MAX) if column.wrap else size
        for size, column in zip(wanted, columns, strict=True)
    ]
    least = [
        min(size, max(WRAP_MIN, _width(column.heading))) if column.wrap else size
        for size, column in zip(wanted, columns, strict=True)
    ]
    return wanted, least


def render_table(table: Table, look: Look) -> str:
    """Return a table laid out for a terminal or a pipe.

    Parameters
    ----------
    table : Table
        Its screen columns are shown.
    look : Look
        Width and colour.
    """
    lines = (
        [look.style(look.wrapped(cell(table.title)), "bold"), ""] if table.title else []
    )
    if not table.rows:
        lines.append(look.wrapped(table.empty))
        return "\n".join([*lines, *_notes(table, (), look)]) + "\n"
    columns = [
        column for column in table.screen_columns() if column.key != table.group_by
    ]
    rows = [[cell(row.get(column.key)) for column in columns] for row in table.rows]
    groups = _groups(table)
    plan = _plan(columns, *_sizes(columns, rows, look.width), look.width)
    if plan is None:
        lines += _stacked(columns, rows, groups, look)
        return "\n".join([*lines, *_notes(table, (), look)]) + "\n"
    headings = [column.heading for column in columns]
    lines += _line(headings, plan, columns, look, "bold")
    group = ""
    for cells, name in zip(rows, groups, strict=True):
        if name != group:
            group = name
            lines += ["", look.style(look.wrapped(group), "bold")]
        lines += _line(cells, plan, columns, look)
    return "\n".join([*lines, *_notes(table, plan.dropped, look)]) + "\n"


def _groups(table: Table) -> list[str]:
    """Return the heading that each row stands under; empty where there is none."""
    if table.group_by is None:
        return [""] * len(table.rows)
    return [cell(row.get(table.group_by)) for row in table.rows]


def _notes(table: Table, dropped: tuple[str, ...], look: Look) -> list[str]:
    """Return the table's notes and what a narrow terminal left out."""
    notes = list(table.notes)
    if dropped:
        names = ", ".join(dropped)
        notes.append(
            f"Not shown at this width: {names}. Widen the terminal or use -f csv."
        )
    return [
        line
        for note in notes
        for line in ("", look.style(look.wrapped(cell(note)), "dim"))
    ]


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
    return text.replace(lead, look.style(lead, *_TONES[block.lead.tone]), 1)


def _entries(block: Entries, look: Look) -> Iterator[str]:
    """Yield each entry, its label hanging at the left."""
    size = max((_width(item.label) for item in block.items), default=0)
    indent = " " * (size + 1)
    for item in block.items:
        label = _pad(item.label, size, right=True)
        lead, text = cell(item.lead), cell(item.text)
        room = None
        if look.width is not None:
            room = look.width - _width(f"{label} {lead}: ")
        if room is not None and room < WRAP_MIN:  # on lines of its own
            yield look.wrapped(f"{lead}: {text}", indent, f"{label} ")
            yield from (look.wrapped(cell(line), indent) for line in item.lines)
            continue
        if room is not None:
            wide = _width(text) > max(len(text), room)
            text = shortened(text, room // 2 if wide else room)
        lead = look.style(lead, *_TONES[item.lead.tone])
        yield f"{label} {lead}: {look.style(text, 'bold') if item.lines else text}"
        yield from (look.wrapped(cell(line), indent) for line in item.lines)


def _block(block: Block, look: Look) -> Iterator[str]:
    """Yield the lines of a block."""
    match block:
        case Table():
            yield from render_table(block, look).rstrip("\n").split("\n")
        case Plot():
            yield from plot_lines(block, look)
        case Paragraph():
            yield _paragraph(block, look)
        case _:
            if block.title:
                yield look.style(look.wrapped(cell(block.title)), "bold")
            yield from _under_heading(block, look)


def _under_heading(
    block: Sentences | Facts | Entries | Section, look: Look
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
                yield from _block(inner, look)


def render_document(document: Document, look: Look) -> str:
    """Return a document laid out for a terminal or a pipe."""
    lines = []
    if document.title:
        lines.append(look.style(look.wrapped(cell(document.title)), "bold"))
    if document.subtitle:
        lines.append(look.style(look.wrapped(cell(document.subtitle)), "dim"))
    for block in document.blocks:
        if lines:
            lines.append("")
        lines += _block(block, look)
    return "\n".join(lines) + "\n"
