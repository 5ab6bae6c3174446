"""How many people a survival estimate printed without any error may be worth.

A Kaplan-Meier estimate S at time t has the variance S^2 (1 - S) / R, R being the
people still at risk at t (Peto et al. 1977, British Journal of Cancer 35:1-39, doi
10.1038/bjc.1977.1). A count of S N among N people has S (1 - S) / N. Both are the
same for

    N = R / S,

the effective people. R is not printed here; it is n S G, where n entered, S survived
and G is the share who would have been watched until t had they lived. So N = n G.

G follows from the reported follow-up, if people entered at an even pace, so that the
end of their time under observation lies evenly between the shortest, a, and the
longest, b (Parmar, Torri and Stewart 1998, doi
10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8):

    G = 1 up to a, (b - t) / (b - a) between them, 0 from b on,

with a = 0 where it is not reported, and b = 2 m where there is only a median m. Since
the curve was drawn up to t, someone was at risk there: N is 1 / S at least.

Peto's variance takes all deaths for as late as t; where they came earlier, more people
than R were at risk at each, and the truth lies between N and n, which it is if nobody
left before t. In the same spirit: Arends, Hunink and Stijnen 2008, doi
10.1002/sim.3311.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

from lupus_evidence.stats.counts import check_count

FollowUp = Literal["range", "median", "longest", "none"]


@dataclass(frozen=True)
class AssumedPeople:
    """Between how many people a survival estimate may be worth.

    Parameters
    ----------
    lower : float or None
        Effective people if follow-up ended at an even pace and deaths came late; None
        where no follow-up is reported.
    upper : float
        Effective people if nobody left before the time: everyone.
    how : {"range", "median", "longest", "none"}
        Which figure of follow-up `lower` rests on.
    """

    lower: float | None
    upper: float
    how: FollowUp

    @property
    def middle(self) -> float | None:
        """The geometric mean of both, None without `lower`: what simulation favours.

        See docs/methods.md, "Curves without an error".
        """
        return None if self.lower is None else sqrt(self.lower * self.upper)


def assumed_effective_people(
    n: float,
    survival: float,
    months: float,
    *,
    shortest: float | None = None,
    median: float | None = None,
    longest: float | None = None,
) -> AssumedPeople:
    """Bound the effective people behind a survival estimate without an error.

    Parameters
    ----------
    n : float
        People at the start.
    survival : float
        The estimate, proportion above 0 and up to 1.
    months : float
        Its time, in months from the start.
    shortest, median, longest : float, optional
        Reported follow-up, in months. Shortest and longest together come first, then
        the median, then the longest alone.

    Returns
    -------
    AssumedPeople
        `lower` is at most `upper`.

    Raises
    ------
    ValueError
        If `n` is no number of people, `survival` not above 0 and up to 1, a time not
        above 0 (the shortest: below 0) or not finite, or follow-up out of order.
    """
    check_count(survival * n, n)
    if survival <= 0:
        raise ValueError(f"survival must be above 0, not {survival!r}")
    _check_times(months, shortest, median, longest)
    how: FollowUp
    if shortest is not None and longest is not None:
        how, first, last = "range", shortest, longest
    elif median is not None:
        how, first, last = "median", 0.0, 2 * median
    elif longest is not None:
        how, first, last = "longest", 0.0, longest
    else:
        return AssumedPeople(None, n, "none")
    watched = n * _still_watched(months, first, last)
    return AssumedPeople(min(max(watched, 1 / survival), n), n, how)


def _still_watched(months: float, first: float, last: float) -> float:
    """Return the share whose time under observation was to end at `months` or later."""
    if months <= first:
        return 1.0
    return max(last - months, 0.0) / (last - first) if last > first else 0.0


def _check_times(
    months: float, shortest: float | None, median: float | None, longest: float | None
) -> None:
    """Refuse times that are none, and follow-up whose parts contradict each other."""
    follow_up = [time for time in (shortest, median, longest) if time is not None]
    for time in (months, *follow_up):
        if not isfinite(time) or time < 0:
            raise ValueError(f"a time must be finite and not below 0, not {time!r}")
    if 0 in {months, median, longest}:
        raise ValueError("the time, the median and the longest must be above 0")
    if follow_up != sorted(follow_up):
        raise ValueError(
            f"shortest, median and longest must not fall, as {follow_up!r} do"
        )
