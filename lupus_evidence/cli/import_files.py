"""Command that brings in what other programs hold: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli.manner import Progress, progressing
from lupus_evidence.cli.output import emit, make_folder, write_files
from lupus_evidence.cli.usage_errors import WrongUseError
from lupus_evidence.errors import RecordsNotFoundError
from lupus_evidence.importing.formats import Form  # noqa: TC001 - Typer reads it

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.importing import ImportedRecord
    from lupus_evidence.importing.known_reports import KnownBase, KnownReport
    from lupus_evidence.importing.plan import Plan, Refreshed


#: As an output, standard output.
_SCREEN = "-"
_ALL = "all"


def _names_in(folder: Path) -> set[str]:
    """Return the names of the records in a folder."""
    return {path.stem for path in folder.glob("*.y*ml")}


def _bases(
    output: Path | None, studies: Path | None, progress: Progress
) -> tuple[KnownBase, ...]:
    """Return what the folders know that a file is compared with.

    Parameters
    ----------
    output : Path or None
        The folder to write into, whose records come first.
    studies : Path or None
        Another one.
    progress : Progress
        Told of each record.
    """
    from lupus_evidence.cli.yaml_cache import remembering
    from lupus_evidence.importing.known_reports import known_base

    if studies is not None and not studies.is_dir():
        raise RecordsNotFoundError(f"{studies} is not a folder of records")
    folders = [output] if output is not None and output.is_dir() else []
    if studies is not None and not any(map(studies.samefile, folders)):
        folders.append(studies)
    found = []
    for folder in folders:
        progress.begin(f"reading {folder}")
        # who named no folder stands in one that may hold anything below
        below = folder != Path()
        with remembering(folder) as parse:
            found.append(
                known_base(folder, parse=parse, below=below, told=progress.step)
            )
    return tuple(found)


def _wanted(which: str | None) -> frozenset[int] | None:
    """Return the look-alikes to write, by their numbers; None for all of them.

    Raises
    ------
    WrongUseError
        If something else was typed.
    """
    from lupus_evidence.cli.audit import numbers_among

    if which is None:
        return frozenset()
    if which.strip().lower() == _ALL:
        return None
    typed = [part.strip() for part in which.split(",") if part.strip()]
    numbers, rest = numbers_among(typed)
    if rest or not numbers:
        raise WrongUseError(
            f"--alike takes {_ALL} or numbers, such as 1,3, and was given "
            f"{rest[0] if rest else which!r}"
        )
    return numbers


def _chosen(
    plan: Plan, wanted: frozenset[int] | None, *, force: bool
) -> tuple[KnownReport, ...]:
    """Return the reports to write, in the file's order.

    Raises
    ------
    WrongUseError
        If a look-alike was asked for that does not exist.
    """
    alike = [report for report, _ in plan.found.alike]
    beyond = sorted(number for number in wanted or () if not 0 < number <= len(alike))
    if beyond:
        last = f"; they are 1 to {len(alike)}" if alike else ", nothing looks alike"
        raise WrongUseError(f"there is no look-alike {beyond[0]}{last}")
    if wanted is not None and not force:
        alike = [alike[number - 1] for number in sorted(wanted)]
    return tuple(sorted((*plan.found.new, *alike), key=lambda one: one.items[0]))


def _records(
    plan: Plan, reports: Iterable[KnownReport], taken: set[str]
) -> Iterator[ImportedRecord]:
    """Yield the records to be made of some reports."""
    from lupus_evidence.importing.records import finished
    from lupus_evidence.importing.reference import Names

    known = {
        report.described.name
        for base in plan.bases
        for report in base.reports
        if report.state == "record"
    }
    names, compared = Names(taken | known), set(known)
    for report in reports:
        record = finished(plan.draft(report), names, plan.source, compared)
        compared.add(record.id)
        yield record


def _refreshed(
    plan: Plan, own: KnownBase, progress: Progress
) -> list[tuple[KnownReport, Refreshed]]:
    """Bring the records of a folder up to date, and return what became of them."""
    mine = set(own.reports)
    reports = [one for one in plan.found.known if one in mine and one.path is not None]
    progress.begin("refreshing", len(reports))
    found = list(plan.refreshed(reports, progress.step))
    files = [
        (report.path, change.text)
        for report, change in found
        if report.path is not None and change.is_changed
    ]
    write_files(files, force=True)
    return found


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
        Form | None,
        typer.Option(
            "--format",
            "-f",
            help="Form of the file; told by its content by default.",
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder for the records, one file each, made if need be; - for the "
            "screen. What it holds already is known.",
        ),
    ] = Path(),
    studies: Annotated[
        Path | None,
        typer.Option(
            "--studies",
            metavar="DIR",
            envvar="LUPUS_EVIDENCE_STUDIES",
            help="Another folder of records whose reports are known.",
        ),
    ] = None,
    alike: Annotated[
        str | None,
        typer.Option(
            "--alike",
            metavar="N,N,...|all",
            help="Write these of the reports that look like others, by the numbers "
            "that they are shown with, or all of them; none unless told.",
        ),
    ] = None,
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh",
            help="Put into the records of the folder what they lack of their "
            "citations, and what a register says now.",
        ),
    ] = False,
    details: Annotated[
        bool,
        typer.Option("--details", help="Say of every report what became of it."),
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Write every report, known or not, and replace records of the same "
            "name.",
        ),
    ] = False,
) -> None:
    """Make records from citations, registered trials or a table.

    A report that the folder knows is not written again: by its DOI, PubMed or register
    number, else its title, year and first author. One that only looks like another is
    shown beside it and waits for your decision.

    What the file does not say stays blank (marked ...), and the record is in no list
    and no figure until it is filled in. Figures are never taken from a citation or a
    registry.

    For example:
      lupus-evidence import citations.nbib -o my-studies
      lupus-evidence import march.ris -o my-studies --refresh
      lupus-evidence import NCT02633163.json -o -
      lupus-evidence table -f csv | lupus-evidence import - -o my-studies
    """
    from lupus_evidence.cli import import_summary
    from lupus_evidence.cli.records import read_in_topic_of
    from lupus_evidence.importing.plan import plan_of
    from lupus_evidence.importing.records import read_source

    wanted = _wanted(alike)
    screen = str(output) == _SCREEN
    if not screen:
        read_in_topic_of(output)
    if refresh and (screen or force):
        other = "-o -" if screen else "--force"
        raise WrongUseError(
            f"--refresh changes the records of a folder: leave {other} out"
        )
    with progressing() as progress:
        progress.begin(f"reading {file}")
        source = read_source(file, form=form, told=progress.step)
        own = not screen and output.is_dir()  # its records are the first base
        bases = () if force else _bases(None if screen else output, studies, progress)
        progress.begin("comparing", len(source.drafts))
        plan = plan_of(source, bases, progress.step)
        reports = _chosen(plan, wanted, force=force)
        progress.begin("writing", len(reports))
        taken = set() if screen or force else _names_in(output)
        records = _records(plan, reports, taken)
        told = import_summary.Told(plan, details=details)
        if screen:
            texts = [record.text for record in map(told.noted, records)]
        else:
            make_folder(output)
            files = (
                (output / f"{record.id}.yaml", record.text)
                for record in map(told.noted, records)
            )
            write_files(files, force=force, told=progress.step)
            if refresh and own:
                told.refreshed = _refreshed(plan, bases[0], progress)
    if screen:
        emit("---\n".join(texts))
    told.say(None if screen else output, written=reports, held=wanted is not None)
