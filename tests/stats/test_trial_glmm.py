"""Random log odds ratios by maximum likelihood, against plain sums and differences."""

from math import log

import numpy as np
import pytest
from scipy import optimize
from scipy.stats import binom, nchypergeom_fisher, norm

from lupus_evidence.stats import trial_glmm
from lupus_evidence.stats.trial_glmm import estimable, fit_trials
from lupus_evidence.stats.trials import pool_trials
from lupus_evidence.stats.two_by_two import Tables

Z = np.linspace(-8, 8, 321)
SHARE = norm.pdf(Z) / norm.pdf(Z).sum()
APART = [(30, 40, 10, 40), (12, 60, 18, 60), (40, 100, 44, 100), (2, 30, 9, 30)]
UNEVEN = [(9, 12, 5, 20), (2, 40, 5, 10), (0, 15, 3, 9), (8, 8, 2, 7)]
ALIKE = [(16, 40, 10, 40), (27, 60, 18, 60), (40, 100, 24, 90)]
SETS = {"apart": APART, "uneven": UNEVEN, "alike": ALIKE}
MODELS = ("unconditional", "conditional")


def tables(rows):
    """Return trials given as rows: events and people of a, events and people of b."""
    return Tables(*np.array(rows, dtype=float).T)


def unconditional(row, mean, tau):
    """Return one trial's log likelihood at its likeliest baseline."""
    a, n_a, c, n_b = row
    theta = mean + tau * Z

    def negative(alpha):
        up, down = alpha + theta / 2, alpha - theta / 2
        chance = binom.pmf(a, n_a, 1 / (1 + np.exp(-up)))
        chance = chance * binom.pmf(c, n_b, 1 / (1 + np.exp(-down)))
        return -log(SHARE @ chance)

    rate = (a + c) / (n_a + n_b)
    near = log(rate / (1 - rate))
    found = optimize.minimize_scalar(
        negative, bounds=(near - 4, near + 4), options={"xatol": 1e-7}
    )
    return -found.fun


def conditional(row, mean, tau):
    """Return one trial's log likelihood given its margins."""
    a, n_a, c, n_b = row
    ratio = np.exp(mean + tau * Z)
    return log(SHARE @ nchypergeom_fisher.pmf(a, n_a + n_b, a + c, n_a, ratio))


def plainly(rows, model, mean, tau):
    """Return the log likelihood of a set of trials."""
    own = unconditional if model == "unconditional" else conditional
    return sum(own(row, mean, abs(tau)) for row in rows)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", SETS)
def test_a_fit_is_the_highest_point_of_a_plain_sum(name, model):
    """Its height, binomial coefficients included; every step away is lower."""
    rows = SETS[name]
    found = fit_trials(tables(rows), model)
    assert found.converged
    there = plainly(rows, model, found.mean, found.tau)
    assert found.log_likelihood == pytest.approx(there, abs=1e-7)
    for right, wider in ((0.02, 0), (-0.02, 0), (0, 0.02), (0, -0.02)):
        if found.tau + wider >= 0:
            assert plainly(rows, model, found.mean + right, found.tau + wider) < there


@pytest.mark.parametrize(
    ("name", "model"), [("apart", "conditional"), ("uneven", "unconditional")]
)
def test_the_standard_error_is_that_of_the_observed_information(name, model):
    """By second differences of the plain sum in mean and spread."""
    rows = SETS[name]
    found = fit_trials(tables(rows), model)
    assert found.tau > 0.3
    h = 1e-2

    def at(right, wider):
        return plainly(rows, model, found.mean + right * h, found.tau + wider * h)

    top = found.log_likelihood
    mean2 = (at(1, 0) + at(-1, 0) - 2 * top) / h**2
    tau2 = (at(0, 1) + at(0, -1) - 2 * top) / h**2
    cross = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h**2)
    variance = -tau2 / (mean2 * tau2 - cross**2)
    assert found.se == pytest.approx(variance**0.5, rel=2e-3)


@pytest.mark.parametrize("model", MODELS)
def test_where_a_spread_gains_nothing_there_is_none(model):
    """Trials alike: the spread is 0, and the error that of one common odds ratio."""
    found = fit_trials(tables(ALIKE), model)
    assert found.tau == 0
    h = 1e-2
    low, high = (plainly(ALIKE, model, found.mean + off, 0) for off in (-h, h))
    bend = (2 * found.log_likelihood - low - high) / h**2
    assert found.se == pytest.approx(bend**-0.5, rel=1e-3)


@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_trials_changes_no_digit(model):
    """They are sorted before anything is added up."""
    one, other = (fit_trials(tables(rows), model) for rows in (APART, APART[::-1]))
    assert one == other


NONE, ALL = (0, 10, 3, 12), (10, 10, 3, 12)
FULL = (2, 10, 12, 12)


@pytest.mark.parametrize(
    ("rows", "unconditional", "conditional"),
    [
        ([NONE, NONE], False, False),
        ([ALL, ALL], False, False),
        ([NONE, FULL], False, False),
        ([NONE, ALL], True, False),
        ([NONE, (3, 10, 4, 12)], True, True),
        ([NONE, ALL, (3, 10, 4, 12)], True, True),
        ([NONE, (0, 9, 0, 9)], False, False),
        ([(3, 10, 4, 12)], True, True),
        ([(0, 9, 0, 9)], False, False),
    ],
)
def test_whether_a_finite_maximum_exists(rows, unconditional, conditional):
    """Not where every informative trial is as extreme as it can be on one side.

    Nor, given the margins, where each is on either side.
    """
    for model, expected in zip(MODELS, (unconditional, conditional), strict=True):
        assert bool(estimable(tables(rows), model)) is expected
        spoken = tables(rows).only(tables(rows).informative)
        if not expected and spoken.k:
            with pytest.raises(ValueError, match="no finite maximum"):
                fit_trials(spoken, model)
    assert bool(estimable(tables(rows))) is unconditional


def test_a_search_that_runs_out_of_steps_says_so(monkeypatch):
    """In the fit, and among the notes of the pooled estimate."""
    monkeypatch.setattr(trial_glmm, "NEWTON_STEPS", 2)
    assert fit_trials(tables(APART), "unconditional").converged is False
    found = pool_trials(*zip(*APART, strict=True), method="glmm")
    assert found.notes[0].code == "not-converged"
