"""The evidence map: for which outcome, when and after what anybody was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.report.page import Bubble, MapRow
from lupus_evidence.vocabulary import (
    ANY_TIME,
    FAMILIES,
    family_of,
    topic,
)

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.vocabulary import Band, Scope


def map_bands() -> tuple[Band, ...]:
    """Return the columns of what depends on the time; all else has one column."""
    return tuple(band for band in topic().all_bands if band != ANY_TIME)


def evidence_map(comparison: Comparison) -> tuple[MapRow, ...]:
    """Return one row for each endpoint and scope, by family, endpoint and scope.

    Parameters
    ----------
    comparison : Comparison
        The comparison; its rows without a usable figure are on the map too.
    """
    found: dict[tuple[str, Scope], dict[Band, Row]] = {}
    for row in (*comparison.rows, *comparison.unanswered):
        found.setdefault((row.endpoint, row.scope), {})[row.band] = row
    return tuple(
        MapRow(
            endpoint,
            scope,
            tuple((band, _bubbles(rows.get(band))) for band in _bands(endpoint)),
        )
        for (endpoint, scope), rows in sorted(found.items(), key=_order)
    )


def _bands(endpoint: str) -> tuple[Band, ...]:
    """Return the columns that an endpoint can have a bubble in."""
    return map_bands() if topic().endpoints[endpoint].clock else (ANY_TIME,)


def _order(item: tuple[tuple[str, Scope], object]) -> tuple[int, int, int]:
    """Sort by family, endpoint and scope, as the vocabulary has them."""
    endpoint, scope = item[0]
    family = FAMILIES.index(family_of(endpoint))
    return (
        family,
        list(topic().endpoints).index(endpoint),
        topic().scope_names.index(scope),
    )


def _bubbles(row: Row | None) -> tuple[Bubble, ...]:
    """Return the bubbles of one field of the map."""
    if row is None:
        return ()
    bubbles = (_bubble(cell) for cell in row.cells)
    return tuple(bubble for bubble in bubbles if bubble.studies)


def _bubble(cell: Cell) -> Bubble:
    """Return what is known in one cell."""
    selection = cell.selection
    if selection.included:
        studies = tuple(item.study for item in selection.included)
        return Bubble(cell.therapy, selection.people, studies)
    silent = dict.fromkeys(item.study for item in selection.excluded)
    return Bubble(cell.therapy, 0, tuple(silent))
