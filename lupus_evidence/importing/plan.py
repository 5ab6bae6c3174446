"""What becomes of a file: records to write, and records to bring up to date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from lupus_evidence.diagnostics import Diagnostic
from lupus_evidence.importing.completing import completed
from lupus_evidence.importing.described import described
from lupus_evidence.importing.refreshing import Refreshed, refreshed
from lupus_evidence.importing.sorting import sort_reports
from lupus_evidence.textfiles import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lupus_evidence.importing.base import KnownBase, KnownReport
    from lupus_evidence.importing.draft import Draft
    from lupus_evidence.importing.records import Source
    from lupus_evidence.importing.sorting import Sorted


@dataclass(frozen=True)
class Plan:
    """The reports of a file beside those that are known.

    Parameters
    ----------
    source : Source
        The file.
    bases : tuple of KnownBase
        What it was compared with.
    found : Sorted
        Which of its reports are known, new or alike.
    """

    source: Source
    bases: tuple[KnownBase, ...]
    found: Sorted

    def draft(self, report: KnownReport) -> Draft:
        """Return the record to be made of a report that stands in the file.

        Where it stands there several times, each account fills in what those before
        it leave out.
        """
        first, *others = (self.source.drafts[at] for at in report.items)
        if not others:
            return first
        return replace(
            first,
            fields=reduce(completed, (other.fields for other in others), first.fields),
            notes=tuple(
                dict.fromkeys(n for one in (first, *others) for n in one.notes)
            ),
            doubts=tuple(doubt for one in (first, *others) for doubt in one.doubts),
        )

    def refreshed(
        self, reports: Iterable[KnownReport], told: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[KnownReport, Refreshed]]:
        """Yield each of some records with what the file has besides, as far as it has.

        Parameters
        ----------
        reports : iterable of KnownReport
            Records that stand in the file too.
        told : callable, optional
            Called for each.
        """
        for report in reports:
            told()
            if report.path is None:
                continue
            text = read_text(report.path, report.shown)
            if isinstance(text, Diagnostic):
                continue
            accounts = [self.source.drafts[at].fields for at in report.items]
            yield report, refreshed(text, accounts)


def plan_of(
    source: Source,
    bases: Iterable[KnownBase] = (),
    told: Callable[[], None] = lambda: None,
) -> Plan:
    """Compare a file's reports with those that are known, and with one another.

    Parameters
    ----------
    source : Source
        The file.
    bases : iterable of KnownBase
        What is known; of several, the first that knows a report counts.
    told : callable, optional
        Called for each report of the file.
    """
    bases = tuple(bases)
    drafts = source.drafts
    found = sort_reports(
        (described(draft.fields, draft.name) for draft in drafts),
        (report for base in bases for report in base.reports),
        own=lambda at: drafts[at].key,
        named=source.form == "csv",
        told=told,
    )
    return Plan(source, bases, found)
