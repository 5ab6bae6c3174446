"""The default for trials: a Bayesian random-effects logit model, without sampling.

    a_i ~ Bin(n_ai, expit(alpha_i + theta_i / 2))
    b_i ~ Bin(n_bi, expit(alpha_i - theta_i / 2))
    theta_i ~ N(mu, tau^2),  alpha_i flat

    mu ~ N(0, 2.82^2),  tau ~ HalfNormal(0.5)

The priors are those of Gunhan, Roever and Friede 2020 (doi 10.1002/jrsm.1370): an odds
ratio between 1/250 and 250 with 95 % probability, and a spread that for most sets of
trials is below 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.posterior_grid import Surface, slices
from lupus_evidence.stats.posterior_tables import (
    location_distribution,
    new_study_distribution,
    spread_distribution,
)
from lupus_evidence.stats.trial_likelihood import PER_SCALE, TrialTable, tabulated
from lupus_evidence.stats.two_by_two import Tables

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.posterior import LogitDistribution

#: Standard deviation of the normal prior of the mean log odds ratio.
EFFECT_PRIOR = 2.82
#: Scale of the half-normal prior of the spread of log odds ratios.
TAU_PRIOR = 0.5
# deviates over which a trial's likelihood is averaged where the spread is smaller than
# its scale: a step of 0.7 leaves an error of 1e-8 or less, the ends 2e-8
DEVIATES = np.arange(-8, 9) * 0.7
DEVIATE_WEIGHTS = np.exp(-0.5 * DEVIATES**2) / np.exp(-0.5 * DEVIATES**2).sum()
# where the spread is larger, every other point of the trial's table is used
STRIDE = PER_SCALE // 2
# points looked at together, which bounds memory
POINTS_AT_ONCE = 4096
# points beside a location, in scales of the likelihood, that show its curvature
BESIDE = 1e-4
# curvature of a slice is never taken as less
FLATTEST = 1e-10
KEPT_POSTERIORS = 64


@dataclass(frozen=True, eq=False)
class TrialModel:
    """Trials and priors, as the posterior's grid asks about them.

    Parameters
    ----------
    tables : tuple of TrialTable
        What each informative trial says of its own log odds ratio.
    tau_prior, effect_prior : float
        Scale of the half-normal prior of the spread; standard deviation of the normal
        prior of the mean log odds ratio.
    """

    tables: tuple[TrialTable, ...]
    tau_prior: float
    effect_prior: float

    @property
    def studies(self) -> int:
        """How many informative trials there are."""
        return len(self.tables)

    def fine_spread(self) -> float:
        """Return the spread at which the data begin to tell it from 0."""
        return float(np.sum([table.scale**-4 for table in self.tables]) ** -0.25)

    def start(self, tau: Array) -> Array:
        """Average the trials' likeliest values by inverse variance at each spread."""
        own = np.array([table.theta[np.argmax(table.value)] for table in self.tables])
        scale = np.array([table.scale for table in self.tables])
        weight = 1 / (scale[:, None] ** 2 + tau**2)
        pull = self.effect_prior**-2
        total = weight.sum(axis=0) + pull
        return np.asarray((weight * own[:, None]).sum(axis=0) / total)

    def surface(self, location: Array, tau: Array) -> Surface:
        """Return the log density of the mean log odds ratio, with derivatives."""
        pull = self.effect_prior**-2
        value, slope = -0.5 * pull * location**2, -pull * location
        information = np.full_like(location, pull)
        for table in self.tables:
            part = _averaged(table, location, tau)
            value, slope = value + part.value, slope + part.slope
            information = information + part.information
        return Surface(value, slope, np.maximum(information, FLATTEST))

    def log_density(self, location: Array, tau: Array) -> Array:
        """Return the log density on a whole grid of shape (spreads, points)."""
        at, spread = location.ravel(), np.repeat(tau, location.shape[1])
        value = np.concatenate(
            [
                self.surface(
                    at[i : i + POINTS_AT_ONCE], spread[i : i + POINTS_AT_ONCE]
                ).value
                for i in range(0, at.size, POINTS_AT_ONCE)
            ]
        )
        return np.asarray(value.reshape(location.shape))


def _averaged(table: TrialTable, location: Array, tau: Array) -> Surface:
    """Average a trial's likelihood over the spread around each mean, with derivatives.

    Over deviates where the spread is the narrower of the two, over the trial's own
    table where the likelihood is.
    """
    narrow = tau < table.scale
    found = Surface(*(np.empty_like(location) for _ in range(3)))
    for chosen, part in ((narrow, _over_deviates), (~narrow, _over_table)):
        if np.any(chosen):
            given = part(table, location[chosen], tau[chosen])
            found.value[chosen] = given.value
            found.slope[chosen] = given.slope
            found.information[chosen] = given.information
    return found


def _over_deviates(table: TrialTable, location: Array, tau: Array) -> Surface:
    """Average over normal deviates; derivatives by the likelihood's own slope."""
    log_height, slope = table.at(location[:, None] + tau[:, None] * DEVIATES)
    top = log_height.max(axis=1, keepdims=True)
    weight = DEVIATE_WEIGHTS * np.exp(log_height - top)
    total = weight.sum(axis=1)
    share = weight / total[:, None]
    mean = np.sum(share * slope, axis=1)
    # the slope's own derivative, from two points beside
    step = BESIDE * table.scale
    ahead = _mean_slope(table, location + step, tau)
    behind = _mean_slope(table, location - step, tau)
    return Surface(top[:, 0] + np.log(total), mean, (behind - ahead) / (2 * step))


def _mean_slope(table: TrialTable, location: Array, tau: Array) -> Array:
    """Return the slope of the averaged log likelihood."""
    log_height, slope = table.at(location[:, None] + tau[:, None] * DEVIATES)
    weight = DEVIATE_WEIGHTS * np.exp(
        log_height - log_height.max(axis=1, keepdims=True)
    )
    return np.asarray((weight * slope).sum(axis=1) / weight.sum(axis=1))


def _over_table(table: TrialTable, location: Array, tau: Array) -> Surface:
    """Average over the trial's table; derivatives by those of the normal density."""
    theta, value = table.theta[::STRIDE], table.value[::STRIDE]
    deviate = (theta - location[:, None]) / tau[:, None]
    log_height = value - 0.5 * deviate**2
    top = log_height.max(axis=1, keepdims=True)
    weight = np.exp(log_height - top)
    total = weight.sum(axis=1)
    share = weight / total[:, None]
    mean = np.sum(share * deviate, axis=1)
    spread = np.sum(share * (deviate - mean[:, None]) ** 2, axis=1)
    step = STRIDE * table.step
    return Surface(
        top[:, 0] + np.log(total * step / (tau * np.sqrt(2 * np.pi))),
        mean / tau,
        (1 - spread) / tau**2,
    )


@dataclass(frozen=True, eq=False)
class TrialPosterior:
    """What the model says after the data.

    Parameters
    ----------
    effect : LogitDistribution
        Of the mean log odds ratio.
    sd : float
        Its posterior standard deviation.
    new_trial : LogitDistribution
        Of the log odds ratio of a new trial.
    tau, tau_cdf : ndarray, shape (points,)
        Increasing spreads, and the probability of one at or below each.
    """

    effect: LogitDistribution
    sd: float
    new_trial: LogitDistribution
    tau: Array
    tau_cdf: Array

    def tau_quantile(self, probability: float) -> float:
        """Return the spread below which lies this probability."""
        return float(np.interp(probability, self.tau_cdf, self.tau))


def trial_posterior(tables: Tables, tau_prior: float = TAU_PRIOR) -> TrialPosterior:
    """Compute the posterior of the mean log odds ratio, the spread and a new trial.

    Parameters
    ----------
    tables : Tables
        Informative trials, one or more.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    """
    counts = (tables.events_a, tables.n_a, tables.events_b, tables.n_b)
    rows = tuple(sorted(zip(*(c.tolist() for c in counts), strict=True)))
    return _posterior(rows, tau_prior)


@lru_cache(maxsize=KEPT_POSTERIORS)
def _posterior(rows: tuple[tuple[float, ...], ...], tau_prior: float) -> TrialPosterior:
    """Compute the posterior of trials given as rows of four counts."""
    tables = Tables(*np.array(rows, dtype=float).T)
    model = TrialModel(tuple(tabulated(tables)), tau_prior, EFFECT_PRIOR)
    grid = slices(model)
    mass = grid.weight[:, None] * grid.mass
    centre = float(np.sum(mass * grid.logits))
    tau, tau_cdf = spread_distribution(grid)
    return TrialPosterior(
        effect=location_distribution(grid),
        sd=float(np.sqrt(np.sum(mass * (grid.logits - centre) ** 2))),
        new_trial=new_study_distribution(grid),
        tau=tau,
        tau_cdf=tau_cdf,
    )
