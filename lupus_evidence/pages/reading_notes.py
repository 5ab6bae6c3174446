"""Which marks stand in the tables of a comparison and have to be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.pages import phrases
from lupus_evidence.text import plural
from lupus_evidence.vocabulary import (
    ANY_TIME,
    BEST_EVER,
    NOT_STATED,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.survival import SurvivalAnswer
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.vocabulary import Band


@dataclass(frozen=True)
class ShownBand:
    """A stretch of time that a number of months stands for."""

    months: int | None
    low: float
    high: float
    last: bool


@dataclass(frozen=True)
class Marks:
    """What occurs in the tables, each thing to be said only where it does.

    Parameters
    ----------
    pooled, estimated, mean, new_centre, at_least, vary, uneven : bool
        Whether there is such a figure.
    spread_assumed, prediction_assumed : bool
        Whether an interval rests on the assumed spread.
    bands : list of ShownBand
        Stretches of time, in order.
    other_times : list of (str, str)
        What else stands in the column of months, with its meaning.
    prior : str
        Which figures' intervals the prior decides; empty if none.
    bound : float or None
        Level of the one-sided bounds in 0-1; None where there is none.
    error_assumed : list of str
        Studies whose estimate has no error of its own.
    concern : list of str
        Studies under an expression of concern.
    """

    pooled: bool
    estimated: bool
    mean: bool
    new_centre: bool
    at_least: bool
    vary: bool
    uneven: bool
    spread_assumed: bool
    prediction_assumed: bool
    bands: list[ShownBand]
    other_times: list[tuple[str, str]]
    prior: str
    bound: float | None
    error_assumed: list[str]
    concern: list[str]


def reading_marks(cells: Sequence[Cell], bands: Collection[Band] = ()) -> Marks:
    """Return what has to be explained.

    Parameters
    ----------
    cells : sequence of Cell
        The figures that are shown.
    bands : collection of Band
        The times that are shown as numbers of months.
    """
    pooled = [c.figure.estimate for c in cells if isinstance(c.figure, Pooled)]
    included = [item for cell in cells for item in cell.selection.included]
    bounds = [item.bound for item in pooled if item.bound is not None]
    return Marks(
        pooled=bool(pooled),
        estimated=any(item.form == "effective" for item in included),
        mean=any(map(phrases.mean_apart, cells)),
        new_centre=any(map(phrases.new_centre, cells)),
        at_least=any(cell.at_least for cell in cells),
        vary=any(item.noted("too-different") for item in pooled),
        uneven=any(map(phrases.uneven_studies, cells)),
        spread_assumed=any(item.noted("spread-assumed") for item in pooled),
        prediction_assumed=any(
            item.noted("prediction-assumed") and item.prediction_shown
            for item in pooled
        ),
        bands=shown_bands(bands),
        other_times=[
            (phrases.months(band), band.label)
            for band in (ANY_TIME, BEST_EVER, NOT_STATED)
            if band in bands
        ],
        prior=decided_by_the_prior(cells),
        bound=bounds[0].level if bounds else None,
        error_assumed=sorted({item.study for item in included if item.assumed}),
        concern=under_concern(*cells),
    )


def under_concern(*figures: Cell | TrialsAnswer | SurvivalAnswer) -> list[str]:
    """Return the studies behind figures whose journal has doubts about them.

    Parameters
    ----------
    *figures : Cell, TrialsAnswer or SurvivalAnswer
        What is shown.
    """
    return sorted(
        {
            item.study
            for figure in figures
            for item in figure.selection.included
            if item.record.concern
        }
    )


def doubted_studies(comparison: Comparison, cells: Iterable[Cell]) -> list[str]:
    """Return the doubted studies behind the answer of a comparison.

    Parameters
    ----------
    comparison : Comparison
        With its trials and curves.
    cells : iterable of Cell
        The figures that are shown of it.
    """
    survival = comparison.survival.answers
    return under_concern(*cells, *comparison.answering, *survival)


def shown_bands(bands: Collection[Band]) -> list[ShownBand]:
    """Return the stretches of time among bands, in order.

    Parameters
    ----------
    bands : collection of Band
        The times that are shown.
    """
    return [
        ShownBand(band.months, band.low, band.high, band == topic().bands[-1])
        for band in topic().bands
        if band in bands
    ]


def decided_by_the_prior(cells: Sequence[Cell]) -> str:
    """Name the figures whose interval the assumed spread between centres makes.

    Parameters
    ----------
    cells : sequence of Cell
        Figures that are shown.

    Returns
    -------
    str
        Empty where there is none.
    """
    pooled = [c for c in cells if isinstance(c.figure, Pooled)]
    moved = [cell for cell in pooled if phrases.prior_decides(cell)]
    if not moved:
        return ""
    if len(pooled) == 1:
        return "the pooled figure"
    if len(moved) == len(pooled):
        return f"all {plural(len(pooled), 'pooled figure')}"
    return "; ".join(map(_name, moved))


def _name(cell: Cell) -> str:
    """Return which figure a cell is, in a few words."""
    chosen = cell.selection
    label = topic().endpoints[chosen.endpoint].label
    judged = "" if chosen.scope == topic().whole else f", {chosen.scope}"
    return f"{cell.therapy} {label}{judged}, {phrases.at_time(chosen.band)}"
