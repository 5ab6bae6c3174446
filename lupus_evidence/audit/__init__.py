"""Check an article's claims against the records: verdicts by rule, never by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.articles import ClaimsBase, LoadedClaims, load_claims
from lupus_evidence.audit.background import background_verdict, dose_verdict
from lupus_evidence.audit.claim_checks import check_claims
from lupus_evidence.audit.directions import direction_verdict
from lupus_evidence.audit.rates import rate_verdict
from lupus_evidence.audit.recorded_figures import (
    ArticleContext,
    Records,
    context_of,
    without_pages,
)
from lupus_evidence.audit.repeats import with_repeats
from lupus_evidence.audit.statements import statement_verdict
from lupus_evidence.audit.verdicts import (
    Audit,
    AuditedArticle,
    AuditedClaim,
    Finding,
    Verdict,
    audit_terms,
    either_verdict,
    fails,
)
from lupus_evidence.records.claims import (
    BackgroundClaim,
    Claim,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.vocabulary import topic, use_topic

if TYPE_CHECKING:
    from lupus_evidence.records.load import EvidenceBase

__all__ = ["Audit", "ClaimsBase", "audit", "audit_terms", "fails", "load_claims"]


def audit(base: EvidenceBase, claims: ClaimsBase) -> Audit:
    """Return the verdict on every claim of every article.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    claims : ClaimsBase
        The articles.

    Returns
    -------
    Audit
        Verdicts on the articles whose files are in order, and everything wrong with
        the others. A study that is not among these records is reported too, but
        keeps no article from being audited: the records may be the user's own.
    """
    use_topic(base.topic)
    records = Records(without_pages(base))
    written = replace(
        claims, files=tuple(item for item in claims.files if item.page is None)
    )
    problems = [*claims.diagnostics, *check_claims(written, base)]
    unusable = {item.place.file for item in problems if item.level == "error"}
    articles = tuple(
        _article(item, records) for item in claims.files if item.file not in unusable
    )
    return Audit(articles, tuple(sorted(problems)), base.receipt)


def _article(item: LoadedClaims, records: Records) -> AuditedArticle:
    """Return one article with its verdicts."""
    context = context_of(records, item.content)
    claims = [
        AuditedClaim(
            number,
            claim.id,
            claim.kind,
            claim.says,
            claim.where,
            item.place("claims", number - 1),
            _verdict(claim, context),
            item.page.claims[number - 1] if item.page else None,
        )
        for number, claim in enumerate(item.content.claims, 1)
    ]
    article = item.content.article
    return AuditedArticle(
        item.content.id,
        article.title,
        article.kind,
        item.file,
        article.publisher,
        article.url,
        article.seen,
        with_repeats(claims, records),
        item.page,
    )


def _given(claim: RateClaim | DirectionClaim, therapy: str) -> Claim:
    """Return a claim about stem cells as one about a certain kind."""
    return claim.model_copy(update={"therapy": therapy})


def _verdict(claim: Claim, context: ArticleContext) -> Verdict:
    """Return the verdict on one claim, by the rules of its kind."""
    match claim:
        case RateClaim(therapy="unspecified") | DirectionClaim(therapy="unspecified"):
            return either_verdict(
                {
                    name: _verdict(_given(claim, name), context)
                    for name in topic().compared
                }
            )
        case RateClaim():
            verdict = rate_verdict(claim, context)
        case BackgroundClaim(quantity="cells-per-dose", therapy=str(therapy)):
            verdict = dose_verdict(claim, therapy, context.records)
        case BackgroundClaim():
            verdict = background_verdict(claim)
        case DirectionClaim():
            verdict = direction_verdict(claim, context)
        case StatementClaim():
            verdict = statement_verdict(claim, context)
    if claim.unchecked is None:
        return verdict
    rest = Finding("part-not-checkable", {"part": claim.unchecked})
    return replace(verdict, findings=(*verdict.findings, rest))
