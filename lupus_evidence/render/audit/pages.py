"""An audit as documents, one an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Document, Paragraph, Section, Sentences
from lupus_evidence.render.audit.rows import claims_table
from lupus_evidence.render.audit.words import (
    LEGEND,
    capital,
    judged,
    score_line,
    sentence,
    spots,
    subtitle,
)
from lupus_evidence.values import Toned

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Finding,
    )
    from lupus_evidence.values import Tone

TONES: dict[str, Tone] = {
    "supported": "good",
    "supported, context missing": "doubt",
    "within the studies": "good",
    "overstated": "bad",
    "understated": "bad",
    "contradicted": "worst",
    "not found": "doubt",
    "not checkable": "quiet",
}


def audit_pages(audit: Audit, *, summary: bool) -> list[Document]:
    """Return an audit as documents.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    summary : bool
        One line a claim and the score.
    """
    if not audit.articles:
        return [Document("There is no article to audit.", "", ())]
    if summary:
        scores = tuple(Paragraph(score_line(item)) for item in audit.articles)
        return [Document("", "", (claims_table(audit), *scores))]
    return [_article(item) for item in audit.articles]


def _article(article: AuditedArticle) -> Document:
    """Return one article with its claims and its score."""
    return Document(
        article.title,
        subtitle(article),
        (
            Paragraph(LEGEND, note=True),
            *(_claim(claim) for claim in article.claims),
            Paragraph(score_line(article)),
        ),
    )


def _claim(claim: AuditedClaim) -> Section:
    """Return one claim: what it says, verdict, evidence, findings."""
    verdict = claim.verdict
    word = Toned(f"{capital(judged(verdict))}.", TONES[verdict.word])
    blocks = (
        Paragraph(sentence(verdict.sentence), lead=word),
        Sentences("", tuple(map(_finding, verdict.findings))),
    )
    return Section(str(claim.number), f"{claim.number}. {claim.says}", blocks)


def _finding(finding: Finding) -> str:
    """Return a finding with its sources behind it."""
    sources = "; ".join([*spots(finding), *finding.links])
    return f"{sentence(finding.words)}{f' ({sources})' if sources else ''}"
