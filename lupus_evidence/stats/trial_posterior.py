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

from lupus_evidence.stats.posterior_grid import slices
from lupus_evidence.stats.posterior_tables import (
    location_distribution,
    new_study_distribution,
    spread_distribution,
)
from lupus_evidence.stats.tabulated_model import TabulatedModel, tabulated
from lupus_evidence.stats.trial_likelihood import TrialLikelihoods
from lupus_evidence.stats.two_by_two import Tables

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.posterior import LogitDistribution

#: Standard deviation of the normal prior of the mean log odds ratio.
EFFECT_PRIOR = 2.82
#: Scale of the half-normal prior of the spread of log odds ratios.
TAU_PRIOR = 0.5
KEPT_POSTERIORS = 64


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
    model = TabulatedModel(
        tuple(tabulated(TrialLikelihoods(tables))), tau_prior, 0.0, EFFECT_PRIOR
    )
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
