"""The posterior of a median rate and of the spread, as tables to look things up in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.special import expit, logit

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.likelihood import Array

# probabilities beyond this are not told apart; far below any interval's tails
TINY = 1e-12
POINTS = 513


@dataclass(frozen=True, eq=False)
class LogitDistribution:
    """A continuous distribution of a rate, tabulated on the logit scale.

    Parameters
    ----------
    logit : ndarray, shape (points,)
        Increasing logits.
    log_odds : ndarray, shape (points,)
        Logit of the probability of being at or below each; increasing. Between the
        points it is interpolated linearly, and it is nearly linear itself.
    """

    logit: Array
    log_odds: Array

    def cdf(self, at: Array) -> Array:
        """Return the probability of a logit at or below `at`, elementwise."""
        inside = expit(np.interp(at, self.logit, self.log_odds))
        below = np.where(at < self.logit[0], 0.0, inside)
        return np.asarray(np.where(at > self.logit[-1], 1.0, below))

    def quantile(self, probability: Array) -> Array:
        """Return the logits below which lie these probabilities, elementwise."""
        clipped = np.clip(probability, TINY, 1 - TINY)
        return np.asarray(np.interp(logit(clipped), self.log_odds, self.logit))

    def interval(self, level: float) -> tuple[float, float]:
        """Return the equal-tailed interval as proportions in 0-1."""
        tail = (1 - level) / 2
        low, high = expit(self.quantile(np.array([tail, 1 - tail])))
        return float(low), float(high)

    def mirrored(self) -> LogitDistribution:
        """Return the distribution of the rate's complement."""
        return LogitDistribution(-self.logit[::-1], -self.log_odds[::-1])

    def median(self) -> float:
        """Return the median logit."""
        return float(self.quantile(np.array(0.5)))


@dataclass(frozen=True, eq=False)
class Posterior:
    """What the binomial-normal model says after the data.

    Parameters
    ----------
    median_rate : LogitDistribution
        Of the median rate.
    sd : float
        Posterior standard deviation of the logit of the median rate.
    tau : ndarray, shape (points,)
        Increasing spreads from 0.
    tau_cdf : ndarray, shape (points,)
        Probability of a spread at or below each.
    predict : callable
        Makes the distribution of the rate of a new study.
    mean : float
        Mean rate of a new study, proportion in 0-1: the marginal mean rate
        averaged over the posterior.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    rate_prior : float
        a of the Beta(a, a) prior of the median rate.
    """

    median_rate: LogitDistribution
    sd: float
    tau: Array
    tau_cdf: Array
    predict: Callable[[], LogitDistribution]
    mean: float
    tau_prior: float
    rate_prior: float

    @cached_property
    def new_study(self) -> LogitDistribution:
        """The rate of a new study; worked out when asked for, a third of the work."""
        return self.predict()

    def mirrored(self) -> Posterior:
        """Return the posterior of the complement: of survival from that of death."""
        return replace(
            self,
            median_rate=self.median_rate.mirrored(),
            predict=lambda: self.new_study.mirrored(),  # noqa: PLW0108 - not before it is asked for
            mean=1 - self.mean,
        )

    def tau_quantile(self, probability: float) -> float:
        """Return the spread below which lies this probability."""
        return float(np.interp(probability, self.tau_cdf, self.tau))


def distribution(logits: Array, below: Array, above: Array) -> LogitDistribution:
    """Tabulate a distribution from its probabilities below and above given logits.

    Parameters
    ----------
    logits : ndarray, shape (points,)
        Increasing logits.
    below, above : ndarray, shape (points,)
        Probability at or below, and above, each; both given so that neither tail
        loses its digits.
    """
    keep = (below > TINY) & (above > TINY)
    return tabulate(logits[keep], np.log(below[keep]) - np.log(above[keep]))


def tabulate(logits: Array, odds: Array) -> LogitDistribution:
    """Freeze a table of logits and the log-odds of lying at or below each."""
    # rounding may leave neighbours level far out in a tail
    rising = np.append(True, odds[1:] > np.maximum.accumulate(odds)[:-1])
    table = logits[rising], odds[rising]
    for column in table:
        column.flags.writeable = False
    return LogitDistribution(*table)


def log_odds(probability: Array) -> Array:
    """Return the logit of probabilities in (0, 1), however small."""
    return np.asarray(np.log(probability) - np.log1p(-probability))
