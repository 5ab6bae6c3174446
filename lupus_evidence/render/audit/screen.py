"""An audit on a terminal of any width, or in a pipe: one block a claim."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from lupus_evidence.audit.vocabulary import VERDICTS
from lupus_evidence.render.audit.words import (
    LEGEND,
    capital,
    judged,
    score_line,
    sentence,
    spots,
    subtitle,
)
from lupus_evidence.render.visible import visible

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit, AuditedArticle, AuditedClaim
    from lupus_evidence.render.terminal import Look

_STYLES: dict[str, tuple[str, ...]] = {
    "supported": ("green",),
    "supported, context missing": ("magenta",),
    "within the studies": ("green",),
    "overstated": ("red",),
    "understated": ("red",),
    "contradicted": ("bold", "red"),
    "not found": ("bold", "magenta"),
    "not checkable": ("dim",),
}
_INDENT = "    "

HINTS = (
    "What a verdict means: lupus-evidence explain overstated",
    "What a study reports: lupus-evidence show wang-2013",
)
#: Columns of the longest verdict.
WORD_WIDTH = max(len(word) for word in VERDICTS)
#: With fewer columns for the claim, it goes on lines of its own.
LEAST_ROOM = 24


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
        return "\n".join(_summary(item, look) for item in audit.articles)
    return "\n".join(_article(item, look) for item in audit.articles)


def _summary(article: AuditedArticle, look: Look) -> str:
    """Return an article's title, one line a claim, and its score."""
    lines = [look.style(look.wrapped(visible(article.title)), "bold"), ""]
    lines += [_line(claim, look) for claim in article.claims]
    lines += ["", look.style(look.wrapped(score_line(article)), "bold")]
    return "\n".join(lines) + "\n"


def _line(claim: AuditedClaim, look: Look) -> str:
    """Return a claim and its verdict on one line, cut only on a terminal.

    What the article leaves out stands on a line below.
    """
    word = claim.verdict.word
    room = None if look.width is None else look.width - len(_INDENT) - WORD_WIDTH - 2
    says = visible(claim.says)
    if room is not None and room >= LEAST_ROOM:
        says = shorten(says, room, placeholder="…")
    head = f"{claim.number:>2}. {_verdict(word, word, look)}"
    space = " " * (WORD_WIDTH - len(word) + 2)
    lines = [f"{head}{space}{says}"]
    if room is not None and room < LEAST_ROOM:
        lines = [head, look.wrapped(says, _INDENT)]
    if claim.verdict.missing:
        left_out = look.wrapped("; ".join(claim.verdict.missing), _INDENT, _INDENT)
        lines.append(look.style(left_out, "dim"))
    return "\n".join(lines)


def _verdict(word: str, shown: str, look: Look) -> str:
    """Return a verdict in its colour, as it stands behind an indent."""
    filled = look.wrapped(shown, _INDENT, _INDENT).removeprefix(_INDENT)
    return look.style(filled, *_STYLES[word])


def _article(article: AuditedArticle, look: Look) -> str:
    """Return one article, its claims and its score."""
    title = look.style(look.wrapped(visible(article.title)), "bold")
    lines = [title, look.style(look.wrapped(subtitle(article)), "dim")]
    lines += ["", look.style(look.wrapped(LEGEND), "dim")]
    for claim in article.claims:
        lines += ["", *_claim(claim, look)]
    lines += ["", look.style(look.wrapped(score_line(article)), "bold")]
    lines += [look.style(look.wrapped(hint), "dim") for hint in HINTS]
    return "\n".join(lines) + "\n"


def _place(spot: str, look: Look) -> str:
    """Return the line that says where a figure stands."""
    return look.style(look.wrapped(spot, f"{_INDENT}    ", f"{_INDENT}  "), "dim")


def _filled(look: Look, text: str, indent: str, first: str) -> str:
    """Return text filled to the width, no number parted from its percent sign."""
    kept = text.replace(" %", "\N{NO-BREAK SPACE}%")
    return look.wrapped(kept, indent, first).replace("\N{NO-BREAK SPACE}", " ")


def _claim(claim: AuditedClaim, look: Look) -> list[str]:
    """Return one claim's block: what it says, verdict, evidence, findings."""
    verdict = claim.verdict
    head = f"{claim.number:>2}. "
    lines = [look.style(look.wrapped(visible(claim.says), _INDENT, head), "bold")]
    word = _verdict(verdict.word, capital(judged(verdict)), look)
    lines.append(f"{_INDENT}{word}")
    lines.append(_filled(look, sentence(verdict.sentence), _INDENT, _INDENT))
    named: set[str] = set()
    for finding in verdict.findings:
        body = sentence(finding.words)
        lines.append(_filled(look, body, f"{_INDENT}  ", f"{_INDENT}- "))
        fresh = [item for item in spots(finding) if item not in named]
        lines += [_place(item, look) for item in fresh]
        links = [visible(item) for item in finding.links if item not in named]
        # an address is left whole, so that it can still be opened
        lines += [look.style(f"{_INDENT}  {item}", "dim") for item in links]
        named.update(fresh, finding.links)
    return lines
