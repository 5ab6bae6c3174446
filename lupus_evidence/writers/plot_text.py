"""A picture in characters, for a terminal of any width or a pipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.documents.plot import RATES
from lupus_evidence.documents.text import NOTHING, capital, cell, small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.documents.plot import (
        LineKind,
        Plot,
        PlotGroup,
        PlotLine,
        PlotPanel,
        Scale,
    )
    from lupus_evidence.writers.terminal import Look

#: Columns laid out for where there is no terminal.
PIPE_WIDTH = 80
#: Fewer columns show no interval worth looking at; more are no easier to read.
BAR_MIN, BAR_MAX = 13, 61
GAP = 2


@dataclass(frozen=True)
class Marks:
    """The characters that one kind of line is drawn with.

    Parameters
    ----------
    low, between, high : str
        The interval.
    across : str
        The interval where it crosses the line of no difference.
    point : str
        The estimate; empty where there is none.
    """

    low: str
    between: str
    high: str
    across: str
    point: str = ""

    @property
    def sample(self) -> str:
        """What stands for them in a legend."""
        return self.point or f"{self.low}{self.between}{self.high}"


UNICODE: dict[LineKind, Marks] = {
    "study": Marks("├", "─", "┤", "┼", "■"),
    "pooled": Marks("╞", "═", "╡", "╪", "◆"),
    "bound": Marks("╞", "═", "╡", "╪"),
    "prediction": Marks("╶", "┄", "╴", "┼"),
}
ASCII: dict[LineKind, Marks] = {
    "study": Marks("|", "-", "|", "+", "#"),
    "pooled": Marks("<", "=", ">", "+", "O"),
    "bound": Marks("<", "=", ">", "+"),
    "prediction": Marks("(", ".", ")", "+"),
}
#: At the marks of the axis, and at no difference, by whether only ASCII can be shown.
GRID = {False: "┊", True: ":"}
ZERO = {False: "│", True: "!"}

#: What no study's judgement is drawn as, where only ASCII can be shown.
NO_SIGN = "-"

#: What is read first.
_STRONG = ("pooled", "bound")


def can_draw(encoding: str | None) -> bool:
    """Tell whether a stream of this encoding can show the drawing characters."""
    drawn = "".join(
        f"{marks.low}{marks.between}{marks.high}{marks.across}{marks.point}"
        for marks in UNICODE.values()
    )
    try:
        f"{drawn}{GRID[False]}{ZERO[False]}".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@dataclass(frozen=True)
class _Layout:
    """Widths of the columns; a label too long for its column stands above its line."""

    label: int
    people: int
    rate: int
    bar: int
    weight: int
    bias: int = 0
    above: bool = False


def plot_lines(plot: Plot, look: Look) -> Iterator[str]:
    """Yield the lines of a picture.

    Parameters
    ----------
    plot : Plot
        The picture; its title and notes stand elsewhere.
    look : Look
        Width and colour.
    """
    layout = _layout(plot, look)
    for place, panel in enumerate(plot.panels):
        if place:
            yield ""
        yield from _head(panel, plot, layout, look)
        for group in panel.groups:
            yield from _group(group, plot, layout, look)
    for place, legend in enumerate(_legends(plot, layout, look)):
        if not place:
            yield ""
        yield look.style(look.wrapped(legend), "dim")


def _layout(plot: Plot, look: Look) -> _Layout:
    """Choose the widths of the columns, the same for all panels."""
    width = PIPE_WIDTH if look.width is None else look.width
    texts = [line.texts for line in plot.lines if line.kind != "silent"]
    sizes = [max(map(len, column)) for column in zip(*texts, strict=True)] or [0] * 4
    label, people, rate, weight = sizes
    weight = weight and max(weight, len("share"))
    bias = len("bias") if plot.bias else 0
    if texts:
        people = max(people, len(plot.headings.people))
        rate = max(rate, len(plot.headings.rate))
    for last in ((weight, bias), (weight, 0), (0, 0)):
        columns = (2 + label, people, rate, *last)
        bar = width - sum(columns) - GAP * (3 + sum(map(bool, last)))
        if bar >= BAR_MIN:
            return _Layout(2 + label, people, rate, min(bar, BAR_MAX), *last)
    bar = width - people - rate - 3 * GAP
    bar = min(bar, BAR_MAX) if bar >= BAR_MIN else 0
    return _Layout(0, people, rate, bar, 0, above=True)


def _head(panel: PlotPanel, plot: Plot, layout: _Layout, look: Look) -> Iterator[str]:
    """Yield a panel's title, and the names of the columns beside or below it."""
    title = cell(panel.title) if panel.title else ""
    named = layout.bar and any(line.ends for line in panel.lines)
    beside = named and len(title) <= layout.label
    if title and not beside:
        yield look.style(look.wrapped(title), "bold")
    if named:
        texts = "", small(plot.headings.people), plot.headings.rate, "share"
        axis = Axis(layout.bar, plot.scale).labels()
        text = _columns(texts, axis, layout, "bias")
        shown = len(title) if beside else 0
        yield look.style(title[:shown], "bold") + look.style(text[shown:], "dim")


def _group(group: PlotGroup, plot: Plot, layout: _Layout, look: Look) -> Iterator[str]:
    """Yield a therapy's lines."""
    colour = f"colour-{group.colour}"
    head = look.style(group.therapy, "bold", colour)
    among = f", {group.among}" if group.among else ""
    text = look.wrapped(f"{group.therapy}: {group.name}{among}")
    yield text.replace(group.therapy, head, 1)
    for line in group.lines:
        yield from _line(line, colour, plot, layout, look)
    if group.spread:
        yield look.style(look.wrapped(group.spread, "    "), "dim")


def _line(
    line: PlotLine, colour: str, plot: Plot, layout: _Layout, look: Look
) -> Iterator[str]:
    """Yield one line, its label above it where there is no room."""
    label, people, rate, _ = line.texts
    if line.kind == "silent":
        yield look.style(look.wrapped(label, "  "), "dim")
        return
    bold = ("bold",) if line.kind in _STRONG else ()
    if layout.above:
        yield look.style(look.wrapped(label), *bold) if bold else label
    bar = _bar(line, Axis(layout.bar, plot.scale), look) if layout.bar else ""
    sign = _shown(plot.sign(line), look)
    text = _columns(line.texts, bar, layout, sign)
    if layout.above and len(text) > (look.width or PIPE_WIDTH):  # not even these fit
        text = look.wrapped(f"{people}  {rate}".strip(), "    ", "  ")
    elif line.ends and bar:
        span = Axis(layout.bar).span(line.ends)
        text = _coloured(text, bar, span, look, *bold, colour)
        if sign and layout.bias:
            light = look.style(sign, f"bias-{line.bias or 'unknown'}")
            text = text.removesuffix(sign) + light
        yield text
        return
    yield look.style(text, *bold) if bold else text


def _coloured(
    text: str, bar: str, span: tuple[int, int], look: Look, *styles: str
) -> str:
    """Return a line whose interval alone has the therapy's colour."""
    *bold, _ = styles
    start = text.index(bar.rstrip())
    low, high = start + span[0], start + span[1] + 1
    before = look.style(text[:low], *bold) if bold else text[:low]
    return f"{before}{look.style(text[low:high], *styles)}{text[high:]}"


def _columns(
    texts: tuple[str, str, str, str], bar: str, layout: _Layout, sign: str = ""
) -> str:
    """Lay texts out in the columns."""
    label, people, rate, weight = texts
    space = " " * GAP
    parts = [] if layout.above else [f"{'  ' + label if label else '':<{layout.label}}"]
    parts += [f"{people:>{layout.people}}", f"{rate:<{layout.rate}}"]
    if layout.bar:
        parts.append(f"{bar:<{layout.bar}}")
    if layout.weight:
        parts.append(f"{weight:>{layout.weight}}")
    if layout.bias:
        parts.append(sign)
    start = space if layout.above else ""
    return (start + space.join(parts)).rstrip()


@dataclass(frozen=True)
class Axis:
    """The places 0 to 1 across some columns.

    Parameters
    ----------
    width : int
        Columns.
    scale : Scale
        What the places stand for.
    """

    width: int
    scale: Scale = RATES

    def column(self, place: float) -> int:
        """Return the column that a place falls in, from 0."""
        # half a column is added so that a place falls in the nearest one
        return int(min(max(place, 0.0), 1.0) * (self.width - 1) + 0.5)

    def span(self, ends: tuple[float, float]) -> tuple[int, int]:
        """Return the columns that both ends of an interval fall in."""
        low, high = (self.column(end) for end in ends)
        return low, high

    def labels(self) -> str:
        """Return what stands at each mark, ending over its place; the first begins."""
        (_, text), *others = self.scale.ticks
        for place, name in others:
            text += f"{name:>{self.column(place) + 1 - len(text)}}"
        return text


def _bar(line: PlotLine, axis: Axis, look: Look) -> str:
    """Return an interval drawn to scale."""
    columns = [" "] * axis.width
    for place, _ in axis.scale.ticks:
        columns[axis.column(place)] = GRID[look.plain]
    zero = None if axis.scale.zero is None else axis.column(axis.scale.zero)
    if zero is not None:
        columns[zero] = ZERO[look.plain]
    if line.ends is None:
        return "".join(columns)
    marks = (ASCII if look.plain else UNICODE)[line.kind]
    low, high = axis.span(line.ends)
    columns[low : high + 1] = marks.between * (high - low + 1)
    if zero is not None and low < zero < high:
        columns[zero] = marks.across
    columns[low], columns[high] = marks.low, marks.high
    if line.point is not None:
        columns[axis.column(line.point)] = marks.point
    return "".join(columns)


def _legends(plot: Plot, layout: _Layout, look: Look) -> Iterator[str]:
    """Yield what marks and signs stand for, each on a line of its own."""
    yield from filter(None, [_legend(plot, look)])
    if not plot.bias:
        return
    if not layout.bias:
        yield "Not shown at this width: bias."
        return
    signs = ((_shown(sign, look), meaning) for sign, meaning in plot.bias)
    yield f"bias: {', '.join(f'{sign} {meaning}' for sign, meaning in signs)}"


def _shown(sign: str, look: Look) -> str:
    """Return a sign that the terminal can show."""
    return NO_SIGN if look.plain and sign == NOTHING else sign


def _legend(plot: Plot, look: Look) -> str:
    """Return what the marks stand for."""
    marks = ASCII if look.plain else UNICODE
    said = ", ".join(f"{marks[kind].sample} {meaning}" for kind, meaning in plot.legend)
    shared = any(line.weight for line in plot.lines)
    if said and shared:
        said = f"{said}; share: of information"
    return ". ".join(filter(None, (said, capital(plot.scale.meaning))))
