"""The rows that a first look needs: one screen instead of every time that was printed.

Nothing is decided here about what is pooled. The rows left to `--all` are counted on
the screen, and CSV and JSON always hold every row.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy
from lupus_evidence.vocabulary import NOT_STATED, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.vocabulary import Scope


def main_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows for a first look, in their order.

    Of each main endpoint and scope these are the times at which at least two
    therapies have a figure; where there is none, each therapy's figure on the most
    people, the later one of equals, and if that has no stated time the best one that
    has.

    Parameters
    ----------
    rows : sequence of Row
        All rows of a comparison.

    Returns
    -------
    tuple of Row
        All of them where none is about a main endpoint.
    """
    groups: dict[tuple[str, Scope], list[Row]] = defaultdict(list)
    for row in rows:
        if topic().endpoints[row.endpoint].look == "first":
            groups[row.endpoint, row.scope].append(row)
    kept = {id(row) for group in groups.values() for row in _first(group)}
    return tuple(row for row in rows if id(row) in kept) or tuple(rows)


def _first(group: list[Row]) -> list[Row]:
    """Choose among the times of one endpoint."""
    shared = [row for row in group if _answered(row) > 1]
    if shared:
        return shared
    dated = [row for row in group if row.band is not NOT_STATED]
    return [*_largest(group).values(), *_largest(dated).values()]


def _largest(group: list[Row]) -> dict[str, Row]:
    """Return each therapy's row with the figure on the most people."""
    best: dict[str, Row] = {}
    for row in group:
        for cell in row.cells:
            if isinstance(cell.figure, NoStudy):
                continue
            therapy = cell.therapy
            if therapy not in best or _people(cell) >= _people(
                _of(best[therapy], therapy)
            ):
                best[therapy] = row
    return best


def _answered(row: Row) -> int:
    """Return how many therapies have a figure."""
    return sum(not isinstance(cell.figure, NoStudy) for cell in row.cells)


def _of(row: Row, therapy: str) -> Cell:
    """Return a therapy's cell."""
    return next(cell for cell in row.cells if cell.therapy == therapy)


def _people(cell: Cell) -> int:
    """Return how many people a figure rests on."""
    return cell.selection.people
