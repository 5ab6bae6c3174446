"""The lines of a forest figure from top to bottom, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from lupus_evidence.render.forest import words
from lupus_evidence.text import number
from lupus_evidence.vocabulary import THERAPIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.forest.plot import ForestGroup, ForestPanel, ForestPlot
    from lupus_evidence.render.forest.words import Drawn

#: Characters of small text that fit across the figure, of a note left of the axis.
SMALL_WIDTH, NOTE_WIDTH = 138, 68
#: Characters of a study's name that fit in its column.
NAME_WIDTH = 26

Style = Literal["title", "head", "axis", "group", "line", "note", "small", "gap"]


@dataclass(frozen=True)
class SheetLine:
    """One line of the figure.

    Parameters
    ----------
    style : str
        How it is set.
    text : str
        Its text, where it is not a line of the plot; of a head the last column's
        name.
    drawn : Drawn or None
        The line of the plot.
    place : int
        Which therapy it belongs to, from 0, for its colour.
    """

    style: Style
    text: str = ""
    drawn: Drawn | None = None
    place: int = 0


@dataclass(frozen=True)
class Sheet:
    """The figure's lines.

    Parameters
    ----------
    lines : tuple of SheetLine
        From top to bottom.
    interval : str
        Name of the interval column: "95 % interval".
    """

    lines: tuple[SheetLine, ...]
    interval: str


def sheet_of(plot: ForestPlot) -> Sheet:
    """Return the lines of a figure.

    Parameters
    ----------
    plot : ForestPlot
        The plot.
    """
    lines: list[SheetLine] = []
    for panel in plot.panels:
        lines += _panel(panel)
    if not plot.panels:
        lines.append(SheetLine("title", "No study gives a figure for this."))
    lines += _foot(plot)
    return Sheet(tuple(lines), f"{number(plot.receipt.level * 100)} % interval")


def _panel(panel: ForestPanel) -> Iterator[SheetLine]:
    """Yield one panel."""
    yield SheetLine("title", words.panel_title(panel))
    shares = any(row.share < 1 for group in panel.groups for row in group.rows)
    yield SheetLine("head", "Share" if shares else "")
    for place, group in enumerate(panel.groups):
        kind = words.denominator(group.cell)
        label = THERAPIES[group.therapy].label
        yield SheetLine("group", label[:1].upper() + label[1:], place=place)
        if kind:
            yield SheetLine("note", kind, place=place)
        yield from _lines(group, place)
    yield SheetLine("axis")
    yield from _left_out(panel)
    yield SheetLine("gap")


def _lines(group: ForestGroup, place: int) -> Iterator[SheetLine]:
    """Yield the studies of a therapy and what they come to."""
    drawn = [words.study_line(row) for row in group.rows]
    for item in (*drawn, *words.summary_lines(group.cell)):
        style: Style = "note" if item.kind == "nothing" else "line"
        yield SheetLine(style, item.name, item, place)
    for text in wrap(words.spread(group.cell), NOTE_WIDTH):
        yield SheetLine("note", text, place=place)


def _left_out(panel: ForestPanel) -> Iterator[SheetLine]:
    """Yield the results that are in no figure, with their reasons."""
    for group in panel.groups:
        found = words.left_out(group.cell)
        if found:
            listed = "; ".join(f"{study} ({reason})" for study, reason in found)
            for text in wrap(f"Left out of {group.therapy}: {listed}.", SMALL_WIDTH):
                yield SheetLine("small", text)


def _foot(plot: ForestPlot) -> Iterator[SheetLine]:
    """Yield what the marks mean and what the figure rests on."""
    notes = [
        (
            "Square: one study, its area the share of the information. Diamond: "
            "pooled. Dotted: where a new centre's rate would lie."
        )
    ]
    notes += words.estimate_meaning(plot)
    notes += dict.fromkeys(
        note
        for panel in plot.panels
        for group in panel.groups
        for note in words.remarks(group.cell)
    )
    if len(plot.therapies) > 1:
        notes.append(words.UNADJUSTED)
    for text in (" ".join(notes), words.receipt_line(plot)):
        for line in wrap(text, SMALL_WIDTH):
            yield SheetLine("small", line)
