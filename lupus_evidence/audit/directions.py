"""Claims that something fell or rose: count the studies that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.courses import (
    Course,
    ToldCourse,
    by_study,
    centre,
    courses_of,
    told_course,
)
from lupus_evidence.audit.trials import has_control_arm, randomised_finding
from lupus_evidence.audit.verdicts import Finding, Sentence, Verdict
from lupus_evidence.audit.vocabulary import worst
from lupus_evidence.reported import agrees
from lupus_evidence.vocabulary import band_of, broadest, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.audit.recorded import ArticleContext, Records
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import ClaimedChange, DirectionClaim

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
