"""From records, or from a comparison that is there already, to a forest plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence import __version__
from lupus_evidence.checks.evidence import checked_evidence
from lupus_evidence.compare.cells import Cell, Row
from lupus_evidence.compare.comparison import answered_cell
from lupus_evidence.compare.figures import Pooling
from lupus_evidence.compare.main_rows import main_rows
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.choose import choose_alike
from lupus_evidence.evidence.derive import sources_of
from lupus_evidence.evidence.rules import SelectionRules
from lupus_evidence.forest.plot import (
    ForestGroup,
    ForestPanel,
    ForestPlot,
    ForestReceipt,
    ForestRow,
)
from lupus_evidence.forest.shares import information_shares
from lupus_evidence.vocabulary import (
    ALL_BANDS,
    ANY_TIME,
    DEFAULT_THERAPIES,
    ENDPOINTS,
    SCOPES,
    THERAPIES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.evidence.therapies import TherapyEvidence
    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.vocabulary import Band, Scope


def forest_plot(
    base: EvidenceBase,
    endpoint: str,
    therapies: Sequence[str] = DEFAULT_THERAPIES,
    band: Band | None = None,
    rules: SelectionRules | None = None,
    *,
    scope: Scope | None = None,
    method: Method = "bayes",
    tau_prior: float = 1.0,
    level: float = 0.95,
) -> ForestPlot:
    """Return every study's rate for one endpoint beside the figures they enter.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    endpoint : str
        What is counted.
    therapies : sequence of str
        One or more.
    band : Band, optional
        At what time; the times that matter most if omitted, as in a comparison.
    rules : SelectionRules, optional
        What a person changed about the choice of results.
    scope : str, optional
        What it was judged on; everything if omitted.
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
        If no therapy is given.
    """
    _check(endpoint, therapies)
    rules = rules or SelectionRules()
    pooling = Pooling(method, level, tau_prior)
    names = tuple(dict.fromkeys(therapies))
    evidence = tuple(checked_evidence(base, name) for name in names)
    rows = [
        _row((endpoint, *question), evidence, rules, pooling)
        for question in _questions(evidence, endpoint)
    ]
    asked = [
        row
        for row in rows
        if scope in (None, row.scope)
        and (band in (None, row.band) or row.band == ANY_TIME)
    ]
    shown = [row for row in asked if row.answered or row.reported]
    if band is None:
        shown = list(main_rows([row for row in asked if row.answered]))
    kept = {id(row) for row in shown}
    return ForestPlot(
        endpoint,
        names,
        tuple(forest_panel(row, level) for row in shown),
        tuple(
            (row.scope, row.band)
            for row in rows
            if row.answered and id(row) not in kept
        ),
        _receipt(base, rules, pooling),
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
    return ForestPanel(
        row.endpoint,
        row.scope,
        row.band,
        tuple(_group(cell, level) for cell in row.cells),
    )


def _check(endpoint: str, therapies: Sequence[str]) -> None:
    """Refuse names that do not exist."""
    if endpoint not in ENDPOINTS:
        raise UnknownNameError("endpoint", endpoint, tuple(ENDPOINTS))
    for name in therapies:
        if name not in THERAPIES:
            raise UnknownNameError("therapy", name, tuple(THERAPIES))
    if not therapies:
        raise EvidenceError("a forest plot needs a therapy")


def _questions(
    evidence: Sequence[TherapyEvidence], endpoint: str
) -> list[tuple[Scope, Band]]:
    """Return the scopes and times for which a study says anything, in order."""
    asked = {
        (item.result.scope, item.band)
        for therapy in evidence
        for source in (endpoint, *sources_of(endpoint))
        for results in therapy.results.get(source, {}).values()
        for item in results
    }
    return sorted(
        asked, key=lambda item: (SCOPES.index(item[0]), ALL_BANDS.index(item[1]))
    )


def _row(
    question: tuple[str, Scope, Band],
    evidence: Sequence[TherapyEvidence],
    rules: SelectionRules,
    pooling: Pooling,
) -> Row:
    """Answer one question for every therapy, without differences."""
    chosen = choose_alike(evidence, *question, rules)
    return Row(*question, tuple(answered_cell(item, pooling) for item in chosen), ())


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


def _receipt(
    base: EvidenceBase, rules: SelectionRules, pooling: Pooling
) -> ForestReceipt:
    """State what the plot rests on."""
    return ForestReceipt(
        version=__version__,
        data_hash=base.data_hash,
        records_version=base.base.version if base.base else None,
        searched=base.base.searched if base.base else None,
        method=pooling.method,
        tau_prior=pooling.tau_prior,
        level=pooling.level,
        rules=rules,
    )
