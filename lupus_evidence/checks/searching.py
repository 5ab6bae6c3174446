"""How the records were found: searches, decisions, and reports that got lost."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import document, few
from lupus_evidence.documents.text import plural, shortened
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.records.files import Diagnostic, Place
from lupus_evidence.screening.files import UNKNOWN, search_log
from lupus_evidence.screening.reports import Report, Reports, pairs, reports_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.screening.files import SearchFile, SearchLog, Stage

#: Letters of a title that a message shows.
_SHOWN = 60

document(
    "E601",
    """
    A table of decisions that cannot be read.

    What it checks
    --------------
    `_screening.csv` beside the records is CSV in UTF-8 with commas.
    Its first row names columns that it may have, each once; `stage` and `decision` are
    among them.
    Each row names a report, by its title, a number or its record.

    Why it matters
    --------------
    A row that is passed over is a report that vanishes.

    Example
    -------
    A title with a comma in it, and no quotes around it.

    Source
    ------
    RFC 4180; the convention of this evidence base.
    """,
)
document(
    "E602",
    """
    A report found by a search that does not exist.

    What it checks
    --------------
    Each name under `found_by` is a search in `_searches`, or `unknown`.
    Each search's file is named after its `id`.

    Why it matters
    --------------
    The report is counted for no search, and its search seems to have lost it.

    Example
    -------
    `found_by` says `pubmed-2025`, the file is `_searches/pubmed-2026.yaml`.

    Source
    ------
    Follows from what `found_by` means.
    """,
)
document(
    "E603",
    """
    The hits of a search are not there, or not the same.

    What it checks
    --------------
    The file that a search names under `file` lies beside it and has the SHA-256 digest
    that stands there.

    Why it matters
    --------------
    Whoever repeats the search compares with other hits than those that were screened.

    Example
    -------
        file: {name: pubmed.nbib, sha256: 9f86d081884c7d659a2feaa0c55ad015...}

    and `pubmed.nbib` was saved again later.

    Source
    ------
    Rethlefsen ML, Kirtley S, Waffenschmidt S, et al. PRISMA-S: an extension to the
    PRISMA statement for reporting literature searches. Syst Rev 2021;10:39.
    doi 10.1186/s13643-020-01542-z
    """,
)
document(
    "E604",
    """
    Left out after reading, without a reason.

    What it checks
    --------------
    A report that is excluded by its full text has a `reason`.

    Why it matters
    --------------
    PRISMA asks for each reason with its number; without one nobody can judge the
    choice.

    Example
    -------
    A row with `full-text`, `exclude`, and nothing under `reason`.

    Source
    ------
    PRISMA 2020, items 16a and 16b, doi 10.1136/bmj.n71
    """,
)
document(
    "E605",
    """
    Decided twice, and differently.

    What it checks
    --------------
    All rows about one report at one stage say the same.
    Rows are about one report if they share a DOI, a PubMed or PubMed Central number,
    else title, year and first author; or a registration, where neither has a number.

    Why it matters
    --------------
    Two people disagree and nobody has settled it, so the report cannot be counted.

    Example
    -------
    One row includes doi 10.1000/182, another with `https://doi.org/10.1000/182`
    excludes it.

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, section 4.6.4
    (disagreements between those who select).
    """,
)
document(
    "E606",
    """
    A record that was left out.

    What it checks
    --------------
    No report that became a record is excluded, or could not be had, by the table.
    Each name under `record` is a record.

    Why it matters
    --------------
    Either the record is not to be here, or the decision was changed and the table still
    tells the old one.

    Example
    -------
    `doe-2020.yaml` has doi 10.1000/182, and the table excludes that report.

    Source
    ------
    Follows from what a decision means.
    """,
)
document(
    "W607",
    """
    A report that vanishes.

    What it checks
    --------------
    A report that was let in by its title or abstract has a decision about its full
    text, or is a record.
    One that was let in by its full text is a record.

    Why it matters
    --------------
    Nobody can tell whether it was forgotten.
    Where its text has not been read yet, the decision `awaiting` says so.

    Example
    -------
    A row with `title-abstract` and `include`, and no other row about that report.

    Source
    ------
    PRISMA 2020, item 16a, doi 10.1136/bmj.n71
    """,
)
document(
    "W608",
    """
    A record that no search found.

    What it checks
    --------------
    Where a folder keeps a table of decisions, each record stands in it, with the search
    that found it, or `unknown` under `found_by`.

    Why it matters
    --------------
    A record that came by no search shows that the search misses reports like it.

    Example
    -------
    A colleague sent a paper; `doe-2020.yaml` was written, and no row.

    Source
    ------
    PRISMA 2020, item 16a, doi 10.1136/bmj.n71
    """,
)
document(
    "W609",
    """
    Hits of a search that stand in no row.

    What it checks
    --------------
    The table names as many reports for a search as it had hits, wherever it names any.

    Why it matters
    --------------
    Reports got lost between the search and the screening, or were added to it.

    Example
    -------
    `hits: 120`, and 118 rows have that search under `found_by`.

    Source
    ------
    PRISMA 2020, item 16a, doi 10.1136/bmj.n71
    """,
)


def search_findings(base: EvidenceBase) -> list[Diagnostic]:
    """Return what is wrong with searches, decisions and the way between them.

    Parameters
    ----------
    base : EvidenceBase
        Loaded records, of a folder.
    """
    log = search_log(base.root)
    if not log.is_kept:
        return []
    reports = reports_of(log, base)
    return [
        *log.diagnostics,
        *_names(log),
        *(one for item in log.searches for one in _hits_file(item)),
        *(one for report in reports.known for one in _decisions(report)),
        *_records_named(log, base),
        *_lost(log, reports),
        *_unfound(log, reports),
    ]


def _names(log: SearchLog) -> Iterator[Diagnostic]:
    """Find names of searches that lead nowhere."""
    for item in log.searches:
        stem = PurePath(item.shown).stem
        if stem != item.search.id:
            message = f"the file is named {stem}, the search {item.search.id}"
            yield _found(item.place("id"), "E602", message, "rename one of them")
    known = tuple(item.search.id for item in log.searches)
    for row in log.rows:
        for name in row.report.found_by:
            if name not in {*known, UNKNOWN}:
                message = str(UnknownNameError("search", name, (*known, UNKNOWN)))
                place = row.place("found_by")
                yield _found(place, "E602", message, "correct the name")


def _hits_file(item: SearchFile) -> Iterator[Diagnostic]:
    """Hold the file of hits against its digest."""
    kept = item.search.file
    if kept is None:
        return
    path = item.path.parent / kept.name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = (error.strerror or "unknown error").lower()
        message = f"{kept.name} cannot be read: {why}"
        place = item.place("file", "name")
        yield _found(place, "E603", message, "put it beside the search")
        return
    if digest != kept.sha256:
        message = f"{kept.name} is not the file that was screened: its digest differs"
        hint = f"take the old file back; this one has {digest}"
        yield _found(item.place("file", "sha256"), "E603", message, hint)


def _decisions(report: Report) -> Iterator[Diagnostic]:
    """Find reports without a reason, decided twice, or lost between two stages."""
    called = shortened(report.title, _SHOWN)
    stages: tuple[Stage, ...] = ("title-abstract", "full-text")
    for stage in stages:
        rows = [row for row in report.rows if row.report.stage == stage]
        said = [row.report.decision for row in rows]
        if len(set(said)) > 1:
            other = next(row for row in rows if row.report.decision != said[0])
            message = (
                f"{called}: {stage} says {other.report.decision}, line {rows[0].line} "
                f"says {said[0]}"
            )
            hint = "settle it, and keep one decision"
            yield _found(other.place("decision"), "E605", message, hint)
    last = report.rows[-1]
    if report.is_excluded and not report.reason:
        message = f"{called}: left out after reading, without a reason"
        yield _found(last.place("reason"), "E604", message, "say why, in a few words")
    yield from _against_record(report, called)
    if report.record is not None or len(report.decided("full-text")) > 1:
        return
    if report.decided("full-text") == ("include",):
        message = f"{called}: let in by its full text, and there is no record of it"
        hint = "`lupus-evidence new`, or name the record under `record`"
        yield _found(last.place("decision"), "W607", message, hint)
    elif report.decided("title-abstract") == ("include",) and not report.decided(
        "full-text"
    ):
        message = f"{called}: let in by its title, and nothing more is said of it"
        hint = "add a row for full-text; awaiting if nobody has read it yet"
        yield _found(last.place("decision"), "W607", message, hint)


def _against_record(report: Report, called: str) -> Iterator[Diagnostic]:
    """Find decisions against a report that is a record."""
    if report.record is None:
        return
    for row in report.rows:
        if row.report.decision in {"exclude", "not-retrieved"}:
            message = (
                f"{called}: {row.report.decision}, and yet it is the record "
                f"{report.record.study.id}"
            )
            hint = "remove the record, or correct the decision"
            yield _found(row.place("decision"), "E606", message, hint)
            return


def _records_named(log: SearchLog, base: EvidenceBase) -> Iterator[Diagnostic]:
    """Find names of records that lead nowhere."""
    known = tuple(study.id for study in base.studies)
    for row in log.rows:
        name = row.report.record
        if name is not None and name not in known:
            message = str(UnknownNameError("study", name, known))
            yield _found(row.place("record"), "E606", message, "correct the id")


def _lost(log: SearchLog, reports: Reports) -> Iterator[Diagnostic]:
    """Find searches whose hits are not those of the table."""
    named = pairs(reports.known)
    for item in log.searches:
        search, count = item.search, named.get(item.search.id, 0)
        if search.hits is None or count in {0, search.hits}:
            continue
        missing = search.hits - count
        verb = "stands" if missing == 1 else "stand"
        message = f"{plural(search.hits, 'hit')}, and the table names {count}: " + (
            f"{missing} {verb} in no row" if missing > 0 else f"{-missing} too many"
        )
        hint = "add the rows, or correct `hits`"
        yield _found(item.place("hits"), "W609", message, hint)


def _unfound(log: SearchLog, reports: Reports) -> Iterator[Diagnostic]:
    """Find records that came by no search, and rows that do not say by which."""
    if not log.table:
        return
    if reports.unscreened:
        names = few(file.study.id for file in reports.unscreened)
        count = len(reports.unscreened)
        verb = "stands" if count == 1 else "stand"
        message = f"{plural(count, 'record')} {verb} in no row: {names}"
        hint = "add a row for each; found_by is unknown where nobody knows"
        yield _found(Place(log.table, 1, 1), "W608", message, hint)
    for report in reports.known:
        if report.record and not any(row.report.found_by for row in report.rows):
            called = report.record.study.id
            message = f"no row says which search found {called}"
            hint = "name it under found_by; unknown if nobody knows"
            yield _found(report.rows[0].place("found_by"), "W608", message, hint)


def _found(place: Place, code: str, message: str, hint: str) -> Diagnostic:
    """Make a finding; the code's letter is its level."""
    level = "error" if code.startswith("E") else "warning"
    return Diagnostic(place, code, level, message, hint)  # type: ignore[arg-type]
