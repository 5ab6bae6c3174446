"""A comparison for a spreadsheet: a row for each therapy, endpoint, scope and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy, Unpooled
from lupus_evidence.results import Column, Table

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell, Contrast, Figure, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.results import Value
    from lupus_evidence.stats.estimates import PooledEstimate

_MEANINGS = {
    "family": "Survival, remission, response or harm",
    "endpoint": "What is counted",
    "scope": "What it was judged on",
    "band": "Time band in months; empty where the time is not stated",
    "therapy": "What the people were given",
    "figure": "pooled, single-study, not-pooled or no-study",
    "k": "Studies",
    "n": "People",
    "events": "People with the outcome; effective people for estimates",
    "estimate": "Median rate, or the single study's rate, 0-1",
    "ci_low": "Lower end of its interval, 0-1",
    "ci_high": "Upper end of its interval, 0-1",
    "pi_low": "Lower end of the prediction interval, 0-1",
    "pi_high": "Upper end of the prediction interval, 0-1",
    "bound_side": "upper or lower, where everyone or no one had the outcome",
    "bound": "One-sided bound of the median rate, 0-1",
    "bound_on_totals": "Exact bound if every study had the same rate, 0-1",
    "mean": "Marginal mean rate, 0-1",
    "tau": "Spread between studies on the logit scale",
    "i2": "I squared, 0-1",
    "level": "Level of the intervals, 0-1",
    "method": "Estimator",
    "interval_method": "How the interval was drawn",
    "not_pooled": "Why there is no pooled figure: stable code",
    "denominator": "Kind of denominator of the figure",
    "certainty": "high, moderate, low or very low",
    "certainty_reasons": "Codes of the reasons, separated by spaces",
    "included": "Studies in the figure, separated by spaces",
    "excluded": "Results left out, study:reason, separated by spaces",
    "other_times": "Studies that report it for other times only",
    "compared_with": "Another therapy with a figure in the same row",
    "difference": "Rate less that of the other therapy, -1 to 1; unadjusted, indirect",
    "difference_low": "Lower end of its interval",
    "difference_high": "Upper end of its interval",
    "denominators_differ": "Whether the two have other kinds of denominator",
    "notes": "Codes of what a reader must know, separated by spaces",
}
COLUMNS = tuple(Column(key, "", text, "data") for key, text in _MEANINGS.items())


def cells_table(comparison: Comparison) -> Table:
    """Return a comparison as a long table.

    Parameters
    ----------
    comparison : Comparison
        Its rows without a figure are written too.
    """
    return Table(
        "cells",
        COLUMNS,
        tuple(
            tuple(cell_values(row, cell)[key] for key in _MEANINGS)
            for row in (*comparison.rows, *comparison.unanswered)
            for cell in row.cells
        ),
    )


def figure_code(figure: Figure) -> str:
    """Return the stable name of a kind of figure."""
    match figure:
        case Pooled():
            return "pooled"
        case SingleStudy():
            return "single-study"
        case Unpooled():
            return "not-pooled"
        case NoStudy():
            return "no-study"


def not_pooled(cell: Cell) -> str | None:
    """Return the code of why there is no pooled figure; None if there is one."""
    match cell.figure:
        case Pooled():
            return None
        case SingleStudy():
            return "one-study"
        case Unpooled(why):
            return why.reason
        case NoStudy(reported):
            return "no-usable-result" if reported else "no-studies"


def cell_values(row: Row, cell: Cell) -> dict[str, Value]:
    """Return everything about a cell that fits a spreadsheet, by column.

    Parameters
    ----------
    row : Row
        The cell's row.
    cell : Cell
        One therapy.
    """
    from lupus_evidence.vocabulary import family_of

    selection, certainty = cell.selection, cell.certainty
    low, high = cell.ci or (None, None)
    return {
        "family": family_of(row.endpoint),
        "endpoint": row.endpoint,
        "scope": row.scope,
        "band": row.band.months,
        "therapy": cell.therapy,
        "figure": figure_code(cell.figure),
        "k": cell.k,
        "n": selection.people,
        "events": sum(selection.events) if cell.k else None,
        "estimate": cell.estimate,
        "ci_low": low,
        "ci_high": high,
        **_pooled_values(cell),
        "not_pooled": not_pooled(cell),
        "denominator": selection.kind,
        "certainty": certainty.level if certainty else None,
        "certainty_reasons": " ".join(
            reason.code for reason in (certainty.downgrades if certainty else ())
        ),
        "included": " ".join(item.study for item in selection.included),
        "excluded": " ".join(
            dict.fromkeys(
                f"{item.study}:{item.reason.value}" for item in selection.excluded
            )
        ),
        "other_times": " ".join(selection.other_times),
        **_contrast_values(row, cell),
    }


def _pooled_values(cell: Cell) -> dict[str, Value]:
    """Return what only a pooled figure has, and how any figure was made."""
    found: PooledEstimate | None = None
    if isinstance(cell.figure, Pooled):
        found = cell.figure.estimate
    pi_low, pi_high = (found and found.prediction) or (None, None)
    bound = found.bound if found else None
    single = cell.figure if isinstance(cell.figure, SingleStudy) else None
    return {
        "pi_low": pi_low,
        "pi_high": pi_high,
        "bound_side": bound.side if bound else None,
        "bound": bound.model if bound else None,
        "bound_on_totals": bound.totals if bound else None,
        "mean": found.mean if found else None,
        "tau": found.tau if found else None,
        "i2": found.i2 if found else None,
        "level": found.level if found else single.level if single else None,
        "method": found.method if found else None,
        "interval_method": (
            found.interval_method if found else "exact" if single else None
        ),
        "notes": " ".join(note.code for note in found.notes) if found else "",
    }


def _contrast_values(row: Row, cell: Cell) -> dict[str, Value]:
    """Return the difference from the first other therapy with a figure."""
    for contrast in row.contrasts:
        if cell.therapy in (contrast.first, contrast.second):
            first = contrast.first == cell.therapy
            estimate, low, high = _difference(contrast, first=first)
            return {
                "compared_with": contrast.second if first else contrast.first,
                "difference": estimate,
                "difference_low": low,
                "difference_high": high,
                "denominators_differ": contrast.denominators_differ,
            }
    return dict.fromkeys(
        (
            "compared_with",
            "difference",
            "difference_low",
            "difference_high",
            "denominators_differ",
        )
    )


def _difference(
    contrast: Contrast, *, first: bool
) -> tuple[float | None, float, float]:
    """Return a difference as seen from its first or its second therapy."""
    effect = contrast.indirect.risk_difference
    low, high = effect.ci
    if first:
        return effect.estimate, low, high
    return None if effect.estimate is None else -effect.estimate, -high, -low
