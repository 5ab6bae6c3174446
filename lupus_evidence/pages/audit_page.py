"""An audit as documents, one an article: at a glance, or with all that it rests on.

What it says in words stands in templates, a sentence for each code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import FINDINGS, PRECEDENCE, VERDICT_KINDS
from lupus_evidence.documents.document import (
    Document,
    Entries,
    Entry,
    Paragraph,
    Section,
    Sentences,
)
from lupus_evidence.documents.values import Toned
from lupus_evidence.pages.templates import has_sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Evidence,
        Finding,
        Sentence,
        Verdict,
    )
    from lupus_evidence.documents.document import Block
    from lupus_evidence.pages.audit import Shown
    from lupus_evidence.reading.claims_read import NotUnderstood, Read, ReadPage


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
        return [Document(sentence(PAGE_WORDS, "no_article"), "", ())]
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
            yield sentence(READING_WORDS, "same_sentence")
        else:
            yield sentence(READING_WORDS, "quoted", claim.says)
        before = claim.says


def _understood(claim: AuditedClaim) -> tuple[str, ...]:
    """Return how a claim was read, where the article itself was."""
    if claim.read is None:
        return ()
    guessed = not _GUESSED.isdisjoint(claim.read.carried)
    doubt = guessed and claim.verdict.word in _AGAINST
    told = sentence(READING_WORDS, "check_reading") if doubt else ""
    return (f"{read_as(claim.read)} {told}".rstrip(),)


def _not_understood(article: AuditedArticle) -> tuple[Block, ...]:
    """Return the figures of an article that made no claim."""
    if article.page is None or not article.page.not_understood:
        return ()
    items = tuple(map(not_understood_text, article.page.not_understood))
    return (Sentences(sentence(READING_WORDS, "not_understood_title"), items),)


def _told(
    claims: Sequence[AuditedClaim], evidence: Callable[[Verdict], str]
) -> Iterator[str]:
    """Yield each claim's evidence and gaps, or which claim before has the same."""
    said: dict[str, int] = {}
    for claim in claims:
        text = f"{evidence(claim.verdict)} {left_out(claim.verdict)}".rstrip()
        first = said.setdefault(text, claim.number)
        same = first != claim.number
        yield sentence(PAGE_WORDS, "as_before", first) if same else text


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
            Paragraph(sentence(PAGE_WORDS, "brackets", LEVEL), note=True),
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
        yield sentence(PAGE_WORDS, "shared", number, kinds)


def _finding(finding: Finding) -> str:
    """Return a finding with its sources behind it."""
    sources = [*spots(finding), *finding.links]
    return sentence(PAGE_WORDS, "finding", finding_text(finding), sources)


def _steps(
    chosen: Sequence[tuple[AuditedArticle, tuple[AuditedClaim, ...]]], shown: Shown
) -> Iterator[str]:
    """Yield what to type next, if there is any claim."""
    article, claims = chosen[-1]
    if claims and (told := _next(claims, shown)):
        yield told
    if claims and article.page is not None and shown.depth == "brief":
        yield sentence(READING_WORDS, "next_to_article")


def _next(claims: Sequence[AuditedClaim], shown: Shown) -> str:
    """Return what to type next."""
    if shown.depth == "summary":
        return sentence(PAGE_WORDS, "next_to_summary", shown.command)
    if shown.depth == "full":
        evidence = (
            item.study
            for claim in claims
            for finding in claim.verdict.findings
            for item in finding.evidence
            if item.study
        )
        study = next(evidence, None)
        return sentence(PAGE_WORDS, "next_to_full", study) if study else ""
    worst = min(claims, key=lambda claim: PRECEDENCE.index(claim.verdict.word))
    return sentence(PAGE_WORDS, "next_to_brief", shown.command, worst.number, LEVEL)


#: One macro for each finding; for each sentence of a verdict; for the page around them.
FINDING_WORDS, EVIDENCE_WORDS, PAGE_WORDS = "findings.j2", "evidence.j2", "audit.j2"
#: What was read from an article.
READING_WORDS = "reading.j2"


def finding_text(finding: Finding) -> str:
    """Return a finding as text."""
    return sentence(FINDING_WORDS, finding.code, **finding.values)


def evidence_text(verdict: Verdict) -> str:
    """Return what the evidence says of a claim, as text."""
    return " ".join(
        sentence(EVIDENCE_WORDS, item.code, **item.values) for item in verdict.sentences
    )


def evidence_in_brief(verdict: Verdict) -> str:
    """Return what the evidence says of a claim, for a line to read at a glance."""
    return " ".join(map(_brief, verdict.sentences))


def _brief(item: Sentence) -> str:
    """Return the short form of a sentence, where there is one."""
    brief = f"{item.code}-in-brief"
    code = brief if has_sentence(EVIDENCE_WORDS, brief) else item.code
    return sentence(EVIDENCE_WORDS, code, **item.values)


def spoken(verdict: Verdict) -> str:
    """Return a verdict in words: "Too rosy (overstated)"."""
    return sentence(PAGE_WORDS, "spoken", VERDICT_KINDS[verdict.word])


def verdict_shown(verdict: Verdict) -> Toned:
    """Return a verdict with its sign: "▲ Too rosy (overstated)"."""
    kind = VERDICT_KINDS[verdict.word]
    return Toned(f"{kind.sign} {spoken(verdict)}", kind.tone)


def verdict_in_brief(verdict: Verdict) -> Toned:
    """Return a verdict with its sign, for a line to read at a glance: "▲ Too rosy"."""
    kind = VERDICT_KINDS[verdict.word]
    return Toned(sentence(PAGE_WORDS, "in_brief", kind), kind.tone)


def score_in_brief(article: AuditedArticle) -> str:
    """Return "17 claims: 3 supported, 10 context missing, ..."."""
    return sentence(PAGE_WORDS, "score_in_brief", article, VERDICT_KINDS)


def left_out(verdict: Verdict) -> str:
    """Return what the article leaves out; empty where nothing is."""
    return sentence(PAGE_WORDS, "left_out", verdict.missing) if verdict.missing else ""


def score_line(article: AuditedArticle) -> str:
    """Return "17 claims: 3 supported, 6 supported with context missing, ..."."""
    return sentence(PAGE_WORDS, "score", article)


def source_line(article: AuditedArticle) -> str:
    """Return what kind of page an article is, whose, and when it was read."""
    return sentence(PAGE_WORDS, "source", article)


def page_line(page: ReadPage, article: AuditedArticle) -> str:
    """Return how many sentences held a claim, and how many were checked."""
    counts = len(article.claims), article.checked
    return sentence(
        READING_WORDS, "summary", page, *counts, article.score, VERDICT_KINDS
    )


def read_as(read: Read) -> str:
    """Return how a claim was understood, in plain words."""
    return sentence(READING_WORDS, "read_as", read)


def not_understood_text(item: NotUnderstood) -> str:
    """Return a figure that made no claim, why, and where it stands."""
    return sentence(READING_WORDS, "not_understood", item)


def spots(finding: Finding) -> tuple[str, ...]:
    """Return where the evidence of a finding stands: file, line, place in the paper."""
    found = (_spot(item) for item in finding.evidence if item.place is not None)
    return tuple(dict.fromkeys(found))


def _spot(item: Evidence) -> str:
    """Return file and line of a figure, and its place in the paper."""
    return sentence(PAGE_WORDS, "spot", item)
