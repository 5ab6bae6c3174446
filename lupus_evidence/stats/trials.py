"""Effects of treatment pooled over trials with both arms.

Arm a is the treatment, arm b the control. What each set of trials gets is decided
here; the arithmetic is elsewhere. The models of odds (the default, the GLMMs and Peto's
method) give a risk ratio or risk difference at the risk of all people in the control
arms together, as GRADE's absolute effects do (Guyatt et al. 2013, doi
10.1016/j.jclinepi.2012.01.013).
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, isfinite, log
from typing import TYPE_CHECKING, Literal, get_args

from lupus_evidence.stats import notes
from lupus_evidence.stats.direct_effects import (
    TRIAL_METHODS,
    TrialEstimate,
    TrialMethod,
    at_control_risk,
    newcombe_difference,
    risk_with,
)
from lupus_evidence.stats.proportions import check_counts, check_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.stats.trial_glmm import TrialModelName
    from lupus_evidence.stats.two_by_two import EffectMeasure, Tables

EFFECT_MEASURES = ("or", "rr", "rd")
TrialTest = Literal["hk", "z"]
#: Scale of the half-normal prior of the spread of log odds ratios (`trial_posterior`).
TAU_PRIOR = 0.5
#: Where the search for a bound of the log odds ratio begins on either side.
FARTHEST_BOUND = 30.0
#: Fewer trials cannot show how much effects differ.
LEAST_FOR_PREDICTION = 3
#: With fewer the posterior of the spread is nearly its prior.
LEAST_FOR_TRUST = 5
#: Arms whose sizes differ by more, or odds ratios beyond it, bias Peto's method
#: (Greenland and Salvan 1990, doi 10.1002/sim.4780090307).
PETO_LIMIT = 2.0


def pool_trials(
    events_a: Sequence[float],
    n_a: Sequence[float],
    events_b: Sequence[float],
    n_b: Sequence[float],
    *,
    effect: EffectMeasure = "or",
    method: TrialMethod = "bayes",
    test: TrialTest = "hk",
    level: float = 0.95,
    model: TrialModelName = "unconditional",
    tau_prior: float = TAU_PRIOR,
) -> TrialEstimate:
    """Pool the effects of a treatment over trials.

    Parameters
    ----------
    events_a, n_a : sequence of float, shape (k,)
        People with the outcome, and people, under treatment.
    events_b, n_b : sequence of float, shape (k,)
        The same under control.
    effect : {"or", "rr", "rd"}
        Log odds ratio, log risk ratio or risk difference.
    method : str
        "bayes", the default: random-effects logit model (`trial_posterior`); "mh":
        Mantel-Haenszel; "peto"; "glmm": random-effects logit model by maximum
        likelihood (`trial_glmm`); "reml", "pm", "dl": inverse variance with that
        estimator of the variance between trials; "common": inverse variance without.
    test : {"hk", "z"}
        How the interval of "reml", "pm" and "dl" is drawn: by Knapp and Hartung, but
        never narrower than by the normal quantile, or by the normal quantile.
    level : float
        Level of the intervals in 0-1.
    model : {"unconditional", "conditional"}
        Which GLMM: with a fixed effect for each trial, or the exact conditional one.
    tau_prior : float
        Scale of the half-normal prior of the spread, for "bayes".

    Returns
    -------
    TrialEstimate
        With an estimate of None where no trial says anything, and an infinite one with
        a bound where the method has no finite answer.

    Raises
    ------
    ValueError
        If there is no trial, lengths differ, or a count, the level, the effect, the
        method, the test, the model or the prior is impossible.
    """
    import numpy as np

    from lupus_evidence.stats.two_by_two import Tables

    first, second = check_counts(events_a, n_a), check_counts(events_b, n_b)
    check_level(level)
    _check_choice("effect", effect, EFFECT_MEASURES)
    _check_choice("method", method, TRIAL_METHODS)
    _check_choice("test", test, get_args(TrialTest))
    _check_choice("model", model, ("unconditional", "conditional"))
    if not 0 < tau_prior < inf:
        raise ValueError(f"the prior scale of tau must be above 0, not {tau_prior!r}")
    if len(first[0]) != len(second[0]):
        raise ValueError(f"{len(first[0])} treatment arms, {len(second[0])} controls")
    if not first[0]:
        raise ValueError("there is no trial to pool")
    tables = Tables(*(np.array(column) for column in (*first, *second)))
    frame = _frame(tables, effect, method, level)
    if frame.informative == 0:
        answer = _without_information(frame, tables)
        if answer is not None:
            return answer
    if method in {"reml", "pm", "dl", "common"}:
        found = _inverse_variance(frame, tables, test)
    elif method == "mh":
        found = _mantel_haenszel(frame, tables)
    else:
        found = _of_odds(frame, tables, model, tau_prior)
    about = list(found.notes)
    if frame.k == 1:
        about.append(notes.ONE_TRIAL)
    silent = frame.k - frame.informative
    if silent and effect != "rd":
        about.append(notes.uninformative_trials(silent))
    return replace(found, notes=tuple(about))


def _check_choice(what: str, value: str, choices: Sequence[str]) -> None:
    """Refuse what is none of the choices."""
    if value not in choices:
        raise ValueError(f"there is no {what} {value!r}; use one of {tuple(choices)}")


def _frame(
    tables: Tables, effect: EffectMeasure, method: TrialMethod, level: float
) -> TrialEstimate:
    """Fill in what does not depend on the method."""
    totals = [
        float(column.sum())
        for column in (tables.events_a, tables.n_a, tables.events_b, tables.n_b)
    ]
    return TrialEstimate(
        effect=effect,
        method=method,
        interval_method="none",
        level=level,
        k=tables.k,
        informative=int(tables.informative.sum()),
        n=totals[1] + totals[3],
        events_a=totals[0],
        n_a=totals[1],
        events_b=totals[2],
        n_b=totals[3],
        control_risk=totals[2] / totals[3],
        estimate=None,
        se=None,
        ci=(-1.0, 1.0) if effect == "rd" else (-inf, inf),
        weights=(1 / tables.k,) * tables.k if tables.k == 1 else (0.0,) * tables.k,
    )


def _without_information(frame: TrialEstimate, tables: Tables) -> TrialEstimate | None:
    """Answer where no trial says anything of the odds ratio.

    Nor of the risk ratio, if nobody had the outcome; where everybody had, the risk
    ratio is 1, as sure as the difference is none. None where the method has an answer
    of its own.
    """
    if frame.effect == "or" or (frame.effect == "rr" and not tables.events.any()):
        return replace(frame, notes=(notes.NO_INFORMATION,))
    if frame.method in {"reml", "pm", "dl", "common"}:
        return None
    if frame.effect == "rd":
        return _totals(frame)
    everyone = tables.only(tables.events > 0)
    people = float(everyone.n_a.sum()), float(everyone.n_b.sum())
    found = newcombe_difference(
        people[0], people[0], people[1], people[1], level=frame.level
    )
    low, high = found.ci
    return replace(
        frame,
        estimate=0.0,
        ci=(log(1 + low), -log(1 - high)),
        interval_method="newcombe",
        notes=(notes.TOTALS_COMPARED,),
    )


def _totals(frame: TrialEstimate) -> TrialEstimate:
    """Compare the totals of the arms by Newcombe's method."""
    found = newcombe_difference(
        frame.events_a, frame.n_a, frame.events_b, frame.n_b, level=frame.level
    )
    return replace(
        frame,
        estimate=found.estimate,
        ci=found.ci,
        interval_method="newcombe",
        notes=(notes.TOTALS_COMPARED,),
    )


def _normal(
    frame: TrialEstimate, estimate: float, se: float, weights: Sequence[float]
) -> TrialEstimate:
    """Draw the normal interval of one effect for all trials."""
    from scipy.special import ndtri

    half = float(ndtri(0.5 + frame.level / 2)) * se
    return replace(
        frame,
        estimate=estimate,
        se=se,
        ci=(estimate - half, estimate + half),
        interval_method="z",
        weights=tuple(float(share) for share in weights),
    )


def _mantel_haenszel(frame: TrialEstimate, tables: Tables) -> TrialEstimate:
    """Pool by Mantel and Haenszel."""
    from lupus_evidence.stats.two_by_two import mantel_haenszel

    found = mantel_haenszel(tables, frame.effect)
    if frame.effect == "rd" and found.se == 0:
        return _totals(frame)
    if not isfinite(found.estimate):
        return _bounded(frame, tables)
    answer = _normal(frame, found.estimate, found.se, found.weights.tolist())
    return replace(answer, notes=(notes.ONE_EFFECT,))


def _inverse_variance(
    frame: TrialEstimate, tables: Tables, test: TrialTest
) -> TrialEstimate:
    """Pool the trials' own effects by inverse variance."""
    import numpy as np

    from lupus_evidence.stats import inverse_variance
    from lupus_evidence.stats.two_by_two import effects

    y, v = effects(tables, frame.effect)
    cells = (
        tables.events_a,
        tables.n_a - tables.events_a,
        tables.events_b,
        tables.n_b - tables.events_b,
    )
    said = [notes.HALF_ADDED_TO_TRIALS] if any(np.any(x == 0) for x in cells) else []
    if frame.k == 1:
        one = _normal(frame, float(y[0]), float(v[0]) ** 0.5, (1.0,))
        return replace(one, tau=0.0, tau2=0.0, notes=tuple(said))
    estimator = "common" if frame.method == "common" else frame.method
    fit = inverse_variance.fit_normal(y, v, estimator)  # type: ignore[arg-type]
    weight = 1 / (v + fit.tau2)
    answer = _normal(frame, fit.mean, fit.se, (weight / weight.sum()).tolist())
    common = frame.method == "common"
    chosen: inverse_variance.WaldTest = "z"
    if not common and test == "hk":
        z, knha = fit.ci("z", frame.level), fit.ci("knha", frame.level)
        chosen = "knha" if knha[1] - knha[0] > z[1] - z[0] else "z"
    prediction = None
    if not common and frame.k >= LEAST_FOR_PREDICTION:
        prediction = fit.prediction(chosen, frame.level)
        said.append(notes.SPREAD_TAKEN_AS_KNOWN)
    return replace(
        answer,
        se=fit.se if chosen == "z" else fit.se_knha,
        ci=fit.ci(chosen, frame.level),
        interval_method=chosen,
        tau=float(fit.tau2**0.5),
        tau2=fit.tau2,
        prediction=prediction,
        q=fit.q,
        q_p=fit.q_p,
        i2=fit.i2,
        notes=(*said, notes.ONE_EFFECT) if common else tuple(said),
    )


def _of_odds(
    frame: TrialEstimate, tables: Tables, model: TrialModelName, tau_prior: float
) -> TrialEstimate:
    """Pool log odds ratios by a model of odds, and turn them into what was asked."""
    from lupus_evidence.stats.trial_glmm import estimable

    spoken = tables.only(tables.informative)
    if frame.method == "glmm" and not estimable(tables):
        return _bounded(frame, tables)
    if frame.method == "glmm" and not estimable(tables, model):
        return replace(frame, notes=(notes.TRIALS_WITHOUT_MAXIMUM,))
    if frame.method == "bayes":
        answer = _bayes(frame, spoken, tau_prior)
    elif frame.method == "glmm":
        answer = _glmm(frame, spoken, model)
    else:
        answer = _peto(frame, tables)
    if frame.method != "peto":
        shares = iter(_information_shares(spoken, answer))
        weights = tuple(next(shares) if says else 0.0 for says in tables.informative)
        answer = replace(answer, weights=weights)
    return at_control_risk(answer)


def _bayes(frame: TrialEstimate, tables: Tables, tau_prior: float) -> TrialEstimate:
    """Summarise the posterior of the log odds ratio."""
    import numpy as np

    from lupus_evidence.stats.trial_posterior import EFFECT_PRIOR, trial_posterior

    found = trial_posterior(tables, tau_prior)
    tail = (1 - frame.level) / 2
    probabilities = np.array([0.5, tail, 1 - tail])
    middle, low, high = found.effect.quantile(probabilities).tolist()
    tau = found.tau_quantile(0.5)
    prediction, said = None, [notes.trial_priors(tau_prior, EFFECT_PRIOR)]
    if frame.informative >= LEAST_FOR_PREDICTION:
        new = found.new_trial.quantile(probabilities[1:])
        prediction = float(new[0]), float(new[1])
    elif frame.informative > 1:
        said.append(notes.TWO_TRIALS)
    if 1 < frame.informative < LEAST_FOR_TRUST:
        said.append(notes.TRIAL_SPREAD_ASSUMED)
    return replace(
        frame,
        estimate=middle,
        se=found.sd,
        ci=(low, high),
        interval_method="posterior",
        tau=tau,
        tau2=tau**2,
        prediction=prediction,
        notes=tuple(said),
    )


def _glmm(frame: TrialEstimate, tables: Tables, model: TrialModelName) -> TrialEstimate:
    """Fit by maximum likelihood; the interval is Wald's, as metafor's."""
    from scipy.special import ndtri

    from lupus_evidence.stats.trial_glmm import fit_trials

    found = fit_trials(tables, model)
    answer = _normal(frame, found.mean, found.se, frame.weights)
    said = [] if found.converged else [notes.NOT_CONVERGED]
    prediction = None
    if frame.informative >= LEAST_FOR_PREDICTION:
        half = float(ndtri(0.5 + frame.level / 2))
        half *= (found.se**2 + found.tau**2) ** 0.5
        prediction = found.mean - half, found.mean + half
        said.append(notes.SPREAD_TAKEN_AS_KNOWN)
    return replace(
        answer,
        tau=found.tau,
        tau2=found.tau**2,
        prediction=prediction,
        notes=(*said, notes.TRIALS_TOO_NARROW),
    )


def _peto(frame: TrialEstimate, tables: Tables) -> TrialEstimate:
    """Pool by Peto's method, warning where it is biased."""
    from lupus_evidence.stats.two_by_two import peto

    found = peto(tables)
    answer = _normal(frame, found.estimate, found.se, found.weights.tolist())
    ratio = tables.n_a / tables.n_b
    uneven = float(max(ratio.max(), (1 / ratio).max())) > PETO_LIMIT
    large = abs(found.estimate) > log(PETO_LIMIT)
    said = (notes.PETO_BIASED,) if uneven or large else ()
    return replace(answer, notes=(notes.ONE_EFFECT, *said))


def _information_shares(tables: Tables, answer: TrialEstimate) -> list[float]:
    """Return each trial's weight: inverse variance at the estimate, tau included."""
    import numpy as np

    from lupus_evidence.stats.trial_posterior import integrated

    theta = np.full((tables.k, 1), answer.estimate or 0.0)
    information = np.maximum(integrated(tables, theta).information[:, 0], 0.0)
    tau2 = answer.tau2 or 0.0
    weight = information / (1 + information * tau2)
    total = float(weight.sum())
    shares = weight / total if total else np.full(tables.k, 1 / tables.k)
    return [float(share) for share in shares]


def _bounded(frame: TrialEstimate, tables: Tables) -> TrialEstimate:
    """Bound a ratio where one arm has as few, or as many, events as it can.

    With all events of the informative trials in one arm, the chance of that is the
    product of the trials' own, so that the exact bound of one common odds ratio is
    where it equals the tail. A risk ratio has it at the risk of the arm with events.
    """
    from lupus_evidence.stats.two_by_two import at_least

    spoken = tables.only(tables.informative)
    low = bool(at_least(spoken).all())
    ratio_known = frame.method == "glmm" and min(frame.events_a, frame.events_b) > 0
    if frame.effect == "rd" or (frame.effect == "rr" and ratio_known):
        found = _mantel_haenszel(frame, tables)
        return replace(found, notes=(notes.ONE_ARM_EMPTY, *found.notes))
    bound = _odds_bound(spoken if low else spoken.swapped, frame.level)
    if frame.effect == "rr":
        risk = (frame.events_b / frame.n_b) if low else (frame.events_a / frame.n_a)
        bound = log(risk_with(bound, risk) / risk) if bound < inf else -log(risk)
    return replace(
        frame,
        estimate=-inf if low else inf,
        ci=(-inf, bound) if low else (-bound, inf),
        interval_method="one-sided",
        notes=(notes.ONE_ARM_EMPTY,),
    )


def _odds_bound(tables: Tables, level: float) -> float:
    """Return the exact upper bound of one common log odds ratio.

    Of trials whose treatment arms have as few events as they can; infinite where the
    people are not whole.
    """
    import numpy as np

    from lupus_evidence.stats.numerics import crossing
    from lupus_evidence.stats.two_by_two import event_distributions

    columns = (tables.events_a, tables.n_a, tables.events_b, tables.n_b)
    if not all(bool(np.all(column == np.floor(column))) for column in columns):
        return inf
    arms = event_distributions(tables)
    tail = log((1 - level) / 2)

    def likelier(theta: float) -> float:
        value = arms.cumulants(np.full((tables.k, 1), theta))[0]
        return float(value.sum()) - tail

    return crossing(likelier, -FARTHEST_BOUND, FARTHEST_BOUND)
