"""Differences within one study, where both arms were treated side by side."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, lgamma, sqrt
from typing import TYPE_CHECKING, Literal

from lupus_evidence.stats.counts import check_count, check_level
from lupus_evidence.stats.proportions import interval

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.estimates import Interval

DirectKind = Literal["randomised", "concurrent-control"]
# probabilities this close count as equal in Fisher's two-sided test, as in R
EQUAL = 1 + 1e-7
# halvings of a bracket: exhausts double precision
HALVINGS = 200
# log odds ratios beyond this are infinite for any table of people
FARTHEST = 700.0


@dataclass(frozen=True)
class Effect:
    """An estimate with its interval.

    Parameters
    ----------
    estimate : float or None
        None where the data say nothing about it.
    ci : tuple of float
        Low and high end; an end may be infinite.
    """

    estimate: float | None
    ci: Interval


@dataclass(frozen=True)
class DirectContrast:
    """Arm 1 against arm 2 of one study.

    Parameters
    ----------
    kind : {"randomised", "concurrent-control"}
        How people came to be in one arm or the other.
    events_1, n_1, events_2, n_2 : float
        People with the outcome, and people, in each arm.
    risk_difference : Effect
        Rate of arm 1 minus that of arm 2; proportions, -1 to 1.
    odds_ratio : Effect or None
        Conditional odds ratio with its exact interval; None for effective counts.
    p : float or None
        Fisher's exact test, two-sided; None for effective counts.
    level : float
        Level of the intervals in 0-1.
    """

    kind: DirectKind
    events_1: float
    n_1: float
    events_2: float
    n_2: float
    risk_difference: Effect
    odds_ratio: Effect | None
    p: float | None
    level: float


@dataclass(frozen=True)
class _Table:
    """A two-by-two table with its margins fixed: arm 1's possible events."""

    log_ways: tuple[float, ...]

    def probabilities(self, log_ratio: float) -> list[float]:
        """Return the noncentral hypergeometric probabilities."""
        terms = [ways + log_ratio * i for i, ways in enumerate(self.log_ways)]
        top = max(terms)
        heights = [exp(term - top) for term in terms]
        total = sum(heights)
        return [height / total for height in heights]


def compare_arms(
    events_1: float,
    n_1: float,
    events_2: float,
    n_2: float,
    *,
    kind: DirectKind,
    level: float = 0.95,
) -> DirectContrast:
    """Compare two arms of one study.

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        People with the outcome, and people, in each arm.
    kind : {"randomised", "concurrent-control"}
        How people came to be in one arm or the other.
    level : float
        Level of the intervals in 0-1.

    Raises
    ------
    ValueError
        If a count or the level is impossible.
    """
    counts = (events_1, n_1, events_2, n_2)
    whole = all(float(count).is_integer() for count in counts)
    return DirectContrast(
        kind=kind,
        events_1=events_1,
        n_1=n_1,
        events_2=events_2,
        n_2=n_2,
        risk_difference=newcombe_difference(*counts, level=level),
        odds_ratio=exact_odds_ratio(*counts, level=level) if whole else None,
        p=fisher_p(*counts) if whole else None,
        level=level,
    )


def newcombe_difference(
    events_1: float,
    n_1: float,
    events_2: float,
    n_2: float,
    *,
    level: float = 0.95,
) -> Effect:
    """Return the risk difference with Newcombe's hybrid score interval.

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        People with the outcome, and people, in each arm.
    level : float
        Confidence level in 0-1.

    Raises
    ------
    ValueError
        If a count or the level is impossible.

    References
    ----------
    Newcombe 1998, method 10, doi
    10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    low_1, high_1 = interval(events_1, n_1, level=level)
    low_2, high_2 = interval(events_2, n_2, level=level)
    rate_1, rate_2 = events_1 / n_1, events_2 / n_2
    difference = rate_1 - rate_2
    below = sqrt((rate_1 - low_1) ** 2 + (high_2 - rate_2) ** 2)
    above = sqrt((high_1 - rate_1) ** 2 + (rate_2 - low_2) ** 2)
    return Effect(difference, (difference - below, difference + above))


def exact_odds_ratio(
    events_1: float,
    n_1: float,
    events_2: float,
    n_2: float,
    *,
    level: float = 0.95,
) -> Effect:
    """Return the conditional odds ratio with its exact interval.

    Both margins of the table are taken as given, so arm 1's events follow the
    noncentral hypergeometric distribution; each end of the interval leaves
    (1 - level) / 2 in its tail (Cornfield 1956; Fisher 1962).

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        Whole numbers of people with the outcome, and people, in each arm.
    level : float
        Confidence level in 0-1.

    Raises
    ------
    ValueError
        If a count is no whole number, or it or the level is impossible.
    """
    check_level(level)
    table, index = _table(events_1, n_1, events_2, n_2)
    last = len(table.log_ways) - 1
    if last == 0:
        return Effect(None, (0.0, inf))
    tail = (1 - level) / 2

    def mean_excess(log_ratio: float) -> float:
        chances = table.probabilities(log_ratio)
        return sum(i * chance for i, chance in enumerate(chances)) - index

    def upper_tail(log_ratio: float) -> float:
        return sum(table.probabilities(log_ratio)[index:]) - tail

    def lower_tail(log_ratio: float) -> float:
        return tail - sum(table.probabilities(log_ratio)[: index + 1])

    low = 0.0 if index == 0 else _ratio_at(upper_tail)
    high = inf if index == last else _ratio_at(lower_tail)
    estimate = 0.0 if index == 0 else inf if index == last else _ratio_at(mean_excess)
    return Effect(estimate, (low, high))


def fisher_p(events_1: float, n_1: float, events_2: float, n_2: float) -> float:
    """Return the two-sided p of Fisher's exact test.

    The probabilities of all tables no likelier than the observed one are added.

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        Whole numbers of people with the outcome, and people, in each arm.

    Raises
    ------
    ValueError
        If a count is no whole number, or is impossible.
    """
    table, index = _table(events_1, n_1, events_2, n_2)
    chances = table.probabilities(0.0)
    limit = chances[index] * EQUAL
    counted = [chance for chance in chances if chance <= limit]
    # Where every table counts, their sum is 1 by definition; added up, it is 1 or just
    # below, depending on how this version of Python adds. Else the likeliest is left
    # out, and the rest is less than 1.
    return 1.0 if len(counted) == len(chances) else sum(counted)


def _table(
    events_1: float, n_1: float, events_2: float, n_2: float
) -> tuple[_Table, int]:
    """Fix the margins; return the table and the place of the observed one in it."""
    for events, n in ((events_1, n_1), (events_2, n_2)):
        check_count(events, n)
        if not (float(events).is_integer() and float(n).is_integer()):
            raise ValueError(
                f"exact methods need whole people, not {events!r} of {n!r}"
            )
    total = int(events_1 + events_2)
    least, most = max(0, total - int(n_2)), min(int(n_1), total)
    ways = tuple(
        _log_choose(int(n_1), i) + _log_choose(int(n_2), total - i)
        for i in range(least, most + 1)
    )
    return _Table(ways), int(events_1) - least


def _log_choose(n: int, events: int) -> float:
    """Return the log binomial coefficient."""
    return lgamma(n + 1) - lgamma(events + 1) - lgamma(n - events + 1)


def _ratio_at(rising: Callable[[float], float]) -> float:
    """Return exp of the zero of a rising function of the log odds ratio."""
    low, high = -FARTHEST, FARTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return exp((low + high) / 2)
