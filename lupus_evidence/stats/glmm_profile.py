"""Profile-likelihood intervals of the binomial-normal model.

A value is inside while twice the drop in the log-likelihood, maximised over
everything else, stays below the chi-square quantile on one degree of freedom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.derivatives import log_marginal_derivatives
from lupus_evidence.stats.glmm import FLATTEST, GlmmFit, profile_over_tau
from lupus_evidence.stats.likelihood import Array, exact_rule, log_choose
from lupus_evidence.stats.special import chdtri

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.grouped import Studies

# a bracket is cut into this many parts at once, this many times: 1 in 10^7
PARTS, ROUNDS = 12, 6
# a spread beyond the first, a logit farther from the fit than the second, is infinite
LARGEST_TAU, LARGEST_LOGIT = 100.0, 40.0
TAU_STEPS = 60
SETTLED = 1e-8


def tau_interval(studies: Studies, fit: GlmmFit, level: float) -> tuple[float, float]:
    """Return the interval of tau for one group of studies.

    Parameters
    ----------
    studies : Studies
        The studies.
    fit : GlmmFit
        Their fit.
    level : float
        Confidence level in 0-1.

    Returns
    -------
    tuple of float
        Low end, 0 if the likelihood cannot exclude it, and high end, infinite if it
        lies beyond 100.
    """
    floor = _floor(studies, fit, level)

    def above(tau: Array) -> Array:
        rule = exact_rule(float(tau.max()))
        return profile_over_tau(studies, tau, np.array(fit.logits), rule)[1] - floor

    low = 0.0
    if above(np.array([0.0]))[0] < 0:
        low = _edge(above, fit.tau, 0.0)
    return low, _end(above, fit.tau, max(fit.tau, 1.0), LARGEST_TAU - fit.tau)


def logit_interval(studies: Studies, fit: GlmmFit, level: float) -> tuple[float, float]:
    """Return the interval of the median logit of one group of studies.

    Parameters
    ----------
    studies : Studies
        The studies.
    fit : GlmmFit
        Their fit.
    level : float
        Confidence level in 0-1.

    Returns
    -------
    tuple of float
        Logits; infinite where they lie more than 40 from the fit.
    """
    floor = _floor(studies, fit, level)

    def above(logit: Array) -> Array:
        return profile_over_logit(studies, logit, fit.tau) - floor

    low, high = (
        _end(above, fit.logits[0], side * 3 * fit.se, side * LARGEST_LOGIT)
        for side in (-1.0, 1.0)
    )
    return low, high


def _floor(studies: Studies, fit: GlmmFit, level: float) -> float:
    """Return the lowest log-likelihood inside, without binomial coefficients."""
    ways = float(np.sum(log_choose(studies.events, studies.n)))
    return fit.log_likelihood - ways - 0.5 * float(chdtri(1, 1 - level))


def _end(
    above: Callable[[Array], Array], inside: float, distance: float, farthest: float
) -> float:
    """Find where a function turns negative, looking twice as far each time."""
    while abs(distance) < abs(farthest):
        if above(np.array([inside + distance]))[0] <= 0:
            return _edge(above, inside, inside + distance)
        distance *= 2
    if above(np.array([inside + farthest]))[0] > 0:
        return float(np.copysign(np.inf, farthest))
    return _edge(above, inside, inside + farthest)


def _edge(above: Callable[[Array], Array], inside: float, outside: float) -> float:
    """Find where a function turns negative between two points."""
    for _ in range(ROUNDS):
        points = np.linspace(inside, outside, PARTS + 1)[1:]
        out = np.flatnonzero(above(points) <= 0)
        first = int(out[0]) if len(out) else PARTS - 1
        inside = float(points[first - 1]) if first else inside
        outside = float(points[first])
    return (inside + outside) / 2


def profile_over_logit(
    studies: Studies, logit: Array, start: float, largest: float = LARGEST_TAU
) -> Array:
    """Maximise over tau at each logit, the likelihood being even in tau.

    Parameters
    ----------
    studies : Studies
        One group of studies.
    logit : ndarray, shape (points,)
        Median logits.
    start : float
        Spread to start from; 0 and 1 or more are tried too.
    largest : float
        Spread beyond which nothing is looked for.

    Returns
    -------
    ndarray, shape (points,)
        Log-likelihoods without binomial coefficients.
    """
    best = np.full(len(logit), -np.inf)
    for first in {start, 0.0, max(start, 1.0)}:
        tau = np.full(len(logit), min(first, largest))
        for _ in range(TAU_STEPS):
            rule = exact_rule(float(tau.max()))
            at = log_marginal_derivatives(studies.events, studies.n, logit, tau, rule)
            best = np.maximum(best, at.value.sum(axis=0))
            slope, bend = at.spread.sum(axis=0), at.spread2.sum(axis=0)
            curved = np.where(bend < 0, -bend, np.maximum(bend, FLATTEST))
            limit = 0.1 + tau
            step = np.clip(slope / curved, -limit, limit)
            before, tau = tau, np.minimum(np.abs(tau + step), largest)
            if np.all(np.abs(tau - before) < SETTLED):
                break
    return best
