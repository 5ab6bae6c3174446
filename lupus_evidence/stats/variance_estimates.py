"""Estimates by inverse variance: logits, and Freeman-Tukey's double arcsine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats import freeman_tukey, inverse_variance, notes
from lupus_evidence.stats.bayes import marginal_mean
from lupus_evidence.stats.estimates import NamedInterval, PooledEstimate
from lupus_evidence.stats.prediction import LEAST_STUDIES, judge_prediction
from lupus_evidence.stats.special import expit

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.counts import Counts
    from lupus_evidence.stats.estimates import Interval, Note
    from lupus_evidence.stats.inverse_variance import (
        Estimator,
        InverseVarianceFit,
        WaldTest,
    )

NAMES = {"z": "z", "knha": "knha", "wider": "wider-of-knha-and-z"}


def inverse_variance_estimate(
    counts: Counts, estimator: Estimator, level: float, test: str
) -> PooledEstimate:
    """Pool logits by inverse variance.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of two or more studies.
    estimator : {"reml", "pm", "dl", "ml", "common"}
        Of the variance between studies.
    level : float
        Level of the intervals in 0-1.
    test : {"wider", "z", "knha"}
        How the interval is drawn.
    """
    events, n = np.array(counts[0]), np.array(counts[1])
    k = len(n)
    y, v = inverse_variance.logits(events, n)
    fit = inverse_variance.fit(y, v, estimator)
    common = estimator == "common"
    half_added = bool(np.any((events == 0) | (events == n)))
    chosen = "z" if common else _chosen(fit, test, level)
    intervals = _named(fit, level, _rate, z_only=common)
    prediction, shown, about = judge_prediction(
        lambda: _both(fit.prediction(chosen, level), _rate), k
    )
    of_tau2 = (
        inverse_variance.profile_interval
        if estimator == "ml"
        else inverse_variance.q_profile_interval
    )
    return PooledEstimate(
        method=estimator,
        interval_method=NAMES["z" if common else test],
        level=level,
        kind="ordinary",
        k=k,
        n=float(n.sum()),
        events=float(events.sum()),
        logit=fit.mean,
        se=fit.se,
        tau=float(np.sqrt(fit.tau2)),
        tau2=fit.tau2,
        tau2_ci=None if common else of_tau2(y, v, level),
        estimate=_rate(fit.mean),
        ci=_both(fit.ci(chosen, level), _rate),
        prediction=None if common else prediction,
        prediction_shown=shown and not common,
        mean=float(marginal_mean(np.array(fit.mean), np.array(np.sqrt(fit.tau2)))),
        q=fit.q,
        q_p=fit.q_p,
        i2=fit.i2,
        h2=fit.h2,
        intervals=intervals,
        notes=(*_cautions(fit, half_added, common=common), *(() if common else about)),
    )


def freeman_tukey_estimate(counts: Counts, level: float, test: str) -> PooledEstimate:
    """Pool double arcsines by REML and turn the result back into a rate.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of two or more studies.
    level : float
        Level of the interval in 0-1.
    test : {"wider", "z", "knha"}
        How the interval is drawn.
    """
    events, n = np.array(counts[0]), np.array(counts[1])
    fit = inverse_variance.fit(*freeman_tukey.double_arcsine(events, n), "reml")

    def rate(value: float) -> float:
        return freeman_tukey.back_transform(value, n)

    return PooledEstimate(
        method="freeman-tukey",
        interval_method=NAMES[test],
        level=level,
        kind="ordinary",
        k=len(n),
        n=float(n.sum()),
        events=float(events.sum()),
        estimate=rate(fit.mean),
        ci=_both(fit.ci(_chosen(fit, test, level), level), rate),
        q=fit.q,
        q_p=fit.q_p,
        i2=fit.i2,
        h2=fit.h2,
        intervals=_named(fit, level, rate, z_only=False),
        notes=(notes.FREEMAN_TUKEY,),
    )


def _cautions(fit: InverseVarianceFit, half_added: bool, *, common: bool) -> list[Note]:
    """Say what a reader of a large-sample estimate must know."""
    said = [notes.LARGE_SAMPLE]
    if half_added:
        said.append(notes.HALF_ADDED)
    if common:
        return [*said, notes.ONE_RATE]
    if fit.tau2 == 0:
        said.append(notes.SPREAD_ZERO)
    if fit.k >= LEAST_STUDIES:
        said.append(notes.SPREAD_TAKEN_AS_KNOWN)
    return said


def _chosen(fit: InverseVarianceFit, test: str, level: float) -> WaldTest:
    """Resolve "wider": Knapp-Hartung's interval, but never narrower than z."""
    if test == "wider":
        by_z, by_knha = fit.ci("z", level), fit.ci("knha", level)
        return "z" if by_z[0] < by_knha[0] else "knha"
    return "z" if test == "z" else "knha"


def _named(
    fit: InverseVarianceFit,
    level: float,
    rate: Callable[[float], float],
    *,
    z_only: bool,
) -> tuple[NamedInterval, ...]:
    """Return the z interval and, where there is one, Knapp-Hartung's."""
    tests: tuple[WaldTest, ...] = ("z",) if z_only else ("z", "knha")
    return tuple(
        NamedInterval(name, *_both(fit.ci(name, level), rate)) for name in tests
    )


def _rate(logit: float) -> float:
    """Back-transform a logit."""
    return float(expit(logit))


def _both(ends: Interval, rate: Callable[[float], float]) -> Interval:
    """Back-transform both ends."""
    return rate(ends[0]), rate(ends[1])
