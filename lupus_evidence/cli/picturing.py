"""Commands that show the evidence as pictures: forest, report."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - Typer reads it at run time
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.output import emit, shown_encoding, terminal_look, working
from lupus_evidence.cli.records import finish, load_records, say_what_fails

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

    name = opt.known_endpoint(endpoint)
    base = load_records(studies)
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


def report(
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="The page to write."),
    ],
    claims: Annotated[
        list[Path] | None,
        typer.Option(
            "--claims",
            metavar="CLAIMS",
            help="Claims files to audit on the page; the bundled article by default.",
            show_default=False,
        ),
    ] = None,
    force: opt.Force = False,
    studies: opt.Studies = None,
) -> None:
    """Write one HTML page with everything, for screen and paper.

    For example:
      lupus-evidence report -o report.html
      lupus-evidence report -o report.html --studies my-studies --force
    """
    from lupus_evidence.audit import load_claims
    from lupus_evidence.render.html.page import render_report
    from lupus_evidence.report.build import build_report

    base = load_records(studies)
    with working("pooling, auditing and laying out the page"):
        page = render_report(build_report(base, load_claims(claims)))
    emit(page, output, force=force)
    say_what_fails(base)
    finish(base)
