"""Where a falling function of one number crosses zero."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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
