"""What may be pooled: events out of people, checked once at the door."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
