"""Bands of time: results that count as of the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.vocabulary.endpoints import ENDPOINTS

if TYPE_CHECKING:
    from lupus_evidence.vocabulary.names import Basis


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


def _months(months: int, low: float, high: float) -> Band:
    """Return a stretch of time."""
    return Band(str(months), f"{months} months", months, low, high)


#: Stretches of time in which results count as of the same time. Deaths by day 100 and
#: visits at three months are no six-month figures, so they have a band of their own.
EARLY = Band("0", "under 2 months", 0, 0, 2)
BANDS: tuple[Band, ...] = (
    _months(3, 2, 4.5),
    _months(6, 4.5, 9),
    _months(12, 9, 18),
    _months(24, 18, 30),
    _months(36, 30, 48),
    _months(60, 48, 84),
    _months(120, 84, float("inf")),
)
NOT_STATED = Band("not-stated", "time not stated")
#: For what is no function of the visit: one figure, whenever it was counted.
ANY_TIME = Band("any-time", "at any time")
#: The best state that somebody reached is no state at a visit.
BEST_EVER = Band("best-ever", "best state ever reached")
#: Every band, in the order in which they are shown.
ALL_BANDS: tuple[Band, ...] = (EARLY, *BANDS, ANY_TIME, BEST_EVER, NOT_STATED)


def band_of(months: float | None) -> Band:
    """Return the band that a time falls in.

    Parameters
    ----------
    months : float or None
        Months since treatment; None if the source does not say.
    """
    if months is None:
        return NOT_STATED
    for band in BANDS:
        if band.low <= months < band.high:
            return band
    return EARLY


def band_for(endpoint: str, months: float | None, basis: Basis | None) -> Band:
    """Return the band that a result stands in.

    Parameters
    ----------
    endpoint : str
        What is counted; without a clock it has one figure over all times.
    months : float or None
        Months since treatment; None if the source does not say.
    basis : str or None
        What kind of time it is; None if the source does not say.
    """
    if not ENDPOINTS[endpoint].clock:
        return ANY_TIME
    if basis == "best-ever":
        return BEST_EVER
    return band_of(months)
