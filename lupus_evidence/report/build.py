"""From records and articles to everything that the report page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit import ClaimsBase, audit
from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.survival import CurveChoices, Curves, curve_receipt
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.evidence.survival_selection import ALIVE
from lupus_evidence.evidence.therapy_results import shared_people
from lupus_evidence.forest import forest_panel
from lupus_evidence.records.naming import study_names
from lupus_evidence.report.body_of_evidence import (
    bias_of_figures,
    evidence_map,
    overlap_families,
    sharing_of,
)
from lupus_evidence.report.contents import Report, ReportChoices
from lupus_evidence.report.key_findings import (
    fact_endpoints,
    fact_rows,
    finding,
    pooled_answers,
    side_by_side,
    without_pooled,
)
from lupus_evidence.vocabulary import topic, use_topic

if TYPE_CHECKING:
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.records.load import EvidenceBase


def build_report(
    base: EvidenceBase, claims: ClaimsBase, choices: ReportChoices | None = None
) -> Report:
    """Return everything that the report page shows.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    claims : ClaimsBase
        The articles to audit.
    choices : ReportChoices, optional
        What the report is about and how its figures come about.

    Raises
    ------
    EvidenceError
        If fewer than two therapies are given, or one is part of another.
    UnknownNameError
        If a therapy, outcome or scope does not exist.
    """
    use_topic(base.topic)
    choices = choices or ReportChoices()
    if choices.scope is not None and choices.scope not in topic().scope_names:
        raise UnknownNameError("scope", choices.scope, tuple(topic().scope_names))
    comparison = compare(
        base,
        choices.therapies,
        endpoints=tuple(dict.fromkeys((*topic().shown_endpoints, *choices.outcomes))),
        rules=choices.rules,
        method=choices.method,
        tau_prior=choices.tau_prior,
        level=choices.level,
    )
    counted = frozenset(
        item.study
        for row in comparison.rows
        for cell in row.cells
        for item in cell.selection.included
    )
    ids = {study.id for study in base.studies}
    sharing = sharing_of(shared_people(base.studies), ids)
    facts = fact_rows(comparison, fact_endpoints(choices.outcomes), choices.scope)
    trials = side_by_side(comparison, choices)
    pooled = pooled_answers(comparison, choices)
    return Report(
        choices,
        comparison,
        finding(comparison, facts, trials, pooled, choices),
        facts,
        _curves(base, comparison, choices),
        pooled,
        without_pooled(trials, pooled),
        evidence_map(comparison),
        tuple(forest_panel(row, choices.level) for row in comparison.rows),
        base.files,
        counted,
        bias_of_figures(comparison),
        overlap_families(base.studies, sharing),
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


def _curves(
    base: EvidenceBase, comparison: Comparison, choices: ReportChoices
) -> Curves | None:
    """Return survival over time, where any therapy has a curve."""
    if not comparison.survival.lines:
        return None
    speaking = (x for x in comparison.survival.answers if x.selection.included)
    how = CurveChoices(choices.rules, choices.tau_prior, choices.level)
    return Curves(
        ALIVE, tuple(speaking), (), study_names(base.studies), curve_receipt(base, how)
    )
