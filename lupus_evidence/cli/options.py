"""Options that several commands share, with their completion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli.output import say
from lupus_evidence.cli.records import of_named_folder
from lupus_evidence.vocabulary import (
    BIAS_LIMITS,
    DESIGNS,
    READINGS,
    Band,
    BiasLimit,
    Design,
    Reading,
    Scope,
    Status,
    band_of,
    resolving,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.appraisal import Tool


def known_therapies(names: list[str] | None) -> tuple[str, ...]:
    """Return the therapies that words stand for."""
    return resolving.therapies().resolve_all(names or ())


def known_endpoints(names: list[str] | None) -> tuple[str, ...]:
    """Return the endpoints that words stand for; a family's are all of its."""
    return resolving.endpoints().resolve_all(names or ())


def known_endpoint(name: str) -> str:
    """Return the one endpoint that a word stands for."""
    return resolving.endpoints().resolve_one(name)


def known_designs(names: list[str] | None) -> tuple[Design, ...]:
    """Return the designs that words stand for, in the order of the vocabulary."""
    asked = resolving.designs().resolve_all(names or ())
    return tuple(name for name in DESIGNS if name in asked)


def known_readings(names: list[str] | None) -> tuple[Reading, ...]:
    """Return the readings that words stand for, in the order of the vocabulary."""
    asked = resolving.readings().resolve_all(names or ())
    return tuple(name for name in READINGS if name in asked)


def known_scopes(names: list[str] | None) -> tuple[Scope, ...]:
    """Return the scopes that words stand for, in the order of the vocabulary."""
    asked = resolving.scopes().resolve_all(names or ())
    return tuple(name for name in topic().scope_names if name in asked)


def known_statuses(names: list[str] | None) -> tuple[Status, ...]:
    """Return the statuses that words stand for."""
    return resolving.statuses().resolve_all(names or ())


def known_countries(names: list[str] | None) -> tuple[str, ...]:
    """Return the codes of the countries that words stand for."""
    return resolving.countries().resolve_all(names or ())


def known_tool(name: str) -> Tool:
    """Return the tool of appraisal that a word stands for."""
    from lupus_evidence.appraisal import tools

    labels = {resolving.folded(tool.label): (key,) for key, tool in tools().items()}
    lexicon = resolving.Lexicon("tool", tuple(tools()), labels)
    return tools()[lexicon.resolve_one(name)]


def known_limit(name: str | None) -> BiasLimit | None:
    """Return the limit of bias that a word stands for; None where none is asked."""
    return None if name is None else resolving.bias_limits().resolve_one(name)


def known_bands(at: list[int] | None) -> list[Band] | None:
    """Return the stretches of time that months fall in, and say so where they differ.

    Parameters
    ----------
    at : list of int or None
        Months, as typed.
    """
    if not at:
        return None
    found = [band_of(months) for months in at]
    for months, band in zip(at, found, strict=True):
        if months != band.months:
            say(f"{months} months stands among the months shown as {band.label}")
    return found


def _names(complete: Callable[[str], Any], text: str, *flags: str) -> Any:  # noqa: ANN401 - Typer's own option
    """Return an option that takes names and may be repeated."""
    word = complete.__name__.removeprefix("complete_").upper()
    return typer.Option(*flags, metavar=word, autocompletion=complete, help=text)


Studies = Annotated[
    Path | None,
    typer.Option(
        "--studies",
        metavar="DIR",
        envvar="LUPUS_EVIDENCE_STUDIES",
        is_eager=True,
        callback=of_named_folder,
        help="Folder of records; ./studies if it has any, else the bundled ones.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file, in the form that its ending names; - is the screen.",
    ),
]
Width = Annotated[
    int | None,
    typer.Option(
        "--width",
        metavar="COLUMNS",
        min=20,
        help="Lay out for this many columns, also in a pipe.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]
TherapyOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_therapy,
        "Only this therapy, such as hsct or msc; may be repeated.",
        "--therapy",
        "-t",
    ),
]
DrawnOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_therapy,
        "Only this therapy, such as msc; may be repeated. hsct and msc, as far "
        "as they have anything to show, unless told.",
        "--therapy",
        "-t",
    ),
]
PictureTitle = Annotated[
    str,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="Title of the picture instead of its own.",
    ),
]
SidesOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_therapy,
        "What to set side by side, given twice or more; hsct and msc unless told.",
        "--therapy",
        "-t",
    ),
]
OutcomeOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_endpoint,
        "An outcome to show first, in the order given; may be repeated.",
        "--outcome",
    ),
]
ComparedEndpointOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_endpoint,
        "Only this endpoint, such as any-remission, with deaths beside it; may be "
        "repeated.",
        "--endpoint",
        "-e",
    ),
]
AtOption = Annotated[
    list[int] | None,
    typer.Option(
        "--at",
        metavar="MONTHS",
        min=1,
        autocompletion=completing.complete_months,
        help="Only about this time, in months (see `explain times`); may be repeated.",
    ),
]
EndpointOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_endpoint,
        "Only this endpoint, such as any-remission; may be repeated.",
        "--endpoint",
        "-e",
    ),
]
DesignOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_design,
        "Only this design, such as randomised-trial; may be repeated.",
        "--design",
    ),
]
ReadingOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_reading,
        "Only figures seen this way, such as primary-abstract; may be repeated.",
        "--reading",
    ),
]
MaxBiasOption = Annotated[
    str | None,
    typer.Option(
        "--max-bias",
        metavar=f"<{'|'.join(BIAS_LIMITS)}>",
        autocompletion=completing.complete_bias_limit,
        help="Only results whose risk of bias was judged to be this or less (see "
        "`explain bias`).",
    ),
]
ScopeOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_scope,
        "Remission, response and relapse judged on this only, such as kidney "
        "(see `explain scopes`); being alive is judged on nothing. May be "
        "repeated.",
        "--scope",
    ),
]
StatusOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_status,
        "Only published, registered or withdrawn studies; may be repeated.",
        "--status",
    ),
]
CountryOption = Annotated[
    list[str] | None,
    _names(
        completing.complete_country,
        "Only studies of this country, such as China or CN; may be repeated.",
        "--country",
    ),
]
SinceOption = Annotated[
    int | None,
    typer.Option(
        "--since",
        metavar="YEAR",
        min=1900,
        max=2100,
        help="Only studies published in this year or later.",
    ),
]
MinPeopleOption = Annotated[
    int | None,
    typer.Option(
        "--min-people",
        metavar="N",
        min=0,
        help="Only studies with at least this many people with the condition.",
    ),
]
TextOption = Annotated[
    list[str] | None,
    typer.Option(
        "--text",
        metavar="WORD",
        help="Only studies with this word in name, title, authors or centre; if "
        "repeated, with all of them.",
    ),
]
