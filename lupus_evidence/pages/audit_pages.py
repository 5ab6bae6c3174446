"""An audit as documents, one an article: at a glance, or with all that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.vocabulary import FINDINGS, PRECEDENCE
from lupus_evidence.document import (
    Document,
    Entries,
    Entry,
    Paragraph,
    Section,
    Sentences,
)
from lupus_evidence.pages.audit_words import (
    PAGE,
    evidence_in_brief,
    evidence_text,
    finding_text,
    left_out,
    score_in_brief,
    score_line,
    source_line,
    spots,
    verdict_in_brief,
    verdict_shown,
)
from lupus_evidence.pages.templates import sentence
from lupus_evidence.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Finding,
    )
    from lupus_evidence.document import Block
    from lupus_evidence.pages.audit import Shown

#: Characters of number, verdict and claim together: one line of a usual terminal.
LINE = 79
#: The interval of every rate, in percent.
LEVEL = 95


def audit_pages(audit: Audit, shown: Shown) -> list[Document]:
    """Return an audit as documents.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    shown : Shown
        Which claims, and how much of each.
    """
    if not audit.articles:
        return [Document(sentence(PAGE, "no_article"), "", ())]
    chosen = [(item, shown.claims_of(item)) for item in audit.articles]
    chosen = [(item, claims) for item, claims in chosen if claims]
    page = _in_full if shown.depth == "full" else _at_a_glance
    pages = [page(item, claims, shown) for item, claims in chosen]
    *others, last = pages
    steps = Paragraph(_next(chosen[-1][1], shown), note=True)
    return [*others, Document(last.title, last.subtitle, (*last.blocks, steps))]


def _at_a_glance(
    article: AuditedArticle, claims: Sequence[AuditedClaim], shown: Shown
) -> Document:
    """Return one article with a line a claim and, unless it is too much, evidence."""
    said: dict[str, int] = {}
    items = []
    for claim in claims:
        lines: tuple[str, ...] = ()
        if shown.depth != "summary":
            text = _evidence(claim)
            first = said.setdefault(text, claim.number)
            same = first != claim.number
            lines = (sentence(PAGE, "as_before", first) if same else text,)
        lead = verdict_in_brief(claim.verdict)
        label = str(claim.number)
        room = LINE - len(str(claims[-1].number)) - len(f" {lead.text}: ")
        items.append(Entry(label, lead, shortened(claim.says, room), lines))
    entries = Entries("", tuple(items))
    return Document(article.title, score_in_brief(article), (entries,))


def _evidence(claim: AuditedClaim) -> str:
    """Return the evidence in brief, and what the article leaves out."""
    return f"{evidence_in_brief(claim.verdict)} {left_out(claim.verdict)}".rstrip()


def _in_full(
    article: AuditedArticle,
    claims: Sequence[AuditedClaim],
    shown: Shown,  # noqa: ARG001 - as `_at_a_glance`
) -> Document:
    """Return one article with everything that its claims rest on."""
    told: list[tuple[Finding, int]] = []
    return Document(
        article.title,
        source_line(article),
        (
            Paragraph(score_line(article)),
            Paragraph(sentence(PAGE, "brackets", LEVEL), note=True),
            *(_claim(claim, told) for claim in claims),
        ),
    )


def _claim(claim: AuditedClaim, told: list[tuple[Finding, int]]) -> Section:
    """Return one claim: what it says, verdict, evidence, findings.

    Parameters
    ----------
    claim : AuditedClaim
        The claim.
    told : list of (Finding, int)
        The findings of the claims before with their numbers; these are added.
    """
    lead = verdict_shown(claim.verdict)
    blocks: list[Block] = [Paragraph(evidence_text(claim.verdict), lead=lead)]
    missing = left_out(claim.verdict)
    blocks += [Paragraph(missing)] if missing else []
    items = tuple(_findings(claim, told))
    blocks += [Sentences("", items)] if items else []
    return Section(str(claim.number), f"{claim.number}. {claim.says}", tuple(blocks))


def _findings(claim: AuditedClaim, told: list[tuple[Finding, int]]) -> Iterator[str]:
    """Yield a claim's findings, those of an earlier claim by its number."""
    before: dict[int, list[Finding]] = {}
    for finding in claim.verdict.findings:
        first = next((number for item, number in told if item == finding), None)
        if first is None:
            told.append((finding, claim.number))
            yield _finding(finding)
        else:
            before.setdefault(first, []).append(finding)
    for number, findings in before.items():
        kinds = [FINDINGS[finding.code] for finding in findings]
        yield sentence(PAGE, "shared", number, kinds)


def _finding(finding: Finding) -> str:
    """Return a finding with its sources behind it."""
    sources = [*spots(finding), *finding.links]
    return sentence(PAGE, "finding", finding_text(finding), sources)


def _next(claims: Sequence[AuditedClaim], shown: Shown) -> str:
    """Return what to type next."""
    if shown.depth == "summary":
        return sentence(PAGE, "next_to_summary", shown.command)
    if shown.depth == "full":
        evidence = (
            item.study
            for claim in claims
            for finding in claim.verdict.findings
            for item in finding.evidence
        )
        return sentence(PAGE, "next_to_full", next(evidence, None))
    worst = min(claims, key=lambda claim: PRECEDENCE.index(claim.verdict.word))
    return sentence(PAGE, "next_to_brief", shown.command, worst.number, LEVEL)
