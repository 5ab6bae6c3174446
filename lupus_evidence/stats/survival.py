"""Survival of several studies as one curve, whatever piece of it each reports.

The hazard of death is one number to 6 months and another later; both are multiplied by
the centre's own factor:

    hazard_i(t) = exp(u_i) h_1 for t < 6 months, exp(u_i) h_2 later,  u_i ~ N(0, tau^2)
    log h_1 ~ N(log 0.01, s^2),  log h_2 ~ N(log 0.003, s^2) a month,  tau ~ HalfNormal

A study's deaths among people alive at a time are binomial over the stretch that
follows; deaths over person-time are Poisson. Both depend on a centre's factor and on
the ratio r of the later hazard to the early one, so for each r on a grid this is a
model of one location, the early log hazard, and one spread (`tabulated_model`), and
the posterior is the mixture over r by evidence. Nothing is sampled.

In the spirit of Arends, Hunink and Stijnen 2008 (doi 10.1002/sim.3311), who pool
survival at several times, and of Combescure, Foucher and Jackson 2014 (doi
10.1002/sim.6111), whose summary curve needs every study's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.counts import check_count
from lupus_evidence.stats.posterior_grid import Slices, slices
from lupus_evidence.stats.posterior_tables import (
    location_distribution,
    new_study_distribution,
    spread_distribution,
)
from lupus_evidence.stats.roots import crossing
from lupus_evidence.stats.tabulated_model import (
    StudyLikelihoods,
    TabulatedModel,
    tabulated,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.stats.estimates import Interval
    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.posterior import LogitDistribution

#: Months at which the early hazard ends: transplant-related deaths are over by then.
EARLY_ENDS = 6.0
#: Points of the ratio of the hazards that are looked at to find where it lies, and then
#: to mix over; where its evidence is below exp(-15) of the highest it is left out.
RATIOS_LOOKED_AT, RATIOS, DEPTH = 13, 21, 15.0
#: Prior standard deviations of the log ratio that are looked at.
FARTHEST = 4.0
#: Studies whose hazard is beyond these are not told apart: e^-25 a month is nobody.
SMALLEST_HAZARD = 1e-12


@dataclass(frozen=True)
class HazardPriors:
    """What is assumed of the hazards before any study is seen.

    Parameters
    ----------
    early, later : float
        Medians of the hazards, deaths a person-month.
    width : float
        Standard deviation of each log hazard.
    tau : float
        Scale of the half-normal prior of the spread of log hazards between centres.
    """

    early: float = 0.01
    later: float = 0.003
    width: float = 1.5
    tau: float = 1.0


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


@dataclass(frozen=True, eq=False)
class SurvivalLikelihoods:
    """What studies say of their own early log hazard, given the ratio of the later.

    Parameters
    ----------
    events, people, months : ndarray, shape (k, pieces)
        Deaths, people alive at the start of each stretch, and its months as if the
        early hazard held throughout; no people where deaths are over person-time.
    """

    events: Array
    people: Array
    months: Array

    @classmethod
    def of(
        cls, studies: Sequence[Sequence[Observation]], log_ratio: float
    ) -> SurvivalLikelihoods:
        """Lay out the studies' observations at a ratio of the hazards."""
        width = max(map(len, studies))
        shape = len(studies), width
        events, people, months = (np.zeros(shape) for _ in range(3))
        ratio = np.exp(log_ratio)
        for i, study in enumerate(studies):
            for j, one in enumerate(study):
                events[i, j] = one.deaths
                if isinstance(one, DeathsBetween):
                    people[i, j] = one.alive
                    early, later = one.months
                else:
                    early, later = one.early, one.later
                months[i, j] = early + ratio * later
        return cls(events, people, months)

    @property
    def k(self) -> int:
        """How many studies there are."""
        return len(self.events)

    def at(self, theta: Array) -> StudyLikelihoods:
        """Return the likelihoods at early log hazards of shape (k, points)."""
        d, n, months = (
            part[:, None] for part in (self.events, self.people, self.months)
        )
        c = np.maximum(np.exp(theta)[..., None] * months, SMALLEST_HAZARD)
        # the chance to die over a stretch with cumulative hazard c is 1 - exp(-c)
        dying = -np.expm1(-c)
        odds = np.exp(-c) / dying
        counted = n > 0
        value = np.where(
            counted, d * np.log(dying) - (n - d) * c, d * np.log(c) - c * (months > 0)
        )
        slope = np.where(counted, c * (d * odds - (n - d)), d - c * (months > 0))
        information = np.where(
            counted,
            c * (n - d) - d * c * odds * (1 - c * (1 + odds)),
            c * (months > 0),
        )
        return StudyLikelihoods(*(x.sum(axis=-1) for x in (value, slope, information)))

    def one(self, index: int) -> SurvivalLikelihoods:
        """Return one of the studies."""
        chosen = slice(index, index + 1)
        return SurvivalLikelihoods(
            self.events[chosen], self.people[chosen], self.months[chosen]
        )


@dataclass(frozen=True, eq=False)
class _Mixed:
    """The posterior at one ratio of the hazards, and its share."""

    log_ratio: float
    share: float
    early: LogitDistribution
    new_centre: LogitDistribution
    tau: tuple[Array, Array]

    def log_months(self, t: float) -> float:
        """Return the log of the months to a time as if the early hazard held."""
        early = min(t, EARLY_ENDS)
        return log(early + np.exp(self.log_ratio) * (t - early))


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """Survival after the data: of a typical centre, and of a new one.

    Parameters
    ----------
    k : int
        Studies.
    level : float
        Level of the intervals in 0-1.
    parts : tuple
        The posterior at each ratio of the hazards.
    """

    k: int
    level: float
    parts: tuple[_Mixed, ...]

    def alive(self, months: float) -> tuple[float, Interval]:
        """Return the median survival of a typical centre, and its interval.

        Parameters
        ----------
        months : float
            After treatment, above 0.

        Returns
        -------
        tuple
            Proportion alive in 0-1, and both ends.
        """
        tail = (1 - self.level) / 2
        middle, high, low = (
            self._survival(months, probability, new=False)
            for probability in (0.5, tail, 1 - tail)
        )
        return middle, (low, high)

    def new_centre(self, months: float) -> Interval:
        """Return where survival of a new centre would lie.

        Parameters
        ----------
        months : float
            After treatment, above 0.
        """
        tail = (1 - self.level) / 2
        high, low = (
            self._survival(months, probability, new=True)
            for probability in (tail, 1 - tail)
        )
        return low, high

    def tau(self) -> float:
        """Return the posterior median of the spread of log hazards."""

        def above(value: float) -> float:
            below = sum(
                part.share * float(np.interp(value, *part.tau)) for part in self.parts
            )
            return 0.5 - below

        return crossing(above)

    def _survival(self, months: float, probability: float, *, new: bool) -> float:
        """Return survival at the quantile of the cumulative hazard."""

        def below(log_hazard: float) -> float:
            total = 0.0
            for part in self.parts:
                of = part.new_centre if new else part.early
                at = np.array(log_hazard - part.log_months(months))
                total += part.share * float(of.cdf(at))
            return probability - total

        found = crossing(lambda x: below(x - FARTHEST_LOG), 0.0, FARTHEST_LOG)
        return float(np.exp(-np.exp(found - FARTHEST_LOG)))


#: Cumulative log hazards are searched from here on either side of 0.
FARTHEST_LOG = 40.0


def survival_curve(
    studies: Sequence[Sequence[Observation]],
    *,
    priors: HazardPriors | None = None,
    level: float = 0.95,
) -> SurvivalCurve:
    """Pool survival over all times.

    Parameters
    ----------
    studies : sequence of sequence of DeathsBetween or DeathsOver
        What each study says, one or more.
    priors : HazardPriors, optional
        What is assumed of the hazards.
    level : float
        Level of every interval in 0-1.

    Raises
    ------
    ValueError
        If there is no study, or one says nothing.
    """
    if not studies or not all(studies):
        raise ValueError("a curve needs studies that each say something")
    given = priors or HazardPriors()
    between = log(given.later) - log(given.early)
    reach = FARTHEST * given.width * 2**0.5
    grid = np.linspace(between - reach, between + reach, RATIOS_LOOKED_AT)
    evidence = np.array([_at_ratio(studies, x, given)[1] for x in grid])
    inside = np.flatnonzero(evidence > evidence.max() - DEPTH)
    low = grid[max(inside[0] - 1, 0)]
    high = grid[min(inside[-1] + 1, len(grid) - 1)]
    ratios = np.linspace(low, high, RATIOS)
    found = [_at_ratio(studies, float(x), given) for x in ratios]
    heights = np.array([height for _, height in found])
    shares = np.exp(heights - heights.max())
    shares /= shares.sum()
    parts = []
    for x, share, (posterior, _) in zip(ratios, shares, found, strict=True):
        if share > np.exp(-DEPTH):
            parts.append(
                _Mixed(
                    float(x),
                    float(share),
                    location_distribution(posterior),
                    new_study_distribution(posterior),
                    spread_distribution(posterior),
                )
            )
    total = sum(part.share for part in parts)
    kept = tuple(
        _Mixed(p.log_ratio, p.share / total, p.early, p.new_centre, p.tau)
        for p in parts
    )
    return SurvivalCurve(len(studies), level, kept)


def _at_ratio(
    studies: Sequence[Sequence[Observation]], log_ratio: float, priors: HazardPriors
) -> tuple[Slices, float]:
    """Return the posterior at a ratio of the hazards, and its log evidence."""
    tables = tabulated(SurvivalLikelihoods.of(studies, log_ratio))
    off = log_ratio - (log(priors.later) - log(priors.early))
    model = TabulatedModel(
        tuple(tables),
        priors.tau,
        log(priors.early) - off / 2,
        priors.width / 2**0.5,
    )
    posterior = slices(model)
    tops = sum(table.top for table in tables)
    prior = -0.25 * (off / priors.width) ** 2
    return posterior, float(posterior.log_evidence) + tops + prior
