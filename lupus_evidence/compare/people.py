"""Who the people behind each therapy's figures were, as far as studies say."""

from __future__ import annotations

from collections import Counter
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from lupus_evidence.compare.summary import Characteristic, TherapyPeople
from lupus_evidence.evidence.choose import follow_up_months
from lupus_evidence.evidence.denominators import treated_people
from lupus_evidence.evidence.overlap import Report, independent_reports
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from lupus_evidence.evidence.therapies import TherapyEvidence
    from lupus_evidence.models import Study
    from lupus_evidence.parts import Distribution


def therapy_people(
    evidence: TherapyEvidence, entering: Collection[str]
) -> TherapyPeople:
    """Describe the people of the studies that enter any figure.

    A range over studies is given and no total, because studies share people and
    describe everyone they took in, other arms and those not analysed among them.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about the therapy.
    entering : collection of str
        Ids of the studies that enter any figure.
    """
    studies = [item.study for item in evidence.sources if item.study.id in entering]
    treated = {
        study.id: treated_people(study, evidence.arms(study)) or 0 for study in studies
    }
    alone = independent_reports(
        [Report(study.id, treated[study.id]) for study in studies],
        evidence.overlaps.keys(),
    )
    return TherapyPeople(
        evidence.therapy,
        tuple(study.id for study in studies),
        sum(treated[study] for study in alone),
        tuple(
            found
            for key, value in _described()
            if (found := _characteristic(key, value, studies)) is not None
        ),
        tuple(study.id for study in studies if study.population.refractory),
        tuple(sorted({code for study in studies for code in study.setting.countries})),
        _span(year for study in studies for year in _recruitment(study)),
        _span(study.citation.year for study in studies),
        tuple(Counter(study.design for study in studies).most_common()),
    )


def _centre(value: Distribution | None) -> float | None:
    """Return a distribution's median, or else its mean."""
    if value is None:
        return None
    printed = value.median if value.median is not None else value.mean
    return printed.value if printed is not None else None


def _having(study: Study) -> int | None:
    """Return how many people with the condition a study describes."""
    population = study.population
    having = population.with_condition
    return population.enrolled if having is None else having


def _female(study: Study) -> float | None:
    """Return the share of women and girls, where everyone has the condition."""
    population = study.population
    if population.enrolled and population.with_condition in (None, population.enrolled):
        if population.female is not None:
            return population.female / population.enrolled
        if population.female_percent is not None:
            return population.female_percent.value / 100
    return None


def _share(group: str, study: Study) -> float | None:
    """Return the share of people with the condition who are of a group."""
    people, some = _having(study), study.population.groups.get(group)
    if not people or some is None or some > people:
        return None
    return some / people


def _described() -> Iterator[tuple[str, Callable[[Study], float | None]]]:
    """Yield what is told of people: years, shares in 0-1, scores, months."""
    yield "age", lambda study: _centre(study.population.age)
    yield "female", _female
    for name, group in topic().groups.items():
        if group.brief:
            yield name, partial(_share, name)
    score = topic().score
    if score is not None:
        yield score.field, lambda study: _centre(study.population.score)
    yield "follow_up", lambda study: follow_up_months(study) or None


def _characteristic(
    key: str, value: Callable[[Study], float | None], studies: Iterable[Study]
) -> Characteristic | None:
    """Summarise what studies report in one respect; None if none does."""
    reported = {
        study.id: found for study in studies if (found := value(study)) is not None
    }
    if not reported:
        return None
    values = reported.values()
    return Characteristic(
        key, min(values), median(values), max(values), tuple(reported)
    )


def _recruitment(study: Study) -> tuple[int, ...]:
    """Return the years in which people entered, as far as known."""
    recruitment = study.setting.recruitment
    if recruitment is None:
        return ()
    dates = (recruitment.start, recruitment.end)
    return tuple(int(date[:4]) for date in dates if date is not None)


def _span(years: Iterable[int | None]) -> tuple[int, int] | None:
    """Return the first and the last known year."""
    known = [year for year in years if year is not None]
    return (min(known), max(known)) if known else None
