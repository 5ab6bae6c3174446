"""Rows about one report brought together, and the record that each report became.

`identity` has the rules by which two rows are about one report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from lupus_evidence.records.identity import (
    NUMBERS,
    OWN,
    Identity,
    Index,
    Known,
    numbers,
    titled,
)
from lupus_evidence.screening.files import IN_DATABASES, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.screening.files import Decision, ScreenedRow, SearchLog, Stage

Route = Literal["databases", "other"]


def of_row(row: ScreenedRow) -> Identity:
    """Return what tells the report of a row from others."""
    report = row.report
    found = ((kind, getattr(report, kind)) for kind in (*OWN, "registration"))
    author = (report.authors or "").partition(";")[0]
    return Identity(numbers(found), titled(report.title, report.year, author))


def of_record(file: StudyFile) -> Identity:
    """Return what tells a recorded report from others."""
    study, citation = file.study, file.study.citation
    own = ((kind, getattr(citation, kind)) for kind in NUMBERS)
    registered = (("registration", number) for number in study.registrations)
    author = citation.authors[0] if citation.authors else ""
    return Identity(
        numbers((("record", study.id), *own, *registered)),
        titled(study.title, citation.year, author),
    )


@dataclass(eq=False)
class Report(Known):
    """One report with everything that was decided about it.

    Parameters
    ----------
    rows : list of ScreenedRow
        Its rows, in the table's order.
    record : StudyFile or None
        The record that it became.
    """

    rows: list[ScreenedRow]
    record: StudyFile | None = None

    def decided(self, stage: Stage) -> tuple[Decision, ...]:
        """Return what was decided at a stage, each decision once."""
        found = (r.report.decision for r in self.rows if r.report.stage == stage)
        return tuple(dict.fromkeys(found))

    @cached_property
    def found_by(self) -> tuple[str, ...]:
        """The searches that found it, each once; without the word for nobody knows."""
        named = (name for row in self.rows for name in row.report.found_by)
        return tuple(name for name in dict.fromkeys(named) if name != UNKNOWN)

    @cached_property
    def title(self) -> str:
        """What to call it in a message."""
        for row in self.rows:
            one = row.report
            number = one.doi or one.pmid or one.pmcid or one.registration
            called = one.title or number or one.record
            if called:
                return called
        return ""

    @property
    def is_excluded_early(self) -> bool:
        """Whether its title or abstract was enough to leave it out."""
        return (
            self.record is None
            and "exclude" in self.decided("title-abstract")
            and not self.decided("full-text")
        )

    @property
    def is_sought(self) -> bool:
        """Whether its text was wanted."""
        return self.record is not None or (
            bool(self.decided("full-text"))
            or self.decided("title-abstract") == ("include",)
        )

    @property
    def is_missed(self) -> bool:
        """Whether its text could not be had."""
        return self.record is None and self.decided("full-text") == ("not-retrieved",)

    @property
    def is_assessed(self) -> bool:
        """Whether somebody decided about its text."""
        judged = {"include", "exclude"} & set(self.decided("full-text"))
        return self.record is not None or bool(judged)

    @property
    def is_excluded(self) -> bool:
        """Whether it was left out after its text."""
        return self.record is None and "exclude" in self.decided("full-text")

    @property
    def reason(self) -> str:
        """Why it was left out, as the last row says."""
        reasons = [r.report.reason for r in self.rows if r.report.reason]
        return reasons[-1] if reasons else ""

    def route(self, log: SearchLog) -> Route:
        """Return the column of PRISMA's diagram that it is counted in."""
        kinds = {item.search.id: item.search.kind for item in log.searches}
        found = {kinds.get(name) for name in self.found_by}
        return "databases" if found & IN_DATABASES else "other"


@dataclass(frozen=True)
class Reports:
    """All reports of a table, and the records that no row tells of.

    Parameters
    ----------
    known : tuple of Report
        Each report once, in the table's order.
    unscreened : tuple of StudyFile
        Records that stand in no row.
    """

    known: tuple[Report, ...]
    unscreened: tuple[StudyFile, ...]


def reports_of(log: SearchLog, base: EvidenceBase) -> Reports:
    """Bring the rows about each report together, and find its record.

    Parameters
    ----------
    log : SearchLog
        What the folder tells.
    base : EvidenceBase
        Its records.
    """
    known, index = brought_together(log)
    unscreened = []
    for file in base.files:
        identity = of_record(file)
        found = index.matching(identity) + index.entries(identity)
        report = next((one for one in found if one.record is None), None)
        if report is None:
            unscreened.append(file)
        else:
            report.record = file
    return Reports(tuple(known), tuple(unscreened))


def brought_together(log: SearchLog) -> tuple[list[Report], Index[Report]]:
    """Return each report that rows tell of, and all of them by what they share.

    Parameters
    ----------
    log : SearchLog
        What the folder tells.
    """
    index = Index[Report]()
    known: list[Report] = []
    for row in log.rows:
        identity = of_row(row)
        report = _one(index.matching(identity), known, index)
        if report is None:
            report = Report([])
            known.append(report)
        report.rows.append(row)
        index.enter(report, identity)
    return known, index


def _one(
    found: list[Report], known: list[Report], index: Index[Report]
) -> Report | None:
    """Return the report that several turn out to be, where they agree."""
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        if first.fits(other.identity):
            first.rows += other.rows
            known.remove(other)
            index.unite(first, other)
    return first


def pairs(reports: Iterable[Report]) -> dict[str, int]:
    """Return how many reports the table names for each search."""
    counts: dict[str, int] = {}
    for report in reports:
        for name in report.found_by:
            counts[name] = counts.get(name, 0) + 1
    return counts
