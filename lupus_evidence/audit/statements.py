"""Claims without a figure, and accounts of one study, answered from the records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.claimed_rates import at_time
from lupus_evidence.audit.findings_on_standing import retracted
from lupus_evidence.audit.harms import harm_left_out, harms_verdict
from lupus_evidence.audit.recorded_figures import place_of, study_gives
from lupus_evidence.audit.standing import same_question
from lupus_evidence.audit.trials import (
    has_control_arm,
    is_better,
    randomised_benefits,
    randomised_finding,
    told_outcome,
    unreported_finding,
)
from lupus_evidence.audit.verdicts import (
    Counted,
    Evidence,
    Finding,
    Sentence,
    Verdict,
    worst,
)
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.records.identity import links_of
from lupus_evidence.vocabulary import broadest, therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.audit.recorded_figures import (
        ArticleContext,
        RecordedFigure,
        Records,
    )
    from lupus_evidence.audit.verdicts import VerdictWord
    from lupus_evidence.records.claims import StatementClaim
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Study


def statement_verdict(claim: StatementClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on a claim without a figure, by the rules of its topic.

    Parameters
    ----------
    claim : StatementClaim
        The claim.
    context : ArticleContext
        The article and the records.
    """
    records = context.records
    match claim.topic:
        case "few-harms" | "no-harms" | "warns-of-harm":
            verdict = harms_verdict(claim, records)
        case "safe-and-effective":
            verdict = _both(harms_verdict(claim, records), _benefit(claim, context))
        case "expert-agreement" | "better-than":
            verdict = _benefit(claim, context)
        case "cure":
            verdict = _cure_verdict(claim, records)
        case "lasting":
            verdict = _lasting_verdict(claim, records)
        case "approval":
            verdict = Verdict("not checkable", (Sentence("no-approvals"),), ())
        case "case-report":
            verdict = _case_verdict(claim, records)
        case "study-account":
            verdict = account_verdict(claim, context)
    opinions = tuple(
        Finding("opinion", {"view": item.says}, links=links_of(item))
        for item in claim.opinions
    )
    return replace(verdict, findings=(*verdict.findings, *opinions))


def _both(one: Verdict, other: Verdict) -> Verdict:
    """Return the verdict on a statement with two halves: the worse word stands."""
    return Verdict(
        worst([one.word, other.word]),
        (*one.sentences, *other.sentences),
        (*one.findings, *other.findings),
    )


def _benefit(claim: StatementClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on the statement that treatment helps, or helps more.

    What experts agree on is not in the records; whether a trial bears it out is. A
    clear benefit in a randomised trial supports the statement; trials without one
    make it overstated; without any randomised trial it cannot be checked.
    """
    endpoint = claim.outcome.endpoint if claim.outcome else None
    findings: list[Finding] = []
    without = []
    for therapy in claim.therapies:
        finding = randomised_finding(context.records, therapy, endpoint, claim.than)
        if finding is None:
            without.append(therapy)
        else:
            findings.append(finding)
    for therapy in without:
        values = {"therapy": broadest(therapy)}
        findings.append(Finding("no-randomised-trial", values))
    unreported = unreported_finding(context.records, claim.therapies)
    findings += [unreported] if unreported is not None else []
    codes = {finding.code for finding in findings}
    word: VerdictWord
    if "randomised-trial-says-otherwise" in codes:
        word = "overstated"
    elif "randomised-trial-agrees" in codes:
        word = "supported"
        if any(finding.weight == "context" for finding in findings):
            word = "supported, context missing"
    else:
        word = "not checkable"
    clear = word != "overstated"
    return Verdict(word, (_told_benefit(claim, context, clear),), tuple(findings))


def _told_benefit(
    claim: StatementClaim, context: ArticleContext, clear: bool
) -> Sentence:
    """Return what randomised trials counted, in one sentence."""
    endpoint = claim.outcome.endpoint if claim.outcome else None
    found = [
        item
        for therapy in claim.therapies
        for item in randomised_benefits(context.records, therapy, endpoint, claim.than)
    ]
    if not found:
        return Sentence("no-randomised-trial")
    first = next((item for item in found if is_better(item)), found[0])
    largest = max(first.trials, key=lambda item: item.people)
    return Sentence("benefit", {"clear": clear, "outcome": told_outcome(largest)})


def _cure_verdict(claim: StatementClaim, records: Records) -> Verdict:
    """Return the verdict on a cure: what is known is how many relapsed.

    A cure would be remission for good and without drugs; no study can have seen that.
    Where people relapsed, the word promises more than the studies.
    """
    relapses = [
        item
        for therapy in claim.therapies
        for item in _reports(records, broadest(therapy), "relapse")
        if item.rate
    ]
    if not relapses:
        return Verdict("not checkable", (Sentence("no-relapse-counted"),), ())
    told = tuple(item.told for item in relapses)
    evidence = tuple(item.evidence for item in relapses)
    finding = Finding("relapse-reported", {"figures": told}, evidence)
    return Verdict("overstated", (Sentence("cure", {"figure": told[0]}),), (finding,))


def _lasting_verdict(claim: StatementClaim, records: Records) -> Verdict:
    """Return the verdict on how long an outcome is said to last.

    Supported where a study saw the outcome in anybody at that time or later; what
    share that is stands in the finding.
    """
    wanted = claim.outcome
    if wanted is None or wanted.months is None:
        return Verdict("not checkable", (Sentence("nothing-to-last"),), ())
    found = [
        item
        for therapy in claim.therapies
        for item in _reports(records, broadest(therapy), wanted.endpoint, wanted.months)
        if item.rate
    ]
    if not found:
        values = {"endpoint": wanted.endpoint, "months": wanted.months}
        return Verdict("not found", (Sentence("not-seen-that-late", values),), ())
    told = tuple(item.told for item in found)
    evidence = tuple(item.evidence for item in found)
    finding = Finding(
        "seen-that-late", {"months": wanted.months, "figures": told}, evidence
    )
    sentence = Sentence("lasting", {"figure": told[0]})
    keys = tuple(item.key for item in found)
    return Verdict("supported, context missing", (sentence,), (finding,), keys)


def _reports(
    records: Records, therapy: str, endpoint: str, months: float = 0.0
) -> Iterator[RecordedFigure]:
    """Yield each study's latest figure of an outcome at a time or later."""
    found = {
        item.key: item
        for scope, band in records.questions(therapy, endpoint)
        for item in records.figures(therapy, endpoint, scope, band)
        if item.reported and item.rate is not None and (item.months or 0.0) >= months
    }
    latest: dict[str, RecordedFigure] = {}
    for item in sorted(found.values(), key=lambda item: -(item.months or 0.0)):
        latest.setdefault(item.study.id, item)
    yield from latest.values()


def _case_verdict(claim: StatementClaim, records: Records) -> Verdict:
    """Return the verdict on a report about one person or a few.

    A record fits if it is a case report or a case series of the treatment and holds
    one of the claim's words; it bears the claim out if it also holds a result.
    """
    words = [word.lower() for word in claim.words]
    cases = [
        study
        for study in records.base.studies
        if study.design in ("case-report", "case-series")
        and any(study_gives(study, therapy) for therapy in claim.therapies)
    ]
    fitting = [item for item in cases if any(w in _text(item) for w in words)]
    bearing = [item for item in fitting if item.results or item.measurements]
    if bearing:
        values: dict[str, object] = {
            "studies": tuple(item.id for item in bearing),
            "figures": tuple(
                figure.told
                for study in bearing
                for figure in records.of_study(study.id)[:1]
            ),
        }
        shown = tuple(_case_evidence(records, item) for item in bearing)
        found = Finding("report-found", values, shown), Finding("few-people")
        sentence = Sentence("report", {"study": bearing[0].id})
        return Verdict("supported, context missing", (sentence,), found)
    empty = [item for item in cases if not item.results and not item.measurements]
    values = {
        "looked": len(cases),
        "searched": claim.words,
        "unknown": tuple(item.id for item in empty),
    }
    shown = tuple(_case_evidence(records, item) for item in empty)
    finding = Finding("report-not-found", values, shown)
    return Verdict("not found", (Sentence("no-report"),), (finding,))


def _text(study: Study) -> str:
    """Return the words of a record in which a case may be recognised."""
    population = study.population
    parts = [study.title, *study.notes, population.note, population.entry]
    for arm in study.arms.values():
        parts += [arm.label, arm.background, arm.note]
    parts += [item.definition for item in study.results]
    return " ".join(part for part in parts if part is not None).lower()


def _case_evidence(records: Records, study: Study) -> Evidence:
    """Return a case report as evidence."""
    return Evidence(
        study.id,
        "case-report",
        place_of(records.files[study.id], "title"),
        ", ".join(dict.fromkeys(arm.therapy for arm in study.arms.values())),
        reading=study.reading,
    )


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
    taken_back = retracted(source.study, _population_evidence(source, "enrolled"))
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


def _population_evidence(source: StudyFile, part: str) -> Evidence:
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
    return Finding("study-found", values, (_population_evidence(source, "enrolled"),))


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
                (_population_evidence(source, "enrolled"),),
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
            found.append(
                Finding("detail-differs", values, (_population_evidence(source, part),))
            )
    return found


def _other_disease(source: StudyFile) -> Finding | None:
    """Say how many of the people had lupus, where most had not."""
    population = source.study.population
    people, enrolled = population.with_condition, population.enrolled
    if people is None or not enrolled or people >= CONDITION_SHARE * enrolled:
        return None
    share = Counted(People(people, enrolled), Rate(people / enrolled))
    return Finding(
        "other-disease",
        {"share": share},
        (_population_evidence(source, topic().condition.field),),
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
