"""Options that several commands share, with their completion."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli.output import Format
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.vocabulary import (
    BANDS,
    DESIGNS,
    ENDPOINTS,
    READINGS,
    SCOPES,
    STATUSES,
    THERAPIES,
    Design,
    Reading,
    Scope,
)

#: The times that results are sorted into, for help texts.
TIMES = f"{', '.join(band.name for band in BANDS[:-1])} or {BANDS[-1].name}"


def known(kind: str, names: list[str] | None, vocabulary: object) -> tuple[str, ...]:
    """Return names as a tuple after making sure that each exists.

    Raises
    ------
    UnknownNameError
        With the nearest names that exist.
    """
    words = tuple(str(name) for name in vocabulary)  # type: ignore[attr-defined]
    for name in names or ():
        if name not in words:
            raise UnknownNameError(kind, name, words)
    return tuple(names or ())


def known_therapies(names: list[str] | None) -> tuple[str, ...]:
    """Return therapies that exist."""
    return known("therapy", names, THERAPIES)


def known_endpoints(names: list[str] | None) -> tuple[str, ...]:
    """Return endpoints that exist."""
    return known("endpoint", names, ENDPOINTS)


def known_scope(name: str | None) -> Scope | None:
    """Return a scope that exists, or none."""
    asked = known("scope", None if name is None else [name], SCOPES)
    return next((scope for scope in SCOPES if scope in asked), None)


def known_designs(names: list[str] | None) -> tuple[Design, ...]:
    """Return designs that exist."""
    asked = known("design", names, DESIGNS)
    return tuple(name for name in DESIGNS if name in asked)


def known_readings(names: list[str] | None) -> tuple[Reading, ...]:
    """Return readings that exist."""
    asked = known("reading", names, READINGS)
    return tuple(name for name in READINGS if name in asked)


def known_statuses(names: list[str] | None) -> tuple[str, ...]:
    """Return statuses that exist."""
    return known("status", names, STATUSES)


Studies = Annotated[
    Path | None,
    typer.Option(
        "--studies",
        metavar="DIR",
        envvar="LUPUS_EVIDENCE_STUDIES",
        help="Folder of records instead of the bundled ones.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="Form of the output.")
]
PageFormat = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        metavar="<table|json|markdown>",
        autocompletion=completing.complete_page_format,
        help="Form of the output; a page is no table, so neither CSV nor TSV.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file instead of the screen.",
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
        metavar="CC",
        help="Only studies of this country, such as CN or US; may be repeated.",
        show_default=False,
    ),
]
SinceOption = Annotated[
    int | None,
    typer.Option(
        "--since",
        metavar="YEAR",
        help="Only studies published in this year or later.",
        show_default=False,
    ),
]
MinPeopleOption = Annotated[
    int | None,
    typer.Option(
        "--min-n",
        metavar="N",
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
