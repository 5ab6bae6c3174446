"""The command that shows how the records were found: flow."""

from __future__ import annotations

from typing import Annotated

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.records import (
    finish,
    load_records,
    receipt_of,
    say_problems,
)


@delivers("pages", "figure", "tables", "data", "prisma")
def flow(
    *,
    searches: Annotated[
        bool, typer.Option("--searches", help="Each search: where, when, what.")
    ] = False,
    excluded: Annotated[
        bool,
        typer.Option("--excluded", help="Each report that is no record, and why."),
    ] = False,
    receipt: Annotated[
        bool, typer.Option("--receipt", help="What it rests on: version, hash.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="All three; a file has them unasked.")
    ] = False,
    notes: Annotated[
        bool,
        typer.Option(
            "--notes/--no-notes", help="Say below the diagram what to mind, or not."
        ),
    ] = True,
    plain: Annotated[
        bool, typer.Option("--ascii", help="Draw with plain letters only.")
    ] = False,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Draw the way from searches to records: PRISMA 2020's flow diagram.

    Searches stand in _searches/ beside the records, decisions about reports in
    _screening.csv. What nobody counted is "?".

    For example:
      lupus-evidence flow
      lupus-evidence flow --excluded
      lupus-evidence flow -o flow.svg
      lupus-evidence flow -f prisma -o PRISMA.csv
    """
    from lupus_evidence.pages.flow import flow_answer
    from lupus_evidence.screening.files import search_log
    from lupus_evidence.screening.flow import flow_of

    base = load_records(studies)
    log = search_log(base.root)
    asked = {"searches": searches, "excluded": excluded, "receipt": receipt}
    everything = full or not to.to_screen
    sections = {part for part, wanted in asked.items() if wanted or everything}
    counted = flow_of(base, log, receipt_of(base))
    to.deliver(
        flow_answer(counted, base, log, notes=notes, sections=sections), plain=plain
    )
    say_problems(log.diagnostics)
    finish(base)
    if log.diagnostics:
        raise typer.Exit(1)
