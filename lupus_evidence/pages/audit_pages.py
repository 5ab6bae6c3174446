"""An audit as documents, one an article: at a glance, or with all that it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import FINDINGS, PRECEDENCE
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
    READING,
    evidence_in_brief,
    evidence_text,
    finding_text,
    left_out,
    not_understood_text,
    page_line,
    read_as,
    score_in_brief,
    score_line,
    source_line,
    spots,
    verdict_in_brief,
    verdict_shown,
)
from lupus_evidence.pages.templates import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Finding,
        Verdict,
    )
    from lupus_evidence.document import Block
    from lupus_evidence.pages.audit import Shown

#: What is carried over and may be another study's, and verdicts that blame the article.
_GUESSED = frozenset({"cites", "people", "months"})
_AGAINST = frozenset({"overstated", "understated", "contradicted"})
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
    chosen = [
        (item, claims)
        for item, claims in chosen
        if claims or (item.page is not None and not shown.numbers)
    ]
    brief = shown.depth == "brief"
    *others, last = [
        _in_full(item, claims)
        if shown.depth == "full"
        else _at_a_glance(item, claims, brief=brief)
        for item, claims in chosen
    ]
    steps = tuple(Paragraph(told, note=True) for told in _steps(chosen, shown))
    return [*others, Document(last.title, last.subtitle, (*last.blocks, *steps))]


def _at_a_glance(
    article: AuditedArticle, claims: Sequence[AuditedClaim], *, brief: bool
) -> Document:
    """Return one article with a line a claim, and its evidence in brief if wanted."""
    texts = _told(claims, evidence_in_brief)
    items = tuple(
        Entry(
            str(claim.number),
            verdict_in_brief(claim.verdict),
            says,
            (*_understood(claim), text) if brief else (),
        )
        for claim, says, text in zip(claims, _said(claims), texts, strict=True)
    )
    entries = (Entries("", items),) if items else ()
    told = (
        score_in_brief(article)
        if article.page is None
        else page_line(article.page, article)
    )
    return Document(article.title, told, (*entries, *_not_understood(article)))


def _said(claims: Sequence[AuditedClaim]) -> Iterator[str]:
    """Yield what each claim says; of one sentence with several claims once."""
    before: str | None = None
    for claim in claims:
        if claim.read is None:
            yield claim.says
        elif claim.says == before:
            yield sentence(READING, "same_sentence")
        else:
            yield sentence(READING, "quoted", claim.says)
        before = claim.says


def _understood(claim: AuditedClaim) -> tuple[str, ...]:
    """Return how a claim was read, where the article itself was."""
    if claim.read is None:
        return ()
    guessed = not _GUESSED.isdisjoint(claim.read.carried)
    doubt = guessed and claim.verdict.word in _AGAINST
    told = sentence(READING, "check_reading") if doubt else ""
    return (f"{read_as(claim.read)} {told}".rstrip(),)


def _not_understood(article: AuditedArticle) -> tuple[Block, ...]:
    """Return the figures of an article that made no claim."""
    if article.page is None or not article.page.not_understood:
        return ()
    items = tuple(map(not_understood_text, article.page.not_understood))
    return (Sentences(sentence(READING, "not_understood_title"), items),)


def _told(
    claims: Sequence[AuditedClaim], evidence: Callable[[Verdict], str]
) -> Iterator[str]:
    """Yield each claim's evidence and gaps, or which claim before has the same."""
    said: dict[str, int] = {}
    for claim in claims:
        text = f"{evidence(claim.verdict)} {left_out(claim.verdict)}".rstrip()
        first = said.setdefault(text, claim.number)
        same = first != claim.number
        yield sentence(PAGE, "as_before", first) if same else text


def _in_full(article: AuditedArticle, claims: Sequence[AuditedClaim]) -> Document:
    """Return one article with everything that its claims rest on."""
    known: list[tuple[Finding, int]] = []
    texts = _told(claims, evidence_text)
    page = article.page
    return Document(
        article.title,
        source_line(article) if page is None else page_line(page, article),
        (
            *((Paragraph(score_line(article)),) if page is None else ()),
            Paragraph(sentence(PAGE, "brackets", LEVEL), note=True),
            *(
                _claim(claim, text, known)
                for claim, text in zip(claims, texts, strict=True)
            ),
            *_not_understood(article),
        ),
    )


def _claim(claim: AuditedClaim, text: str, known: list[tuple[Finding, int]]) -> Section:
    """Return one claim: what it says, verdict, evidence, findings.

    Parameters
    ----------
    claim : AuditedClaim
        The claim.
    text : str
        What the evidence says of it.
    known : list of (Finding, int)
        The findings of the claims before with their numbers; these are added.
    """
    word = verdict_shown(claim.verdict)
    lead = replace(word, text=f"{word.text}.")
    blocks: list[Block] = [Paragraph(read, note=True) for read in _understood(claim)]
    blocks.append(Paragraph(text, lead=lead))
    items = tuple(_findings(claim, known))
    blocks += [Sentences("", items)] if items else []
    return Section(str(claim.number), f"{claim.number}. {claim.says}", tuple(blocks))


def _findings(claim: AuditedClaim, known: list[tuple[Finding, int]]) -> Iterator[str]:
    """Yield a claim's findings, those of an earlier claim by its number."""
    before: dict[int, list[Finding]] = {}
    for finding in claim.verdict.findings:
        first = next((number for item, number in known if item == finding), None)
        if first is None:
            known.append((finding, claim.number))
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


def _steps(
    chosen: Sequence[tuple[AuditedArticle, tuple[AuditedClaim, ...]]], shown: Shown
) -> Iterator[str]:
    """Yield what to type next, if there is any claim."""
    article, claims = chosen[-1]
    if claims and (told := _next(claims, shown)):
        yield told
    if claims and article.page is not None and shown.depth == "brief":
        yield sentence(READING, "next_to_article")


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
            if item.study
        )
        study = next(evidence, None)
        return sentence(PAGE, "next_to_full", study) if study else ""
    worst = min(claims, key=lambda claim: PRECEDENCE.index(claim.verdict.word))
    return sentence(PAGE, "next_to_brief", shown.command, worst.number, LEVEL)
