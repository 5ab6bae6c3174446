"""An audit as Markdown, fit for pasting into a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from lupus_evidence.render.markdown import escaped, render_table
from lupus_evidence.render.visible import visible

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Finding,
    )


def as_reply(audit: Audit, *, summary: bool) -> str:
    """Return an audit as Markdown.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    summary : bool
        A table of one row a claim, and the score.
    """
    if not audit.articles:
        return "There is no article to audit.\n"
    if summary:
        scores = [f"{escaped(score_line(item))}\n" for item in audit.articles]
        return "\n".join([render_table(claims_table(audit)), *scores])
    return "\n".join(_article(item) for item in audit.articles)


def _article(article: AuditedArticle) -> str:
    """Return one article with its score and its claims."""
    parts = [
        f"# {escaped(visible(article.title))}\n",
        f"{escaped(subtitle(article))}\n",
        f"**{escaped(score_line(article))}**\n",
        f"{escaped(LEGEND)}\n",
    ]
    return "\n".join([*parts, *(_claim(claim) for claim in article.claims)])


def _claim(claim: AuditedClaim) -> str:
    """Return one claim: what it says, verdict, evidence, findings."""
    verdict = claim.verdict
    word = capital(escaped(judged(verdict)))
    lines = [
        f"## {claim.number}. {escaped(visible(claim.says))}",
        "",
        f"**{word}.** {escaped(sentence(verdict.sentence))}",
        "",
        *(_finding(finding) for finding in verdict.findings),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _finding(finding: Finding) -> str:
    """Return a finding as an item of a list, its sources behind it."""
    sources = [escaped(item) for item in spots(finding)]
    sources += [f"<{visible(link)}>" for link in finding.links]
    behind = f" ({'; '.join(sources)})" if sources else ""
    return f"- {escaped(sentence(finding.words))}{behind}"
