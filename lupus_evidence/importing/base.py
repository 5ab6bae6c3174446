"""The reports that a folder of records knows: its records, and what was screened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lupus_evidence import yamltext
from lupus_evidence.diagnostics import Diagnostic, Place, YamlProblem
from lupus_evidence.identity import Identity, Known
from lupus_evidence.importing.described import Described, described
from lupus_evidence.load import shown_path
from lupus_evidence.screening.files import search_log
from lupus_evidence.screening.reports import brought_together
from lupus_evidence.textfiles import BASE_FILE, SUFFIXES, read_text, record_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lupus_evidence.screening.reports import Report

State = Literal["file", "record", "excluded", "missed"]


@dataclass(eq=False)
class KnownReport(Known):
    """A report that is known, and where from.

    Parameters
    ----------
    described : Described
        What is said of it.
    identities : tuple of Identity
        What tells it from others; a screened report may have several titles.
    state : {"file", "record", "excluded", "missed"}
        It stands in the file that is imported; it is a record; it was left out at
        screening; its text could not be had.
    shown : str
        The file in which it stands, as the user would type it, with a line for a row.
    path : Path or None
        The record's file.
    reason : str
        Why it was left out.
    items : list of int
        The reports of the imported file that are this one, by their place.
    how : list of str
        What each of them shares with it: a kind of number, "title" or "name".
    """

    described: Described
    identities: tuple[Identity, ...]
    state: State = "file"
    shown: str = ""
    path: Path | None = None
    reason: str = ""
    items: list[int] = field(default_factory=list)
    how: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class KnownBase:
    """What a folder knows.

    Parameters
    ----------
    shown : str
        The folder, as the user would type it.
    reports : tuple of KnownReport
        Records first.
    records, screened : int
        How many are records, and how many were left out at screening.
    problems : tuple of Diagnostic
        Files that could not be compared.
    """

    shown: str
    reports: tuple[KnownReport, ...]
    records: int
    screened: int
    problems: tuple[Diagnostic, ...] = ()


def known_base(
    folder: Path,
    *,
    parse: Callable[[str], Any] = yamltext.parse,
    below: bool = True,
    told: Callable[[], None] = lambda: None,
) -> KnownBase:
    """Return the reports that a folder of records knows.

    Records are not validated: one that waits or has mistakes is a record all the same.

    Parameters
    ----------
    folder : Path
        Need not exist.
    parse : callable, optional
        Makes the value of a text or raises `YamlProblem`.
    below : bool
        Whether records in folders below count.
    told : callable, optional
        Called for each record that was read.
    """
    problems: list[Diagnostic] = []
    reports: list[KnownReport] = []
    for path in _files(folder, below=below):
        told()
        found = _record(path, parse)
        if isinstance(found, KnownReport):
            reports.append(found)
        elif found is not None:
            problems.append(found)
    records = len(reports)
    if folder.is_dir():
        log = search_log(folder)
        problems += log.diagnostics
        for row in brought_together(log)[0]:
            state = _state(row)
            if state is not None:
                reports.append(_screened(row, state))
    return KnownBase(
        shown_path(folder),
        tuple(reports),
        records,
        len(reports) - records,
        tuple(problems),
    )


def _files(folder: Path, *, below: bool) -> Iterator[Path]:
    """Yield the files of a folder that may be records."""
    if not folder.is_dir():
        return
    if below:
        yield from (path for path in record_files(folder) if path.name != BASE_FILE)
        return
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.name[0] not in "._" and path.is_file():
            yield path


def _record(path: Path, parse: Callable[[str], Any]) -> KnownReport | Diagnostic | None:
    """Return what a file says of its report; None where it is about no report."""
    shown = shown_path(path)
    text = read_text(path, shown)
    if isinstance(text, Diagnostic):
        return text
    try:
        value = parse(text)
    except YamlProblem as problem:
        place = Place(shown, problem.line, problem.column)
        return Diagnostic(place, problem.code, "error", problem.message, problem.hint)
    if not isinstance(value, dict):
        return None
    said = described(value, path.stem)
    return KnownReport(said, (said.identity,), "record", shown, path)


def _state(report: Report) -> State | None:
    """Return how a screened report stands; None while it may still become a record."""
    if report.is_excluded or report.is_excluded_early:
        return "excluded"
    return "missed" if report.is_missed else None


def _identities(report: Report) -> tuple[Identity, ...]:
    """Return what tells a screened report from others, by all of its rows."""
    names = tuple(value for kind, value in report.keys if kind == "title")
    return (report.identity, *(Identity((), name) for name in names))


def _screened(report: Report, state: State) -> KnownReport:
    """Return a report that was left out at screening."""
    row = next((row for row in report.rows if row.report.title), report.rows[0])
    one, last = row.report, report.rows[-1]
    own = (("doi", one.doi), ("pmid", one.pmid), ("pmcid", one.pmcid))
    said = Described(
        title=one.title or "",
        year=one.year,
        author=(one.authors or "").partition(";")[0],
        own=tuple((kind, value) for kind, value in own if value),
        publication="",
    )
    place = f"{last.file}:{last.line}"
    return KnownReport(said, _identities(report), state, place, None, report.reason)
