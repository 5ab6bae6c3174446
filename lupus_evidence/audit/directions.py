"""Claims that something fell or rose: count the studies that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.courses import (
    Course,
    by_study,
    centre,
    courses_of,
    figures_of_course,
)
from lupus_evidence.audit.sentences import joined, named
from lupus_evidence.audit.trials import has_control_arm, randomised_finding
from lupus_evidence.audit.verdicts import Finding, Verdict
from lupus_evidence.audit.vocabulary import worst
from lupus_evidence.reported import agrees
from lupus_evidence.text import plural
from lupus_evidence.vocabulary import MEASURES, THERAPIES, band_of, broadest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.audit.recorded import ArticleContext, Records
    from lupus_evidence.audit.verdicts import Words
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
        findings.append(
            Finding(
                "study-not-named",
                (
                    (
                        "The article does not say which study it means. All studies of "
                        f"{THERAPIES[broadest(claim.therapy)].label} here were "
                        "looked at."
                    ),
                ),
            )
        )
    if not context.tells("randomised-trial"):
        trial = randomised_finding(context.records, claim.therapy)
        findings += [trial] if trial is not None else []
    word = worst([part.word for part in parts])
    if word == "supported" and any(item.weight == "context" for item in findings):
        word = "supported, context missing"
    sentence = tuple(p for part in parts for p in (*part.sentence, " "))[:-1]
    return Verdict(word, sentence, tuple(findings))


def _change_verdict(
    change: ClaimedChange, claim: DirectionClaim, context: ArticleContext
) -> Verdict:
    """Return the verdict on one change."""
    courses = courses_of(context.records, claim.therapy, change.measures, claim.cites)
    treated = [course for course in courses if course.with_treatment]
    if not treated:
        label, whose = _label(change.measures), claim.cites or "No study here"
        verb = "does not follow" if claim.cites else "follows"
        return Verdict("not found", (f"{whose} {verb} the {label}.",), ())
    seen = {course.measurement.measure for course in treated}
    label = _label([measure for measure in change.measures if measure in seen])
    agreeing, contrary = by_study(treated, change.direction)
    sentence = _count_words(change.direction, label, agreeing, contrary)
    findings = _findings(change, agreeing, contrary, courses)
    values = _values(change, treated)
    findings += [values] if values is not None else []
    findings += _shared_people(agreeing, context.records)
    if not context.tells("no-control"):
        findings += _uncontrolled(agreeing, claim.therapy)
    word: VerdictWord = "supported"
    differ = values is not None and values.code == "values-differ"
    if len(contrary) >= len(agreeing) or (differ and claim.cites):
        word = "contradicted"
    return Verdict(word, sentence, tuple(findings))


def _values(change: ClaimedChange, courses: list[Course]) -> Finding | None:
    """Say whether a study gives the values that the article gives, where it does."""
    if change.before is None and change.after is None:
        return None
    printed = [item for item in courses if item.has_figures]
    same = [item for item in printed if _has_values(item, change)]
    found = same or printed
    rows = joined([_figures(item) for item in found[:EXAMPLES]])
    evidence = tuple(item.evidence for item in found)
    if same:
        return Finding(
            "values-found", ("These values stand in: ", *rows, "."), evidence
        )
    said = f"from {change.before or '?'} to {change.after or '?'}"
    if not printed:
        return Finding("values-not-found", (f"No study here prints {said}.",))
    start = f"The article says {said}. Studies print: "
    return Finding("values-differ", (start, *rows, "."), evidence)


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


def _label(measures: Sequence[str]) -> str:
    """Return what was measured, such as "disease activity score (SLEDAI or BILAG)"."""
    heads: dict[str, list[str]] = {}
    for measure in measures:
        head, _, inner = MEASURES[measure].partition(" (")
        heads.setdefault(head, []).extend([inner[:-1]] if inner else [])
    return " or ".join(
        f"{head} ({' or '.join(inner)})" if inner else head
        for head, inner in heads.items()
    )


def _count_words(
    direction: str, label: str, agreeing: list[Course], contrary: list[Course]
) -> Words:
    """Return in how many studies it went the way that the article says."""
    verb = {"falls": "fell", "rises": "rose"}[direction]
    name = f"{label[:1].upper()}{label[1:]}"
    total = len(agreeing) + len(contrary)
    if total == 1 and agreeing:
        return (f"{name} {verb} in {agreeing[0].study}.",)
    went = [item.direction for item in contrary]
    rest = [f"{_WENT[way]} in {went.count(way)}" for way in _WENT if way in went]
    other = f"; {' and '.join(rest)}" if rest else ""
    follow = "follows" if total == 1 else "follow"
    studies = plural(total, "study", "studies")
    return (f"{name} {verb} in {len(agreeing)} of {studies} that {follow} it{other}.",)


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
        key=lambda item: -(item.source.study.population.lupus or 0),
    )
    if agreeing:
        studies = named([item.study for item in agreeing])
        rows = [_figures(item) for item in printed[:EXAMPLES]]
        examples: Words = (" For example, ", *joined(rows), ".") if rows else ()
        findings.append(
            Finding(
                "direction-reported",
                (f"Seen in {studies}.", *examples),
                tuple(item.evidence for item in agreeing),
            )
        )
    if agreeing and not printed:
        words = "This is said in words only, without figures."
        findings.append(Finding("in-words-only", (words,)))
    if contrary:
        rows = [(f"{item.study} ({_WENT[item.direction]})",) for item in contrary]
        findings.append(
            Finding(
                "direction-contrary",
                ("Not so in ", *joined(rows), "."),
                tuple(item.evidence for item in contrary),
            )
        )
    controls = _controls(courses, change.direction)
    return [*findings, controls] if controls is not None else findings


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
    rows = [
        f"in {control.study}, with the treatment {figures_of_course(treated)}, "
        f"without it {figures_of_course(control)}"
        for treated, control in pairs
    ]
    return Finding(
        "controls-changed-too",
        (f"People without the treatment changed the same way: {'; '.join(rows)}.",),
        tuple(course.evidence for pair in pairs for course in pair),
    )


_WENT = {"falls": "it fell", "rises": "it rose", "unchanged": "it did not change"}


def _figures(course: Course) -> Words:
    """Return a measurement's figures as printed, and their study."""
    return (f"{figures_of_course(course)} in {course.study}",)


def _shared_people(agreeing: list[Course], records: Records) -> list[Finding]:
    """Say so where the studies that agree share people with each other."""
    names = {item.study for item in agreeing}
    sharing = sorted(
        name for name in names if not names.isdisjoint(records.overlaps.get(name, ()))
    )
    if not sharing:
        return []
    text = (
        f"{len(sharing)} of these studies share people with another of them, so they "
        f"are not separate groups: {named(sharing)}."
    )
    return [Finding("same-people-twice", (text,))]


def _uncontrolled(agreeing: list[Course], therapy: str) -> list[Finding]:
    """Say so where no study that agrees had anybody to compare with."""
    if any(has_control_arm(item.source.study, therapy) for item in agreeing):
        return []
    if not agreeing:
        return []
    which = "this study" if len(agreeing) == 1 else "these studies"
    text = (
        f"In {which} everybody got the treatment, and other drugs went "
        "on. Nobody knows what would have changed without it."
    )
    return [Finding("no-control-group", (text,))]
