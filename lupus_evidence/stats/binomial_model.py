"""The binomial-normal model of single arms, as the posterior's grid asks about it.

x_i ~ Bin(n_i, expit(theta_i)),  theta_i ~ N(m, tau^2)
tau ~ HalfNormal(s),  expit(m) ~ Beta(a, a)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lupus_evidence.stats.derivatives import log_marginal_in_location
from lupus_evidence.stats.likelihood import (
    Array,
    expit,
    fast_rule,
    log_marginal,
    softplus,
)
from lupus_evidence.stats.posterior_grid import Surface

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
