"""Sentences of an audit as text: here the typed numbers become words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import Counted, Factor
from lupus_evidence.text import between, number, percent, plural, visible
from lupus_evidence.values import Share

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        AuditedArticle,
        Evidence,
        Finding,
        Part,
        Verdict,
        Words,
    )

LEGEND = (
    "In brackets after people: the percentage, then the range in which the true rate "
    "may well lie (95 % interval)."
)
#: What people say for a verdict whose own word leaves open which way it errs.
_PLAINLY = {
    "overstated": "too rosy (overstated)",
    "understated": "too gloomy (understated)",
}
#: From this factor on a decimal says nothing more.
LARGE = 10


def sentence(words: Words) -> str:
    """Return a sentence with its numbers as people read them."""
    return "".join(_part(part) for part in words)


def _part(part: Part) -> str:
    """Return one part of a sentence as text."""
    match part:
        case Counted():
            return counted(part)
        case Share():
            return f"{percent(part.value)} %"
        case Factor():
            decimals = 0 if part.value >= LARGE else 1
            return f"{number(part.value, decimals)} times"
        case str():
            return visible(part)
        case _:
            return number(part)


def counted(value: Counted) -> str:
    """Return "3 of 6 people (50 %, 19 to 81)", or as much of it as is known."""
    events, n, rate = value.people.events, value.people.n, value.rate
    share = "" if rate.estimate is None else f"{percent(rate.estimate)} %"
    reach = ""
    if rate.low is not None and rate.high is not None:
        reach = between(rate.low, rate.high)
    elif share and events is None:  # why others have one and this has none
        reach = "no interval given"
    if value.printed:
        reach = f"{reach}; printed as {value.printed}" if reach else value.printed
    if events is None:
        of = "" if n is None else f" of {people(n)}"
        return f"{share}{of}{f' ({reach})' if reach else ''}".strip()
    who = people(events) if n is None else f"{number(events)} of {people(n)}"
    inner = ", ".join(text for text in (share, reach) if text)
    return f"{who} ({inner})" if inner else who


def people(count: float) -> str:
    """Return "1 person", "404 people"."""
    return f"{number(count)} {'person' if count == 1 else 'people'}"


def judged(verdict: Verdict) -> str:
    """Return a verdict in words, and what the article leaves out where it does."""
    word = plainly(verdict)
    return f"{word}: {'; '.join(verdict.missing)}" if verdict.missing else word


def plainly(verdict: Verdict) -> str:
    """Return a verdict in words: "too rosy (overstated)"."""
    return _PLAINLY.get(verdict.word, verdict.word)


def spots(finding: Finding) -> tuple[str, ...]:
    """Return where the evidence of a finding stands: file, line, place in the paper."""
    return tuple(dict.fromkeys(spot(item) for item in finding.evidence))


def spot(item: Evidence) -> str:
    """Return file and line of a figure, and its place in the paper."""
    place = f"{visible(item.place.file)}:{item.place.line}"
    return f"{place} ({visible(item.where)})" if item.where else place


def score_line(article: AuditedArticle) -> str:
    """Return "17 claims: 3 supported, 6 supported with context missing, ..."."""
    parts = [
        f"{count} {word.replace(', context', ' with context')}"
        for word, count in article.score
    ]
    return f"{plural(len(article.claims), 'claim')}: {', '.join(parts)}."


def subtitle(article: AuditedArticle) -> str:
    """Return what kind of page an article is, whose, and when it was read."""
    parts = [article.kind.replace("-", " ").capitalize(), article.publisher]
    parts += [article.url, f"read {article.seen}" if article.seen else None]
    return ", ".join(visible(part) for part in parts if part)


def capital(text: str) -> str:
    """Return text with its first letter large."""
    return f"{text[:1].upper()}{text[1:]}"
