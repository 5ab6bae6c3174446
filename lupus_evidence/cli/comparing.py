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
from lupus_evidence.cli.sections import Sections, with_sections
from lupus_evidence.vocabulary import topic


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
            show_default=False,
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
