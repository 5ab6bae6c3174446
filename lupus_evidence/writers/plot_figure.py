"""Drawing a figure: columns of text with intervals to scale between them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from lupus_evidence.documents.plot import LIGHTS
from lupus_evidence.documents.text import capital, visible
from lupus_evidence.vocabulary.colours import ON_WHITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lupus_evidence.documents.plot import LineKind, Plot, PlotGroup, PlotLine, Scale


Style = Literal[
    "title", "panel", "head", "axis", "group", "line", "note", "small", "gap"
]

#: Inches: two columns of most journals, 18 cm.
WIDTH = 7.1
MARGIN = 0.12
#: Inches from one line to the next, by style.
HEIGHTS: dict[Style, float] = {
    "title": 0.25,
    "panel": 0.34,
    "head": 0.24,
    "axis": 0.44,
    "group": 0.26,
    "line": 0.20,
    "note": 0.17,
    "small": 0.135,
    "gap": 0.16,
}
#: Inches from the left edge of the figure: text columns and the ends of the axis.
LABEL, INDENT, PEOPLE, RATE, WEIGHT = 0.12, 0.24, 2.45, 2.62, 6.98
#: Where two groups stand in each line, they need more room.
BOTH_PEOPLE, BOTH_RATE = 2.87, 3.0
AXIS_LEFT, AXIS_RIGHT = 4.05, 6.45
#: Where lights stand at the right, the axis and the shares make room for them.
LIT_AXIS_RIGHT, LIT_WEIGHT, LIGHT = 6.1, 6.6, 6.84
#: Points.
TITLE_SIZE, PANEL_SIZE, TEXT_SIZE, NOTE_SIZE, SMALL_SIZE = 9.5, 8.4, 7.8, 6.8, 5.9
#: Characters that fit: in the column of labels, left of the axis, across the figure.
LABEL_LETTERS, NOTE_LETTERS, SMALL_LETTERS = 26, 66, 138
GROUP_LETTERS = 56

INK, GREY, RULE = "#1b1f24", "#5b6470", "#c9ced6"

#: Area of a study's square in square points, without and with all the information.
SQUARE_MIN, SQUARE_MAX = 9.0, 60.0
#: Area of a light in square points.
ROUND = 78.0
#: Inches by which a sign is set lower, so that it stands in the middle of its light.
SIGN_DOWN = 0.011
#: Half the height of a diamond in inches.
DIAMOND = 0.065

#: What marks are called where they are drawn.
_MARKS: dict[LineKind, str] = {
    "study": "Square",
    "pooled": "Diamond",
    "bound": "Bar",
    "prediction": "Dotted",
}


@dataclass(frozen=True)
class Places:
    """Where the columns of a picture stand, in inches from the left.

    Parameters
    ----------
    people, rate, right, weight : float
        Where people end, numbers begin, the axis ends and shares end.
    light : float or None
        Middle of the lights; None where there are none.
    """

    people: float
    rate: float
    right: float
    weight: float
    light: float | None

    def across(self, share: float) -> float:
        """Return the place of a proportion on the axis."""
        return AXIS_LEFT + share * (self.right - AXIS_LEFT)


@dataclass(frozen=True)
class SheetLine:
    """One line of the figure.

    Parameters
    ----------
    style : str
        How it is set.
    text : str
        Its text, where it is not a line of the picture.
    drawn : PlotLine or None
        The line of the picture.
    colour : str
        Of the therapy.
    """

    style: Style
    text: str = ""
    drawn: PlotLine | None = None
    colour: str = INK


def drawn_figure(plots: Sequence[Plot], *, notes: bool = True) -> Figure:
    """Return a figure of pictures, one below the other.

    Parameters
    ----------
    plots : sequence of Plot
        The pictures; the title of the first is the figure's.
    notes : bool
        Whether anything stands below an axis.
    """
    lines = tuple(
        (plot, line)
        for place, plot in enumerate(plots)
        for line in _sheet(plot, first=not place, notes=notes)
    )
    height = sum(HEIGHTS[line.style] for _, line in lines) + 2 * MARGIN
    figure, axes = blank_sheet(height)
    top = start = MARGIN
    lit = any(plot.bias for plot in plots)  # one axis for all that stands on a sheet
    for plot, line in lines:
        places = _places(plot, lit=lit)
        bottom = top + HEIGHTS[line.style]
        if line.style == "head":
            start = bottom  # one grid through all panels
        if line.style == "axis":
            _axis(axes, plot.scale, start, top, places)
        _draw(axes, line, plot, (top + bottom) / 2, places)
        top = bottom
    return figure


def blank_sheet(height: float) -> tuple[Figure, Axes]:
    """Return an empty figure, and axes whose unit is one inch from its top left corner.

    Parameters
    ----------
    height : float
        Inches.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def _sheet(plot: Plot, *, first: bool, notes: bool) -> Iterator[SheetLine]:
    """Yield a picture's lines from top to bottom."""
    if not first:
        yield SheetLine("gap")
    elif plot.title:
        for text in wrap(plot.title, NOTE_LETTERS + 20):
            yield SheetLine("title", text)
    if not plot.panels:
        yield SheetLine("panel", "No study gives a figure for this.")
    else:
        yield SheetLine("head", "Share" if any(x.weight for x in plot.lines) else "")
        for panel in plot.panels:
            if panel.title:
                yield SheetLine("panel", panel.title)
            for group in panel.groups:
                yield from _group(group)
        yield SheetLine("axis")
    if notes:
        yield from _foot(plot)


def _group(group: PlotGroup) -> Iterator[SheetLine]:
    """Yield a therapy's lines."""
    colour = ON_WHITE[group.colour]
    for text in wrap(capital(group.name), GROUP_LETTERS):
        yield SheetLine("group", text, colour=colour)
    for text in wrap(group.among, NOTE_LETTERS):
        yield SheetLine("note", text)
    for line in group.lines:
        style: Style = "note" if line.kind == "silent" else "line"
        yield SheetLine(style, line.label, line, colour)
    for text in wrap(group.spread, NOTE_LETTERS):
        yield SheetLine("note", text)


def _foot(plot: Plot) -> Iterator[SheetLine]:
    """Yield what the marks mean, who is left out, and what a reader must know."""
    marks = (f"{_MARKS[kind]}: {meaning}." for kind, meaning in plot.legend)
    out = [name for item in plot.left_out for name in item.names]
    left_out = f"Left out: {', '.join(out)}." if out else ""
    signs = ", ".join(f"{sign} {meaning}" for sign, meaning in plot.bias)
    bias = f"Risk of bias: {signs}." if signs else ""
    for text in (f"{' '.join(marks)} {left_out}", bias, plot.footer):
        for line in wrap(text, SMALL_LETTERS):
            yield SheetLine("small", line)


def _axis(axes: Axes, scale: Scale, start: float, end: float, places: Places) -> None:
    """Draw the axis below a panel, and its grid through it."""
    for place, text in scale.all_ticks:
        x = places.across(place)
        axes.plot([x, x], [start, end + 0.05], color=RULE, lw=0.5, zorder=0)
        set_text(axes, x, end + 0.14, text, size=NOTE_SIZE, colour=GREY, align="center")
    left, right = places.across(0), places.across(1)
    axes.plot([left, right], [end + 0.05] * 2, color=GREY, lw=0.7, zorder=1)
    if scale.zero is None:
        middle, y = (left + right) / 2, end + 0.27
        set_text(
            axes, middle, y, scale.name, size=NOTE_SIZE, colour=GREY, align="center"
        )
        return
    x = places.across(scale.zero)
    axes.plot([x, x], [start, end + 0.05], color=GREY, lw=0.8, zorder=1)
    below, above = scale.sides
    for text, align, gap in (
        (f"{scale.name}: {below}", "right", -0.06),
        (above, "left", 0.06),
    ):
        set_text(
            axes, x + gap, end + 0.27, text, size=NOTE_SIZE, colour=GREY, align=align
        )


def _draw(axes: Axes, line: SheetLine, plot: Plot, y: float, places: Places) -> None:
    """Draw one line of the sheet."""
    text = visible(line.text)
    match line.style:
        case "title":
            set_text(axes, LABEL, y, text, size=TITLE_SIZE, weight="bold")
        case "panel":
            set_text(axes, LABEL, y + 0.06, text, size=PANEL_SIZE, weight="bold")
        case "head":
            _head(axes, plot, y, text, places)
        case "group":
            set_text(axes, LABEL, y + 0.03, text, weight="bold", colour=line.colour)
        case "note":
            set_text(axes, INDENT, y, text, size=NOTE_SIZE, colour=GREY)
        case "small":
            set_text(axes, LABEL, y, text, size=SMALL_SIZE, colour=GREY)
        case "line":
            if line.drawn is not None:
                _line(axes, line.drawn, y, line.colour, places)
                _light(axes, line.drawn, y, plot, places)
        case _:
            pass


def set_text(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT_SIZE,
    weight: str = "normal",
    colour: str = INK,
    align: str = "left",
    rotation: float = 0,
) -> None:
    """Set one text.

    Parameters
    ----------
    axes : Axes
        Of a `blank_sheet`.
    x, y : float
        Inches from its top left corner; y is that of the middle of the letters.
    text : str
        The text.
    size : float
        Points.
    weight, colour : str
        Of the letters.
    align : {"left", "center", "right"}
        Which part of the text stands at x.
    rotation : float
        Degrees.
    """
    axes.text(
        x,
        y,
        text,
        ha=align,
        va="center",
        fontsize=size,
        fontweight=weight,
        color=colour,
        rotation=rotation,
    )


def _places(plot: Plot, *, lit: bool) -> Places:
    """Return where the columns of a picture stand."""
    both = any(line.control for line in plot.lines)
    people, rate = (BOTH_PEOPLE, BOTH_RATE) if both else (PEOPLE, RATE)
    if lit:
        return Places(people, rate, LIT_AXIS_RIGHT, LIT_WEIGHT, LIGHT)
    return Places(people, rate, AXIS_RIGHT, WEIGHT, None)


def _head(axes: Axes, plot: Plot, y: float, last: str, places: Places) -> None:
    """Set the names of the columns."""
    set_text(axes, LABEL, y, "Study", colour=GREY)
    set_text(axes, places.people, y, plot.headings.people, colour=GREY, align="right")
    set_text(axes, places.rate, y, plot.headings.rate, colour=GREY)
    set_text(axes, places.weight, y, last, colour=GREY, align="right")
    if plot.bias:
        set_text(axes, places.light or WEIGHT, y, "Bias", colour=GREY, align="center")
    axes.plot([LABEL, WEIGHT], [y + 0.11] * 2, color=INK, lw=0.6)


def _line(axes: Axes, line: PlotLine, y: float, colour: str, places: Places) -> None:
    """Set one line's texts and draw its interval."""
    bold = "bold" if line.kind in ("pooled", "bound") else "normal"
    label, people, rate, weight = line.texts
    if len(label) > LABEL_LETTERS:
        label = label[: LABEL_LETTERS - 1] + "…"
    set_text(axes, INDENT, y, label, weight=bold)
    set_text(axes, places.people, y, people, weight=bold, align="right")
    set_text(axes, places.rate, y, rate, weight=bold)
    set_text(axes, places.weight, y, weight, align="right")
    if line.ends is None:
        return
    low, high = (places.across(end) for end in line.ends)
    if line.kind == "study":
        _study(axes, line, y, colour, places)
    elif line.kind == "prediction":
        axes.plot([low, high], [y, y], color=colour, lw=1.2, ls=(0, (1, 1.5)))
        for end in (low, high):
            axes.plot([end, end], [y - 0.035, y + 0.035], color=colour, lw=1)
    else:
        _summary(axes, line, y, colour, places)


def _light(axes: Axes, line: PlotLine, y: float, plot: Plot, places: Places) -> None:
    """Draw a study's risk of bias: a round light with its sign in it."""
    sign = plot.sign(line)
    if not sign or places.light is None:
        return
    if line.bias is not None:
        colour = LIGHTS[line.bias]
        axes.scatter([places.light], [y], s=ROUND, color=colour, lw=0, zorder=2)
    middle = y + SIGN_DOWN
    set_text(
        axes, places.light, middle, sign, size=NOTE_SIZE, weight="bold", align="center"
    )


def _study(axes: Axes, line: PlotLine, y: float, colour: str, places: Places) -> None:
    """Draw a study's interval, with a square whose area is its share."""
    low, high = (places.across(end) for end in line.ends or (0.0, 1.0))
    axes.plot([low, high], [y, y], color=INK, lw=0.9, zorder=2)
    if line.point is None:
        return
    share = line.weight.value if line.weight else 1.0
    area = SQUARE_MIN + (SQUARE_MAX - SQUARE_MIN) * share
    at = [places.across(line.point)]
    axes.scatter(at, [y], s=area, marker="s", color=colour, zorder=3)


def _summary(axes: Axes, line: PlotLine, y: float, colour: str, places: Places) -> None:
    """Draw a diamond, or a bar where there is no one number."""
    low, high = (places.across(end) for end in line.ends or (0.0, 1.0))
    if line.point is None:
        tall = DIAMOND / 2
        xs, ys = [low, high, high, low], [y - tall, y - tall, y + tall, y + tall]
    else:
        middle = places.across(line.point)
        xs, ys = [low, middle, high, middle], [y, y - DIAMOND, y, y + DIAMOND]
    axes.fill(xs, ys, color=colour, lw=0, zorder=3)
