"""Who the people behind the figures were, whom figures share, and who is in none.

Each figure of an outcome is about other studies than the next, so a column of them is
no course that anybody took. Where two of them rest on the same people, or survival
seems to rise, the reader must be told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from statistics import median
from typing import TYPE_CHECKING

from lupus_evidence.compare.summary import (
    Characteristic,
    LeftOut,
    RegisteredTrial,
    TherapyPeople,
)
from lupus_evidence.evidence.denominators import treated_people
from lupus_evidence.evidence.overlapping_studies import Report, independent_reports
from lupus_evidence.evidence.rate_selection import follow_up_months
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.records.silence import silence, today
from lupus_evidence.vocabulary import Band, Scope, family_of, topic

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.records.study import Study
    from lupus_evidence.records.study_parts import Distribution


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


@dataclass(frozen=True)
class OverTime:
    """One therapy's figures of an outcome at several times.

    Parameters
    ----------
    therapy, endpoint, scope : str
        Of what.
    bands : tuple of Band
        The times that have a figure, in order.
    shared : tuple of (Band, Band)
        Pairs of times whose figures share people.
    impossible : tuple of (Band, Band)
        Neighbouring times between which the figures go a way that no group can go:
        more people alive, or fewer dead, than before.
    """

    therapy: str
    endpoint: str
    scope: Scope
    bands: tuple[Band, ...]
    shared: tuple[tuple[Band, Band], ...]
    impossible: tuple[tuple[Band, Band], ...]


def over_time(
    rows: Iterable[Row], overlaps: Mapping[tuple[str, str], str]
) -> tuple[OverTime, ...]:
    """Return what must be said of figures at several times, where anything must.

    Parameters
    ----------
    rows : iterable of Row
        Rows with a figure.
    overlaps : mapping
        Pairs of studies that share people, in both orders.
    """
    groups: dict[tuple[str, Scope, str], list[tuple[Band, Cell]]] = {}
    for row in rows:
        for cell in row.cells:
            if row.band.months is not None and cell.k:
                key = (row.endpoint, row.scope, cell.therapy)
                groups.setdefault(key, []).append((row.band, cell))
    found = []
    for (endpoint, scope, therapy), cells in groups.items():
        cells.sort(key=lambda item: item[0].low)
        shared = tuple(
            (one[0], other[0])
            for one, other in combinations(cells, 2)
            if _share_people(one[1], other[1], overlaps)
        )
        impossible = _impossible(endpoint, cells)
        if shared or impossible:
            bands = tuple(band for band, _ in cells)
            found.append(OverTime(therapy, endpoint, scope, bands, shared, impossible))
    return tuple(found)


def _share_people(
    one: Cell, other: Cell, overlaps: Mapping[tuple[str, str], str]
) -> bool:
    """Tell whether two figures rest on some of the same people."""
    return any(
        x.study == y.study or (x.study, y.study) in overlaps
        for x in one.selection.included
        for y in other.selection.included
    )


def _impossible(
    endpoint: str, cells: Sequence[tuple[Band, Cell]]
) -> tuple[tuple[Band, Band], ...]:
    """Return neighbouring times between which survival rises or deaths fall."""
    survival = family_of(endpoint) == "survival"
    if not survival and topic().endpoints[endpoint].opposite != "overall-survival":
        return ()
    known = [(band, cell.estimate) for band, cell in cells if cell.estimate is not None]
    return tuple(
        (before, after)
        for (before, first), (after, second) in pairwise(known)
        if (second > first if survival else second < first)
    )


def left_out(rows: Iterable[Row]) -> tuple[LeftOut, ...]:
    """Count the results of these rows that are in no figure, by therapy and reason.

    A result that helps to work out one figure and is passed over in another is in a
    figure. One that is judged on another scope is in the row of its own scope.

    Parameters
    ----------
    rows : iterable of Row
        Rows with and without a figure.
    """
    cells = [cell for row in rows for cell in row.cells]
    used = {
        (cell.therapy, item.study, index)
        for cell in cells
        for item in cell.selection.included
        for index in item.indexes
    }
    found: dict[tuple[str, str, int], Reason] = {}
    for cell in cells:
        for item in cell.selection.excluded:
            key = (cell.therapy, item.study, item.index)
            if item.reason is not Reason.SCOPE and key not in used:
                found.setdefault(key, item.reason)
    groups: dict[tuple[str, Reason], list[str]] = {}
    for (therapy, study, _), reason in found.items():
        groups.setdefault((therapy, reason), []).append(study)
    counted = [
        LeftOut(therapy, reason, len(studies), tuple(sorted(set(studies))))
        for (therapy, reason), studies in groups.items()
    ]
    order = list(dict.fromkeys(cell.therapy for cell in cells))
    return tuple(
        sorted(
            counted,
            key=lambda item: (order.index(item.therapy), -item.results, item.reason),
        )
    )


def registered_trials(
    evidence: Sequence[TherapyEvidence],
) -> tuple[RegisteredTrial, ...]:
    """Return the trials of these therapies that have not published a result.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        One for each therapy.
    """
    found: dict[str, RegisteredTrial] = {}
    for item in evidence:
        for source in item.sources:
            study = source.study
            if study.status == "published" or study.results:
                continue
            known = found.get(study.id)
            therapies = (*(known.therapies if known else ()), item.therapy)
            people = study.population.enrolled
            found[study.id] = RegisteredTrial(
                study.id,
                therapies,
                study.status,
                study.population.planned if people is None else people,
                study.registrations,
                silence(study, today()),
            )
    return tuple(found[study] for study in sorted(found))
