"""Commands that show the evidence together: compare, forest, curve, report, flow."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads it at run time
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.option_groups import (
    Choices,
    Drawing,
    Sections,
    draws,
    selects,
    with_sections,
)
from lupus_evidence.cli.output import say, working
from lupus_evidence.cli.records import (
    finish,
    load_records,
    say_problems,
    say_what_fails,
)
from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.load import studies_here
from lupus_evidence.vocabulary import topic
from lupus_evidence.writers.formats import Answer


@delivers("pages", "tables", "data", "r", "metafor")
@with_sections()
@selects()
def compare(
    *,
    therapy: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="THERAPY",
            autocompletion=completing.complete_therapy,
            help="Two or more therapies, such as hsct msc; those of the topic unless "
            "told.",
        ),
    ] = None,
    endpoint: opt.ComparedEndpointOption = None,
    at: opt.AtOption = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Every outcome and time, not the main ones only."),
    ] = False,
    sections: Sections,
    choices: Choices,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Compare therapies: what was seen, in how many people, how sure anyone can be.

    The answer is one screen; each part behind it has an option of its own name.

    For example:
      lupus-evidence compare hsct msc
      lupus-evidence compare hsct msc -e overall-survival --at 60 --explain
      lupus-evidence compare hsct msc car-t --sensitivity -f json > all.json
    """
    from lupus_evidence.compare.comparison import compare as compared
    from lupus_evidence.compare.comparison import explain as explained
    from lupus_evidence.pages.comparison import comparison_answer

    base = load_records(studies)
    with working("pooling"):
        found = compared(
            base,
            opt.known_therapies(therapy) or topic().compared,
            endpoints=opt.known_endpoints(endpoint) or None,
            scopes=choices.scopes or None,
            bands=opt.known_bands(at),
            rules=choices.rules,
            method=choices.method,
            tau_prior=choices.tau_prior,
            sensitivity="sensitivity" in sections.names,
        )
    told = explained(base, found) if "explain" in sections.names else ()
    to.deliver(
        comparison_answer(
            found,
            told,
            every=every or bool(endpoint or at),
            sections=sections.names,
            answer=sections.full or not sections.names,
            findings=to.format.manuscript,
        )
    )
    if not choices.rules.include_failing:
        say_what_fails(base, found.therapies)
    finish(base)


@delivers("pages", "figure", "tables", "data")
@draws(
    {
        "left-out": "Results that are in no figure, and why.",
        "how": "How the figures were made.",
        "receipt": "What the figures rest on: version, hash, choices.",
    }
)
@selects()
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
    therapy: opt.DrawnOption = None,
    at: opt.AtOption = None,
    title: opt.PictureTitle = "",
    drawing: Drawing,
    choices: Choices,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Draw the studies behind a figure, each with its interval.

    What trials with a control group found of it is drawn first.

    For example:
      lupus-evidence forest overall-survival --at 24
      lupus-evidence forest complete-remission -t msc --at 6 --at 12 --left-out
      lupus-evidence forest overall-survival -o survival.svg --no-notes
    """
    from lupus_evidence.forest import forest_plot
    from lupus_evidence.pages.forest import SECTIONS, forest_answer

    name = opt.known_endpoint(endpoint)
    therapies = opt.known_therapies(therapy)
    base = load_records(studies)
    with working("pooling"):
        plot = forest_plot(
            base,
            name,
            therapies or None,
            scopes=choices.scopes or None,
            bands=opt.known_bands(at),
            rules=choices.rules,
            method=choices.method,
            tau_prior=choices.tau_prior,
        )
    shown = drawing.shown(SECTIONS, to_screen=to.to_screen)
    to.deliver(
        forest_answer(plot, title=title, notes=drawing.notes, sections=shown),
        plain=drawing.plain,
    )
    if not choices.rules.include_failing:
        say_what_fails(base, (*plot.therapies, *plot.silent))
    finish(base)


@delivers("pages", "figure", "tables", "data")
@draws(
    {
        "by-study": "What each study says, and the curve without it.",
        "left-out": "Results that are in no curve, and why.",
        "how": "How the curve was made.",
        "receipt": "What the curve rests on: version, hash, choices.",
    }
)
@selects(pools=False)
def curve(
    *,
    endpoint: Annotated[
        str,
        typer.Argument(
            metavar="ENDPOINT",
            autocompletion=completing.complete_endpoint,
            help="overall-survival, or death for those who died.",
        ),
    ],
    therapy: opt.DrawnOption = None,
    title: opt.PictureTitle = "",
    drawing: Drawing,
    choices: Choices,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Draw survival over time, from all that studies say of deaths.

    Counts at a visit, survival curves, deaths over a mean follow-up and early deaths
    are heard together; of studies that share people one is counted.

    For example:
      lupus-evidence curve overall-survival
      lupus-evidence curve overall-survival -t hsct --left-out
      lupus-evidence curve overall-survival -o survival.svg
    """
    from lupus_evidence.compare.survival import CurveChoices, survival_curves_of
    from lupus_evidence.pages.survival_curves import SECTIONS, curve_answer

    name = opt.known_endpoint(endpoint)
    therapies = opt.known_therapies(therapy)
    base = load_records(studies)
    with working("pooling"):
        found = survival_curves_of(
            base, name, therapies, CurveChoices(choices.rules, choices.tau_prior)
        )
    shown = drawing.shown(SECTIONS, to_screen=to.to_screen)
    to.deliver(
        curve_answer(found, title=title, remarks=drawing.notes, sections=shown),
        plain=drawing.plain,
    )
    if not choices.rules.include_failing:
        say_what_fails(base, [*(item.therapy for item in found.answers), *found.silent])
    finish(base)


@delivers("report")
@selects()
def report(
    *,
    title: Annotated[
        str,
        typer.Option("--title", metavar="TEXT", help="Title of the page."),
    ] = "",
    therapy: opt.SidesOption = None,
    outcome: opt.OutcomeOption = None,
    article: Annotated[
        list[Path] | None,
        typer.Option(
            "--article",
            metavar="FILE",
            help="An article, or a file of its claims, to check on the page; may be "
            "repeated. Without it, the files of a folder claims beside the records, if "
            "there is one.",
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
      lupus-evidence report -o checked.html --article clinic-page.html
      lupus-evidence report -o two.html -t uc-msc -t conventional --scope kidney
    """
    from lupus_evidence.audit.articles import articles_beside
    from lupus_evidence.report.build import build_report
    from lupus_evidence.report.contents import ReportChoices
    from lupus_evidence.report.html_page import render_report
    from lupus_evidence.vocabulary import topic

    if len(choices.scopes) > 1:
        raise EvidenceError("a report is judged on one scope: name one --scope")
    asked = ReportChoices(
        title,
        opt.known_therapies(therapy) or topic().compared,
        opt.known_endpoints(outcome),
        choices.scopes[0] if choices.scopes else None,
        choices.rules,
        choices.method,
        choices.tau_prior,
    )
    base = load_records(studies)
    files = articles_beside(
        studies or studies_here(), [*(article or ()), *(claims or ())], base
    )
    with working("pooling, auditing and laying out the page"):
        found = build_report(base, files, asked)
    to.deliver(
        Answer(
            base.receipt,
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
