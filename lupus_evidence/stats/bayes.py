"""The default: the Bayesian binomial-normal model on a deterministic grid.

    x_i ~ Bin(n_i, expit(theta_i)),  theta_i ~ N(m, tau^2)
    tau ~ HalfNormal(s),  expit(m) ~ Beta(a, a)

with s = 1 and a = 1/2 unless told otherwise. No sampling: the joint posterior is
laid out on a grid (`posterior_grid`) and summed.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lupus_evidence.stats.binomial_model import BinomialModel
from lupus_evidence.stats.likelihood import Array, expit
from lupus_evidence.stats.posterior import Posterior
from lupus_evidence.stats.posterior_grid import Slices, slices
from lupus_evidence.stats.posterior_tables import (
    location_distribution,
    new_study_distribution,
    normal_rule,
    spread_distribution,
)

# a of the Beta(a, a) prior of the median rate: Jeffreys, and the uniform prior that
# replaces it for one-sided bounds, where Jeffreys is too bold
JEFFREYS, UNIFORM = 0.5, 1.0
# nodes of Gauss-Hermite for the mean of expit over a normal deviate
NORMAL_NODES = 24
KEPT_POSTERIORS = 256
# a posterior is not weighed anew where more of it would lie at the ends of the grid of
# spreads, or on one of them: 400 sets of 2 to 14 studies, intervals good to 1e-5
CUT_OFF, HEAVIEST_SPREAD = 1e-5, 0.2

Studies = tuple[tuple[float, float], ...]


def posterior(
    events: tuple[float, ...],
    n: tuple[float, ...],
    tau_prior: float = 1.0,
    rate_prior: float = JEFFREYS,
    from_prior: float | None = None,
) -> Posterior:
    """Compute the posterior of the median rate, the spread and a new study's rate.

    Parameters
    ----------
    events, n : tuple of float, shape (k,)
        People with the outcome, and people; one study or more.
    tau_prior : float
        Scale s of the half-normal prior of the spread on the logit scale.
    rate_prior : float
        a of the Beta(a, a) prior of the median rate.
    from_prior : float, optional
        A larger scale whose posterior is known already: this one is then that one
        weighed anew, on its grid, where that reaches far enough; good to 1e-4.

    Raises
    ------
    ValueError
        If `tau_prior` is not a positive number.
    """
    if not 0 < tau_prior < np.inf:
        raise ValueError(f"the prior scale of tau must be above 0, not {tau_prior!r}")
    # one order and one side for one set of studies: the answer must not depend on it
    # by a rounding, and survival and death are one question
    studies = tuple(sorted(zip(events, n, strict=True)))
    others = tuple(sorted((size - count, size) for count, size in studies))
    if (sum(events), studies) <= (sum(count for count, _ in others), others):
        return _posterior(studies, tau_prior, rate_prior, from_prior)
    return _posterior(others, tau_prior, rate_prior, from_prior).mirrored()


@lru_cache(maxsize=KEPT_POSTERIORS)
def _posterior(
    studies: Studies, tau_prior: float, rate_prior: float, from_prior: float | None
) -> Posterior:
    """Compute the posterior of studies given as pairs of events and people."""
    grid = None
    if from_prior is not None and from_prior > tau_prior:
        wider = _slices(studies, from_prior, rate_prior)
        grid = _tightened(wider, from_prior, tau_prior)
    if grid is None:
        grid = _slices(studies, tau_prior, rate_prior)
    mass = grid.weight[:, None] * grid.mass
    centre = float(np.sum(mass * grid.logits))
    tau, tau_cdf = spread_distribution(grid)
    return Posterior(
        median_rate=location_distribution(grid),
        sd=float(np.sqrt(np.sum(mass * (grid.logits - centre) ** 2))),
        tau=tau,
        tau_cdf=tau_cdf,
        predict=lambda: new_study_distribution(grid),
        mean=float(np.sum(mass * marginal_mean(grid.logits, grid.tau[:, None]))),
        tau_prior=tau_prior,
        rate_prior=rate_prior,
    )


@lru_cache(maxsize=KEPT_POSTERIORS)
def _slices(studies: Studies, tau_prior: float, rate_prior: float) -> Slices:
    """Lay the posterior of studies out, once however often it is weighed anew."""
    counts = np.array(studies, dtype=float)
    return slices(BinomialModel(counts[:, :1], counts[:, 1:], tau_prior, rate_prior))


def _tightened(grid: Slices, wider: float, scale: float) -> Slices | None:
    """Return the posterior under a tighter prior of the spread, on the same grid.

    None where too much of it lies at the grid's ends, or on too few of its spreads.
    """
    rest = grid.reweighted(-0.5 * grid.tau[:, None] ** 2 * (scale**-2 - wider**-2))
    at_ends = float(rest.weight[-1] + rest.weight[0] * (grid.v[0] > 0))
    if at_ends > CUT_OFF or rest.weight.max() > HEAVIEST_SPREAD:
        return None
    return rest


def marginal_mean(logit: Array, tau: Array) -> Array:
    """Return the mean over studies of a rate whose logit is N(logit, tau^2).

    Parameters
    ----------
    logit, tau : ndarray
        Median logit and spread, broadcast against each other.

    Returns
    -------
    ndarray
        Proportions in 0-1, by Gauss-Hermite quadrature.
    """
    z, weight = normal_rule(NORMAL_NODES)
    return np.asarray(expit(logit[..., None] + tau[..., None] * z) @ weight)
