"""From records and articles to everything that the report page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit import audit
from lupus_evidence.compare.comparison import compare
from lupus_evidence.evidence.therapies import shared_people
from lupus_evidence.forest.build import forest_panel
from lupus_evidence.report.evidence_map import evidence_map
from lupus_evidence.report.facts import fact_rows
from lupus_evidence.report.families import overlap_families, sharing_of
from lupus_evidence.report.page import Report
from lupus_evidence.vocabulary import DEFAULT_THERAPIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.audit import ClaimsBase
    from lupus_evidence.evidence.rules import SelectionRules
    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.stats.pooling import Method


def build_report(
    base: EvidenceBase,
    claims: ClaimsBase,
    therapies: Sequence[str] = DEFAULT_THERAPIES,
    rules: SelectionRules | None = None,
    *,
    method: Method = "bayes",
    tau_prior: float = 1.0,
    level: float = 0.95,
) -> Report:
    """Return everything that the report page shows.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    claims : ClaimsBase
        The articles to audit.
    therapies : sequence of str
        Two or more to set side by side.
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
    EvidenceError
        If fewer than two therapies are given, or one is part of another.
    UnknownNameError
        If a therapy does not exist.
    """
    comparison = compare(
        base, therapies, rules=rules, method=method, tau_prior=tau_prior, level=level
    )
    counted = frozenset(
        item.study
        for row in comparison.rows
        for cell in row.cells
        for item in cell.selection.included
    )
    ids = {study.id for study in base.studies}
    sharing = sharing_of(shared_people(base.studies), ids)
    return Report(
        comparison,
        fact_rows(comparison),
        evidence_map(comparison),
        tuple(forest_panel(row, level) for row in comparison.rows),
        base.files,
        counted,
        overlap_families(base.studies, sharing, counted),
        sharing,
        audit(base, claims),
        tuple(
            study
            for study in base.studies
            if study.status != "published" and not study.results
        ),
        base.base,
        base.diagnostics,
    )
