"""For one therapy, endpoint, scope and time: which result of each study enters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.selection.chosen import Excluded, Included, Selection
from lupus_evidence.selection.denominators import preferred_kind
from lupus_evidence.selection.derived import sources_of
from lupus_evidence.selection.offer import Cell, in_words, study_offer
from lupus_evidence.selection.overlap import Report, independent_reports
from lupus_evidence.selection.rules import Reason, SelectionRules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.models import Study
    from lupus_evidence.selection.candidates import Candidate
    from lupus_evidence.selection.evidence import TherapyEvidence
    from lupus_evidence.vocabulary import Among, Band, Scope


def select(
    evidence: TherapyEvidence,
    endpoint: str,
    scope: Scope,
    band: Band,
    rules: SelectionRules | None = None,
    *,
    kind: Among | None = None,
) -> Selection:
    """Choose the results of one pooled figure.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about a therapy.
    endpoint : str
        What is counted.
    scope : str
        What it was judged on.
    band : Band
        At what time.
    rules : SelectionRules, optional
        What a person changed about the choice.
    kind : str, optional
        Kind of denominator to use; the preferred of those offered if omitted.

    Returns
    -------
    Selection
        One kind of denominator, one number for each study, nobody twice; and every
        other result of this endpoint and time with the reason why it is not in.
    """
    cell = Cell(evidence, endpoint, scope, band, rules or SelectionRules())
    offers = [
        study_offer(cell, source)
        for source in evidence.speaking((endpoint, *sources_of(endpoint)), band)
    ]
    offered = {item.kind for offer in offers for item in offer.candidates}
    kind = kind or preferred_kind(endpoint, offered)
    winners: dict[str, Candidate] = {}
    excluded: list[Excluded] = []
    for offer in offers:
        best = offer.best(kind)
        if best is not None:
            winners[offer.study.id] = best
        excluded += offer.left_out(best, kind)
    kept = independent_reports(
        [_report(item) for item in winners.values()],
        evidence.overlaps.keys(),
        cell.rules.overlap,
    )
    excluded += [
        _overlapping(winners[study], kept, evidence)
        for study in winners
        if study not in kept
    ]
    return Selection(
        evidence.therapy,
        endpoint,
        scope,
        band,
        kind if kept else None,
        tuple(sorted(offered)),
        tuple(included_number(winners[study]) for study in kept),
        tuple(sorted(excluded, key=lambda item: (item.study, item.index))),
        _other_times(cell),
    )


def select_alike(
    evidence: Sequence[TherapyEvidence],
    endpoint: str,
    scope: Scope,
    band: Band,
    rules: SelectionRules,
) -> tuple[Selection, ...]:
    """Choose the results of several therapies, with one kind of denominator if any.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        One for each therapy.
    endpoint, scope, band, rules
        As for `select`.

    Returns
    -------
    tuple of Selection
        In the order of the therapies. Where their preferred kinds differ and there
        is a kind that all of those with results offer, that one is used.
    """
    own = tuple(select(item, endpoint, scope, band, rules) for item in evidence)
    speaking = [item for item in own if item.included]
    if len({item.kind for item in speaking}) < 2:  # noqa: PLR2004 - no difference
        return own
    common = set.intersection(*(set(item.offered) for item in speaking))
    kind = preferred_kind(endpoint, common)
    if kind is None:
        return own
    return tuple(
        select(item, endpoint, scope, band, rules, kind=kind) for item in evidence
    )


def follow_up_months(study: Study) -> float:
    """Return how long a study followed people, in months; 0 if it does not say."""
    follow_up = study.follow_up
    if follow_up is None:
        return 0.0
    for printed in (follow_up.median, follow_up.mean):
        if printed is not None:
            return printed.value
    if follow_up.fixed is not None:
        return follow_up.fixed
    if follow_up.longest is not None:
        return follow_up.longest
    return follow_up.high.value if follow_up.high is not None else 0.0


def _report(item: Candidate) -> Report:
    """Return what decides between a number and those that share its people."""
    study = item.source.study
    return Report(
        study.id, int(item.people), follow_up_months(study), study.citation.year or 0
    )


def _overlapping(
    item: Candidate, kept: Sequence[str], evidence: TherapyEvidence
) -> Excluded:
    """Name the counted studies that share people with a number."""
    study = item.source.study.id
    others = ", ".join(
        f"{other} ({evidence.overlaps[study, other]})"
        for other in kept
        if (study, other) in evidence.overlaps
    )
    text = f"shares people with {others}; here {in_words(item)}"
    return Excluded(study, item.indexes[0], Reason.OVERLAP, text, item.source)


def included_number(item: Candidate) -> Included:
    """Return a number that enters, as others see it.

    Parameters
    ----------
    item : Candidate
        The study's best number.
    """
    study, time = item.source.study, item.time
    return Included(
        study.id,
        item.arms,
        item.number.events,
        item.number.n,
        int(item.people),
        item.number.form,
        item.number.how,
        item.among,
        time.months if time else None,
        time.basis if time else None,
        item.reading,
        study.citation.year,
        item.indexes,
        item.source,
    )


def _other_times(cell: Cell) -> tuple[str, ...]:
    """Return the studies that report the endpoint and scope at other times only."""
    return tuple(
        study
        for study, results in sorted(
            cell.evidence.results.get(cell.endpoint, {}).items()
        )
        if all(item.band != cell.band for item in results)
        and any(item.result.scope == cell.scope for item in results)
    )
