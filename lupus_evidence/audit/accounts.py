"""An article's account of one study: its people, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.findings_on_standing import retracted
from lupus_evidence.audit.harms import harm_left_out
from lupus_evidence.audit.matching import at_time
from lupus_evidence.audit.recorded import place_of
from lupus_evidence.audit.standing import same_question
from lupus_evidence.audit.trials import has_control_arm
from lupus_evidence.audit.verdicts import (
    Counted,
    Evidence,
    Finding,
    Sentence,
    Verdict,
)
from lupus_evidence.values import People, Rate
from lupus_evidence.vocabulary import broadest, therapy_includes, topic

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import ArticleContext, RecordedFigure
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import StatementClaim
    from lupus_evidence.load import StudyFile

#: A study of whose people a smaller share has the condition is about other diseases.
CONDITION_SHARE = 0.5
#: The share by which a number of people may differ and still be the same study.
SAME_STUDY = 0.1


def account_verdict(claim: StatementClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on an article's account of a study.

    Parameters
    ----------
    claim : StatementClaim
        What the article says of the study's people and of what it found.
    context : ArticleContext
        The article and the records.
    """
    source = context.records.files.get(claim.cites) if claim.cites else None
    if source is None:
        nothing = Sentence("no-such-study")
        return Verdict("not found", (nothing,), (Finding("report-not-found"),))
    findings = [_found(source), *_details(claim, source)]
    outcomes = _outcomes(claim, context)
    if outcomes:
        findings.append(
            Finding(
                "figure-found",
                {"figures": tuple(item.told for item in outcomes)},
                tuple(item.evidence for item in outcomes),
            )
        )
    taken_back = retracted(source.study, _evidence(source, "enrolled"))
    findings += [taken_back] if taken_back is not None else []
    mixed = _other_disease(source)
    findings += [mixed] if mixed is not None else []
    harm = _harm(claim, source, context)
    findings += [harm] if harm is not None else []
    if not context.tells("no-control") and not has_control_arm(
        source.study, claim.therapies[0]
    ):
        findings.append(Finding("no-control-group"))
    word: VerdictWord = "supported"
    if any(item.code == "people-differ" for item in findings):
        word = "contradicted"
    elif any(item.weight == "context" for item in findings):
        word = "supported, context missing"
    rests_on = tuple(item.key for item in outcomes)
    return Verdict(word, (_sentence(source, outcomes),), tuple(findings), rests_on)


def _evidence(source: StudyFile, part: str) -> Evidence:
    """Return a part of the record's population as evidence."""
    return Evidence(
        source.study.id,
        part,
        place_of(source, "population", part),
        ", ".join(dict.fromkeys(arm.therapy for arm in source.study.arms.values())),
        reading=source.study.reading,
    )


def _found(source: StudyFile) -> Finding:
    """Name the study."""
    values = {"study": source.study.id}
    return Finding("study-found", values, (_evidence(source, "enrolled"),))


def _details(claim: StatementClaim, source: StudyFile) -> list[Finding]:
    """Compare people, age and women with the record."""
    population, found = source.study.population, []
    enrolled = population.enrolled
    if claim.people is not None and enrolled and claim.people != enrolled:
        far = abs(claim.people - enrolled) > SAME_STUDY * enrolled
        found.append(
            Finding(
                "people-differ" if far else "detail-differs",
                {"what": "enrolled", "there": enrolled, "article": claim.people},
                (_evidence(source, "enrolled"),),
            )
        )
    median = population.age.median if population.age else None
    rows = (
        ("age", claim.median_age, median),
        ("female_percent", claim.female_percent, population.female_percent),
    )
    for part, said, true in rows:
        if said is not None and true is not None and said.value != true.value:
            values = {"what": part, "there": true, "article": said}
            found.append(Finding("detail-differs", values, (_evidence(source, part),)))
    return found


def _other_disease(source: StudyFile) -> Finding | None:
    """Say how many of the people had lupus, where most had not."""
    population = source.study.population
    people, enrolled = population.with_condition, population.enrolled
    if people is None or not enrolled or people >= CONDITION_SHARE * enrolled:
        return None
    share = Counted(People(people, enrolled), Rate(people / enrolled))
    return Finding(
        "other-disease", {"share": share}, (_evidence(source, topic().condition.field),)
    )


def _outcomes(claim: StatementClaim, context: ArticleContext) -> list[RecordedFigure]:
    """Return what the study reports of the outcome that the article names.

    The outcome itself, or else one that answers the same question; at about the time
    that the article gives, the nearest one.
    """
    wanted = claim.outcome
    if wanted is None or claim.cites is None:
        return []
    for endpoint in same_question(wanted.endpoint):
        fitting = [
            item
            for item in context.records.of_study(claim.cites)
            if item.endpoint == endpoint
            and item.rate is not None
            and at_time(item, wanted.months)
        ]
        if fitting:
            aim = wanted.months or 0.0
            return [min(fitting, key=lambda item: abs((item.months or 0.0) - aim))]
    return []


def _harm(
    claim: StatementClaim, source: StudyFile, context: ArticleContext
) -> Finding | None:
    """Return the harms in those treated that the article leaves out."""
    study = source.study
    wanted = [broadest(therapy) for therapy in claim.therapies]
    arms = [
        name
        for name, arm in study.arms.items()
        if any(therapy_includes(wide, arm.therapy) for wide in wanted)
    ]
    about = claim.outcome.endpoint if claim.outcome else None
    return harm_left_out(study.id, arms, about, context)


def _sentence(source: StudyFile, outcomes: list[RecordedFigure]) -> Sentence:
    """Return who was in the study and what it found."""
    population = source.study.population
    return Sentence(
        "account",
        {
            "study": source.study.id,
            "people": population.enrolled,
            "with_condition": population.with_condition,
            "of_condition": not outcomes or outcomes[0].result.condition_specific,
            "figures": tuple(item.told for item in outcomes),
        },
    )
