"""Drawing survival over time as a figure: curves, and below them who was watched."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from lupus_evidence.documents.curve import BAND, CURVE, HOLLOW, NEW
from lupus_evidence.documents.text import capital, cell, percent, rounded, visible
from lupus_evidence.vocabulary.colours import ON_WHITE
from lupus_evidence.writers.curve_labels import (
    end_said,
    fitting,
    label_places,
    single_said,
)
from lupus_evidence.writers.plot_figure import (
    GREY,
    HEIGHTS,
    INDENT,
    LABEL,
    MARGIN,
    NOTE_LETTERS,
    NOTE_SIZE,
    RULE,
    SMALL_LETTERS,
    SMALL_SIZE,
    TITLE_SIZE,
    WEIGHT,
    blank_sheet,
    set_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lupus_evidence.documents.curve import (
        CurvePlot,
        CurveRow,
        DrawnCurve,
        PointKind,
        StudyPoint,
    )


#: Inches: where the axis of time begins, and how tall the upright axis is.
LEFT, TALL = 1.42, 2.75
#: Inches from the axis of time to its numbers, its name and what stands below.
NUMBERS, NAME, BELOW = 0.14, 0.30, 0.44
#: Inches from one line of the table to the next, and between two therapies.
LINE, GAP = 0.145, 0.07
#: Inches that a label at a curve's end takes, each of its letters, from the end to it.
LABEL_TALL, LABEL_LETTER, BESIDE = 0.26, 0.07, 0.1
#: Inches that a letter of the table takes, and that two of its texts stand apart.
LETTER, APART = 0.058, 0.06

#: Where the upright axis has a mark.
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)

#: How curves are drawn, so that they differ without colour.
DASHES = ("-", (0, (6, 1.6)), (0, (5, 1.5, 1, 1.5)), (0, (1, 1)), (0, (9, 2)))
#: Marks of studies by kind, and what they are called.
SHAPES: dict[PointKind, tuple[str, str]] = {
    "counted": ("o", "Circle"),
    "estimated": ("D", "Diamond"),
    "over-follow-up": ("^", "Triangle"),
    "early-deaths": ("s", "Square"),
}
#: Area of a study's mark in square points, of the fewest and the most people.
LEAST_AREA, MOST_AREA = 9.0, 70.0


@dataclass(frozen=True)
class _Frame:
    """The axes in inches.

    Parameters
    ----------
    top : float
        Of the upright one.
    right : float
        Where the axis of time ends.
    last : float
        Months there.
    """

    top: float
    right: float
    last: float

    def across(self, months: float) -> float:
        """Return the place of a time."""
        return LEFT + months / self.last * (self.right - LEFT)

    def down(self, share: float) -> float:
        """Return the place of a proportion."""
        return self.top + (1 - share) * TALL


def drawn_curve(plot: CurvePlot, *, notes: bool = True) -> Figure:
    """Return the figure of a picture.

    Parameters
    ----------
    plot : CurvePlot
        The picture.
    notes : bool
        Whether anything stands below the table.
    """
    titles = wrap(visible(plot.title), NOTE_LETTERS + 20)
    foot = list(_foot(plot)) if notes else []
    top = MARGIN + len(titles) * HEIGHTS["title"] + 0.08
    tabled = [curve for curve in plot.curves if _shown(curve, plot)]
    table = sum(3 * LINE + HEIGHTS["line"] + GAP for _ in tabled)
    height = top + TALL + BELOW + table + len(foot) * HEIGHTS["small"] + 2 * MARGIN
    figure, axes = blank_sheet(height)
    for place, text in enumerate(titles):
        y = MARGIN + (place + 0.5) * HEIGHTS["title"]
        set_text(axes, LABEL, y, text, size=TITLE_SIZE, weight="bold")
    frame = _Frame(top, WEIGHT - BESIDE - _label_wide(plot), plot.last)
    _axes(axes, plot, frame)
    for place, curve in enumerate(plot.curves):
        _curve(axes, curve, frame, place)
    most = max((s.people for c in plot.curves for s in c.studies), default=1.0)
    for curve in plot.curves:
        for study in sorted(curve.studies, key=lambda one: -one.people):
            _study(axes, study, ON_WHITE[curve.colour], frame, most)
    _labels(axes, plot, frame)
    y = top + TALL + BELOW
    for curve in tabled:
        y = _table(axes, curve, plot, frame, y)
    for place, text in enumerate(foot):
        line = y + MARGIN + (place + 0.5) * HEIGHTS["small"]
        set_text(axes, LABEL, line, text, size=SMALL_SIZE, colour=GREY)
    return figure


def _axes(axes: Axes, plot: CurvePlot, frame: _Frame) -> None:
    """Draw both axes with their grid and their names."""
    ground = frame.down(0)
    for share in SHARES:
        y = frame.down(share)
        axes.plot([LEFT, frame.right], [y, y], color=RULE, lw=0.5, zorder=0)
        _note(axes, LEFT - 0.08, y, percent(share), "right")
    for months, text in plot.ticks:
        x = frame.across(months)
        axes.plot([x, x], [ground, ground + 0.05], color=GREY, lw=0.7, zorder=1)
        _note(axes, x, ground + NUMBERS, text, "center")
    for xs, ys in (
        ([LEFT, frame.right], [ground, ground]),
        ([LEFT, LEFT], [ground, frame.down(1)]),
    ):
        axes.plot(xs, ys, color=GREY, lw=0.7, zorder=1)
    _note(axes, (LEFT + frame.right) / 2, ground + NAME, capital(plot.time), "center")
    x, y, name = LEFT - 0.42, (ground + frame.down(1)) / 2, visible(plot.measured)
    set_text(axes, x, y, name, size=NOTE_SIZE, colour=GREY, align="center", rotation=90)


def _note(axes: Axes, x: float, y: float, text: str, align: str) -> None:
    """Set a text of an axis."""
    set_text(axes, x, y, text, size=NOTE_SIZE, colour=GREY, align=align)


def _curve(axes: Axes, curve: DrawnCurve, frame: _Frame, place: int) -> None:
    """Draw a curve, its band, and where a new centre would lie."""
    if not curve.points:
        return
    colour = ON_WHITE[curve.colour]
    xs = [frame.across(point.months) for point in curve.points]

    def ys(name: str) -> list[float]:
        return [frame.down(getattr(point, name)) for point in curve.points]

    axes.fill_between(xs, ys("low"), ys("high"), color=colour, alpha=0.16, lw=0)
    for name in ("new_low", "new_high"):
        axes.plot(xs, ys(name), color=colour, lw=0.7, ls=(0, (1, 2)), zorder=2)
    style = DASHES[place % len(DASHES)]
    axes.plot(xs, ys("alive"), color=colour, lw=1.7, ls=style, zorder=3)


def _study(
    axes: Axes, study: StudyPoint, colour: str, frame: _Frame, most: float
) -> None:
    """Draw a study's own point: hollow where its people are in another study."""
    axes.scatter(
        [frame.across(study.months)],
        [frame.down(study.alive)],
        s=LEAST_AREA + (MOST_AREA - LEAST_AREA) * study.people / (most or 1.0),
        marker=SHAPES[study.kind][0],
        facecolor=colour if study.pooled else "white",
        edgecolor="white" if study.pooled else colour,
        lw=0.6 if study.pooled else 0.9,
        zorder=4,
    )


def _label_wide(plot: CurvePlot) -> float:
    """Return the inches that the widest label at a curve's end takes."""
    texts = (text for curve in plot.curves for text in end_said(curve))
    return max(map(len, texts), default=0) * LABEL_LETTER


def _labels(axes: Axes, plot: CurvePlot, frame: _Frame) -> None:
    """Set at each curve's end what it comes to."""
    wide = (BESIDE + _label_wide(plot)) * frame.last / (frame.right - LEFT)
    places = label_places(plot, wide, LABEL_TALL / TALL)
    for curve in plot.curves:
        end = curve.end
        if end is None:
            continue
        colour = ON_WHITE[curve.colour]
        x, y = frame.across(end.months), frame.down(end.alive)
        middle = frame.down(places[curve.therapy])
        if abs(middle - y) > LABEL_TALL / 4:
            line = [x, x + BESIDE * 0.8], [y, middle]
            axes.plot(*line, color=colour, lw=0.6, zorder=3)
        head, ends = end_said(curve)
        left = x + BESIDE
        set_text(axes, left, middle - 0.05, head, weight="bold", colour=colour)
        below = middle + 0.075
        set_text(axes, left, below, ends, size=NOTE_SIZE, colour=colour)


def _shown(curve: DrawnCurve, plot: CurvePlot) -> list[CurveRow]:
    """Return the rows that say something at a mark of the axis of time."""
    marked = {months for months, _ in plot.ticks}
    return [
        row for row in curve.rows if row.months in marked and (row.alive or row.single)
    ]


def _table(
    axes: Axes, curve: DrawnCurve, plot: CurvePlot, frame: _Frame, top: float
) -> float:
    """Set a therapy's numbers below its times, and return where they end."""
    y = top + HEIGHTS["line"] / 2
    axes.plot([LABEL, WEIGHT], [top, top], color=RULE, lw=0.5)
    name = capital(visible(curve.name))
    set_text(axes, LABEL, y, name, weight="bold", colour=ON_WHITE[curve.colour])
    names = _short(plot.measured), BAND, "people watched"
    rows = {row.months: row for row in _shown(curve, plot)}
    texts = {months: _texts(row, curve) for months, row in rows.items()}
    kept = fitting(
        {months: _extents(own, frame.across(months)) for months, own in texts.items()},
        APART,
    )
    for place, label in enumerate(names):
        line = y + HEIGHTS["line"] / 2 + (place + 0.5) * LINE
        set_text(axes, INDENT, line, label, size=NOTE_SIZE, colour=GREY)
        for months in kept:
            weight = "bold" if not place and rows[months].alive else "normal"
            set_text(
                axes,
                frame.across(months),
                line,
                texts[months][place],
                size=NOTE_SIZE,
                weight=weight,
                align="center",
            )
    return top + HEIGHTS["line"] + 3 * LINE + GAP


def _short(measured: str) -> str:
    """Return the name of the upright axis in fewer words: "alive, of 100"."""
    text = measured.removesuffix(" people")
    return visible(text[:1].lower() + text[1:])


def _texts(row: CurveRow, curve: DrawnCurve) -> tuple[str, str, str]:
    """Return what stands below a time: people alive, the interval, people watched."""
    watched = rounded(row.people)
    rate = row.alive
    if rate is not None and rate.estimate is not None:
        ends = ""
        if rate.low is not None and rate.high is not None:
            ends = f"{percent(rate.low)}–{percent(rate.high)}"
        return percent(rate.estimate), ends, watched
    return single_said(row, curve), "one study", watched


def _extents(texts: Sequence[str], middle: float) -> list[tuple[float, float] | None]:
    """Return where texts below a time begin and end."""
    halves = (len(text) * LETTER / 2 for text in texts)
    return [(middle - half, middle + half) if half else None for half in halves]


def _foot(plot: CurvePlot) -> Iterator[str]:
    """Yield what the marks mean, who has no curve, and what a reader must know."""
    marks = []
    if any(curve.points for curve in plot.curves):
        marks += [f"Line: {CURVE}.", f"Band: {BAND}.", f"Dotted: {NEW}."]
    marks += [f"{SHAPES[kind][1]}: {meaning}." for kind, meaning in plot.legend]
    marks += ["Larger: more people."] if plot.legend else []
    marks += [f"Hollow: {HOLLOW}."] if plot.has_hollow else []
    silent = (
        f"{capital(curve.name)}: no curve, {curve.why_none}."
        for curve in plot.curves
        if not curve.points
    )
    for text in (" ".join(marks), *silent, plot.caption, plot.footer):
        yield from wrap(cell(text) if text else "", SMALL_LETTERS)
