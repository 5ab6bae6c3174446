"""Which figures moved between two comparisons, and because of which studies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Cell, Ends, Pooled, SingleStudy

if TYPE_CHECKING:
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.vocabulary import Band, Scope


@dataclass(frozen=True)
class Standing:
    """Where a figure stood.

    Parameters
    ----------
    k : int
        Studies in it.
    people : float
        Their people.
    rate : float or None
        Proportion in 0-1; None where there is no one number.
    ci : tuple of float or None
        Its interval.
    """

    k: int
    people: float
    rate: float | None
    ci: Ends | None


@dataclass(frozen=True)
class MovedFigure:
    """A figure that is not what it was.

    Parameters
    ----------
    therapy, endpoint, scope : str
        Which figure.
    band : Band
        At what time.
    old, new : Standing
        Before and after.
    because : tuple of str
        Studies that came in, went out or changed their counts.
    """

    therapy: str
    endpoint: str
    scope: Scope
    band: Band
    old: Standing
    new: Standing
    because: tuple[str, ...]


Key = tuple[str, "Scope", "Band", str]
_NOTHING = Standing(0, 0, None, None)


def moved_figures(old: Comparison, new: Comparison) -> tuple[MovedFigure, ...]:
    """Return the figures that differ, in the order of the new comparison.

    Parameters
    ----------
    old, new : Comparison
        Of the same therapies, under the same rules.
    """
    before, after = _cells(old), _cells(new)
    moved = []
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        stood, stands = _standing(was), _standing(now)
        if stood == stands:
            continue
        endpoint, scope, band, therapy = key
        counted = _counts(was) ^ _counts(now)
        because = tuple(sorted({study for study, *_ in counted}))
        moved.append(
            MovedFigure(therapy, endpoint, scope, band, stood, stands, because)
        )
    return tuple(moved)


def _cells(comparison: Comparison) -> dict[Key, Cell]:
    """Return every cell by what it is about."""
    return {
        (row.endpoint, row.scope, row.band, cell.therapy): cell
        for row in comparison.rows
        for cell in row.cells
    }


def _counts(cell: Cell | None) -> set[tuple[str, float, float]]:
    """Return the studies of a cell with their counts."""
    if cell is None:
        return set()
    return {(item.study, item.events, item.n) for item in cell.selection.included}


def _standing(cell: Cell | None) -> Standing:
    """Return where a cell's figure stands."""
    if cell is None or not cell.selection.included:
        return _NOTHING
    included = cell.selection.included
    people = sum(item.people for item in included)
    figure = cell.figure
    if isinstance(figure, Pooled):
        estimate = figure.estimate
        return Standing(len(included), people, estimate.estimate, estimate.ci)
    if isinstance(figure, SingleStudy):
        rate = figure.study.events / figure.study.n
        return Standing(1, people, rate, (figure.low, figure.high))
    return Standing(len(included), people, None, None)
