"""Options that several commands share, with their completion."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lupus_evidence.cli.output import Format
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.vocabulary import (
    DESIGNS,
    ENDPOINTS,
    READINGS,
    STATUSES,
    THERAPIES,
    Design,
    Reading,
)


def complete_study(incomplete: str) -> list[str]:
    """Return record names that start with what was typed."""
    from lupus_evidence.load import bundled_folder

    names = (path.stem for path in sorted(bundled_folder("studies").glob("*.yaml")))
    return [name for name in names if name.startswith(incomplete) and name[0] != "_"]


def complete_therapy(incomplete: str) -> list[str]:
    """Return therapies that start with what was typed."""
    return [name for name in THERAPIES if name.startswith(incomplete)]


def complete_endpoint(incomplete: str) -> list[str]:
    """Return endpoints that start with what was typed."""
    return [name for name in ENDPOINTS if name.startswith(incomplete)]


def complete_design(incomplete: str) -> list[str]:
    """Return designs that start with what was typed."""
    return [name for name in DESIGNS if name.startswith(incomplete)]


def complete_status(incomplete: str) -> list[str]:
    """Return statuses that start with what was typed."""
    return [name for name in STATUSES if name.startswith(incomplete)]


def complete_reading(incomplete: str) -> list[str]:
    """Return readings that start with what was typed."""
    return [name for name in READINGS if name.startswith(incomplete)]


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
        autocompletion=complete_therapy,
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
        autocompletion=complete_endpoint,
        help="Only this endpoint, such as any-remission; may be repeated.",
        show_default=False,
    ),
]
DesignOption = Annotated[
    list[str] | None,
    typer.Option(
        "--design",
        metavar="DESIGN",
        autocompletion=complete_design,
        help="Only this design, such as randomised-trial; may be repeated.",
        show_default=False,
    ),
]
ReadingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="READING",
        autocompletion=complete_reading,
        help="Only figures seen this way, such as primary-abstract; may be repeated.",
        show_default=False,
    ),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        autocompletion=complete_status,
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
