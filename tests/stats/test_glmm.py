"""The binomial-normal model: its likelihood, its maximum and the way there."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize, stats
from scipy.optimize import minimize
from scipy.special import expit, gammaln
from stats.dense import dense_log_likelihood

from lupus_evidence.stats import glmm, profile_intervals
from lupus_evidence.stats.glmm import (
    common_log_likelihood,
    estimable,
    group_studies,
    saturated_log_likelihood,
)
from lupus_evidence.stats.likelihood import EXACT, Rule
from lupus_evidence.stats.profile_intervals import logit_interval, tau_interval

# of logit, tau and log-likelihood against the maximum of a dense quadrature found by
# another optimiser
DENSE = 1e-5
# the chi-square quantile that a profile must meet at its ends
CHI2 = 3.841459
# both optimisers stop a little short of the top
DEVIANCE = 2e-3

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "metafor.json").read_text("utf-8")
)
SETS = {
    entry["name"]: (tuple(entry["events"]), tuple(entry["n"]))
    for entry in REFERENCE["results"]
    if isinstance(entry["n"], list)
}
EXTREME = ("all-zero", "all-events")
FITTED = {name: counts for name, counts in SETS.items() if name not in EXTREME}
# three arms at which 15-node Gauss-Hermite finds logit -10.1 and tau 8.2
TRAP = ((0, 22, 0), (12, 26, 50))


def dense_maximum(counts, start):
    """Climb the dense likelihood by Nelder and Mead's simplex."""
    found = minimize(
        lambda at: -dense_log_likelihood(counts, at[0], abs(at[1]), 4001),
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 2000},
    )
    return found.x[0], abs(found.x[1]), -found.fun


@pytest.mark.parametrize("counts", [*FITTED.values(), TRAP], ids=[*FITTED, "trap"])
def test_maximum_is_that_of_dense_quadrature(counts):
    """Logit, tau and log-likelihood are those of a dense quadrature, on every set."""
    here = glmm.fit(group_studies(*counts))
    logit, tau, value = dense_maximum(counts, (here.logits[0] + 0.1, here.tau + 0.2))
    assert here.log_likelihood == pytest.approx(value, abs=DENSE)
    assert here.log_likelihood >= value - 1e-9
    there = dense_log_likelihood(counts, here.logits[0], here.tau)
    assert here.log_likelihood == pytest.approx(there, abs=DENSE)
    # a flat top: the simplex stops where the likelihood no longer tells points apart
    near = 30 * DENSE if here.tau < 1 else 300 * DENSE
    assert here.logits[0] == pytest.approx(logit, abs=near)
    if here.tau > 0:
        assert here.tau == pytest.approx(tau, abs=near)


def test_zero_and_full_cells():
    """Where metafor's 25 nodes give 1.65623 and 20.686, the maximum is elsewhere."""
    counts = SETS["zero-and-full-cells"]
    here = glmm.fit(group_studies(*counts))
    assert here.logits[0] == pytest.approx(1.65970, abs=DENSE)
    assert here.tau**2 == pytest.approx(20.75303, abs=DENSE)
    assert here.log_likelihood == pytest.approx(-9.217642, abs=DENSE)
    # no other point of a grid around it comes near
    for logit in np.linspace(-2, 6, 9):
        for tau in np.geomspace(0.5, 30, 9):
            assert dense_log_likelihood(counts, logit, tau, 4001) <= here.log_likelihood


def test_a_spread_far_below_one_tenth_is_found_in_large_arms():
    """The likelihood falls as tau leaves 0, and is higher again at tau 0.057.

    R: each study integrated with `integrate` (rel.tol 1e-12), the sum maximised by
    `optim` over logit and log tau (reltol 1e-15): logit 0, tau 0.05680907,
    log-likelihood -28.34107880; at tau 0 it is -29.85252844. metafor 3.8-1,
    `rma.glmm(measure="PLO", nAGQ=25)`: tau^2 0.003227569, error 0.02995370.
    """
    counts = (15000, 1249, 1249, 1151, 1151), (30000, 2400, 2400, 2400, 2400)
    here = glmm.fit(group_studies(*counts))
    assert here.logits[0] == pytest.approx(0, abs=1e-7)
    assert here.tau == pytest.approx(0.05680907, abs=1e-7)
    assert here.log_likelihood == pytest.approx(-28.34107880, abs=1e-7)
    assert here.se == pytest.approx(0.02995370, abs=2e-6)
    at_zero = common_log_likelihood(group_studies(*counts))
    assert at_zero == pytest.approx(-29.85252844, abs=1e-7)


def test_the_trap_of_few_nodes():
    """0/12, 22/26 and 0/50 give logit -6.0 and tau 6.6, not -10.1 and 8.2."""
    here = glmm.fit(group_studies(*TRAP))
    assert here.logits[0] == pytest.approx(-6.0, abs=0.05)
    assert here.tau == pytest.approx(6.6, abs=0.06)


@pytest.mark.parametrize("counts", [*FITTED.values(), TRAP], ids=[*FITTED, "trap"])
def test_the_log_likelihood_has_settled(counts):
    """Four times the nodes move the log-likelihood by less than 1e-8."""
    here = glmm.fit(group_studies(*counts))
    finer = Rule(4 * max(here.nodes, EXACT.nodes), EXACT.depth)
    _, value = glmm.profile_over_tau(
        group_studies(*counts), np.array([here.tau]), np.array(here.logits), finer
    )
    ways = sum(
        gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
        for x, n in zip(*counts, strict=True)
    )
    assert value[0] + ways == pytest.approx(here.log_likelihood, abs=1e-8)


def test_no_spread_is_the_plain_binomial_fit():
    """Identical rates give tau 0, the total's logit and its binomial error."""
    here = glmm.fit(group_studies((6, 12, 3), (20, 40, 10)))
    assert here.tau == 0
    assert here.logits[0] == pytest.approx(np.log(21 / 49))
    assert here.se == pytest.approx((1 / 21 + 1 / 49) ** 0.5)


def test_two_maxima_give_the_higher():
    """From every start the fit ends at the highest point of the likelihood."""
    counts = ((0, 0, 0, 0, 9), (30, 40, 20, 50, 10))
    here = glmm.fit(group_studies(*counts))
    for tau in np.geomspace(0.01, 50, 40):
        logits, values = glmm.profile_over_tau(
            group_studies(*counts), np.array([tau]), np.array(here.logits)
        )
        ways = sum(
            gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
            for x, n in zip(*counts, strict=True)
        )
        assert values[0] + ways <= here.log_likelihood + 1e-9, (logits, tau)


@pytest.mark.parametrize(
    ("counts", "exists"),
    [
        pytest.param(((0, 7), (4, 7)), False, id="none-and-all"),
        pytest.param(((0, 0), (4, 7)), False, id="none"),
        pytest.param(((4, 7), (4, 7)), False, id="all"),
        pytest.param(((0, 7, 1), (4, 7, 2)), True, id="one-between"),
    ],
)
def test_when_a_maximum_exists(counts, exists):
    """A finite maximum needs one study that is neither 0/n nor n/n."""
    studies = group_studies(*counts)
    assert estimable(studies) is exists
    if not exists:
        with pytest.raises(ValueError, match="no finite maximum"):
            glmm.fit(studies)


def test_a_group_without_events_has_no_maximum():
    """With a moderator each group needs people with and without the outcome."""
    assert not estimable(group_studies((0, 0, 3, 4), (9, 8, 7, 6), (0, 0, 1, 1)))


def test_error_is_the_curvature_of_the_profile():
    """The standard error is the curvature of the profile likelihood of the logit."""
    counts = SETS["pritz1997"]
    here = glmm.fit(group_studies(*counts))

    def profile(logit):
        found = minimize(
            lambda at: -dense_log_likelihood(counts, logit, abs(at[0]), 4001),
            [here.tau],
            method="Nelder-Mead",
            options={"xatol": 1e-8, "fatol": 1e-13},
        )
        return -found.fun

    step = 0.05
    bend = profile(here.logits[0] + step) + profile(here.logits[0] - step)
    bend = (bend - 2 * profile(here.logits[0])) / step**2
    assert here.se == pytest.approx((-bend) ** -0.5, rel=3e-3)


@pytest.mark.parametrize("name", ["pritz1997", "debruin2009", "miller1978"])
def test_profile_interval_of_tau(name):
    """At an end of tau's interval the profile has dropped by 3.84 / 2."""
    counts = SETS[name]
    studies = group_studies(*counts)
    here = glmm.fit(studies)
    for end in tau_interval(studies, here, 0.95):
        found = minimize(
            lambda at, end=end: -dense_log_likelihood(counts, at[0], end, 4001),
            [here.logits[0]],
            method="Nelder-Mead",
        )
        drop = 2 * (here.log_likelihood + found.fun)
        if end == 0:
            assert drop <= CHI2
        else:
            assert drop == pytest.approx(CHI2, abs=DEVIANCE)


@pytest.mark.parametrize("name", ["pritz1997", "two-small"])
def test_profile_interval_of_the_logit(name):
    """At both ends of the logit's interval the profile has dropped by 3.84 / 2."""
    counts = SETS[name]
    studies = group_studies(*counts)
    here = glmm.fit(studies)
    for end in logit_interval(studies, here, 0.95):
        found = minimize(
            lambda at, end=end: -dense_log_likelihood(counts, end, abs(at[0]), 4001),
            [here.tau + 0.3],
            method="Nelder-Mead",
        )
        drop = 2 * (here.log_likelihood + found.fun)
        assert drop == pytest.approx(CHI2, abs=DEVIANCE)


def test_profile_interval_may_be_open():
    """Where the likelihood cannot bound tau, its interval ends at infinity."""
    studies = group_studies((0, 30, 1), (40, 30, 2))
    assert tau_interval(studies, glmm.fit(studies), 0.999)[1] == np.inf


def test_saturated_and_common_likelihoods():
    """They are the binomial log-probabilities at own and at common rates."""
    x, n = (3, 6, 0, 6), (11, 17, 21, 6)
    ways = sum(
        gammaln(b + 1) - gammaln(a + 1) - gammaln(b - a + 1)
        for a, b in zip(x, n, strict=True)
    )
    own = 3 * np.log(3 / 11) + 8 * np.log(8 / 11)
    own += 6 * np.log(6 / 17) + 11 * np.log(11 / 17)
    common = 15 * np.log(15 / 55) + 40 * np.log(40 / 55)
    studies = group_studies(x, n)
    assert saturated_log_likelihood(studies) == pytest.approx(ways + own)
    assert common_log_likelihood(studies) == pytest.approx(ways + common)


def test_hundreds_of_studies():
    """Three hundred studies simulated with logit 0.5 and tau 0.7 give them back."""
    rng = np.random.default_rng(11)
    n = rng.integers(4, 88, 300)
    x = rng.binomial(n, 1 / (1 + np.exp(-rng.normal(0.5, 0.7, 300))))
    here = glmm.fit(group_studies(tuple(x), tuple(n)))
    assert here.logits[0] == pytest.approx(0.5, abs=4 * here.se)
    assert here.tau == pytest.approx(0.7, abs=0.15)


def test_one_huge_study_among_small_ones():
    """A study of a million does not silence three small ones that differ from it."""
    x, n = (500_000, 9, 8, 10), (1_000_000, 10, 10, 11)
    here = glmm.fit(group_studies(x, n))
    logit, tau, value = dense_maximum((x[1:], n[1:]), (1.5, 0.5))
    assert here.converged
    assert 0 < here.logits[0] < logit
    assert here.tau > tau
    assert np.isfinite(value)


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


def hermite_maximum(counts):
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
    logit, spread = hermite_maximum(counts)
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
