"""What one trial says of its own log odds ratio, whatever its baseline risk.

    a ~ Bin(n_a, expit(alpha + theta / 2)),  b ~ Bin(n_b, expit(alpha - theta / 2))

The baseline alpha is integrated out against a flat prior, so that it does not matter
which arm it is measured from (Smith, Spiegelhalter and Thomas 1995, doi
10.1002/sim.4780142408, take a wide normal prior). A trial in which no one, or everyone,
had the outcome says nothing of theta and has no such integral. The logarithm of the
integral is concave in theta, being that of a log-concave function of both (Prekopa
1971); it is tabulated once for each trial.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.likelihood import expit, softplus

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
# log odds ratios beyond this are not told apart: e^30 is 10^13
FARTHEST = 30.0
# the table follows the likelihood down to exp(-20) of its height
TABLE_DEPTH = 20.0
# the curvature that sets the table's step is looked at this far below the top
CURVATURE_DEPTH = 2.0
# table points per scale of the likelihood; those by which it is integrated are half
PER_SCALE = 4
# an end, or the top, is found to 60 / 2^16, a thousandth
HALVINGS = 16
# a likelihood flatter than one whose scale is 30 says nothing within the range
FLATTEST = 1e-3
# a slope or curvature below this is none
FLAT = 1e-200


@dataclass(frozen=True, eq=False)
class TrialLikelihoods:
    """Integrated likelihoods of trials at given log odds ratios.

    Parameters
    ----------
    value, slope, information : ndarray, shape (k, points)
        Log likelihood up to a constant, its derivative in theta, and minus its second.
    """

    value: Array
    slope: Array
    information: Array


def integrated(tables: Tables, theta: Array) -> TrialLikelihoods:
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
    return TrialLikelihoods(
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


@dataclass(frozen=True, eq=False)
class TrialTable:
    """One trial's log likelihood on an even grid of its log odds ratio.

    Parameters
    ----------
    theta : ndarray, shape (points,)
        Increasing log odds ratios.
    value, slope : ndarray, shape (points,)
        Log likelihood relative to its highest, and its derivative.
    step : float
        Between two points.
    scale : float
        Width on which it changes.
    """

    theta: Array
    value: Array
    slope: Array
    step: float
    scale: float

    def at(self, theta: Array) -> tuple[Array, Array]:
        """Return log likelihood and derivative, straight on beyond the table's ends.

        Parameters
        ----------
        theta : ndarray
            Log odds ratios.
        """
        place = (theta - self.theta[0]) / self.step
        inside = np.clip(place, 0, len(self.theta) - 1)
        left = np.minimum(inside.astype(np.intp), len(self.theta) - 2)
        t = inside - left
        low, high = self.value[left], self.value[left + 1]
        m0, m1 = self.slope[left] * self.step, self.slope[left + 1] * self.step
        # the cubic with these values and slopes, by powers of t
        rise = high - low
        second, third = 3 * rise - 2 * m0 - m1, m0 + m1 - 2 * rise
        value = low + t * (m0 + t * (second + t * third))
        slope = (m0 + t * (2 * second + t * 3 * third)) / self.step
        beyond = (place - inside) * self.step
        return value + beyond * slope, slope


def tabulated(tables: Tables) -> list[TrialTable]:
    """Tabulate the likelihood of each trial.

    Parameters
    ----------
    tables : Tables
        Informative trials.
    """
    mode = _likeliest(tables)
    top = integrated(tables, mode[:, None]).value[:, 0]
    ends = [_depth_at(tables, mode, top, TABLE_DEPTH, side) for side in (-1.0, 1.0)]
    near = [_depth_at(tables, mode, top, CURVATURE_DEPTH, side) for side in (-1.0, 1.0)]
    looked_at = np.stack([*near, mode], axis=1)
    information = integrated(tables, looked_at).information.max(axis=1)
    scale = 1 / np.sqrt(np.maximum(information, FLATTEST))
    found = []
    for i in range(tables.k):
        one = tables.only(np.arange(tables.k) == i)
        low, high = float(ends[0][i]), float(ends[1][i])
        points = int(np.ceil((high - low) * PER_SCALE / scale[i])) // 2 * 2 + 3
        theta = np.linspace(low, high, points)
        at = integrated(one, theta[None])
        found.append(
            TrialTable(
                theta,
                at.value[0] - top[i],
                at.slope[0],
                float(theta[1] - theta[0]),
                float(scale[i]),
            )
        )
    return found


def _likeliest(tables: Tables) -> Array:
    """Find each trial's likeliest log odds ratio; an end where it has none."""
    low = np.full(tables.k, -FARTHEST)
    high = np.full(tables.k, FARTHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rising = integrated(tables, middle[:, None]).slope[:, 0] > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.asarray((low + high) / 2)


def _depth_at(
    tables: Tables, mode: Array, top: Array, depth: float, side: float
) -> Array:
    """Find where, to one side, the likelihood is down by a depth, or the range ends."""
    near, far = mode, np.full_like(mode, side * FARTHEST)
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        value = integrated(tables, middle[:, None]).value[:, 0]
        inside = top - value < depth
        near, far = np.where(inside, middle, near), np.where(inside, far, middle)
    return np.asarray((near + far) / 2)
