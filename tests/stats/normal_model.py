"""A model of a location and a spread in which all is known: its studies are normal."""

from dataclasses import dataclass

import numpy as np

from lupus_evidence.stats.posterior_grid import Surface


@dataclass
class NormalModel:
    """Values y with errors s around locations N(mu, tau^2), mu ~ N(centre, width^2)."""

    y: tuple[float, ...]
    s: tuple[float, ...]
    tau_prior: float
    centre: float = 0.0
    width: float = 2.0

    @property
    def studies(self):
        """How many."""
        return len(self.y)

    def fine_spread(self):
        """The spread at which the data begin to tell it from 0."""
        return sum(s**-4 for s in self.s) ** -0.25

    def start(self, tau):
        """Somewhere near."""
        return np.full_like(tau, np.mean(self.y))

    def surface(self, location, tau):
        """Log density of the location, without constants, and its derivatives."""
        off = location - self.centre
        value, slope = -(off**2) / (2 * self.width**2), -off / self.width**2
        information = np.full_like(location, self.width**-2)
        for y, s in zip(self.y, self.s, strict=True):
            variance = s**2 + tau**2
            value = value - (location - y) ** 2 / (2 * variance) - np.log(variance) / 2
            slope = slope - (location - y) / variance
            information = information + 1 / variance
        return Surface(value, slope, information)

    def log_density(self, location, tau):
        """The same on a whole grid."""
        return self.surface(location, tau[:, None]).value

    def given(self, tau):
        """Mean and standard deviation of the location at spreads, and their evidence.

        The evidence is the logarithm of the integral over the location, the prior of
        the spread included, no constants of priors.
        """
        at = self.surface(np.zeros_like(tau), tau)
        mean = at.slope / at.information
        height = at.value + mean**2 * at.information / 2
        evidence = height + np.log(2 * np.pi / at.information) / 2
        return mean, at.information**-0.5, evidence - (tau / self.tau_prior) ** 2 / 2

    def dense(self, points=4001):
        """Spreads, the share of each, location's mean and sd at each, log evidence."""
        tau = np.linspace(0, 7 * self.tau_prior, points)
        mean, sd, height = self.given(tau)
        weight = np.exp(height - height.max())
        weight[0] /= 2
        whole = weight.sum() * (tau[1] - tau[0])
        return tau, weight / weight.sum(), mean, sd, height.max() + np.log(whole)
