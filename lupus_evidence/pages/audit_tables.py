"""An audit as tables: one row a claim, or one row a figure behind a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.pages.audit import Shown
from lupus_evidence.pages.audit_words import (
    evidence_text,
    finding_text,
    read_as,
    verdict_shown,
)

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit, AuditedClaim, Evidence, Finding
    from lupus_evidence.values import Value

CLAIM_COLUMNS = (
    Column("article", "", "Name of the claims file", audience="data"),
    Column("number", "no.", "Place in the article", align="right"),
    Column("claim", "", "Name of the claim in its file", audience="data"),
    Column("kind", "", "Rate, background, direction or statement", audience="data"),
    Column("judged", "verdict", "The verdict with its sign", audience="screen"),
    Column("verdict", "", "One of the fixed verdicts", audience="data"),
    Column("says", "the article says", "The claim in our own words", wrap=True),
    Column("read", "", "How it was understood, of an article itself", audience="data"),
    Column("evidence", "", "What the evidence says", audience="data"),
    Column("missing", "", "What the article leaves out", audience="data"),
)
FINDING_COLUMNS = (
    *CLAIM_COLUMNS,
    Column("finding", "", "Code of the finding"),
    Column("weight", "", "Whether it decides, adds context or informs"),
    Column("text", "", "The finding in words"),
    Column("basis", "", "study, or curve: the survival curve of all studies"),
    Column("studies", "", "Of a curve: in how many studies"),
    Column("study", "", "Record that it rests on; empty of a curve"),
    Column("about", "", "What the figure counts or measures"),
    Column("therapy", "", "What the people were given"),
    Column("months", "", "Months after treatment"),
    Column("events", "", "People with the outcome"),
    Column("n", "", "People in the denominator"),
    Column("among", "", "Kind of denominator"),
    Column("rate", "", "Proportion in 0-1"),
    Column("low", "", "Lower end of the interval, 0-1"),
    Column("high", "", "Upper end of the interval, 0-1"),
    Column("reading", "", "How the figure was seen"),
    Column("file", "", "File of the record"),
    Column("line", "", "Line in the file"),
    Column("where", "", "Place in the paper"),
    Column("links", "", "Sources outside the records"),
)


def claims_table(audit: Audit, shown: Shown | None = None) -> Table:
    """Return one row for each claim, all of them unless some were asked for."""
    rows = tuple(
        _claim(article.id, claim)
        for article in audit.articles
        for claim in (shown or Shown()).claims_of(article)
    )
    return Table("claims", CLAIM_COLUMNS, rows, empty="There is no claim.")


def findings_table(audit: Audit, shown: Shown | None = None) -> Table:
    """Return one row for each figure behind each finding of each claim."""
    rows = tuple(
        {**_claim(article.id, claim), **values}
        for article in audit.articles
        for claim in (shown or Shown()).claims_of(article)
        for values in _findings(claim)
    )
    return Table("findings", FINDING_COLUMNS, rows, empty="There is no claim.")


def _claim(article: str, claim: AuditedClaim) -> dict[str, Value]:
    """Return what a claim's row says by column."""
    verdict = claim.verdict
    evidence = evidence_text(verdict)
    return {
        "article": article,
        "number": claim.number,
        "claim": claim.id,
        "kind": claim.kind,
        "judged": verdict_shown(verdict),
        "verdict": verdict.word,
        "says": claim.says,
        "read": read_as(claim.read) if claim.read else None,
        "evidence": evidence,
        "missing": "; ".join(verdict.missing) or None,
    }


def _findings(claim: AuditedClaim) -> list[dict[str, Value]]:
    """Return the rows of a claim's findings; an empty one where there are none."""
    rows = [
        _finding(finding, item)
        for finding in claim.verdict.findings
        for item in (finding.evidence or (None,))
    ]
    return rows or [{}]


def _finding(finding: Finding, item: Evidence | None) -> dict[str, Value]:
    """Return what the row of one figure says."""
    head: dict[str, Value] = {
        "finding": finding.code,
        "weight": finding.weight,
        "text": finding_text(finding),
        "links": " ".join(finding.links) or None,
    }
    if item is None:
        return head
    people = item.counted.people if item.counted else None
    rate = item.counted.rate if item.counted else None
    return {
        **head,
        "basis": item.basis,
        "studies": people.studies if people else None,
        "study": item.study or None,
        "about": item.about,
        "therapy": item.therapy or None,
        "months": item.months,
        "events": people.events if people else None,
        "n": people.n if people else None,
        "among": item.among or None,
        "rate": rate.estimate if rate else None,
        "low": rate.low if rate else None,
        "high": rate.high if rate else None,
        "reading": item.reading or None,
        "file": item.place.file if item.place else None,
        "line": item.place.line if item.place else None,
        "where": item.where,
    }
