"""Indirect differences between rates pooled from different studies.

By the default model, and by maximum likelihood with the side as moderator. Nothing
here is randomised: the two sides come from different studies of different people,
and every result says so in its `kind`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import expit, ndtri, stdtr, stdtrit

from lupus_evidence.stats import glmm, notes
from lupus_evidence.stats.bayes import JEFFREYS, UNIFORM, posterior
from lupus_evidence.stats.direct_effects import (
    Effect,
)
from lupus_evidence.stats.numerics import halve
from lupus_evidence.stats.posterior_tables import LogitDistribution, log_odds
from lupus_evidence.stats.profile_intervals import LEAST_STUDIES_FOR_GUARD
from lupus_evidence.stats.proportions import (
    Counts,
    check_counts,
    check_level,
    in_one_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lupus_evidence.stats.estimates import Interval, Note, NotPooled
    from lupus_evidence.stats.likelihood import Array


# Gauss-Legendre nodes over the probabilities of one side
NODES = 200
# halvings of the bracket of a quantile: 1 in 10^10, far below the grid's own error
HALVINGS = 34
# a difference of logits lies within this
FARTHEST_LOG_RATIO = 80.0


@dataclass(frozen=True)
class IndirectContrast:
    """Side a against side b, from different studies: unadjusted.

    Parameters
    ----------
    kind : {"indirect"}
        Always: these people were not randomised between a and b.
    k_a, k_b : int
        Studies on each side.
    n_a, n_b : float
        People on each side.
    risk_difference : Effect
        Median rate of a minus that of b; proportions, -1 to 1.
    odds_ratio : Effect
        Odds of a's median rate over those of b's.
    probability_higher : float
        Probability that a's median rate exceeds b's, in 0-1.
    level : float
        Level of the intervals in 0-1.
    tau_prior : float
        Scale of the half-normal prior of each side's spread.
    common_tau, separate_taus : ModeratorContrast or NotPooled
        The same by maximum likelihood with the side as moderator, checkable in R.
    notes : tuple of Note
        What a reader must know.
    """

    kind: Literal["indirect"]
    k_a: int
    k_b: int
    n_a: float
    n_b: float
    risk_difference: Effect
    odds_ratio: Effect
    probability_higher: float
    level: float
    tau_prior: float
    common_tau: ModeratorContrast | NotPooled
    separate_taus: ModeratorContrast | NotPooled
    notes: tuple[Note, ...]


def compare_rates(
    a: tuple[Sequence[float], Sequence[float]],
    b: tuple[Sequence[float], Sequence[float]],
    *,
    level: float = 0.95,
    tau_prior: float = 1.0,
) -> IndirectContrast | None:
    """Compare the median rates of two sets of studies that share no people.

    Every side enters by the default model, one with a single study too: what that
    study's own rate leaves open is how its centre differs from others, and a
    difference between therapies must have that in it.

    Parameters
    ----------
    a, b : tuple of sequence of float
        Events and people of each side's studies: ``(events, n)``.
    level : float
        Level of the equal-tailed intervals in 0-1.
    tau_prior : float
        Scale of the half-normal prior of each side's spread.

    Returns
    -------
    IndirectContrast or None
        None if a side has no study.

    Raises
    ------
    ValueError
        If a count, the level or the prior is impossible.
    """
    check_level(level)
    sides = check_counts(*a), check_counts(*b)
    if not sides[0][0] or not sides[1][0]:
        return None
    sides = in_one_order(sides[0]), in_one_order(sides[1])
    (of_a, about_a), (of_b, about_b) = (_side(side, tau_prior) for side in sides)
    difference, ratio, higher = _effects(of_a, of_b, level)
    said = dict.fromkeys([notes.UNADJUSTED, *about_a, *about_b])
    return IndirectContrast(
        kind="indirect",
        k_a=len(sides[0][1]),
        k_b=len(sides[1][1]),
        n_a=sum(sides[0][1]),
        n_b=sum(sides[1][1]),
        risk_difference=difference,
        odds_ratio=ratio,
        probability_higher=higher,
        level=level,
        tau_prior=tau_prior,
        common_tau=compare_by_moderator(*sides, level=level, separate_taus=False),
        separate_taus=compare_by_moderator(*sides, level=level, separate_taus=True),
        notes=tuple(said),
    )


@cache
def _nodes() -> tuple[Array, Array]:
    """Return the nodes and weights of Gauss-Legendre quadrature on (-1, 1)."""
    return np.polynomial.legendre.leggauss(NODES)


def _effects(
    of_a: LogitDistribution, of_b: LogitDistribution, level: float
) -> tuple[Effect, Effect, float]:
    """Return risk difference, odds ratio and the probability that a is higher.

    The distribution function of a difference is side b's, averaged over side a.
    """
    u, weight = _nodes()
    logit_a, weight = of_a.quantile((u + 1) / 2), weight / 2
    tails = np.array([0.5, (1 - level) / 2, (1 + level) / 2])

    def ratio_below(at: Array) -> Array:
        return np.asarray((1 - of_b.cdf(logit_a - at[:, None])) @ weight)

    def difference_below(at: Array) -> Array:
        least = expit(logit_a) - at[:, None]
        inside = np.clip(least, np.finfo(float).tiny, 1 - np.finfo(float).eps)
        above = 1 - of_b.cdf(log_odds(inside))
        inner = np.where(least >= 1, 0.0, above)
        return np.asarray(np.where(least <= 0, 1.0, inner) @ weight)

    difference = _quantiles(difference_below, tails, 1.0)
    ratio = np.exp(_quantiles(ratio_below, tails, FARTHEST_LOG_RATIO))
    return _effect(difference), _effect(ratio), float(of_b.cdf(logit_a) @ weight)


def typical_rate(
    events: float, n: float, *, level: float = 0.95, tau_prior: float = 1.0
) -> Effect:
    """Return what one study says about the median rate over centres.

    Not that study's own rate, whose exact interval is far narrower: with 87 people and
    tau 0.6 the exact interval holds the median rate 65 % of the time, this one 99 %
    (docs/methods.md, "Differences").

    Parameters
    ----------
    events, n : float
        People with the outcome, and people.
    level : float
        Level of the equal-tailed interval in 0-1.
    tau_prior : float
        Scale of the half-normal prior of the spread.

    Raises
    ------
    ValueError
        If a count, the level or the prior is impossible.
    """
    check_level(level)
    found, _ = _side(check_counts((events,), (n,)), tau_prior)
    return Effect(float(expit(found.median())), found.interval(level))


def _side(side: Counts, tau_prior: float) -> tuple[LogitDistribution, list[Note]]:
    """Return the posterior of one side's median rate, and what is said about it."""
    events, n = side
    said = [notes.SINGLE_STUDY_SIDE] if len(n) == 1 else []
    none_or_all = not any(events) or events == n
    found = posterior(events, n, tau_prior, UNIFORM if none_or_all else JEFFREYS)
    if none_or_all:
        said.append(notes.UNIFORM_SIDE)
    if len(n) < LEAST_STUDIES_FOR_GUARD:
        # too few to tell how much studies differ, whatever the posterior of tau says
        said.append(notes.SPREAD_ASSUMED)
    elif not none_or_all and found.tau_quantile(0.5) > notes.LARGEST_TRUSTED_TAU:
        said.append(notes.SIDE_TOO_DIFFERENT)
    return found.median_rate, said


def _quantiles(
    below: Callable[[Array], Array], probability: Array, farthest: float
) -> Array:
    """Invert a distribution function by halving, all probabilities at once."""
    far = np.full(len(probability), farthest)
    return halve(lambda at: below(at) < probability, -far, far, HALVINGS)


def _effect(quantiles: Array) -> Effect:
    """Turn median, low and high into an effect."""
    median, low, high = (float(value) for value in quantiles)
    return Effect(median, (low, high))


# two logits and one spread cannot be had from fewer
LEAST_STUDIES = 3


@dataclass(frozen=True)
class ModeratorContrast:
    """Odds of side a over those of side b by maximum likelihood.

    Parameters
    ----------
    log_odds_ratio, se : float
        Difference of the median logits and its standard error.
    odds_ratio : float
        exp(log_odds_ratio).
    ci, ci_z : tuple of float
        Interval of the odds ratio with t on `df` degrees of freedom, and with the
        normal quantile.
    p : float
        Two-sided, from t on `df` degrees of freedom.
    df : float
        k - 2 with a common spread; Welch-Satterthwaite with separate ones.
    tau : tuple of float
        Spread: common, or of a and of b.
    log_likelihood : float
        At the maximum.
    """

    log_odds_ratio: float
    se: float
    odds_ratio: float
    ci: Interval
    ci_z: Interval
    p: float
    df: float
    tau: tuple[float, ...]
    log_likelihood: float


def compare_by_moderator(
    a: Counts, b: Counts, *, level: float, separate_taus: bool
) -> ModeratorContrast | NotPooled:
    """Fit the binomial-normal model to both sides.

    Parameters
    ----------
    a, b : tuple of tuple of float
        Events and people of each side's studies.
    level : float
        Level of the intervals in 0-1.
    separate_taus : bool
        Whether each side has a spread of its own.

    Returns
    -------
    ModeratorContrast or NotPooled
        Not pooled where there is no finite maximum, or too few studies.
    """
    if separate_taus:
        return _separate(a, b, level)
    if len(a[0]) + len(b[0]) < LEAST_STUDIES:
        return notes.TOO_FEW_FOR_MODERATOR
    groups = (0,) * len(a[0]) + (1,) * len(b[0])
    counts = glmm.group_studies(a[0] + b[0], a[1] + b[1], groups)
    if not glmm.estimable(counts):
        return notes.NO_FINITE_MAXIMUM
    fit = glmm.fit(counts)
    (first, mixed), (_, second) = fit.covariance
    se = float(np.sqrt(first + second - 2 * mixed))
    difference = fit.logits[0] - fit.logits[1]
    df = len(groups) - 2
    tau = (fit.tau,)
    return _contrast((difference, se, df), level, tau, fit.log_likelihood)


def _separate(a: Counts, b: Counts, level: float) -> ModeratorContrast | NotPooled:
    """Fit each side by itself."""
    if min(len(a[0]), len(b[0])) < 2:  # noqa: PLR2004 - a spread needs two studies
        return notes.TOO_FEW_FOR_MODERATOR
    sides = glmm.group_studies(*a), glmm.group_studies(*b)
    if not all(glmm.estimable(side) for side in sides):
        return notes.NO_FINITE_MAXIMUM
    fits = [glmm.fit(side) for side in sides]
    variances = [fit.se**2 for fit in fits]
    # Welch 1947, doi 10.1093/biomet/34.1-2.28
    df = sum(variances) ** 2 / sum(
        variance**2 / (len(side.n) - 1)
        for variance, side in zip(variances, sides, strict=True)
    )
    return _contrast(
        (
            fits[0].logits[0] - fits[1].logits[0],
            float(np.sqrt(sum(variances))),
            df,
        ),
        level,
        (fits[0].tau, fits[1].tau),
        fits[0].log_likelihood + fits[1].log_likelihood,
    )


def _contrast(
    wald: tuple[float, float, float],
    level: float,
    tau: tuple[float, ...],
    log_likelihood: float,
) -> ModeratorContrast:
    """Draw the intervals of a difference of logits, given it, its error and df."""
    difference, se, df = wald
    by_t, by_z = float(stdtrit(df, 0.5 + level / 2)), float(ndtri(0.5 + level / 2))
    t_ends, z_ends = (
        (_ratio(difference - q * se), _ratio(difference + q * se)) for q in (by_t, by_z)
    )
    return ModeratorContrast(
        log_odds_ratio=difference,
        se=se,
        odds_ratio=_ratio(difference),
        ci=t_ends,
        ci_z=z_ends,
        p=2 * float(stdtr(df, -abs(difference) / se)),
        df=df,
        tau=tau,
        log_likelihood=log_likelihood,
    )


def _ratio(log_ratio: float) -> float:
    """Return exp, infinite rather than too large."""
    try:
        return exp(log_ratio)
    except OverflowError:
        return float("inf")
