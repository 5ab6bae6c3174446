"""A therapy's published results, sorted so that each cell finds its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import Band, band_for, therapy_includes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Result, Study, Time


@dataclass(frozen=True)
class StudyResult:
    """One result of a study, and which of a therapy's arms it is about.

    Parameters
    ----------
    source : StudyFile
        The record.
    index : int
        Which of its results, from 0.
    arms : tuple of str
        Arms with the therapy that the figure covers.
    mixed : bool
        Whether the figure also covers arms without the therapy.
    band : Band
        The time band it falls in.
    fails : tuple of str
        Codes of the checks that it fails.
    """

    source: StudyFile = field(repr=False)
    index: int
    arms: tuple[str, ...]
    mixed: bool
    band: Band
    fails: tuple[str, ...] = ()

    @property
    def study(self) -> Study:
        """The study."""
        return self.source.study

    @property
    def result(self) -> Result:
        """The result itself."""
        return self.study.results[self.index]

    @property
    def time(self) -> Time | None:
        """When it was counted; equal for results of the same time."""
        return self.result.at


@dataclass(frozen=True)
class TherapyEvidence:
    """Every study of a therapy and what it reports.

    Parameters
    ----------
    therapy : str
        Narrower therapies are included.
    sources : tuple of StudyFile
        Studies with an arm of it, in order of id, registered ones too.
    results : dict
        Results by endpoint and study id, in the record's order.
    overlaps : dict
        Certainty by pair of study ids that share people, in both orders.
    unreported : int
        People whom registered studies of it without a result have or plan for.
    """

    therapy: str
    sources: tuple[StudyFile, ...]
    results: dict[str, dict[str, list[StudyResult]]] = field(repr=False)
    overlaps: dict[tuple[str, str], str] = field(repr=False)
    unreported: int

    def arms(self, study: Study) -> tuple[str, ...]:
        """Return the study's arms with this therapy."""
        return tuple(
            name
            for name, arm in study.arms.items()
            if therapy_includes(self.therapy, arm.therapy)
        )

    def speaking(self, endpoints: Collection[str], band: Band) -> tuple[StudyFile, ...]:
        """Return the studies with a result for any of these endpoints at this time."""
        found = {
            study
            for endpoint in endpoints
            for study, results in self.results.get(endpoint, {}).items()
            if any(item.band == band for item in results)
        }
        return tuple(item for item in self.sources if item.study.id in found)

    def of(self, endpoint: str, study: str) -> list[StudyResult]:
        """Return a study's results for an endpoint, at any time and of any scope."""
        return self.results.get(endpoint, {}).get(study, [])


def therapy_evidence(
    sources: Iterable[StudyFile],
    therapy: str,
    failing: Mapping[tuple[str, int], tuple[str, ...]] | None = None,
) -> TherapyEvidence:
    """Sort out what the records say about a therapy.

    Parameters
    ----------
    sources : iterable of StudyFile
        All records.
    therapy : str
        A name of the vocabulary.
    failing : mapping, optional
        Codes of the errors that checks find, by study id and index of the result.
    """
    failing = failing or {}
    everything = tuple(sources)
    own = tuple(
        source
        for source in everything
        if any(
            therapy_includes(therapy, arm.therapy) for arm in source.study.arms.values()
        )
    )
    overlaps = shared_people([source.study for source in everything])
    published = {x.study.id for x in everything if x.study.status == "published"}
    found = TherapyEvidence(
        therapy, own, {}, overlaps, _unreported(own, overlaps, published)
    )
    for source in found.sources:
        arms = found.arms(source.study)
        for index, result in enumerate(source.study.results):
            if result.arm is not None and result.arm not in arms:
                continue
            item = StudyResult(
                source,
                index,
                arms if result.arm is None else (result.arm,),
                mixed=result.arm is None and len(arms) < len(source.study.arms),
                band=result_band(result),
                fails=failing.get((source.study.id, index), ()),
            )
            by_study = found.results.setdefault(result.endpoint, {})
            by_study.setdefault(source.study.id, []).append(item)
    return found


def _unreported(
    sources: Iterable[StudyFile],
    overlaps: Mapping[tuple[str, str], str],
    published: Collection[str],
) -> int:
    """Return how many people are in registered studies that told no result.

    One that shares people with a published study is not silent.
    """
    total = 0
    for source in sources:
        study = source.study
        if study.status != "registered" or study.results:
            continue
        if not any((study.id, other) in overlaps for other in published):
            total += study.population.enrolled or study.population.planned or 0
    return total


def result_band(result: Result) -> Band:
    """Return the time band that a result stands in."""
    at = result.at
    return band_for(
        result.endpoint, at.months if at else None, at.basis if at else None
    )


def shared_people(studies: Iterable[Study]) -> dict[tuple[str, str], str]:
    """Return which studies share people, both ways round, with the certainty.

    An overlap is recorded once, in either study; where both record it, "certain"
    outweighs "likely". Sharing is not passed on: two studies that each share people
    with a third need not share any with each other.

    Parameters
    ----------
    studies : iterable of Study
        All records.
    """
    found: dict[tuple[str, str], str] = {}
    for study in studies:
        for overlap in study.overlaps:
            if overlap.study == study.id:
                continue
            pair = (study.id, overlap.study)
            certainty = "certain" if found.get(pair) == "certain" else overlap.certainty
            found[pair] = found[pair[::-1]] = certainty
    return found
