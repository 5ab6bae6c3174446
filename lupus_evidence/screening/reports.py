"""Rows about one report brought together, and the record that each report became.

Two rows are about one report if they share a DOI, a PubMed or PubMed Central number,
else title, year and first author, and contradict each other in none of these numbers.
A registration is shared by all reports of a study: it makes two rows one only where
neither has a number of its own, as entries of a register have not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from lupus_evidence.screening.models import IN_DATABASES, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.load import EvidenceBase, StudyFile
    from lupus_evidence.screening.files import ScreenedRow, SearchLog
    from lupus_evidence.screening.models import Decision, Stage

Route = Literal["databases", "other"]
#: Numbers of which a report has one each, and the name of its record.
_NUMBERS = ("doi", "pmid", "pmcid")
_OWN = (*_NUMBERS, "record")


@dataclass(frozen=True)
class Identity:
    """What tells a report from others.

    Parameters
    ----------
    numbers : tuple of (str, str)
        Kind of number and number, in small letters.
    titled : str
        Title, year and first author in one; empty without a title.
    """

    numbers: tuple[tuple[str, str], ...]
    titled: str

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Everything that another row may share."""
        titled = (("title", self.titled),) if self.titled else ()
        return self.numbers + titled

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number that no other report has."""
        return any(kind in _NUMBERS for kind, _ in self.numbers)


def _folded(text: str) -> str:
    """Return letters and digits alone, small and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _surname(author: str) -> str:
    """Return a name without the initials behind it: "van der Berg JM"."""
    words = author.replace(",", " ").split()
    while len(words) > 1 and words[-1].replace(".", "").isupper():
        words.pop()
    return _folded("".join(words))


def _titled(title: str | None, year: int | None, author: str) -> str:
    """Return title, year and first author in one; empty without a title."""
    if not title:
        return ""
    return f"{_folded(title)} {year or ''} {_surname(author)}"


def of_row(row: ScreenedRow) -> Identity:
    """Return what tells the report of a row from others."""
    report = row.report
    numbers = tuple(
        (kind, value.lower())
        for kind in (*_OWN, "registration")
        if (value := getattr(report, kind)) is not None
    )
    author = (report.authors or "").partition(";")[0]
    return Identity(numbers, _titled(report.title, report.year, author))


def of_record(file: StudyFile) -> Identity:
    """Return what tells a recorded report from others."""
    study, citation = file.study, file.study.citation
    own = [
        (kind, value.lower())
        for kind in _NUMBERS
        if (value := getattr(citation, kind)) is not None
    ]
    registered = [("registration", number.lower()) for number in study.registrations]
    author = citation.authors[0] if citation.authors else ""
    titled = _titled(study.title, citation.year, author)
    return Identity((("record", study.id), *own, *registered), titled)


@dataclass(eq=False)
class Report:
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
    numbers: dict[str, set[str]] = field(default_factory=dict, repr=False)

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

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number that no other report has."""
        return any(kind in self.numbers for kind in _NUMBERS)

    def fits(self, identity: Identity) -> bool:
        """Tell whether no number of its own contradicts another row's."""
        return all(
            number in self.numbers.get(kind, {number})
            for kind, number in identity.numbers
            if kind in _OWN
        )


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
    index: dict[tuple[str, str], list[Report]] = {}
    known: list[Report] = []
    for row in log.rows:
        identity = of_row(row)
        report = _one(_matching(identity, index), known, index)
        if report is None:
            report = Report([])
            known.append(report)
        report.rows.append(row)
        _noted(report, identity, index)
    unscreened = []
    for file in base.files:
        identity = of_record(file)
        found = _matching(identity, index) + _entries(identity, index)
        report = next((one for one in found if one.record is None), None)
        if report is None:
            unscreened.append(file)
        else:
            report.record = file
    return Reports(tuple(known), tuple(unscreened))


def _matching(
    identity: Identity, index: dict[tuple[str, str], list[Report]]
) -> list[Report]:
    """Return the reports that share something and contradict nothing, the best first.

    A number shared is worth more than a title shared.
    """
    found: list[Report] = []
    for key in identity.keys:
        if key[0] == "registration" and identity.is_numbered:
            continue
        found += (
            report
            for report in index.get(key, ())
            if report not in found
            and report.fits(identity)
            and not (key[0] == "registration" and report.is_numbered)
        )
    return found


def _entries(
    identity: Identity, index: dict[tuple[str, str], list[Report]]
) -> list[Report]:
    """Return entries of registers for the study that a record is about."""
    registered = (key for key in identity.numbers if key[0] == "registration")
    return [
        report
        for key in registered
        for report in index.get(key, ())
        if not report.is_numbered and report.fits(identity)
    ]


def _one(
    found: list[Report],
    known: list[Report],
    index: dict[tuple[str, str], list[Report]],
) -> Report | None:
    """Return the report that several turn out to be, where they agree."""
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        identity = Identity(
            tuple((kind, n) for kind, all_ in other.numbers.items() for n in all_), ""
        )
        if first.fits(identity):
            first.rows += other.rows
            known.remove(other)
            for reports in index.values():
                if other in reports:
                    reports[reports.index(other)] = first
            _noted(first, identity, index)
    return first


def _noted(
    report: Report, identity: Identity, index: dict[tuple[str, str], list[Report]]
) -> None:
    """Enter a report under everything that another row may share."""
    for key in identity.keys:
        reports = index.setdefault(key, [])
        if report not in reports:
            reports.append(report)
    for kind, number in identity.numbers:
        report.numbers.setdefault(kind, set()).add(number)


def pairs(reports: Iterable[Report]) -> dict[str, int]:
    """Return how many reports the table names for each search."""
    counts: dict[str, int] = {}
    for report in reports:
        for name in report.found_by:
            counts[name] = counts.get(name, 0) + 1
    return counts
