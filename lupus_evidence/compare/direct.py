"""Evidence from within studies: two arms treated side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.running import failing_results
from lupus_evidence.compare.certainty import direct_certainty
from lupus_evidence.compare.summary import DirectEvidence
from lupus_evidence.evidence.choose import objections
from lupus_evidence.evidence.denominators import preferred_kind
from lupus_evidence.evidence.figure import figure_of
from lupus_evidence.evidence.number import StudyNumber, study_number
from lupus_evidence.evidence.therapies import StudyResult, result_band
from lupus_evidence.vocabulary import (
    CONTROLLED_DESIGNS,
    ENDPOINTS,
    therapy_includes,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lupus_evidence.evidence.rules import SelectionRules
    from lupus_evidence.load import EvidenceBase, StudyFile
    from lupus_evidence.models import Study

#: Treatments that stand as a control beside any therapy.
CONTROLS = ("placebo", "conventional", "cyclophosphamide", "rituximab", "other-drug")


def direct_evidence(
    base: EvidenceBase,
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
    base : EvidenceBase
        The records.
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
    failing = failing_results(base)
    found = [
        _evidence(source.study, pair, level)
        for source in base.files
        if source.study.design in CONTROLLED_DESIGNS
        for pair in _pairs(source, therapies, endpoints, rules, failing)
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
    failing: Mapping[tuple[str, int], tuple[str, ...]],
) -> Iterator[tuple[str, StudyNumber, StudyNumber]]:
    """Yield the endpoint and the counts of two arms that can be set side by side."""
    roles = _roles(source.study, therapies)
    by_question: dict[tuple[str, ...], dict[str, list[StudyNumber]]] = {}
    for index, result in enumerate(source.study.results):
        if result.arm not in roles or result.endpoint not in endpoints:
            continue
        item = StudyResult(
            source,
            index,
            (result.arm,),
            mixed=False,
            band=result_band(result),
            fails=failing.get((source.study.id, index), ()),
        )
        number = figure_of(result).number
        if number is None or next(objections(item, rules), None):
            continue
        if number.form != "effective":
            question: tuple[str, ...] = (
                result.endpoint,
                result.scope,
                repr(result.at),
            )
            arms = by_question.setdefault(question, {})
            counts = arms.setdefault(result.arm, [])
            counts.append(study_number(item, number, whole=1))
    for (endpoint, *_), arms in by_question.items():
        ordered = sorted(arms, key=lambda name: roles[name])
        for place, first in enumerate(ordered):
            for second in ordered[place + 1 :]:
                # two arms with the same therapy, or two controls, answer nothing here
                if roles[first] < len(therapies) and roles[first] != roles[second]:
                    yield endpoint, *_alike(endpoint, arms[first], arms[second])


def _alike(
    endpoint: str, first: list[StudyNumber], second: list[StudyNumber]
) -> tuple[StudyNumber, StudyNumber]:
    """Return a count of each arm, with one kind of denominator if both offer it."""
    common = {item.denominator for item in first}
    common &= {item.denominator for item in second}
    kind = preferred_kind(endpoint, common)
    if kind is None:
        return first[0], second[0]
    a, b = (next(x for x in side if x.denominator == kind) for side in (first, second))
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
    study: Study, pair: tuple[str, StudyNumber, StudyNumber], level: float
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
    differ = first.denominator != second.denominator
    return DirectEvidence(
        study.id,
        endpoint,
        study.results[first.indexes[0]].scope,
        first.months,
        (first.arms[0], second.arms[0]),
        (study.arms[first.arms[0]].therapy, study.arms[second.arms[0]].therapy),
        contrast,
        first,
        second,
        direct_certainty(contrast, first, second, denominators_differ=differ),
    )
