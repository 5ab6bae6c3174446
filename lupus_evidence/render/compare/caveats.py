"""What a reader must know of a figure before setting it beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.evidence.rules import Reason
from lupus_evidence.vocabulary import DENOMINATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.compare.cells import Cell, Row

#: What keeps a count from being a rate at one time.
UNEVEN = "follow-up was shorter for some people than for others"


def about_another_group(cell: Cell) -> list[str]:
    """Name what a figure leaves out so that all of it has one kind of denominator."""
    return [
        f"{item.study} ({item.result.n} {DENOMINATORS[item.result.among].words})"
        for item in cell.selection.excluded
        if item.reason is Reason.DENOMINATOR and item.result.n is not None
    ]


def about_its_time(cell: Cell) -> list[str]:
    """Say what keeps a figure from being a rate at one time, in how many studies."""
    uneven = sum(item.uneven for item in cell.selection.included)
    if not uneven or cell.selection.band.months is None:
        return []
    if cell.k == 1:
        return [UNEVEN]
    share = f"all {cell.k}" if uneven == cell.k else f"{uneven} of {cell.k}"
    return [f"in {share} studies {UNEVEN}"]


def contradictory_sources(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the studies behind these rows whose sources contradict themselves.

    Parameters
    ----------
    rows : iterable of Row
        Rows that are shown.

    Returns
    -------
    tuple of str
        Ids of records with a discrepancy, in order.
    """
    return tuple(
        sorted(
            {
                item.study
                for row in rows
                for cell in row.cells
                for item in cell.selection.included
                if item.record.discrepancies
            }
        )
    )
