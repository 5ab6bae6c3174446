"""Events out of people: checked once at the door, and one arm's interval.

Needs no numpy unless an interval is exact or Jeffreys.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt
from statistics import NormalDist
from typing import Literal

Counts = tuple[tuple[float, ...], tuple[float, ...]]

# effective counts this close to none or all, in people, are none or all: what lies
# between has no logit that a float could carry through
NEGLIGIBLE = 1e-6
# up to here the posterior and the likelihood are sure of their digits
MOST_PEOPLE = 1e9


def check_count(events: float, n: float) -> None:
    """Refuse what is no count of people out of people.

    Parameters
    ----------
    events, n : float
        People with the outcome, and people in the denominator; effective counts
        need not be whole.

    Raises
    ------
    ValueError
        Unless both are finite, 0 < `n` <= 1000 million and 0 <= `events` <= `n`.
    """
    if not (isfinite(events) and isfinite(n)):
        raise ValueError(f"events and n must be finite, not {events!r} of {n!r}")
    if n <= 0:
        raise ValueError(f"n must be above 0, not {n!r}")
    if n > MOST_PEOPLE:
        raise ValueError(f"n must be at most {MOST_PEOPLE:.0f}, not {n!r}")
    if not 0 <= events <= n:
        raise ValueError(f"events must lie between 0 and n, not {events!r} of {n!r}")


def check_counts(events: Sequence[float], n: Sequence[float]) -> Counts:
    """Return the counts as two tuples of float, one entry per study.

    Events within a millionth of a person of none or all become none or all.

    Parameters
    ----------
    events, n : sequence of float, shape (k,)
        People with the outcome, and people in the denominator, per study.

    Raises
    ------
    ValueError
        Lengths differ, or a pair is no count (see `check_count`).
    """
    counts = tuple(float(e) for e in events), tuple(float(size) for size in n)
    if len(counts[0]) != len(counts[1]):
        raise ValueError(f"{len(counts[0])} events for {len(counts[1])} denominators")
    snapped = []
    for x, size in zip(*counts, strict=True):
        check_count(x, size)
        nobody, everybody = x < NEGLIGIBLE, size - x < NEGLIGIBLE
        snapped.append(0.0 if nobody else size if everybody else x)
    return tuple(snapped), counts[1]


def in_one_order(counts: Counts) -> Counts:
    """Sort studies, so that no rounding of a sum depends on how they came.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of one study or more.
    """
    studies = sorted(zip(*counts, strict=True))
    return tuple(x for x, _ in studies), tuple(size for _, size in studies)


def check_level(level: float) -> None:
    """Refuse a confidence level outside (0, 1).

    Raises
    ------
    ValueError
        If `level` is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level!r}")


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


def difference_interval(
    first: tuple[float, tuple[float, float]], second: tuple[float, tuple[float, float]]
) -> tuple[float, float]:
    """Return the interval of a difference from each side's estimate and interval.

    The method of variance estimates recovery works for any estimator, because it
    takes each side's own interval as it is (Zou and Donner 2008, equation 5, doi
    10.1002/sim.3095). Of two score intervals it is Newcombe's.

    Parameters
    ----------
    first, second : tuple of float and (float, float)
        Rate and interval, proportions in 0-1; the interval holds the rate.

    Returns
    -------
    tuple of float
        Ends of the interval of first minus second, -1 to 1.
    """
    rate_1, (low_1, high_1) = first
    rate_2, (low_2, high_2) = second
    difference = rate_1 - rate_2
    below = sqrt((rate_1 - low_1) ** 2 + (high_2 - rate_2) ** 2)
    above = sqrt((high_1 - rate_1) ** 2 + (rate_2 - low_2) ** 2)
    return difference - below, difference + above


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
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    rest = n - events
    low, high = 0.0, 1.0
    if events > 0:
        low = float(betaincinv(events + below[0], rest + below[1], tail))
    if rest > 0:
        high = float(betaincinv(events + above[0], rest + above[1], 1 - tail))
    return low, high
