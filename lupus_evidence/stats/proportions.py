"""One arm: a proportion's interval; needs no numpy unless exact or Jeffreys."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Literal

from lupus_evidence.stats.counts import check_count, check_level

IntervalMethod = Literal["wilson", "exact", "jeffreys"]
INTERVAL_METHODS: tuple[IntervalMethod, ...] = ("wilson", "exact", "jeffreys")


def interval(
    events: float,
    n: float,
    *,
    method: IntervalMethod = "wilson",
    level: float = 0.95,
) -> tuple[float, float]:
    """Return the two-sided interval of one proportion.

    Parameters
    ----------
    events, n : float
        People with the outcome, and people in the denominator; effective counts
        need not be whole.
    method : {"wilson", "exact", "jeffreys"}
        Score interval [1]_, Clopper-Pearson [2]_, or the equal-tailed interval of
        the Beta(1/2, 1/2) prior with its ends at 0 and 1 when no one or everyone
        had the outcome [3]_.
    level : float
        Confidence level in 0-1.

    Returns
    -------
    tuple of float
        Low and high end, proportions in 0-1.

    Raises
    ------
    ValueError
        Unless n > 0, 0 <= events <= n, 0 < level < 1 and the method is known.

    References
    ----------
    .. [1] Wilson 1927, doi 10.1080/01621459.1927.10502953.
    .. [2] Clopper and Pearson 1934, doi 10.1093/biomet/26.4.404.
    .. [3] Brown, Cai and DasGupta 2001, section 4.1, doi 10.1214/ss/1009213286.
    """
    check_count(events, n)
    check_level(level)
    if method == "wilson":
        return _wilson(events, n, level)
    if method == "exact":
        return _beta_interval(events, n, level, below=(0.0, 1.0), above=(1.0, 0.0))
    if method == "jeffreys":
        return _beta_interval(events, n, level, below=(0.5, 0.5), above=(0.5, 0.5))
    raise ValueError(f"there is no interval {method!r}; use one of {INTERVAL_METHODS}")


def exact_bound(events: float, n: float, *, level: float = 0.95) -> float:
    """Return the exact one-sided bound where no one, or everyone, had the outcome.

    Parameters
    ----------
    events, n : float
        People with the outcome (0 or `n`), and people in the denominator.
    level : float
        Level of the two-sided interval that this bound would be an end of: 0.95
        gives the one-sided 97.5 % bound.

    Returns
    -------
    float
        Upper bound of the rate if `events` is 0, lower bound if it is `n`.

    Raises
    ------
    ValueError
        If `events` is neither 0 nor `n`.
    """
    check_count(events, n)
    check_level(level)
    tail = (1 - level) / 2
    if events == n:
        return float(tail ** (1 / n))
    if events == 0:
        return float(1 - tail ** (1 / n))
    raise ValueError(f"a one-sided bound needs 0 or {n!r} events, not {events!r}")


def _wilson(events: float, n: float, level: float) -> tuple[float, float]:
    """Solve |p - events/n| = z sqrt(p (1 - p) / n) for p."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    centre = events + z * z / 2
    half = z * sqrt(events * (n - events) / n + z * z / 4)
    total = n + z * z
    # the limits at 0 and n are exact; rounding would leave them a hair inside
    low = 0.0 if events == 0 else (centre - half) / total
    high = 1.0 if events == n else (centre + half) / total
    return low, high


def _beta_interval(
    events: float,
    n: float,
    level: float,
    *,
    below: tuple[float, float],
    above: tuple[float, float],
) -> tuple[float, float]:
    """Take quantiles of Beta(events + a, n - events + b), (a, b) for each end."""
    from lupus_evidence.stats.special import betaincinv

    tail = (1 - level) / 2
    rest = n - events
    low, high = 0.0, 1.0
    if events > 0:
        low = float(betaincinv(events + below[0], rest + below[1], tail))
    if rest > 0:
        high = float(betaincinv(events + above[0], rest + above[1], 1 - tail))
    return low, high
