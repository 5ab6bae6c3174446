"""Reports on the same people: how overlaps are recorded, and which may be missing."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.checks.rules import LISTED, Finding, Verdict, check, few
from lupus_evidence.vocabulary import therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.records.study import Study


@check("E404", "base")
def overlap_twice(base: EvidenceBase) -> Verdict:
    """An overlap recorded twice.

    What it checks
    --------------
    A pair of studies is named once: not twice in one record, nor in both.

    Why it matters
    --------------
    Two entries drift apart, and one says `certain` where the other says `likely`.
    Overlaps are read both ways, so once is enough.

    Example
    -------
        # in gu-2014.yaml
        overlaps: [{study: wang-2013, certainty: certain, because: same people}]
        # in wang-2013.yaml
        overlaps: [{study: gu-2014, certainty: likely, because: same hospital}]

    Source
    ------
    The convention of this evidence base.
    """
    found = []
    seen: dict[frozenset[str], tuple[str, str]] = {}
    for file in base.files:
        for index, overlap in enumerate(file.study.overlaps):
            pair = frozenset((file.study.id, overlap.study))
            if pair not in seen:
                seen[pair] = (file.study.id, overlap.certainty)
                continue
            where, certainty = seen[pair]
            message = (
                f"the overlap with {overlap.study} ({overlap.certainty} here) is also "
                f"recorded in {where} ({certainty} there)"
            )
            path = ("overlaps", index, "study")
            found.append(Finding(path, message, "keep it in the later report", file))
    return found


@check("W405", "base")
def overlap_in_earlier_report(base: EvidenceBase) -> Verdict:
    """An overlap recorded in the earlier report.

    What it checks
    --------------
    An overlap stands in the later of the two reports, by year and then by id.
    Reports without a year are left out.

    Why it matters
    --------------
    Whoever adds a report looks for its overlaps in one place.

    Example
    -------
        # in wang-2013.yaml
        overlaps: [{study: wang-2018, certainty: likely, because: same hospital}]

    Source
    ------
    The convention of this evidence base.
    """
    years = {file.study.id: file.study.citation.year for file in base.files}
    found = []
    for file in base.files:
        own = file.study.citation.year
        for index, overlap in enumerate(file.study.overlaps):
            other = years.get(overlap.study)
            if own is None or other is None:
                continue
            if (other, overlap.study) > (own, file.study.id):
                message = f"{overlap.study} ({other}) is later than this ({own})"
                path = ("overlaps", index, "study")
                hint = f"move it to {overlap.study}"
                found.append(Finding(path, message, hint, file))
    return found


def declared_overlaps(base: EvidenceBase) -> dict[str, set[str]]:
    """Return with which studies each one has a recorded overlap, read both ways."""
    found: dict[str, set[str]] = {}
    for file in base.files:
        for overlap in file.study.overlaps:
            found.setdefault(file.study.id, set()).add(overlap.study)
            found.setdefault(overlap.study, set()).add(file.study.id)
    return found


def publication_order(file: StudyFile) -> tuple[int, str]:
    """Sort records from the earliest report to the latest."""
    return file.study.citation.year or 0, file.study.id


def others_among(earlier: dict[str, None], known: set[str]) -> tuple[list[str], int]:
    """Return the first few earlier reports that are not known, and how many are not.

    Thousands of reports may be alike, so no pair of them is looked at.
    """
    first = islice(earlier, LISTED + len(known))
    named = [name for name in first if name not in known]
    return named[:LISTED], len(earlier) - sum(name in earlier for name in known)


@check("W407", "base")
def same_registration(base: EvidenceBase) -> Verdict:
    """One trial number in two records without an overlap.

    What it checks
    --------------
    Records that share a registration number say under `overlaps` that they share
    people.

    Why it matters
    --------------
    Two reports of one trial are about the same people until somebody says otherwise.

    Example
    -------
        # in doe-2020.yaml and in doe-2022.yaml, neither naming the other
        registrations: [NCT00000001]

    Source
    ------
    Tramèr MR and others. Impact of covert duplicate publication on meta-analysis. BMJ
    1997;315:635-40. doi 10.1136/bmj.315.7109.635
    """
    declared = declared_overlaps(base)
    by_number: dict[str, dict[str, None]] = {}
    found = []
    for file in sorted(base.files, key=publication_order):
        name = file.study.id
        settled = declared.get(name, set()) | {name}
        for number in dict.fromkeys(map(str.upper, file.study.registrations)):
            earlier = by_number.setdefault(number, {})
            others, count = others_among(earlier, settled)
            earlier[name] = None
            if count:
                named = few(others, count)
                message = f"{number} is also a registration of {named}"
                hint = f"record the overlap with {named}, or why there is none"
                found.append(Finding(("registrations",), message, hint, file))
    return found


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
