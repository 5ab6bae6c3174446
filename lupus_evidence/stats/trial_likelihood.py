"""What one trial says of its own log odds ratio, whatever its baseline risk.

    a ~ Bin(n_a, expit(alpha + theta / 2)),  b ~ Bin(n_b, expit(alpha - theta / 2))

The baseline alpha is integrated out against a flat prior, so that it does not matter
which arm it is measured from (Smith, Spiegelhalter and Thomas 1995, doi
10.1002/sim.4780142408, take a wide normal prior). A trial in which no one, or everyone,
had the outcome says nothing of theta and has no such integral. The logarithm of the
integral is concave in theta, being that of a log-concave function of both (Prekopa
1971).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.likelihood import expit, softplus
from lupus_evidence.stats.tabulated_model import StudyLikelihoods

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.two_by_two import Tables

    _Counts = tuple[Array, ...]

# nodes over the baseline, sinh stretch, and how far down the integrand is followed
NODES, STRETCH, DEPTH = 49, 3.0, 32.0
# first guess of the integrand's reach in units of its scale
PROBE = 3.5
# Newton steps toward the baseline's mode; one moves it by this much at most
MODE_STEPS, LONGEST_STEP = 100, 2.0
CENTRED = 0.05
# a slope or curvature below this is none
FLAT = 1e-200


@dataclass(frozen=True, eq=False)
class TrialLikelihoods:
    """What trials say of their own log odds ratios.

    Parameters
    ----------
    tables : Tables
        Informative trials.
    """

    tables: Tables

    @property
    def k(self) -> int:
        """How many trials there are."""
        return self.tables.k

    def at(self, theta: Array) -> StudyLikelihoods:
        """Return the likelihoods at log odds ratios of shape (k, points)."""
        return integrated(self.tables, theta)

    def one(self, index: int) -> TrialLikelihoods:
        """Return one of the trials."""
        return TrialLikelihoods(self.tables.only(np.arange(self.k) == index))


def integrated(tables: Tables, theta: Array) -> StudyLikelihoods:
    """Integrate each trial's baseline out.

    Parameters
    ----------
    tables : Tables
        Informative trials.
    theta : ndarray, shape (k, points)
        Log odds ratios.
    """
    counts = tuple(
        cell[:, None]
        for cell in (tables.events_a, tables.n_a, tables.events_b, tables.n_b)
    )
    half = theta / 2
    mode, scale = _baseline_mode(counts, half)
    top = _log_integrand(counts, mode, half)
    unit = STRETCH * scale
    left, right = (
        np.arcsinh(_reach(counts, half, (mode, scale, top), side) / unit)
        for side in (-1.0, 1.0)
    )
    length = left + right
    u = length[..., None] * np.linspace(0, 1, NODES) - left[..., None]
    alpha = mode[..., None] + unit[..., None] * np.sinh(u)
    a, n_a, c, n_b = wide = tuple(cell[..., None] for cell in counts)
    log_height = _log_integrand(wide, alpha, half[..., None])
    weight = np.exp(log_height - top[..., None]) * np.cosh(u)
    total = weight.sum(axis=-1)
    share = weight / total[..., None]
    p, q = expit(alpha + half[..., None]), expit(alpha - half[..., None])
    score = ((a - n_a * p) - (c - n_b * q)) / 2
    curvature = (n_a * p * (1 - p) + n_b * q * (1 - q)) / 4
    slope = np.sum(share * score, axis=-1)
    spread = np.sum(share * (score - slope[..., None]) ** 2, axis=-1)
    return StudyLikelihoods(
        value=top + np.log(total * unit * length / (NODES - 1)),
        slope=slope,
        information=np.sum(share * curvature, axis=-1) - spread,
    )


def _log_integrand(counts: _Counts, alpha: Array, half: Array) -> Array:
    """Return the log likelihood of baseline and half log odds ratio."""
    a, n_a, c, n_b = counts
    up, down = alpha + half, alpha - half
    return np.asarray(a * up - n_a * softplus(up) + c * down - n_b * softplus(down))


def _reach(
    counts: _Counts, half: Array, peak: tuple[Array, Array, Array], side: float
) -> Array:
    """Bound how far from its mode the integrand stays above exp(-DEPTH).

    It is log-concave, so its tangent at a probe lies above it.
    """
    a, n_a, c, n_b = counts
    mode, scale, top = peak
    at = mode + side * PROBE * scale
    drop = top - _log_integrand(counts, at, half)
    slope = side * (n_a * expit(at + half) + n_b * expit(at - half) - (a + c))
    beyond = np.maximum(DEPTH - drop, 0) / np.maximum(slope, FLAT)
    return np.asarray(PROBE * scale + beyond)


def _baseline_mode(counts: _Counts, half: Array) -> tuple[Array, Array]:
    """Find the likeliest baseline at each log odds ratio, and its scale."""
    a, n_a, c, n_b = counts
    rate = (a + c) / (n_a + n_b)
    alpha = np.log(rate / (1 - rate)) + np.zeros_like(half)
    # the zero lies between those of the arms as if all people were in one of them
    low, high = alpha - np.abs(half), alpha + np.abs(half)
    for _ in range(MODE_STEPS):
        p, q = expit(alpha + half), expit(alpha - half)
        slope = (a + c) - n_a * p - n_b * q
        low, high = np.where(slope > 0, alpha, low), np.where(slope < 0, alpha, high)
        curvature = n_a * p * (1 - p) + n_b * q * (1 - q)
        step = slope / np.maximum(curvature, FLAT)
        settled = step * step * curvature < CENTRED**2
        if np.all(settled | (high - low < CENTRED)):
            break
        newton = alpha + np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        inside = (newton > low) & (newton < high)
        alpha = np.where(settled, alpha, np.where(inside, newton, (low + high) / 2))
    p, q = expit(alpha + half), expit(alpha - half)
    return alpha, 1 / np.sqrt(n_a * p * (1 - p) + n_b * q * (1 - q))
