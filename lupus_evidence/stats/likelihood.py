"""The binomial-normal likelihood of one study, integrated over its own rate.

For a study with x events of n, median logit m and spread t between studies,

    L(m, t) = integral of Bin(x; n, expit(m + t z)) phi(z) dz.

The integrand is log-concave in z. It is integrated by the trapezoid rule in u, with
z = mode + c s sinh(u), where s is the curvature scale at the mode: near the mode
this is a fine even grid, far out the steps grow, so that a long tail (0/n or n/n
with a large spread) costs a few nodes only. The trapezoid rule converges
geometrically for such integrands (Trefethen and Weideman 2014, doi
10.1137/130932132), which Gauss-Hermite with a fixed number of nodes does not.
Working in z makes a spread of exactly 0 an ordinary case.

The derivatives by m and t are expectations over the study's own rate given its data
(Fisher's identity, and Louis 1982 for the second ones, doi
10.1111/j.2517-6161.1982.tb01203.x).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]

# sinh stretch: c = 3 puts neighbouring nodes about one s apart at the mode, which
# integrates a Gaussian to 1e-8 (error 2 exp(-2 pi^2)), and needs the fewest nodes
STRETCH = 3.0
# first guess of how far the integrand reaches, in units of s; the tangent there
# gives a safe bound because the logarithm of the integrand is concave
PROBE = 3.5
# a Newton step toward the mode may move the logit by this much at most: beyond it
# the curvature of the logistic function says nothing
LONGEST_STEP = 2.0
# with a median this far out, both ends of the way to the mode are looked at first
FAR = 40.0
# the grid need only be centred on the mode to a fraction of s
CENTRED = 0.05
MODE_STEPS = 200
# a slope below this is none; depths divided by it must not overflow
FLAT = 1e-200
LOG_SQRT_2PI = 0.5 * float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Rule:
    """How finely to integrate.

    Parameters
    ----------
    nodes : int
        Nodes per study.
    depth : float
        The integrand is followed down to exp(-depth) of its height.
    """

    nodes: int
    depth: float


# a wide spread turns the logistic curve into a cliff inside the integrand: this many
# more nodes per unit of spread keep the error where it was
FAST_NODES, FAST_NODES_PER_SPREAD, FAST_DEPTH = 13, 4, 15.0
EXACT = Rule(41, 32.0)


def fast_rule(spread: float) -> Rule:
    """Return a rule whose log L is good to 1e-4, up to a spread of 2 to 1e-6.

    Enough for a posterior.
    """
    return Rule(FAST_NODES + int(np.ceil(FAST_NODES_PER_SPREAD * spread)), FAST_DEPTH)


def exact_rule(spread: float) -> Rule:
    """Return a rule whose log L is good to 1e-8 at any spread up to 100."""
    return Rule(max(EXACT.nodes, 3 * fast_rule(spread).nodes), EXACT.depth)


@dataclass(frozen=True)
class Grid:
    """Nodes and integrand on (studies, points, nodes), and what scales the sum."""

    z: Array
    weight: Array
    log_scale: Array


def expit(logit: Array) -> Array:
    """Return 1 / (1 + exp(-logit)), elementwise, without overflow."""
    # SciPy's differs in the last digit, and a search where nearly all or none had the
    # event then takes 65 looks instead of 38.
    small = np.exp(-np.abs(logit))
    return np.asarray(np.where(logit >= 0, 1.0, small) / (1 + small))


def softplus(logit: Array) -> Array:
    """Return log(1 + exp(logit)), elementwise, without overflow."""
    return np.asarray(np.maximum(logit, 0) + np.log1p(np.exp(-np.abs(logit))))


def log_choose(events: Array, n: Array | float) -> Array:
    """Return the log binomial coefficients; gamma functions for effective counts."""
    ways = gammaln(n + 1) - gammaln(events + 1) - gammaln(n - events + 1)
    return np.asarray(ways)


def log_marginal(
    events: Array, n: Array, location: Array, spread: Array, rule: Rule
) -> Array:
    """Integrate each study's likelihood over its own rate.

    Parameters
    ----------
    events, n : ndarray, shape (studies, 1)
        Counts of people.
    location : ndarray, shape (points,) or (studies, points)
        Median logit.
    spread : ndarray, shape (points,)
        Standard deviation between studies on the logit scale, 0 or more.
    rule : Rule
        Number of nodes and depth.

    Returns
    -------
    ndarray, shape (studies, points)
        log L without the binomial coefficient.
    """
    grid = integrand(events, n, location, spread, rule)
    return np.asarray(grid.log_scale + np.log(grid.weight.sum(axis=-1)))


def integrand(
    events: Array, n: Array, location: Array, spread: Array, rule: Rule
) -> Grid:
    """Lay the nodes around each mode and evaluate the integrand there."""
    data = (events, n, location, spread)
    mode, scale = _mode(*data)
    top = _log_integrand(*data, mode)
    unit = STRETCH * scale
    peak = (mode, scale, top)
    left, right = (
        np.arcsinh(_reach(data, peak, side, rule.depth) / unit) for side in (-1.0, 1.0)
    )
    length = left + right
    u = length[..., None] * np.linspace(0, 1, rule.nodes) - left[..., None]
    z = mode[..., None] + unit[..., None] * np.sinh(u)
    log_height = _log_integrand(
        events[..., None], n[..., None], location[..., None], spread[:, None], z
    )
    weight = np.exp(log_height - top[..., None]) * np.cosh(u)
    log_scale = top + np.log(unit * length / (rule.nodes - 1)) - LOG_SQRT_2PI
    return Grid(z, weight, log_scale)


def _log_integrand(
    events: Array, n: Array, location: Array, spread: Array, z: Array
) -> Array:
    """Return x theta - n log(1 + e^theta) - z^2 / 2 at theta = location + spread z."""
    theta = location + spread * z
    return np.asarray(events * theta - n * softplus(theta) - z * z / 2)


def _mode(
    events: Array, n: Array, location: Array, spread: Array
) -> tuple[Array, Array]:
    """Find the mode in z and the curvature scale there by damped Newton steps."""
    # start between the study's own logit and the median, weighted by precision
    own = np.log((events + 0.5) / (n - events + 0.5))
    information = (events + 0.5) * (n - events + 0.5) / (n + 1)
    z = (own - location) * spread * information / (information * spread**2 + 1)
    if np.any(np.abs(location) > FAR):
        # where everyone or no one had it anyway, the mode is at the median; it is too
        # far for the steps below
        median = np.zeros_like(z)
        there, here = (
            _log_integrand(events, n, location, spread, at) for at in (median, z)
        )
        z = np.where(there > here, median, z)
    longest = LONGEST_STEP / np.maximum(spread, np.finfo(float).tiny)
    for _ in range(MODE_STEPS):
        p = expit(location + spread * z)
        slope = spread * (events - n * p) - z
        curvature = spread**2 * n * p * (1 - p) + 1
        step = np.clip(slope / curvature, -longest, longest)
        z = z + step
        if np.all(step * step * curvature < CENTRED**2):
            break
    p = expit(location + spread * z)
    return z, 1 / np.sqrt(spread**2 * n * p * (1 - p) + 1)


def _reach(
    data: tuple[Array, Array, Array, Array],
    peak: tuple[Array, Array, Array],
    side: float,
    depth: float,
) -> Array:
    """Bound how far from the mode the integrand stays above exp(-depth)."""
    events, n, location, spread = data
    mode, scale, top = peak
    farthest = float(np.sqrt(2 * depth))  # phi(z) alone is down by depth there
    probe = np.minimum(PROBE * scale, farthest)
    z = mode + side * probe
    drop = top - _log_integrand(events, n, location, spread, z)
    slope = side * (z - spread * (events - n * expit(location + spread * z)))
    beyond = (depth - drop) / np.maximum(slope, FLAT)
    return np.asarray(
        np.where(drop >= depth, probe, np.minimum(farthest, probe + beyond))
    )


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
    """Integrate as `log_marginal`, with first and second derivatives.

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
