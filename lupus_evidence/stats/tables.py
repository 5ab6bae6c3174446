"""Smooth functions from even tables: running integrals and cubic interpolation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array

# integral over the middle interval of the quintic through six even-spaced values
QUINTIC = np.array([11, -93, 802, 802, -93, 11]) / 1440


def running_sum(values: Array) -> Array:
    """Integrate even-spaced values of unit step from the first to each.

    Parameters
    ----------
    values : ndarray, shape (..., points)
        A function that is negligible, or even, beyond its ends.

    Returns
    -------
    ndarray, shape (..., points)
        Each interval by the quintic through its six nearest values; starts at 0.
    """
    # reflected at both ends: exact where the function is even, harmless where it is
    # negligible
    padded = np.concatenate(
        [values[..., 2:0:-1], values, values[..., -2:-4:-1]], axis=-1
    )
    last = values.shape[-1] - 1
    pieces = np.zeros_like(values[..., 1:])
    for shift, share in enumerate(QUINTIC):
        pieces += share * padded[..., shift : shift + last]
    total = np.cumsum(np.maximum(pieces, 0), axis=-1)
    return np.concatenate([np.zeros_like(values[..., :1]), total], axis=-1)


def spline(knots: Array, at: Array) -> Array:
    """Return what turns values at knots into the natural cubic spline's elsewhere.

    Parameters
    ----------
    knots : ndarray, shape (k,)
        Even-spaced, increasing.
    at : ndarray, shape (points,)
        Within the knots.

    Returns
    -------
    ndarray, shape (points, k)
        Weights: the spline of any values is this matrix times them.
    """
    k, step = len(knots), knots[1] - knots[0]
    place = (at - knots[0]) / step
    left = np.clip(place.astype(np.intp), 0, k - 2)
    right, t = left + 1, place - left
    # second derivatives at the knots, times the step squared, from the values
    bend = np.zeros((k, k))
    rows = np.eye(k)
    inner = 4 * np.eye(k - 2) + np.eye(k - 2, k=1) + np.eye(k - 2, k=-1)
    bend[1:-1] = np.linalg.solve(inner, 6 * np.diff(rows, n=2, axis=0))
    s = 1 - t
    return np.asarray(
        s[:, None] * rows[left]
        + t[:, None] * rows[right]
        + ((s**3 - s) / 6)[:, None] * bend[left]
        + ((t**3 - t) / 6)[:, None] * bend[right]
    )


def interpolate(table: Array, slope: Array, place: Array) -> Array:
    """Look up rows of a table by the cubic with given values and slopes.

    Parameters
    ----------
    table, slope : ndarray, shape (rows, points)
        Values, and their slopes per step.
    place : ndarray, shape (..., rows)
        Where in its row, counted in steps from the first point; beyond the ends the
        end's value holds.

    Returns
    -------
    ndarray, shape (..., rows)
    """
    points = table.shape[1]
    inside = np.clip(place, 0, points - 1)
    left = np.minimum(inside.astype(np.intp), points - 2)
    t = inside - left
    row = np.arange(table.shape[0])
    low, high = table[row, left], table[row, left + 1]
    rise = slope[row, left] * (1 - t) - slope[row, left + 1] * t
    bend = t * t * (3 - 2 * t)
    return np.asarray(low + (high - low) * bend + t * (1 - t) * rise)
