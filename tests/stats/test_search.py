"""How the search for the maximum goes: what it finds, and in how many looks."""

import numpy as np
import pytest
from scipy import optimize, stats
from scipy.special import expit

from lupus_evidence.stats import glmm, profile_intervals
from lupus_evidence.stats.glmm import group_studies
from lupus_evidence.stats.likelihood import EXACT

ORDINARY = ((3, 12, 9, 28, 20), (20, 25, 22, 30, 61))
ALIKE = ((5, 6, 5, 9), (20, 21, 22, 33))
SPARSE = ((0, 0, 1, 0, 2), (12, 9, 14, 20, 11))
NEARLY_ALL_OR_NONE = ((0, 22, 0), (12, 26, 50))


@pytest.fixture
def looks(monkeypatch):
    """Count how often the likelihood is worked out: nodes of each time."""
    seen = []
    for module in (glmm, profile_intervals):
        work = module.log_marginal_derivatives

        def counted(*given, work=work):
            seen.append(given[-1].nodes)
            return work(*given)

        monkeypatch.setattr(module, "log_marginal_derivatives", counted)
    return seen


def many_studies(tau, k=300, n=200):
    """Studies with a known spread, spaced evenly rather than drawn."""
    place = (np.arange(k) + 0.5) / k
    rate = expit(-0.5 + tau * stats.norm.ppf(place))
    chance = (np.arange(k) * 0.6180339887 + 0.3) % 1  # golden ratio: even, no pattern
    return tuple(stats.binom.ppf(chance, n, rate)), (float(n),) * k


def dense_maximum(counts):
    """Climb a 200-node Gauss-Hermite likelihood, which a small spread allows."""
    x, n = (np.array(side)[:, None] for side in counts)
    z, weight = np.polynomial.hermite_e.hermegauss(200)
    weight = weight / weight.sum()

    def falling(at):
        theta = at[0] + at[1] * z
        height = x * theta - n * np.logaddexp(0, theta)
        top = height.max(axis=1, keepdims=True)
        return -np.sum(top[:, 0] + np.log(np.exp(height - top) @ weight))

    found = optimize.minimize(falling, (-0.4, 0.2), method="Nelder-Mead", tol=1e-9)
    return found.x[0], abs(found.x[1])


@pytest.mark.parametrize("tau", [0.05, 0.07])
def test_many_studies_can_show_a_spread_below_the_first_one_looked_at(tau):
    """No study alone could: the likelihood rises from 0 and falls before 0.1."""
    counts = many_studies(tau)
    logit, spread = dense_maximum(counts)
    assert 0.01 < spread < glmm.TAU_GRID[0]
    found = glmm.fit(group_studies(*counts))
    assert found.tau == pytest.approx(spread, abs=1e-5)
    assert found.logits[0] == pytest.approx(logit, abs=1e-5)
    assert found.converged


# Measured, and a tenth more: a search that needs yet more has lost a shortcut.
@pytest.mark.parametrize(
    ("counts", "most"),
    [(ORDINARY, 10), (ALIKE, 3), (SPARSE, 9), (NEARLY_ALL_OR_NONE, 38)],
)
def test_a_fit_takes_few_looks(looks, counts, most):
    """Newton's steps double the digits: a few to find the hill, a few to climb it."""
    assert glmm.fit(group_studies(*counts)).converged
    assert len(looks) <= most
    if most <= 10:
        assert max(looks) <= EXACT.nodes, "one rule is fine enough for these"


@pytest.mark.parametrize(
    ("counts", "of_tau", "of_logit"),
    [
        (ORDINARY, 40, 122),
        (ALIKE, 24, 126),
        (SPARSE, 48, 276),
        (NEARLY_ALL_OR_NONE, 92, 130),
    ],
)
def test_an_interval_takes_few_looks(looks, counts, of_tau, of_logit):
    """Twelve points of a bracket in one look, six brackets an end."""
    studies = group_studies(*counts)
    fit = glmm.fit(studies)
    looks.clear()
    profile_intervals.tau_interval(studies, fit, 0.95)
    assert len(looks) <= of_tau
    looks.clear()
    profile_intervals.logit_interval(studies, fit, 0.95)
    assert len(looks) <= of_logit
