"""What estimates say twice must agree, and edges that one formula decides."""

import numpy as np
import pytest
from scipy import stats

from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.direct_effects import compare_arms, newcombe_difference
from lupus_evidence.stats.glmm import fit, group_studies
from lupus_evidence.stats.indirect_contrasts import compare_by_moderator
from lupus_evidence.stats.notes import SPREAD_TAKEN_AS_KNOWN, judge_prediction
from lupus_evidence.stats.pooling import METHODS, TESTS, pool
from lupus_evidence.stats.profile_intervals import tau_interval

A = ((16.0, 10.0, 4.0, 43.0, 10.0, 25.0), (17.0, 12.0, 8.0, 58.0, 10.0, 42.0))
B = ((3.0, 6.0, 10.0, 1.0), (11.0, 17.0, 21.0, 6.0))


def test_separate_fits_are_compared_by_welch():
    """Difference, error, degrees of freedom, p and interval from the two fits."""
    one, two = pool(*A, method="glmm"), pool(*B, method="glmm")
    found = compare_by_moderator(A, B, level=0.9, separate_taus=True)
    v1, v2 = one.se**2, two.se**2
    df = (v1 + v2) ** 2 / (v1**2 / 5 + v2**2 / 3)
    difference, se = one.logit - two.logit, np.sqrt(v1 + v2)
    assert found.log_odds_ratio == pytest.approx(difference)
    assert found.odds_ratio == pytest.approx(np.exp(difference))
    assert found.se == pytest.approx(se)
    assert found.df == pytest.approx(df)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(difference) / se, df))
    by_t = difference + np.array([-1, 1]) * stats.t.ppf(0.95, df) * se
    by_z = difference + np.array([-1, 1]) * stats.norm.ppf(0.95) * se
    assert found.ci == pytest.approx(tuple(np.exp(by_t)))
    assert found.ci_z == pytest.approx(tuple(np.exp(by_z)))
    assert found.tau == pytest.approx((one.tau, two.tau))
    total = one.log_likelihood + two.log_likelihood
    assert found.log_likelihood == pytest.approx(total)


def test_one_spread_for_both_sides_has_two_fewer_degrees_of_freedom():
    """Ten studies and two rates: 8, and p follows from them."""
    found = compare_by_moderator(A, B, level=0.95, separate_taus=False)
    ratio = abs(found.log_odds_ratio) / found.se
    assert found.df == 8
    assert found.p == pytest.approx(2 * stats.t.sf(ratio, 8))
    assert len(found.tau) == 1
    turned = compare_by_moderator(B, A, level=0.95, separate_taus=False)
    assert turned.log_odds_ratio == pytest.approx(-found.log_odds_ratio, rel=1e-5)
    assert turned.p == pytest.approx(found.p, rel=1e-5)


def test_the_interval_of_the_variance_is_that_of_the_spread_squared():
    """The spread and its square are one thing, in both models."""
    spread = posterior(*A)
    ends = spread.tau_quantile(0.025), spread.tau_quantile(0.975)
    assert pool(*A).tau2_ci == pytest.approx(tuple(end**2 for end in ends))
    data = group_studies(*A)
    ends = tau_interval(data, fit(data), 0.95)
    found = pool(*A, method="glmm")
    assert found.tau2_ci == pytest.approx(tuple(end**2 for end in ends))
    assert found.tau2 == pytest.approx(found.tau**2)


@pytest.mark.parametrize("method", ["bayes", "glmm"])
def test_heterogeneity_is_told_in_ways_that_agree(method):
    """I squared = (H squared - 1) / H squared, and p of Q has k - 1 degrees."""
    found = pool(*A, method=method)
    assert found.i2 == pytest.approx((found.h2 - 1) / found.h2)
    assert found.q_p == pytest.approx(stats.chi2.sf(found.q, 5))
    low, high = pool(*A, method=method, level=0.5).ci
    assert found.ci[0] < low < found.estimate < high < found.ci[1]


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_a_bound_keeps_the_prior_it_was_made_with(scale):
    """Where nobody had it the prior of the spread still matters, and is told."""
    found = pool([0, 0, 0], [9, 8, 12], tau_prior=scale)
    assert found.tau_prior == scale
    assert any(f"HalfNormal({scale:g})" in note.text for note in found.notes)
    assert found.bound.side == "upper"
    assert found.bound.level == pytest.approx(0.975)
    assert found.bound.totals == pytest.approx(1 - 0.025 ** (1 / 29))
    full = pool([9, 8, 12], [9, 8, 12], tau_prior=scale)
    assert full.bound.side == "lower"
    assert full.bound.totals == pytest.approx(0.025 ** (1 / 29))
    assert full.bound.model == pytest.approx(1 - found.bound.model, abs=1e-6)


def test_the_methods_and_their_intervals_have_stable_names():
    """What the command line and scripts ask for."""
    wald = ("wider", "z", "knha")
    expected = {
        "bayes": ("posterior",),
        "glmm": ("t", "z", "profile"),
        **dict.fromkeys(("reml", "pm", "dl", "ml"), wald),
        "common": ("z",),
        "freeman-tukey": wald,
    }
    assert expected == TESTS
    assert tuple(TESTS) == METHODS


@pytest.mark.parametrize(
    ("width", "k", "shown", "codes"),
    [
        (0.5, 5, True, []),
        (0.5, 4, True, ["prediction-assumed"]),
        (0.75, 5, True, []),
        (0.8125, 5, False, ["prediction-wide"]),
        (0.8125, 3, False, ["prediction-assumed", "prediction-wide"]),
    ],
)
def test_a_prediction_interval_is_judged_by_width_and_studies(width, k, shown, codes):
    """From five studies it is trusted, above 80 points it is not printed."""
    found, printed, said = judge_prediction(lambda: (0.125, 0.125 + width), k)
    assert found == (0.125, 0.125 + width)
    assert printed is shown
    assert [note.code for note in said] == codes


@pytest.mark.parametrize("level", [0.5, 0.95])
def test_every_interval_of_two_arms_has_the_level_asked_for(level):
    """The difference and the odds ratio are both drawn at this level."""
    found = compare_arms(12, 20, 7, 19, kind="randomised", level=level)
    assert found.risk_difference == newcombe_difference(12, 20, 7, 19, level=level)
    assert found.level == level
    wide = compare_arms(12, 20, 7, 19, kind="randomised", level=0.99)
    assert wide.risk_difference.ci[0] < found.risk_difference.ci[0]
    assert wide.odds_ratio.ci[0] < found.odds_ratio.ci[0]


@pytest.mark.parametrize(("k", "said"), [(2, False), (3, True), (6, True)])
def test_a_prediction_by_maximum_likelihood_says_what_it_leaves_out(k, said):
    """Wherever there is one, its spread is said to be taken as known."""
    found = pool(A[0][:k], A[1][:k], method="glmm")
    assert (found.prediction is not None) is said
    codes = {note.code for note in found.notes}
    assert (SPREAD_TAKEN_AS_KNOWN.code in codes) is said
