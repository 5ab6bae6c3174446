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

from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from lupus_evidence.stats.deaths import EARLY_ENDS, DeathsBetween, Observation
from lupus_evidence.stats.numerics import spline
from lupus_evidence.stats.posterior_grid import (
    Slices,
    approximate_evidence,
    slices,
)
from lupus_evidence.stats.posterior_tables import (
    location_distribution,
    log_odds,
    new_study_distribution,
    spread_distribution,
)
from lupus_evidence.stats.tabulated_model import (
    StudyLikelihoods,
    TabulatedModel,
    log_likelihood,
    tabulated,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lupus_evidence.stats.estimates import Interval
    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.posterior_tables import LogitDistribution

#: Points of the ratio of the hazards that are looked at to find where it lies, and then
#: worked out; where its evidence is below exp(-15) of the highest it is left out.
RATIOS_LOOKED_AT, RATIOS, DEPTH = 13, 15, 15.0
#: Between two of them the posterior is interpolated at this many steps: a slice may be
#: narrower than the way by which it moves from one ratio to the next.
FINER = 12
#: Log odds at which slices are tabulated, and the probability that each stands for.
LOG_ODDS = np.linspace(-12.0, 12.0, 121)
POINT_MASS = np.diff(
    expit(np.concatenate([[-np.inf], (LOG_ODDS[1:] + LOG_ODDS[:-1]) / 2, [np.inf]]))
)
#: Points per gap between the knots of a slice's distribution: its quantiles are looked
#: up at fewer places than there are then.
AS_FINE = 2
#: A posterior on another's grid is worked out afresh where more than this of it lies at
#: the grid's ends.
CUT_OFF = 1e-4
#: Log odds around a quantile over which it is averaged.
AROUND = np.linspace(-0.03, 0.03, 31)
#: Points at which the spread's distribution is tabulated.
SPREAD_POINTS = 1025
#: Prior standard deviations of the log ratio that are looked at.
FARTHEST = 4.0
#: The widest prior of a log hazard, beyond which studies' tables do not reach, and of
#: their spread.
WIDEST, MOST_SPREAD = 3.0, 10.0
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

    Raises
    ------
    ValueError
        If a hazard is not between 0 and 1, the width not above 0 and at most 3, which
        spans hazards four hundred times as high and as low, or the scale not above 0
        and at most 10.
    """

    early: float = 0.01
    later: float = 0.003
    width: float = 1.5
    tau: float = 1.0

    def __post_init__(self) -> None:
        for hazard in (self.early, self.later):
            if not 0 < hazard < 1:
                raise ValueError(f"a hazard of {hazard:g} a month is not in (0, 1)")
        for name, scale, most in (
            ("width", self.width, WIDEST),
            ("tau", self.tau, MOST_SPREAD),
        ):
            if not 0 < scale <= most:
                raise ValueError(f"{name} must be above 0 and at most {most:g}")


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
        cls, studies: Sequence[Sequence[Observation]], log_ratios: Array
    ) -> SurvivalLikelihoods:
        """Lay out the studies' observations, all of them at each ratio in turn."""
        shape = len(studies), max(map(len, studies))
        events, people, early, later = (np.zeros(shape) for _ in range(4))
        for i, study in enumerate(studies):
            for j, one in enumerate(study):
                events[i, j] = one.deaths
                if isinstance(one, DeathsBetween):
                    people[i, j] = one.alive
                    early[i, j], later[i, j] = one.months
                else:
                    early[i, j], later[i, j] = one.early, one.later
        times = len(log_ratios), 1
        months = early + np.exp(log_ratios)[:, None, None] * later
        return cls(
            np.tile(events, times),
            np.tile(people, times),
            months.reshape(-1, shape[1]),
        )

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
class SurvivalCurve:
    """Survival after the data: of a typical centre, and of a new one.

    Parameters
    ----------
    k : int
        Studies.
    level : float
        Level of the intervals in 0-1.
    log_ratio, share : ndarray, shape (ratios,)
        Log ratios of the later hazard to the early one, and the probability of each.
    early : ndarray, shape (ratios, points)
        Quantiles at `LOG_ODDS` of the early log hazard of a typical centre.
    predict : callable
        Makes the same of a new centre.
    spreads : tuple of ndarray, shape (points,)
        Increasing spreads of log hazards, and the probability at or below each.
    """

    k: int
    level: float
    log_ratio: Array
    share: Array
    early: Array
    predict: Callable[[], Array]
    spreads: tuple[Array, Array]

    @cached_property
    def new_centre_early(self) -> Array:
        """Quantiles of a new centre; worked out when asked for, half of the work."""
        return self.predict()

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
        low, middle, high = self._survival(self.early, months, (1 - tail, 0.5, tail))
        return middle, (low, high)

    def new_centre(self, months: float) -> Interval:
        """Return where survival of a new centre would lie.

        Parameters
        ----------
        months : float
            After treatment, above 0.
        """
        tail = (1 - self.level) / 2
        low, high = self._survival(self.new_centre_early, months, (1 - tail, tail))
        return low, high

    def tau(self) -> float:
        """Return the posterior median of the spread of log hazards."""
        values, below = self.spreads
        return float(np.interp(0.5, below, values))

    def _survival(
        self, early: Array, months: float, probabilities: Sequence[float]
    ) -> list[float]:
        """Return survival at quantiles of the cumulative hazard.

        Each slice's quantiles, moved by its months, are sorted among all others'. A
        quantile is averaged over its neighbours, each a step up the sorted values: none
        of them falls as all values rise, so survival never rises with time.
        """
        first = min(months, EARLY_ENDS)
        as_early = np.log(first + np.exp(self.log_ratio) * (months - first))
        hazard = (early + as_early[:, None]).ravel()
        order = np.argsort(hazard)
        mass = (self.share[:, None] * POINT_MASS).ravel()[order]
        below = np.cumsum(mass)
        wanted = log_odds(np.array(probabilities))[:, None] + AROUND
        place = np.searchsorted(below, expit(wanted) * below[-1])
        found = hazard[order][place].mean(axis=1)
        return [float(value) for value in np.exp(-np.exp(found))]


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
    return _fit(studies, priors or HazardPriors()).curve(level)


def survival_curves(
    studies: Sequence[Sequence[Observation]],
    *,
    priors: HazardPriors | None = None,
    level: float = 0.95,
) -> tuple[SurvivalCurve, tuple[SurvivalCurve, ...]]:
    """Pool survival over all times, and again without each study.

    Parameters
    ----------
    studies, priors, level
        As for `survival_curve`.

    Returns
    -------
    tuple
        The curve, and one without each study in turn; none where there is one study.
    """
    if not studies or not all(studies):
        raise ValueError("a curve needs studies that each say something")
    given = priors or HazardPriors()
    fit = _fit(studies, given)
    if len(studies) == 1:
        return fit.curve(level), ()
    without = []
    for index in range(len(studies)):
        rest = fit.without(index)
        if not rest.reaches_its_tails():
            rest = _fit([*studies[:index], *studies[index + 1 :]], given)
        without.append(rest.curve(level))
    return fit.curve(level), tuple(without)


@dataclass(frozen=True, eq=False)
class _Fit:
    """The posterior at each ratio of the hazards.

    Parameters
    ----------
    ratios : ndarray, shape (ratios,)
        Log ratios of the later hazard to the early one, evenly spaced.
    heights : ndarray, shape (ratios,)
        Log evidence of each.
    models : tuple of TabulatedModel
        Studies and priors at each.
    posteriors : tuple of Slices
        Early log hazard and spread at each.
    """

    ratios: Array
    heights: Array
    models: tuple[TabulatedModel, ...]
    posteriors: tuple[Slices, ...]

    def without(self, index: int) -> _Fit:
        """Take a study's likelihood back out of the posterior."""
        posteriors, heights, models = [], [], []
        for model, posterior, height in zip(
            self.models, self.posteriors, self.heights, strict=True
        ):
            table = model.tables[index]
            part = log_likelihood(table, posterior.logits, posterior.tau)
            rest = posterior.reweighted(-part)
            gained = float(rest.log_evidence - posterior.log_evidence) - table.top
            posteriors.append(rest)
            heights.append(height + gained)
            tables = model.tables[:index] + model.tables[index + 1 :]
            models.append(replace(model, tables=tables))
        return _Fit(self.ratios, np.array(heights), tuple(models), tuple(posteriors))

    def reaches_its_tails(self) -> bool:
        """Tell whether all that matters lies within the grid."""
        share = np.exp(self.heights - self.heights.max())
        share /= share.sum()
        if max(share[0], share[-1]) > CUT_OFF:
            return False
        at_ends = sum(
            part * float(one.weight @ one.mass[:, [0, -1]].sum(axis=1) + one.weight[-1])
            for part, one in zip(share, self.posteriors, strict=True)
        )
        return bool(at_ends < CUT_OFF)

    def curve(self, level: float) -> SurvivalCurve:
        """Mix over the ratios."""
        steps = FINER * (len(self.ratios) - 1) + 1
        fine = np.linspace(self.ratios[0], self.ratios[-1], steps)
        between = spline(self.ratios, fine)
        share = np.exp(between @ (self.heights - self.heights.max()))

        def predict() -> Array:
            new = map(new_study_distribution, self.posteriors)
            return np.asarray(between @ _quantiles(new))

        return SurvivalCurve(
            k=len(self.models[0].tables),
            level=level,
            log_ratio=fine,
            share=share / share.sum(),
            early=between
            @ _quantiles(location_distribution(p, AS_FINE) for p in self.posteriors),
            predict=predict,
            spreads=_spreads(self.posteriors, self.heights),
        )


def _fit(studies: Sequence[Sequence[Observation]], priors: HazardPriors) -> _Fit:
    """Work the posterior out at ratios over the range that the data leave."""
    ratios = _ratios_that_matter(studies, priors)
    found = _models(studies, ratios, priors)
    posteriors = tuple(slices(model) for model, _ in found)
    heights = [
        float(posterior.log_evidence) + rest
        for posterior, (_, rest) in zip(posteriors, found, strict=True)
    ]
    models = tuple(model for model, _ in found)
    return _Fit(ratios, np.array(heights), models, posteriors)


def _quantiles(distributions: Iterable[LogitDistribution]) -> Array:
    """Return a row of quantiles at the log odds that all slices share, for each."""
    return np.array([one.quantile(expit(LOG_ODDS)) for one in distributions])


def _ratios_that_matter(
    studies: Sequence[Sequence[Observation]], priors: HazardPriors
) -> Array:
    """Return log ratios of the hazards over the range that the data leave."""
    between = log(priors.later) - log(priors.early)
    reach = FARTHEST * priors.width * 2**0.5
    grid = np.linspace(between - reach, between + reach, RATIOS_LOOKED_AT)
    evidence = [
        approximate_evidence(model) + rest
        for model, rest in _models(studies, grid, priors)
    ]
    inside = np.flatnonzero(np.array(evidence) > max(evidence) - DEPTH)
    low = grid[max(inside[0] - 1, 0)]
    high = grid[min(inside[-1] + 1, len(grid) - 1)]
    return np.linspace(low, high, RATIOS)


def _models(
    studies: Sequence[Sequence[Observation]], log_ratios: Array, priors: HazardPriors
) -> list[tuple[TabulatedModel, float]]:
    """Return the model at each ratio, and what its evidence leaves out."""
    every = tabulated(SurvivalLikelihoods.of(studies, log_ratios))
    k, usual = len(studies), log(priors.later) - log(priors.early)
    found = []
    for place, log_ratio in enumerate(log_ratios):
        tables = every[place * k : (place + 1) * k]
        off = float(log_ratio) - usual
        model = TabulatedModel(
            tuple(tables),
            priors.tau,
            log(priors.early) - off / 2,
            priors.width / 2**0.5,
        )
        tops = sum(table.top for table in tables)
        found.append((model, tops - 0.25 * (off / priors.width) ** 2))
    return found


def _spreads(posteriors: Sequence[Slices], heights: Array) -> tuple[Array, Array]:
    """Mix the distributions of the spread over the ratios."""
    share = np.exp(heights - heights.max())
    tables = [spread_distribution(posterior) for posterior in posteriors]
    values = np.linspace(0.0, max(float(v[-1]) for v, _ in tables), SPREAD_POINTS)
    below = sum(
        part * np.interp(values, *table)
        for part, table in zip(share / share.sum(), tables, strict=True)
    )
    return values, np.asarray(below)
