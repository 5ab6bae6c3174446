"""Effects pooled over trials: by hand, by brute force, and where others stop."""

from itertools import product
from math import exp, inf, log

import numpy as np
import pytest
from scipy.stats import binom, nchypergeom_fisher, norm

from lupus_evidence.stats.direct_effects import one_trial_difference, risk_with
from lupus_evidence.stats.trials import EFFECT_MEASURES, TRIAL_METHODS, pool_trials

# three invented trials of one treatment against another
THREE = ([16, 27, 40], [40, 60, 100], [10, 18, 24], [40, 60, 100])
SMALL = ([9, 2], [12, 10], [5, 5], [6, 10])
APART = ([30, 12, 40, 2], [40, 60, 100, 30], [10, 18, 44, 9], [40, 60, 100, 30])
ZEROS = ([0, 1, 0], [6, 10, 20], [2, 3, 0], [6, 12, 20])
SETS = {"three": THREE, "small": SMALL, "apart": APART, "zeros": ZEROS}
EVERY = list(product(EFFECT_MEASURES, TRIAL_METHODS))
# the grid below has steps of 0.02 in the log odds ratio
BRUTE = 4e-3


def swapped(trials):
    """Treatment and control exchanged."""
    a, n_a, b, n_b = trials
    return b, n_b, a, n_a


def complement(trials):
    """People without the outcome instead of those with it."""
    a, n_a, b, n_b = (np.array(column) for column in trials)
    return n_a - a, n_a, n_b - b, n_b


def test_three_trials_are_pooled_as_a_referee_would():
    """15.5 points more (6.4 to 24.6), risk ratio 1.60: Mantel-Haenszel by hand."""
    difference = pool_trials(*THREE, effect="rd", method="mh")
    assert difference.estimate == pytest.approx(
        (20 * 0.15 + 30 * 0.15 + 50 * 0.16) / 100
    )
    assert difference.ci == pytest.approx((0.064, 0.246), abs=5e-4)
    ratio = pool_trials(*THREE, effect="rr", method="mh")
    # equal arms: each trial's events weigh one half
    assert exp(ratio.estimate) == pytest.approx(83 / 52)
    assert (difference.k, difference.n, difference.events_a) == (3, 400, 83)
    assert difference.weights == pytest.approx((0.2, 0.3, 0.5))


def test_inverse_variance_by_hand():
    """Two log odds ratios, their variances, and a mean."""
    found = pool_trials([10, 20], [30, 50], [5, 10], [30, 50], method="common")
    y = np.array([log(10 * 25 / (20 * 5)), log(20 * 40 / (30 * 10))])
    v = np.array([1 / 10 + 1 / 20 + 1 / 5 + 1 / 25, 1 / 20 + 1 / 30 + 1 / 10 + 1 / 40])
    assert found.estimate == pytest.approx(np.sum(y / v) / np.sum(1 / v))
    assert found.se == pytest.approx(np.sum(1 / v) ** -0.5)
    assert found.weights == pytest.approx(tuple(1 / v / np.sum(1 / v)))


def test_peto_by_hand():
    """Observed less expected events over their hypergeometric variance."""
    found = pool_trials([10], [30], [5], [30], method="peto")
    variance = 30 * 30 * 15 * 45 / (60**2 * 59)
    assert found.estimate == pytest.approx((10 - 7.5) / variance)
    assert found.se == pytest.approx(variance**-0.5)


@pytest.mark.parametrize("name", SETS)
def test_knapp_hartung_is_never_narrower_than_z(name):
    """Where the trials agree by chance, its interval would be too short."""
    for effect, method in product(EFFECT_MEASURES, ("reml", "pm", "dl")):
        hk, z = (
            pool_trials(*SETS[name], effect=effect, method=method, test=test).ci
            for test in ("hk", "z")
        )
        assert hk[1] - hk[0] >= z[1] - z[0] - 1e-12


def brute_force(trials, tau_prior=0.5, effect_sd=2.82):
    """Tabulate baseline, log odds ratio, spread and mean on plain even grids."""
    theta, alpha = np.arange(-10, 10.001, 0.04), np.arange(-14, 14, 0.04)
    taus = np.arange(0.02, 6 * tau_prior, 0.04)
    likelihoods = []
    for a, n_a, b, n_b in zip(*trials, strict=True):
        if 0 < a + b < n_a + n_b:
            up = 1 / (1 + np.exp(-(alpha + theta[:, None] / 2)))
            down = 1 / (1 + np.exp(-(alpha - theta[:, None] / 2)))
            likelihoods.append((binom.pmf(a, n_a, up) * binom.pmf(b, n_b, down)).sum(1))
    prior = norm.logpdf(theta, 0, effect_sd)
    joint = np.empty((len(taus), len(theta)))
    kernels = []
    for row, tau in enumerate(taus):
        kernel = norm.pdf(theta[:, None], theta, tau)
        kernels.append(kernel / kernel.sum(1, keepdims=True))
        joint[row] = prior + norm.logpdf(tau, 0, tau_prior)
        joint[row] += sum(np.log(kernels[-1] @ one) for one in likelihoods)
    mass = np.exp(joint - joint.max())
    mass /= mass.sum()
    new = sum(mass[row] @ kernel for row, kernel in enumerate(kernels))

    def quantiles(share, at, *probabilities):
        below = np.cumsum(share) - share / 2
        return np.interp(probabilities, below, at)

    return (
        quantiles(mass.sum(0), theta, 0.5, 0.025, 0.975),
        quantiles(mass.sum(1), taus, 0.5)[0],
        quantiles(new, theta, 0.025, 0.975),
    )


@pytest.mark.parametrize("name", SETS)
def test_the_default_is_the_posterior_that_brute_force_finds(name):
    """Median, interval, spread and prediction, on grids that share nothing with it."""
    middle, tau, new = brute_force(SETS[name])
    found = pool_trials(*SETS[name])
    assert (found.estimate, *found.ci) == pytest.approx(middle, abs=BRUTE)
    assert found.tau == pytest.approx(tau, abs=BRUTE)
    if found.prediction is not None:
        assert found.prediction == pytest.approx(new, abs=2 * BRUTE)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("method", TRIAL_METHODS)
def test_exchanging_the_arms_turns_the_sign(name, method):
    """No method prefers one arm; neither does the default prefer events."""
    found = pool_trials(*SETS[name], method=method)
    for other in (swapped(SETS[name]), complement(SETS[name])):
        turned = pool_trials(*other, method=method)
        assert turned.estimate == pytest.approx(-found.estimate, abs=1e-6)
        assert turned.ci == pytest.approx((-found.ci[1], -found.ci[0]), abs=1e-6)


@pytest.mark.parametrize(("effect", "method"), EVERY)
def test_the_order_of_trials_does_not_matter(effect, method):
    """Nor do weights leave their trials."""
    order = [2, 0, 3, 1]
    mixed = [[column[i] for i in order] for column in APART]
    one, other = (
        pool_trials(*trials, effect=effect, method=method) for trials in (APART, mixed)
    )
    assert other.estimate == pytest.approx(one.estimate, abs=1e-9)
    assert other.ci == pytest.approx(one.ci, abs=1e-9)
    assert other.weights == pytest.approx([one.weights[i] for i in order], abs=1e-9)


@pytest.mark.parametrize("method", ["bayes", "mh", "peto", "glmm"])
def test_a_trial_without_any_event_says_nothing_of_a_ratio(method):
    """It changes neither estimate nor interval, and is said to be silent."""
    more = [
        [*column, extra] for column, extra in zip(THREE, (0, 50, 0, 60), strict=True)
    ]
    one, other = (pool_trials(*trials, method=method) for trials in (THREE, more))
    assert other.estimate == pytest.approx(one.estimate, abs=1e-9)
    assert other.ci == pytest.approx(one.ci, abs=1e-9)
    assert (other.k, other.informative, other.weights[3]) == (4, 3, 0.0)
    assert other.noted("uninformative-trials")


@pytest.mark.parametrize("everyone", [False, True])
@pytest.mark.parametrize(("effect", "method"), EVERY)
def test_no_events_or_only_events_have_an_answer(effect, method, everyone):
    """A difference is none, with an interval around it; of no events no ratio is known.

    That everybody had the outcome makes the risk ratio 1, and no odds ratio known.
    """
    n_a, n_b = [10, 20], [12, 18]
    trials = (n_a, n_a, n_b, n_b) if everyone else ([0, 0], n_a, [0, 0], n_b)
    found = pool_trials(*trials, effect=effect, method=method)
    low, high = found.ci
    if effect == "rd" or (effect == "rr" and everyone):
        assert low < 0 < high
        assert found.estimate == pytest.approx(0, abs=0.02)
    else:
        assert found.estimate is None
        assert (low, high) == (-inf, inf)
        assert found.noted("no-information")


def test_events_in_one_arm_alone_give_a_bound():
    """The exact bound of one common odds ratio; the default has an estimate too."""
    trials = ([0, 0], [10, 20], [2, 3], [10, 20])
    for method in ("mh", "glmm"):
        found = pool_trials(*trials, method=method)
        assert (found.estimate, found.ci[0]) == (-inf, -inf)
        # the chance of no event under treatment in either trial, at that odds ratio
        ratio = exp(found.ci[1])
        none = [
            nchypergeom_fisher.pmf(0, n_a + n_b, b, n_a, ratio)
            for _, n_a, b, n_b in zip(*trials, strict=True)
        ]
        assert np.prod(none) == pytest.approx(0.025, abs=1e-6)
        mirrored = pool_trials(*swapped(trials), method=method)
        assert mirrored.ci == pytest.approx((-found.ci[1], inf))
    ratios = [pool_trials(*trials, effect="rr", method=x) for x in ("mh", "glmm")]
    assert ratios[0].estimate == ratios[1].estimate == -inf
    assert ratios[0].ci == pytest.approx(ratios[1].ci)
    default = pool_trials(*trials)
    assert -4 < default.estimate < -2
    assert default.ci[1] < 0


@pytest.mark.parametrize(("effect", "method"), EVERY)
def test_one_and_two_trials(effect, method):
    """One is not pooled, two have no prediction; both are answered."""
    one = pool_trials([3], [10], [5], [10], effect=effect, method=method)
    two = pool_trials(*SMALL, effect=effect, method=method)
    assert one.noted("one-trial")
    assert one.weights == (1.0,)
    assert one.prediction is two.prediction is None
    for found in (one, two):
        assert found.ci[0] < found.estimate < found.ci[1]


def test_a_prediction_interval_holds_the_interval():
    """From three trials on, for every method that lets effects differ."""
    for effect, method in product(
        EFFECT_MEASURES, ("bayes", "glmm", "reml", "pm", "dl")
    ):
        found = pool_trials(*APART, effect=effect, method=method)
        assert found.prediction[0] <= found.ci[0] < found.ci[1] <= found.prediction[1]
    for method in ("mh", "peto", "common"):
        assert pool_trials(*APART, method=method).prediction is None


@pytest.mark.parametrize("method", ["bayes", "glmm", "peto"])
def test_models_of_odds_speak_of_risk_at_the_control_arms_risk(method):
    """Ratio and difference are the odds ratio's, at 52 of 200."""
    odds, ratio, difference = (
        pool_trials(*THREE, effect=effect, method=method) for effect in EFFECT_MEASURES
    )
    treated = risk_with(odds.estimate, 0.26)
    assert treated / (1 - treated) == pytest.approx(exp(odds.estimate) * 0.26 / 0.74)
    assert exp(ratio.estimate) == pytest.approx(treated / 0.26)
    assert difference.estimate == pytest.approx(treated - 0.26)
    assert difference.noted("at-control-risk")


def test_the_conditional_model_needs_whole_people():
    """Effective counts of a curve have no exact distribution; the default has."""
    parts = ([3.5, 9], [10, 20], [5, 12], [10, 20])
    with pytest.raises(ValueError, match="whole people"):
        pool_trials(*parts, method="glmm", model="conditional")
    whole = [[3, 9], *parts[1:]]
    assert pool_trials(*whole).estimate < pool_trials(*parts).estimate


def test_large_trials_are_no_harder():
    """Millions of people: both likelihoods, the same answer as inverse variance."""
    trials = ([30_000, 51_000], [10**6, 10**6], [28_000, 47_000], [10**6, 10**6])
    common = pool_trials(*trials, method="common")
    for model in ("unconditional", "conditional"):
        found = pool_trials(*trials, method="glmm", model=model)
        assert found.estimate == pytest.approx(common.estimate, abs=2e-3)
    assert pool_trials(*trials).estimate == pytest.approx(common.estimate, abs=5e-3)


@pytest.mark.parametrize(
    ("trials", "options", "said"),
    [
        (([], [], [], []), {}, "no trial"),
        (([1], [10], [2, 3], [10, 10]), {}, "1 treatment arms, 2 controls"),
        (([11], [10], [2], [10]), {}, "between 0 and n"),
        (([1], [0], [2], [10]), {}, "above 0"),
        ((*THREE,), {"effect": "hr"}, "no effect 'hr'"),
        ((*THREE,), {"method": "ml"}, "no method 'ml'"),
        ((*THREE,), {"test": "t"}, "no test 't'"),
        ((*THREE,), {"model": "both"}, "no model 'both'"),
        ((*THREE,), {"level": 1}, "level"),
        ((*THREE,), {"tau_prior": 0}, "prior"),
    ],
)
def test_what_is_impossible_is_refused(trials, options, said):
    """With what is wrong, and what there is instead."""
    with pytest.raises(ValueError, match=said):
        pool_trials(*trials, **options)


def test_newcombe_is_for_one_trial():
    """The risk difference of one trial, and of nothing else."""
    found = one_trial_difference(
        pool_trials([9], [12], [5], [6], effect="rd", method="mh")
    )
    assert found.estimate == pytest.approx(-1 / 12)
    assert found.ci == pytest.approx((-0.40, 0.34), abs=5e-3)
    with pytest.raises(ValueError, match="one trial"):
        one_trial_difference(pool_trials(*THREE, effect="rd", method="mh"))
