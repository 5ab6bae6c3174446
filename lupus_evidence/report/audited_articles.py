"""The audit of articles: each claim with its verdict and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import VERDICT_KINDS
from lupus_evidence.documents.text import capital
from lupus_evidence.pages.audit_page import (
    evidence_text,
    finding_text,
    left_out,
    not_understood_text,
    page_line,
    read_as,
    score_line,
    source_line,
    spoken,
)

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        AuditedArticle,
        AuditedClaim,
        Evidence,
        Finding,
    )
    from lupus_evidence.records.files import Place
    from lupus_evidence.report.contents import Report


@dataclass(frozen=True)
class FindingView:
    """One finding.

    Parameters
    ----------
    text : str
        The finding.
    spots, links : tuple of str
        Where its figures stand, and sources outside the records.
    """

    text: str
    spots: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class ClaimView:
    """One claim.

    Parameters
    ----------
    anchor, number, says : str
        Its place on the page and in the article, and what it says.
    word, sign, style : str
        The verdict, its sign, and its name for the style sheet.
    missing : str
        What the article leaves out, in a sentence.
    sentence : str
        What the evidence says.
    findings : tuple of FindingView
        What it rests on.
    read : str
        How it was understood, where the article itself was read.
    """

    anchor: str
    number: str
    says: str
    word: str
    sign: str
    style: str
    missing: str
    sentence: str
    findings: tuple[FindingView, ...]
    read: str = ""


@dataclass(frozen=True)
class ArticleView:
    """One article.

    Parameters
    ----------
    title, subtitle, score : str
        In words.
    claims : tuple of ClaimView
        In the article's order.
    not_understood : tuple of str
        Figures of which no claim could be made.
    """

    title: str
    subtitle: str
    score: str
    claims: tuple[ClaimView, ...]
    not_understood: tuple[str, ...] = ()


def article_views(report: Report) -> tuple[ArticleView, ...]:
    """Return the audited articles.

    Parameters
    ----------
    report : Report
        The report.
    """
    return tuple(_article(article) for article in report.audit.articles)


def verdict_meanings(report: Report) -> tuple[tuple[str, str, str, str], ...]:
    """Return sign, word, style and meaning of each verdict that occurs."""
    used = {
        claim.verdict.word
        for article in report.audit.articles
        for claim in article.claims
    }
    return tuple(
        (kind.sign, capital(word), _style(word), kind.meaning)
        for word, kind in VERDICT_KINDS.items()
        if word in used
    )


def _style(word: str) -> str:
    """Return a verdict's name for the style sheet."""
    return word.replace(", ", "-").replace(" ", "-")


def _article(article: AuditedArticle) -> ArticleView:
    """Return one article."""
    claims = tuple(_claim(article.id, claim) for claim in article.claims)
    if article.page is None:
        source = source_line(article)
        return ArticleView(article.title, source, score_line(article), claims)
    rest = tuple(map(not_understood_text, article.page.not_understood))
    return ArticleView(
        article.title, "", page_line(article.page, article), claims, rest
    )


def _claim(article: str, claim: AuditedClaim) -> ClaimView:
    """Return one claim."""
    word = claim.verdict.word
    return ClaimView(
        f"claim-{article}-{claim.number}",
        str(claim.number),
        claim.says,
        spoken(claim.verdict),
        VERDICT_KINDS[word].sign,
        _style(word),
        left_out(claim.verdict),
        evidence_text(claim.verdict),
        tuple(_finding(item) for item in claim.verdict.findings),
        read_as(claim.read) if claim.read else "",
    )


def _finding(finding: Finding) -> FindingView:
    """Return one finding."""
    spots = dict.fromkeys(
        _spot(item, item.place) for item in finding.evidence if item.place is not None
    )
    return FindingView(finding_text(finding), tuple(spots), finding.links)


def _spot(item: Evidence, place: Place) -> str:
    """Return where a figure stands: study, place in the paper, line of the record."""
    line = f"{PurePath(place.file).name}:{place.line}"
    return f"{item.study}, {item.where}, {line}" if item.where else line
