"""How long registered trials have been silent: past their end, and without a result."""

from __future__ import annotations

import os
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from lupus_evidence.documents.text import plural, visible
from lupus_evidence.errors import EvidenceError

if TYPE_CHECKING:
    from lupus_evidence.records.study import Study


#: Seconds since 1970 that stand for now, so that a page can be made again the same:
#: https://reproducible-builds.org/specs/source-date-epoch/
EPOCH = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True)
class Silence:
    """A trial without a known result, and its end.

    Parameters
    ----------
    end : str
        Date of the end: a year, a month or a day.
    ended : bool
        Whether it is known to have ended; else the end was planned.
    months : int
        Whole months since the last day that the date may mean; below 0 if that is
        still to come.
    """

    end: str
    ended: bool
    months: int

    @property
    def overdue(self) -> bool:
        """Whether the end lies at least a month back."""
        return self.months > 0


def today() -> date:
    """Return today's date in UTC, or that of ``SOURCE_DATE_EPOCH``.

    Raises
    ------
    EvidenceError
        If the variable is set and is no date.
    """
    said = os.environ.get(EPOCH)
    if not said:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(said), UTC).date()
    except (ValueError, OverflowError, OSError) as problem:
        raise EvidenceError(
            f"{EPOCH} should be seconds since 1970, such as 1764374400; "
            f"not {visible(repr(said))}"
        ) from problem


def silence(study: Study, on: date) -> Silence | None:
    """Return how long a trial without a known result is past its end.

    Parameters
    ----------
    study : Study
        The record.
    on : date
        The day to count to.

    Returns
    -------
    Silence or None
        None if a result is known, the trial was withdrawn, or no end is recorded.
    """
    completion = study.completion
    if study.status != "registered" or study.results or completion is None:
        return None
    end = completion.end
    if end is None:
        return None
    return Silence(end, completion.actual is not None, _months(_last(end), on))


def _last(end: str) -> date:
    """Return the last day that a date may mean: "2021", 31 December 2021."""
    year, month, day = (*map(int, end.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _months(since: date, until: date) -> int:
    """Return whole months between two dates; negative if the first is the later."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


def silence_in_words(silence: Silence) -> str:
    """Return "was to end in June 2021, 5 years and 5 months ago"."""
    planned = "was to end" if silence.months >= 0 else "to end"
    said = f"{'ended' if silence.ended else planned} {_date_in_words(silence.end)}"
    return f"{said}, {length_in_words(silence)} ago" if silence.overdue else said


def length_in_words(silence: Silence) -> str:
    """Return how long an overdue trial is silent: "5 years and 5 months"."""
    years, months = divmod(silence.months, 12)
    parts = (plural(years, "year"), plural(months, "month"))
    return " and ".join(part for part in parts if not part.startswith("0 "))


def _date_in_words(end: str) -> str:
    """Return "in 2021", "in June 2021" or "on 1 June 2021"."""
    year, *rest = end.split("-")
    if not rest:
        return f"in {year}"
    month = f"{month_name[int(rest[0])]} {year}"
    return f"on {int(rest[1])} {month}" if rest[1:] else f"in {month}"
