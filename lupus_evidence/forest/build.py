"""From records, or from a row of a comparison, to a forest plot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy
from lupus_evidence.compare.comparison import (
    compared_rows,
    comparison_receipt,
    is_asked,
    therapies_evidence,
)
from lupus_evidence.compare.figures import Pooling
from lupus_evidence.compare.first_look import main_rows
from lupus_evidence.compare.trials import (
    TrialPooling,
    controls_beside,
    trials_between,
)
from lupus_evidence.errors import EvidenceError
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.forest.plot import ForestGroup, ForestPanel, ForestPlot, ForestRow
from lupus_evidence.forest.shares import information_shares
from lupus_evidence.naming import study_names
from lupus_evidence.vocabulary import ANY_TIME, therapy_includes, topic, use_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.vocabulary import Band, Scope


def forest_plot(
    base: EvidenceBase,
    endpoint: str,
    therapies: Sequence[str] | None = None,
    *,
    scopes: Sequence[Scope] | None = None,
    bands: Sequence[Band] | None = None,
    rules: SelectionRules | None = None,
    method: Method = "bayes",
    tau_prior: float = 1.0,
    level: float = 0.95,
) -> ForestPlot:
    """Return what studies found of one endpoint beside the figures they enter.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    endpoint : str
        What is counted.
    therapies : sequence of str, optional
        One or more; if omitted, those of `topic().compared` that have anything to
        show.
    scopes : sequence of str, optional
        What remission and response were judged on; every scope if omitted.
    bands : sequence of Band, optional
        At what times; if omitted, the times that matter most, as in a comparison, and
        of trials with both arms all.
    rules : SelectionRules, optional
        What a person changed about the choice of results.
    method : str
        Estimator, one of `stats.pooling.METHODS`.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies.
    level : float
        Level of every interval in 0-1.

    Raises
    ------
    UnknownNameError
        If the endpoint or a therapy does not exist.
    EvidenceError
        If therapies are given and there is none.
    """
    use_topic(base.topic)
    names = tuple(dict.fromkeys(topic().compared if therapies is None else therapies))
    if not names:
        raise EvidenceError("a forest plot needs a therapy")
    rules = rules or SelectionRules()
    pooling = Pooling(method, level, tau_prior)
    evidence = therapies_evidence(base, names)
    rows = compared_rows(evidence, (endpoint,), scopes, None, rules, pooling)
    shown = tuple(map(_with_something, _shown(rows, bands)))
    kept = {(row.scope, row.band) for row in shown}
    with_cell = {cell.therapy for row in shown for cell in row.cells}
    silent = tuple(name for name in names if name not in with_cell)
    return ForestPlot(
        endpoint,
        tuple(name for name in names if name in with_cell),
        silent if therapies or not shown else (),
        tuple(forest_panel(row, level) for row in shown),
        tuple(
            answer
            for answer in trials_between(
                evidence,
                controls_beside(base, names),
                (endpoint,),
                rules,
                TrialPooling.beside(method, level),
            )
            if is_asked(answer.question, scopes, bands)
            and not therapy_includes(*answer.therapies)
            and not therapy_includes(*reversed(answer.therapies))
        ),
        tuple(
            (row.scope, row.band)
            for row in rows
            if row.answered and (row.scope, row.band) not in kept
        ),
        study_names(base.studies),
        comparison_receipt(base, rules, pooling),
    )


def forest_panel(row: Row, level: float) -> ForestPanel:
    """Return one row of a comparison with the rate of each of its studies.

    Parameters
    ----------
    row : Row
        The row.
    level : float
        Level of the intervals in 0-1.
    """
    return ForestPanel(row, tuple(_group(cell, level) for cell in row.cells))


def _with_something(row: Row) -> Row:
    """Return a row without the therapies that nobody reports it for."""
    cells = (cell for cell in row.cells if cell.figure != NoStudy(0))
    return replace(row, cells=tuple(cells))


def _shown(rows: Sequence[Row], bands: Sequence[Band] | None) -> tuple[Row, ...]:
    """Return the rows at the times asked for, or those for a first look."""
    if bands is None:
        return main_rows([row for row in rows if row.answered])
    return tuple(
        row
        for row in rows
        if row.band in (*bands, ANY_TIME) and (row.answered or row.reported)
    )


def _group(cell: Cell, level: float) -> ForestGroup:
    """Return a therapy's studies with their intervals, the earliest first."""
    from lupus_evidence.stats.proportions import interval

    shares = information_shares(cell.selection.sizes, cell.figure)
    rows = [
        ForestRow(
            item,
            *interval(item.events, item.n, method="exact", level=level),
            share,
        )
        for item, share in zip(cell.selection.included, shares, strict=True)
    ]
    rows.sort(key=lambda row: (row.item.year or 0, row.item.study))
    return ForestGroup(cell, tuple(rows))
