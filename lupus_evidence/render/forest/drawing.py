"""Drawing a forest figure: columns of text with intervals to scale between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.render.forest.sheet import NAME_WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lupus_evidence.render.forest.sheet import Sheet, SheetLine
    from lupus_evidence.render.forest.words import Drawn

#: Inches: two columns of most journals, 18 cm.
WIDTH = 7.1
MARGIN = 0.12
#: Inches from one line to the next, by style.
HEIGHTS = {
    "title": 0.30,
    "head": 0.24,
    "axis": 0.40,
    "group": 0.26,
    "line": 0.20,
    "note": 0.18,
    "small": 0.145,
    "gap": 0.22,
}
#: Inches from the left edge of the figure: text columns and the ends of the axis.
NAME, INDENT, PEOPLE, RATE, SHARE = 0.12, 0.24, 2.62, 2.72, 6.98
AXIS_LEFT, AXIS_RIGHT = 4.05, 6.45
#: Points.
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 9.5, 7.8, 5.9

INK, GREY, RULE = "#1b1f24", "#5b6470", "#c9ced6"
#: Okabe and Ito's colours for everyone (https://jfly.uni-koeln.de/color/): blue,
#: vermilion, bluish green, reddish purple.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")

#: Area of a study's square in square points, without and with all the information.
SQUARE_MIN, SQUARE_MAX = 9.0, 60.0
#: Half the height of a diamond in inches.
DIAMOND = 0.065


def drawn_figure(sheet: Sheet) -> Figure:
    """Return a figure with the sheet's lines on it.

    Parameters
    ----------
    sheet : Sheet
        The lines.
    """
    from matplotlib.figure import Figure

    height = sum(HEIGHTS[line.style] for line in sheet.lines) + 2 * MARGIN
    figure = Figure(figsize=(WIDTH, height), facecolor="white")
    # one unit is one inch, measured from the top left corner
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    top = MARGIN
    start = top
    for line in sheet.lines:
        bottom = top + HEIGHTS[line.style]
        if line.style == "head":
            start = bottom
        if line.style == "axis":
            _axis(axes, start, top)
        _draw(axes, line, sheet, (top + bottom) / 2)
        top = bottom
    return figure


def _across(share: float) -> float:
    """Return the place of a proportion on the axis, in inches."""
    return AXIS_LEFT + share * (AXIS_RIGHT - AXIS_LEFT)


def _axis(axes: Axes, start: float, end: float) -> None:
    """Draw the axis below a panel, and its grid through it."""
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _across(share)
        axes.plot([x, x], [start, end + 0.05], color=RULE, lw=0.5, zorder=0)
        axes.text(
            x,
            end + 0.14,
            f"{share * 100:g}",
            ha="center",
            va="center",
            fontsize=TEXT_SIZE - 1,
            color=GREY,
        )
    left, right = _across(0), _across(1)
    axes.plot([left, right], [end + 0.05] * 2, color=GREY, lw=0.7, zorder=1)
    axes.text(
        (left + right) / 2,
        end + 0.28,
        "% of people",
        ha="center",
        va="center",
        fontsize=TEXT_SIZE - 1,
        color=GREY,
    )


def _draw(axes: Axes, line: SheetLine, sheet: Sheet, y: float) -> None:
    """Draw one line of the sheet."""
    match line.style:
        case "title":
            _text(axes, NAME, y, line.text, size=TITLE_SIZE, weight="bold")
        case "head":
            _head(axes, sheet, y, line.text)
        case "group":
            colour = COLOURS[line.place % len(COLOURS)]
            _text(axes, NAME, y, line.text, weight="bold", colour=colour)
        case "note":
            _text(axes, INDENT, y, line.text, size=TEXT_SIZE - 1, colour=GREY)
        case "small":
            _text(axes, NAME, y, line.text, size=SMALL_SIZE, colour=GREY)
        case "line":
            if line.drawn is not None:
                _line(axes, line.drawn, y, COLOURS[line.place % len(COLOURS)])
        case _:
            pass


def _text(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT_SIZE,
    weight: str = "normal",
    colour: str = INK,
    align: str = "left",
) -> None:
    """Set one text."""
    axes.text(
        x,
        y,
        text,
        ha=align,
        va="center",
        fontsize=size,
        fontweight=weight,
        color=colour,
    )


def _head(axes: Axes, sheet: Sheet, y: float, last: str) -> None:
    """Set the names of the columns."""
    _text(axes, NAME, y, "Study", colour=GREY)
    _text(axes, PEOPLE - 0.1, y, "People", colour=GREY, align="right")
    _text(axes, RATE + 0.1, y, f"% ({sheet.interval})", colour=GREY)
    _text(axes, SHARE, y, last, colour=GREY, align="right")
    axes.plot([NAME, SHARE], [y + 0.11] * 2, color=INK, lw=0.6)


def _line(axes: Axes, line: Drawn, y: float, colour: str) -> None:
    """Set one line's texts and draw its interval."""
    weight = "bold" if line.kind in ("pooled", "bound") else "normal"
    name = line.name
    if len(name) > NAME_WIDTH:
        name = name[: NAME_WIDTH - 1] + "…"
    _text(axes, INDENT, y, name, weight=weight)
    _text(axes, PEOPLE - 0.1, y, line.people, weight=weight, align="right")
    _text(axes, RATE + 0.1, y, line.rate, weight=weight)
    _text(axes, SHARE, y, line.share, align="right")
    if line.ends is None:
        return
    low, high = (_across(end) for end in line.ends)
    if line.kind == "study":
        axes.plot([low, high], [y, y], color=INK, lw=0.9, zorder=2)
        if line.estimate is not None:
            area = SQUARE_MIN + (SQUARE_MAX - SQUARE_MIN) * line.weight
            axes.scatter(
                [_across(line.estimate)],
                [y],
                s=area,
                marker="s",
                color=colour,
                zorder=3,
            )
    elif line.kind == "new-centre":
        axes.plot([low, high], [y, y], color=colour, lw=1.2, ls=(0, (1, 1.5)))
        for end in (low, high):
            axes.plot([end, end], [y - 0.035, y + 0.035], color=colour, lw=1)
    else:
        _summary(axes, line, y, colour)


def _summary(axes: Axes, line: Drawn, y: float, colour: str) -> None:
    """Draw a diamond, or a bar where there is no one number."""
    low, high = (_across(end) for end in line.ends or (0.0, 1.0))
    if line.estimate is None:
        tall = DIAMOND / 2
        xs, ys = [low, high, high, low], [y - tall, y - tall, y + tall, y + tall]
    else:
        middle = _across(line.estimate)
        xs, ys = [low, middle, high, middle], [y, y - DIAMOND, y, y + DIAMOND]
    axes.fill(xs, ys, color=colour, lw=0, zorder=3)
