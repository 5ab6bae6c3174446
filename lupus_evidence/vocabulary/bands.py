"""Which stretch of time of the topic a result stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary.times import ANY_TIME, BEST_EVER, NOT_STATED, Band
from lupus_evidence.vocabulary.topic import topic

if TYPE_CHECKING:
    from lupus_evidence.vocabulary.names import Basis


def band_of(months: float | None) -> Band:
    """Return the band that a time falls in.

    Parameters
    ----------
    months : float or None
        Months since treatment; None if the source does not say.
    """
    if months is None:
        return NOT_STATED
    for band in topic().bands:
        if band.low <= months < band.high:
            return band
    return topic().early


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
    if not topic().endpoints[endpoint].clock:
        return ANY_TIME
    if basis == "best-ever":
        return BEST_EVER
    return band_of(months)
