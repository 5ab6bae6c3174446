"""Reports of a file told apart: known, new, or alike and to be decided by a person.

A folder knows the reports of its records, and what was screened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lupus_evidence.importing.likeness import (
    Described,
    Likeness,
    Lookout,
    Near,
    contradicting,
    described,
    letters_in_common,
)
from lupus_evidence.records import yamltext
from lupus_evidence.records.files import (
    OF_THE_BASE,
    SUFFIXES,
    Diagnostic,
    Place,
    YamlProblem,
    read_text,
    record_files,
)
from lupus_evidence.records.identity import NUMBERS, Identity, Index, Known
from lupus_evidence.records.load import shown_path
from lupus_evidence.screening.files import search_log
from lupus_evidence.screening.reports import Report, brought_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


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
        yield from (
            path for path in record_files(folder) if path.name not in OF_THE_BASE
        )
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


#: Which of several reports stands for all: a record before what was screened.
_RANKS = ("record", "excluded", "missed", "file")


@dataclass(frozen=True)
class Sorted:
    """The reports of a file, each once; numbers are places in the file, from 0.

    Parameters
    ----------
    new : tuple of KnownReport
        Not known, in the file's order; the first item of each is to be written.
    alike : tuple of Near
        Not known, and not written before a person has decided: each with the report
        that it looks like.
    known : tuple of KnownReport
        Records and screened reports that stand in the file too.
    reports : int
        How many the file holds.
    """

    new: tuple[KnownReport, ...]
    alike: tuple[tuple[KnownReport, Near[KnownReport]], ...]
    known: tuple[KnownReport, ...]
    reports: int

    @property
    def repeated(self) -> tuple[KnownReport, ...]:
        """Those that stand in the file more than once."""
        found = (*self.new, *(report for report, _ in self.alike), *self.known)
        return tuple(report for report in found if len(report.items) > 1)


def sort_reports(
    given: Iterable[Described],
    known: Iterable[KnownReport] = (),
    *,
    own: Callable[[int], str] = lambda _: "",
    named: bool = False,
    told: Callable[[], None] = lambda: None,
) -> Sorted:
    """Tell which reports of a file are known, which are new and which look alike.

    Parameters
    ----------
    given : iterable of Described
        The file's, in its order.
    known : iterable of KnownReport
        What is known before; receives the places of those that are the same.
    own : callable
        Returns what the file calls the report at a place: programs that export records
        carry their names along.
    named : bool
        Whether the file names its reports as records are named, and has no titles.
    told : callable, optional
        Called for each report.
    """
    sorter = _Sorter(own, named=named)
    for report in known:
        sorter.enter(report)
    count = 0
    for at, said in enumerate(given):
        told()
        sorter.place(at, said)
        count += 1
    return sorter.told(count)


class _Sorter:
    """Reports as they come, by everything by which they find each other."""

    def __init__(self, own: Callable[[int], str], *, named: bool) -> None:
        self._own, self._named = own, named
        self._index = Index[KnownReport]()
        self._known: list[KnownReport] = []
        self._found: dict[KnownReport, None] = {}
        self._names: dict[str, KnownReport] = {}

    def enter(self, report: KnownReport) -> None:
        """Enter a report that is known before the file is read."""
        self._known.append(report)
        if report.state == "record":
            self._names.setdefault(report.described.name, report)
        for identity in report.identities:
            self._index.enter(report, identity)

    def place(self, at: int, said: Described) -> None:
        """Find out which report one of the file's is."""
        found, how = self._same(at, said)
        home = found[0] if found else None
        if home is None:
            home, how = KnownReport(said, (said.identity,)), ""
            self._found[home] = None
        for other in found[1:]:
            if other.state == "file" and home.fits(other.identity):
                self._unite(home, other)
        home.items.append(at)
        home.how.append(how)
        self._index.enter(home, said.identity)
        if self._named and said.name:
            self._names.setdefault(said.name, home)

    def _unite(self, home: KnownReport, other: KnownReport) -> None:
        """Let a report stand for one of the file that turns out to be the same."""
        self._index.unite(home, other)
        pairs = sorted(
            zip(
                (*home.items, *other.items),
                (*home.how, *(how or "title" for how in other.how)),
                strict=True,
            )
        )
        home.items[:] = [at for at, _ in pairs]
        home.how[:] = [how for _, how in pairs]
        self._found.pop(other, None)

    def _same(self, at: int, said: Described) -> tuple[list[KnownReport], str]:
        """Return the reports that one is, the surest first, and what they share."""
        identity = said.identity
        found = self._index.matching(identity)
        registered: list[KnownReport] = []
        if said.registrations and not identity.is_numbered:
            registered = self._index.registered(identity)
        if not said.is_entry:  # a registration alone does not make it the entry
            kinds = (*NUMBERS, "title")
            found = [report for report in found if _shares(report, said, kinds)]
        elif not found:
            found = [report for report in registered if report.fits(identity)]
        if not found:
            return self._named_so(at, said)
        key = self._own(at)
        found.sort(
            key=lambda report: (
                report.state != "record",
                not _shares(report, said, NUMBERS),
                not _shares(report, said, ("title",)),
                _RANKS.index(report.state),
                said.is_entry and not report.described.is_entry,
                report.described.name != key,
            )
        )
        return found, _how(found[0], said)

    def _named_so(self, at: int, said: Described) -> tuple[list[KnownReport], str]:
        """Return the report that the file calls by its record's name, if it may be.

        The title has to agree; a table has none, and there the name is all there is.
        """
        report = self._names.get(self._own(at))
        if report is None or not said.title or report.described.folded != said.folded:
            by_name = self._named and not said.title
            report = self._names.get(said.name) if by_name else None
        if report is None or not report.fits(said.identity):
            return [], ""
        years = {report.described.year, said.year} - {None}
        return ([report], "name") if len(years) <= 1 else ([], "")

    def told(self, count: int) -> Sorted:
        """Return all reports of the file, those told apart that look alike."""
        lookout = Lookout[KnownReport]()
        for report in self._known:
            lookout.enter(report)
        new: list[KnownReport] = []
        alike: list[tuple[KnownReport, Near[KnownReport]]] = []
        for report in self._found:
            near = self._contrary(report) or lookout.nearest(report.described)
            if near is None:
                new.append(report)
            else:
                alike.append((report, _contradicted(report, near)))
            lookout.enter(report)
        known = tuple(report for report in self._known if report.items)
        return Sorted(tuple(new), tuple(alike), known, count)

    def _contrary(self, report: KnownReport) -> Near[KnownReport] | None:
        """Return a report that shares a number and contradicts another.

        Of two that neither number nor title tell apart, that they have one name is all
        there is to go by.
        """
        said = report.described
        if not said.is_told:
            other = self._names.get(said.name)
            if other is None or other.state == "file" or other.described.is_told:
                return None
            return Near(other, Likeness(0, (), "name"))
        for other, shared in self._index.sharing(said.identity).items():
            earlier = other.state != "file" or other.items[0] < report.items[0]
            if other is not report and earlier:
                differs = contradicting(said, other.described)
                return Near(other, Likeness(_letters(said, other), differs, shared))
        if said.registrations and not said.is_entry and not said.own:
            for other in self._index.registered(said.identity):
                earlier = other.state != "file" or other.items[0] < report.items[0]
                if other is not report and earlier and not other.is_numbered:
                    letters = _letters(said, other)
                    return Near(other, Likeness(letters, ("title",), "registration"))
        return None


def _contradicted(report: KnownReport, near: Near[KnownReport]) -> Near[KnownReport]:
    """Return a likeness with the numbers that other reports of the file brought in."""
    against = [
        kind
        for kind, number in report.identity.numbers
        if kind in NUMBERS and number not in near.report.numbers.get(kind, (number,))
    ]
    likeness = near.likeness
    differs = tuple(dict.fromkeys((*against, *likeness.differs)))
    return Near(near.report, likeness._replace(differs=differs))


def _letters(said: Described, other: KnownReport) -> int:
    """Return how many of a hundred letters two titles have in common."""
    return letters_in_common(said, other.described)


def _shares(report: KnownReport, said: Described, kinds: tuple[str, ...]) -> bool:
    """Tell whether two reports share a number of some kind, or the title."""
    return any(key in report.keys for key in said.identity.keys if key[0] in kinds)


def _how(report: KnownReport, said: Described) -> str:
    """Return by what a report is known: a kind of number, or its title."""
    kinds = (kind for kind, value in said.identity.keys if (kind, value) in report.keys)
    return next(kinds, "title")
