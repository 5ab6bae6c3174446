"""The default for trials: a Bayesian random-effects logit model, without sampling.

    a_i ~ Bin(n_ai, expit(alpha_i + theta_i / 2))
    b_i ~ Bin(n_bi, expit(alpha_i - theta_i / 2))
    theta_i ~ N(mu, tau^2),  alpha_i flat

    mu ~ N(0, 2.82^2),  tau ~ HalfNormal(0.5)

The priors are those of Gunhan, Roever and Friede 2020 (doi 10.1002/jrsm.1370): an odds
ratio between 1/250 and 250 with 95 % probability, and a spread that for most sets of
trials is below 1.

A trial's baseline alpha is integrated out against a flat prior, so that it does not
matter which arm it is measured from (Smith, Spiegelhalter and Thomas 1995, doi
10.1002/sim.4780142408, take a wide normal prior). A trial in which no one, or
everyone, had the outcome says nothing of theta and has no such integral. The logarithm
of the integral is concave in theta, being that of a log-concave function of both
(Prekopa 1971).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.likelihood import Array, expit, softplus
from lupus_evidence.stats.posterior_grid import slices
from lupus_evidence.stats.posterior_tables import (
    location_distribution,
    new_study_distribution,
    spread_distribution,
)
from lupus_evidence.stats.tabulated_model import (
    StudyLikelihoods,
    TabulatedModel,
    tabulated,
)
from lupus_evidence.stats.two_by_two import Tables

if TYPE_CHECKING:
    from lupus_evidence.stats.posterior_tables import LogitDistribution

    _Counts = tuple[Array, ...]


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


# nodes over the baseline, sinh stretch, and how far down the integrand is followed
NODES, STRETCH, DEPTH = 49, 3.0, 32.0
# first guess of the integrand's reach in units of its scale
PROBE = 3.5
# Newton steps toward the baseline's mode; one moves it by this much at most
MODE_STEPS, LONGEST_STEP = 100, 2.0
CENTRED = 0.05
# a slope or curvature below this is none
FLAT = 1e-200


@dataclass(frozen=True, eq=False)
class TrialLikelihoods:
    """What trials say of their own log odds ratios.

    Parameters
    ----------
    tables : Tables
        Informative trials.
    """

    tables: Tables

    @property
    def k(self) -> int:
        """How many trials there are."""
        return self.tables.k

    def at(self, theta: Array) -> StudyLikelihoods:
        """Return the likelihoods at log odds ratios of shape (k, points)."""
        return integrated(self.tables, theta)

    def one(self, index: int) -> TrialLikelihoods:
        """Return one of the trials."""
        return TrialLikelihoods(self.tables.only(np.arange(self.k) == index))


def integrated(tables: Tables, theta: Array) -> StudyLikelihoods:
    """Integrate each trial's baseline out.

    Parameters
    ----------
    tables : Tables
        Informative trials.
    theta : ndarray, shape (k, points)
        Log odds ratios.
    """
    counts = tuple(
        cell[:, None]
        for cell in (tables.events_a, tables.n_a, tables.events_b, tables.n_b)
    )
    half = theta / 2
    mode, scale = _baseline_mode(counts, half)
    top = _log_integrand(counts, mode, half)
    unit = STRETCH * scale
    left, right = (
        np.arcsinh(_reach(counts, half, (mode, scale, top), side) / unit)
        for side in (-1.0, 1.0)
    )
    length = left + right
    u = length[..., None] * np.linspace(0, 1, NODES) - left[..., None]
    alpha = mode[..., None] + unit[..., None] * np.sinh(u)
    a, n_a, c, n_b = wide = tuple(cell[..., None] for cell in counts)
    log_height = _log_integrand(wide, alpha, half[..., None])
    weight = np.exp(log_height - top[..., None]) * np.cosh(u)
    total = weight.sum(axis=-1)
    share = weight / total[..., None]
    p, q = expit(alpha + half[..., None]), expit(alpha - half[..., None])
    score = ((a - n_a * p) - (c - n_b * q)) / 2
    curvature = (n_a * p * (1 - p) + n_b * q * (1 - q)) / 4
    slope = np.sum(share * score, axis=-1)
    spread = np.sum(share * (score - slope[..., None]) ** 2, axis=-1)
    return StudyLikelihoods(
        value=top + np.log(total * unit * length / (NODES - 1)),
        slope=slope,
        information=np.sum(share * curvature, axis=-1) - spread,
    )


def _log_integrand(counts: _Counts, alpha: Array, half: Array) -> Array:
    """Return the log likelihood of baseline and half log odds ratio."""
    a, n_a, c, n_b = counts
    up, down = alpha + half, alpha - half
    return np.asarray(a * up - n_a * softplus(up) + c * down - n_b * softplus(down))


def _reach(
    counts: _Counts, half: Array, peak: tuple[Array, Array, Array], side: float
) -> Array:
    """Bound how far from its mode the integrand stays above exp(-DEPTH).

    It is log-concave, so its tangent at a probe lies above it.
    """
    a, n_a, c, n_b = counts
    mode, scale, top = peak
    at = mode + side * PROBE * scale
    drop = top - _log_integrand(counts, at, half)
    slope = side * (n_a * expit(at + half) + n_b * expit(at - half) - (a + c))
    beyond = np.maximum(DEPTH - drop, 0) / np.maximum(slope, FLAT)
    return np.asarray(PROBE * scale + beyond)


def _baseline_mode(counts: _Counts, half: Array) -> tuple[Array, Array]:
    """Find the likeliest baseline at each log odds ratio, and its scale."""
    a, n_a, c, n_b = counts
    rate = (a + c) / (n_a + n_b)
    alpha = np.log(rate / (1 - rate)) + np.zeros_like(half)
    # the zero lies between those of the arms as if all people were in one of them
    low, high = alpha - np.abs(half), alpha + np.abs(half)
    for _ in range(MODE_STEPS):
        p, q = expit(alpha + half), expit(alpha - half)
        slope = (a + c) - n_a * p - n_b * q
        low, high = np.where(slope > 0, alpha, low), np.where(slope < 0, alpha, high)
        curvature = n_a * p * (1 - p) + n_b * q * (1 - q)
        step = slope / np.maximum(curvature, FLAT)
        settled = step * step * curvature < CENTRED**2
        if np.all(settled | (high - low < CENTRED)):
            break
        newton = alpha + np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        inside = (newton > low) & (newton < high)
        alpha = np.where(settled, alpha, np.where(inside, newton, (low + high) / 2))
    p, q = expit(alpha + half), expit(alpha - half)
    return alpha, 1 / np.sqrt(n_a * p * (1 - p) + n_b * q * (1 - q))
