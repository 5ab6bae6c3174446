"""An audit's verdicts for the screen, a reply, a spreadsheet or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit
    from lupus_evidence.render.terminal import Look


def render_audit(audit: Audit, form: str, look: Look, *, summary: bool = False) -> str:
    """Return an audit in the form asked for.

    Parameters
    ----------
    audit : Audit
        Articles, claims, verdicts and findings.
    form : {"table", "markdown", "csv", "tsv", "json"}
        For the screen, a reply, a spreadsheet or a program.
    look : Look
        Width and colour of the screen.
    summary : bool
        One line a claim and the score, without the findings.

    Raises
    ------
    ValueError
        If there is no such form.
    """
    if form in ("csv", "tsv"):
        from lupus_evidence.render.audit.rows import claims_table, findings_table
        from lupus_evidence.render.separated import render_separated

        table = claims_table(audit) if summary else findings_table(audit)
        return render_separated(table, "\t" if form == "tsv" else ",")
    if form == "json":
        from lupus_evidence.render.audit.data import audit_data
        from lupus_evidence.render.structured import dump

        return dump(audit_data(audit, summary=summary), audit.receipt)
    if form == "table":
        from lupus_evidence.render.audit.screen import on_screen

        return on_screen(audit, look, summary=summary)
    if form == "markdown":
        from lupus_evidence.render.audit.reply import as_reply

        return as_reply(audit, summary=summary)
    raise ValueError(f"there is no form {form!r}")
