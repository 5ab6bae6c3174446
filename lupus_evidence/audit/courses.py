"""Which way measurements went in the records, with and without a treatment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded import place_of
from lupus_evidence.audit.verdicts import Evidence
from lupus_evidence.vocabulary import broadest, therapy_includes

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import Records
    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Measurement, Time
    from lupus_evidence.parts import Distribution
    from lupus_evidence.reported import Reported


@dataclass(frozen=True)
class ToldCourse:
    """How a measurement went in one study, as a sentence tells it.

    Parameters
    ----------
    study : str
        The record.
    direction : str
        Which way it went.
    before, after, change : Reported or None
        Mean or median as printed.
    unit : str or None
        Of the figures.
    time : Time or None
        When it was measured.
    """

    study: str
    direction: str
    before: Reported | None
    after: Reported | None
    change: Reported | None
    unit: str | None
    time: Time | None


@dataclass(frozen=True)
class Course:
    """One measurement of a record, and which way it went.

    Parameters
    ----------
    source : StudyFile
        The record.
    index : int
        Which of its measurements.
    direction : {"falls", "rises", "unchanged"}
        As the record says, or as its figures show.
    with_treatment : bool
        Whether these people were given the treatment.
    """

    source: StudyFile
    index: int
    direction: str
    with_treatment: bool

    @property
    def measurement(self) -> Measurement:
        """The measurement."""
        return self.source.study.measurements[self.index]

    @property
    def study(self) -> str:
        """The record's name."""
        return self.source.study.id

    @property
    def has_figures(self) -> bool:
        """Whether the record holds both values, or the change."""
        item = self.measurement
        both = centre(item.baseline) is not None and centre(item.value) is not None
        return both or centre(item.change) is not None

    @property
    def evidence(self) -> Evidence:
        """The measurement as evidence."""
        item, study = self.measurement, self.source.study
        arms = [study.arms[item.arm]] if item.arm in study.arms else study.arms.values()
        return Evidence(
            study.id,
            item.measure,
            place_of(self.source, "measurements", self.index),
            ", ".join(dict.fromkeys(arm.therapy for arm in arms)),
            item.at.months if item.at else None,
            where=item.where,
            reading=item.reading or study.reading,
        )


def centre(value: Distribution | None) -> Reported | None:
    """Return the mean or median of a distribution as printed."""
    return None if value is None else value.mean or value.median


def direction_of(item: Measurement) -> str | None:
    """Return which way a measurement went: its own word, or what its figures show."""
    if item.direction is not None:
        return item.direction
    before, after, change = (
        centre(item.baseline),
        centre(item.value),
        centre(item.change),
    )
    if change is not None:
        difference = change.value
    elif before is not None and after is not None:
        difference = after.value - before.value
    else:
        return None
    if difference > 0:
        return "rises"
    return "falls" if difference < 0 else "unchanged"


def courses_of(
    records: Records, therapy: str, measures: tuple[str, ...], cites: str | None
) -> list[Course]:
    """Return every measurement of studies of a treatment, control arms too.

    Parameters
    ----------
    records : Records
        The records.
    therapy : str
        The treatment, by any of its names.
    measures : tuple of str
        Any of these.
    cites : str or None
        Only this study, where the claim names one.
    """
    wide, found = broadest(therapy), []
    for source in records.base.files:
        study = source.study
        if cites is not None and study.id != cites:
            continue
        inside: dict[str | None, bool] = {
            name: therapy_includes(wide, arm.therapy)
            for name, arm in study.arms.items()
        }
        if not any(inside.values()):
            continue
        for index, item in enumerate(study.measurements):
            direction = direction_of(item)
            if item.measure not in measures or direction is None:
                continue
            if not item.condition_specific:
                continue
            treated = inside.get(item.arm, all(inside.values()))
            found.append(Course(source, index, direction, treated))
    return found


def by_study(
    courses: list[Course], direction: str
) -> tuple[list[Course], list[Course]]:
    """Return one course of each study that went this way, and of each that did not.

    The last time counts: what fell and came back has not fallen. Figures come before
    words at the same time.
    """
    last: dict[str, Course] = {}
    for course in courses:
        held = last.get(course.study)
        if held is None or _order(course) > _order(held):
            last[course.study] = course
    agreeing = [item for item in last.values() if item.direction == direction]
    contrary = [item for item in last.values() if item.direction != direction]
    return agreeing, contrary


def _order(course: Course) -> tuple[float, bool]:
    """Sort by time, then figures after words."""
    at = course.measurement.at
    return (at.months or 0.0) if at else 0.0, course.has_figures


def told_course(course: Course) -> ToldCourse:
    """Return a measurement, for a sentence."""
    item = course.measurement
    return ToldCourse(
        course.study,
        course.direction,
        centre(item.baseline),
        centre(item.value),
        centre(item.change),
        item.unit,
        item.at,
    )
