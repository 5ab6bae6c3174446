"""An audit's verdicts as an answer: pages, tables, data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit, AuditedArticle, AuditedClaim
    from lupus_evidence.document import Document, Table


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
        from lupus_evidence.pages.audit_pages import audit_pages

        return audit_pages(audit, chosen)

    def tables() -> list[Table]:
        from lupus_evidence.pages.audit_tables import claims_table, findings_table

        found = [claims_table(audit, chosen), findings_table(audit, chosen)]
        return found if chosen.depth == "summary" else found[::-1]

    def data() -> dict[str, Any]:
        from lupus_evidence.pages.audit_data import audit_data

        return audit_data(audit, chosen)

    return Answer(audit.receipt, pages=pages, tables=tables, data=data)
