"""The command that shows how the records were found: flow."""

from __future__ import annotations

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.records import (
    finish,
    load_records,
    say_problems,
)
from lupus_evidence.cli.sections import Drawing, draws


@delivers("pages", "figure", "tables", "data", "prisma")
@draws(
    {
        "searches": "Each search: where, when, what.",
        "excluded": "Each report that is no record, and why.",
        "receipt": "What it rests on: version, hash.",
    }
)
def flow(
    *,
    drawing: Drawing,
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
    from lupus_evidence.pages.prisma_flow import SECTIONS, flow_answer
    from lupus_evidence.screening.files import search_log
    from lupus_evidence.screening.flow import flow_of

    base = load_records(studies)
    log = search_log(base.root)
    shown = drawing.shown(SECTIONS, to_screen=to.to_screen)
    counted = flow_of(base, log, base.receipt)
    to.deliver(
        flow_answer(counted, base, log, notes=drawing.notes, sections=shown),
        plain=drawing.plain,
    )
    say_problems(log.diagnostics)
    finish(base)
    if log.diagnostics:
        raise typer.Exit(1)
