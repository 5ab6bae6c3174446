"""A diagram of boxes in characters, for a terminal of any width or a pipe."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.flowchart import box_lines
from lupus_evidence.text import cell
from lupus_evidence.writers.columns import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.flowchart import FlowChart, FlowStep
    from lupus_evidence.writers.terminal import Look

#: Columns laid out for where there is no terminal.
PIPE_WIDTH = 80
#: Columns of a box and its side box together; with fewer, the diagram is a list.
LEAST, MOST = 56, 92
#: Columns from a box to the one beside it, and from the left to the way down.
BETWEEN, DOWN = 5, 4


@dataclass(frozen=True)
class Signs:
    """The characters that boxes are drawn with."""

    level: str
    upright: str
    corners: str
    right: str
    down: str


UNICODE = Signs("─", "│", "┌┐└┘", "──▶", "▼")
ASCII = Signs("-", "|", "++++", "-->", "v")


def flow_lines(chart: FlowChart, look: Look) -> Iterator[str]:
    """Yield the lines of a diagram.

    Parameters
    ----------
    chart : FlowChart
        The diagram; its title and notes stand elsewhere.
    look : Look
        Width and colour; whether only ASCII can be shown.
    """
    room = min(look.width or PIPE_WIDTH, MOST)
    signs = ASCII if look.plain else UNICODE
    if room < LEAST:
        yield from _listed(chart, look)
        return
    size = (room - BETWEEN) // 2
    for place, column in enumerate(chart.columns):
        if place:
            yield ""
        yield look.style(look.wrapped(cell(column.title)), "bold")
        for step in column.steps:
            yield from _step(step, size, signs)
            if len(column.steps) > 1:
                yield f"{' ' * DOWN}{signs.upright}"
                yield f"{' ' * DOWN}{signs.down}"
    yield from _step(chart.last, size, signs)


def _listed(chart: FlowChart, look: Look) -> Iterator[str]:
    """Yield the diagram as a list, for screens too narrow for boxes."""
    for column in chart.columns:
        yield look.style(look.wrapped(cell(column.title)), "bold")
        for step in column.steps:
            yield from _items(step, look)
    yield from _items(chart.last, look)


def _items(step: FlowStep, look: Look) -> Iterator[str]:
    """Yield a step as lines, what leaves the way indented."""
    first, *rest = step.box
    yield look.wrapped(cell(first), "  ", "- ")
    for text in (*rest, *step.side):
        yield look.wrapped(cell(text), "    ", "  ")


def _step(step: FlowStep, size: int, signs: Signs) -> Iterator[str]:
    """Yield a box, and beside it what leaves the way."""
    box = list(_box(step.box, size, signs))
    side = list(_box(step.side, size, signs)) if step.side else []
    for place, (left, right) in enumerate(zip_longest(box, side, fillvalue="")):
        arrow = signs.right if place == 1 and side else ""
        between = f" {arrow:<{BETWEEN - 1}}"
        beside = f"{between}{right}" if right else ""
        yield f"{left:<{size}}{beside}".rstrip()


def _box(texts: Sequence[str], size: int, signs: Signs) -> Iterator[str]:
    """Yield the lines of a box with texts in it."""
    first, second, third, fourth = tuple(signs.corners)
    inner = size - 4
    yield f"{first}{signs.level * (size - 2)}{second}"
    for text in texts:
        for line in _filled(cell(text), inner):
            padding = " " * (inner - text_width(line))
            yield f"{signs.upright} {line}{padding} {signs.upright}"
    yield f"{third}{signs.level * (size - 2)}{fourth}"


def _filled(text: str, size: int) -> list[str]:
    """Return a text in lines that fit, the later ones indented.

    Wide characters take two columns: a line of them is half as long.
    """
    letters = size if text.isascii() else size * len(text) // max(text_width(text), 1)
    return box_lines(text, max(letters, 8))


def flow_table(chart: FlowChart) -> Table:
    """Return a diagram as a table, for where nothing can be drawn.

    Parameters
    ----------
    chart : FlowChart
        The diagram.
    """
    names = dict(chart.phases)
    columns = (
        Column("way", "found by", "Databases and registers, or other methods"),
        Column("phase", "phase", "Identification, screening, included"),
        Column("box", "reports", "What is counted", wrap=True),
        Column("side", "left the way", "What is not counted any further", wrap=True),
    )
    steps = [(column.title, step) for column in chart.columns for step in column.steps]
    rows = tuple(
        {
            "way": way,
            "phase": names[step.phase],
            "box": _joined(step.box),
            "side": _joined(step.side),
        }
        for way, step in (*steps, ("", chart.last))
    )
    return Table("flow", columns, rows, title="", empty="")


def _joined(texts: Sequence[str]) -> str:
    """Return the texts of a box in one line, those under a heading behind it."""
    if texts and texts[0].endswith(":"):
        return f"{texts[0]} {'; '.join(texts[1:])}"
    return "; ".join(texts)
