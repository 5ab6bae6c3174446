"""An audit's verdicts as an answer: pages, tables, data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit
    from lupus_evidence.document import Document, Table


def audit_answer(audit: Audit, *, summary: bool = False) -> Answer:
    """Return an audit in all its forms.

    Parameters
    ----------
    audit : Audit
        Articles, claims, verdicts and findings.
    summary : bool
        One line a claim and the score, without the findings.
    """

    def pages() -> list[Document]:
        from lupus_evidence.render.audit.pages import audit_pages

        return audit_pages(audit, summary=summary)

    def tables() -> list[Table]:
        from lupus_evidence.render.audit.rows import claims_table, findings_table

        tables = [claims_table(audit), findings_table(audit)]
        return tables if summary else tables[::-1]

    def data() -> dict[str, Any]:
        from lupus_evidence.render.audit.data import audit_data

        return audit_data(audit, summary=summary)

    return Answer(audit.receipt, pages=pages, tables=tables, data=data)
