"""A forest plot's contents: every study's rate beside the figure it enters.

Made from records, or from a row of a comparison; nothing is drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Cell, Figure, NoStudy, Pooled, Row
from lupus_evidence.compare.comparison import (
    compared_rows,
    comparison_receipt,
    is_asked,
    therapies_evidence,
)
from lupus_evidence.compare.figures import Pooling
from lupus_evidence.compare.first_look import main_rows
from lupus_evidence.compare.trials import TrialPooling, controls_beside, trials_between
from lupus_evidence.errors import EvidenceError
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.records.naming import study_names
from lupus_evidence.vocabulary import ANY_TIME, therapy_includes, topic, use_topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.compare.summary import ComparisonReceipt
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.vocabulary import Band, Scope


@dataclass(frozen=True)
class ForestRow:
    """One study's rate.

    Parameters
    ----------
    item : StudyNumber
        The study and its count.
    low, high : float
        Exact interval of that study's rate, proportions in 0-1.
    share : float
        Its share of the information in the group's figure, 0-1.
    """

    item: StudyNumber
    low: float
    high: float
    share: float


@dataclass(frozen=True)
class ForestGroup:
    """The studies of one therapy and the figure they come to.

    Parameters
    ----------
    cell : Cell
        Selection, figure and certainty.
    rows : tuple of ForestRow
        The studies that enter, in order of publication.
    """

    cell: Cell
    rows: tuple[ForestRow, ...]


@dataclass(frozen=True)
class ForestPanel:
    """One row of a comparison with its studies.

    Parameters
    ----------
    row : Row
        What is counted, judged on what, at what time.
    groups : tuple of ForestGroup
        One for each therapy, in the order asked.
    """

    row: Row
    groups: tuple[ForestGroup, ...]


@dataclass(frozen=True)
class ForestPlot:
    """One endpoint for some therapies.

    Parameters
    ----------
    endpoint : str
        What is counted.
    therapies : tuple of str
        Those shown, in the order asked.
    silent : tuple of str
        Those asked for that have nothing to show.
    panels : tuple of ForestPanel
        The times and scopes shown.
    trials : tuple of TrialsAnswer
        What studies with both arms found: of two of the therapies asked for, and of
        each against other treatments.
    elsewhere : tuple of (str, Band)
        Scopes and times that have a figure too but are not shown.
    names : mapping of str to str
        What each study is called, by id.
    receipt : ComparisonReceipt
        What all this rests on.
    """

    endpoint: str
    therapies: tuple[str, ...]
    silent: tuple[str, ...]
    panels: tuple[ForestPanel, ...]
    trials: tuple[TrialsAnswer, ...]
    elsewhere: tuple[tuple[Scope, Band], ...]
    names: Mapping[str, str]
    receipt: ComparisonReceipt

    @property
    def questions(self) -> tuple[tuple[Scope, Band], ...]:
        """The scopes and times of all that is shown, each once."""
        rows = [(panel.row.scope, panel.row.band) for panel in self.panels]
        trials = [(one.question.scope, one.question.band) for one in self.trials]
        return tuple(dict.fromkeys((*trials, *rows)))


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


def information_shares(sizes: tuple[float, ...], figure: Figure) -> tuple[float, ...]:
    """Return each study's share of the information in a figure.

    The binomial-normal model (Stijnen 2010, doi 10.1002/sim.4040) has no weights.
    Shown instead is 1 / (tau^2 + 1 / (n p (1 - p))) as a share of its sum: the
    inverse of the variance that a study's logit has at the pooled rate p and spread
    tau, by the delta method. Without a pooled rate the share is that of people.

    Parameters
    ----------
    sizes : tuple of float
        People, or effective people, in each study.
    figure : Pooled, SingleStudy, Unpooled or NoStudy
        What the studies come to.

    Returns
    -------
    tuple of float
        Shares in 0-1 that sum to 1.
    """
    weights = sizes
    if isinstance(figure, Pooled):
        rate, tau = figure.estimate.estimate, figure.estimate.tau
        if rate is not None and tau is not None and 0 < rate < 1:
            unit = rate * (1 - rate)
            weights = tuple(1 / (tau**2 + 1 / (size * unit)) for size in sizes)
    total = sum(weights)
    return tuple(weight / total for weight in weights)
