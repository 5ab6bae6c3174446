"""Command that sets therapies side by side: compare."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.output import emit, terminal_look
from lupus_evidence.cli.records import finish, load_records


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
            metavar="THERAPY THERAPY...",
            autocompletion=opt.complete_therapy,
            help="Two or more therapies, such as hsct msc.",
        ),
    ],
    endpoint: opt.EndpointOption = None,
    at: Annotated[
        list[int] | None,
        typer.Option(
            "--at",
            metavar="MONTHS",
            help="Only about this time: 6, 12, 24, 36, 60, 120; may be repeated.",
            show_default=False,
        ),
    ] = None,
    method: Annotated[
        Method, typer.Option(help="Estimator of the pooled rates.")
    ] = Method.BAYES,
    tau_prior: Annotated[
        float,
        typer.Option(
            "--tau-prior",
            min=0.01,
            max=10,
            help="Scale of the prior of the spread between studies.",
        ),
    ] = 1.0,
    overlap: Annotated[
        OverlapRule, typer.Option(help="Which of the studies that share people stay.")
    ] = OverlapRule.LARGEST,
    reading: opt.ReadingOption = None,
    design: opt.DesignOption = None,
    min_n: opt.MinPeopleOption = None,
    abstracts: Annotated[
        bool,
        typer.Option(
            "--include-abstracts/--exclude-abstracts",
            help="Studies known only from a conference abstract.",
        ),
    ] = True,
    sensitivity: Annotated[
        bool,
        typer.Option("--sensitivity", help="Add every other choice, flips marked."),
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Every endpoint and time, not the main ones only."),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="What became of each study, by file and line."),
    ] = False,
    form: Annotated[
        ComparisonFormat,
        typer.Option(
            "--format", "-f", help="Form of the output; r is a script for metafor."
        ),
    ] = ComparisonFormat.TABLE,
    width: opt.Width = None,
    output: opt.Output = None,
    force: opt.Force = False,
    studies: opt.Studies = None,
) -> None:
    """Compare therapies: pooled rates, how sure they are, and what was left out.

    For example:
      lupus-evidence compare hsct msc
      lupus-evidence compare hsct msc -e overall-survival --at 60 --explain
      lupus-evidence compare hsct msc car-t --sensitivity -f json > comparison.json
    """
    from lupus_evidence.compare.comparison import compare as compared
    from lupus_evidence.compare.comparison import explain as explained
    from lupus_evidence.render.compare.formats import render_comparison
    from lupus_evidence.selection.rules import SelectionRules
    from lupus_evidence.vocabulary import band_of

    rules = SelectionRules(
        overlap=overlap.value,
        readings=opt.known_readings(reading),
        designs=opt.known_designs(design),
        min_n=min_n or 0,
        include_abstracts=abstracts,
    )
    base = load_records(studies)
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
    text = render_comparison(found, form.value, look, pages, every=asked)
    emit(text, output, force=force)
    finish(base)
