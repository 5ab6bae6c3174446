"""What randomised trials of a treatment say, and which have not said anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded_figures import Records, place_of, study_gives
from lupus_evidence.audit.verdicts import Counted, Evidence, Finding
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.stats.proportions import interval
from lupus_evidence.vocabulary import broadest, family_of, therapy_includes, topic

if TYPE_CHECKING:
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.records.study import Study


@dataclass(frozen=True)
class TrialOutcome:
    """One outcome of a trial, as a sentence tells it.

    Parameters
    ----------
    study : str
        The trial.
    treated, control : Counted
        People and rate with the treatment and without.
    endpoint, scope : str
        What is counted, and what that was judged on.
    """

    study: str
    treated: Counted
    control: Counted
    endpoint: str
    scope: str


@dataclass(frozen=True)
class UnreportedTrial:
    """A trial without a result.

    Parameters
    ----------
    study : str
        Its record.
    people : int
        How many it enrolled or plans to; 0 if it does not say.
    """

    study: str
    people: int


#: A difference that patients and doctors would care about: 1 person in 10.
WORTHWHILE = 0.1


def _benefits() -> tuple[str, ...]:
    """Return what an article speaks of when it says that a treatment helps."""
    return tuple(
        name
        for name in topic().shown_endpoints
        if topic().endpoints[name].good and family_of(name) in ("remission", "response")
    )


def has_control_arm(study: Study, therapy: str) -> bool:
    """Tell whether a study has an arm with the treatment and one without it."""
    wide = broadest(therapy)
    inside = [therapy_includes(wide, arm.therapy) for arm in study.arms.values()]
    return any(inside) and not all(inside)


def randomised_benefits(
    records: Records,
    therapy: str,
    endpoint: str | None = None,
    than: str | None = None,
) -> list[TrialsAnswer]:
    """Return what randomised trials with results found of remission and response.

    Parameters
    ----------
    records : Records
        What the rules may ask.
    therapy : str
        The treatment; narrower and wider names of it count.
    endpoint : str, optional
        Of this outcome instead.
    than : str, optional
        Against this treatment only.

    Returns
    -------
    list of TrialsAnswer
        As `compare` shows them, the broadest outcome first ("complete or partial
        remission").
    """
    wanted = (endpoint,) if endpoint else tuple(_benefits())
    found = [
        answer
        for answer in records.trials(broadest(therapy), wanted)
        if answer.randomised
        and (than is None or _is_control(than, answer.trials[0].therapies[1]))
    ]
    return sorted(
        found, key=lambda item: not topic().endpoints[item.question.endpoint].parts
    )


def _is_control(than: str, given: str) -> bool:
    """Tell whether an arm was given what a claim compares with.

    A placebo is given on top of conventional treatment.
    """
    if than == "conventional" and given == "placebo":
        return True
    return therapy_includes(than, given)


def is_better(answer: TrialsAnswer) -> bool:
    """Tell whether the interval of the trials' difference is all to the good."""
    low, high = answer.effects.risk_difference.ci
    return high < 0 if answer.good is False else low > 0


def _could_be_better(answer: TrialsAnswer) -> bool:
    """Tell whether the interval leaves room for a difference of `WORTHWHILE`."""
    low, high = answer.effects.risk_difference.ci
    return low < -WORTHWHILE if answer.good is False else high > WORTHWHILE


def randomised_finding(
    records: Records,
    therapy: str,
    endpoint: str | None = None,
    than: str | None = None,
) -> Finding | None:
    """Return what randomised trials say of a treatment's benefit; None without any."""
    answers = randomised_benefits(records, therapy, endpoint, than)
    if not answers:
        return None
    better = any(map(is_better, answers))
    code = "randomised-trial-agrees" if better else "randomised-trial-says-otherwise"
    pairs = [item for answer in answers for item in answer.trials]
    # one outcome a trial is told, the broadest; the others stand in the evidence
    broadest_of = {item.study: item for item in reversed(pairs)}
    told = pairs if better else list(broadest_of.values())
    trials = tuple(dict.fromkeys(item.study for item in pairs))
    values: dict[str, object] = {
        "trials": trials,
        "outcomes": tuple(map(told_outcome, told)),
    }
    if not better:
        values["open_yet"] = any(map(_could_be_better, answers))
    return Finding(
        code,
        values,
        tuple(_arm_evidence(item, side) for item in pairs for side in (0, 1)),
    )


def told_outcome(item: DirectEvidence) -> TrialOutcome:
    """Return one outcome of a trial: with the treatment, and without."""
    return TrialOutcome(
        item.study,
        _counted(item.first),
        _counted(item.second),
        item.endpoint,
        item.scope,
    )


def _counted(number: StudyNumber) -> Counted:
    """Return an arm's count with its interval."""
    low, high = interval(number.events, number.n, method="wilson")
    people = People(number.events, number.n)
    return Counted(people, Rate(number.rate, low, high))


def _arm_evidence(item: DirectEvidence, side: int) -> Evidence:
    """Return one arm of a trial as evidence."""
    number = (item.first, item.second)[side]
    return Evidence(
        item.study,
        item.endpoint,
        place_of(number.source, "results", number.indexes[0]),
        item.therapies[side],
        number.months,
        _counted(number),
        number.among,
        number.where,
        number.reading,
    )


def unreported_trials(records: Records, therapy: str) -> list[Study]:
    """Return a treatment's registered randomised trials without results, by size.

    A registry entry that a published study continues (it overlaps with one) is not
    unreported.
    """
    published = {
        study.id for study in records.base.studies if study.status == "published"
    }
    found = [
        study
        for study in records.base.studies
        if study.status == "registered"
        and study.design == "randomised-trial"
        and study_gives(study, therapy)
        and not study.results
        and published.isdisjoint(records.overlaps.get(study.id, set()))
    ]
    return sorted(found, key=lambda study: (-people_of(study), study.id))


def people_of(study: Study) -> int:
    """Return how many people a trial enrolled or plans to; 0 if it does not say."""
    return study.population.enrolled or study.population.planned or 0


def unreported_finding(records: Records, therapies: tuple[str, ...]) -> Finding | None:
    """Return which randomised trials never reported; None if there are none."""
    trials: list[Study] = []
    for therapy in therapies:
        trials += [t for t in unreported_trials(records, therapy) if t not in trials]
    if not trials:
        return None
    told = tuple(UnreportedTrial(study.id, people_of(study)) for study in trials)
    return Finding(
        "registered-trial-unreported",
        {"trials": told},
        tuple(_trial_evidence(records, study) for study in trials),
    )


def _trial_evidence(records: Records, study: Study) -> Evidence:
    """Return a trial as evidence: where its record says how far it has come."""
    return Evidence(
        study.id,
        "registered",
        place_of(records.files[study.id], "status"),
        where=study.registry_status,
        reading=study.reading,
    )
