"""Figures of one outcome at several times: whose people they share, where they rise.

Each figure is about other studies than the next, so a column of them is no course
that anybody took. Where two of them rest on the same people, or survival seems to
rise, the reader must be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import family_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.vocabulary import Band, Scope


@dataclass(frozen=True)
class OverTime:
    """One therapy's figures of an outcome at several times.

    Parameters
    ----------
    therapy, endpoint, scope : str
        Of what.
    bands : tuple of Band
        The times that have a figure, in order.
    shared : tuple of (Band, Band)
        Pairs of times whose figures share people.
    impossible : tuple of (Band, Band)
        Neighbouring times between which the figures go a way that no group can go:
        more people alive, or fewer dead, than before.
    """

    therapy: str
    endpoint: str
    scope: Scope
    bands: tuple[Band, ...]
    shared: tuple[tuple[Band, Band], ...]
    impossible: tuple[tuple[Band, Band], ...]


def over_time(
    rows: Iterable[Row], overlaps: Mapping[tuple[str, str], str]
) -> tuple[OverTime, ...]:
    """Return what must be said of figures at several times, where anything must.

    Parameters
    ----------
    rows : iterable of Row
        Rows with a figure.
    overlaps : mapping
        Pairs of studies that share people, in both orders.
    """
    groups: dict[tuple[str, Scope, str], list[tuple[Band, Cell]]] = {}
    for row in rows:
        for cell in row.cells:
            if row.band.months is not None and cell.k:
                key = (row.endpoint, row.scope, cell.therapy)
                groups.setdefault(key, []).append((row.band, cell))
    found = []
    for (endpoint, scope, therapy), cells in groups.items():
        cells.sort(key=lambda item: item[0].low)
        shared = tuple(
            (one[0], other[0])
            for one, other in combinations(cells, 2)
            if _share(one[1], other[1], overlaps)
        )
        impossible = _impossible(endpoint, cells)
        if shared or impossible:
            bands = tuple(band for band, _ in cells)
            found.append(OverTime(therapy, endpoint, scope, bands, shared, impossible))
    return tuple(found)


def _share(one: Cell, other: Cell, overlaps: Mapping[tuple[str, str], str]) -> bool:
    """Tell whether two figures rest on some of the same people."""
    return any(
        x.study == y.study or (x.study, y.study) in overlaps
        for x in one.selection.included
        for y in other.selection.included
    )


def _impossible(
    endpoint: str, cells: Sequence[tuple[Band, Cell]]
) -> tuple[tuple[Band, Band], ...]:
    """Return neighbouring times between which survival rises or deaths fall."""
    survival = family_of(endpoint) == "survival"
    if not survival and topic().endpoints[endpoint].opposite != "overall-survival":
        return ()
    known = [(band, cell.estimate) for band, cell in cells if cell.estimate is not None]
    return tuple(
        (before, after)
        for (before, first), (after, second) in pairwise(known)
        if (second > first if survival else second < first)
    )
