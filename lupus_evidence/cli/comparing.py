"""Command that sets therapies side by side: compare."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.output import emit, terminal_look, working
from lupus_evidence.cli.records import finish, load_records, say_what_fails
from lupus_evidence.evidence.rules import FEWEST_PEOPLE


class Method(StrEnum):
    """Estimator of the pooled rates."""

    BAYES = "bayes"
    GLMM = "glmm"
    REML = "reml"
    PM = "pm"
    DL = "dl"
    ML = "ml"
    COMMON = "common"
    FREEMAN_TUKEY = "freeman-tukey"


class ComparisonFormat(StrEnum):
    """What the comparison is for."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MARKDOWN = "markdown"
    R = "r"
    METAFOR = "metafor"


class OverlapRule(StrEnum):
    """What happens to studies that share people."""

    LARGEST = "largest"
    LATEST = "latest"
    KEEP_ALL = "keep-all"


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
    method: Annotated[
        Method,
        typer.Option(help="How rates are pooled; `explain glmm` says what glmm is."),
    ] = Method.BAYES,
    tau_prior: Annotated[
        float,
        typer.Option(
            "--tau-prior",
            metavar="SCALE",
            min=0.01,
            max=10,
            help="How much centres may differ before any study is seen (see `explain "
            "tau`).",
        ),
    ] = 1.0,
    overlap: Annotated[
        OverlapRule, typer.Option(help="Which of the studies that share people stay.")
    ] = OverlapRule.LARGEST,
    reading: opt.ReadingOption = None,
    design: opt.DesignOption = None,
    min_n: Annotated[
        int,
        typer.Option(
            "--min-n",
            metavar="N",
            min=1,
            help="Pool only results about at least this many people.",
        ),
    ] = FEWEST_PEOPLE,
    abstracts: Annotated[
        bool,
        typer.Option(
            "--include-abstracts/--exclude-abstracts",
            help="Keep studies known only from a conference abstract, or not.",
        ),
    ] = True,
    failing: Annotated[
        bool,
        typer.Option(
            "--include-failing",
            help="Keep results that fail a check of the records (see `check`).",
        ),
    ] = False,
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
    form: Annotated[
        ComparisonFormat,
        typer.Option(
            "--format",
            "-f",
            help="Form of the output; metafor is the studies' counts as CSV for R, r "
            "a script with the counts in it.",
        ),
    ] = ComparisonFormat.TABLE,
    width: opt.Width = None,
    output: opt.Output = None,
    force: opt.Force = False,
    studies: opt.Studies = None,
) -> None:
    """Compare therapies: pooled rates, certainty, what was left out.

    For example:
      lupus-evidence compare hsct msc
      lupus-evidence compare hsct msc -e overall-survival --at 60 --explain
      lupus-evidence compare hsct msc car-t --sensitivity -f json > all.json
    """
    from lupus_evidence.compare.comparison import compare as compared
    from lupus_evidence.compare.comparison import explain as explained
    from lupus_evidence.evidence.rules import SelectionRules
    from lupus_evidence.render.compare.formats import render_comparison
    from lupus_evidence.vocabulary import band_of

    rules = SelectionRules(
        overlap=overlap.value,
        readings=opt.known_readings(reading),
        designs=opt.known_designs(design),
        min_n=min_n,
        include_abstracts=abstracts,
        include_failing=failing,
    )
    base = load_records(studies)
    with working("pooling"):
        found = compared(
            base,
            therapy,
            endpoints=opt.known_endpoints(endpoint) or None,
            bands=[band_of(months) for months in at] if at else None,
            rules=rules,
            method=method.value,
            tau_prior=tau_prior,
            sensitivity=sensitivity,
        )
    pages = explained(base, found) if explain else ()
    asked = every or bool(endpoint or at)
    look = terminal_look(width)
    text = render_comparison(
        found, form.value, look, pages, every=asked, differences=differences
    )
    emit(text, output, force=force)
    if not failing:
        say_what_fails(base, found.therapies)
    finish(base)
