"""A diagram of boxes: in characters, and as a figure for a journal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from lupus_evidence.documents.flowchart import FlowChart, FlowStep, Phase, box_lines
from lupus_evidence.documents.text import cell, visible
from lupus_evidence.writers.plot_figure import (
    GREY,
    HEIGHTS,
    LABEL,
    MARGIN,
    NOTE_LETTERS,
    NOTE_SIZE,
    SMALL_LETTERS,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    WIDTH,
    blank_sheet,
    set_text,
)
from lupus_evidence.writers.table_layout import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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
    box = list(_framed(step.box, size, signs))
    side = list(_framed(step.side, size, signs)) if step.side else []
    for place, (left, right) in enumerate(zip_longest(box, side, fillvalue="")):
        arrow = signs.right if place == 1 and side else ""
        between = f" {arrow:<{BETWEEN - 1}}"
        beside = f"{between}{right}" if right else ""
        yield f"{left:<{size}}{beside}".rstrip()


def _framed(texts: Sequence[str], size: int, signs: Signs) -> Iterator[str]:
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


#: Inches: the bars of the phases at the left, between boxes, and inside a box.
BAR, GAP, PAD = 0.24, 0.2, 0.07
#: Inches from one line of a box to the next, from one step to the next, and what a
#: letter of a box takes.
LINE, STEP, LETTER = 0.135, 0.24, 0.0535
#: Height of a column's heading.
HEAD = 0.3
#: Fills: headings, phases.
HEADING, PHASE = "#f3e3b3", "#cfe0ee"


@dataclass(frozen=True)
class _Row:
    """All boxes at one height.

    Parameters
    ----------
    phase : str
        Which third of the diagram it stands in.
    steps : tuple of FlowStep or None
        One for each column.
    top, bottom : float
        Inches from the top of the sheet.
    """

    phase: Phase
    steps: tuple[FlowStep | None, ...]
    top: float
    bottom: float


@dataclass(frozen=True)
class _Frame:
    """Where boxes stand from left to right.

    Parameters
    ----------
    wide : float
        Inches of a box.
    columns : int
        Ways down.
    """

    wide: float
    columns: int

    def left(self, column: int, side: int = 0) -> float:
        """Return where a box begins; `side` 1 for the one beside it."""
        return LABEL + BAR + GAP / 2 + (2 * column + side) * (self.wide + GAP)

    @property
    def across(self) -> float:
        """Return how wide the last box is: from the first way down to the last."""
        return self.left(self.columns - 1) + self.wide - self.left(0)


def drawn_flow(chart: FlowChart, *, notes: bool = True) -> Figure:
    """Return the figure of a diagram.

    Parameters
    ----------
    chart : FlowChart
        The diagram.
    notes : bool
        Whether anything stands below it.
    """
    columns = len(chart.columns)
    across = WIDTH - 2 * LABEL - BAR - GAP / 2
    frame = _Frame((across - (2 * columns - 1) * GAP) / (2 * columns), columns)
    top = MARGIN + HEIGHTS["title"] + HEAD + STEP
    rows = list(_rows(chart, frame, top))
    foot = [
        line
        for text in (*chart.notes, chart.receipt)
        for line in wrap(visible(text), SMALL_LETTERS)
    ]
    below = len(foot) * HEIGHTS["small"] if notes else 0.0
    figure, axes = blank_sheet(rows[-1].bottom + below + 3 * MARGIN)
    title = visible(chart.title)[:NOTE_LETTERS]
    y = MARGIN + HEIGHTS["title"] / 2
    set_text(axes, LABEL, y, title, size=TITLE_SIZE, weight="bold")
    for place, column in enumerate(chart.columns):
        left, y = frame.left(place), MARGIN + HEIGHTS["title"] + 0.04
        wide = 2 * frame.wide + GAP
        _rectangle(axes, left, y, wide, HEAD - 0.06, fill=HEADING)
        middle = y + (HEAD - 0.06) / 2
        name = visible(column.title)
        x = left + wide / 2
        set_text(axes, x, middle, name, size=TEXT_SIZE, weight="bold", align="center")
    _bars(axes, chart, rows)
    for row in rows:
        _draw_row(axes, row, frame)
    _downs(axes, rows, frame)
    if notes:
        for place, text in enumerate(foot):
            y = rows[-1].bottom + 2 * MARGIN + (place + 0.5) * HEIGHTS["small"]
            set_text(axes, LABEL, y, text, size=SMALL_SIZE, colour=GREY)
    return figure


def _rows(chart: FlowChart, frame: _Frame, top: float) -> Iterator[_Row]:
    """Yield the boxes by height, with where each height begins and ends."""
    for name in chart.heights:
        steps = tuple(
            next((step for step in column.steps if step.name == name), None)
            for column in chart.columns
        )
        known = [step for step in steps if step is not None]
        tall = max(_tall(step, frame.wide) for step in known)
        yield _Row(known[0].phase, steps, top, top + tall)
        top += tall + STEP
    tall = _tall(chart.last, frame.across)
    yield _Row(chart.last.phase, (chart.last,), top, top + tall)


def _tall(step: FlowStep, wide: float) -> float:
    """Return the inches that a step takes from top to bottom."""
    return max(len(_lines(texts, wide)) for texts in (step.box, step.side)) * LINE + (
        2 * PAD
    )


def _lines(texts: Sequence[str], wide: float) -> list[str]:
    """Return texts in lines that fit in a box."""
    letters = int((wide - 2 * PAD) / LETTER)
    return [line for text in texts for line in box_lines(visible(text), letters)]


def _rectangle(
    axes: Axes, left: float, top: float, wide: float, tall: float, *, fill: str
) -> None:
    """Draw one box."""
    xs = [left, left + wide, left + wide, left, left]
    ys = [top, top, top + tall, top + tall, top]
    axes.fill(xs, ys, facecolor=fill, edgecolor=GREY, lw=0.7, zorder=1)


def _bars(axes: Axes, chart: FlowChart, rows: Sequence[_Row]) -> None:
    """Draw the phases at the left."""
    for phase, name in chart.phases:
        own = [row for row in rows if row.phase == phase]
        if not own:
            continue
        top, bottom = own[0].top, own[-1].bottom
        _rectangle(axes, LABEL, top, BAR, bottom - top, fill=PHASE)
        set_text(
            axes,
            LABEL + BAR / 2,
            (top + bottom) / 2,
            visible(name),
            size=NOTE_SIZE,
            weight="bold",
            align="center",
            rotation=90,
        )


def _draw_row(axes: Axes, row: _Row, frame: _Frame) -> None:
    """Draw the boxes at one height, those of a column at its top."""
    wide = frame.wide if len(row.steps) > 1 else frame.across
    for column, step in enumerate(row.steps):
        if step is None:
            continue
        left = frame.left(column)
        _box(axes, left, row.top, _lines(step.box, wide), wide)
        if step.side:
            beside = frame.left(column, 1)
            _box(axes, beside, row.top, _lines(step.side, frame.wide), frame.wide)
            y = row.top + PAD + LINE / 2
            _arrow(axes, (left + wide, y), (beside, y))


def _box(
    axes: Axes, left: float, top: float, lines: Sequence[str], wide: float
) -> None:
    """Draw a box with its lines."""
    tall = len(lines) * LINE + 2 * PAD
    _rectangle(axes, left, top, wide, tall, fill="white")
    for place, line in enumerate(lines):
        y = top + PAD + (place + 0.5) * LINE
        indent = 0.1 if line.startswith("  ") else 0.0
        set_text(axes, left + PAD + indent, y, line.strip(), size=NOTE_SIZE)


def _downs(axes: Axes, rows: Sequence[_Row], frame: _Frame) -> None:
    """Draw the ways down: from each box to the next of its column, and to the last."""
    last = rows[-1]
    for column in range(frame.columns):
        x = frame.left(column) + frame.wide / 2
        own = [row for row in rows[:-1] if row.steps[column] is not None]
        if len(own) == 1:  # a way that nobody went
            continue
        for row, following in zip(own, [*own[1:], last], strict=True):
            step = row.steps[column]
            if step is not None:
                lines = len(_lines(step.box, frame.wide))
                bottom = row.top + lines * LINE + 2 * PAD
                _arrow(axes, (x, bottom), (x, following.top))


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arrow."""
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "-|>,head_width=0.18,head_length=0.35",
            "color": GREY,
            "lw": 0.8,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        zorder=2,
    )
