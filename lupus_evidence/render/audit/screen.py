"""An audit on a terminal of any width, or in a pipe: one block a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.render.audit.rows import claims_table
from lupus_evidence.render.audit.words import (
    capital,
    score_line,
    sentence,
    spots,
    subtitle,
)
from lupus_evidence.render.terminal import render_table
from lupus_evidence.render.visible import visible

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit, AuditedArticle, AuditedClaim
    from lupus_evidence.render.terminal import Look

_STYLES: dict[str, tuple[str, ...]] = {
    "supported": ("green",),
    "supported, context missing": ("magenta",),
    "overstated": ("red",),
    "understated": ("red",),
    "contradicted": ("bold", "red"),
    "not found": ("bold", "magenta"),
    "not checkable": ("dim",),
}
_INDENT = "    "


def on_screen(audit: Audit, look: Look, *, summary: bool) -> str:
    """Return an audit for a person to read.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    look : Look
        Width and colour.
    summary : bool
        One line a claim and the score.
    """
    if not audit.articles:
        return "There is no article to audit.\n"
    if summary:
        table = render_table(claims_table(audit), look)
        scores = [look.wrapped(_score(item, audit)) for item in audit.articles]
        return "\n".join([table, *scores]) + "\n"
    return "\n".join(_article(item, look) for item in audit.articles)


def _score(article: AuditedArticle, audit: Audit) -> str:
    """Return an article's score, with its name where there are several."""
    name = f"{article.id}: " if len(audit.articles) > 1 else ""
    return f"{name}{score_line(article)}"


def _article(article: AuditedArticle, look: Look) -> str:
    """Return one article, its claims and its score."""
    title = look.style(look.wrapped(visible(article.title)), "bold")
    lines = [title, look.style(look.wrapped(subtitle(article)), "dim")]
    for claim in article.claims:
        lines += ["", *_claim(claim, look)]
    hint = "What a verdict means: lupus-evidence explain overstated"
    lines += ["", look.style(look.wrapped(score_line(article)), "bold")]
    lines.append(look.style(look.wrapped(hint), "dim"))
    return "\n".join(lines) + "\n"


def _filled(look: Look, text: str, indent: str, first: str) -> str:
    """Return text filled to the width, no number parted from its percent sign."""
    kept = text.replace(" %", "\N{NO-BREAK SPACE}%")
    return look.wrapped(kept, indent, first).replace("\N{NO-BREAK SPACE}", " ")


def _claim(claim: AuditedClaim, look: Look) -> list[str]:
    """Return one claim's block: what it says, verdict, evidence, findings."""
    verdict = claim.verdict
    head = f"{claim.number:>2}. "
    lines = [look.style(look.wrapped(visible(claim.says), _INDENT, head), "bold")]
    word = capital(verdict.word)
    first = f"{_INDENT}{word}. "
    text = _filled(look, sentence(verdict.sentence), _INDENT, first)
    lines.append(text.replace(word, look.style(word, *_STYLES[verdict.word]), 1))
    named: set[str] = set()
    for finding in verdict.findings:
        body = sentence(finding.words)
        lines.append(_filled(look, body, f"{_INDENT}  ", f"{_INDENT}- "))
        sources = [*spots(finding), *finding.links]
        fresh = [item for item in sources if item not in named]
        named.update(fresh)
        for item in fresh:
            spot = look.wrapped(visible(item), f"{_INDENT}    ", f"{_INDENT}  ")
            lines.append(look.style(spot, "dim"))
    return lines
