"""Command that checks what an article says: audit."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads it at run time
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import say
from lupus_evidence.cli.records import finish, load_records, say_what_fails


def known_verdicts(words: list[str] | None) -> tuple[str, ...]:
    """Return the verdicts that words stand for, written with spaces or with hyphens."""
    from lupus_evidence.audit.vocabulary import VERDICTS
    from lupus_evidence.vocabulary.resolving import Lexicon

    return Lexicon("verdict", VERDICTS).resolve_all(words or ())


@delivers("pages", "tables", "data")
def audit(
    *,
    claims: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CLAIMS",
            help="Claims files or folders; the bundled article by default.",
            show_default=False,
        ),
    ] = None,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary", help="One line for each claim, and a count of verdicts."
        ),
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="VERDICT",
            autocompletion=completing.complete_verdict,
            help="Exit with 1 if a claim earns this verdict, such as overstated; may "
            "be repeated.",
            show_default=False,
        ),
    ] = None,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Check the claims of an article against the records.

    For an article of your own, `lupus-evidence new NAME --claims` writes a file to
    fill in.

    For example:
      lupus-evidence audit
      lupus-evidence audit --summary
      lupus-evidence audit clinic.yaml -f markdown --fail-on overstated
    """
    from lupus_evidence.audit import audit as audited
    from lupus_evidence.audit import fails, load_claims
    from lupus_evidence.render.audit import audit_answer
    from lupus_evidence.text import visible

    words = known_verdicts(fail_on)
    base = load_records(studies)
    found = audited(base, load_claims(claims))
    to.deliver(audit_answer(found, summary=summary))
    say_what_fails(base)
    for item in found.diagnostics:
        say(
            visible(f"{item.place}: {item.level} {item.code} {item.message}"),
            error=True,
        )
        if item.hint:
            say(f"    {item.hint}", error=True)
    if found.has_errors or fails(found, words):
        raise typer.Exit(1)
    finish(base)
