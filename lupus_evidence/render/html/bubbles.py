"""The evidence map: a bubble for everybody counted, by therapy, endpoint and time."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING

from lupus_evidence.render.cells import number
from lupus_evidence.render.compare.words import at_time, capital, question
from lupus_evidence.render.html import anchors, lay
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.report.page import Bubble, MapRow, Report
    from lupus_evidence.vocabulary import Band

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
    place : int
        Place of its therapy, for colour and shape.
    radius, half, side : str
        In pixels: of a circle, and of a square of the same area.
    people : str
        How many; empty where no result can be used.
    below : str
        Place of that number: within the bubble, or below a small one.
    says : str
        The bubble in words.
    studies : str
        Ids of its studies, a space between them.
    link : str
        The forest table behind it; that of the studies without one.
    """

    place: int
    radius: str
    half: str
    side: str
    people: str
    below: str
    says: str
    studies: str
    link: str


@dataclass(frozen=True)
class MapRowView:
    """One line of the map.

    Parameters
    ----------
    name : str
        Endpoint and scope.
    cells : tuple of tuple of BubbleView
        One for each time band.
    """

    name: str
    cells: tuple[tuple[BubbleView, ...], ...]


@dataclass(frozen=True)
class MapView:
    """One table of the map.

    Parameters
    ----------
    name : str
        What its rows have in common.
    times : tuple of str
        Heads of its columns.
    rows : tuple of MapRowView
        Its lines.
    """

    name: str
    times: tuple[str, ...]
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
        MapView(
            "By months after treatment" if len(bands) > 1 else "Counted at any time",
            tuple(map(lay.column, bands)),
            tuple(_row(row, places, largest) for row in group),
        )
        for bands, group in groups.items()
    )


def _row(row: MapRow, places: dict[str, int], largest: int) -> MapRowView:
    """Return one line of the map."""
    return MapRowView(
        question(row.endpoint, row.scope),
        tuple(
            tuple(
                _bubble(row, band, bubble, places[bubble.therapy], largest)
                for bubble in bubbles
            )
            for band, bubbles in row.cells
        ),
    )


def _bubble(
    row: MapRow, band: Band, bubble: Bubble, place: int, largest: int
) -> BubbleView:
    """Return one bubble; its area, not its radius, grows with the people."""
    studies = plural(len(bubble.studies), "study", "studies")
    radius = sqrt(LEAST**2 + (MOST**2 - LEAST**2) * bubble.people / largest)
    subject = f"{question(row.endpoint, row.scope)}, {at_time(band)}"
    link = "#studies"
    if bubble.people:
        found = f"{plural(bubble.people, 'person', 'people')} in {studies}"
        link = "#" + anchors.forest(row.endpoint, row.scope, band)
    else:
        found = f"{studies}, no number that can be used"
    return BubbleView(
        place,
        number(radius),
        number(radius * SQUARE),
        number(radius * SQUARE * 2),
        str(bubble.people) if bubble.people else "",
        number(WITHIN if radius >= ROOMY else radius + BELOW),
        f"{capital(subject)}, {lay.short_name(bubble.therapy)}: {found}",
        " ".join(bubble.studies),
        link,
    )
