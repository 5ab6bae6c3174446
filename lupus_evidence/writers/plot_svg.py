"""One line of a picture as inline SVG, for a cell of a table on a page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from lupus_evidence.plot import RATES
from lupus_evidence.text import number

if TYPE_CHECKING:
    from lupus_evidence.plot import PlotLine, Scale

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
