"""The page's pictures: forest tables, pooled trials, the evidence map, icon arrays."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING

from lupus_evidence.documents.plot import RATES, PlotGroup, PlotLine, PlotPanel, Scale
from lupus_evidence.documents.text import capital, number, of_hundred, plural
from lupus_evidence.pages.forest_plot import plot_panel
from lupus_evidence.pages.trial_plot import reach_of, trial_group, trial_scale
from lupus_evidence.records.naming import study_names
from lupus_evidence.report import links
from lupus_evidence.vocabulary import Band, colour_of, topic
from lupus_evidence.writers.inline_svg import axis_svg, interval_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.forest import ForestPanel
    from lupus_evidence.report.contents import Bubble, Hundred, MapRow, Report


@dataclass(frozen=True)
class ForestView:
    """All tables of one endpoint.

    Parameters
    ----------
    anchor, name, size : str
        Its place on the page, what is counted, how much there is.
    first : bool
        Whether it is among what people ask first.
    panels : tuple of (str, PlotPanel)
        By scope and time, each with its place on the page.
    """

    anchor: str
    name: str
    size: str
    first: bool
    panels: tuple[tuple[str, PlotPanel], ...]


def forest_views(report: Report) -> tuple[ForestView, ...]:
    """Return the forest tables by endpoint, those that people ask first first.

    Parameters
    ----------
    report : Report
        The report.
    """
    groups: dict[str, list[ForestPanel]] = {}
    for panel in report.panels:
        groups.setdefault(panel.row.endpoint, []).append(panel)
    names = study_names(item.study for item in report.studies)
    therapies = report.comparison.therapies
    views = [
        _view(
            endpoint,
            [(panel, plot_panel(panel, therapies, names)) for panel in panels],
        )
        for endpoint, panels in groups.items()
    ]
    return tuple(sorted(views, key=lambda view: not view.first))


def _view(endpoint: str, panels: Sequence[tuple[ForestPanel, PlotPanel]]) -> ForestView:
    """Return one endpoint's tables."""
    studies = {line.study for _, drawn in panels for line in drawn.lines if line.study}
    size = f"{plural(len(studies), 'study', 'studies')}, {plural(len(panels), 'table')}"
    known = topic().endpoints[endpoint]
    return ForestView(
        f"forest-{endpoint}",
        capital(known.label),
        size,
        known.look == "first",
        tuple(
            (links.forest_anchor(endpoint, panel.row.scope, panel.row.band), drawn)
            for panel, drawn in panels
        ),
    )


def interval(line: PlotLine, scale: Scale = RATES) -> Markup:
    """Return a line's interval for the page, which colours it by its classes.

    Parameters
    ----------
    line : PlotLine
        The line.
    scale : Scale
        What its axis stands for.
    """
    from markupsafe import Markup

    return Markup(interval_svg(line, scale=scale))  # noqa: S704 - its texts are escaped


def axis(scale: Scale = RATES) -> Markup:
    """Return the numbers of an axis for the page.

    Parameters
    ----------
    scale : Scale
        What it stands for.
    """
    from markupsafe import Markup

    return Markup(axis_svg(scale=scale))  # noqa: S704 - numbers alone


@dataclass(frozen=True)
class PooledView:
    """One question that several trials answer.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    group : PlotGroup
        The trials and what they come to, as lines of a picture.
    scale : Scale
        What the picture's axis stands for, the same for every question of the page.
    """

    answer: TrialsAnswer
    group: PlotGroup
    scale: Scale


def pooled_views(report: Report) -> tuple[PooledView, ...]:
    """Return the questions that several trials answer, in order.

    Parameters
    ----------
    report : Report
        The report.
    """
    names = study_names(item.study for item in report.studies)
    therapies = report.comparison.therapies
    reach = reach_of(report.pooled)
    return tuple(
        PooledView(
            answer,
            trial_group(
                answer, names, colour_of(answer.therapies[0], therapies) or 0, reach
            ),
            trial_scale(answer, reach),
        )
        for answer in report.pooled
    )


#: Radius in pixels of the bubble of nobody, and of the one of most people.
LEAST, MOST = 3.5, 19.0
#: A bubble of this radius has room for its number; and where the number stands
#: within it, and below a smaller one.
ROOMY, WITHIN, BELOW = 9.0, 4.0, 10.0
#: Half the side of a square as large as a circle of radius 1.
SQUARE = sqrt(pi) / 2


@dataclass(frozen=True)
class BubbleView:
    """One bubble.

    Parameters
    ----------
    bubble : Bubble
        Which therapy, how many people, which studies.
    place : int
        Place of its therapy, for colour and shape.
    radius, half, side : str
        In pixels: of a circle, and of a square of the same area.
    below : str
        Place of the number of people: within the bubble, or below a small one.
    """

    bubble: Bubble
    place: int
    radius: str
    half: str
    side: str
    below: str


@dataclass(frozen=True)
class MapRowView:
    """One line of the map.

    Parameters
    ----------
    row : MapRow
        Endpoint and scope.
    cells : tuple of (Band, tuple of BubbleView)
        One for each time band.
    """

    row: MapRow
    cells: tuple[tuple[Band, tuple[BubbleView, ...]], ...]


@dataclass(frozen=True)
class MapView:
    """One table of the map.

    Parameters
    ----------
    bands : tuple of Band
        Its columns.
    rows : tuple of MapRowView
        Its lines.
    """

    bands: tuple[Band, ...]
    rows: tuple[MapRowView, ...]


def map_views(report: Report) -> tuple[MapView, ...]:
    """Return the map: what depends on the time, and what is counted at any time.

    Parameters
    ----------
    report : Report
        The report.
    """
    rows = report.evidence_map
    crowds = (bubble.people for row in rows for _, cell in row.cells for bubble in cell)
    largest = max(crowds, default=1) or 1
    places = {name: place for place, name in enumerate(report.comparison.therapies)}
    groups: dict[tuple[Band, ...], list[MapRow]] = {}
    for row in rows:
        groups.setdefault(tuple(band for band, _ in row.cells), []).append(row)
    return tuple(
        MapView(bands, tuple(_row(row, places, largest) for row in group))
        for bands, group in groups.items()
    )


def _row(row: MapRow, places: dict[str, int], largest: int) -> MapRowView:
    """Return one line of the map."""
    cells = (
        (band, tuple(_bubble(item, places[item.therapy], largest) for item in bubbles))
        for band, bubbles in row.cells
    )
    return MapRowView(row, tuple(cells))


def _bubble(bubble: Bubble, place: int, largest: int) -> BubbleView:
    """Return one bubble; its area, not its radius, grows with the people."""
    radius = sqrt(LEAST**2 + (MOST**2 - LEAST**2) * bubble.people / largest)
    return BubbleView(
        bubble,
        place,
        number(radius),
        number(radius * SQUARE),
        number(radius * SQUARE * 2),
        number(WITHIN if radius >= ROOMY else radius + BELOW),
    )


#: People in one row, and rows.
ACROSS = 10
#: Size of one person in the picture's own units; the symbols have it too.
WIDE, TALL = 12, 14
HUNDRED = ACROSS * ACROSS


@dataclass(frozen=True)
class Person:
    """One person of an icon array.

    Parameters
    ----------
    style : {"sure", "likely", "maybe", "none"}
        Counted even at the low end, up to the best single number, only up to the
        high end, or not at all.
    x, y : int
        Place in the picture.
    """

    style: str
    x: int
    y: int


@dataclass(frozen=True)
class IconArray:
    """A picture of a hundred people.

    Parameters
    ----------
    people : tuple of Person
        All of them.
    outline : str
        A line around as many people as the best figure has, as an SVG path; empty
        where no one or everyone stands in it.
    """

    people: tuple[Person, ...]
    outline: str


def icon_array(figure: Hundred) -> IconArray:
    """Return the picture of a figure.

    Parameters
    ----------
    figure : Hundred
        What it says of 100 people.
    """
    low, high = of_hundred(figure.low), of_hundred(figure.high)
    best = low if figure.best is None else of_hundred(figure.best)
    styles = (
        ("sure", min(low, best)),
        ("likely", best),
        ("maybe", max(high, best)),
        ("none", HUNDRED),
    )
    people = tuple(
        Person(
            next(style for style, end in styles if place < end),
            place % ACROSS * WIDE,
            place // ACROSS * TALL,
        )
        for place in range(HUNDRED)
    )
    return IconArray(people, "" if figure.best is None else _outline(best))


def _outline(people: int) -> str:
    """Return the line around the first so many people."""
    if people in (0, HUNDRED):
        return ""
    rows, rest = divmod(people, ACROSS)
    right, bottom = ACROSS * WIDE, rows * TALL
    if not rows:
        return f"M0 0H{rest * WIDE}V{TALL}H0z"
    if not rest:
        return f"M0 0H{right}V{bottom}H0z"
    return f"M0 0H{right}V{bottom}H{rest * WIDE}v{TALL}H0z"
