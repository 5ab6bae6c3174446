"""Distributions of a location, a spread and a new study from the posterior's slices."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.posterior import (
    POINTS,
    TINY,
    LogitDistribution,
    distribution,
    tabulate,
)
from lupus_evidence.stats.posterior_grid import STRETCH, Slices
from lupus_evidence.stats.special import ndtr
from lupus_evidence.stats.tables import interpolate, running_sum

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array

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
    return scale * np.sinh(v), np.maximum.accumulate(fine[:, 0])
