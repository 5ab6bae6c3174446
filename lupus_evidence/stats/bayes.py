"""The default: the Bayesian binomial-normal model on a deterministic grid.

    x_i ~ Bin(n_i, expit(theta_i)),  theta_i ~ N(m, tau^2)
    tau ~ HalfNormal(s),  expit(m) ~ Beta(a, a)

with s = 1 and a = 1/2 unless told otherwise. No sampling: the joint posterior is
laid out on a grid (`posterior_grid`) and summed.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from lupus_evidence.stats.likelihood import Array, expit
from lupus_evidence.stats.posterior import (
    POINTS,
    TINY,
    LogitDistribution,
    Posterior,
    distribution,
    tabulate,
)
from lupus_evidence.stats.posterior_grid import STRETCH, Model, Slices, slices
from lupus_evidence.stats.special import ndtr
from lupus_evidence.stats.tables import interpolate, running_sum

# a of the Beta(a, a) prior of the median rate: Jeffreys, and the uniform prior that
# replaces it for one-sided bounds, where Jeffreys is too bold
JEFFREYS, UNIFORM = 0.5, 1.0
# how far into the tails the tables reach, as log-odds: 1.5e-8 and 6e-6
FARTHEST_ODDS, FARTHEST_ODDS_NEW = 18.0, 12.0
# knots of those tables, and points per gap between knots
KNOTS = 65
REFINED = 8
SQRT_2PI = float(np.sqrt(2 * np.pi))
# nodes of Gauss-Hermite for the mean of expit over a normal deviate, and for shifts
# of a slice by less than a third of its unit
NORMAL_NODES, SHIFT_NODES = 24, 12
# deviates that spread a slice out when choosing where to tabulate a new study's rate
DEVIATES = np.linspace(-5.0, 5.0, 11)
KEPT_POSTERIORS = 256


def posterior(
    events: tuple[float, ...],
    n: tuple[float, ...],
    tau_prior: float = 1.0,
    rate_prior: float = JEFFREYS,
) -> Posterior:
    """Compute the posterior of the median rate, the spread and a new study's rate.

    Parameters
    ----------
    events, n : tuple of float, shape (k,)
        People with the outcome, and people; one study or more.
    tau_prior : float
        Scale s of the half-normal prior of the spread on the logit scale.
    rate_prior : float
        a of the Beta(a, a) prior of the median rate.

    Raises
    ------
    ValueError
        If `tau_prior` is not a positive number.
    """
    if not 0 < tau_prior < np.inf:
        raise ValueError(f"the prior scale of tau must be above 0, not {tau_prior!r}")
    # one order and one side for one set of studies: the answer must not depend on it
    # by a rounding, and survival and death are one question
    studies = tuple(sorted(zip(events, n, strict=True)))
    others = tuple(sorted((size - count, size) for count, size in studies))
    if (sum(events), studies) <= (sum(count for count, _ in others), others):
        return _posterior(studies, tau_prior, rate_prior)
    return _posterior(others, tau_prior, rate_prior).mirrored()


@lru_cache(maxsize=KEPT_POSTERIORS)
def _posterior(
    studies: tuple[tuple[float, float], ...], tau_prior: float, rate_prior: float
) -> Posterior:
    """Compute the posterior of studies given as pairs of events and people."""
    counts = np.array(studies, dtype=float)
    grid = slices(Model(counts[:, :1], counts[:, 1:], tau_prior, rate_prior))
    mass = grid.weight[:, None] * grid.mass
    centre = float(np.sum(mass * grid.logits))
    tau, tau_cdf = _spread_table(grid)
    return Posterior(
        median_rate=_median_rate(grid, mass),
        sd=float(np.sqrt(np.sum(mass * (grid.logits - centre) ** 2))),
        tau=tau,
        tau_cdf=tau_cdf,
        predict=lambda: _new_study(grid, mass),
        mean=float(np.sum(mass * marginal_mean(grid.logits, grid.tau[:, None]))),
        tau_prior=tau_prior,
        rate_prior=rate_prior,
    )


def marginal_mean(logit: Array, tau: Array) -> Array:
    """Return the mean over studies of a rate whose logit is N(logit, tau^2).

    Parameters
    ----------
    logit, tau : ndarray
        Median logit and spread, broadcast against each other.

    Returns
    -------
    ndarray
        Proportions in 0-1, by Gauss-Hermite quadrature.
    """
    z, weight = _normal_rule(NORMAL_NODES)
    return np.asarray(expit(logit[..., None] + tau[..., None] * z) @ weight)


@cache
def _normal_rule(nodes: int) -> tuple[Array, Array]:
    """Return nodes and weights for the mean over a standard normal deviate."""
    z, weight = np.polynomial.hermite_e.hermegauss(nodes)
    return z, weight / weight.sum()


def _median_rate(grid: Slices, mass: Array) -> LogitDistribution:
    """Mix the slices' distributions of the logit."""
    knots = _quantile_grid(grid.logits, mass, FARTHEST_ODDS)
    part = np.arange(REFINED) / REFINED
    between = knots[:-1, None] + np.diff(knots)[:, None] * part
    logits = np.append(between.ravel(), knots[-1])
    place = _place(grid, logits[:, None])
    below, above = _both_tails(grid)
    return distribution(
        logits,
        interpolate(below, grid.mass, place) @ grid.weight,
        interpolate(above, -grid.mass, place) @ grid.weight,
    )


def _new_study(grid: Slices, mass: Array) -> LogitDistribution:
    """Mix normal distributions of a new study's logit over the posterior."""
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
    z, share = _normal_rule(SHIFT_NODES)
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


def _spread_table(grid: Slices) -> tuple[Array, Array]:
    """Tabulate the posterior distribution of the spread finely."""
    cdf = running_sum(grid.height)
    place = np.linspace(0, len(cdf) - 1, POINTS)
    fine = interpolate(
        (cdf / cdf[-1])[None], (grid.height / cdf[-1])[None], place[:, None]
    )
    v = np.interp(place, np.arange(len(cdf)), grid.v)
    # v is even-spaced, so tau between the grid's spreads follows from tau = c sinh(v)
    scale = grid.tau[-1] / np.sinh(grid.v[-1])
    return scale * np.sinh(v), np.maximum.accumulate(fine[:, 0])
