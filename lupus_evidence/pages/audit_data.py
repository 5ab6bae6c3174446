"""An audit as plain values for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from lupus_evidence.pages.audit_words import evidence_text, finding_text

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Evidence,
        Finding,
    )
    from lupus_evidence.pages.audit import Shown
    from lupus_evidence.reading.claims_read import Read, ReadPage, Spot


def audit_data(audit: Audit, shown: Shown) -> dict[str, Any]:
    """Return articles, claims, verdicts and findings as dicts and lists.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    shown : Shown
        Which claims; a summary leaves the findings out.
    """
    return {"articles": [_article(item, shown) for item in audit.articles]}


def _article(article: AuditedArticle, shown: Shown) -> dict[str, Any]:
    """Return one article."""
    found: dict[str, Any] = {
        "id": article.id,
        "title": article.title,
        "kind": article.kind,
        "publisher": article.publisher,
        "url": article.url,
        "seen": article.seen,
        "file": article.file,
        "score": dict(article.score),
        "claims": [
            _claim(claim, summary=shown.depth == "summary")
            for claim in shown.claims_of(article)
        ],
    }
    if article.page is not None:
        found |= _page(article.page, article.checked)
    return found


def _page(page: ReadPage, checked: int) -> dict[str, Any]:
    """Return what was read from an article, and the figures that were not."""
    return {
        "sentences": page.sentences,
        "sentences_with_claim": page.with_claim,
        "checked": checked,
        "of_condition": page.of_condition,
        "not_understood": [
            {
                "figure": item.figure,
                "missing": item.missing,
                "sentence": item.spot.text,
                "place": _place(item.spot),
            }
            for item in page.not_understood
        ],
    }


def _place(spot: Spot) -> dict[str, int]:
    """Return where a sentence stands: line, first and last character, from 1."""
    return {"line": spot.line, "first": spot.first, "last": spot.last}


def _read(read: Read) -> dict[str, Any]:
    """Return how a claim was understood: numbers as numbers."""
    figure: dict[str, Any] = {"percent": None, "low": None, "high": None}
    if read.to is not None and read.kind == "rate":
        figure |= {"low": float(read.percent or 0), "high": float(read.to)}
    elif read.percent is not None:
        figure["percent"] = float(read.percent)
    return {
        "kind": read.kind,
        "therapy": read.therapy,
        "endpoint": read.endpoint,
        "scope": read.scope,
        "who": read.who,
        "among": read.among,
        "months": read.months,
        "time": read.time if read.months is not None else None,
        **figure,
        "amount": read.amount,
        "bound": read.bound,
        "events": read.events,
        "people": read.people,
        "measure": read.measure,
        "direction": read.direction,
        "before": None if read.before is None else float(read.before),
        "after": None if read.after is None else float(read.after),
        "topic": read.topic,
        "cites": read.cites,
        "could_be": list(read.could_be),
        "carried_over": dict(read.carried),
    }


def _claim(claim: AuditedClaim, *, summary: bool) -> dict[str, Any]:
    """Return one claim with its verdict."""
    verdict = claim.verdict
    found: dict[str, Any] = {
        "number": claim.number,
        "id": claim.id,
        "kind": claim.kind,
        "says": claim.says,
        "where": claim.where,
        "line": claim.place.line,
        "verdict": verdict.word,
        "missing": list(verdict.missing),
        "evidence": evidence_text(verdict),
    }
    if claim.read is not None:
        found["read"] = _read(claim.read)
        found["place"] = _place(claim.read.spot)
    if not summary:
        found["findings"] = [_finding(item) for item in verdict.findings]
    return found


def _finding(finding: Finding) -> dict[str, Any]:
    """Return one finding with its figures at full precision."""
    return {
        "code": finding.code,
        "weight": finding.weight,
        "text": finding_text(finding),
        "evidence": [_evidence(item) for item in finding.evidence],
        "links": list(finding.links),
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    """Return one figure: people, rate, interval, and where it stands.

    What all studies together say has no study and stands nowhere.
    """
    plain = asdict(item)
    place, counted = plain.pop("place") or {}, plain.pop("counted") or {}
    people, rate = counted.get("people") or {}, counted.get("rate") or {}
    return {
        **plain,
        "study": item.study or None,
        "studies": people.get("studies"),
        "events": people.get("events"),
        "n": people.get("n"),
        "rate": rate.get("estimate"),
        "low": rate.get("low"),
        "high": rate.get("high"),
        "file": place.get("file"),
        "line": place.get("line"),
    }
