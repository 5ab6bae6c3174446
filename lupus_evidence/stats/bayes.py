"""The default: the Bayesian binomial-normal model on a deterministic grid.

    x_i ~ Bin(n_i, expit(theta_i)),  theta_i ~ N(m, tau^2)
    tau ~ HalfNormal(s),  expit(m) ~ Beta(a, a)

with s = 1 and a = 1/2 unless told otherwise. No sampling: the joint posterior is
laid out on a grid (`posterior_grid`) and summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import expit

from lupus_evidence.stats.likelihood import (
    Array,
    fast_rule,
    log_marginal,
    log_marginal_in_location,
    softplus,
)
from lupus_evidence.stats.posterior_grid import Slices, Surface, slices
from lupus_evidence.stats.posterior_tables import (
    Posterior,
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


# numbers held at once, about 1 MB an array: bounds memory and fits the cache
BLOCK = 1 << 17
STUDIES_AT_ONCE = 512
# parts of the grid by spread: wide spreads need more nodes, narrow ones need not pay
SPREAD_GROUPS = 4


@dataclass(frozen=True)
class BinomialModel:
    """Data and priors.

    Parameters
    ----------
    events, n : ndarray, shape (k, 1)
        People with the outcome, and people.
    tau_prior : float
        Scale of the half-normal prior of the spread on the logit scale.
    rate_prior : float
        a of the Beta(a, a) prior of the median rate.
    """

    events: Array
    n: Array
    tau_prior: float
    rate_prior: float

    @property
    def studies(self) -> int:
        """How many studies there are."""
        return self.n.size

    def fine_spread(self) -> float:
        """Return the spread at which the data begin to tell it from 0.

        The information on tau^2 near 0 is sum((n p q)^2) / 2.
        """
        rate = (self.events + 0.5) / (self.n + 1)
        information = self.n * rate * (1 - rate)
        return float(np.sum(information**2) ** -0.25)

    def start(self, tau: Array) -> Array:
        """Average the studies' logits by inverse variance at each spread."""
        events, rest = self.events + 0.5, self.n - self.events + 0.5
        weight = 1 / (1 / events + 1 / rest + tau**2)
        own = np.log(events / rest)
        return np.asarray((weight * own).sum(axis=0) / weight.sum(axis=0))

    def surface(self, location: Array, tau: Array) -> Surface:
        """Return the log density of the logit at each pair, with derivatives."""
        p = expit(location)
        value = self.rate_prior * (location - 2 * softplus(location))
        slope = self.rate_prior * (1 - 2 * p)
        information = 2 * self.rate_prior * p * (1 - p)
        for studies, points in self._blocks(tau):
            part = log_marginal_in_location(
                self.events[studies],
                self.n[studies],
                location[points],
                tau[points],
                fast_rule(float(tau[points].max())),
            )
            value[points] += part.value.sum(axis=0)
            slope[points] += part.location.sum(axis=0)
            information[points] -= part.location2.sum(axis=0)
        # a slice is log-concave; far out rounding may say otherwise
        return Surface(value, slope, np.maximum(information, 1e-10))

    def log_density(self, location: Array, tau: Array) -> Array:
        """Return the log density on a whole grid of shape (spreads, points)."""
        value = self.rate_prior * (location - 2 * softplus(location)).ravel()
        at, spread = location.ravel(), np.repeat(tau, location.shape[1])
        for studies, points in self._blocks(spread, SPREAD_GROUPS):
            value[points] += log_marginal(
                self.events[studies],
                self.n[studies],
                at[points],
                spread[points],
                fast_rule(float(spread[points].max())),
            ).sum(axis=0)
        return np.asarray(value.reshape(location.shape))

    def _blocks(self, tau: Array, groups: int = 1) -> list[tuple[slice, slice]]:
        """Cut studies and points into blocks that fit the memory set aside."""
        k, points = self.n.size, tau.size
        studies = min(k, STUDIES_AT_ONCE)
        nodes = fast_rule(float(tau.max())).nodes
        width = max(1, min(BLOCK // (studies * nodes), -(-points // groups)))
        return [
            (slice(i, i + studies), slice(j, j + width))
            for j in range(0, points, width)
            for i in range(0, k, studies)
        ]
