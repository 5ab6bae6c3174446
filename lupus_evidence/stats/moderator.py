"""Two sets of studies compared by maximum likelihood: the side as moderator."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats import glmm, grouped, notes
from lupus_evidence.stats.special import ndtri, stdtr, stdtrit

if TYPE_CHECKING:
    from lupus_evidence.stats.counts import Counts
    from lupus_evidence.stats.estimates import Interval, NotPooled

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
    counts = grouped.group_studies(a[0] + b[0], a[1] + b[1], groups)
    if not grouped.estimable(counts):
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
    sides = grouped.group_studies(*a), grouped.group_studies(*b)
    if not all(grouped.estimable(side) for side in sides):
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
