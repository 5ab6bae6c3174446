"""How many reports came from where and what became of them: PRISMA 2020's counts.

References
----------
Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement: an updated guideline
for reporting systematic reviews. BMJ 2021;372:n71. doi 10.1136/bmj.n71
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.screening.files import IN_DATABASES, KINDS, Kind, Search, SearchLog
from lupus_evidence.screening.reports import Report, Reports, Route, pairs, reports_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lupus_evidence.documents.values import Receipt
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.vocabulary import Reading


@dataclass(frozen=True)
class Number:
    """A count of reports, or that it is not known.

    Parameters
    ----------
    known : int or None
        How many; None where the files do not tell.
    named : int
        How many the table names, whether or not these are all.
    """

    known: int | None
    named: int = 0


@dataclass(frozen=True)
class Found:
    """What the searches of one kind of source gave.

    Parameters
    ----------
    kind : str
        A database, a register, websites, an organisation, citations.
    hits : Number
        All their hits together.
    searches : tuple of Search
        Each of them.
    """

    kind: Kind
    hits: Number
    searches: tuple[Search, ...]


@dataclass(frozen=True)
class Path:
    """One column of the diagram.

    Parameters
    ----------
    route : {"databases", "other"}
        Which.
    found : tuple of Found
        Kinds of source that were searched.
    unknown : int
        Reports of which nobody knows which search found them.
    duplicates, screened, excluded : Number
        Found twice; judged by title and abstract; left out by them.
    sought, missed, waiting, assessed : Number
        Whose text was wanted, could not be had, waits to be read, was read.
    reasons : tuple of (str, int)
        Why reports were left out after that, the commonest first.
    included : int
        Reports that became records.
    """

    route: Route
    found: tuple[Found, ...]
    unknown: int
    duplicates: Number
    screened: Number
    excluded: Number
    sought: Number
    missed: Number
    waiting: Number
    assessed: Number
    reasons: tuple[tuple[str, int], ...]
    included: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded of it."""
        return not (self.found or self.unknown or self.screened.named)


@dataclass(frozen=True)
class Flow:
    """From search to records.

    Parameters
    ----------
    paths : tuple of Path
        Databases and registers; other methods.
    studies, reports : int
        Studies that the records are about, one for each registration number, and
        reports: one for each record.
    silent : int
        Of the reports, registered or withdrawn studies without a result.
    unscreened : int
        Of the reports, those that stand in no row of the table.
    readings : tuple of (str, int)
        How those reports were seen, the most frequent first.
    kept : bool
        Whether the folder tells of any search or decision.
    receipt : Receipt
        What all this rests on.
    """

    paths: tuple[Path, Path]
    studies: int
    reports: int
    silent: int
    unscreened: int
    readings: tuple[tuple[Reading, int], ...]
    kept: bool
    receipt: Receipt


def flow_of(base: EvidenceBase, log: SearchLog, receipt: Receipt) -> Flow:
    """Return the counts of a folder.

    Parameters
    ----------
    base : EvidenceBase
        Its records.
    log : SearchLog
        What it tells of searches and decisions.
    receipt : Receipt
        What the records are.
    """
    reports = reports_of(log, base)
    return Flow(
        (_path("databases", log, reports), _path("other", log, reports)),
        _studies(base),
        len(base.files),
        sum(study.status != "published" for study in base.studies),
        len(reports.unscreened),
        tuple(Counter(study.reading for study in base.studies).most_common()),
        log.is_kept,
        receipt,
    )


def _studies(base: EvidenceBase) -> int:
    """Count the studies: records that share a registration number are about one."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for study in base.studies:
        for number in study.registrations:
            leader[lead(study.id)] = lead(f"#{number.lower()}")
    return len({lead(study.id) for study in base.studies})


def _path(route: Route, log: SearchLog, reports: Reports) -> Path:
    """Return one column's counts."""
    own = [report for report in reports.known if report.route(log) == route]
    named = pairs(reports.known)
    searches = [item.search for item in log.searches]
    here = [s for s in searches if (s.kind in IN_DATABASES) == (route == "databases")]
    unknown = sum(not report.found_by for report in own)
    whole = (
        bool(here) and not unknown and all(s.hits == named.get(s.id, 0) for s in here)
    )

    def count(fits: Callable[[Report], bool]) -> Number:
        several = sum(map(fits, own))
        return Number(several if whole else None, several)

    twice = sum(search.hits or 0 for search in here) - len(own)
    return Path(
        route,
        tuple(_found(here, own)),
        unknown,
        duplicates=Number(twice if whole else None),
        screened=count(lambda one: one.is_excluded_early or one.is_sought),
        excluded=count(lambda one: one.is_excluded_early),
        sought=count(lambda one: one.is_sought),
        missed=count(lambda one: one.is_missed),
        waiting=count(lambda r: r.is_sought and not (r.is_missed or r.is_assessed)),
        assessed=count(lambda one: one.is_assessed),
        reasons=tuple(Counter(r.reason for r in own if r.is_excluded).most_common()),
        included=sum(report.record is not None for report in own),
    )


def _found(searches: Sequence[Search], own: Sequence[Report]) -> Iterable[Found]:
    """Yield what each kind of source gave."""
    for kind in KINDS:
        same = tuple(search for search in searches if search.kind == kind)
        if not same:
            continue
        names = {search.id for search in same}
        hits = [search.hits for search in same]
        known = [number for number in hits if number is not None]
        whole = sum(known) if len(known) == len(hits) else None
        several = sum(not names.isdisjoint(report.found_by) for report in own)
        yield Found(kind, Number(whole, several), same)
