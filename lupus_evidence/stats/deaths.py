"""What one study says of deaths over time, as the model of survival hears it.

Deaths among people alive at a time, or deaths over person-time; several reports of one
study are cut into the stretches between them, so that nobody dies twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from lupus_evidence.stats.proportions import check_count

#: Months at which the early hazard ends: transplant-related deaths are over by then.
EARLY_ENDS = 6.0


@dataclass(frozen=True)
class DeathsBetween:
    """Of people alive at one time, those who died by another.

    Parameters
    ----------
    deaths, alive : float
        Who died, and who was alive at the start; effective people need not be whole.
    start, end : float
        Months after treatment.
    """

    deaths: float
    alive: float
    start: float
    end: float

    def __post_init__(self) -> None:
        check_count(self.deaths, self.alive)
        if not 0 <= self.start < self.end < inf:
            raise ValueError(f"no stretch of time from {self.start} to {self.end}")

    @property
    def months(self) -> tuple[float, float]:
        """Months of the stretch before and after the early hazard ends."""
        early = min(self.end, EARLY_ENDS) - min(self.start, EARLY_ENDS)
        return early, self.end - self.start - early


@dataclass(frozen=True)
class DeathsOver:
    """Deaths over person-time.

    Parameters
    ----------
    deaths : float
        Who died.
    early, later : float
        Person-months of observation before and after the early hazard ends.
    """

    deaths: float
    early: float
    later: float

    def __post_init__(self) -> None:
        if not (0 <= self.deaths < inf and 0 <= self.early < inf):
            raise ValueError("deaths and person-months must be finite and not negative")
        if not 0 <= self.later < inf or self.early + self.later <= 0:
            raise ValueError("deaths over no person-time say nothing")


Observation = DeathsBetween | DeathsOver


@dataclass(frozen=True)
class AliveAt:
    """Survival at one time, as a count or as what an estimate is worth.

    Parameters
    ----------
    months : float
        After treatment.
    alive : float
        Proportion in 0-1.
    people : float
        People, or effective people of an estimate.
    """

    months: float
    alive: float
    people: float


def deaths_by(
    times: Sequence[float], alive: Sequence[float], n: float
) -> tuple[DeathsBetween, ...]:
    """Return what a study with counts at fixed times says, so that nobody dies twice.

    Parameters
    ----------
    times : sequence of float
        Increasing months after treatment.
    alive : sequence of float
        People alive at each.
    n : float
        People treated.

    Raises
    ------
    ValueError
        If times do not increase, or more are alive later than before.
    """
    found = []
    before, start = n, 0.0
    for end, left in zip(times, alive, strict=True):
        if left > before:
            raise ValueError(f"{left:g} alive at {end:g} months after {before:g}")
        if before > 0:
            found.append(DeathsBetween(before - left, before, start, end))
        before, start = left, end
    return tuple(found)


def stretches(points: Sequence[AliveAt]) -> tuple[DeathsBetween, ...]:
    """Return what a study's survival at several times says, so that nobody dies twice.

    Survival from one time to the next is q = S_2 / S_1. By Greenwood's formula
    var(S_2) / S_2^2 = var(S_1) / S_1^2 + var(q) / q^2, so q is worth
    q (1 - q) / var(q) people; with counts of the same people that is those alive at
    the first time.

    Parameters
    ----------
    points : sequence of AliveAt
        In order of time; survival does not rise.

    Raises
    ------
    ValueError
        If times do not increase or survival rises.

    References
    ----------
    Greenwood 1926, Reports on Public Health and Medical Subjects 33; Kalbfleisch and
    Prentice, The Statistical Analysis of Failure Time Data, 2nd ed. 2002, section 1.4,
    doi 10.1002/9781118032985.
    """
    found = []
    before = AliveAt(0.0, 1.0, inf)
    for point in points:
        if point.alive > before.alive:
            raise ValueError(f"survival rises to {point.alive:g} at {point.months:g}")
        if before.alive > 0:
            left = point.alive / before.alive
            people = _worth(before, point)
            found.append(
                DeathsBetween(people * (1 - left), people, before.months, point.months)
            )
        before = point
    return tuple(found)


def _worth(before: AliveAt, after: AliveAt) -> float:
    """Return how many people alive at one time survival to the next is worth."""
    most = min(before.people, after.people) * before.alive
    if not 0 < after.alive < before.alive:
        return most
    relative = [(1 - x.alive) / (x.alive * x.people) for x in (before, after)]
    gained = relative[1] - relative[0]
    left = after.alive / before.alive
    if gained <= 0:
        return most
    return min(most, (1 - left) / (left * gained))


def deaths_over(deaths: float, n: float, mean_months: float) -> DeathsOver:
    """Return what deaths and a mean follow-up say.

    Everyone is taken to have been watched for the mean: a shorter stretch early for
    some is a longer one later for others, so that person-time is right in sum.

    Parameters
    ----------
    deaths, n : float
        Who died, and people treated.
    mean_months : float
        Mean follow-up.
    """
    early = min(mean_months, EARLY_ENDS)
    return DeathsOver(deaths, n * early, n * (mean_months - early))
