"""Pictures as inline SVG for a page: survival over time, and one line of a forest plot.

Curves take the page's letters and colours: ``--c``, ``--ct`` and ``--paper`` where a
style sheet sets them, by the classes ``t0`` to ``t5``, and colours of their own
elsewhere. A line of a forest plot stands in a cell of a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from lupus_evidence.documents.curve import BAND, CURVE, HOLLOW, NEW
from lupus_evidence.documents.plot import RATES, PlotLine, Scale
from lupus_evidence.documents.text import capital, cell, number, percent
from lupus_evidence.vocabulary.colours import ON_WHITE
from lupus_evidence.writers.curve_labels import (
    curve_description,
    end_said,
    fitting,
    label_places,
    study_said,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.documents.curve import (
        CurvePlot,
        CurvePoint,
        DrawnCurve,
        PointKind,
        StudyPoint,
    )


#: The picture's own units; its letters can be read where it is as wide as a telephone.
WIDTH, LEFT, TOP, TALL = 400.0, 34.0, 10.0, 190.0
#: Height of its letters, large and small, and how wide one of them is on average.
SIZE, SMALL, LETTER = 12.0, 10.5, 0.58
#: From the axis of time to its numbers, to its name and to the first line below.
NUMBERS, NAME, BELOW = 14.0, 29.0, 47.0
#: From one line below to the next, and from one therapy to the next.
LINE, GAP = 13.0, 5.0
#: From a curve's end to its label.
BESIDE = 8.0
#: How wide the picture is where nothing makes it narrower.
SHOWN = 560
#: Points of a curve that are drawn.
MOST = 60
#: Proportion by which a point may lie beside a line and is still on it: half a pixel.
STRAIGHT = 0.002
#: Where the upright axis has a mark.
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)

#: How curves are drawn, so that they differ without colour.
DASHES = ("", "7 2.5", "6 2 1.5 2", "1.5 2", "10 3")
#: Half the size of a study's mark, of the fewest and the most people.
LEAST_HALF, MOST_HALF = 2.2, 5.5

#: What stands for studies' marks in words: those in the curve, and the others.
SIGNS: dict[PointKind, tuple[str, str]] = {
    "counted": ("●", "○"),
    "estimated": ("◆", "◇"),
    "over-follow-up": ("▲", "△"),
    "early-deaths": ("■", "□"),
}


@dataclass(frozen=True)
class _Frame:
    """Where the axis of time ends, in units and in months."""

    right: float
    last: float

    def x(self, months: float) -> float:
        """Return the place of a time."""
        return LEFT + months / self.last * (self.right - LEFT)

    def y(self, share: float) -> float:
        """Return the place of a proportion."""
        return TOP + (1 - share) * TALL


def curve_svg(plot: CurvePlot) -> str:
    """Return a picture drawn to scale, with all of it in words for who cannot see it.

    Parameters
    ----------
    plot : CurvePlot
        The picture; its caption, notes and `curve_legend` stand elsewhere.
    """
    labels = [text for curve in plot.curves for text in end_said(curve)]
    wide = max([*(len(text) * SIZE * LETTER for text in labels), 52.0])
    frame = _Frame(WIDTH - wide - BESIDE - 2, plot.last)
    drawn = [curve for curve in plot.curves if curve.points]
    foot = TOP + TALL + BELOW
    below = [
        _below(curve, plot, frame, foot + place * (2 * LINE + GAP))
        for place, curve in enumerate(drawn)
    ]
    height = foot + len(drawn) * (2 * LINE + GAP) - (LINE if drawn else GAP)
    curves = [_curve(one, frame, place) for place, one in enumerate(plot.curves)]
    return (
        f'<svg class="curve" role="img" viewBox="0 0 {number(WIDTH)} {number(height)}" '
        f'width="{SHOWN}" height="{number(height / WIDTH * SHOWN)}" '
        f'font-size="{number(SIZE)}" fill="currentColor">'
        f"<title>{escape(cell(plot.title))}</title>"
        f"<desc>{escape(curve_description(plot))}</desc>"
        f"{_axes(plot, frame)}{''.join(curves)}{_labels(plot, frame, wide)}"
        f"{_studies(plot, frame)}{''.join(below)}</svg>"
    )


def curve_legend(plot: CurvePlot) -> str:
    """Return what the marks stand for, and which therapies have no curve, as text.

    Parameters
    ----------
    plot : CurvePlot
        The picture.
    """
    said = []
    if any(curve.points for curve in plot.curves):
        said += [f"Line: {CURVE}", f"shaded: {BAND}", f"dotted: {NEW}"]
    said += [f"{SIGNS[kind][0]} {meaning}" for kind, meaning in plot.legend]
    said += ["larger: more people"] if plot.legend else []
    hollow = dict.fromkeys(
        SIGNS[study.kind][1]
        for curve in plot.curves
        for study in curve.studies
        if not study.pooled
    )
    said += [f"{' '.join(hollow)} {HOLLOW}"] if hollow else []
    silent = [
        f"{capital(curve.name)}: no curve, {curve.why_none}."
        for curve in plot.curves
        if not curve.points
    ]
    return cell(" ".join([f"{'; '.join(said)}.", *silent]))


def _axes(plot: CurvePlot, frame: _Frame) -> str:
    """Return both axes with their grid, numbers and names."""
    ground, right = number(frame.y(0)), number(frame.right)
    grid = "".join(f"M{number(LEFT)} {number(frame.y(one))}H{right}" for one in SHARES)
    ticks = "".join(f"M{number(frame.x(one))} {ground}v4" for one, _ in plot.ticks)
    upright = [
        _text(LEFT - 5, frame.y(share) + 4, percent(share), "end") for share in SHARES
    ]
    level = [
        _text(frame.x(months), frame.y(0) + NUMBERS + 2, text, "middle")
        for months, text in plot.ticks
    ]
    middle = number(frame.y(0.5))
    turned = f' transform="rotate(-90 9 {middle})"'
    return (
        f'<path class="grid" stroke="currentColor" stroke-opacity=".2" d="{grid}"/>'
        '<path class="axis" stroke="currentColor" stroke-opacity=".6" fill="none" '
        f'd="M{number(LEFT)} {number(TOP)}V{ground}H{right}{ticks}"/>'
        f'<g fill-opacity=".75">{"".join(upright)}{"".join(level)}'
        f"{_text((LEFT + frame.right) / 2, frame.y(0) + NAME, plot.time, 'middle')}"
        f"{_text(9, frame.y(0.5), plot.measured, 'middle', turned)}</g>"
    )


def _text(x: float, y: float, text: str, anchor: str, more: str = "") -> str:
    """Return one text."""
    side = f' text-anchor="{anchor}"' if anchor else ""
    place = f'x="{number(x)}" y="{number(y)}"'
    return f"<text {place}{side}{more}>{escape(cell(text))}</text>"


def _colour(curve: DrawnCurve, name: str = "c") -> str:
    """Return a therapy's colour: the page's, or its own."""
    return f"var(--{name},{ON_WHITE[curve.colour]})"


def thinned(points: Sequence[CurvePoint], most: int = MOST) -> Sequence[CurvePoint]:
    """Return the points that a curve needs to look the same, its ends among them.

    Parameters
    ----------
    points : sequence of CurvePoint
        Of a curve.
    most : int
        How many there may be.
    """
    kept = _needed(points)
    last = len(kept) - 1
    if last < most:
        return kept
    return [kept[place * last // (most - 1)] for place in range(most)]


def _needed(points: Sequence[CurvePoint]) -> Sequence[CurvePoint]:
    """Return points without those that lie on a straight line between the others."""
    if not points[2:]:
        return points
    first, last = points[0], points[-1]
    span = last.months - first.months or 1.0

    def off(place: int) -> float:
        point = points[place]
        share = (point.months - first.months) / span
        return max(
            abs(here - (1 - share) * before - share * after)
            for here, before, after in zip(
                _shares(point), _shares(first), _shares(last), strict=True
            )
        )

    farthest = max(range(1, len(points) - 1), key=off)
    if off(farthest) <= STRAIGHT:
        return first, last
    before, after = _needed(points[: farthest + 1]), _needed(points[farthest:])
    return [*before, *after[1:]]


def _shares(point: CurvePoint) -> tuple[float, ...]:
    """Return all that is drawn of a point."""
    return point.alive, point.low, point.high, point.new_low, point.new_high


def _curve(curve: DrawnCurve, frame: _Frame, place: int) -> str:
    """Return a curve, its band, and where a new centre would lie."""
    points = thinned(curve.points)
    if not points:
        return ""

    def path(shares: Sequence[tuple[float, float]]) -> str:
        return "L".join(f"{number(frame.x(x))} {number(frame.y(y))}" for x, y in shares)

    low = path([(one.months, one.low) for one in points])
    high = path([(one.months, one.high) for one in reversed(points)])
    new = "M".join(
        (
            path([(one.months, one.new_low) for one in points]),
            path([(one.months, one.new_high) for one in points]),
        )
    )
    alive = path([(one.months, one.alive) for one in points])
    dashes = DASHES[place % len(DASHES)]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    colour = _colour(curve)
    return (
        f'<g class="t{curve.colour}">'
        f'<path class="band" fill="{colour}" fill-opacity=".2" d="M{low}L{high}z"/>'
        f'<path class="new" stroke="{colour}" fill="none" stroke-dasharray="1 3" '
        f'd="M{new}"/>'
        f'<path class="typical" stroke="{colour}" stroke-width="2.2" fill="none"'
        f'{dashed} d="M{alive}"/></g>'
    )


def _studies(plot: CurvePlot, frame: _Frame) -> str:
    """Return studies' own points, those of the most people first."""
    most = max((s.people for c in plot.curves for s in c.studies), default=1.0) or 1.0
    return "".join(
        _study(study, curve, plot, frame, most)
        for curve in plot.curves
        for study in sorted(curve.studies, key=lambda one: -one.people)
    )


def _study(
    study: StudyPoint, curve: DrawnCurve, plot: CurvePlot, frame: _Frame, most: float
) -> str:
    """Return a study's own point: hollow where its people are in another study."""
    wanted = LEAST_HALF + (MOST_HALF - LEAST_HALF) * (study.people / most) ** 0.5
    half = float(number(wanted))  # twice as written is what is written, or no circle
    x, y, size = frame.x(study.months), frame.y(study.alive), number(half)
    double, tall = number(2 * half), 1.2 * half
    shape = {
        "counted": f"M{number(x - half)} {number(y)}a{size} {size} 0 1 1 {double} 0"
        f"a{size} {size} 0 1 1 -{double} 0z",
        "estimated": f"M{number(x)} {number(y - tall)}l{size} {number(tall)}"
        f"l-{size} {number(tall)}l-{size} -{number(tall)}z",
        "over-follow-up": f"M{number(x)} {number(y - half)}l{size} {double}h-{double}z",
        "early-deaths": f"M{number(x - half)} {number(y - half)}h{double}v{double}"
        f"h-{double}z",
    }[study.kind]
    paper, colour = "var(--paper,Canvas)", _colour(curve)
    fill, stroke = (colour, paper) if study.pooled else (paper, colour)
    return (
        f'<path class="t{curve.colour}" fill="{fill}" stroke="{stroke}" d="{shape}">'
        f"<title>{escape(cell(study_said(study, plot)))}</title></path>"
    )


def _labels(plot: CurvePlot, frame: _Frame, wide: float) -> str:
    """Return at each curve's end what it comes to."""
    tall = SIZE + LINE
    months = (wide + BESIDE) * frame.last / (frame.right - LEFT)
    places = label_places(plot, months, tall / TALL)
    return "".join(_label(curve, frame, places) for curve in plot.curves)


def _label(curve: DrawnCurve, frame: _Frame, places: dict[str, float]) -> str:
    """Return what stands at a curve's end; a short line leads to it where it is off."""
    end = curve.end
    if end is None:
        return ""
    x, y = frame.x(end.months), frame.y(end.alive)
    middle = frame.y(places[curve.therapy])
    head, ends = end_said(curve)
    line = ""
    if abs(middle - y) > SIZE / 2:
        to = f"M{number(x)} {number(y)}L{number(x + BESIDE - 2)} {number(middle)}"
        line = f'<path stroke="{_colour(curve)}" fill="none" d="{to}"/>'
    halo = ' stroke="var(--paper,Canvas)" stroke-width="3" paint-order="stroke"'
    bold = f'{halo} font-weight="700"'
    small = f'{halo} font-size="{number(SMALL)}"'
    return (
        f'<g class="t{curve.colour}">{line}<g fill="{_colour(curve, "ct")}">'
        f"{_text(x + BESIDE, middle - 1, head, '', bold)}"
        f"{_text(x + BESIDE, middle + SMALL, ends, '', small)}</g></g>"
    )


def _below(curve: DrawnCurve, plot: CurvePlot, frame: _Frame, top: float) -> str:
    """Return what a curve comes to at the marks of time, and its therapy."""
    places, texts = {}, {}
    for months, _ in plot.ticks:
        at = curve.at(months) if months else None
        if at is not None:
            texts[months] = percent(at.alive), f"{percent(at.low)}–{percent(at.high)}"
            half = len(texts[months][1]) * SMALL * LETTER / 2
            middle = frame.x(months)
            places[months] = [(middle - half, middle + half)]
    kept = fitting(places, 3)
    x = frame.right + 6 + (SMALL * LETTER * 2.5 if kept else 0)
    small = f' font-size="{number(SMALL)}"'
    name = _text(x, top, curve.therapy, "", ' font-weight="700"') if kept else ""
    return (
        f'<g class="t{curve.colour}"><g fill="{_colour(curve, "ct")}" '
        f'font-weight="700">{"".join(_numbers(frame, texts, kept, top, 0))}{name}</g>'
        f"<g{small}>{''.join(_numbers(frame, texts, kept, top + LINE, 1))}</g></g>"
    )


def _numbers(
    frame: _Frame,
    texts: dict[float, tuple[str, str]],
    kept: Sequence[float],
    y: float,
    place: int,
) -> Iterator[str]:
    """Yield one line of numbers below the axis."""
    for months in kept:
        yield _text(frame.x(months), y, texts[months][place], "middle")


#: Width of the axis and half the height of a line, in the picture's own units.
AXIS, MIDDLE = 200.0, 10.0
#: Half the side of a study's square without and with all the information.
SQUARE_MIN, SQUARE_MAX = 2.5, 6.0


def interval_svg(line: PlotLine, colour: str = "", scale: Scale = RATES) -> str:
    """Return a line's interval drawn to scale; empty where there is none.

    Parameters
    ----------
    line : PlotLine
        The line.
    colour : str
        Of the therapy, where no style sheet colours the picture by its classes.
    scale : Scale
        What its axis stands for.
    """
    if line.ends is None:
        return ""
    label, people, rate, _ = line.texts
    says = f"{label}: {', '.join(filter(None, (people, rate)))}"
    grid = "".join(_upright(place) for place, _ in scale.ticks)
    zero = ""
    if scale.zero is not None:
        style = _stroke("#5b6470", colour)
        zero = f'<path class="zero"{style} d="{_upright(scale.zero)}"/>'
    return (
        f'<svg class="iv" viewBox="-7 0 214 20"{_size(20, colour)} aria-hidden="true">'
        f"<title>{escape(says)}</title>"
        f'<path class="grid"{_stroke("#c9ced6", colour)} d="{grid}"/>'
        f"{zero}{_drawn(line, colour)}</svg>"
    )


def axis_svg(colour: str = "", scale: Scale = RATES) -> str:
    """Return the numbers of the axis, to stand above such pictures.

    Parameters
    ----------
    colour : str
        Of the numbers, where no style sheet sets them.
    scale : Scale
        What the axis stands for.
    """
    style = f' font-size="10.5" text-anchor="middle" fill="{colour}"' if colour else ""
    numbers = "".join(
        f'<text x="{number(place * AXIS)}" y="10"{style}>{escape(text)}</text>'
        for place, text in scale.ticks
    )
    # a number with a sign is wider than what stands beside the axis
    beyond = ' overflow="visible"' if scale.zero is not None else ""
    return (
        f'<svg class="iv" viewBox="-7 0 214 12"{_size(12, colour)}{beyond} '
        'aria-hidden="true">'
        f"{numbers}</svg>"
    )


def _upright(place: float) -> str:
    """Return a line from top to bottom."""
    return f"M{number(place * AXIS)} 0V{number(2 * MIDDLE)}"


def _size(height: int, colour: str) -> str:
    """Return the size of a picture that no style sheet gives one."""
    return f' width="214" height="{height}"' if colour else ""


def _stroke(value: str, colour: str, more: str = "") -> str:
    """Return how a line is drawn that no style sheet draws."""
    return f' stroke="{value}" fill="none"{more}' if colour else ""


def _drawn(line: PlotLine, colour: str) -> str:
    """Return the shapes of one line."""
    low, high = (number(end * AXIS) for end in line.ends or (0.0, 1.0))
    fill = f' fill="{colour}"' if colour else ""
    point = None if line.point is None else line.point * AXIS
    if line.kind == "study":
        bar = f'<path class="bar"{_stroke("#1b1f24", colour)} d="M{low} 10H{high}"/>'
        return bar + (_square(point, line, fill) if point is not None else "")
    if line.kind == "prediction":
        style = _stroke(colour, colour, ' stroke-dasharray="2 2"')
        ends = f"M{low} 10H{high}M{low} 6v8M{high} 6v8"
        return f'<path class="new"{style} d="{ends}"/>'
    if point is None:
        style = _stroke(colour, colour, ' stroke-width="6"')
        return f'<path class="wide"{style} d="M{low} 10H{high}"/>'
    middle = number(point)
    ends = f"M{low} 10L{middle} 4L{high} 10L{middle} 16z"
    return f'<path class="fill"{fill} d="{ends}"/>'


def _square(point: float, line: PlotLine, fill: str) -> str:
    """Return a study's square: its area grows with its share of the information."""
    share = line.weight.value if line.weight else 1.0
    half = SQUARE_MIN + (SQUARE_MAX - SQUARE_MIN) * share**0.5
    side = number(2 * half)
    return (
        f'<rect class="fill"{fill} x="{number(point - half)}" '
        f'y="{number(MIDDLE - half)}" width="{side}" height="{side}"/>'
    )
