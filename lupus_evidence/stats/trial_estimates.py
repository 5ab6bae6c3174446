"""What pooling trials returns, and what a log odds ratio comes to in people.

Importable without numpy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, inf, isnan, log
from typing import TYPE_CHECKING, Literal, get_args

from lupus_evidence.stats import notes
from lupus_evidence.stats.direct import newcombe_difference

if TYPE_CHECKING:
    from lupus_evidence.stats.estimates import Interval, Note
    from lupus_evidence.stats.two_by_two import EffectMeasure

TrialMethod = Literal["bayes", "mh", "peto", "glmm", "reml", "pm", "dl", "common"]
TRIAL_METHODS: tuple[TrialMethod, ...] = get_args(TrialMethod)


@dataclass(frozen=True)
class TrialEstimate:
    """The effect of a treatment over trials; what a method does not have is None.

    Parameters
    ----------
    effect : {"or", "rr", "rd"}
        What is estimated; the ratios on the log scale, the difference as a proportion
        (-1 to 1), treatment minus control.
    method, interval_method : str
        How, and how `ci` was drawn ("posterior", "knha", "z", "one-sided", "newcombe").
    level : float
        Level of the intervals in 0-1.
    k, informative : int
        Trials, and those that say anything about the odds ratio.
    n, events_a, n_a, events_b, n_b : float
        All people, and those with the outcome and people of each arm over all trials.
    control_risk : float
        Proportion in 0-1 of people in the control arms who had the outcome.
    estimate : float or None
        The effect (posterior median for "bayes"); infinite where only a bound exists.
    se : float or None
        Standard error, on the scale of the estimate, where the method has one.
    ci : tuple of float
        Interval; an end may be infinite.
    tau, tau2 : float or None
        Standard deviation and variance of the effects between trials: log odds ratios
        for "bayes" (posterior median) and "glmm", else on the estimate's scale.
    prediction : tuple of float or None
        Where the effect of a new trial would lie; from three trials on.
    weights : tuple of float, shape (k,)
        Each trial's share, 0-1; for "bayes" and "glmm" by inverse variance of the log
        odds ratio at the estimate, tau included.
    q, q_p, i2 : float or None
        Cochran's Q on k - 1 degrees of freedom, its p, I^2 in 0-1.
    notes : tuple of Note
        What a reader must know.
    """

    effect: EffectMeasure
    method: TrialMethod
    interval_method: str
    level: float
    k: int
    informative: int
    n: float
    events_a: float
    n_a: float
    events_b: float
    n_b: float
    control_risk: float
    estimate: float | None
    se: float | None
    ci: Interval
    weights: tuple[float, ...]
    tau: float | None = None
    tau2: float | None = None
    prediction: Interval | None = None
    q: float | None = None
    q_p: float | None = None
    i2: float | None = None
    notes: tuple[Note, ...] = ()

    def noted(self, code: str) -> bool:
        """Tell whether a note with this code is attached."""
        return any(note.code == code for note in self.notes)


def one_trial_difference(found: TrialEstimate) -> TrialEstimate:
    """Give the risk difference of one trial the interval that fits small arms.

    Parameters
    ----------
    found : TrialEstimate
        The risk difference of one trial; its interval is replaced by Newcombe's.

    Raises
    ------
    ValueError
        If it is of several trials, or no risk difference.
    """
    if found.k != 1 or found.effect != "rd":
        raise ValueError("Newcombe's interval is of the risk difference of one trial")
    own = newcombe_difference(
        found.events_a, found.n_a, found.events_b, found.n_b, level=found.level
    )
    return replace(
        found, estimate=own.estimate, se=None, ci=own.ci, interval_method="newcombe"
    )


def at_control_risk(found: TrialEstimate) -> TrialEstimate:
    """Turn a log odds ratio into the effect asked for, at the control arms' risk.

    Parameters
    ----------
    found : TrialEstimate
        With a log odds ratio as its estimate, whatever its `effect`.
    """
    if found.effect == "or" or found.estimate is None:
        return found
    risk, smoothed = found.control_risk, False
    if risk in {0.0, 1.0}:
        risk, smoothed = (found.events_b + 0.5) / (found.n_b + 1), True

    def turned(log_ratio: float) -> float:
        treated = risk_with(log_ratio, risk)
        if found.effect == "rd":
            return treated - risk
        return log(treated / risk) if treated > 0 else -inf

    said = (notes.AT_CONTROL_RISK, *((notes.RISK_SMOOTHED,) if smoothed else ()))
    ends = found.prediction
    return replace(
        found,
        estimate=turned(found.estimate),
        se=None,
        ci=(turned(found.ci[0]), turned(found.ci[1])),
        prediction=None if ends is None else (turned(ends[0]), turned(ends[1])),
        notes=(*found.notes, *said),
    )


def risk_with(log_odds_ratio: float, control_risk: float) -> float:
    """Return the risk with treatment, given the control's risk and the odds ratio.

    Parameters
    ----------
    log_odds_ratio : float
        Treatment against control.
    control_risk : float
        Proportion in 0-1.
    """
    if isnan(log_odds_ratio) or control_risk in {0.0, 1.0}:
        return control_risk
    logit = log(control_risk / (1 - control_risk)) + log_odds_ratio
    return 1 / (1 + exp(-logit)) if logit > 0 else exp(logit) / (1 + exp(logit))
