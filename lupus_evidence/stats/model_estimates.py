"""Estimates from the binomial-normal model: Bayesian, and by maximum likelihood."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, expit, ndtri, stdtrit

from lupus_evidence.stats import glmm, inverse_variance, notes, profile_intervals
from lupus_evidence.stats.bayes import marginal_mean, posterior
from lupus_evidence.stats.estimates import (
    Interval,
    NamedInterval,
    Note,
    NotPooled,
    PooledEstimate,
)
from lupus_evidence.stats.notes import LEAST_FOR_PREDICTION, judge_prediction
from lupus_evidence.stats.posterior_tables import log_odds
from lupus_evidence.stats.profile_intervals import logit_interval, tau_interval

if TYPE_CHECKING:
    from lupus_evidence.stats.proportions import Counts

# rules of the recommendation in docs/methods.md, "Which default"
LEAST_STUDIES_FOR_COMPANION = 4
LARGEST_ESTIMABLE_TAU = 5.0


def bayes_estimate(counts: Counts, level: float, tau_prior: float) -> PooledEstimate:
    """Pool by the default model.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of two or more studies, neither none nor all events.
    level : float
        Level of the intervals in 0-1.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    """
    events, n = counts
    k = len(n)
    found = posterior(events, n, tau_prior)
    tail = (1 - level) / 2
    tau = found.tau_quantile(0.5)
    logit = found.median_rate.median()
    own = found.median_rate.interval(level)
    companion = _companion(counts, level)
    prediction, shown, about = judge_prediction(
        lambda: found.new_study.interval(level), k
    )
    named = [NamedInterval("posterior", *own)]
    if companion is not None and companion.ci is not None:
        named.append(NamedInterval("glmm-t(k-1)", *companion.ci))
    widened = profile_intervals.guard_weight(tau, k)
    ci = own
    if widened and prediction is not None:
        profile = _profile(counts, own, prediction, level)
        named.append(NamedInterval("bounded-profile", *profile))
        ci = _between(own, profile, widened)
    return replace(
        _frame(counts, "bayes", level, tau),
        interval_method="posterior-profile" if widened else "posterior",
        logit=logit,
        se=found.sd,
        tau2_ci=(found.tau_quantile(tail) ** 2, found.tau_quantile(1 - tail) ** 2),
        estimate=float(expit(logit)),
        ci=ci,
        prediction=prediction,
        prediction_shown=shown,
        mean=found.mean,
        intervals=tuple(named),
        companion=companion,
        tau_prior=tau_prior,
        notes=(notes.tau_prior(tau_prior), *_differences(tau, k, companion), *about),
    )


def bayes_interval(
    counts: Counts, level: float, tau_prior: float, from_prior: float
) -> Interval:
    """Return the default model's interval alone, under another prior of the spread.

    Parameters
    ----------
    counts, level, tau_prior
        As for `bayes_estimate`.
    from_prior : float
        The scale of an estimate that was made already; a tighter one follows from it.
    """
    found = posterior(*counts, tau_prior, from_prior=from_prior)
    own = found.median_rate.interval(level)
    k = len(counts[1])
    widened = profile_intervals.guard_weight(found.tau_quantile(0.5), k)
    if not widened:
        return own
    prediction, _, _ = judge_prediction(lambda: found.new_study.interval(level), k)
    if prediction is None:
        return own
    return _between(own, _profile(counts, own, prediction, level), widened)


def glmm_estimate(
    counts: Counts,
    level: float,
    test: str = "t",
    *,
    profile: bool = True,
) -> PooledEstimate | NotPooled:
    """Pool by maximum likelihood.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of two or more studies, neither none nor all events.
    level : float
        Level of the intervals in 0-1.
    test : {"t", "z", "profile"}
        Wald interval with t(k - 1) or the normal quantile, or profile likelihood.
    profile : bool
        Whether to spend time on the interval of tau^2.
    """
    events, n = counts
    k = len(n)
    data = glmm.group_studies(events, n)
    if not glmm.estimable(data):
        return notes.TAU_INFINITE
    fit = _fit(events, n)
    logit, quantiles = fit.logits[0], _wald_quantiles(k, level)
    ends = {
        name: _rates(logit, quantile * fit.se) for name, quantile in quantiles.items()
    }
    if test == "profile":
        low, high = logit_interval(data, fit, level)
        ends["profile"] = float(expit(low)), float(expit(high))
    half = quantiles["t" if test == "t" else "z"] * float(np.hypot(fit.se, fit.tau))
    prediction, shown, about = judge_prediction(lambda: _rates(logit, half), k)
    return replace(
        _frame(counts, "glmm", level, fit.tau),
        interval_method=_NAMES[test],
        logit=logit,
        se=fit.se,
        tau2_ci=_squared(tau_interval(data, fit, level)) if profile else None,
        estimate=float(expit(logit)),
        ci=ends[test],
        prediction=prediction,
        prediction_shown=shown,
        mean=float(marginal_mean(np.array(logit), np.array(fit.tau))),
        log_likelihood=fit.log_likelihood,
        intervals=tuple(
            NamedInterval(_NAMES[name], *pair) for name, pair in ends.items()
        ),
        notes=(*_fit_notes(fit, k, test), *about),
    )


_NAMES = {"t": "t(k-1)", "z": "z", "profile": "profile"}
_CAUTIONS = {"z": notes.TOO_NARROW, "profile": notes.PROFILE_TOO_NARROW}


@lru_cache(maxsize=256)
def _fit(events: tuple[float, ...], n: tuple[float, ...]) -> glmm.GlmmFit:
    """Fit once however often the same studies are asked for."""
    return glmm.fit(glmm.group_studies(events, n))


def _companion(counts: Counts, level: float) -> PooledEstimate | None:
    """Return the maximum-likelihood estimate beside the default, from k = 4 on."""
    if len(counts[0]) < LEAST_STUDIES_FOR_COMPANION:
        return None
    beside = glmm_estimate(counts, level, profile=False)
    return None if isinstance(beside, NotPooled) else beside


def _profile(
    counts: Counts, own: Interval, prediction: Interval, level: float
) -> Interval:
    """Return the profile interval, as far as it is let beyond the posterior's."""
    data = glmm.group_studies(*counts)
    fit = _fit(*counts) if glmm.estimable(data) else None
    inner, outer = _logits(own), _logits(prediction)
    outer = min(outer[0], inner[0]), max(outer[1], inner[1])
    low, high = profile_intervals.bounded_profile(data, fit, inner, outer, level)
    return float(expit(low)), float(expit(high))


def _between(own: Interval, other: Interval, share: float) -> Interval:
    """Return an interval that far, on the logit scale, from one to another."""
    pairs = zip(_logits(own), _logits(other), strict=True)
    low, high = (float(expit(a + share * (b - a))) for a, b in pairs)
    return low, high


def _differences(tau: float, k: int, companion: PooledEstimate | None) -> list[Note]:
    """Say what can be known of how much the studies differ."""
    if k < profile_intervals.LEAST_STUDIES_FOR_GUARD:
        return [notes.SPREAD_ASSUMED]
    said = []
    if tau > notes.LARGEST_TRUSTED_TAU:
        said.append(notes.TOO_DIFFERENT)
    if companion is None:
        said.append(notes.NO_COMPANION)
    elif companion.noted(notes.TAU_NOT_ESTIMABLE.code):
        said.append(notes.TAU_NOT_ESTIMABLE)
    return said


def _fit_notes(fit: glmm.GlmmFit, k: int, test: str) -> list[Note]:
    """Say what a reader of a maximum-likelihood estimate must know."""
    said = []
    if not fit.converged:
        said.append(notes.NOT_CONVERGED)
    if fit.tau > LARGEST_ESTIMABLE_TAU:
        said.append(notes.TAU_NOT_ESTIMABLE)
    if test in _CAUTIONS:
        said.append(_CAUTIONS[test])
    if fit.tau == 0:
        said.append(notes.SPREAD_ZERO)
    if k >= LEAST_FOR_PREDICTION:
        said.append(notes.SPREAD_TAKEN_AS_KNOWN)
    return said


def _frame(counts: Counts, method: str, level: float, tau: float) -> PooledEstimate:
    """Fill in what both estimators share: the studies, and how much they differ.

    Q compares one rate for all studies with a rate for each by the likelihood ratio,
    without adding to empty cells; I^2 and H^2 set tau^2 against the typical variance
    of a study's logit.
    """
    data = glmm.group_studies(*counts)
    k = len(data.n)
    q = 2 * (glmm.saturated_log_likelihood(data) - glmm.common_log_likelihood(data))
    _, variance = inverse_variance.logits(data.events[:, 0], data.n[:, 0])
    typical = inverse_variance.typical_variance(variance)
    return PooledEstimate(
        method=method,
        interval_method="",
        level=level,
        kind="ordinary",
        k=k,
        n=sum(counts[1]),
        events=sum(counts[0]),
        tau=tau,
        tau2=tau**2,
        q=max(q, 0.0),
        q_p=float(chdtrc(k - 1, max(q, 0.0))),
        i2=tau**2 / (tau**2 + typical),
        h2=tau**2 / typical + 1,
    )


def _wald_quantiles(k: int, level: float) -> dict[str, float]:
    """Return how many standard errors an interval reaches, by t(k - 1) and by z."""
    upper = 0.5 + level / 2
    return {"t": float(stdtrit(k - 1, upper)), "z": float(ndtri(upper))}


def _rates(logit: float, half: float) -> Interval:
    """Back-transform an interval of logits around its middle."""
    return float(expit(logit - half)), float(expit(logit + half))


def _logits(pair: Interval) -> Interval:
    """Return the logits of both ends."""
    low, high = log_odds(np.array(pair))
    return float(low), float(high)


def _squared(pair: Interval) -> Interval:
    """Square both ends."""
    return pair[0] ** 2, pair[1] ** 2
