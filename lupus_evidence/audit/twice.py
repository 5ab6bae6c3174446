"""The same people told twice: claims of one article that rest on the same evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.sentences import named
from lupus_evidence.audit.verdicts import Finding
from lupus_evidence.vocabulary import family_of

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import Records
    from lupus_evidence.audit.verdicts import AuditedClaim, Verdict


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
        numbers = _numbers(same)
        words = f"This is the finding of {numbers} again, not another one."
        if claim.number < min(other.number for other in same):
            words = f"The article tells this finding again as {numbers}."
        findings.append(Finding("same-people-twice", (words,)))
    studies = {study for study, _ in own}
    outcomes = {_outcome(key, records) for key in own}
    sharing: set[str] = set()
    shared: dict[str, list[AuditedClaim]] = {}
    for other in claims:
        for study, index in other.verdict.rests_on:
            if _outcome((study, index), records) not in outcomes:
                continue
            mine = studies & records.overlaps.get(study, set())
            if mine and study not in studies:
                sharing |= mine
                shared.setdefault(study, []).append(other)
    rows = [
        f"{study} ({_numbers(list({item.number: item for item in others}.values()))})"
        for study, others in sorted(shared.items())
    ]
    if rows:
        verb = "shares" if len(sharing) == 1 else "share"
        text = (
            f"{named(sorted(sharing))} {verb} people with {named(rows)}: these are "
            "not separate groups."
        )
        findings.append(Finding("same-people-twice", (text,)))
    return findings


def _outcome(key: tuple[str, int], records: Records) -> str:
    """Return the family of outcomes that a result belongs to."""
    study, index = key
    return family_of(records.files[study].study.results[index].endpoint)


def _numbers(claims: list[AuditedClaim]) -> str:
    """Return claims by number: "claim 15", "claims 13 and 14"."""
    numbers = named([str(claim.number) for claim in claims])
    return f"claim{'s' if len(claims) > 1 else ''} {numbers}"
