"""The evidence map: a bubble for everybody counted, by therapy, endpoint and time."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING

from lupus_evidence.text import number

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
