"""How one study's integrated likelihood changes with median logit and spread.

The derivatives are expectations over the study's own rate given its data (Fisher's
identity, and Louis 1982 for the second ones, doi
10.1111/j.2517-6161.1982.tb01203.x).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.likelihood import expit, integrand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lupus_evidence.stats.likelihood import Array, Rule

# where a study's own information exceeds the spread's by this factor, differences of
# large numbers are avoided: far below where they would be noticed (a factor of 1e8)
FAR_SURER = 1e5


@dataclass(frozen=True)
class Derivatives:
    """Log-likelihood of each study with its derivatives, shape (studies, points).

    Parameters
    ----------
    value : ndarray
        log L without the binomial coefficient.
    location, spread : ndarray
        First derivatives with respect to the median logit and to the spread.
    location2, spread2, cross : ndarray
        Second derivatives.
    """

    value: Array
    location: Array
    spread: Array
    location2: Array
    spread2: Array
    cross: Array


@dataclass(frozen=True)
class LocationDerivatives:
    """Log-likelihood of each study and how it changes with the median logit alone.

    Parameters
    ----------
    value : ndarray, shape (studies, points)
        log L without the binomial coefficient.
    location, location2 : ndarray, shape (studies, points)
        First and second derivative with respect to the median logit.
    """

    value: Array
    location: Array
    location2: Array


def log_marginal_derivatives(
    events: Array, n: Array, location: Array, spread: Array, rule: Rule
) -> Derivatives:
    """Integrate as `likelihood.log_marginal`, with first and second derivatives.

    Parameters
    ----------
    events, n : ndarray, shape (studies, 1)
        Counts of people.
    location : ndarray, shape (points,) or (studies, points)
        Median logit.
    spread : ndarray, shape (points,)
        Standard deviation between studies on the logit scale, 0 or more.
    rule : Rule
        How finely to integrate.
    """
    given = _GivenData.of(events, n, location, spread, rule)
    score, curvature, z = given.score, given.curvature, given.z
    scaled = score * z
    location1 = given.mean(score)
    spread1 = given.mean(scaled)
    found = Derivatives(
        value=given.value,
        location=location1,
        spread=spread1,
        location2=given.mean(score**2 - curvature) - location1**2,
        spread2=given.mean(scaled**2 - curvature * z**2) - spread1**2,
        cross=given.mean((score * score - curvature) * z) - location1 * spread1,
    )
    own = given.sure(spread)
    if not np.any(own):
        return found
    other = _by_own_logit(given, spread)
    pairs = ((getattr(other, f.name), getattr(found, f.name)) for f in fields(found))
    return Derivatives(*(np.where(own, *pair) for pair in pairs))


def log_marginal_in_location(
    events: Array, n: Array, location: Array, spread: Array, rule: Rule
) -> LocationDerivatives:
    """Integrate as `log_marginal_derivatives`, for the median logit alone."""
    given = _GivenData.of(events, n, location, spread, rule)
    location1 = given.mean(given.score)
    location2 = given.mean(given.score**2 - given.curvature) - location1**2
    own = given.sure(spread)
    if np.any(own):
        other = _by_own_logit(given, spread)
        location1 = np.where(own, other.location, location1)
        location2 = np.where(own, other.location2, location2)
    return LocationDerivatives(given.value, location1, location2)


def _by_own_logit(given: _GivenData, spread: Array) -> Derivatives:
    """Differentiate the normal density of the study's logit, not the binomial.

    The same derivatives, for log L is the same; its terms are large where the spread
    is small, where those of the binomial are large where the study is.
    """
    t = np.maximum(spread, np.finfo(float).tiny ** 0.25)
    middle = given.mean(given.z)
    # moments around the mean: the mean itself may be far from 0
    off = given.z - middle[..., None]
    second, third, fourth = (given.mean(off**power) for power in (2, 3, 4))
    square = middle**2 + second
    # of z^2 = middle^2 + 2 middle off + off^2
    with_square = 2 * middle * second + third
    of_square = 4 * middle**2 * second + 4 * middle * third + fourth - second**2
    return Derivatives(
        value=given.value,
        location=middle / t,
        spread=(square - 1) / t,
        location2=(second - 1) / t**2,
        spread2=(1 - 3 * square + of_square) / t**2,
        cross=(with_square - 2 * middle) / t**2,
    )


@dataclass(frozen=True)
class _GivenData:
    """What a study's own rate may be given its data, on (studies, points, nodes)."""

    z: Array
    weight: Array
    score: Array
    curvature: Array
    value: Array

    @classmethod
    def of(
        cls, events: Array, n: Array, location: Array, spread: Array, rule: Rule
    ) -> _GivenData:
        """Lay out the study's logit with its score and curvature at each node."""
        grid = integrand(events, n, location, spread, rule)
        height = grid.weight.sum(axis=-1)
        p = expit(location[..., None] + spread[:, None] * grid.z)
        return cls(
            z=grid.z,
            weight=grid.weight / height[..., None],
            score=events[..., None] - n[..., None] * p,
            curvature=n[..., None] * p * (1 - p),
            value=grid.log_scale + np.log(height),
        )

    def sure(self, spread: Array) -> NDArray[np.bool_]:
        """Tell where the study says far more of its rate than the spread does."""
        return np.asarray(spread**2 * self.mean(self.curvature) > FAR_SURER)

    def mean(self, values: Array) -> Array:
        """Average over the nodes."""
        return np.asarray(np.einsum("...q,...q->...", self.weight, values))
