"""A forest plot in characters, for a terminal of any width or a pipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.render.forest import words
from lupus_evidence.vocabulary import ENDPOINTS, THERAPIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.forest.plot import ForestGroup, ForestPanel, ForestPlot
    from lupus_evidence.render.forest.words import Drawn
    from lupus_evidence.writers.terminal import Look

#: Columns laid out for where there is no terminal.
PIPE_WIDTH = 80
#: Fewer columns show no interval worth looking at; more are no easier to read.
BAR_MIN, BAR_MAX = 13, 61
GAP = 2


@dataclass(frozen=True)
class Marks:
    """The characters that intervals are drawn with.

    Parameters
    ----------
    low, line, high, point : str
        Of one study.
    wide_low, wide_line, wide_high, diamond : str
        Of a pooled figure.
    new_low, new_line, new_high : str
        Of where a new centre would lie.
    grid : str
        At 0, 50 and 100 %.
    """

    low: str
    line: str
    high: str
    point: str
    wide_low: str
    wide_line: str
    wide_high: str
    diamond: str
    new_low: str
    new_line: str
    new_high: str
    grid: str


UNICODE = Marks("├", "─", "┤", "■", "╞", "═", "╡", "◆", "╶", "┄", "╴", "┊")
ASCII = Marks("|", "-", "|", "#", "<", "=", ">", "O", "(", ".", ")", ":")

_DASHES = str.maketrans({"–": "-", "²": "2", "’": "'"})


def can_draw(encoding: str | None) -> bool:
    """Tell whether a stream of this encoding can show the drawing characters."""
    try:
        "".join(vars(UNICODE).values()).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@dataclass(frozen=True)
class _Layout:
    """Widths of the columns; a name too long for its column stands above its line."""

    name: int
    people: int
    rate: int
    bar: int
    share: int
    above: bool


def render_forest_terminal(
    plot: ForestPlot, look: Look, *, ascii_only: bool = False
) -> str:
    """Return a forest plot in characters.

    Parameters
    ----------
    plot : ForestPlot
        The plot.
    look : Look
        Width and colour.
    ascii_only : bool
        Whether to draw with ASCII characters alone.
    """
    marks = ASCII if ascii_only else UNICODE
    width = PIPE_WIDTH if look.width is None else look.width
    lines: list[str] = []
    if not plot.panels:
        names = " or ".join(plot.therapies)
        label = ENDPOINTS[plot.endpoint].label
        lines.append(look.wrapped(f"No study of {names} reports this: {label}."))
    layout = _layout(plot, width)
    for panel in plot.panels:
        lines += [*([""] if lines else []), *_panel(panel, layout, marks, look)]
    lines += _foot(plot, marks, look)
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return _in_ascii(text) if ascii_only else text


def _in_ascii(text: str) -> str:
    """Return text in ASCII, what has no look-alike as an escape."""
    plain = text.translate(_DASHES)
    return plain.encode("ascii", "backslashreplace").decode("ascii")


def _drawn(group: ForestGroup) -> list[Drawn]:
    """Return every line of a group."""
    studies = [words.study_line(row) for row in group.rows]
    return [*studies, *words.summary_lines(group.cell)]


def _layout(plot: ForestPlot, width: int) -> _Layout:
    """Choose the widths of the columns, the same for all panels."""
    lines = [
        line
        for panel in plot.panels
        for group in panel.groups
        for line in _drawn(group)
        if line.kind != "nothing"
    ]
    name = max([len(line.name) for line in lines], default=0)
    people = max([len(line.people) for line in lines], default=0)
    rate = max([len(line.rate) for line in lines], default=0)
    share = max([len(line.share) for line in lines], default=0)
    for columns in ((name, people, rate, share), (name, people, rate, 0)):
        bar = width - sum(columns) - GAP * (3 + bool(columns[3]))
        if bar >= BAR_MIN:
            return _Layout(*columns[:3], min(bar, BAR_MAX), columns[3], above=False)
    bar = width - people - rate - 3 * GAP
    bar = min(bar, BAR_MAX) if bar >= BAR_MIN else 0
    return _Layout(0, people, rate, bar, 0, above=True)


def _panel(
    panel: ForestPanel, layout: _Layout, marks: Marks, look: Look
) -> Iterator[str]:
    """Yield one panel: its title, the axis, the groups, those left out."""
    yield look.style(look.wrapped(words.panel_title(panel)), "bold")
    if layout.bar and any(group.rows for group in panel.groups):
        axis = Axis(layout.bar).labels()
        yield look.style(_columns("", "people", "% (interval)", axis, layout), "dim")
    for group in panel.groups:
        head = f"{group.therapy}: {THERAPIES[group.therapy].label}"
        kind = words.denominator(group.cell)
        yield ""
        yield look.wrapped(f"{head}{f', {kind}' if kind else ''}")
        for line in _drawn(group):
            yield from _line(line, layout, marks, look)
        differ = words.spread(group.cell)
        if differ:
            yield look.style(look.wrapped(differ, "    "), "dim")
    yield from _left_out(panel, look)


def _left_out(panel: ForestPanel, look: Look) -> Iterator[str]:
    """Yield the results that are in no figure, with their reasons."""
    for group in panel.groups:
        found = words.left_out(group.cell)
        if found:
            yield ""
            yield look.style(look.wrapped(f"Left out of {group.therapy}"), "dim")
        for study, reason in found:
            yield look.style(look.wrapped(f"{study}: {reason}", "    ", "  "), "dim")


def _line(line: Drawn, layout: _Layout, marks: Marks, look: Look) -> Iterator[str]:
    """Yield one line of the plot, its name above it where there is no room."""
    if line.kind == "nothing":
        yield look.style(look.wrapped(line.name, "  "), "dim")
        return
    styles = ("bold",) if line.kind in ("pooled", "bound") else ()
    if layout.above:
        yield look.style(look.wrapped(line.name), *styles) if styles else line.name
    bar = _bar(line, Axis(layout.bar), marks) if layout.bar else ""
    text = _columns(line.name, line.people, line.rate, bar, layout, line.share)
    if layout.above and len(text) > (look.width or PIPE_WIDTH):  # not even these fit
        text = look.wrapped(f"{line.people}  {line.rate}".strip(), "    ", "  ")
    yield look.style(text, *styles) if styles else text


def _columns(  # noqa: PLR0917 - one text for each column, in order
    name: str, people: str, rate: str, bar: str, layout: _Layout, share: str = ""
) -> str:
    """Lay texts out in the columns."""
    space = " " * GAP
    parts = [] if layout.above else [f"{name:<{layout.name}}"]
    parts += [f"{people:>{layout.people}}", f"{rate:<{layout.rate}}"]
    if layout.bar:
        parts.append(f"{bar:<{layout.bar}}")
    if layout.share:
        parts.append(f"{share:>{layout.share}}")
    start = space if layout.above else ""
    return (start + space.join(parts)).rstrip()


@dataclass(frozen=True)
class Axis:
    """Proportions of 0 to 1 across some columns.

    Parameters
    ----------
    width : int
        Columns.
    """

    width: int

    def column(self, share: float) -> int:
        """Return the column that a proportion falls in, from 0."""
        # half a column is added so that a share falls in the nearest one
        return int(min(max(share, 0.0), 1.0) * (self.width - 1) + 0.5)

    def labels(self) -> str:
        """Return 0, 50 and 100 over their places."""
        middle = self.column(0.5)
        left = f"0{'50':>{middle}}"
        return f"{left}{'100':>{self.width - len(left)}}"


def _bar(line: Drawn, axis: Axis, marks: Marks) -> str:
    """Return an interval drawn to scale."""
    columns = [" "] * axis.width
    for share in (0, 0.5, 1):
        columns[axis.column(share)] = marks.grid
    if line.ends is None:
        return "".join(columns)
    low, high = (axis.column(end) for end in line.ends)
    first, between, last, middle = {
        "study": (marks.low, marks.line, marks.high, marks.point),
        "new-centre": (marks.new_low, marks.new_line, marks.new_high, ""),
    }.get(line.kind, (marks.wide_low, marks.wide_line, marks.wide_high, marks.diamond))
    columns[low : high + 1] = between * (high - low + 1)
    columns[low], columns[high] = first, last
    if line.estimate is not None:
        columns[axis.column(line.estimate)] = middle
    return "".join(columns)


def _foot(plot: ForestPlot, marks: Marks, look: Look) -> Iterator[str]:
    """Yield what the marks mean and what the plot rests on."""
    if plot.panels:
        legend = (
            f"{marks.point} one study, {marks.diamond} pooled, "
            f"{marks.new_low}{marks.new_line}{marks.new_high} where a new centre's "
            f"rate would lie; {words.SHARE_MEANING}"
        )
        notes = [legend]
        notes += words.estimate_meaning(plot)
        notes += sorted(
            {
                note
                for panel in plot.panels
                for group in panel.groups
                for note in words.remarks(group.cell)
            }
        )
        if len(plot.therapies) > 1:
            notes.append(words.UNADJUSTED)
        for note in (*notes, words.elsewhere(plot)):
            if note:
                yield ""
                yield look.style(look.wrapped(note), "dim")
    yield ""
    yield look.style(look.wrapped(words.receipt_line(plot)), "dim")
