"""The parts of a study that checks are applied to, each with its path."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from lupus_evidence.records.study import Measurement, Result, Study, Time
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lupus_evidence.checks.rules import Path
    from lupus_evidence.records.study_parts import Distribution

Item = Result | Measurement
Group = tuple[str | None, str, str | None, bool, str]
Moment = tuple[float | None, str] | None
Answer = TypeVar("Answer")


def once_a_study(function: Callable[[Study], Answer]) -> Callable[[Study], Answer]:
    """Remember the answer for the study that was asked about last.

    A check of one part may need something about the whole study. Worked out again for
    each of 10,000 parts it would take time with the square of their number.
    """
    last: tuple[Study, Answer] | None = None

    @wraps(function)
    def remembered(study: Study) -> Answer:
        nonlocal last
        kept = last
        if kept is None or kept[0] is not study:
            kept = last = (study, function(study))
        return kept[1]

    return remembered


def distributions(study: Study) -> Iterator[tuple[Path, Distribution]]:
    """Yield every spread of a quantity in a study, with where it stands."""
    population = study.population
    score = topic().score
    spreads = {"age": population.age, "disease_duration": population.disease_duration}
    if score is not None:
        spreads[score.field] = population.score
    for name, value in spreads.items():
        if value is not None:
            yield ("population", name), value
    if study.follow_up is not None:
        yield ("follow_up",), study.follow_up
    for index, item in enumerate(study.measurements):
        for name, value in measured(item):
            yield ("measurements", index, name), value


def measured(item: Measurement) -> Iterator[tuple[str, Distribution]]:
    """Yield the spreads that a measurement gives, by field."""
    for name in ("baseline", "value", "change"):
        value = getattr(item, name)
        if value is not None:
            yield name, value


def denominators(item: Item) -> list[tuple[Path, int]]:
    """Return every number of people that a result or measurement names."""
    if isinstance(item, Measurement):
        return [
            ((name, "n"), spread.n)
            for name, spread in measured(item)
            if spread.n is not None
        ]
    return [] if item.n is None else [(("n",), item.n)]


def moment(at: Time | None) -> Moment:
    """Return what makes two times the same: months and their basis."""
    return None if at is None else (at.months, at.basis)


def group(result: Result) -> Group:
    """Return whom a result is about: results of one group can be added up."""
    return (
        result.arm,
        result.scope,
        result.subgroup,
        result.condition_specific,
        result.among,
    )
