"""What each method of pooling trials answers, and says, and when."""

from math import exp, inf, log

import numpy as np
import pytest
from scipy.stats import chi2, nchypergeom_fisher, norm, t

from lupus_evidence.stats.direct_effects import newcombe_difference, risk_with
from lupus_evidence.stats.trial_posterior import integrated, trial_posterior
from lupus_evidence.stats.trials import EFFECT_MEASURES, pool_trials
from lupus_evidence.stats.two_by_two import Tables, effects

APART = ([30, 12, 40, 2], [40, 60, 100, 30], [10, 18, 44, 9], [40, 60, 100, 30])
FIVE = (
    [12, 7, 9, 20, 15],
    [40, 25, 30, 60, 50],
    [5, 9, 6, 11, 9],
    [30, 50, 30, 60, 50],
)
THREE = tuple(column[:3] for column in FIVE)
TWO = tuple(column[:2] for column in FIVE)
EMPTY = ([0, 0], [10, 20], [2, 3], [10, 20])
ODDS = ("bayes", "mh", "peto", "glmm")
INVERSE = ("reml", "pm", "dl", "common")


def codes(found):
    """Return the codes of the notes."""
    return [note.code for note in found.notes]


def tables(trials):
    """Return trials as tables."""
    return Tables(*np.array(trials, dtype=float))


@pytest.mark.parametrize("method", [*ODDS, *INVERSE])
@pytest.mark.parametrize("effect", EFFECT_MEASURES)
def test_an_answer_says_what_it_is_of(method, effect):
    """People and events of both arms, the risk under control, level and names."""
    found = pool_trials(*APART, effect=effect, method=method, level=0.9)
    assert (found.effect, found.method, found.level) == (effect, method, 0.9)
    assert (found.k, found.informative, found.n) == (4, 4, 460)
    assert (found.events_a, found.n_a) == (84, 230)
    assert (found.events_b, found.n_b) == (81, 230)
    assert found.control_risk == pytest.approx(81 / 230)
    assert sum(found.weights) == pytest.approx(1)
    assert len(found.weights) == 4
    assert min(found.weights) > 0


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(
    ("method", "effect"), [("mh", "or"), ("mh", "rr"), ("peto", "or")]
)
def test_one_effect_for_all_has_the_normal_interval(method, effect, level):
    """By its standard error, and says that it assumes one effect."""
    found = pool_trials(*FIVE, effect=effect, method=method, level=level)
    half = norm.ppf(0.5 + level / 2) * found.se
    assert found.ci == pytest.approx((found.estimate - half, found.estimate + half))
    assert found.interval_method == "z"
    assert (found.tau, found.prediction, found.q) == (None, None, None)
    assert codes(found)[0] == "one-effect"


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("test", ["hk", "z"])
def test_dersimonian_and_laird_by_hand(test, level):
    """Spread, weights, both intervals, prediction, Q and I^2 of five trials."""
    y, v = effects(tables(APART), "or")
    w = 1 / v
    common = w @ y / w.sum()
    q = w @ (y - common) ** 2
    tau2 = (q - 3) / (w.sum() - w @ w / w.sum())
    weight = 1 / (v + tau2)
    mean = weight @ y / weight.sum()
    found = pool_trials(*APART, method="dl", test=test, level=level)
    assert found.estimate == pytest.approx(mean)
    assert found.tau2 == pytest.approx(tau2)
    assert found.tau == pytest.approx(tau2**0.5)
    assert found.weights == pytest.approx(tuple(weight / weight.sum()))
    assert (found.q, found.q_p) == pytest.approx((q, chi2.sf(q, 3)))
    assert 0 < found.i2 < 1
    se = weight.sum() ** -0.5
    upper = 0.5 + level / 2
    half = norm.ppf(upper) * se
    hk = (weight @ (y - mean) ** 2 / 3 / weight.sum()) ** 0.5
    wider = test == "hk" and t.ppf(upper, 3) * hk > half
    if wider:
        se, half = hk, t.ppf(upper, 3) * hk
    assert found.interval_method == ("knha" if wider else "z")
    assert found.se == pytest.approx(se)
    assert found.ci == pytest.approx((mean - half, mean + half))
    assert found.prediction[0] < found.ci[0]
    assert codes(found) == ["spread-taken-as-known"]


def test_knapp_and_hartungs_interval_is_taken_where_it_is_the_wider():
    """Trials apart; where they agree by chance the normal one is, error and all."""
    assert pool_trials(*APART, method="dl").interval_method == "knha"
    alike = ([10, 20, 30], [40, 80, 120], [5, 10, 15], [40, 80, 120])
    for method in ("reml", "pm", "dl"):
        found = pool_trials(*alike, method=method)
        assert found.interval_method == "z"
        assert found == pool_trials(*alike, method=method, test="z")
    assert pool_trials(*APART, method="common").interval_method == "z"


@pytest.mark.parametrize(
    ("trials", "method", "effect", "expected"),
    [
        (FIVE, "bayes", "or", ["tau-prior"]),
        (APART, "bayes", "or", ["tau-prior", "spread-assumed"]),
        (THREE, "bayes", "or", ["tau-prior", "spread-assumed"]),
        (TWO, "bayes", "or", ["tau-prior", "two-studies", "spread-assumed"]),
        (THREE, "glmm", "or", ["spread-taken-as-known", "too-narrow"]),
        (TWO, "glmm", "or", ["too-narrow"]),
        (TWO, "reml", "or", []),
        (THREE, "reml", "or", ["spread-taken-as-known"]),
        (THREE, "common", "or", ["one-effect"]),
        (THREE, "mh", "rd", ["one-effect"]),
        (
            THREE,
            "glmm",
            "rd",
            ["spread-taken-as-known", "too-narrow", "at-control-risk"],
        ),
        (EMPTY, "reml", "or", ["half-added"]),
        (EMPTY, "common", "rd", ["half-added", "one-effect"]),
        (EMPTY, "mh", "or", ["one-arm-empty"]),
        (EMPTY, "mh", "rd", ["one-effect"]),
        (EMPTY, "glmm", "rd", ["one-arm-empty", "one-effect"]),
    ],
)
def test_what_is_said_beside_an_answer(trials, method, effect, expected):
    """In one order: the method's own, then what the set of trials adds."""
    found = pool_trials(*trials, method=method, effect=effect)
    assert codes(found) == expected
    has = len(trials[0]) >= 3 and method not in ("mh", "common")
    assert (found.prediction is not None) == has


@pytest.mark.parametrize("method", [*ODDS, *INVERSE])
def test_one_trial_says_that_nothing_is_pooled(method):
    """Nor is its spread, or its prediction, any; all the weight is its own."""
    found = pool_trials([9], [30], [5], [28], method=method)
    assert codes(found)[-1] == "one-trial"
    assert found.weights == (1.0,)
    assert "two-studies" not in codes(found)
    assert "spread-assumed" not in codes(found)
    if method in INVERSE:
        assert (found.tau, found.tau2, found.interval_method) == (0, 0, "z")
        variance = 1 / 9 + 1 / 21 + 1 / 5 + 1 / 23
        assert found.estimate == pytest.approx(log(9 * 23 / (21 * 5)))
        assert found.se == pytest.approx(variance**0.5)


def test_the_default_is_read_off_its_posterior():
    """Median, both ends, spread and prediction, at the level and prior asked for."""
    found = pool_trials(*FIVE, level=0.8, tau_prior=0.7)
    there = trial_posterior(tables(FIVE), 0.7)
    at = there.effect.quantile(np.array([0.5, 0.1, 0.9]))
    assert (found.estimate, *found.ci) == pytest.approx(tuple(at))
    new = there.new_trial.quantile(np.array([0.1, 0.9]))
    assert found.prediction == pytest.approx(tuple(new))
    assert (found.se, found.tau) == (there.sd, there.tau_quantile(0.5))
    assert found.tau2 == pytest.approx(found.tau**2)
    assert found.interval_method == "posterior"
    assert "HalfNormal(0.7)" in found.notes[0].text


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_maximum_likelihood_has_walds_interval_and_prediction(level):
    """By the normal quantile; the prediction's variance is both together."""
    found = pool_trials(*APART, method="glmm", level=level)
    quantile = norm.ppf(0.5 + level / 2)
    half = quantile * found.se
    assert found.ci == pytest.approx((found.estimate - half, found.estimate + half))
    half = quantile * (found.se**2 + found.tau2) ** 0.5
    ends = found.estimate - half, found.estimate + half
    assert found.prediction == pytest.approx(ends)
    assert found.tau2 == pytest.approx(found.tau**2)
    assert found.tau > 0


@pytest.mark.parametrize("method", ["bayes", "glmm"])
def test_weights_of_models_are_inverse_variances_at_the_estimate(method):
    """One over the trial's variance and the spread's together; silent trials none."""
    silent = [
        [*column, extra] for column, extra in zip(APART, (0, 50, 0, 60), strict=True)
    ]
    found = pool_trials(*silent, method=method)
    at = np.full((4, 1), found.estimate)
    information = integrated(tables(APART), at).information[:, 0]
    weight = 1 / (1 / information + found.tau2)
    assert found.weights == pytest.approx((*(weight / weight.sum()), 0.0))
    assert codes(found)[-1] == "uninformative-trials"
    difference = pool_trials(*silent, method=method, effect="rd")
    assert "uninformative-trials" not in codes(difference)


@pytest.mark.parametrize(
    ("trials", "biased"),
    [
        (([12, 10], [40, 40], [9, 8], [40, 40]), False),
        (([12, 10], [40, 80], [9, 4], [40, 40]), False),
        (([12, 10], [40, 81], [9, 4], [40, 40]), True),
        (([12, 4], [40, 40], [9, 10], [40, 81]), True),
        (([24, 20], [40, 40], [9, 8], [40, 40]), True),
        (([9, 8], [40, 40], [24, 20], [40, 40]), True),
    ],
)
def test_petos_method_warns_of_uneven_arms_and_large_effects(trials, biased):
    """Beyond a ratio of two either way, of people or of odds."""
    found = pool_trials(*trials, method="peto")
    assert found.noted("peto-biased") is biased


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_all_events_in_one_arm_bound_the_ratios(level):
    """No event under treatment: where its chance is the tail, as odds and as risks."""
    for method in ("mh", "glmm"):
        odds, risks = (
            pool_trials(*EMPTY, method=method, effect=effect, level=level)
            for effect in ("or", "rr")
        )
        chance = 1.0
        for n_a, b, n_b in zip(*EMPTY[1:], strict=True):
            there = nchypergeom_fisher(n_a + n_b, b, n_a, exp(odds.ci[1]))
            chance *= there.pmf(0)
        assert chance == pytest.approx((1 - level) / 2, rel=1e-5)
        assert odds.interval_method == risks.interval_method == "one-sided"
        assert (odds.estimate, odds.ci[0]) == (-inf, -inf)
        # at the risk of the arm with events, 5 of 30
        expected = log(risk_with(odds.ci[1], 5 / 30) / (5 / 30))
        assert risks.ci == pytest.approx((-inf, expected))
        turned = pool_trials(
            *EMPTY[2:], *EMPTY[:2], method=method, effect="rr", level=level
        )
        assert turned.estimate == inf
        assert turned.ci == pytest.approx((-expected, inf))
    # everyone under control: the odds ratio is as low as it can be, the risk ratio not
    full = ([5, 6], [10, 10], [10, 10], [10, 10])
    assert pool_trials(*full, method="glmm").estimate == -inf
    ratio = pool_trials(*full, method="glmm", effect="rr")
    assert ratio.estimate == pytest.approx(log(11 / 20))
    assert codes(ratio)[0] == "one-arm-empty"


def test_effective_people_have_no_exact_bound():
    """Parts of people: no odds ratio is excluded, a risk ratio by the risk alone."""
    parts = ([0, 0], [10, 20], [2.5, 3], [10, 20])
    found = pool_trials(*parts, method="mh")
    assert (found.estimate, found.ci) == (-inf, (-inf, inf))
    ratio = pool_trials(*parts, method="mh", effect="rr")
    assert ratio.ci == pytest.approx((-inf, -log(5.5 / 30)))


def test_maximum_likelihood_given_the_margins_may_have_no_maximum():
    """Each trial as extreme as it can be, not all on one side: no estimate."""
    opposite = ([0, 5], [10, 10], [4, 0], [10, 10])
    found = pool_trials(*opposite, method="glmm", model="conditional")
    assert found.estimate is None
    assert codes(found) == ["tau-infinite"]
    assert pool_trials(*opposite, method="glmm").estimate is not None


@pytest.mark.parametrize("method", ODDS)
def test_everybody_in_both_arms_compares_the_totals(method):
    """A difference of none by Newcombe, and the risk ratio that its ends come to."""
    full = ([10, 20], [10, 20], [12, 18], [12, 18])
    there = newcombe_difference(30, 30, 30, 30, level=0.9)
    difference, ratio = (
        pool_trials(*full, effect=effect, method=method, level=0.9)
        for effect in ("rd", "rr")
    )
    assert difference.estimate == ratio.estimate == 0
    assert difference.ci == pytest.approx(there.ci)
    low, high = there.ci
    assert ratio.ci == pytest.approx((log(1 + low), -log(1 - high)))
    for found in (difference, ratio):
        assert found.interval_method == "newcombe"
        assert codes(found)[0] == "totals-compared"
    # trials in which no one had it say nothing of a ratio
    more = [[*column, extra] for column, extra in zip(full, (0, 9, 0, 9), strict=True)]
    beside = pool_trials(*more, effect="rr", method=method, level=0.9)
    assert beside.ci == pytest.approx(ratio.ci)


@pytest.mark.parametrize(
    ("effect", "ci"), [("or", (-inf, inf)), ("rr", (-inf, inf)), ("rd", None)]
)
def test_nobody_in_either_arm(effect, ci):
    """Nothing is known of a ratio, whatever the method; a difference is none."""
    for method in (*ODDS, *INVERSE):
        found = pool_trials(
            [0, 0], [9, 8], [0, 0], [7, 9], effect=effect, method=method
        )
        if ci:
            assert (found.estimate, found.ci) == (None, ci)
            assert codes(found) == ["no-information"]
            assert found.weights == (0.0, 0.0)
            assert found.interval_method == "none"
        else:
            assert found.ci[0] < 0 < found.ci[1]


@pytest.mark.parametrize("k", [1, 2])
def test_all_against_none_has_a_difference_with_an_interval(k):
    """Mantel and Haenszel's variance is 0 there: the totals are compared instead."""
    trials = [9] * k, [9] * k, [0] * k, [7] * k
    found = pool_trials(*trials, effect="rd", method="mh", level=0.9)
    there = newcombe_difference(9 * k, 9 * k, 0, 7 * k, level=0.9)
    assert (found.estimate, found.ci) == (1, pytest.approx(there.ci))
    assert (found.interval_method, found.se) == ("newcombe", None)
    assert codes(found)[0] == "totals-compared"
