"""A location and a spread of studies whose likelihoods are tabulated.

    theta_i ~ N(mu, tau^2),  mu ~ N(centre, width^2),  tau ~ HalfNormal(s)

Each study says something of its own theta_i: a trial of its log odds ratio, a series of
its log hazard. Where the logarithm of that likelihood is concave, it is tabulated once
on a grid of its own, and averaged over the spread around each location: over normal
deviates where the spread is the narrower of the two, else over the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from lupus_evidence.stats.numerics import halve
from lupus_evidence.stats.posterior_grid import Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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
# tables averaged at a time: of many at once the arrays would be large
TOGETHER = 32
SQRT_2PI = float(np.sqrt(2 * np.pi))
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

    @cached_property
    def powers(self) -> Array:
        """The cubic of each step, by powers of its part gone: shape (4, steps)."""
        rise = np.diff(self.value)
        m0, m1 = self.slope[:-1] * self.step, self.slope[1:] * self.step
        return np.stack(
            [self.value[:-1], m0, 3 * rise - 2 * m0 - m1, m0 + m1 - 2 * rise]
        )

    def value_at(self, theta: Array) -> Array:
        """Return the log likelihood, straight on beyond the table's ends.

        Parameters
        ----------
        theta : ndarray
            Values of the study.
        """
        left, t, beyond = self._place(theta)
        low, first, second, third = self.powers[:, left]
        value = low + t * (first + t * (second + t * third))
        slope = first + t * (2 * second + t * 3 * third)
        return np.asarray(value + beyond * slope)

    def _place(self, theta: Array) -> tuple[NDArray[np.intp], Array, Array]:
        """Return the step, the part of it gone, and the steps beyond the table."""
        place = (theta - self.theta[0]) / self.step
        inside = np.clip(place, 0, len(self.theta) - 1)
        left = np.minimum(inside.astype(np.intp), len(self.theta) - 2)
        return left, inside - left, place - inside


def tabulated(studies: Likelihoods) -> list[StudyTable]:
    """Tabulate the likelihood of each study.

    Parameters
    ----------
    studies : Likelihoods
        Studies whose log likelihood is concave.
    """
    mode = _likeliest(studies)
    top = studies.at(mode[:, None]).value[:, 0]
    reached = _reached(studies, mode, top)
    looked_at = np.column_stack([reached[:, 2:], mode])
    information = studies.at(looked_at).information.max(axis=1)
    scale = 1 / np.sqrt(np.maximum(information, FLATTEST_STUDY))
    found = []
    for i in range(studies.k):
        low, high = (float(end) for end in reached[i, :2])
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
    return halve(
        lambda at: studies.at(at[:, None]).slope[:, 0] > 0, low, high, HALVINGS
    )


def _reached(studies: Likelihoods, mode: Array, top: Array) -> Array:
    """Find where likelihoods are down by a depth, or the range ends, shape (k, 4).

    Below and above the mode by `TABLE_DEPTH`, then by `CURVATURE_DEPTH`.
    """
    depth = np.repeat([TABLE_DEPTH, CURVATURE_DEPTH], 2)
    near = np.repeat(mode[:, None], len(depth), axis=1)
    far = np.tile([-FARTHEST, FARTHEST], (studies.k, len(depth) // 2))
    return halve(
        lambda at: top[:, None] - studies.at(at).value < depth, near, far, HALVINGS
    )


@dataclass(frozen=True, eq=False)
class _SideBySide:
    """Tables of several studies, the shorter ones filled up.

    Parameters
    ----------
    first, step, scale, steps : ndarray, shape (k,)
        Where each table begins, its step, its likelihood's width, how many steps.
    powers : ndarray, shape (4, k * longest)
        The cubics of all steps, study after study.
    theta, value : ndarray, shape (k, points)
        The points by which a study is integrated; those filled in have no likelihood.
    """

    first: Array
    step: Array
    scale: Array
    steps: NDArray[np.intp]
    powers: Array
    theta: Array
    value: Array

    @classmethod
    def of(cls, tables: Sequence[StudyTable]) -> _SideBySide:
        """Lay tables side by side."""
        steps = np.array([len(table.theta) - 1 for table in tables])
        longest = int(steps.max())
        powers = np.zeros((4, len(tables), longest))
        theta = np.zeros((len(tables), longest // STRIDE + 1))
        value = np.full_like(theta, -np.inf)
        for i, table in enumerate(tables):
            powers[:, i, : steps[i]] = table.powers
            points = table.theta[::STRIDE]
            theta[i, : len(points)] = points
            value[i, : len(points)] = table.value[::STRIDE]
        return cls(
            np.array([table.theta[0] for table in tables]),
            np.array([table.step for table in tables]),
            np.array([table.scale for table in tables]),
            steps,
            powers.reshape(4, -1),
            theta,
            value,
        )

    def averaged(self, location: Array, tau: Array) -> Surface:
        """Average each likelihood over the spread around each mean, and add them up.

        Over deviates where the spread is the narrower of the two, over the study's own
        table where the likelihood is.
        """
        parts = np.empty((3, len(self.scale), len(tau)))
        narrow = tau < self.scale[:, None]
        ways = (narrow, self._over_deviates), (~narrow, self._over_table)
        for chosen, average in ways:
            study, spread = np.nonzero(chosen)
            if len(study):
                found = average(study, location[spread], tau[spread])
                parts[:, study, spread] = found
        return Surface(*parts.sum(axis=1))

    def _over_deviates(
        self, study: NDArray[np.intp], location: Array, tau: Array
    ) -> tuple[Array, Array, Array]:
        """Average over normal deviates; derivatives by the likelihood's own."""
        theta = location[:, None] + tau[:, None] * DEVIATES
        step, steps = self.step[study, None], self.steps[study, None]
        place = (theta - self.first[study, None]) / step
        inside = np.clip(place, 0, steps)
        left = np.minimum(inside.astype(np.intp), steps - 1)
        t, beyond = inside - left, place - inside
        longest = self.powers.shape[1] // len(self.scale)
        low, first, second, third = self.powers[:, study[:, None] * longest + left]
        slope = first + t * (2 * second + t * 3 * third)
        value = low + t * (first + t * (second + t * third)) + beyond * slope
        slope /= step
        bend = np.where(beyond == 0, 2 * second + t * 6 * third, 0.0) / step**2
        top, weight = _heights(value)
        weight *= DEVIATE_WEIGHTS
        total = weight.sum(axis=1)
        share = weight / total[:, None]
        mean = np.sum(share * slope, axis=1)
        both = np.sum(share * (bend + slope**2), axis=1)
        return top + np.log(total), mean, mean**2 - both

    def _over_table(
        self, study: NDArray[np.intp], location: Array, tau: Array
    ) -> tuple[Array, Array, Array]:
        """Average over the study's table; derivatives by the normal density's."""
        deviate = (self.theta[study] - location[:, None]) / tau[:, None]
        top, weight = _heights(self.value[study] - 0.5 * deviate**2)
        total = weight.sum(axis=1)
        share = weight / total[:, None]
        mean = np.sum(share * deviate, axis=1)
        spread = np.sum(share * (deviate - mean[:, None]) ** 2, axis=1)
        step = STRIDE * self.step[study]
        return (
            top + np.log(total * step / (tau * SQRT_2PI)),
            mean / tau,
            (1 - spread) / tau**2,
        )


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
        for tables in self._side_by_side:
            part = tables.averaged(location, tau)
            value, slope = value + part.value, slope + part.slope
            information = information + part.information
        return Surface(value, slope, np.maximum(information, FLATTEST))

    @cached_property
    def _side_by_side(self) -> list[_SideBySide]:
        """The tables, some at a time."""
        starts = range(0, len(self.tables), TOGETHER)
        return [_SideBySide.of(self.tables[i : i + TOGETHER]) for i in starts]

    def log_density(self, location: Array, tau: Array) -> Array:
        """Return the log density on a whole grid of shape (spreads, points)."""
        prior = -0.5 * ((location - self.centre) / self.width) ** 2
        return sum(
            (log_likelihood(table, location, tau) for table in self.tables), prior
        )


def log_likelihood(table: StudyTable, location: Array, tau: Array) -> Array:
    """Return one study's log likelihood on a grid, its own value averaged out.

    Parameters
    ----------
    table : StudyTable
        The study.
    location : ndarray, shape (spreads, points)
        Locations at each spread.
    tau : ndarray, shape (spreads,)
        Spreads.
    """
    value = np.empty_like(location)
    narrow = tau < table.scale
    value[narrow] = _value_over_deviates(table, location[narrow], tau[narrow])
    value[~narrow] = _value_over_table(table, location[~narrow], tau[~narrow])
    return value


def _value_over_deviates(table: StudyTable, location: Array, tau: Array) -> Array:
    """Average over normal deviates, at locations of shape (spreads, points)."""
    shift = tau[:, None, None] * DEVIATES
    top, weight = _heights(table.value_at(location[..., None] + shift))
    return np.asarray(top + np.log(weight @ DEVIATE_WEIGHTS))


def _value_over_table(table: StudyTable, location: Array, tau: Array) -> Array:
    """Average over the study's table, at locations of shape (spreads, points)."""
    theta, value = table.theta[::STRIDE], table.value[::STRIDE]
    deviate = (theta - location[..., None]) / tau[:, None, None]
    top, weight = _heights(value - 0.5 * deviate**2)
    step = STRIDE * table.step / (tau[:, None] * SQRT_2PI)
    return np.asarray(top + np.log(weight.sum(axis=-1) * step))


def _heights(log_height: Array) -> tuple[Array, Array]:
    """Return the highest of each row, and heights relative to it."""
    top = log_height.max(axis=-1)
    return top, np.exp(log_height - top[..., None])
