"""Reports of one hospital that may be about the same people without saying so."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.checks.overlapping import (
    declared_overlaps,
    others_among,
    publication_order,
)
from lupus_evidence.checks.registry import Finding, Verdict, check
from lupus_evidence.checks.words import LISTED, few
from lupus_evidence.vocabulary import therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.models import Study

#: Comparison treatments: that two studies gave one says nothing about their people.

#: Years of entry assumed where its start or its end is not dated. Of the 26 reports
#: that dated the first entry when this was set, 19 appeared within so many years of it.
_USUAL_SPAN = 15

#: A report on fewer people with the condition is shown and never pooled.
_FEWEST_POOLED = 3

_MONTHS_A_YEAR = 12


class _Window(NamedTuple):
    """When people may have entered: dates as exact as known, and how known."""

    first: str
    last: str
    dated: bool


def _window(study: Study) -> _Window | None:
    """Return when a study's people may have entered; None if nothing says so."""
    recruitment, year = study.setting.recruitment, study.citation.year
    start = recruitment.start if recruitment is not None else None
    end = recruitment.end if recruitment is not None else None
    fixed = study.follow_up.fixed if study.follow_up is not None else None
    if end is None and year is not None:
        end = str(year - int((fixed or 0) // _MONTHS_A_YEAR))
    if end is None and start is not None:
        end = str(int(start[:4]) + _USUAL_SPAN)
    if end is None:
        return None
    first = start or str(int(end[:4]) - _USUAL_SPAN)
    return _Window(first, end, dated=start is not None)


class _Alike(NamedTuple):
    """What decides whether reports may share people; many reports have it in common."""

    window: _Window
    therapies: frozenset[str]
    centres: tuple[str, ...]


class _Meeting(NamedTuple):
    """Where and in which years reports of two kinds may have shared people."""

    centre: str
    years: str


def _not_before(date: str) -> str:
    """Return what sorts after every date that is not later, as far as both are known.

    "2005" may be any day of that year: "2005-06" is not after it, "2006" is.
    """
    return f"{date}~"


def _same_kind(first: _Alike, second: _Alike) -> bool:
    """Tell whether some arm of each may have been given the same."""
    return any(
        therapy_includes(one, two) or therapy_includes(two, one)
        for one, two in product(first.therapies, second.therapies)
    )


def _years(one: _Window, two: _Window) -> str | None:
    """Return the years in which people may have entered both, if there are any."""
    if one.first > _not_before(two.last) or two.first > _not_before(one.last):
        return None
    start, end = max(one.first[:4], two.first[:4]), min(one.last[:4], two.last[:4])
    years = start if start == end else f"{start}-{end}"
    return years if one.dated and two.dated else f"{years}?"


def _meetings(kinds: Iterable[_Alike]) -> dict[_Alike, dict[_Alike, _Meeting]]:
    """Return for each kind of report those that may share people with it, itself too.

    At each centre kinds are sorted by the first entry, and each is held against those
    that follow it until one starts after its last entry.
    """
    found: dict[_Alike, dict[_Alike, _Meeting]] = {}
    by_centre: dict[str, list[_Alike]] = {}
    for kind in kinds:
        for centre in kind.centres:
            by_centre.setdefault(centre, []).append(kind)
    for centre, here in by_centre.items():
        here.sort(key=lambda kind: kind.window.first)
        for place, one in enumerate(here):
            end = _not_before(one.window.last)
            for two in islice(here, place, None):
                if two.window.first > end:
                    break
                years = _years(one.window, two.window)
                if years is not None and _same_kind(one, two):
                    meeting = _Meeting(centre, years)
                    found.setdefault(one, {}).setdefault(two, meeting)
                    found.setdefault(two, {}).setdefault(one, meeting)
    return found


def _can_be_added_up(study: Study) -> bool:
    """Tell whether a study has figures on enough people to enter a pooled rate."""
    having = study.population.with_condition
    return bool(study.results or study.measurements) and (
        having is None or having >= _FEWEST_POOLED
    )


def _kind(study: Study) -> _Alike | None:
    """Return what decides with whom a study may share people; None if with nobody."""
    window = _window(study)
    therapies = {arm.therapy for arm in study.arms.values()} - topic().usual
    centres = tuple(dict.fromkeys(study.setting.centres))
    if window is None or not (therapies and centres and _can_be_added_up(study)):
        return None
    return _Alike(window, frozenset(therapies), centres)


@check("W408", "base")
def overlap_not_declared(base: EvidenceBase) -> Verdict:
    """Reports that look as if they share people, and do not say so.

    What it checks
    --------------
    Two studies at one centre (spelt the same), with the same kind of therapy and
    dates of entry that meet, name each other under `overlaps`.
    Where the last entry is not dated, it is taken to be in the year of publication,
    less the follow-up that everybody had; where the first is not, 15 years before.
    Years that rest on this are marked with "?".
    Studies without figures, and reports on one or two people with {condition}, which
    are never pooled, are left out.

    Why it matters
    --------------
    Adding up reports on the same people makes few people look like many, and the
    better results are the ones that are told again.

    Example
    -------
        # in wang-2013.yaml and gu-2014.yaml, neither naming the other
        setting: {centres: ["Drum Tower Hospital, Nanjing"]}
        arms: {msc: {therapy: msc}}

    Where the people are known to be different, acknowledge the code with how it is
    known.

    Source
    ------
    Tramèr MR and others. Impact of covert duplicate publication on meta-analysis. BMJ
    1997;315:635-40. doi 10.1136/bmj.315.7109.635
    """
    asked = {}
    for file in sorted(base.files, key=publication_order):
        kind = _kind(file.study)
        if kind is not None:
            asked[file.file] = file, kind
    meetings = _meetings(dict.fromkeys(kind for _, kind in asked.values()))
    settled = declared_overlaps(base)
    before: dict[_Alike, dict[str, None]] = {}
    found = []
    for file, kind in asked.values():
        name = file.study.id
        known = settled.get(name, set()) | {name}
        message = _shared(before, meetings.get(kind, {}), known)
        before.setdefault(kind, {})[name] = None
        if message is not None:
            found.append(Finding(("setting", "centres"), message, _HINT, file))
    return found


_HINT = "record the overlaps, or acknowledge with how the people are known to differ"


def _shared(
    before: dict[_Alike, dict[str, None]],
    meetings: dict[_Alike, _Meeting],
    known: set[str],
) -> str | None:
    """Say with which earlier reports a report may share people, if with any."""
    others: list[tuple[str, _Meeting]] = []
    total = 0
    for kind, meeting in meetings.items():
        if kind in before:
            named, count = others_among(before[kind], known)
            others += [(name, meeting) for name in named]
            total += count
    if not total:
        return None
    others = sorted(others)[:LISTED]
    names = few([f"{name} ({meeting.years})" for name, meeting in others], total)
    centres = "; ".join(dict.fromkeys(meeting.centre for _, meeting in others))
    return (
        f"may share people with {names}: same centre ({centres}), therapy and years "
        "of entry"
    )
