"""The fact box: for each main outcome, which figure stands for each therapy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.report.page import Fact, FactRow
from lupus_evidence.vocabulary import BEST_EVER, ENDPOINTS, NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.vocabulary import Band

#: What people ask first, benefits before harms. Deaths are told as people alive.
FACT_ENDPOINTS: tuple[str, ...] = tuple(
    name for name, row in ENDPOINTS.items() if row.lay
)


def fact_rows(comparison: Comparison) -> tuple[FactRow, ...]:
    """Return the rows of the fact box.

    Where all therapies have a figure for the same time, that time is used: of several
    the one at which the smaller side is largest. Otherwise each therapy has its own
    figure on the most people, and its own time. A known time goes before the best
    state ever reached, and that before a time not stated. Only figures about lupus as
    a whole stand here, not those about one organ.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    found = []
    for endpoint in FACT_ENDPOINTS:
        rows = _about(comparison.rows, endpoint)
        silent = _about(comparison.unanswered, endpoint)
        if rows or silent:
            facts = _facts(comparison.therapies, rows, silent)
            found.append(FactRow(endpoint, bool(ENDPOINTS[endpoint].good), facts))
    return tuple(found)


def sayable(cell: Cell) -> bool:
    """Tell whether a cell has an interval or a bound that can be said in people."""
    if cell.ci is not None:
        return True
    return isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is not None


def _known(band: Band) -> int:
    """Return how well the time of a figure is known: the more the better."""
    unsure = (NOT_STATED, BEST_EVER)
    return unsure.index(band) if band in unsure else len(unsure)


def _about(rows: Sequence[Row], endpoint: str) -> list[Row]:
    """Return the rows of an endpoint that are about lupus as a whole."""
    return [row for row in rows if row.endpoint == endpoint and row.scope == "lupus"]


def _facts(
    therapies: Sequence[str], rows: Sequence[Row], silent: Sequence[Row]
) -> tuple[Fact, ...]:
    """Choose the figures of one endpoint."""
    shared = [row for row in rows if all(sayable(cell) for cell in row.cells)]
    if shared:
        best = max(
            shared,
            key=lambda row: (
                _known(row.band),
                min(cell.selection.people for cell in row.cells),
            ),
        )
        return tuple(
            Fact(name, best, cell)
            for name, cell in zip(therapies, best.cells, strict=True)
        )
    return tuple(
        _own(name, place, rows, silent) for place, name in enumerate(therapies)
    )


def _own(therapy: str, place: int, rows: Sequence[Row], silent: Sequence[Row]) -> Fact:
    """Choose a therapy's own figure: a known time first, then the most people."""
    fit = [row for row in rows if sayable(row.cells[place])]
    if not fit:
        studies = {
            item.study
            for row in (*rows, *silent)
            for item in row.cells[place].selection.excluded
        }
        return Fact(therapy, None, None, tuple(sorted(studies)))
    best = max(
        fit,
        key=lambda row: (
            _known(row.band),
            row.cells[place].selection.people,
        ),
    )
    return Fact(therapy, best, best.cells[place])
