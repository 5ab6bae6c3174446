"""A location and a spread of studies whose likelihoods are tabulated.

    theta_i ~ N(mu, tau^2),  mu ~ N(centre, width^2),  tau ~ HalfNormal(s)

Each study says something of its own theta_i: a trial of its log odds ratio, a series of
its log hazard. Where the logarithm of that likelihood is concave, it is tabulated once
on a grid of its own, and averaged over the spread around each location: over normal
deviates where the spread is the narrower of the two, else over the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from lupus_evidence.stats.posterior_grid import Surface

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array

# values of a study beyond this are not told apart: e^30 is 10^13
FARTHEST = 30.0
# the table follows the likelihood down to exp(-20) of its height
TABLE_DEPTH = 20.0
# the curvature that sets the table's step is looked at this far below the top
CURVATURE_DEPTH = 2.0
# table points per scale of the likelihood; those by which it is integrated are half
PER_SCALE = 4
# an end, or the top, is found to 60 / 2^16, a thousandth
HALVINGS = 16
# a likelihood flatter than one whose scale is 30 says nothing within the range
FLATTEST_STUDY = 1e-3
# deviates over which a study's likelihood is averaged where the spread is smaller than
# its scale: a step of 0.7 leaves an error of 1e-8 or less, the ends 2e-8
DEVIATES = np.arange(-8, 9) * 0.7
DEVIATE_WEIGHTS = np.exp(-0.5 * DEVIATES**2) / np.exp(-0.5 * DEVIATES**2).sum()
# where the spread is larger, every other point of the study's table is used
STRIDE = PER_SCALE // 2
# points looked at together, which bounds memory
POINTS_AT_ONCE = 4096
# points beside a location, in scales of the likelihood, that show its curvature
BESIDE = 1e-4
# curvature of a slice is never taken as less
FLATTEST = 1e-10


@dataclass(frozen=True, eq=False)
class StudyLikelihoods:
    """Likelihoods of studies at given values of their own.

    Parameters
    ----------
    value, slope, information : ndarray, shape (k, points)
        Log likelihood up to a constant, its derivative in the study's value, and minus
        its second.
    """

    value: Array
    slope: Array
    information: Array


class Likelihoods(Protocol):
    """What studies say of their own values."""

    @property
    def k(self) -> int:
        """How many studies there are."""

    def at(self, theta: Array) -> StudyLikelihoods:
        """Return the likelihoods at values of shape (k, points)."""

    def one(self, index: int) -> Likelihoods:
        """Return one of the studies."""


@dataclass(frozen=True, eq=False)
class StudyTable:
    """One study's log likelihood on an even grid of its own value.

    Parameters
    ----------
    theta : ndarray, shape (points,)
        Increasing values of the study.
    value, slope : ndarray, shape (points,)
        Log likelihood relative to its highest, and its derivative.
    step : float
        Between two points.
    scale : float
        Width on which it changes.
    top : float
        Its highest log likelihood, to which the others are relative.
    """

    theta: Array
    value: Array
    slope: Array
    step: float
    scale: float
    top: float

    def at(self, theta: Array) -> tuple[Array, Array]:
        """Return log likelihood and derivative, straight on beyond the table's ends.

        Parameters
        ----------
        theta : ndarray
            Values of the study.
        """
        place = (theta - self.theta[0]) / self.step
        inside = np.clip(place, 0, len(self.theta) - 1)
        left = np.minimum(inside.astype(np.intp), len(self.theta) - 2)
        t = inside - left
        low, high = self.value[left], self.value[left + 1]
        m0, m1 = self.slope[left] * self.step, self.slope[left + 1] * self.step
        # the cubic with these values and slopes, by powers of t
        rise = high - low
        second, third = 3 * rise - 2 * m0 - m1, m0 + m1 - 2 * rise
        value = low + t * (m0 + t * (second + t * third))
        slope = (m0 + t * (2 * second + t * 3 * third)) / self.step
        beyond = (place - inside) * self.step
        return value + beyond * slope, slope


def tabulated(studies: Likelihoods) -> list[StudyTable]:
    """Tabulate the likelihood of each study.

    Parameters
    ----------
    studies : Likelihoods
        Studies whose log likelihood is concave.
    """
    mode = _likeliest(studies)
    top = studies.at(mode[:, None]).value[:, 0]
    ends = [_depth_at(studies, mode, top, TABLE_DEPTH, side) for side in (-1.0, 1.0)]
    near = [
        _depth_at(studies, mode, top, CURVATURE_DEPTH, side) for side in (-1.0, 1.0)
    ]
    looked_at = np.stack([*near, mode], axis=1)
    information = studies.at(looked_at).information.max(axis=1)
    scale = 1 / np.sqrt(np.maximum(information, FLATTEST_STUDY))
    found = []
    for i in range(studies.k):
        low, high = float(ends[0][i]), float(ends[1][i])
        points = int(np.ceil((high - low) * PER_SCALE / scale[i])) // 2 * 2 + 3
        theta = np.linspace(low, high, points)
        at = studies.one(i).at(theta[None])
        found.append(
            StudyTable(
                theta,
                at.value[0] - top[i],
                at.slope[0],
                float(theta[1] - theta[0]),
                float(scale[i]),
                float(top[i]),
            )
        )
    return found


def _likeliest(studies: Likelihoods) -> Array:
    """Find each study's likeliest value; an end where it has none."""
    low = np.full(studies.k, -FARTHEST)
    high = np.full(studies.k, FARTHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rising = studies.at(middle[:, None]).slope[:, 0] > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.asarray((low + high) / 2)


def _depth_at(
    studies: Likelihoods, mode: Array, top: Array, depth: float, side: float
) -> Array:
    """Find where, to one side, the likelihood is down by a depth, or the range ends."""
    near, far = mode, np.full_like(mode, side * FARTHEST)
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        value = studies.at(middle[:, None]).value[:, 0]
        inside = top - value < depth
        near, far = np.where(inside, middle, near), np.where(inside, far, middle)
    return np.asarray((near + far) / 2)


@dataclass(frozen=True, eq=False)
class TabulatedModel:
    """Studies and priors, as the posterior's grid asks about them.

    Parameters
    ----------
    tables : tuple of StudyTable
        What each study says of its own value.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    centre, width : float
        Mean and standard deviation of the normal prior of the location.
    """

    tables: tuple[StudyTable, ...]
    tau_prior: float
    centre: float
    width: float

    @property
    def studies(self) -> int:
        """How many studies there are."""
        return len(self.tables)

    def fine_spread(self) -> float:
        """Return the spread at which the data begin to tell it from 0."""
        return float(np.sum([table.scale**-4 for table in self.tables]) ** -0.25)

    def start(self, tau: Array) -> Array:
        """Average the studies' likeliest values by inverse variance at each spread."""
        own = np.array([table.theta[np.argmax(table.value)] for table in self.tables])
        scale = np.array([table.scale for table in self.tables])
        weight = 1 / (scale[:, None] ** 2 + tau**2)
        pull = self.width**-2
        total = weight.sum(axis=0) + pull
        drawn = (weight * own[:, None]).sum(axis=0) + pull * self.centre
        return np.asarray(drawn / total)

    def surface(self, location: Array, tau: Array) -> Surface:
        """Return the log density of the location, with derivatives."""
        pull = self.width**-2
        off = location - self.centre
        value, slope = -0.5 * pull * off**2, -pull * off
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


def _averaged(table: StudyTable, location: Array, tau: Array) -> Surface:
    """Average a study's likelihood over the spread around each mean, with derivatives.

    Over deviates where the spread is the narrower of the two, over the study's own
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


def _over_deviates(table: StudyTable, location: Array, tau: Array) -> Surface:
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


def _mean_slope(table: StudyTable, location: Array, tau: Array) -> Array:
    """Return the slope of the averaged log likelihood."""
    log_height, slope = table.at(location[:, None] + tau[:, None] * DEVIATES)
    weight = DEVIATE_WEIGHTS * np.exp(
        log_height - log_height.max(axis=1, keepdims=True)
    )
    return np.asarray((weight * slope).sum(axis=1) / weight.sum(axis=1))


def _over_table(table: StudyTable, location: Array, tau: Array) -> Surface:
    """Average over the study's table; derivatives by those of the normal density."""
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
