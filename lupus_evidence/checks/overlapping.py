"""Reports on the same people: how overlaps are recorded, and which may be missing."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import Finding, Verdict, check
from lupus_evidence.checks.words import LISTED, few

if TYPE_CHECKING:
    from lupus_evidence.load import EvidenceBase, StudyFile


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
