"""Zeros by halving, running integrals and cubic interpolation."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from lupus_evidence.stats.likelihood import Array


# halving an interval 200 times exhausts double precision from any start
HALVINGS = 200
# a function still positive here is taken never to cross
FARTHEST = 1e9


def crossing(
    function: Callable[[float], float], low: float = 0.0, high: float = 1.0
) -> float:
    """Find the zero of a function that is positive at `low` and falls from there.

    Parameters
    ----------
    function : callable
        Continuous function of one number.
    low : float
        Where to start; returned if the function is not positive there.
    high : float
        First guess of a point beyond the zero; doubled until it is.

    Returns
    -------
    float
        The zero to full precision; infinity if there is none below 1e9.
    """
    if function(low) <= 0:
        return low
    while function(high) > 0:
        low, high = high, 2 * high
        if high > FARTHEST:
            return inf
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


# integral over the middle interval of the quintic through six even-spaced values
QUINTIC = np.array([11, -93, 802, 802, -93, 11]) / 1440


def halve(
    before: Callable[[Array], NDArray[np.bool_]], low: Array, high: Array, times: int
) -> Array:
    """Find by halving where conditions turn, all of them at once.

    Parameters
    ----------
    before : callable
        Tells of each point whether it lies on the side of `low`.
    low, high : ndarray
        Points on either side; `low` may be the larger.
    times : int
        How often each bracket is halved.

    Returns
    -------
    ndarray
        The middle of each last bracket.
    """
    for _ in range(times):
        middle = (low + high) / 2
        near = before(middle)
        low, high = np.where(near, middle, low), np.where(near, high, middle)
    return np.asarray((low + high) / 2)


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
