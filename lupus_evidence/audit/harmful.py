"""The statement that a treatment does little harm."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import given, per_study, widest
from lupus_evidence.audit.sentences import joined, result_verb, told_with_study
from lupus_evidence.audit.verdicts import Finding, Verdict
from lupus_evidence.audit.vocabulary import worst
from lupus_evidence.vocabulary import ENDPOINTS, THERAPIES

if TYPE_CHECKING:
    from lupus_evidence.audit.evidence_set import EvidenceSet
    from lupus_evidence.audit.figures import RecordedFigure
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import StatementClaim

#: European guideline on the summary of product characteristics (2009), section 4.8:
#: "common" is from 1 in 100, "very common" from 1 in 10.
COMMON, VERY_COMMON = 0.01, 0.1

#: From how often on a harm contradicts "few side effects": a death from the treatment
#: when it is common, other serious harm when it is very common. Deaths from any cause
#: are shown and decide nothing: lupus itself kills.
SERIOUS: dict[str, float] = {
    "treatment-related-mortality": COMMON,
    "death": inf,
    "serious-infection": VERY_COMMON,
    "serious-adverse-event": VERY_COMMON,
    "secondary-autoimmunity": VERY_COMMON,
}
#: Reports on fewer people move too much by chance to contradict a statement.
MIN_PEOPLE = 20
#: Reports on one or two people say nothing about how often.
MIN_SHOWN = 3
#: Studies that a finding quotes, largest first.
QUOTED = 3


def few_harms_verdict(claim: StatementClaim, evidence: EvidenceSet) -> Verdict:
    """Return the verdict on the statement that treatment does little harm.

    A treatment contradicts it if, in a study of at least 20 people with lupus, the
    whole 95 % interval of deaths from the treatment lies above 1 in 100, or that of
    another serious harm above 1 in 10.

    Parameters
    ----------
    claim : StatementClaim
        The statement, about one or more treatments.
    evidence : EvidenceSet
        The records.
    """
    words: list[VerdictWord] = []
    findings: list[Finding] = []
    sentences: list[Words] = []
    for therapy in claim.therapies:
        word, found, sentence = _of_therapy(therapy, evidence)
        words.append(word)
        findings += found
        sentences.append(sentence)
    word = worst(words)
    return Verdict(word, joined(sentences, " "), tuple(findings))


def _of_therapy(
    therapy: str, evidence: EvidenceSet
) -> tuple[VerdictWord, list[Finding], Words]:
    """Return verdict, findings and sentence of one treatment."""
    findings: list[Finding] = []
    grave: list[RecordedFigure] = []
    seen: list[RecordedFigure] = []
    label = THERAPIES[widest(therapy)].label
    for endpoint, limit in SERIOUS.items():
        reports = _reports(endpoint, therapy, evidence)
        if not reports:
            continue
        heavy = [item for item in reports if _is_above(item, limit)]
        grave += heavy
        shown = [*heavy, *(item for item in reports if item not in heavy)][:QUOTED]
        seen.append(max(shown, key=_gravity))
        findings.append(_harm(endpoint, label, shown, len(reports)))
    if not findings:
        text = f"No study of {label} here counts serious harm."
        return "not checkable", [Finding("no-harm-data", (text,))], (text,)
    told = joined([_in_short(item) for item in (grave or seen)[:2]])
    sentence: Words = (f"With {label}: ", *told, ".")
    if grave:
        return "contradicted", findings, sentence
    harmed = any(item.rate for item in seen)
    return ("supported, context missing" if harmed else "supported"), findings, sentence


def _gravity(figure: RecordedFigure) -> tuple[bool, bool, float]:
    """Sort harms: in people with lupus, in enough of them, often."""
    enough = (figure.result.n or 0) >= MIN_PEOPLE
    return figure.result.lupus_specific, enough, figure.rate or 0.0


def _in_short(figure: RecordedFigure) -> Words:
    """Return a figure and its study without the time, inside a sentence."""
    return (figure.counted, f" {result_verb(figure.result)} ({figure.study.id})")


def _reports(
    endpoint: str, therapy: str, evidence: EvidenceSet
) -> list[RecordedFigure]:
    """Return one figure of each study that counts a harm, most people first."""
    found = [
        figure
        for figure in evidence.figures
        if figure.result.endpoint == endpoint
        and given(figure, therapy)
        and figure.result.subgroup is None
        and figure.rate is not None
        and (figure.result.n or 0) >= MIN_SHOWN
    ]
    rows = per_study(found, (endpoint,), None)
    return sorted(
        rows,
        key=lambda item: (
            not item.result.lupus_specific,
            -(item.result.n or 0),
            item.study.id,
        ),
    )


def _is_above(figure: RecordedFigure, limit: float) -> bool:
    """Tell whether a whole interval of people with lupus lies above a limit."""
    return (
        figure.result.lupus_specific
        and (figure.result.n or 0) >= MIN_PEOPLE
        and figure.found.low is not None
        and figure.found.low > limit
    )


def _harm(
    endpoint: str, label: str, shown: list[RecordedFigure], studies: int
) -> Finding:
    """Say how often a harm was seen."""
    rows = [
        told_with_study(item)
        if item.result.lupus_specific
        else (*told_with_study(item), " (people with other diseases included)")
        for item in shown
    ]
    more = studies - len(shown)
    rest = f"; and {more} more" if more else ""
    heading = ENDPOINTS[endpoint].label
    short = label.rpartition("(")[2].rstrip(")")
    return Finding(
        "harm-reported",
        (f"{short}, {heading}: ", *joined(rows), f"{rest}."),
        tuple(item.evidence for item in shown),
    )
