"""Trials with their baselines integrated out, against plain sums and differences."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import norm

from lupus_evidence.stats.trial_posterior import (
    EFFECT_PRIOR,
    TAU_PRIOR,
    TrialLikelihoods,
    integrated,
    trial_posterior,
)
from lupus_evidence.stats.two_by_two import Tables

ROWS = [
    *((3, 10, 4, 12), (0, 10, 4, 12), (10, 10, 4, 12), (1, 2, 0, 1)),
    *((40, 400, 1, 3), (0.4, 3.3, 1.2, 5), (0, 500, 1, 2), (900, 1000, 80, 1000)),
]


def tables(*rows):
    """Return trials given as rows: events and people of a, events and people of b."""
    return Tables(*np.array(rows, dtype=float).T)


def plainly(row, theta):
    """Integrate one trial's likelihood over the baseline by a plain sum."""
    a, n_a, c, n_b = row
    alpha = np.linspace(-60, 60, 24_001)
    up, down = alpha + theta / 2, alpha - theta / 2
    height = a * up - n_a * np.logaddexp(0, up) + c * down - n_b * np.logaddexp(0, down)
    return logsumexp(height) + np.log(alpha[1] - alpha[0])


@pytest.mark.parametrize("row", ROWS)
def test_a_baseline_is_integrated_out_as_by_a_plain_sum(row):
    """Small, effective, uneven and extreme trials, at odds ratios up to 3000."""
    theta = np.array([-8.0, -3.0, 0.0, 0.8, 6.0])
    found = integrated(tables(row), theta[None])
    for value, at in zip(found.value[0], theta, strict=True):
        assert value == pytest.approx(plainly(row, at), abs=1e-5)


@pytest.mark.parametrize("row", ROWS)
def test_slope_and_information_are_those_of_the_integral(row):
    """By central differences of the integral itself."""
    h = 1e-3
    for theta in (-4.0, -0.5, 1.3, 12.0):
        at = theta + h * np.array([[-1.0, 0.0, 1.0]])
        found = integrated(tables(row), at)
        low, here, high = found.value[0]
        assert found.slope[0, 1] == pytest.approx((high - low) / (2 * h), abs=1e-5)
        bend = (2 * here - low - high) / h**2
        assert found.information[0, 1] == pytest.approx(bend, abs=2e-4, rel=1e-4)


def test_trials_side_by_side_are_each_its_own():
    """One of them is what it is alone."""
    trials = TrialLikelihoods(tables(*ROWS))
    theta = np.tile([-1.0, 2.0], (len(ROWS), 1))
    both = trials.at(theta)
    assert trials.k == len(ROWS)
    for index in (0, 5):
        alone = trials.one(index)
        assert alone.k == 1
        assert alone.at(theta[:1]).value[0] == pytest.approx(both.value[index])


def test_of_one_large_trial_the_posterior_is_normal_around_it_and_its_prior():
    """Its own error beside the spread: mean and deviation over a half-normal spread."""
    row = (30_000, 100_000, 20_000, 100_000)
    a, n_a, c, n_b = row
    own = np.log(a * (n_b - c) / (c * (n_a - a)))
    error = 1 / a + 1 / (n_a - a) + 1 / c + 1 / (n_b - c)
    tau = 0.5 * np.linspace(0, 6, 2001)[1:]
    variance = error + tau**2
    total = variance + 2.82**2
    share = np.exp(-(own**2) / (2 * total) - (tau / 0.5) ** 2 / 2) / total**0.5
    share /= share.sum()
    mean = own * 2.82**2 / total
    second = share @ (variance * 2.82**2 / total + mean**2)
    found = trial_posterior(tables(row))
    assert found.sd == pytest.approx((second - (share @ mean) ** 2) ** 0.5, rel=5e-3)
    sd = (variance * 2.82**2 / total) ** 0.5
    for p in (0.025, 0.5, 0.9):
        at = float(found.effect.quantile(np.array(p)))
        assert share @ norm.cdf((at - mean) / sd) == pytest.approx(p, abs=1e-3)
    below = np.cumsum(share)
    for p in (0.1, 0.5, 0.9):
        expected = np.interp(p, below, tau)
        assert found.tau_quantile(p) == pytest.approx(expected, abs=2e-3)
    assert (found.tau[0], found.tau_cdf[0]) == (0, 0)


def test_the_priors_are_those_that_are_published():
    """Odds ratios between 1/250 and 250; Gunhan, Roever and Friede's 0.5."""
    assert np.exp(1.96 * EFFECT_PRIOR) == pytest.approx(250, rel=0.02)
    assert TAU_PRIOR == 0.5


def test_the_order_of_trials_changes_no_digit():
    """They are sorted, and the same set is worked out once."""
    one, other = (
        trial_posterior(tables(*ROWS[:3])),
        trial_posterior(tables(*ROWS[2::-1])),
    )
    assert one is other
    assert trial_posterior(tables(*ROWS[:3]), 1.0).sd > one.sd
