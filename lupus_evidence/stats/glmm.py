"""The binomial-normal model by maximum likelihood, for one group or several.

    x_i ~ Bin(n_i, expit(theta_i)),  theta_i ~ N(m_g(i), tau^2)

Newton's method on (m_1, ..., m_p, tau) from every local maximum of the likelihood
profiled on a grid of tau; tau = 0 is the plain binomial fit, with no iteration.
Hamza, van Houwelingen and Stijnen 2008, doi 10.1016/j.jclinepi.2007.03.016; Stijnen,
Hamza and Ozdemir 2010, doi 10.1002/sim.4040.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import xlogy

from lupus_evidence.stats.likelihood import (
    EXACT,
    Array,
    Rule,
    expit,
    fast_rule,
    log_choose,
    log_marginal,
    log_marginal_derivatives,
)


@dataclass(frozen=True)
class Studies:
    """Counts of people by study, with the group of each study.

    Parameters
    ----------
    events, n : ndarray, shape (k, 1)
        People with the outcome, and people.
    design : ndarray, shape (k, groups)
        One 1 in each row: the group of the study.
    """

    events: Array
    n: Array
    design: Array


def group_studies(
    events: tuple[float, ...],
    n: tuple[float, ...],
    groups: tuple[int, ...] | None = None,
) -> Studies:
    """Arrange counts of people for fitting.

    Parameters
    ----------
    events, n : tuple of float, shape (k,)
        People with the outcome, and people.
    groups : tuple of int, shape (k,), optional
        Group of each study, numbered from 0; one group if omitted.
    """
    index = np.zeros(len(n), dtype=int) if groups is None else np.array(groups)
    design = np.eye(int(index.max()) + 1)[index]
    return Studies(
        np.array(events, dtype=float)[:, None],
        np.array(n, dtype=float)[:, None],
        design,
    )


def estimable(studies: Studies) -> bool:
    """Tell whether a finite maximum exists.

    It does when every group has someone with and someone without the outcome, and
    some study is neither 0/n nor n/n: else the likelihood grows, or stays level, as a
    logit or tau runs off.
    """
    events, rest = studies.events, studies.n - studies.events
    mixed = bool(np.any((events > 0) & (rest > 0)))
    both = (studies.design.T @ events > 0) & (studies.design.T @ rest > 0)
    return mixed and bool(np.all(both))


def saturated_log_likelihood(studies: Studies) -> float:
    """Return the log-likelihood of a rate of its own for every study."""
    events, n = studies.events, studies.n
    ways = log_choose(events, n)
    value = xlogy(events, events / n) + xlogy(n - events, (n - events) / n)
    return float(np.sum(value + ways))


def common_log_likelihood(studies: Studies) -> float:
    """Return the log-likelihood of one rate for all studies of a group."""
    total = studies.design @ (studies.design.T @ studies.events)
    people = studies.design @ (studies.design.T @ studies.n)
    rate = total / people
    value = xlogy(studies.events, rate) + xlogy(studies.n - studies.events, 1 - rate)
    return float(np.sum(value + log_choose(studies.events, studies.n)))


# where the profile is looked at for local maxima; beyond the last the data say
# nothing about tau that a factor of two would change. Large arms can tell smaller
# spreads from 0 than its first: see _tau_grid
TAU_GRID = np.array([0.1, 0.3, 0.7, 1.5, 4.0, 12.0, 36.0])
# looking for a start needs neither fine quadrature nor converged logits
SEARCH = Rule(15, 15.0)
SEARCH_STEPS = 3
NEWTON_STEPS = 200
# squared Newton step in units of standard errors at which a fit has converged
CONVERGED = 1e-18
# a curvature below this is none; the step is then cut to its longest
FLATTEST = 1e-12
# a profile is done when no step can gain this much log-likelihood
WORTH_A_STEP = 1e-12
# the log-likelihood must not move by more than this when the nodes are doubled
SETTLED = 1e-9
MOST_NODES = 2000
# one Newton step may move a logit, or tau relative to itself, by this much
LONGEST_STEP = 1.0


@dataclass(frozen=True)
class GlmmFit:
    """A maximum of the likelihood.

    Parameters
    ----------
    logits : tuple of float
        Median logit of each group.
    tau : float
        Standard deviation between studies on the logit scale.
    covariance : tuple of tuple of float
        Of the logits, from the observed information (tau estimated too).
    log_likelihood : float
        With binomial coefficients.
    nodes : int
        Quadrature nodes at which the log-likelihood had settled to 1e-9.
    converged : bool
        False if Newton's method ran out of steps.
    """

    logits: tuple[float, ...]
    tau: float
    covariance: tuple[tuple[float, ...], ...]
    log_likelihood: float
    nodes: int
    converged: bool

    @property
    def se(self) -> float:
        """Standard error of the first logit; infinite where the top is flat."""
        variance = self.covariance[0][0]
        return float(np.sqrt(variance)) if variance > 0 else float("inf")


def fit(studies: Studies) -> GlmmFit:
    """Maximise the likelihood.

    Parameters
    ----------
    studies : Studies
        Studies by group.

    Raises
    ------
    ValueError
        If no finite maximum exists (see `estimable`).
    """
    if not estimable(studies):
        raise ValueError("the likelihood has no finite maximum")
    fits = [_binomial_fit(studies)]
    fits += [_settled(studies, *start) for start in _starts(studies, fits[0])]
    return max(fits, key=lambda candidate: candidate.log_likelihood)


def _binomial_fit(studies: Studies) -> GlmmFit:
    """Fit one rate per group with no spread: closed form."""
    events, n = studies.design.T @ studies.events, studies.design.T @ studies.n
    rate = events / n
    logit = np.log(events) - np.log(n - events)
    return GlmmFit(
        logits=tuple(float(m) for m in logit[:, 0]),
        tau=0.0,
        covariance=_as_tuples(np.diag(1 / (n * rate * (1 - rate))[:, 0])),
        log_likelihood=common_log_likelihood(studies),
        nodes=1,
        converged=True,
    )


def _starts(studies: Studies, binomial: GlmmFit) -> list[tuple[Array, float]]:
    """Profile the likelihood on a grid of tau and return its local maxima."""
    grid = _tau_grid(studies)
    logits, values = profile_over_tau(
        studies, grid, np.array(binomial.logits), SEARCH, steps=SEARCH_STEPS
    )
    # the likelihood is even in tau: if it falls as tau leaves 0, that is a maximum
    # of its own, fitted apart
    before = np.append(
        np.inf if not _grows_at_zero(studies, binomial) else -np.inf, values[:-1]
    )
    after = np.append(values[1:], -np.inf)
    peaks = np.flatnonzero((values >= before) & (values >= after))
    return [(logits[:, i], float(grid[i])) for i in peaks]


def _tau_grid(studies: Studies) -> Array:
    """Extend the grid down to half the standard error of the best known logit.

    A maximum at a spread far below every study's own error would not stand out from
    tau = 0; above that it can, even where the likelihood falls as tau leaves 0.
    """
    rate = (studies.events + 0.5) / (studies.n + 1)
    error = 1 / np.sqrt(np.max(studies.n * rate * (1 - rate)))
    smaller = TAU_GRID[0] * 0.5 ** np.arange(1, 40)
    return np.append(smaller[smaller > error / 2][::-1], TAU_GRID)


def _grows_at_zero(studies: Studies, binomial: GlmmFit) -> bool:
    """Tell whether the likelihood rises as tau leaves 0 (the slope there is 0)."""
    rate = expit(studies.design @ np.array(binomial.logits)[:, None])
    score = studies.events - studies.n * rate
    return bool(np.sum(score**2 - studies.n * rate * (1 - rate)) > 0)


def profile_over_tau(
    studies: Studies,
    tau: Array,
    start: Array,
    rule: Rule = EXACT,
    steps: int = NEWTON_STEPS,
) -> tuple[Array, Array]:
    """Maximise over the logits at each tau.

    Parameters
    ----------
    studies : Studies
        Studies by group.
    tau : ndarray, shape (points,)
        Spreads.
    start : ndarray, shape (groups,)
        Logits to start from.
    rule : Rule
        Quadrature.
    steps : int
        Newton steps at most.

    Returns
    -------
    tuple of ndarray
        Logits of shape (groups, points) and log-likelihoods of shape (points,),
        without binomial coefficients.
    """
    logits = np.repeat(start[:, None], len(tau), axis=1)
    step, slope = np.zeros_like(logits), np.zeros_like(logits)
    value = np.full(len(tau), -np.inf)
    longest = LONGEST_STEP * (1 + tau)
    for _ in range(steps):
        at = log_marginal_derivatives(
            studies.events, studies.n, studies.design @ (logits + step), tau, rule
        )
        reached = at.value.sum(axis=0)
        gained = reached >= value
        logits = np.where(gained, logits + step, logits)
        value = np.where(gained, reached, value)
        slope = np.where(gained, studies.design.T @ at.location, slope)
        curvature = np.abs(studies.design.T @ at.location2)
        newton = np.clip(slope / np.maximum(curvature, FLATTEST), -longest, longest)
        step = np.where(gained, newton, step / 2)
        if np.all(np.abs(step * slope) < WORTH_A_STEP):
            break
    return logits, value


def _settled(studies: Studies, logits: Array, tau: float) -> GlmmFit:
    """Fit with more and more nodes until the log-likelihood no longer moves."""
    found = _newton(studies, logits, tau, fast_rule(tau), tolerance=1e-4)
    rule = EXACT
    while True:
        found = _newton(studies, np.array(found.logits), found.tau, rule, CONVERGED)
        finer = Rule(2 * rule.nodes, rule.depth)
        value = _log_likelihood(studies, np.array(found.logits), found.tau, finer)
        moved = abs(value - found.log_likelihood)
        settled = moved <= SETTLED * max(1.0, abs(value))
        if settled or finer.nodes > MOST_NODES:
            return replace(found, log_likelihood=value)
        rule = finer


def _newton(
    studies: Studies, logits: Array, tau: float, rule: Rule, tolerance: float
) -> GlmmFit:
    """Climb from (logits, tau) by Newton steps, shortened until they gain."""
    groups = len(logits)
    at = np.append(logits, tau)
    value, slope, information = _surface(studies, at, rule)
    converged = False
    for _ in range(NEWTON_STEPS):
        step = _ascent(slope, information)
        if step @ slope < tolerance:
            converged = True
            break
        limit = np.append(np.full(groups, 1 + at[-1]), 0.1 + at[-1]) * LONGEST_STEP
        step /= max(1.0, float(np.max(np.abs(step) / limit)))
        for _ in range(NEWTON_STEPS):
            # the likelihood is even in tau: a step through 0 is reflected
            trial = np.append((at + step)[:-1], abs(at[-1] + step[-1]))
            new = _surface(studies, trial, rule)
            if new[0] >= value or np.max(np.abs(step)) < np.finfo(float).eps:
                break
            step /= 2
        gain = new[0] - value
        at, (value, slope, information) = trial, new
        if 0 <= gain <= np.finfo(float).eps * abs(value):
            converged = True
            break
    inverse = np.linalg.pinv(information, hermitian=True)
    return GlmmFit(
        tuple(float(m) for m in at[:-1]),
        float(at[-1]),
        _as_tuples(np.asarray(inverse[:groups, :groups], dtype=np.float64)),
        value + float(np.sum(log_choose(studies.events, studies.n))),
        rule.nodes,
        converged,
    )


def _surface(studies: Studies, at: Array, rule: Rule) -> tuple[float, Array, Array]:
    """Return the log-likelihood at (logits, tau), its slope and information."""
    design = studies.design
    location = design @ at[:-1, None]
    part = log_marginal_derivatives(studies.events, studies.n, location, at[-1:], rule)
    slope = np.append(design.T @ part.location[:, 0], part.spread.sum())
    mixed = design.T @ part.cross
    hessian = np.block(
        [
            [design.T @ (design * part.location2), mixed],
            [mixed.T, np.array([[part.spread2.sum()]])],
        ]
    )
    return float(part.value.sum()), slope, -hessian


def _ascent(slope: Array, information: Array) -> Array:
    """Return the Newton step, with negative curvatures turned round."""
    values, vectors = np.linalg.eigh(information)
    floor = 1e-10 * max(float(np.max(np.abs(values))), 1e-300)
    sizes = np.maximum(np.abs(values), floor)
    return np.asarray(vectors @ ((vectors.T @ slope) / sizes))


def _log_likelihood(studies: Studies, logits: Array, tau: float, rule: Rule) -> float:
    """Return the log-likelihood with its binomial coefficients."""
    value = log_marginal(
        studies.events,
        studies.n,
        studies.design @ logits[:, None],
        np.array([tau]),
        rule,
    )
    return float(np.sum(value + log_choose(studies.events, studies.n)[:, :1]))


def _as_tuples(matrix: Array) -> tuple[tuple[float, ...], ...]:
    """Freeze a matrix."""
    return tuple(tuple(float(value) for value in row) for row in matrix)
