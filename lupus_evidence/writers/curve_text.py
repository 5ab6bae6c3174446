"""Survival over time in characters, for a terminal of any width or a pipe.

Each therapy has a panel of its own on the same axes: two bands that lie over each other
could not be told apart without colour.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from lupus_evidence.documents.curve import BAND, CURVE, HOLLOW
from lupus_evidence.documents.text import cell, percent
from lupus_evidence.writers.curve_labels import end_said, fitting
from lupus_evidence.writers.table_layout import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.documents.curve import (
        CurvePlot,
        CurvePoint,
        DrawnCurve,
        PointKind,
    )
    from lupus_evidence.writers.terminal import Look

#: Columns laid out for where there is no terminal.
PIPE_WIDTH = 80
#: Fewer columns show no curve worth looking at; more are no easier to read.
LEAST, MOST = 16, 84
#: Lines from the top of the upright axis to its foot: of the only panel, of several.
TALL, LOW = 16, 11
#: Columns of the numbers of the upright axis, its own line included.
GUTTER = 5
#: What the lines of numbers below a panel are called, in the margin at its right.
ALIVE, INTERVAL = "of 100", "interval"
#: Columns at the right of a panel: half an interval below its last mark, that word.
MARGIN = 13
#: Columns between two panels side by side, and from how many columns on they are.
BETWEEN, BESIDE = 3, 110


#: Between a mark and what it means, so that no line ends between them.
_UNBROKEN = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Marks:
    """The characters that a picture is drawn with.

    Parameters
    ----------
    line, lower : str
        The curve in the middle of its line of text, and at the foot of it.
    corner, turn : str
        Where it goes down, above and below.
    down : str
        Between those.
    band : str
        The interval.
    axis, foot, tick, ground : str
        The upright axis, where both meet, a mark of time, between marks.
    to : str
        Between the ends of an interval.
    pooled, hollow : mapping
        Studies' own points by kind: those in the curve, and the others.
    """

    line: str
    lower: str
    corner: str
    turn: str
    down: str
    band: str
    axis: str
    foot: str
    tick: str
    ground: str
    to: str
    pooled: dict[PointKind, str] = field(hash=False)
    hollow: dict[PointKind, str] = field(hash=False)


UNICODE = Marks(
    *("━", "▁", "┓", "┗", "┃", "░", "┤", "└", "┴", "─", "–"),
    {"counted": "●", "estimated": "◆", "over-follow-up": "▲", "early-deaths": "■"},
    {"counted": "○", "estimated": "◇", "over-follow-up": "△", "early-deaths": "□"},
)
ASCII = Marks(
    *("=", "_", "=", "=", "|", ".", "|", "+", "+", "-", "-"),
    {"counted": "C", "estimated": "E", "over-follow-up": "F", "early-deaths": "D"},
    {"counted": "c", "estimated": "e", "over-follow-up": "f", "early-deaths": "d"},
)


@dataclass(frozen=True)
class _Frame:
    """Where things stand: columns of time, lines of survival.

    Parameters
    ----------
    width, height : int
        Columns and lines of a panel.
    last : float
        Months at the last column.
    floor : float
        Survival at the lowest line.
    room : int
        Columns that a panel may take with all that stands beside it.
    """

    width: int
    height: int
    last: float
    floor: float
    room: int

    def column(self, months: float) -> int:
        """Return the column of a time."""
        return int(months / self.last * (self.width - 1) + 0.5)

    def months(self, column: int) -> float:
        """Return the time of a column."""
        return column * self.last / (self.width - 1)

    def line(self, share: float) -> int:
        """Return the line of a proportion, 0 at the top."""
        place = (1 - share) / (1 - self.floor) * (self.height - 1)
        return int(min(max(place, 0.0), self.height - 1) + 0.5)

    def half(self, share: float) -> int:
        """Return the place of a proportion in halves of a line, 0 at the top."""
        place = (1 - share) / (1 - self.floor) * (self.height - 1)
        return int(2 * min(max(place, 0.0), self.height - 1) + 0.5)


@dataclass(frozen=True)
class _Cell:
    """One character of a panel, and what it is part of."""

    text: str = " "
    part: str = ""


#: One line of output: how many columns it takes, and its text with styles.
_Line = tuple[int, str]


def curve_lines(plot: CurvePlot, look: Look) -> Iterator[str]:
    """Yield the lines of a picture.

    Parameters
    ----------
    plot : CurvePlot
        The picture; its title, caption and notes stand elsewhere.
    look : Look
        Width and colour.
    """
    marks = ASCII if look.plain else UNICODE
    drawn = [one for one in plot.curves if one.points or one.studies]
    width = PIPE_WIDTH if look.width is None else look.width
    beside = len(drawn) > 1 and width >= BESIDE
    part = (width - BETWEEN) // 2 if beside else width
    frame = _frame(plot, drawn, part)
    if drawn:
        yield look.style(look.wrapped(_axes(plot)), "dim")
    panels = [list(_panel(one, plot, frame, marks, look)) for one in drawn]
    for first in range(0, len(panels), 2 if beside else 1):
        if first:
            yield ""
        yield from _joined(panels[first : first + (2 if beside else 1)], part)
    for curve in plot.curves:
        if curve not in drawn:
            yield from (text for _, text in _head(curve, look, width))
    if drawn:
        legend = look.wrapped(_legend(plot, drawn, frame, marks))
        yield look.style(legend.replace(_UNBROKEN, " "), "dim")


def _frame(plot: CurvePlot, drawn: list[DrawnCurve], width: int) -> _Frame:
    """Return the same frame for all panels."""
    labels = [text_width(text) for one in drawn for text in end_said(one)]
    margin = max([*(size + 2 for size in labels), MARGIN])
    return _Frame(
        max(min(width - GUTTER - margin, MOST), LEAST),
        LOW if len(drawn) > 1 else TALL,
        plot.last,
        plot.floor,
        width,
    )


def _axes(plot: CurvePlot) -> str:
    """Name both axes, and say so where the upright one does not begin at 0."""
    name = f"{cell(plot.measured)}, by {plot.time}"
    if not plot.floor:
        return name
    return f"{name}; the upright axis begins at {percent(plot.floor)}, not at 0"


def _head(curve: DrawnCurve, look: Look, width: int) -> Iterator[_Line]:
    """Yield a therapy's name, and why it has no curve."""
    why = f"; no curve: {curve.why_none}" if not curve.points else ""
    text = cell(f"{curve.therapy}: {curve.name}{why}")
    narrow = look if look.width is None else replace(look, width=width)
    for place, line in enumerate(narrow.wrapped(text).split("\n")):
        size = 0 if place else len(cell(curve.therapy))
        name = look.style(line[:size], "bold", f"colour-{curve.colour}")
        yield text_width(line), f"{name}{line[size:]}"


def _joined(panels: list[list[_Line]], width: int) -> Iterator[str]:
    """Yield the lines of panels that stand side by side, or of one."""
    for row in zip_longest(*panels, fillvalue=(0, "")):
        *others, (_, last) = row
        before = (f"{text}{' ' * (width + BETWEEN - size)}" for size, text in others)
        yield f"{''.join(before)}{last}".rstrip()


def _panel(
    curve: DrawnCurve, plot: CurvePlot, frame: _Frame, marks: Marks, look: Look
) -> Iterator[_Line]:
    """Yield a therapy's panel below its name."""
    yield from _head(curve, look, frame.room)
    colour = f"colour-{curve.colour}"
    styles = {
        "band": ("dim", colour),
        "curve": (colour,),
        "study": ("bold",),
        "label": ("bold", colour),
    }
    every = 2 if frame.height == LOW else 3
    for place, cells in enumerate(_canvas(curve, frame, marks)):
        share = 1 - place * (1 - frame.floor) / (frame.height - 1)
        label = "" if place % every else percent(share)
        text = f"{label:>{GUTTER - 1}}{marks.axis}"
        for part, own in groupby(cells, key=lambda one: one.part):
            run = "".join(one.text for one in own)
            text += look.style(run, *styles[part]) if part else run
        yield GUTTER + len(cells), text
    yield from ((len(line), line) for line in _below(curve, plot, frame, marks))


def _canvas(curve: DrawnCurve, frame: _Frame, marks: Marks) -> list[list[_Cell]]:
    """Return a panel's characters, line by line."""
    canvas = [[_Cell()] * frame.width for _ in range(frame.height)]
    end = curve.end
    if end is not None:
        _draw(canvas, curve, end, frame, marks)
    for study in sorted(curve.studies, key=lambda one: (one.pooled, one.people)):
        mark = (marks.pooled if study.pooled else marks.hollow)[study.kind]
        line, column = frame.line(study.alive), frame.column(study.months)
        canvas[line][column] = _Cell(mark, "study")
    if end is not None:
        _name(
            canvas, end_said(curve), frame.line(end.alive), frame.column(end.months) + 2
        )
    return canvas


def _draw(
    canvas: list[list[_Cell]],
    curve: DrawnCurve,
    end: CurvePoint,
    frame: _Frame,
    marks: Marks,
) -> None:
    """Draw a curve with its band, up to its end."""
    before: int | None = None
    for column in range(frame.column(end.months) + 1):
        at = curve.at(min(frame.months(column), end.months)) or end
        half = frame.half(at.alive)
        line, lower = divmod(half, 2)
        for place in range(frame.line(at.high), frame.line(at.low) + 1):
            canvas[place][column] = _Cell(marks.band, "band")
        canvas[line][column] = _Cell(marks.lower if lower else marks.line, "curve")
        if before is not None and half > before + 1:  # too far down to be seen as one
            first, from_lower = divmod(before, 2)
            for place in range(first + 1, line + lower):
                canvas[place][column] = _Cell(marks.down, "curve")
            if not from_lower:
                canvas[first][column] = _Cell(marks.corner, "curve")
            if not lower:
                canvas[line][column] = _Cell(marks.turn, "curve")
        before = half


def _name(
    canvas: list[list[_Cell]], texts: tuple[str, ...], line: int, column: int
) -> None:
    """Write at a curve's end what it comes to, where it hides no study."""
    size, last = max(map(len, texts)), len(canvas) - len(texts)
    lines = sorted(range(last + 1), key=lambda one: (abs(one - line), -one))
    first = next(
        (
            one
            for one in lines
            if not any(
                item.part == "study"
                for row in canvas[one : one + len(texts)]
                for item in row[column - 1 : column + size]
            )
        ),
        min(line, last),
    )
    for row, text in zip(canvas[first:], texts, strict=False):
        row.extend([_Cell()] * (column + len(text) - len(row)))
        row[column : column + len(text)] = [_Cell(one, "label") for one in text]


def _below(
    curve: DrawnCurve, plot: CurvePlot, frame: _Frame, marks: Marks
) -> Iterator[str]:
    """Yield the axis of time, and what the curve comes to at its marks."""
    texts, places = {}, {}
    for months, label in plot.ticks:
        at = curve.at(months) if months else None
        texts[months] = (label, *(_numbers(at, marks) if at else ("", "")))
        starts = [frame.column(months) - len(text) // 2 for text in texts[months]]
        places[months] = [
            (start, start + len(text)) if text else None
            for start, text in zip(starts, texts[months], strict=True)
        ]
    axis, rows = [marks.ground] * frame.width, ["", "", ""]
    for months in fitting(places, gap=1):
        axis[frame.column(months)] = marks.tick
        for line, extent in enumerate(places[months]):
            if extent:
                start = GUTTER + int(extent[0])
                rows[line] = f"{rows[line]:<{start}}{texts[months][line]}"
    yield f"{'':>{GUTTER - 1}}{marks.foot}{''.join(axis)}"
    names = "months" if plot.in_months else "years", ALIVE, INTERVAL
    start = max(GUTTER + frame.width + 2, *map(len, rows)) + 2
    for row, name in zip(rows, names, strict=True):
        if row:
            yield f"{row:<{start}}{name}"


def _numbers(at: CurvePoint, marks: Marks) -> tuple[str, str]:
    """Return how many of 100 are alive, and between which numbers that lies."""
    return percent(at.alive), f"{percent(at.low)}{marks.to}{percent(at.high)}"


def _legend(
    plot: CurvePlot, drawn: list[DrawnCurve], frame: _Frame, marks: Marks
) -> str:
    """Return what the marks stand for."""
    said = []
    if any(one.points for one in drawn):
        said += [f"{marks.line * 2}{_UNBROKEN}{CURVE}"]
        said += [f"{marks.band * 2}{_UNBROKEN}{BAND}"]
    said += [f"{marks.pooled[kind]}{_UNBROKEN}{told}" for kind, told in plot.legend]
    hollow = dict.fromkeys(
        marks.hollow[one.kind] for c in drawn for one in c.studies if not one.pooled
    )
    said += [_UNBROKEN.join((*hollow, HOLLOW))] if hollow else []
    places = [
        {(frame.line(one.alive), frame.column(one.months)) for one in curve.studies}
        for curve in drawn
    ]
    if sum(map(len, places)) < sum(len(curve.studies) for curve in drawn):
        said.append("the largest where several lie on one place")
    return ", ".join(said)
