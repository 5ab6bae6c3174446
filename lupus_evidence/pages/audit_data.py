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
    return {
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
