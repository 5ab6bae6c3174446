"""Reports on the same people: how overlaps are recorded, and which may be missing."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.checks.registry import Finding, Verdict, check
from lupus_evidence.vocabulary import therapy_includes

if TYPE_CHECKING:
    from lupus_evidence.load import EvidenceBase, StudyFile
    from lupus_evidence.models import Study

#: Comparison treatments: that two studies gave one says nothing about their people.
_USUAL = frozenset({"conventional", "placebo", "not-stated", "other-drug"})

#: Years of entry assumed where its start or its end is not dated. Of the 26 reports
#: that dated the first entry when this was set, 19 appeared within so many years of it.
_USUAL_SPAN = 15


#: A report on fewer people with lupus is shown and never pooled.
_FEWEST_POOLED = 3

_MONTHS_A_YEAR = 12


class _Window(NamedTuple):
    """When people may have entered: dates as exact as known, and how known."""

    first: str
    last: str
    dated: bool


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


def _declared(base: EvidenceBase) -> set[frozenset[str]]:
    """Return every pair of studies with a recorded overlap."""
    return {
        frozenset((file.study.id, overlap.study))
        for file in base.files
        for overlap in file.study.overlaps
    }


def _later(first: StudyFile, second: StudyFile) -> tuple[StudyFile, StudyFile]:
    """Return the later of two records and then the earlier."""
    pair = sorted(
        (first, second), key=lambda file: (file.study.citation.year or 0, file.study.id)
    )
    return pair[1], pair[0]


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
    by_number: dict[str, list[StudyFile]] = {}
    for file in base.files:
        for number in file.study.registrations:
            by_number.setdefault(number.upper(), []).append(file)
    declared = _declared(base)
    found = []
    for number, files in by_number.items():
        for first, second in combinations(files, 2):
            later, earlier = _later(first, second)
            if frozenset((later.study.id, earlier.study.id)) in declared:
                continue
            message = f"{number} is also a registration of {earlier.study.id}"
            hint = f"record the overlap with {earlier.study.id}, or why there is none"
            found.append(Finding(("registrations",), message, hint, later))
    return found


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


def _not_after(first: str, second: str) -> bool:
    """Tell whether a date is not after another, as far as both are known."""
    shorter = min(len(first), len(second))
    return first[:shorter] <= second[:shorter]


def _same_kind(first: Study, second: Study) -> bool:
    """Tell whether some arm of each may have been given the same."""
    return any(
        therapy_includes(one.therapy, two.therapy)
        or therapy_includes(two.therapy, one.therapy)
        for one in first.arms.values()
        for two in second.arms.values()
        if one.therapy not in _USUAL and two.therapy not in _USUAL
    )


def _may_share(first: Study, second: Study) -> str | None:
    """Return the years in which two studies of one centre may have shared people."""
    one, two = _window(first), _window(second)
    if one is None or two is None or not _same_kind(first, second):
        return None
    if not (_not_after(one.first, two.last) and _not_after(two.first, one.last)):
        return None
    start, end = max(one.first[:4], two.first[:4]), min(one.last[:4], two.last[:4])
    years = start if start == end else f"{start}-{end}"
    return years if one.dated and two.dated else f"{years}?"


def _can_be_added_up(study: Study) -> bool:
    """Tell whether a study has figures on enough people to enter a pooled rate."""
    lupus = study.population.lupus
    return bool(study.results or study.measurements) and (
        lupus is None or lupus >= _FEWEST_POOLED
    )


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
    Studies without figures, and reports on one or two people with lupus, which are
    never pooled, are left out.

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
    by_centre: dict[str, list[StudyFile]] = {}
    for file in base.files:
        for centre in file.study.setting.centres:
            if _can_be_added_up(file.study):
                by_centre.setdefault(centre, []).append(file)
    settled = _declared(base)
    shared: dict[str, tuple[StudyFile, str, list[str]]] = {}
    for centre, files in by_centre.items():
        for first, second in combinations(files, 2):
            later, earlier = _later(first, second)
            pair = frozenset((later.study.id, earlier.study.id))
            years = _may_share(later.study, earlier.study)
            if len(pair) == 1 or pair in settled or years is None:
                continue
            settled.add(pair)
            entry = shared.setdefault(later.file, (later, centre, []))
            entry[2].append(f"{earlier.study.id} ({years})")
    hint = "record the overlaps, or acknowledge with how the people are known to differ"
    return [
        Finding(
            ("setting", "centres"),
            f"may share people with {', '.join(others)}: same centre ({centre}), "
            "therapy and years of entry",
            hint,
            file,
        )
        for file, centre, others in shared.values()
    ]
