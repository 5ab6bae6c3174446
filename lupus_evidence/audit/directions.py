"""Claims that something fell or rose: count the studies that say so.

Which way a measurement went stands in the records, with and without a treatment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded_figures import ArticleContext, Records, place_of
from lupus_evidence.audit.trials import has_control_arm, randomised_finding
from lupus_evidence.audit.verdicts import Evidence, Finding, Sentence, Verdict, worst
from lupus_evidence.records.field_types import Reported, agrees
from lupus_evidence.vocabulary import band_of, broadest, therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.audit.verdicts import VerdictWord
    from lupus_evidence.records.claims import ClaimedChange, DirectionClaim
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Measurement, Time
    from lupus_evidence.records.study_parts import Distribution


#: Examples with figures that a finding quotes.
EXAMPLES = 3


def direction_verdict(claim: DirectionClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on a claim that one or more things fell or rose.

    Parameters
    ----------
    claim : DirectionClaim
        The claim.
    context : ArticleContext
        The article and the records.
    """
    parts = [_change_verdict(change, claim, context) for change in claim.changes]
    findings = [finding for part in parts for finding in part.findings]
    if claim.cites is None:
        values = {"therapy": broadest(claim.therapy)}
        findings.append(Finding("study-not-named", values))
    if not context.tells("randomised-trial"):
        trial = randomised_finding(context.records, claim.therapy)
        findings += [trial] if trial is not None else []
    word = worst([part.word for part in parts])
    if word == "supported" and any(item.weight == "context" for item in findings):
        word = "supported, context missing"
    sentences = tuple(item for part in parts for item in part.sentences)
    return Verdict(word, sentences, tuple(findings))


def _change_verdict(
    change: ClaimedChange, claim: DirectionClaim, context: ArticleContext
) -> Verdict:
    """Return the verdict on one change."""
    courses = courses_of(context.records, claim.therapy, change.measures, claim.cites)
    treated = [course for course in courses if course.with_treatment]
    if not treated:
        values = {
            "study": claim.cites,
            "therapy": broadest(claim.therapy),
            "measures": measured(change.measures),
        }
        return Verdict("not found", (Sentence("not-followed", values),), ())
    seen = {course.measurement.measure for course in treated}
    agreeing, contrary = by_study(treated, change.direction)
    sentence = Sentence(
        "direction",
        {
            "direction": change.direction,
            "measures": measured([name for name in change.measures if name in seen]),
            "agreeing": tuple(item.study for item in agreeing),
            "contrary": tuple(item.direction for item in contrary),
        },
    )
    findings = _findings(change, agreeing, contrary, courses)
    found = _values(change, treated)
    findings += [found] if found is not None else []
    findings += _shared_people(agreeing, context.records)
    if not context.tells("no-control"):
        findings += _uncontrolled(agreeing, claim.therapy)
    word: VerdictWord = "supported"
    differ = found is not None and found.code == "values-differ"
    if len(contrary) >= len(agreeing) or (differ and claim.cites):
        word = "contradicted"
    return Verdict(word, (sentence,), tuple(findings))


def _values(change: ClaimedChange, courses: list[Course]) -> Finding | None:
    """Say whether a study gives the values that the article gives, where it does."""
    if change.before is None and change.after is None:
        return None
    printed = [item for item in courses if item.has_figures]
    same = [item for item in printed if _has_values(item, change)]
    found = same or printed
    examples = tuple(told_course(item) for item in found[:EXAMPLES])
    evidence = tuple(item.evidence for item in found)
    if same:
        return Finding("values-found", {"examples": examples}, evidence)
    said: dict[str, object] = {"before": change.before, "after": change.after}
    if not printed:
        return Finding("values-not-found", said)
    return Finding("values-differ", {**said, "examples": examples}, evidence)


def _has_values(course: Course, change: ClaimedChange) -> bool:
    """Tell whether a measurement has the values that an article gives."""
    item = course.measurement
    pairs = ((change.before, item.baseline), (change.after, item.value))
    at = item.at.months if item.at else None
    if change.months is not None and band_of(at) != band_of(change.months):
        return False
    return all(
        said is None
        or ((true := centre(there)) is not None and agrees(said, true.value))
        for said, there in pairs
    )


@dataclass(frozen=True)
class Measured:
    """What was measured.

    Parameters
    ----------
    name : str
        "disease activity score".
    forms : tuple of str
        Its kinds, such as "SLEDAI" and "BILAG".
    """

    name: str
    forms: tuple[str, ...]


def measured(measures: Sequence[str]) -> tuple[Measured, ...]:
    """Return what was measured, kinds of one thing together."""
    forms: dict[str, list[str]] = {}
    for measure in measures:
        name, _, form = topic().measures[measure].partition(" (")
        forms.setdefault(name, []).extend([form[:-1]] if form else [])
    return tuple(Measured(name, tuple(kinds)) for name, kinds in forms.items())


def _findings(
    change: ClaimedChange,
    agreeing: list[Course],
    contrary: list[Course],
    courses: list[Course],
) -> list[Finding]:
    """Return what the studies say about one change."""
    findings = []
    printed = sorted(
        (item for item in agreeing if item.has_figures),
        key=lambda item: -(item.source.study.population.with_condition or 0),
    )
    if agreeing:
        values: dict[str, object] = {
            "studies": tuple(item.study for item in agreeing),
            "examples": tuple(map(told_course, printed[:EXAMPLES])),
        }
        evidence = tuple(item.evidence for item in agreeing)
        findings.append(Finding("direction-reported", values, evidence))
    if agreeing and not printed:
        findings.append(Finding("in-words-only"))
    if contrary:
        values = {"changes": tuple(map(told_course, contrary))}
        evidence = tuple(item.evidence for item in contrary)
        findings.append(Finding("direction-contrary", values, evidence))
    controls = _controls(courses, change.direction)
    return [*findings, controls] if controls is not None else findings


@dataclass(frozen=True)
class BothArms:
    """How a measurement went in both arms of a trial.

    Parameters
    ----------
    treated, control : ToldCourse
        With the treatment, and without.
    """

    treated: ToldCourse
    control: ToldCourse


def _controls(courses: list[Course], direction: str) -> Finding | None:
    """Say so where people without the treatment changed the same way."""
    pairs = [
        (treated, control)
        for control in courses
        if not control.with_treatment and control.direction == direction
        for treated in courses
        if treated.with_treatment
        and treated.study == control.study
        and treated.measurement.measure == control.measurement.measure
        and treated.measurement.at == control.measurement.at
    ]
    if not pairs:
        return None
    told = tuple(
        BothArms(told_course(treated), told_course(control))
        for treated, control in pairs
    )
    return Finding(
        "controls-changed-too",
        {"pairs": told},
        tuple(course.evidence for pair in pairs for course in pair),
    )


def _shared_people(agreeing: list[Course], records: Records) -> list[Finding]:
    """Say so where the studies that agree share people with each other."""
    names = {item.study for item in agreeing}
    sharing = sorted(
        name for name in names if not names.isdisjoint(records.overlaps.get(name, ()))
    )
    if not sharing:
        return []
    return [Finding("same-people-twice", {"studies": tuple(sharing)})]


def _uncontrolled(agreeing: list[Course], therapy: str) -> list[Finding]:
    """Say so where no study that agrees had anybody to compare with."""
    if any(has_control_arm(item.source.study, therapy) for item in agreeing):
        return []
    if not agreeing:
        return []
    return [Finding("no-control-group", {"studies": len(agreeing)})]


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
