"""The posterior as tables to look things up in, made from its slices.

Distributions of a location or median rate, of the spread and of a new study.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, ndtr

from lupus_evidence.stats.numerics import interpolate, running_sum
from lupus_evidence.stats.posterior_grid import STRETCH, Slices

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.likelihood import Array


# probabilities beyond this are not told apart; far below any interval's tails
TINY = 1e-12
POINTS = 513


@dataclass(frozen=True, eq=False)
class LogitDistribution:
    """A continuous distribution of a rate, tabulated on the logit scale.

    Parameters
    ----------
    logit : ndarray, shape (points,)
        Increasing logits.
    log_odds : ndarray, shape (points,)
        Logit of the probability of being at or below each; increasing. Between the
        points it is interpolated linearly, and it is nearly linear itself.
    """

    logit: Array
    log_odds: Array

    def cdf(self, at: Array) -> Array:
        """Return the probability of a logit at or below `at`, elementwise."""
        inside = expit(np.interp(at, self.logit, self.log_odds))
        below = np.where(at < self.logit[0], 0.0, inside)
        return np.asarray(np.where(at > self.logit[-1], 1.0, below))

    def quantile(self, probability: Array) -> Array:
        """Return the logits below which lie these probabilities, elementwise."""
        return np.asarray(np.interp(logit(probability), self.log_odds, self.logit))

    def interval(self, level: float) -> tuple[float, float]:
        """Return the equal-tailed interval as proportions in 0-1."""
        tail = (1 - level) / 2
        low, high = expit(self.quantile(np.array([tail, 1 - tail])))
        return float(low), float(high)

    def mirrored(self) -> LogitDistribution:
        """Return the distribution of the rate's complement."""
        return LogitDistribution(-self.logit[::-1], -self.log_odds[::-1])

    def median(self) -> float:
        """Return the median logit."""
        return float(self.quantile(np.array(0.5)))


@dataclass(frozen=True, eq=False)
class Posterior:
    """What the binomial-normal model says after the data.

    Parameters
    ----------
    median_rate : LogitDistribution
        Of the median rate.
    sd : float
        Posterior standard deviation of the logit of the median rate.
    tau : ndarray, shape (points,)
        Increasing spreads from 0.
    tau_cdf : ndarray, shape (points,)
        Probability of a spread at or below each.
    predict : callable
        Makes the distribution of the rate of a new study.
    mean : float
        Mean rate of a new study, proportion in 0-1: the marginal mean rate
        averaged over the posterior.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    rate_prior : float
        a of the Beta(a, a) prior of the median rate.
    """

    median_rate: LogitDistribution
    sd: float
    tau: Array
    tau_cdf: Array
    predict: Callable[[], LogitDistribution]
    mean: float
    tau_prior: float
    rate_prior: float

    @cached_property
    def new_study(self) -> LogitDistribution:
        """The rate of a new study; worked out when asked for, a third of the work."""
        return self.predict()

    def mirrored(self) -> Posterior:
        """Return the posterior of the complement: of survival from that of death."""
        return replace(
            self,
            median_rate=self.median_rate.mirrored(),
            predict=lambda: self.new_study.mirrored(),  # noqa: PLW0108 - not before it is asked for
            mean=1 - self.mean,
        )

    def tau_quantile(self, probability: float) -> float:
        """Return the spread below which lies this probability."""
        return float(np.interp(probability, self.tau_cdf, self.tau))


def distribution(logits: Array, below: Array, above: Array) -> LogitDistribution:
    """Tabulate a distribution from its probabilities below and above given logits.

    Parameters
    ----------
    logits : ndarray, shape (points,)
        Increasing logits.
    below, above : ndarray, shape (points,)
        Probability at or below, and above, each; both given so that neither tail
        loses its digits.
    """
    keep = (below > TINY) & (above > TINY)
    return tabulate(logits[keep], np.log(below[keep]) - np.log(above[keep]))


def tabulate(logits: Array, odds: Array) -> LogitDistribution:
    """Freeze a table of logits and the log-odds of lying at or below each."""
    # rounding may leave neighbours level far out in a tail
    rising = np.append(True, odds[1:] > np.maximum.accumulate(odds)[:-1])
    table = logits[rising], odds[rising]
    for column in table:
        column.flags.writeable = False
    return LogitDistribution(*table)


def log_odds(probability: Array) -> Array:
    """Return the logit of probabilities in (0, 1), however small."""
    return np.asarray(np.log(probability) - np.log1p(-probability))


# how far into the tails the tables reach, as log-odds: 1.5e-8 and 6e-6
FARTHEST_ODDS, FARTHEST_ODDS_NEW = 18.0, 12.0
# knots of those tables, and points per gap between knots
KNOTS = 65
REFINED = 8
SQRT_2PI = float(np.sqrt(2 * np.pi))
# nodes of Gauss-Hermite for shifts of a slice by less than a third of its unit
SHIFT_NODES = 12
# deviates that spread a slice out when choosing where to tabulate a new study's rate
DEVIATES = np.linspace(-5.0, 5.0, 11)


@cache
def normal_rule(nodes: int) -> tuple[Array, Array]:
    """Return nodes and weights for the mean over a standard normal deviate.

    Parameters
    ----------
    nodes : int
        How many.
    """
    z, weight = np.polynomial.hermite_e.hermegauss(nodes)
    return z, weight / weight.sum()


def location_distribution(grid: Slices, refined: int = REFINED) -> LogitDistribution:
    """Mix the slices' distributions of the location.

    Parameters
    ----------
    grid : Slices
        The posterior.
    refined : int
        Points per gap between knots.
    """
    mass = grid.weight[:, None] * grid.mass
    knots = _quantile_grid(grid.logits, mass, FARTHEST_ODDS)
    part = np.arange(refined) / refined
    between = knots[:-1, None] + np.diff(knots)[:, None] * part
    logits = np.append(between.ravel(), knots[-1])
    place = _place(grid, logits[:, None])
    below, above = _both_tails(grid)
    return distribution(
        logits,
        interpolate(below, grid.mass, place) @ grid.weight,
        interpolate(above, -grid.mass, place) @ grid.weight,
    )


def new_study_distribution(grid: Slices) -> LogitDistribution:
    """Mix normal distributions of a new study's own value over the posterior.

    Parameters
    ----------
    grid : Slices
        The posterior.
    """
    mass = grid.weight[:, None] * grid.mass
    spread_out = grid.logits[:, ::2, None] + grid.tau[:, None, None] * DEVIATES
    share = mass[:, ::2, None] * np.exp(-0.5 * DEVIATES**2)
    logits = _quantile_grid(spread_out, share, FARTHEST_ODDS_NEW)
    # where tau is small against the slice, average the slice over a normal shift;
    # else average the normal distribution over the slice: each is smooth in its case
    narrow = grid.tau < grid.unit / STRETCH
    parts = [
        _shifted(grid.only(narrow), logits),
        _smoothed(grid.only(~narrow), logits),
    ]
    cdf, survival, density = (sum(part) for part in zip(*parts, strict=True))
    return _refined(logits, np.asarray(cdf), np.asarray(survival), np.asarray(density))


def _shifted(grid: Slices, logits: Array) -> tuple[Array, ...]:
    """Average slices, shifted by tau z, over z: cdf, survival, density."""
    z, share = normal_rule(SHIFT_NODES)
    place = _place(grid, logits[:, None, None] - grid.tau * z[:, None])
    below, above = _both_tails(grid)
    u = np.arcsinh((grid.logits - grid.mode[:, None]) / grid.unit[:, None])
    pace = (grid.unit * grid.step)[:, None] * np.cosh(u)
    flat = np.zeros_like(grid.mass)
    return tuple(
        np.einsum("yzj,z,j->y", interpolate(*table, place), share, grid.weight)
        for table in ((below, grid.mass), (above, -grid.mass), (grid.mass / pace, flat))
    )


def _smoothed(grid: Slices, logits: Array) -> tuple[Array, ...]:
    """Average normal distributions over slices: cdf, survival, density."""
    tau, mass = grid.tau[:, None], grid.weight[:, None] * grid.mass
    deviate = (logits[:, None, None] - grid.logits) / tau
    return (
        np.einsum("yjm,jm->y", ndtr(deviate), mass),
        np.einsum("yjm,jm->y", ndtr(-deviate), mass),
        np.einsum("yjm,jm->y", np.exp(-0.5 * deviate**2), mass / (tau * SQRT_2PI)),
    )


def _refined(
    logits: Array, cdf: Array, survival: Array, density: Array
) -> LogitDistribution:
    """Interpolate log-odds by cubics with the density for slopes."""
    keep = (cdf > TINY) & (survival > TINY)
    cdf, survival, logits = cdf[keep], survival[keep], logits[keep]
    odds = np.log(cdf) - np.log(survival)
    slope = density[keep] / (cdf * survival)
    gap = np.diff(logits)[:, None]
    pairs = np.stack([odds[:-1], odds[1:]], axis=1)
    slopes = np.stack([slope[:-1], slope[1:]], axis=1) * gap
    t = np.arange(REFINED) / REFINED
    between = interpolate(pairs, slopes, np.repeat(t[:, None], len(gap), axis=1)).T
    fine = (logits[:-1, None] + gap * t).ravel()
    smooth = np.append(between.ravel(), odds[-1])
    return tabulate(np.append(fine, logits[-1]), smooth)


def _both_tails(grid: Slices) -> tuple[Array, Array]:
    """Return the probability below, and above, each point of each slice."""
    below = running_sum(grid.mass)
    above = running_sum(grid.mass[:, ::-1])[:, ::-1]
    return below / below[:, -1:], above / above[:, :1]


def _place(grid: Slices, logits: Array) -> Array:
    """Return where logits of shape (..., spreads) lie in the slices, in steps."""
    u = np.arcsinh((logits - grid.mode) / grid.unit)
    return np.asarray((u + grid.left) / grid.step)


def _quantile_grid(values: Array, mass: Array, farthest: float) -> Array:
    """Choose where to tabulate: about evenly in log-odds, from weighted values."""
    order = np.argsort(values, axis=None)
    value, share = values.ravel()[order], mass.ravel()[order]
    below = np.cumsum(share) - share / 2
    above = np.cumsum(share[::-1])[::-1] - share / 2
    keep = (below > 0) & (above > 0)
    odds = np.log(below[keep]) - np.log(above[keep])
    return np.unique(
        np.interp(np.linspace(-farthest, farthest, KNOTS), odds, value[keep])
    )


def spread_distribution(grid: Slices) -> tuple[Array, Array]:
    """Tabulate the posterior distribution of the spread finely.

    Parameters
    ----------
    grid : Slices
        The posterior.

    Returns
    -------
    tuple of ndarray, shape (points,)
        Increasing spreads from 0, and the probability of a spread at or below each.
    """
    cdf = running_sum(grid.height)
    place = np.linspace(0, len(cdf) - 1, POINTS)
    fine = interpolate(
        (cdf / cdf[-1])[None], (grid.height / cdf[-1])[None], place[:, None]
    )
    v = np.interp(place, np.arange(len(cdf)), grid.v)
    # v is even-spaced, so tau between the grid's spreads follows from tau = c sinh(v)
    scale = grid.tau[-1] / np.sinh(grid.v[-1])
    # a cubic that comes with a slope to what is nearly 1 goes past it
    return scale * np.sinh(v), np.minimum(np.maximum.accumulate(fine[:, 0]), 1.0)
