"""Options that several commands share, with their completion."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli.output import say
from lupus_evidence.vocabulary import (
    BANDS,
    DESIGNS,
    READINGS,
    SCOPES,
    Band,
    Design,
    Reading,
    Scope,
    Status,
    band_of,
    resolving,
)

#: The times that results are sorted into, for help texts.
TIMES = f"{', '.join(band.name for band in BANDS[:-1])} or {BANDS[-1].name}"


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
    return tuple(name for name in SCOPES if name in asked)


def known_statuses(names: list[str] | None) -> tuple[Status, ...]:
    """Return the statuses that words stand for."""
    return resolving.statuses().resolve_all(names or ())


def known_countries(names: list[str] | None) -> tuple[str, ...]:
    """Return the codes of the countries that words stand for."""
    return resolving.countries().resolve_all(names or ())


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


Studies = Annotated[
    Path | None,
    typer.Option(
        "--studies",
        metavar="DIR",
        envvar="LUPUS_EVIDENCE_STUDIES",
        help="Folder of records; ./studies if it has any, else the bundled ones.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file, in the form that its ending names; - is the screen.",
        show_default=False,
    ),
]
Width = Annotated[
    int | None,
    typer.Option(
        "--width",
        metavar="COLUMNS",
        min=20,
        help="Lay out for this many columns, also in a pipe.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]
TherapyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--therapy",
        "-t",
        metavar="THERAPY",
        autocompletion=completing.complete_therapy,
        help="Only this therapy, such as hsct or msc; may be repeated.",
        show_default=False,
    ),
]
EndpointOption = Annotated[
    list[str] | None,
    typer.Option(
        "--endpoint",
        "-e",
        metavar="ENDPOINT",
        autocompletion=completing.complete_endpoint,
        help="Only this endpoint, such as any-remission; may be repeated.",
        show_default=False,
    ),
]
DesignOption = Annotated[
    list[str] | None,
    typer.Option(
        "--design",
        metavar="DESIGN",
        autocompletion=completing.complete_design,
        help="Only this design, such as randomised-trial; may be repeated.",
        show_default=False,
    ),
]
ReadingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="READING",
        autocompletion=completing.complete_reading,
        help="Only figures seen this way, such as primary-abstract; may be repeated.",
        show_default=False,
    ),
]
ScopeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scope",
        metavar="SCOPE",
        autocompletion=completing.complete_scope,
        help="Remission, response and relapse judged on this only, such as lupus "
        "(the whole disease) or kidney; being alive is judged on nothing. May be "
        "repeated.",
        show_default=False,
    ),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        autocompletion=completing.complete_status,
        help="Only published, registered or withdrawn studies; may be repeated.",
        show_default=False,
    ),
]
CountryOption = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        metavar="COUNTRY",
        autocompletion=completing.complete_country,
        help="Only studies of this country, such as China or CN; may be repeated.",
        show_default=False,
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
        show_default=False,
    ),
]
MinLupusOption = Annotated[
    int | None,
    typer.Option(
        "--min-lupus",
        metavar="N",
        min=0,
        help="Only studies with at least this many people with lupus.",
        show_default=False,
    ),
]
TextOption = Annotated[
    list[str] | None,
    typer.Option(
        "--text",
        metavar="WORD",
        help="Only studies with this word in name, title, authors or centre; if "
        "repeated, with all of them.",
        show_default=False,
    ),
]
