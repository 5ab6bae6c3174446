"""What studies that treated people side by side found: pooled, and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, cast

from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.compare.certainty import contrast_certainty, trials_certainty
from lupus_evidence.evidence.trial_selection import (
    TrialQuestion,
    choose_trials,
    trial_questions,
    trials_of_arms,
)
from lupus_evidence.vocabulary import CONTROLLED_DESIGNS, Scope, therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lupus_evidence.compare.cells import Certainty
    from lupus_evidence.evidence.selection import SelectionRules
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.evidence.trial_selection import TrialSelection, TwoArms
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.stats.direct_effects import (
        DirectContrast,
        TrialEstimate,
        TrialMethod,
    )
    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.stats.two_by_two import EffectMeasure


@dataclass(frozen=True)
class DirectEvidence:
    """Two arms of one study, treated side by side.

    Parameters
    ----------
    study, endpoint, scope : str
        Which study, what is counted, what it was judged on.
    months : float or None
        Months after treatment.
    arms, therapies : tuple of str
        First and second arm, arms of one therapy together as "low + high"; the
        difference is first minus second.
    contrast : DirectContrast
        Typed "randomised" or "concurrent-control".
    first, second : StudyNumber
        The counts, with their places.
    certainty : Certainty
        How sure anyone can be of it by itself.
    """

    study: str
    endpoint: str
    scope: Scope
    months: float | None
    arms: tuple[str, str]
    therapies: tuple[str, str]
    contrast: DirectContrast
    first: StudyNumber
    second: StudyNumber
    certainty: Certainty

    @property
    def people(self) -> float:
        """People in both arms."""
        return self.first.people + self.second.people


@dataclass(frozen=True)
class TrialEffects:
    """One effect in the measures that readers ask for.

    Parameters
    ----------
    odds_ratio, risk_ratio, risk_difference : TrialEstimate
        By the comparison's own method; of one trial, its own.
    mh_risk_ratio, mh_risk_difference : TrialEstimate
        By Mantel and Haenszel, as if the effect were the same in every trial.
    """

    odds_ratio: TrialEstimate
    risk_ratio: TrialEstimate
    risk_difference: TrialEstimate
    mh_risk_ratio: TrialEstimate
    mh_risk_difference: TrialEstimate


@dataclass(frozen=True)
class TrialsAnswer:
    """What the trials of two therapies say about one question.

    Parameters
    ----------
    selection : TrialSelection
        The trials that enter and those that do not.
    trials : tuple of DirectEvidence
        What each of those that enter found.
    effects : TrialEffects
        Pooled where there are two or more.
    certainty : Certainty
        How sure anyone can be.
    """

    selection: TrialSelection
    trials: tuple[DirectEvidence, ...]
    effects: TrialEffects
    certainty: Certainty

    @property
    def therapies(self) -> tuple[str, str]:
        """Treatment and control."""
        return self.selection.therapies

    @property
    def question(self) -> TrialQuestion:
        """What is counted, judged on what, and when."""
        return self.selection.question

    @property
    def randomised(self) -> bool:
        """Whether chance decided who got what."""
        return self.selection.randomised

    @property
    def k(self) -> int:
        """How many trials there are."""
        return len(self.trials)

    @property
    def people(self) -> int:
        """People in both arms of all trials."""
        return self.selection.people

    @property
    def good(self) -> bool | None:
        """Whether the outcome is one that people wish for."""
        return topic().endpoints[self.question.endpoint].good

    @property
    def control_risk(self) -> float:
        """Proportion in 0-1 of people in the control arms who had the outcome."""
        return self.effects.risk_difference.control_risk

    @property
    def treated_risk(self) -> float | None:
        """Risk with treatment where the control's is `control_risk`, in 0-1."""
        difference = self.effects.risk_difference.estimate
        if difference is None:
            return None
        return min(max(self.control_risk + difference, 0.0), 1.0)

    @property
    def treated_ci(self) -> tuple[float, float]:
        """Interval of `treated_risk`: of the difference, at the control's risk."""
        low, high = self.effects.risk_difference.ci
        risk = self.control_risk
        return min(max(risk + low, 0.0), 1.0), min(max(risk + high, 0.0), 1.0)

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves out no difference."""
        low, high = self.effects.risk_difference.ci
        return low > 0 or high < 0


@dataclass(frozen=True)
class TrialPooling:
    """How trials are pooled.

    Parameters
    ----------
    method : str
        One of `stats.trials.TRIAL_METHODS`.
    level : float
        Level of every interval in 0-1.
    tau_prior : float
        Scale of the half-normal prior of the spread of log odds ratios.
    """

    method: TrialMethod = "bayes"
    level: float = 0.95
    tau_prior: float = 0.5

    @classmethod
    def beside(cls, method: Method, level: float) -> TrialPooling:
        """Return how trials are pooled where rates are pooled by another method.

        Parameters
        ----------
        method : str
            Estimator of the rates; the same where trials have it, else the default.
        level : float
            Level of every interval in 0-1.
        """
        from lupus_evidence.stats.direct_effects import TRIAL_METHODS

        known = method in TRIAL_METHODS
        return cls(cast("TrialMethod", method) if known else "bayes", level)

    def estimate(
        self,
        pairs: Sequence[TwoArms],
        effect: EffectMeasure,
        method: TrialMethod | None = None,
        tau_prior: float | None = None,
    ) -> TrialEstimate:
        """Pool trials.

        Parameters
        ----------
        pairs : sequence of TwoArms
            The trials.
        effect : {"or", "rr", "rd"}
            What is estimated.
        method : str, optional
            Another method than the comparison's own.
        tau_prior : float, optional
            Another prior scale than the comparison's own.
        """
        from lupus_evidence.stats.trials import pool_trials

        return pool_trials(
            [pair.first.events for pair in pairs],
            [pair.first.n for pair in pairs],
            [pair.second.events for pair in pairs],
            [pair.second.n for pair in pairs],
            effect=effect,
            method=method or self.method,
            level=self.level,
            tau_prior=tau_prior or self.tau_prior,
        )

    def effects(self, pairs: Sequence[TwoArms]) -> TrialEffects:
        """Return the effect of some trials in every measure.

        Parameters
        ----------
        pairs : sequence of TwoArms
            One trial or more; the risk difference of one is Newcombe's.
        """
        ratio = self.estimate(pairs, "rr", "mh")
        difference = self.estimate(pairs, "rd", "mh")
        if len(pairs) == 1:
            from lupus_evidence.stats.direct_effects import one_trial_difference

            own = one_trial_difference(difference)
            return TrialEffects(
                self.estimate(pairs, "or", "mh"), ratio, own, ratio, own
            )
        return TrialEffects(
            self.estimate(pairs, "or"),
            self.estimate(pairs, "rr"),
            self.estimate(pairs, "rd"),
            ratio,
            difference,
        )


def trials_between(
    evidence: Sequence[TherapyEvidence],
    controls: Sequence[TherapyEvidence],
    endpoints: Collection[str],
    rules: SelectionRules,
    pooling: TrialPooling,
) -> tuple[TrialsAnswer, ...]:
    """Return what trials say about each pair of therapies, and each against controls.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        Of the compared therapies, in the order asked.
    controls : sequence of TherapyEvidence
        Of treatments that stand as a control beside them.
    endpoints : collection of str
        What to look for.
    rules : SelectionRules
        What a person changed about the choice of results.
    pooling : TrialPooling
        How trials are pooled.

    Returns
    -------
    tuple of TrialsAnswer
        Pairs of compared therapies first; within a pair randomised trials first, then
        by endpoint, scope and time. A question without a usable trial is left out.
    """
    pairs = [
        *combinations(evidence, 2),
        *((one, control) for one in evidence for control in controls),
    ]
    return tuple(
        answer
        for first, second in pairs
        for randomised in (True, False)
        for answer in _answers(
            first, second, endpoints, rules, pooling, randomised=randomised
        )
    )


def controls_beside(
    base: EvidenceBase, therapies: Sequence[str]
) -> tuple[TherapyEvidence, ...]:
    """Return what the records say about the treatments that are a control to therapies.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapies : sequence of str
        Those compared: none of them, and nothing that is part of one, is a control.
    """
    given = {
        arm.therapy
        for study in base.studies
        if study.design in CONTROLLED_DESIGNS
        for arm in study.arms.values()
    }
    return tuple(
        checked_evidence(base, control)
        for control in topic().controls
        if any(therapy_includes(control, name) for name in given)
        and not any(
            therapy_includes(control, name) or therapy_includes(name, control)
            for name in therapies
        )
    )


def direct_evidence(answers: Sequence[TrialsAnswer]) -> tuple[DirectEvidence, ...]:
    """Return every difference within a study, randomised first.

    Parameters
    ----------
    answers : sequence of TrialsAnswer
        What trials say.
    """
    found = [item for answer in answers for item in answer.trials]
    return tuple(sorted(found, key=_order))


def trials_of_one_therapy(
    evidence: Sequence[TherapyEvidence],
    endpoints: Collection[str],
    rules: SelectionRules,
    level: float,
) -> tuple[DirectEvidence, ...]:
    """Return what randomised trials found between two doses or kinds of a therapy.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        Of the compared therapies.
    endpoints : collection of str
        What to look for.
    rules : SelectionRules
        What a person changed about the choice of results.
    level : float
        Level of the intervals in 0-1.
    """
    return tuple(
        _evidence(pair, question, level, randomised=True)
        for therapy in evidence
        for question in trial_questions(therapy, therapy, endpoints)
        for pair in trials_of_arms(therapy, question, rules)
    )


def _answers(
    first: TherapyEvidence,
    second: TherapyEvidence,
    endpoints: Collection[str],
    rules: SelectionRules,
    pooling: TrialPooling,
    *,
    randomised: bool,
) -> Iterator[TrialsAnswer]:
    """Yield what trials of one pair say, question by question."""
    for question in trial_questions(first, second, endpoints):
        selection = choose_trials(first, second, question, rules, randomised=randomised)
        if not selection.included:
            continue
        trials = tuple(
            _evidence(pair, question, pooling.level, randomised=randomised)
            for pair in selection.included
        )
        effects = pooling.effects(selection.included)
        tau = effects.odds_ratio.tau if selection.included[1:] else None
        sure = trials_certainty(selection, effects.risk_difference, tau)
        yield TrialsAnswer(selection, trials, effects, sure)


def _evidence(
    pair: TwoArms, question: TrialQuestion, level: float, *, randomised: bool
) -> DirectEvidence:
    """Work out what one trial found."""
    from lupus_evidence.stats.direct_effects import compare_arms

    first, second = pair.first, pair.second
    contrast = compare_arms(
        first.number.events,
        first.number.n,
        second.number.events,
        second.number.n,
        kind="randomised" if randomised else "concurrent-control",
        level=level,
    )
    return DirectEvidence(
        pair.study,
        question.endpoint,
        question.scope,
        first.months,
        (" + ".join(first.arms), " + ".join(second.arms)),
        (_given(first), _given(second)),
        contrast,
        first,
        second,
        contrast_certainty(pair, contrast.risk_difference.ci, randomised=randomised),
    )


def _given(number: StudyNumber) -> str:
    """Return the therapy of a number's arms: the narrowest name that includes all."""
    given = [number.record.arms[arm].therapy for arm in number.arms]
    name: str | None = given[0]
    while name and not all(therapy_includes(name, other) for other in given):
        name = topic().therapies[name].wider
    return name or given[0]


def _order(item: DirectEvidence) -> tuple[object, ...]:
    """Sort randomised evidence first, then by endpoint, time and study."""
    months = float("inf") if item.months is None else item.months
    return (
        item.contrast.kind != "randomised",
        list(topic().endpoints).index(item.endpoint),
        months,
        item.study,
        item.arms,
    )
