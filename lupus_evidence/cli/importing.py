"""Command that brings in what other programs hold: import."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli.output import emit, make_folder, say, write_file
from lupus_evidence.cli.records import say_problems

if TYPE_CHECKING:
    from lupus_evidence.importing import ImportedRecord

#: As an output, standard output.
_SCREEN = "-"


class ImportFormat(StrEnum):
    """What the file comes from."""

    NBIB = "nbib"
    RIS = "ris"
    BIBTEX = "bibtex"
    WOS = "wos"
    ENDNOTE = "endnote"
    ENW = "enw"
    CSL = "csl"
    CTGOV = "ctgov"
    CITATIONS = "citations"
    CSV = "csv"


def _names_in(folder: Path) -> set[str]:
    """Return the names of the records in a folder."""
    return {path.stem for path in folder.glob("*.y*ml")}


def _said_once(records: tuple[ImportedRecord, ...]) -> list[str]:
    """Return the notes that all of several records share."""
    first, *others = records
    return [note for note in first.notes if all(note in item.notes for item in others)]


def _write(records: tuple[ImportedRecord, ...], folder: Path, *, force: bool) -> None:
    """Write one file for each record and say what is left to do."""
    common = _said_once(records)
    for record in records:
        path = folder / f"{record.id}.yaml"
        write_file(path, record.text, force=force)
        say(f"wrote {path}: fill it in, then run `lupus-evidence check {path}`")
        say_problems(record.doubts)
        for note in record.notes:
            if note not in common:
                say(f"  {note}")
    for note in common:
        say(note)


def _show(records: tuple[ImportedRecord, ...]) -> None:
    """Print the records, and what was left out after them."""
    emit("---\n".join(record.text for record in records))
    common = _said_once(records)
    for record in records:
        say_problems(record.doubts)
        for note in record.notes:
            if note not in common:
                say(f"{record.id}: {note}")
    for note in common:
        say(note)


def import_file(
    *,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="PubMed .nbib, RIS, BibTeX, Web of Science .ciw, EndNote .xml, .enw, "
            "CSL-JSON, ClinicalTrials.gov JSON, or a table of citations or results "
            "(CSV, TSV, .xlsx); - for standard input.",
        ),
    ],
    form: Annotated[
        ImportFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="Form of the file; told by its content by default.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder for the records, one file each, made if need be; - for the "
            "screen.",
        ),
    ] = Path(),
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace records of the same name."),
    ] = False,
) -> None:
    """Make records from citations, registered trials or a table.

    What the file does not say stays blank (marked ...), and the record is in no list
    and no figure until it is filled in. Figures are never taken from a citation or a
    registry.

    For example:
      lupus-evidence import citations.nbib -o my-studies
      lupus-evidence import NCT02633163.json -o -
      lupus-evidence table -f csv | lupus-evidence import - -o my-studies
    """
    from lupus_evidence.importing import import_records

    screen = str(output) == _SCREEN
    taken = set() if screen or force else _names_in(output)
    records = import_records(file, taken=taken, form=form.value if form else None)
    if screen:
        _show(records)
    else:
        make_folder(output)
        _write(records, output, force=force)
