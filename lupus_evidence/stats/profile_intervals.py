"""Profile-likelihood intervals of the binomial-normal model, and the default's guard.

A value is inside while twice the drop in the log-likelihood, maximised over
everything else, stays below the chi-square quantile on one degree of freedom.

The guard is the default's interval where studies differ more than its prior allows
for. The prior of tau holds the posterior's interval too narrow once tau is well above
1. There its ends reach out toward those of the profile likelihood: the more so the
larger tau is, so that no single person decides between two rules, and never more than
part of the way to the prediction interval, so that the median over centres is never
less certain than the next centre.

A value m of the median logit is inside the guard's profile interval while

    2 (max log L - max over tau of log L(m, tau)) <= k log(1 + t^2 / (k - 1)),

t being the quantile of Student's t on k - 1 degrees of freedom. Were the studies so
large that each showed its own logit, the left side would be the same function of
Student's statistic, and the bound exact. For many studies it becomes the chi-square
quantile, which is too small for few (docs/methods.md, "Guard").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtri, stdtrit

from lupus_evidence.stats.glmm import FLATTEST, TAU_GRID, GlmmFit, profile_over_tau
from lupus_evidence.stats.likelihood import (
    Array,
    exact_rule,
    log_choose,
    log_marginal_derivatives,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.estimates import Interval
    from lupus_evidence.stats.glmm import Studies


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


# the fewest studies that can show how much they differ, and the posterior medians of
# tau at which the interval begins to be widened and is widened in full: chosen by
# the simulation told in docs/methods.md, "Guard"
LEAST_STUDIES_FOR_GUARD = 4
WIDENED_FROM, WIDENED_IN_FULL = 0.9, 1.25
# share of the way to the prediction interval, in logits, beyond which no end is moved
FARTHEST_SHARE = 0.65
# maximum likelihood looks no further than this spread: with nothing but 0/n and n/n,
# or nearly so, the likelihood hardly falls, or never, as tau grows
LARGEST_GUARDED_TAU = 10.0
# an end is found to this many logits, or after so many steps
CLOSE_LOGITS = 1e-6
CROSSING_STEPS = 30


def guard_weight(tau: float, k: int) -> float:
    """Return how far the interval is widened: 0 not at all, 1 in full.

    Parameters
    ----------
    tau : float
        Posterior median of the spread on the logit scale.
    k : int
        Studies.
    """
    if k < LEAST_STUDIES_FOR_GUARD:
        return 0.0
    way = (tau - WIDENED_FROM) / (WIDENED_IN_FULL - WIDENED_FROM)
    return min(max(way, 0.0), 1.0)


def largest_deviance(k: int, level: float) -> float:
    """Return the largest deviance inside: k log(1 + t^2 / (k - 1)).

    Parameters
    ----------
    k : int
        Studies, two or more.
    level : float
        Confidence level in 0-1.
    """
    t = float(stdtrit(k - 1, 0.5 + level / 2))
    return k * float(np.log1p(t * t / (k - 1)))


def bounded_profile(
    studies: Studies,
    fit: GlmmFit | None,
    own: Interval,
    prediction: Interval,
    level: float,
) -> Interval:
    """Return the profile interval, between the posterior's and the prediction's.

    Parameters
    ----------
    studies : Studies
        One group of studies, with some events and some without.
    fit : GlmmFit or None
        Their fit, if the likelihood has a finite maximum.
    own, prediction : tuple of float
        Logits of the posterior's interval and of the prediction interval around it.
    level : float
        Confidence level in 0-1.

    Returns
    -------
    tuple of float
        Logits: each end the posterior's or farther out, by at most `FARTHEST_SHARE` of
        the way to the prediction interval's.
    """
    logit, tau, top = _highest(studies, fit)
    reach = float(np.sqrt(largest_deviance(len(studies.n), level)))

    def beyond(at: Array) -> Array:
        found = profile_over_logit(studies, at, max(tau, 1.0), LARGEST_GUARDED_TAU)
        # the root of the deviance is nearly straight in the logit
        return np.sqrt(np.maximum(2 * (top - found), 0.0)) - reach

    inner, outer = np.array(own), np.array(prediction)
    far = inner + FARTHEST_SHARE * (outer - inner)
    # an interval beside the fit is first carried to it, which is inside for certain
    start = np.array([max(min(own[0], logit), far[0]), min(max(own[1], logit), far[1])])
    ends = _crossings(beyond, start, far)
    return min(float(ends[0]), own[0]), max(float(ends[1]), own[1])


def _highest(studies: Studies, fit: GlmmFit | None) -> tuple[float, float, float]:
    """Return logit and spread of the highest likelihood, and its logarithm.

    Without binomial coefficients; spreads beyond the largest are not looked at.
    """
    if fit is not None and fit.tau <= LARGEST_GUARDED_TAU:
        tau, start = np.array([fit.tau]), fit.logits[0]
    else:
        tau = np.append(TAU_GRID[TAU_GRID < LARGEST_GUARDED_TAU], LARGEST_GUARDED_TAU)
        events, rest = studies.events.sum(), (studies.n - studies.events).sum()
        start = float(np.log(events / rest))
    rule = exact_rule(float(tau[-1]))
    logits, values = profile_over_tau(studies, tau, np.array([start]), rule)
    best = int(np.argmax(values))
    return float(logits[0, best]), float(tau[best]), float(values[best])


def _crossings(beyond: Callable[[Array], Array], inner: Array, outer: Array) -> Array:
    """Find where a function turns positive on the way from each inner to its outer end.

    The inner end is returned where it is positive there, the outer where it never is.
    By false position, an end that stays twice being counted less (Anderson and Bjorck
    1973, doi 10.1007/BF01951936).
    """
    values = beyond(np.concatenate([inner, outer]))
    low, high = values[: len(inner)], values[len(inner) :]
    answer = np.where(low >= 0, inner, outer)
    within = (low < 0) & (high > 0)
    # a point not yet beyond and one beyond, the newer second, and their values
    old, new = inner.copy(), outer.copy()
    of_old, of_new = low.copy(), high.copy()
    for _ in range(CROSSING_STEPS):
        if not np.any(within):
            break
        rise = np.where(within, of_new - of_old, 1.0)
        at = np.where(within, new - of_new * (new - old) / rise, answer)
        value = beyond(at)
        settled = (np.abs(at - answer) < CLOSE_LOGITS) | (value == 0)
        answer = np.where(within, at, answer)
        within &= ~settled
        crossed = value * of_new < 0
        less = 1 - value / np.where(of_new == 0, 1.0, of_new)
        of_old = np.where(crossed, of_new, of_old * np.where(less > 0, less, 0.5))
        old = np.where(crossed, new, old)
        new, of_new = np.where(within, at, new), np.where(within, value, of_new)
    return answer
