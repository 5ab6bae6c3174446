"""Estimates of the binomial-normal model: their intervals, heterogeneity and notes."""

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit, logit

from lupus_evidence.stats import glmm, notes
from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.model_estimates import (
    bayes_estimate,
    bayes_interval,
    glmm_estimate,
)

SIX = ((16, 10, 4, 43, 10, 25), (17, 12, 8, 58, 12, 42))
FOUR = ((3, 6, 10, 1), (11, 17, 21, 6))
#: Rates so far apart that the default's interval is widened in full.
APART = ((2, 4, 7, 9, 14, 20, 27, 34), (40,) * 8)
#: Widened in part.
PART = ((33, 4, 23, 5), (50, 6, 24, 5))
ALIKE = ((5, 10, 20), (10, 20, 40))
NOTHING_BETWEEN = ((0, 9, 0, 8), (9, 9, 8, 8))


def codes(found):
    """Return the codes of the notes."""
    return [note.code for note in found.notes]


@pytest.mark.parametrize("counts", [SIX, FOUR, APART])
def test_heterogeneity_by_its_formulas(counts):
    """Q is twice the likelihood ratio; I^2 and H^2 set tau^2 beside Higgins's variance.

    Half a person is added to empty cells for that variance alone.
    """
    x, n = np.array(counts, dtype=float)
    rate = x.sum() / n.sum()
    q = 2 * (stats.binom.logpmf(x, n, x / n) - stats.binom.logpmf(x, n, rate)).sum()
    weight = x * (n - x) / n
    k = len(n)
    typical = (k - 1) * weight.sum() / (weight.sum() ** 2 - (weight**2).sum())
    for found in (bayes_estimate(counts, 0.95, 1.0), glmm_estimate(counts, 0.95)):
        assert (found.k, found.n, found.events) == (k, n.sum(), x.sum())
        assert found.q == pytest.approx(q)
        assert found.q_p == pytest.approx(stats.chi2.sf(q, k - 1))
        assert found.tau2 == pytest.approx(found.tau**2)
        assert found.i2 == pytest.approx(found.tau2 / (found.tau2 + typical))
        assert found.h2 == pytest.approx(1 + found.tau2 / typical)
        assert found.kind == "ordinary"


def test_studies_of_one_rate_have_no_heterogeneity():
    """Q is 0, not a rounding below it, and its p is 1."""
    found = glmm_estimate(ALIKE, 0.95)
    assert found.q >= 0
    assert found.q == pytest.approx(0, abs=1e-9)
    assert found.q_p == pytest.approx(1)
    assert found.estimate == pytest.approx(0.5)
    assert (found.tau, found.i2, found.h2) == (0, 0, 1)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_default_is_read_off_its_posterior(level):
    """Median, interval, spread, mean and prediction at the level asked for."""
    found = bayes_estimate(SIX, level, 1.0)
    there = posterior(*SIX, 1.0)
    tail = (1 - level) / 2
    assert found.interval_method == "posterior"
    assert found.logit == there.median_rate.median()
    assert found.estimate == pytest.approx(expit(found.logit))
    assert found.ci == there.median_rate.interval(level)
    assert found.prediction == there.new_study.interval(level)
    assert found.tau == there.tau_quantile(0.5)
    ends = [there.tau_quantile(p) ** 2 for p in (tail, 1 - tail)]
    assert found.tau2_ci == pytest.approx(tuple(ends))
    assert (found.se, found.mean) == (there.sd, there.mean)
    assert (found.method, found.level, found.tau_prior) == ("bayes", level, 1.0)
    assert [item.name for item in found.intervals] == ["posterior", "glmm-t(k-1)"]
    own, beside = found.intervals
    assert (own.low, own.high) == found.ci
    assert (beside.low, beside.high) == found.companion.ci
    alone = glmm_estimate(SIX, level)
    assert found.companion.ci == pytest.approx(alone.ci)
    assert found.companion.tau2_ci is None


@pytest.mark.parametrize(("counts", "share"), [(APART, 1.0), (PART, None), (SIX, 0.0)])
def test_a_widened_interval_goes_its_share_of_the_way(counts, share):
    """Evenly in logits, from a posterior median of tau of 0.9 to one of 1.25."""
    found = bayes_estimate(counts, 0.95, 1.0)
    if share is None:
        share = (found.tau - 0.9) / 0.35
        assert 0 < share < 1
    own = logit([found.intervals[0].low, found.intervals[0].high])
    assert found.interval_method == ("posterior-profile" if share else "posterior")
    if share:
        last = found.intervals[-1]
        assert last.name == "bounded-profile"
        profile = logit([last.low, last.high])
        assert logit(found.ci) == pytest.approx(own + share * (profile - own))
        assert found.ci[0] < found.intervals[0].low
        assert found.ci[1] > found.intervals[0].high
    else:
        assert logit(found.ci) == pytest.approx(own)
    assert bayes_interval(counts, 0.95, 1.0, 1.0) == pytest.approx(found.ci)


def test_the_interval_alone_under_a_tighter_prior():
    """As of the estimate made with it, whether widened or not."""
    for counts in (SIX, APART):
        found = bayes_interval(counts, 0.9, 0.7, 1.0)
        expected = bayes_estimate(counts, 0.9, 0.7).ci
        assert logit(found) == pytest.approx(logit(expected), abs=5e-3)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_of_maximum_likelihood(level):
    """Wald's by t on k - 1 degrees and by z; the prediction by the same quantile."""
    x, n = SIX
    upper = 0.5 + level / 2
    quantiles = {"t": stats.t.ppf(upper, 5), "z": stats.norm.ppf(upper)}
    for test, quantile in quantiles.items():
        found = glmm_estimate((x, n), level, test)
        half = quantile * found.se
        expected = expit([found.logit - half, found.logit + half])
        assert found.ci == pytest.approx(tuple(expected))
        assert found.interval_method == {"t": "t(k-1)", "z": "z"}[test]
        half = quantile * (found.se**2 + found.tau2) ** 0.5
        expected = expit([found.logit - half, found.logit + half])
        assert found.prediction == pytest.approx(tuple(expected))
        assert [item.name for item in found.intervals] == ["t(k-1)", "z"]
    profile = glmm_estimate((x, n), level, "profile")
    assert profile.interval_method == "profile"
    last = profile.intervals[-1]
    assert (last.name, last.low, last.high) == ("profile", *profile.ci)
    # its prediction is by z
    assert profile.prediction == pytest.approx(found.prediction)
    assert 0 <= found.tau2_ci[0] < found.tau2 < found.tau2_ci[1]


def test_the_mean_rate_of_maximum_likelihood_is_averaged_over_the_spread():
    """By a plain sum over logits."""
    found = glmm_estimate(APART, 0.95)
    z = np.linspace(-8, 8, 4001)
    expected = np.sum(expit(found.logit + found.tau * z) * stats.norm.pdf(z)) * 4e-3
    assert found.mean == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (SIX, []),
        (APART, ["too-different"]),
        (NOTHING_BETWEEN, ["too-different", "no-companion"]),
        ((FOUR[0][:3], FOUR[1][:3]), ["spread-assumed"]),
        (((0, 9, 1), (9, 9, 9)), ["spread-assumed"]),
    ],
)
def test_what_is_said_of_how_much_studies_differ(counts, expected):
    """After the priors, and before what is said of the prediction."""
    found = codes(bayes_estimate(counts, 0.95, 1.0))
    assert found[0] == "tau-prior"
    assert [code for code in found[1:] if not code.startswith("prediction")] == expected
    companion = bayes_estimate(counts, 0.95, 1.0).companion
    assert (companion is None) == (len(counts[0]) < 4 or "no-companion" in expected)


def test_a_spread_that_likelihood_cannot_tell_is_said_on_both_estimates():
    """All but one study without or with only events: tau beyond 5."""
    counts = ((0, 9, 0, 8, 1), (9, 9, 8, 8, 9))
    found = bayes_estimate(counts, 0.95, 1.0)
    assert found.companion.tau > 5
    assert "tau-not-estimable" in codes(found)
    assert "tau-not-estimable" in codes(found.companion)
    assert "tau-not-estimable" not in codes(bayes_estimate(APART, 0.95, 1.0))


@pytest.mark.parametrize(
    ("counts", "test", "expected"),
    [
        (SIX, "t", ["spread-taken-as-known"]),
        (SIX, "z", ["too-narrow", "spread-taken-as-known"]),
        (SIX, "profile", ["profile-too-narrow", "spread-taken-as-known"]),
        (ALIKE, "t", ["spread-zero", "spread-taken-as-known", "prediction-assumed"]),
        (((5, 10), (10, 20)), "t", ["spread-zero", "two-studies"]),
    ],
)
def test_what_is_said_of_maximum_likelihood(counts, test, expected):
    """Its cautions, in one order."""
    assert codes(glmm_estimate(counts, 0.95, test)) == expected


def test_a_search_that_did_not_settle_is_said(monkeypatch):
    """Before everything else."""
    monkeypatch.setattr(glmm, "NEWTON_STEPS", 1)
    counts = ((2, 9, 5, 17), (31, 32, 33, 34))
    assert codes(glmm_estimate(counts, 0.95, profile=False))[0] == "not-converged"


def test_maximum_likelihood_may_have_no_answer():
    """Nothing between none and all: tau has no finite maximum."""
    found = glmm_estimate(NOTHING_BETWEEN, 0.95)
    assert isinstance(found, NotPooled)
    assert found is notes.TAU_INFINITE
    assert glmm_estimate(SIX, 0.95, profile=False).tau2_ci is None
