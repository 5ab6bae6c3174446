"""What an audit says in words: each code's sentence stands in a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import VERDICT_KINDS
from lupus_evidence.pages.templates import has_sentence, sentence
from lupus_evidence.values import Toned

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        AuditedArticle,
        Evidence,
        Finding,
        Sentence,
        Verdict,
    )
    from lupus_evidence.reading.claims_read import NotUnderstood, Read, ReadPage

#: One macro for each finding; for each sentence of a verdict; for the page around them.
FINDINGS, VERDICTS, PAGE = "findings.j2", "verdicts.j2", "audit.j2"
#: What was read from an article.
READING = "reading.j2"


def finding_text(finding: Finding) -> str:
    """Return a finding as text."""
    return sentence(FINDINGS, finding.code, **finding.values)


def evidence_text(verdict: Verdict) -> str:
    """Return what the evidence says of a claim, as text."""
    return " ".join(
        sentence(VERDICTS, item.code, **item.values) for item in verdict.sentences
    )


def evidence_in_brief(verdict: Verdict) -> str:
    """Return what the evidence says of a claim, for a line to read at a glance."""
    return " ".join(map(_brief, verdict.sentences))


def _brief(item: Sentence) -> str:
    """Return the short form of a sentence, where there is one."""
    brief = f"{item.code}-in-brief"
    code = brief if has_sentence(VERDICTS, brief) else item.code
    return sentence(VERDICTS, code, **item.values)


def spoken(verdict: Verdict) -> str:
    """Return a verdict in words: "Too rosy (overstated)"."""
    return sentence(PAGE, "spoken", VERDICT_KINDS[verdict.word])


def verdict_shown(verdict: Verdict) -> Toned:
    """Return a verdict with its sign: "▲ Too rosy (overstated)"."""
    kind = VERDICT_KINDS[verdict.word]
    return Toned(f"{kind.sign} {spoken(verdict)}", kind.tone)


def verdict_in_brief(verdict: Verdict) -> Toned:
    """Return a verdict with its sign, for a line to read at a glance: "▲ Too rosy"."""
    kind = VERDICT_KINDS[verdict.word]
    return Toned(sentence(PAGE, "in_brief", kind), kind.tone)


def score_in_brief(article: AuditedArticle) -> str:
    """Return "17 claims: 3 supported, 10 context missing, ..."."""
    return sentence(PAGE, "score_in_brief", article, VERDICT_KINDS)


def left_out(verdict: Verdict) -> str:
    """Return what the article leaves out; empty where nothing is."""
    return sentence(PAGE, "left_out", verdict.missing) if verdict.missing else ""


def score_line(article: AuditedArticle) -> str:
    """Return "17 claims: 3 supported, 6 supported with context missing, ..."."""
    return sentence(PAGE, "score", article)


def source_line(article: AuditedArticle) -> str:
    """Return what kind of page an article is, whose, and when it was read."""
    return sentence(PAGE, "source", article)


def page_line(page: ReadPage, article: AuditedArticle) -> str:
    """Return how many sentences held a claim, and how many were checked."""
    counts = len(article.claims), article.checked
    return sentence(READING, "summary", page, *counts, article.score, VERDICT_KINDS)


def read_as(read: Read) -> str:
    """Return how a claim was understood, in plain words."""
    return sentence(READING, "read_as", read)


def not_understood_text(item: NotUnderstood) -> str:
    """Return a figure that made no claim, why, and where it stands."""
    return sentence(READING, "not_understood", item)


def spots(finding: Finding) -> tuple[str, ...]:
    """Return where the evidence of a finding stands: file, line, place in the paper."""
    found = (_spot(item) for item in finding.evidence if item.place is not None)
    return tuple(dict.fromkeys(found))


def _spot(item: Evidence) -> str:
    """Return file and line of a figure, and its place in the paper."""
    return sentence(PAGE, "spot", item)
