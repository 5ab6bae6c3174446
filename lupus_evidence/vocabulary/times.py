"""Bands of time: results that count as of the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Band:
    """Results that count as of the same time.

    Parameters
    ----------
    name : str
        For programs: "24", "not-stated", "any-time", "best-ever".
    label : str
        For the screen: "24 months".
    months : int or None
        The middle of a stretch of time; None where it is none.
    low, high : float
        Months, ``low <= t < high``; not numbers where it is no stretch of time.
    """

    name: str
    label: str
    months: int | None = None
    low: float = float("nan")
    high: float = float("nan")


def stretches(starts: Sequence[tuple[int, float]]) -> tuple[Band, ...]:
    """Return stretches of time, each up to where the next begins.

    Parameters
    ----------
    starts : sequence of (int, float)
        The months that name each, and the month that it begins with, in order.
    """
    ends = (*(start for _, start in starts[1:]), float("inf"))
    return tuple(
        Band(str(months), f"{months} months", months, start, end)
        for (months, start), end in zip(starts, ends, strict=True)
    )


def early_band(first: float) -> Band:
    """Return what comes before the first stretch of time.

    Deaths by day 100 and visits at three months are no six-month figures, so they have
    a band of their own.

    Parameters
    ----------
    first : float
        The month with which the first stretch begins.
    """
    return Band("0", f"under {first:g} months", 0, 0, first)


NOT_STATED = Band("not-stated", "time not stated")
#: For what is no function of the visit: one figure, whenever it was counted.
ANY_TIME = Band("any-time", "at any time")
#: The best state that somebody reached is no state at a visit.
BEST_EVER = Band("best-ever", "best state ever reached")
