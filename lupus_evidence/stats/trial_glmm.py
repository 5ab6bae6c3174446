"""Random log odds ratios of trials by maximum likelihood.

    theta_i ~ N(mu, tau^2)

around two likelihoods of a trial: the conditional one, in which only its odds ratio is
left (`two_by_two`), and the unconditional one, in which its baseline alpha_i is a
parameter of its own:

    a_i ~ Bin(n_ai, expit(alpha_i + theta_i / 2))
    b_i ~ Bin(n_bi, expit(alpha_i - theta_i / 2))

Stijnen, Hamza and Ozdemir 2010, doi 10.1002/sim.4040; Jackson, Law, Stijnen,
Viechtbauer and White 2018, doi 10.1002/sim.7588, models 4 and 7. metafor calls them
"UM.FS" and "CM.EL". Newton's method from every local maximum on a grid of tau; the
derivatives are expectations over theta_i given the data (Louis 1982, doi
10.1111/j.2517-6161.1982.tb01203.x).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from lupus_evidence.stats.likelihood import Array, expit, log_choose, softplus
from lupus_evidence.stats.two_by_two import (
    EventDistributions,
    Tables,
    at_least,
    event_distributions,
)

TrialModelName = Literal["unconditional", "conditional"]
# spreads from which the search starts; beyond the last the data say little
TAU_GRID = (0.1, 0.25, 0.6, 1.5, 4.0)
# nodes over a trial's own value, their sinh stretch and how far down they reach
NODES, STRETCH, DEPTH = 41, 3.0, 32.0
PROBE = 3.5
NEWTON_STEPS, HALVINGS, MODE_STEPS = 60, 30, 100
# a squared Newton step in units of standard errors at which a fit has converged
CONVERGED = 1e-18
# one Newton step may move a parameter by this much
LONGEST_STEP = 2.0
FLATTEST = 1e-12
# a spread that gains less log-likelihood is none; a deviate this near is centred
TIED = 1e-9
CENTRED = 1e-6


class _Trials(Protocol):
    """Log likelihood of each trial's own log odds ratio, given its baseline."""

    def at(self, alpha: Array, theta: Array) -> _Local:
        """Evaluate at baselines of shape (k, 1) and values of shape (k, points)."""


@dataclass(frozen=True, eq=False)
class _Local:
    """Log likelihood on (k, points), and derivatives by theta and by the baseline."""

    value: Array
    theta: Array
    theta2: Array
    alpha: Array
    alpha2: Array
    cross: Array


@dataclass(frozen=True, eq=False)
class _Unconditional:
    """Two binomials with a baseline."""

    tables: Tables

    def at(self, alpha: Array, theta: Array) -> _Local:
        """Evaluate both binomials, with their coefficients."""
        t = self.tables
        a, n_a, c, n_b = (
            column[:, None] for column in (t.events_a, t.n_a, t.events_b, t.n_b)
        )
        up, down = alpha + theta / 2, alpha - theta / 2
        p, q = expit(up), expit(down)
        off_a, off_b = a - n_a * p, c - n_b * q
        w_a, w_b = n_a * p * (1 - p), n_b * q * (1 - q)
        value = a * up - n_a * softplus(up) + c * down - n_b * softplus(down)
        return _Local(
            value + log_choose(a, n_a) + log_choose(c, n_b),
            (off_a - off_b) / 2,
            -(w_a + w_b) / 4,
            off_a + off_b,
            -(w_a + w_b),
            -(w_a - w_b) / 2,
        )


@dataclass(frozen=True, eq=False)
class _Conditional:
    """The noncentral hypergeometric distribution; it has no baseline."""

    events: EventDistributions

    def at(self, alpha: Array, theta: Array) -> _Local:  # noqa: ARG002 - no baseline
        """Evaluate the probability of the observed table."""
        value, slope, curvature = self.events.cumulants(theta)
        none = np.zeros_like(value)
        # a baseline that nothing depends on stays where it is
        return _Local(value, slope, curvature, none, none - 1, none)


@dataclass(frozen=True)
class TrialGlmmFit:
    """A maximum of the likelihood.

    Parameters
    ----------
    mean, se : float
        Mean log odds ratio and its standard error, from the observed information.
    tau : float
        Standard deviation of the log odds ratios.
    log_likelihood : float
        At the maximum, coefficients included.
    converged : bool
        False if Newton's method ran out of steps.
    """

    mean: float
    se: float
    tau: float
    log_likelihood: float
    converged: bool


@dataclass(frozen=True, eq=False)
class _Point:
    """The likelihood at a mean, a spread and the trials' baselines."""

    alpha: Array
    mean: float
    tau: float
    value: float
    slope: Array
    information: Array
    own_slope: Array
    own_information: Array
    mixed: Array


def fit_trials(tables: Tables, model: TrialModelName) -> TrialGlmmFit:
    """Maximise the likelihood.

    Parameters
    ----------
    tables : Tables
        Informative trials, with events and people without in both arms together.
    model : {"unconditional", "conditional"}
        Which likelihood of a trial.

    Raises
    ------
    ValueError
        If no finite maximum exists, or the conditional model is given parts of people.
    """
    if not estimable(tables, model):
        raise ValueError("the likelihood has no finite maximum")
    tables = tables.in_one_order
    trials: _Trials = (
        _Unconditional(tables)
        if model == "unconditional"
        else _Conditional(event_distributions(tables))
    )
    rate = (tables.events / tables.n)[:, None]
    start = np.log(rate / (1 - rate))
    at = _climb(trials, start, 0.0, 0.0, free=False)[0]
    fits = [_fitted(at, converged=True)]
    profile = [at]
    for tau in TAU_GRID:
        profile.append(
            _climb(trials, profile[-1].alpha, profile[-1].mean, tau, free=False)[0]
        )
    values = [-np.inf, *(point.value for point in profile[1:]), -np.inf]
    for i, point in enumerate(profile[1:], start=1):
        if values[i] >= max(values[i - 1], values[i + 1]):
            found, converged = _climb(
                trials, point.alpha, point.mean, point.tau, free=True
            )
            fits.append(_fitted(found, converged=converged))
    best = max(fits, key=lambda candidate: candidate.log_likelihood)
    # where a spread gains nothing, there is none
    return best if best.log_likelihood > fits[0].log_likelihood + TIED else fits[0]


def estimable(tables: Tables, model: TrialModelName = "unconditional") -> bool:
    """Tell whether a finite maximum exists.

    Not where, in every informative trial, the treatment arm has as few events as its
    margins allow, or in every one as many. Nor, for the conditional model, where each
    has either: its likelihood then grows with the spread without end.

    Parameters
    ----------
    tables : Tables
        Trials.
    model : {"unconditional", "conditional"}
        Which likelihood of a trial.
    """
    spoken = tables.only(tables.informative)
    least, most = at_least(spoken), at_least(spoken.swapped)
    if model == "conditional" and bool(np.all(least | most)):
        return False
    return not (np.all(least) or np.all(most))


def _fitted(point: _Point, *, converged: bool) -> TrialGlmmFit:
    """Read a fit off a point."""
    free = 2 if point.tau > 0 else 1
    covariance = np.linalg.pinv(point.information[:free, :free], hermitian=True)
    variance = float(covariance[0, 0])
    return TrialGlmmFit(
        mean=point.mean,
        se=float(np.sqrt(variance)) if variance > 0 else float("inf"),
        tau=point.tau,
        log_likelihood=point.value,
        converged=converged,
    )


def _climb(
    trials: _Trials, alpha: Array, mean: float, tau: float, *, free: bool
) -> tuple[_Point, bool]:
    """Climb by Newton steps, shortened until they gain; tau is held unless free."""
    at = _evaluate(trials, alpha, mean, tau)
    for _ in range(NEWTON_STEPS):
        step, own, gain = _newton_step(at, free=free)
        if gain < CONVERGED:
            return at, True
        for _ in range(HALVINGS):
            new = _evaluate(
                trials,
                at.alpha + own[:, None],
                at.mean + float(step[0]),
                abs(at.tau + float(step[1])),
            )
            if new.value >= at.value:
                break
            step, own = step / 2, own / 2
        else:
            return at, True
        settled = new.value - at.value <= np.finfo(float).eps * abs(at.value)
        at = new
        if settled and gain < np.sqrt(CONVERGED):
            return at, True
    return at, False


def _newton_step(at: _Point, *, free: bool) -> tuple[Array, Array, float]:
    """Return the step of (mean, tau), of the baselines, and what it would gain."""
    chosen = slice(0, 2 if free else 1)
    values, vectors = np.linalg.eigh(at.information[chosen, chosen])
    values = np.maximum(np.abs(values), FLATTEST)
    step = np.zeros(2)
    step[chosen] = vectors @ ((vectors.T @ at.slope[chosen]) / values)
    limit = np.array([LONGEST_STEP, 0.1 + at.tau])
    step /= max(1.0, float(np.max(np.abs(step) / limit)))
    own = (at.own_slope + at.mixed @ step) / at.own_information
    gain = float(step @ at.slope + np.sum(at.own_slope**2 / at.own_information))
    return step, np.clip(own, -LONGEST_STEP, LONGEST_STEP), gain


def _evaluate(trials: _Trials, alpha: Array, mean: float, tau: float) -> _Point:
    """Integrate each trial over its own value, and add up; baselines profiled out."""
    z, weight, log_scale = _nodes(trials, alpha, mean, tau)
    total = weight.sum(axis=1)
    share = weight / total[:, None]
    local = trials.at(alpha, mean + tau * z)

    def expected(values: Array) -> Array:
        return np.asarray(np.sum(share * values, axis=1))

    slopes = (local.alpha, local.theta, local.theta * z)
    first = [expected(slope) for slope in slopes]
    second = (
        (local.alpha2, local.cross, local.cross * z),
        (local.cross, local.theta2, local.theta2 * z),
        (local.cross * z, local.theta2 * z, local.theta2 * z * z),
    )
    hessian = np.array(
        [
            [
                expected(second[i][j] + slopes[i] * slopes[j]) - first[i] * first[j]
                for j in range(3)
            ]
            for i in range(3)
        ]
    )
    own = np.maximum(-hessian[0, 0], FLATTEST)
    mixed = hessian[0, 1:].T
    information = -hessian[1:, 1:].sum(axis=2) - (mixed.T / own) @ mixed
    slope = np.array([first[1].sum(), first[2].sum()]) + mixed.T @ (first[0] / own)
    return _Point(
        alpha,
        mean,
        tau,
        float(np.sum(log_scale + np.log(total))),
        slope,
        information,
        first[0],
        own,
        mixed,
    )


def _nodes(
    trials: _Trials, alpha: Array, mean: float, tau: float
) -> tuple[Array, Array, Array]:
    """Lay nodes around each trial's likeliest deviate z, theta = mean + tau z."""
    z = np.zeros_like(alpha)
    for _ in range(MODE_STEPS):
        local = trials.at(alpha, mean + tau * z)
        curvature = 1 - tau**2 * local.theta2
        step = (tau * local.theta - z) / curvature
        longest = LONGEST_STEP / max(tau, CENTRED)
        z = z + np.clip(step, -longest, longest)
        if np.all(step * step * curvature < CENTRED):
            break
    local = trials.at(alpha, mean + tau * z)
    scale = 1 / np.sqrt(1 - tau**2 * local.theta2)
    top = local.value - z * z / 2
    unit = STRETCH * scale
    reaches = []
    for side in (-1.0, 1.0):
        probe = z + side * PROBE * scale
        there = trials.at(alpha, mean + tau * probe)
        drop = top - (there.value - probe**2 / 2)
        slope = side * (probe - tau * there.theta)
        beyond = np.maximum(DEPTH - drop, 0) / np.maximum(slope, FLATTEST)
        reaches.append(np.arcsinh((PROBE * scale + beyond) / unit))
    length = reaches[0] + reaches[1]
    u = length * np.linspace(0, 1, NODES) - reaches[0]
    at = z + unit * np.sinh(u)
    height = trials.at(alpha, mean + tau * at).value - at * at / 2 - top
    log_scale = (top + np.log(unit * length / (NODES - 1)))[:, 0]
    return at, np.exp(height) * np.cosh(u), log_scale - 0.5 * float(np.log(2 * np.pi))
