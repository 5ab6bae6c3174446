"""An audit's verdicts as an answer: its pages, its tables and plain values for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from lupus_evidence.documents.document import Column, Document, Table
from lupus_evidence.pages.audit_page import (
    evidence_text,
    finding_text,
    read_as,
    verdict_shown,
)
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import (
        Audit,
        AuditedArticle,
        AuditedClaim,
        Evidence,
        Finding,
    )
    from lupus_evidence.documents.values import Value
    from lupus_evidence.reading.claims_read import Read, ReadPage, Spot


@dataclass(frozen=True)
class Shown:
    """Which claims of an audit are shown, and how much of each.

    Parameters
    ----------
    depth : {"summary", "brief", "full"}
        A line a claim; with its evidence in a sentence; or with all findings.
    numbers : frozenset of int
        The claims asked for; all if empty.
    command : str
        What was typed, for what to type next.
    """

    depth: Literal["summary", "brief", "full"] = "brief"
    numbers: frozenset[int] = frozenset()
    command: str = "lupus-evidence audit"

    def claims_of(self, article: AuditedArticle) -> tuple[AuditedClaim, ...]:
        """Return the claims of an article that were asked for."""
        return tuple(
            claim
            for claim in article.claims
            if not self.numbers or claim.number in self.numbers
        )


def audit_answer(audit: Audit, shown: Shown | None = None) -> Answer:
    """Return an audit in all its forms.

    Parameters
    ----------
    audit : Audit
        Articles, claims, verdicts and findings.
    shown : Shown, optional
        Which claims, and how much of each; every claim in brief if left out.
    """
    chosen = shown or Shown()

    def pages() -> list[Document]:
        from lupus_evidence.pages.audit_page import audit_pages

        return audit_pages(audit, chosen)

    def tables() -> list[Table]:
        found = [claims_table(audit, chosen), findings_table(audit, chosen)]
        return found if chosen.depth == "summary" else found[::-1]

    def data() -> dict[str, Any]:
        return audit_data(audit, chosen)

    return Answer(audit.receipt, pages=pages, tables=tables, data=data)


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
        _claim_row(article.id, claim)
        for article in audit.articles
        for claim in (shown or Shown()).claims_of(article)
    )
    return Table("claims", CLAIM_COLUMNS, rows, empty="There is no claim.")


def findings_table(audit: Audit, shown: Shown | None = None) -> Table:
    """Return one row for each figure behind each finding of each claim."""
    rows = tuple(
        {**_claim_row(article.id, claim), **values}
        for article in audit.articles
        for claim in (shown or Shown()).claims_of(article)
        for values in _finding_rows(claim)
    )
    return Table("findings", FINDING_COLUMNS, rows, empty="There is no claim.")


def _claim_row(article: str, claim: AuditedClaim) -> dict[str, Value]:
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


def _finding_rows(claim: AuditedClaim) -> list[dict[str, Value]]:
    """Return the rows of a claim's findings; an empty one where there are none."""
    rows = [
        _finding_row(finding, item)
        for finding in claim.verdict.findings
        for item in (finding.evidence or (None,))
    ]
    return rows or [{}]


def _finding_row(finding: Finding, item: Evidence | None) -> dict[str, Value]:
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


def audit_data(audit: Audit, shown: Shown) -> dict[str, Any]:
    """Return articles, claims, verdicts and findings as dicts and lists.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    shown : Shown
        Which claims; a summary leaves the findings out.
    """
    return {"articles": [_article_data(item, shown) for item in audit.articles]}


def _article_data(article: AuditedArticle, shown: Shown) -> dict[str, Any]:
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
            _claim_data(claim, summary=shown.depth == "summary")
            for claim in shown.claims_of(article)
        ],
    }
    if article.page is not None:
        found |= _page_data(article.page, article.checked)
    return found


def _page_data(page: ReadPage, checked: int) -> dict[str, Any]:
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
                "place": _place_data(item.spot),
            }
            for item in page.not_understood
        ],
    }


def _place_data(spot: Spot) -> dict[str, int]:
    """Return where a sentence stands: line, first and last character, from 1."""
    return {"line": spot.line, "first": spot.first, "last": spot.last}


def _read_data(read: Read) -> dict[str, Any]:
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


def _claim_data(claim: AuditedClaim, *, summary: bool) -> dict[str, Any]:
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
        found["read"] = _read_data(claim.read)
        found["place"] = _place_data(claim.read.spot)
    if not summary:
        found["findings"] = [_finding_data(item) for item in verdict.findings]
    return found


def _finding_data(finding: Finding) -> dict[str, Any]:
    """Return one finding with its figures at full precision."""
    return {
        "code": finding.code,
        "weight": finding.weight,
        "text": finding_text(finding),
        "evidence": [_evidence_data(item) for item in finding.evidence],
        "links": list(finding.links),
    }


def _evidence_data(item: Evidence) -> dict[str, Any]:
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
