"""Forest tables: one for each endpoint, an interval drawn in every line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.pages.phrases import at_time
from lupus_evidence.pages.reasons import steps
from lupus_evidence.render.forest import words
from lupus_evidence.render.html import anchors, lay
from lupus_evidence.text import capital, number, plural
from lupus_evidence.vocabulary import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.forest.plot import ForestGroup, ForestPanel, ForestRow
    from lupus_evidence.render.forest.words import Drawn
    from lupus_evidence.report.page import Report

#: Width of the axis in the picture's own units.
AXIS = 200.0
#: Half the height of a line.
MIDDLE = 10.0
#: Half the side of a study's square without and with all the information.
SQUARE_MIN, SQUARE_MAX = 2.5, 6.0


@dataclass(frozen=True)
class Picture:
    """An interval on an axis of 0 to 200.

    Parameters
    ----------
    kind : str
        How it is drawn.
    low, high : str
        Its ends.
    middle : str
        The estimate; empty without one.
    side, left, top : str
        Of a study's square: its side, and where it starts.
    """

    kind: str
    low: str
    high: str
    middle: str = ""
    side: str = ""
    left: str = ""
    top: str = ""


@dataclass(frozen=True)
class ForestLine:
    """One line of a forest table.

    Parameters
    ----------
    name, people, rate, share : str
        Its texts.
    kind : str
        "study", "pooled", "bound" or "new-centre".
    study : str
        The study's id; empty for a summary.
    picture : Picture or None
        The interval.
    source : str
        Place in the paper, file and line.
    how : str
        What was done to get the number.
    size : str
        People, for sorting.
    """

    name: str
    people: str
    rate: str
    share: str
    kind: str
    study: str = ""
    picture: Picture | None = None
    source: str = ""
    how: str = ""
    size: str = ""


@dataclass(frozen=True)
class ForestGroupView:
    """One therapy's lines.

    Parameters
    ----------
    place : int
        Place of the therapy, for its colour.
    name, denominator, silence, spread : str
        Which therapy, divided by whom or why there is no figure, how much its studies
        differ.
    remarks : tuple of str
        What to know about the pooled figure.
    studies, summary : tuple of ForestLine
        Its studies, and what they come to.
    left_out : tuple of (str, str)
        Study and reason.
    """

    place: int
    name: str
    denominator: str
    silence: str
    spread: str
    remarks: tuple[str, ...]
    studies: tuple[ForestLine, ...]
    summary: tuple[ForestLine, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ForestPanelView:
    """One scope and time of an endpoint.

    Parameters
    ----------
    anchor, name : str
        Its place on the page, and scope and time in words.
    groups : tuple of ForestGroupView
        One for each therapy.
    """

    anchor: str
    name: str
    groups: tuple[ForestGroupView, ...]


@dataclass(frozen=True)
class ForestView:
    """All tables of one endpoint.

    Parameters
    ----------
    anchor, name, size : str
        Its place on the page, what is counted, how much there is.
    first : bool
        Whether it is among what people ask first.
    panels : tuple of ForestPanelView
        By scope and time.
    """

    anchor: str
    name: str
    size: str
    first: bool
    panels: tuple[ForestPanelView, ...]


def forest_views(report: Report) -> tuple[ForestView, ...]:
    """Return the forest tables by endpoint, those that people ask first first.

    Parameters
    ----------
    report : Report
        The report.
    """
    groups: dict[str, list[ForestPanel]] = {}
    for panel in report.panels:
        groups.setdefault(panel.endpoint, []).append(panel)
    views = [_view(endpoint, panels) for endpoint, panels in groups.items()]
    return tuple(sorted(views, key=lambda view: not view.first))


def _view(endpoint: str, panels: Sequence[ForestPanel]) -> ForestView:
    """Return one endpoint's tables."""
    studies = {
        row.item.study
        for panel in panels
        for group in panel.groups
        for row in group.rows
    }
    size = f"{plural(len(studies), 'study', 'studies')}, {plural(len(panels), 'table')}"
    return ForestView(
        f"forest-{endpoint}",
        capital(ENDPOINTS[endpoint].label),
        size,
        ENDPOINTS[endpoint].look == "first",
        tuple(_panel(panel) for panel in panels),
    )


def _panel(panel: ForestPanel) -> ForestPanelView:
    """Return one scope and time."""
    organ = "" if panel.scope == "lupus" else f"{panel.scope}, "
    return ForestPanelView(
        anchors.forest(panel.endpoint, panel.scope, panel.band),
        capital(f"{organ}{at_time(panel.band)}"),
        tuple(_group(group, place) for place, group in enumerate(panel.groups)),
    )


def _group(group: ForestGroup, place: int) -> ForestGroupView:
    """Return one therapy's lines."""
    summary = words.summary_lines(group.cell)
    silent = [line.name for line in summary if line.kind == "nothing"]
    return ForestGroupView(
        place,
        lay.short_name(group.therapy),
        words.denominator(group.cell),
        silent[0] if silent else "",
        words.spread(group.cell),
        words.remarks(group.cell),
        tuple(_study(row) for row in group.rows),
        tuple(_line(line) for line in summary if line.kind != "nothing"),
        words.left_out(group.cell),
    )


def _study(row: ForestRow) -> ForestLine:
    """Return a study's line with where its number stands."""
    line, item = words.study_line(row), row.item
    place = item.place
    # the folder is the reader's own; the page stays the same wherever it lies
    spot = f"{PurePath(place.file).name}:{place.line}"
    source = f"{item.where}, {spot}" if item.where else spot
    return ForestLine(
        line.name,
        line.people,
        line.rate,
        line.share,
        line.kind,
        item.study,
        _picture(line),
        source,
        steps(item.number),
        str(item.people),
    )


def _line(line: Drawn) -> ForestLine:
    """Return a summary line."""
    return ForestLine(
        line.name, line.people, line.rate, line.share, line.kind, "", _picture(line)
    )


def _picture(line: Drawn) -> Picture | None:
    """Return a line's interval as places on the axis."""
    if line.ends is None:
        return None
    low, high = (number(end * AXIS) for end in line.ends)
    if line.estimate is None:
        return Picture(line.kind, low, high)
    half = SQUARE_MIN + (SQUARE_MAX - SQUARE_MIN) * line.weight**0.5
    return Picture(
        line.kind,
        low,
        high,
        number(line.estimate * AXIS),
        number(2 * half),
        number(line.estimate * AXIS - half),
        number(MIDDLE - half),
    )
