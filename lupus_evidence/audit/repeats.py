"""The same people told twice: claims of one article that rest on the same evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import AuditedClaim, Finding, Verdict
from lupus_evidence.vocabulary import family_of

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded_figures import Records


@dataclass(frozen=True)
class SharingStudy:
    """A study that shares people with one behind a claim.

    Parameters
    ----------
    study : str
        Its record.
    claims : tuple of int
        The claims that rest on it.
    """

    study: str
    claims: tuple[int, ...]


def with_repeats(
    claims: list[AuditedClaim], records: Records
) -> tuple[AuditedClaim, ...]:
    """Add to each claim what it shares with the article's other claims.

    Parameters
    ----------
    claims : list of AuditedClaim
        Of one article, in its order.
    records : Records
        The records, for their overlaps.
    """
    return tuple(
        replace(claim, verdict=_added(claim.verdict, _repeats(claim, claims, records)))
        for claim in claims
    )


def _added(verdict: Verdict, findings: list[Finding]) -> Verdict:
    """Return a verdict with findings added; being told twice is context."""
    if not findings:
        return verdict
    word = verdict.word
    if word == "supported":
        word = "supported, context missing"
    return replace(verdict, word=word, findings=(*verdict.findings, *findings))


def _repeats(
    claim: AuditedClaim, claims: list[AuditedClaim], records: Records
) -> list[Finding]:
    """Return which other claims rest on the same result or on shared people."""
    own = set(claim.verdict.rests_on)
    findings = []
    same = [
        other
        for other in claims
        if other is not claim and own & set(other.verdict.rests_on)
    ]
    if same:
        again = tuple(other.number for other in same)
        values = {"again": again, "first": claim.number < min(again)}
        findings.append(Finding("same-people-twice", values))
    studies = {study for study, _ in own}
    outcomes = {_outcome(key, records) for key in own}
    sharing: set[str] = set()
    shared: dict[str, list[int]] = {}
    for other in claims:
        for study, index in other.verdict.rests_on:
            if _outcome((study, index), records) not in outcomes:
                continue
            mine = studies & records.overlaps.get(study, set())
            if mine and study not in studies:
                sharing |= mine
                shared.setdefault(study, []).append(other.number)
    if shared:
        others = tuple(
            SharingStudy(study, tuple(dict.fromkeys(numbers)))
            for study, numbers in sorted(shared.items())
        )
        values = {"studies": tuple(sorted(sharing)), "others": others}
        findings.append(Finding("same-people-twice", values))
    return findings


def _outcome(key: tuple[str, int], records: Records) -> str:
    """Return the family of outcomes that a result belongs to."""
    study, index = key
    return family_of(records.files[study].study.results[index].endpoint)
