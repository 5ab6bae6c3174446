"""Command that sets therapies side by side: compare."""

from __future__ import annotations

from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.choices import Choices, selects
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import working
from lupus_evidence.cli.records import finish, load_records, say_what_fails


@delivers("pages", "tables", "data", "r", "metafor")
@selects()
def compare(
    *,
    therapy: Annotated[
        list[str],
        typer.Argument(
            metavar="THERAPY",
            autocompletion=completing.complete_therapy,
            help="Two or more therapies, such as hsct msc.",
        ),
    ],
    endpoint: Annotated[
        list[str] | None,
        typer.Option(
            "--endpoint",
            "-e",
            metavar="ENDPOINT",
            autocompletion=completing.complete_endpoint,
            help="Only this endpoint, such as any-remission, with deaths beside it; "
            "may be repeated.",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        list[int] | None,
        typer.Option(
            "--at",
            metavar="MONTHS",
            autocompletion=completing.complete_months,
            help=f"Only about this time: {opt.TIMES} months; may be repeated.",
            show_default=False,
        ),
    ] = None,
    sensitivity: Annotated[
        bool,
        typer.Option(
            "--sensitivity",
            help="Add each figure under every other choice, and mark what moves.",
        ),
    ] = False,
    differences: Annotated[
        bool,
        typer.Option(
            "--differences",
            help="Add the unadjusted differences between therapies, which are no "
            "effects of treatment.",
        ),
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Every endpoint and time, not the main ones only."),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Add what became of each study, by file and line."
        ),
    ] = False,
    choices: Choices,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Compare therapies: pooled rates, certainty, what was left out.

    For example:
      lupus-evidence compare hsct msc
      lupus-evidence compare hsct msc -e overall-survival --at 60 --explain
      lupus-evidence compare hsct msc car-t --sensitivity -f json > all.json
    """
    from lupus_evidence.compare.comparison import compare as compared
    from lupus_evidence.compare.comparison import explain as explained
    from lupus_evidence.render.compare.formats import comparison_answer
    from lupus_evidence.vocabulary import band_of

    base = load_records(studies)
    with working("pooling"):
        found = compared(
            base,
            therapy,
            endpoints=opt.known_endpoints(endpoint) or None,
            scopes=choices.scopes or None,
            bands=[band_of(months) for months in at] if at else None,
            rules=choices.rules,
            method=choices.method,
            tau_prior=choices.tau_prior,
            sensitivity=sensitivity,
        )
    pages = explained(base, found) if explain else ()
    asked = every or bool(endpoint or at)
    to.deliver(comparison_answer(found, pages, every=asked, differences=differences))
    if not choices.rules.include_failing:
        say_what_fails(base, found.therapies)
    finish(base)
