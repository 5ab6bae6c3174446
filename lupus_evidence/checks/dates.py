"""Dates of entry and publication, and times after treatment."""

# Every check of a part is given its study; a page is titled after what is wrong.

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.checked_parts import Item, once_a_study
from lupus_evidence.checks.rules import FINE, Finding, Verdict, check, months

if TYPE_CHECKING:
    from lupus_evidence.records.study import Result, Study
    from lupus_evidence.records.study_parts import FollowUp

#: Months: a visit "at one year" may be held, and a follow-up rounded, by this much.
_TOLERANCE = 1.0

#: Kinds of percentage that are read off a curve.
_ESTIMATED = ("kaplan-meier", "cumulative-incidence")


@once_a_study
def longest_follow_up(study: Study) -> float | None:
    """Return the latest month at which anybody was seen, if the record says.

    A mean or median alone does not say.
    """
    known: list[float] = []
    follow_up = study.follow_up
    if follow_up is not None:
        known += [m for m in (follow_up.longest, follow_up.fixed) if m is not None]
        if follow_up.high is not None:
            known.append(follow_up.high.value)
    if not known:
        return None
    times = [item.at for item in study.results]
    times += [item.at for item in study.measurements]
    known += [at.high for at in times if at is not None and at.high is not None]
    return max(known)


@check("E301", "study")
def recruitment_ends_before_start(study: Study) -> Verdict:
    """Recruitment that ends before it starts.

    What it checks
    --------------
    The first date of entry is not after the last.
    Dates may be a year, a month or a day; they are compared as far as both go.

    Why it matters
    --------------
    Which reports can share people is judged from these dates.

    Example
    -------
        recruitment: {start: 2010-01, end: 2007-03}

    Source
    ------
    Follows from what the dates mean.
    """
    recruitment = study.setting.recruitment
    if recruitment is None or recruitment.start is None or recruitment.end is None:
        return None
    start, end = recruitment.start, recruitment.end
    shorter = min(len(start), len(end))
    if start[:shorter] <= end[:shorter]:
        return FINE
    message = f"entry starts in {start} and ends in {end}"
    return [Finding(("setting", "recruitment"), message, "see if they are swapped")]


@check("E302", "study")
def published_before_recruitment(study: Study) -> Verdict:
    """A report older than the people in it.

    What it checks
    --------------
    A published report's year is not before the year in which entry started or ended.

    Why it matters
    --------------
    One of the dates belongs to another report, and overlap is judged from them.

    Example
    -------
        citation: {authors: [Doe J], year: 2013}
        setting: {recruitment: {start: 2007-03, end: 2015-06}}

    Source
    ------
    Follows from what the dates mean.
    """
    recruitment, year = study.setting.recruitment, study.citation.year
    if recruitment is None or year is None or study.status != "published":
        return None
    found = []
    for name in ("start", "end"):
        date = getattr(recruitment, name)
        if date is not None and int(date[:4]) > year:
            message = f"published in {year}, but entry {name}s in {date}"
            path = ("setting", "recruitment", name)
            found.append(Finding(path, message, "see which report the date is from"))
    return found


@check("E303", "item")
def later_than_follow_up(item: Item, study: Study) -> Verdict:
    """A figure later than any follow-up.

    What it checks
    --------------
    The time of a result or measurement is no later than the longest follow-up that the
    record knows of: its `longest`, `high` or `fixed`, or a later `high` of some
    result's own time.
    A month is allowed for rounding.

    Why it matters
    --------------
    A figure for a time that nobody had reached is an extrapolation, or has the wrong
    time, and is compared with the wrong figures of other studies.

    Example
    -------
        follow_up: {median: "26", high: "40"}
        results:
          - {endpoint: overall-survival, at: 60, events: 18, n: 20}

    Source
    ------
    Pocock SJ, Clayton TC, Altman DG. Survival plots of time-to-event outcomes in
    clinical trials. Lancet 2002;359:1686-9. doi 10.1016/S0140-6736(02)08594-X
    """
    if item.at is None or item.at.months is None:
        return None
    latest = longest_follow_up(study)
    if latest is None:
        return None
    if item.at.months <= latest + _TOLERANCE:
        return FINE
    message = f"at {months(item.at.months)}, but nobody was followed beyond {latest:g}"
    return [Finding(("at",), message, "correct the time or the follow-up")]


@check("W304", "result")
def estimate_beyond_median(result: Result, study: Study) -> Verdict:
    """A Kaplan-Meier estimate beyond the middle of follow-up.

    What it checks
    --------------
    The time of an estimate from a curve is no later than the median follow-up (the
    mean, where only that is known).
    Figures that are not about {condition} alone are left out.

    Why it matters
    --------------
    Beyond the median, at most half of the people are still watched, and one event
    moves the curve far.
    The message says how many people there were at the start; the number still at risk
    is usually not printed.

    Example
    -------
        follow_up: {median: "38"}
        results:
          - {endpoint: disease-free-survival, at: {months: 60, basis: kaplan-meier},
             percent: "29", se: "9", n: 28, kind: kaplan-meier}

    Alchi 2013 prints 29 ± 9 % at five years, with a median follow-up of 38 months.

    Source
    ------
    Pocock SJ, Clayton TC, Altman DG. Survival plots of time-to-event outcomes in
    clinical trials. Lancet 2002;359:1686-9. doi 10.1016/S0140-6736(02)08594-X:
    they advise to end curves where 10 to 20 % are still at risk.
    """
    if result.kind not in _ESTIMATED or not result.condition_specific:
        return None
    follow_up = study.follow_up
    if result.at is None or result.at.months is None or follow_up is None:
        return None
    middle = follow_up.median or follow_up.mean
    if middle is None:
        return None
    if result.at.months <= middle.value + _TOLERANCE:
        return FINE
    word = "median" if follow_up.median is not None else "mean"
    of = f" of {result.n:,} people" if result.n is not None else ""
    message = (
        f"an estimate at {months(result.at.months)}{of}, with a {word} follow-up of "
        f"{middle} months"
    )
    hint = "say in the acknowledgement whether the number at risk is printed"
    return [Finding(("at",), message, hint)]


def _item_times(item: Item) -> Verdict:
    """Return what is wrong with the times of one result or measurement."""
    at = item.at
    if at is None or (at.low is None and at.high is None):
        return None
    if at.low is not None and at.high is not None and at.low > at.high:
        message = f"follow-up from {at.low:g} to {at.high:g} months"
        return [Finding(("at", "low"), message, "see whether they are swapped")]
    found = []
    if at.months is not None and at.low is not None and at.months < at.low:
        message = f"{months(at.months)} is before the shortest, {at.low:g}"
        found.append(Finding(("at", "months"), message, "correct one of them"))
    if at.months is not None and at.high is not None and at.months > at.high:
        message = f"{months(at.months)} is after the longest, {at.high:g}"
        found.append(Finding(("at", "months"), message, "correct one of them"))
    return found


@check("E305", "item")
def time_outside_its_range(item: Item, study: Study) -> Verdict:
    """A time outside its own range.

    What it checks
    --------------
    Where a result's time has `low` and `high`, they are in order and `months` lies
    between them.

    Why it matters
    --------------
    The time decides what a figure is compared with.

    Example
    -------
        at: {months: 25, basis: median-follow-up, low: 40, high: 12}

    Source
    ------
    Follows from what a median and a range mean.
    """
    return _item_times(item)


@check("E306", "study")
def follow_up_contradicts_itself(study: Study) -> Verdict:
    """A longest follow-up that is not the longest.

    What it checks
    --------------
    `follow_up.longest` is not below the `high`, `median` or `mean` beside it.

    Why it matters
    --------------
    Figures later than the longest follow-up are reported by E303.

    Example
    -------
        follow_up: {median: "27", high: "52", longest: 48}

    Source
    ------
    Follows from what the figures mean.
    """
    follow_up = study.follow_up
    if follow_up is None or follow_up.longest is None:
        return None
    return _above_longest(follow_up, follow_up.longest)


def _above_longest(follow_up: FollowUp, longest: float) -> Verdict:
    """Return the figures of follow-up that are above the longest."""
    found = []
    for name in ("high", "median", "mean"):
        value = getattr(follow_up, name)
        if value is not None and value.window[0] > longest:
            message = f"longest is {longest:g}, but {name} is {value}"
            path = ("follow_up", "longest")
            found.append(Finding(path, message, "correct one of them"))
    return found
