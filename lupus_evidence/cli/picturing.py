"""Commands that show the evidence as pictures: forest, report."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - Typer reads it at run time
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.choices import Choices, selects
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import emit, say, shown_encoding, terminal_look, working
from lupus_evidence.cli.records import (
    finish,
    load_records,
    receipt_of,
    say_problems,
    say_what_fails,
)
from lupus_evidence.writers.formats import Answer

#: Endings of files that are drawn as figures.
FIGURES = frozenset({".svg", ".png", ".pdf"})


def forest(
    *,
    endpoint: Annotated[
        str,
        typer.Argument(
            metavar="ENDPOINT",
            autocompletion=completing.complete_endpoint,
            help="What is counted, such as overall-survival.",
        ),
    ],
    therapy: opt.TherapyOption = None,
    at: Annotated[
        int | None,
        typer.Option(
            "--at",
            metavar="MONTHS",
            min=0,
            autocompletion=completing.complete_months,
            help=f"About this time: {opt.TIMES} months.",
            show_default=False,
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--ascii", help="Draw with plain letters only.")
    ] = False,
    width: opt.Width = None,
    output: opt.Output = None,
    force: opt.Force = False,
    studies: opt.Studies = None,
) -> None:
    """Draw the studies behind a figure, each with its interval.

    For example:
      lupus-evidence forest overall-survival
      lupus-evidence forest complete-remission --therapy msc --at 12
      lupus-evidence forest overall-survival -o survival.svg
    """
    from lupus_evidence.forest.build import forest_plot
    from lupus_evidence.vocabulary import DEFAULT_THERAPIES, band_of

    base = load_records(studies)
    (name,) = opt.known_endpoints([endpoint])
    plot = forest_plot(
        base,
        name,
        opt.known_therapies(therapy) or DEFAULT_THERAPIES,
        None if at is None else band_of(at),
    )
    if output is not None and output.suffix.lower() in FIGURES:
        from lupus_evidence.render.forest.figure import render_forest_figure

        figure = render_forest_figure(plot, output.suffix.lower())
        emit(figure, output, force=force)
    else:
        from lupus_evidence.render.forest.terminal import (
            can_draw,
            render_forest_terminal,
        )

        letters = plain or not can_draw(shown_encoding(sys.stdout))
        text = render_forest_terminal(plot, terminal_look(width), ascii_only=letters)
        emit(text, output, force=force)
    say_what_fails(base, plot.therapies)
    finish(base)


@delivers("report")
@selects()
def report(
    *,
    title: Annotated[
        str,
        typer.Option(
            "--title", metavar="TEXT", help="Title of the page.", show_default=False
        ),
    ] = "",
    therapy: Annotated[
        list[str] | None,
        typer.Option(
            "--therapy",
            "-t",
            metavar="THERAPY",
            autocompletion=completing.complete_therapy,
            help="What to set side by side, given twice or more; hsct and msc unless "
            "told.",
            show_default=False,
        ),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome",
            metavar="ENDPOINT",
            autocompletion=completing.complete_endpoint,
            help="An outcome to show first, in the order given; may be repeated.",
            show_default=False,
        ),
    ] = None,
    article: Annotated[
        list[Path] | None,
        typer.Option(
            "--article",
            metavar="FILE",
            help="An article's claims to check on the page; may be repeated. Without "
            "it, those of a folder claims beside the records, if there is one.",
            show_default=False,
        ),
    ] = None,
    claims: Annotated[list[Path] | None, typer.Option("--claims", hidden=True)] = None,
    appendix: Annotated[
        bool,
        typer.Option("--appendix", help="Print every part, also the closed ones."),
    ] = False,
    choices: Choices,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Write one HTML page: the finding, what it rests on, an article checked.

    For example:
      lupus-evidence report -o report.html
      lupus-evidence report -o my.html --studies my-studies --title "My review"
      lupus-evidence report -o two.html -t uc-msc -t conventional --scope kidney
    """
    from lupus_evidence.audit.claims_files import load_claims_beside
    from lupus_evidence.render.html.page import render_report
    from lupus_evidence.report.build import build_report
    from lupus_evidence.report.choices import ReportChoices
    from lupus_evidence.vocabulary import DEFAULT_THERAPIES

    asked = ReportChoices(
        title,
        opt.known_therapies(therapy) or DEFAULT_THERAPIES,
        opt.known_endpoints(outcome),
        choices.scopes[0] if choices.scopes else None,
        choices.rules,
        choices.method,
        choices.tau_prior,
    )
    base = load_records(studies)
    files = load_claims_beside(studies, [*(article or ()), *(claims or ())])
    with working("pooling, auditing and laying out the page"):
        found = build_report(base, files, asked)
    to.deliver(
        Answer(
            receipt_of(base),
            texts={"report": lambda: render_report(found, appendix=appendix)},
        )
    )
    for side in found.comparison.people:
        if not side.studies:
            say(f"no figure here is about {side.therapy}: --therapy chooses others")
    say_what_fails(base, asked.therapies)
    say_problems(found.audit.diagnostics)
    if found.audit.has_errors:
        raise typer.Exit(1)
    finish(base)
