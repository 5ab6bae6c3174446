"""Evidence from within studies: two arms treated side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.certainty import direct_certainty
from lupus_evidence.compare.summary import DirectEvidence
from lupus_evidence.selection.candidates import Candidate, candidate, usable_number
from lupus_evidence.selection.denominators import preferred_kind
from lupus_evidence.selection.evidence import StudyResult
from lupus_evidence.selection.offer import objections
from lupus_evidence.selection.select import included_number
from lupus_evidence.vocabulary import (
    CONTROLLED_DESIGNS,
    ENDPOINTS,
    band_of,
    therapy_includes,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Study
    from lupus_evidence.selection.rules import SelectionRules

#: Treatments that stand as a control beside any therapy.
CONTROLS = ("placebo", "conventional", "cyclophosphamide", "rituximab", "other-drug")


def direct_evidence(
    sources: Iterable[StudyFile],
    therapies: Sequence[str],
    endpoints: Collection[str],
    rules: SelectionRules,
    level: float,
) -> tuple[DirectEvidence, ...]:
    """Return every difference within a study between two of its arms.

    Both arms must be counted for the same endpoint, scope and time, with the same
    kind of denominator if the study offers it for both; where it does not, that is a
    reason to be less certain. One arm has a compared therapy; the other has another
    of them or a control treatment.

    Parameters
    ----------
    sources : iterable of StudyFile
        All records.
    therapies : sequence of str
        The compared therapies, in the order asked.
    endpoints : collection of str
        What to look for.
    rules : SelectionRules
        What a person changed about the choice of results.
    level : float
        Level of the intervals in 0-1.

    Returns
    -------
    tuple of DirectEvidence
        Randomised first, then by endpoint, time and study.
    """
    found = [
        _evidence(source.study, pair, level)
        for source in sources
        if source.study.design in CONTROLLED_DESIGNS
        for pair in _pairs(source, therapies, endpoints, rules)
    ]
    return tuple(sorted(found, key=_order))


def _order(item: DirectEvidence) -> tuple[object, ...]:
    """Sort randomised evidence first, then by endpoint, time and study."""
    months = float("inf") if item.months is None else item.months
    return (
        item.contrast.kind != "randomised",
        list(ENDPOINTS).index(item.endpoint),
        months,
        item.study,
        item.arms,
    )


def _pairs(
    source: StudyFile,
    therapies: Sequence[str],
    endpoints: Collection[str],
    rules: SelectionRules,
) -> Iterator[tuple[str, Candidate, Candidate]]:
    """Yield the endpoint and the counts of two arms that can be set side by side."""
    roles = _roles(source.study, therapies)
    by_question: dict[tuple[str, ...], dict[str, list[Candidate]]] = {}
    for index, result in enumerate(source.study.results):
        if result.arm not in roles or result.endpoint not in endpoints:
            continue
        band = band_of(result.at.months if result.at else None)
        item = StudyResult(source, index, (result.arm,), mixed=False, band=band)
        number = usable_number(result)
        if next(objections(item, rules), None) or isinstance(number, str):
            continue
        if number.form != "effective":
            question: tuple[str, ...] = (
                result.endpoint,
                result.scope,
                repr(result.at),
            )
            arms = by_question.setdefault(question, {})
            counts = arms.setdefault(result.arm, [])
            counts.append(candidate(item, number, whole=1))
    for (endpoint, *_), arms in by_question.items():
        ordered = sorted(arms, key=lambda name: roles[name])
        for place, first in enumerate(ordered):
            for second in ordered[place + 1 :]:
                # two arms with the same therapy, or two controls, answer nothing here
                if roles[first] < len(therapies) and roles[first] != roles[second]:
                    yield endpoint, *_alike(endpoint, arms[first], arms[second])


def _alike(
    endpoint: str, first: list[Candidate], second: list[Candidate]
) -> tuple[Candidate, Candidate]:
    """Return a count of each arm, with one kind of denominator if both offer it."""
    common = {item.kind for item in first} & {item.kind for item in second}
    kind = preferred_kind(endpoint, common)
    if kind is None:
        return first[0], second[0]
    a, b = (next(x for x in side if x.kind == kind) for side in (first, second))
    return a, b


def _roles(study: Study, therapies: Sequence[str]) -> dict[str, int]:
    """Return each arm's place among the compared therapies and then the controls."""
    roles = {}
    for name, arm in study.arms.items():
        for place, therapy in enumerate((*therapies, *CONTROLS)):
            if therapy_includes(therapy, arm.therapy):
                roles[name] = place
                break
    return roles


def _evidence(
    study: Study, pair: tuple[str, Candidate, Candidate], level: float
) -> DirectEvidence:
    """Work out one difference."""
    from lupus_evidence.stats.direct import compare_arms

    endpoint, first, second = pair
    randomised = study.design == "randomised-trial"
    contrast = compare_arms(
        first.number.events,
        first.number.n,
        second.number.events,
        second.number.n,
        kind="randomised" if randomised else "concurrent-control",
        level=level,
    )
    counts = included_number(first), included_number(second)
    differ = first.kind != second.kind
    return DirectEvidence(
        study.id,
        endpoint,
        study.results[first.indexes[0]].scope,
        counts[0].months,
        (first.arms[0], second.arms[0]),
        (study.arms[first.arms[0]].therapy, study.arms[second.arms[0]].therapy),
        contrast,
        *counts,
        direct_certainty(contrast, *counts, denominators_differ=differ),
    )
