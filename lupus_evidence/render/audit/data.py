"""An audit as plain values for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from lupus_evidence.render.audit.words import sentence

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Evidence,
        Finding,
    )


def audit_data(audit: Audit, *, summary: bool = False) -> dict[str, Any]:
    """Return articles, claims, verdicts and findings as dicts and lists.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    summary : bool
        Leave the findings out.
    """
    return {"articles": [_article(item, summary) for item in audit.articles]}


def _article(article: AuditedArticle, summary: bool) -> dict[str, Any]:
    """Return one article."""
    return {
        "id": article.id,
        "title": article.title,
        "kind": article.kind,
        "publisher": article.publisher,
        "url": article.url,
        "seen": article.seen,
        "file": article.file,
        "score": dict(article.score),
        "claims": [_claim(claim, summary) for claim in article.claims],
    }


def _claim(claim: AuditedClaim, summary: bool) -> dict[str, Any]:
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
        "evidence": sentence(verdict.sentence),
    }
    if not summary:
        found["findings"] = [_finding(item) for item in verdict.findings]
    return found


def _finding(finding: Finding) -> dict[str, Any]:
    """Return one finding with its figures at full precision."""
    return {
        "code": finding.code,
        "weight": finding.weight,
        "text": sentence(finding.words),
        "evidence": [_evidence(item) for item in finding.evidence],
        "links": list(finding.links),
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    """Return one figure: people, rate, interval, and where it stands."""
    plain = asdict(item)
    place, counted = plain.pop("place"), plain.pop("counted") or {}
    people, rate = counted.get("people") or {}, counted.get("rate") or {}
    return {
        **plain,
        "events": people.get("events"),
        "n": people.get("n"),
        "rate": rate.get("estimate"),
        "low": rate.get("low"),
        "high": rate.get("high"),
        "file": place["file"],
        "line": place["line"],
    }
