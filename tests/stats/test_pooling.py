import warnings
from dataclasses import FrozenInstanceError
from math import inf, nan

import numpy as np
import pytest

from lupus_evidence.stats.estimates import NotPooled, PooledEstimate
from lupus_evidence.stats.pooling import METHODS, TESTS, pool, prior_interval

FOUR = ([3, 6, 10, 1], [11, 17, 21, 6])
SIX = ([16, 10, 4, 43, 10, 25], [17, 12, 8, 58, 12, 42])
FAR_APART = ([0, 4, 16, 3, 9], [7, 4, 16, 12, 10])
EVERY_TEST = [(method, test) for method in METHODS for test in TESTS[method]]


def codes(found):
    """Return the codes of the notes."""
    return {note.code for note in found.notes}


@pytest.mark.parametrize("method", METHODS)
def test_no_study(method):
    """Nothing to pool is a reason, not an error."""
    assert pool([], [], method=method) == NotPooled(
        "no-studies", "No study reports this."
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("events", [0, 7, 10])
def test_one_study_is_never_pooled(method, events):
    """One study is not pooled by any method, whatever its result."""
    found = pool([events], [10], method=method)
    assert isinstance(found, NotPooled)
    assert found.reason == "one-study"


@pytest.mark.parametrize(("method", "test"), EVERY_TEST)
@pytest.mark.parametrize("counts", [FOUR, SIX, FAR_APART], ids=["four", "six", "far"])
def test_every_method_gives_an_ordered_answer(counts, method, test):
    """Each interval holds its estimate, within 0 and 1, and says how it was drawn."""
    found = pool(*counts, method=method, test=test)
    assert isinstance(found, PooledEstimate)
    assert 0 <= found.ci[0] <= found.estimate <= found.ci[1] <= 1
    assert found.method == method
    assert found.interval_method
    assert (found.k, found.n) == (len(counts[1]), sum(counts[1]))
    assert found.events == sum(counts[0])
    if found.prediction is not None:
        assert found.prediction[0] <= found.estimate <= found.prediction[1]
    if found.tau2_ci is not None and method != "dl":
        assert found.tau2_ci[0] <= found.tau2 <= found.tau2_ci[1]


def test_the_default_is_bayes_with_its_prior_stated():
    """The default is the Bayesian model, and its notes name both priors."""
    found = pool(*SIX)
    assert found.method == "bayes"
    assert found.tau_prior == 1.0
    [text] = [note.text for note in found.notes if note.code == "tau-prior"]
    assert "HalfNormal(1)" in text
    assert "Beta(1/2, 1/2)" in text


def test_the_prior_scale_can_be_changed():
    """HalfNormal(0.5) gives a shorter interval and says so."""
    usual, tight = pool(*FOUR), pool(*FOUR, tau_prior=0.5)
    assert tight.ci[1] - tight.ci[0] < usual.ci[1] - usual.ci[0]
    assert any("HalfNormal(0.5)" in note.text for note in tight.notes)


def test_two_studies_have_no_prediction_interval():
    """At k = 2 there is an interval of the rate and none of a new study's."""
    for method in METHODS:
        found = pool([13, 5], [40, 16], method=method)
        assert found.prediction is None
        assert not found.prediction_shown
    assert "two-studies" in codes(pool([13, 5], [40, 16]))


@pytest.mark.parametrize("k", [2, 3])
def test_two_or_three_studies_state_the_assumption(k):
    """With k = 2 or 3 the interval is said to rest on the assumed spread."""
    found = pool(FOUR[0][:k], FOUR[1][:k])
    assert "spread-assumed" in codes(found)
    assert found.companion is None


@pytest.mark.parametrize("k", [3, 4])
def test_three_or_four_studies_label_the_prediction(k):
    """With k = 3 or 4 the prediction interval is labelled as mostly assumed."""
    found = pool(SIX[0][:k], SIX[1][:k])
    assert found.prediction is not None
    assert "prediction-assumed" in codes(found)
    assert "prediction-assumed" not in codes(pool(*SIX))


def test_a_wide_prediction_is_said_in_words():
    """Wider than 80 points: the numbers stay in the field and are not to be shown."""
    found = pool(*FAR_APART)
    assert found.prediction[1] - found.prediction[0] > 0.8
    assert not found.prediction_shown
    assert "prediction-wide" in codes(found)
    assert pool(*SIX).prediction_shown


def test_the_companion_is_the_glmm_with_t():
    """From four studies on the R-checkable GLMM with t(k - 1) stands beside."""
    for counts in (FOUR, SIX):
        found = pool(*counts)
        beside = pool(*counts, method="glmm", test="t")
        assert found.companion.logit == beside.logit
        assert found.companion.ci == beside.ci
        assert found.companion.interval_method == "t(k-1)"


def test_the_guard_widens_to_the_profile():
    """A posterior median of tau above 1.1 widens the interval in full."""
    found = pool(*FAR_APART)
    assert found.kind == "ordinary"
    assert found.tau > 1.1
    own, _, profile = found.intervals
    assert found.interval_method == "posterior-profile"
    assert found.ci == pytest.approx((profile.low, profile.high))
    assert found.ci[0] < own.low < own.high < found.ci[1]
    assert "too-different" in codes(found)


def test_the_guard_rests_with_few_or_similar_studies():
    """Below four studies, or with tau below 1, the interval is the posterior's."""
    assert pool(*SIX).kind == "ordinary"
    three = pool(FAR_APART[0][:3], FAR_APART[1][:3])
    assert three.tau > 1
    assert (three.kind, three.interval_method) == ("ordinary", "posterior")


def test_an_inestimable_tau_is_said():
    """Where maximum likelihood puts tau above 5, the default says so too."""
    counts = ([0, 30, 1, 20, 0], [40, 30, 2, 20, 30])
    found = pool(*counts)
    assert found.companion.tau > 5
    assert found.companion.noted("tau-not-estimable")
    assert found.interval_method == "posterior-profile"
    assert "too-different" in codes(found)
    assert "tau-not-estimable" in codes(found)


def test_nothing_between_none_and_all():
    """Studies of none and all: the Bayesian answer, and no maximum likelihood."""
    counts = ([0, 7, 0, 5], [4, 7, 6, 5])
    found = pool(*counts)
    assert 0 < found.ci[0] < found.estimate < found.ci[1] < 1
    assert found.companion is None
    assert "no-companion" in codes(found)
    beside = pool(*counts, method="glmm")
    assert beside.reason == "tau-infinite"


# docs of the simulation that chose the default: lower 97.5 % bounds by the model with
# a uniform prior, and on the totals; percent with one decimal
@pytest.mark.parametrize(
    ("n", "model", "totals"),
    [
        pytest.param([7, 15], 69.5, 84.6, id="7-and-15"),
        pytest.param([24, 40], 81.7, 94.4, id="24-and-40"),
        pytest.param([15, 24, 40], 91.5, 95.4, id="15-24-40"),
    ],
)
def test_everyone_in_every_study(n, model, totals):
    """All events: a lower bound by the model and on the totals, and no estimate."""
    found = pool(n, n)
    assert found.kind == "one-sided-bound"
    assert found.estimate is None
    assert found.ci is None
    assert found.prediction is None
    assert found.bound.side == "lower"
    assert found.bound.level == 0.975
    assert found.bound.model * 100 == pytest.approx(model, abs=0.06)
    assert found.bound.totals * 100 == pytest.approx(totals, abs=0.06)
    assert {"all-events", "uniform-prior", "lucky-draw"} <= codes(found)


def test_no_one_in_any_study():
    """No events: upper bounds of 3.3 % by the model and 2.1 % on the totals."""
    found = pool([0, 0, 0, 0], [87, 40, 35, 10])
    assert found.bound.side == "upper"
    assert found.bound.model * 100 == pytest.approx(3.3, abs=0.06)
    assert found.bound.totals * 100 == pytest.approx(2.1, abs=0.06)
    assert "no-events" in codes(found)


@pytest.mark.parametrize("method", METHODS)
def test_no_method_estimates_from_no_events(method):
    """Where no one had the outcome every method gives the bound, and no estimate."""
    found = pool([0, 0, 0], [10, 12, 8], method=method)
    assert found.kind == "one-sided-bound"
    assert found.bound == pool([0, 0, 0], [10, 12, 8]).bound


def test_knapp_hartung_is_never_narrower_than_z():
    """Identical rates give Knapp and Hartung no width: the z interval is used."""
    found = pool([5, 5, 5], [10, 10, 10], method="reml")
    by_name = {named.name: named for named in found.intervals}
    assert by_name["knha"].high - by_name["knha"].low < 1e-12
    assert found.ci == (by_name["z"].low, by_name["z"].high)
    assert found.interval_method == "wider-of-knha-and-z"
    wide = pool(*SIX, method="reml")
    by_name = {named.name: named for named in wide.intervals}
    assert wide.ci == (by_name["knha"].low, by_name["knha"].high)


def test_rivals_carry_their_warnings():
    """Methods offered for comparison say what is wrong with them."""
    assert "freeman-tukey" in codes(pool(*SIX, method="freeman-tukey"))
    assert "large-sample" in codes(pool(*SIX, method="reml"))
    assert "half-added" not in codes(pool(*SIX, method="reml"))
    assert "half-added" in codes(pool(*FAR_APART, method="reml"))
    assert "one-rate" in codes(pool(*SIX, method="common"))
    assert "too-narrow" in codes(pool(*SIX, method="glmm", test="z"))
    assert "profile-too-narrow" in codes(pool(*SIX, method="glmm", test="profile"))
    assert "spread-zero" in codes(pool(*FOUR, method="glmm"))


def test_fields_a_method_does_not_have_are_none():
    """A common effect has no prediction; Freeman-Tukey has no logit and no tau."""
    common = pool(*SIX, method="common")
    assert (common.prediction, common.tau2_ci, common.companion) == (None, None, None)
    arcsine = pool(*SIX, method="freeman-tukey")
    assert (arcsine.logit, arcsine.se, arcsine.tau, arcsine.tau2) == (None,) * 4
    assert arcsine.prediction is None
    assert pool(*SIX).log_likelihood is None
    assert pool(*SIX, method="glmm").tau_prior is None


def test_the_mean_rate_is_nearer_one_half_than_the_median():
    """Differences between studies pull the mean rate toward one half."""
    for method in ("bayes", "glmm", "reml"):
        found = pool(*SIX, method=method)
        assert 0.5 < found.mean < found.estimate


@pytest.mark.parametrize(
    ("events", "n"),
    [
        pytest.param([1, 2], [3], id="lengths"),
        pytest.param([1, 4], [3, 3], id="more-events-than-people"),
        pytest.param([1, -1], [3, 3], id="negative"),
        pytest.param([1, 0], [3, 0], id="nobody"),
        pytest.param([1, nan], [3, 3], id="nan"),
        pytest.param([1, 2], [3, inf], id="infinite"),
    ],
)
def test_impossible_counts_are_refused(events, n):
    """What is no count of people is refused."""
    with pytest.raises(ValueError, match=r"must|events for"):
        pool(events, n)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "peto"},
        {"method": "glmm", "test": "knha"},
        {"level": 95},
        {"tau_prior": 0},
        {"tau_prior": nan},
    ],
    ids=str,
)
def test_impossible_requests_are_refused(wrong):
    """An unknown method, test, level or prior is refused with a reason."""
    with pytest.raises(ValueError, match=r"must|use"):
        pool(*SIX, **wrong)


def test_an_estimate_cannot_be_changed():
    """Estimates are frozen."""
    with pytest.raises(FrozenInstanceError):
        pool(*SIX).estimate = 0.5


def test_hard_sets_leak_no_warnings():
    """Extreme counts give an answer from every method without a numpy warning."""
    hard = [
        ([0, 1_000_000], [1, 1_000_000]),
        ([1e-6, 3.0, 2.5], [0.5, 3.0, 1e7]),
        ([1, 1, 1, 0], [1, 1, 1, 1]),
        ([500_000, 2], [1_000_000, 3]),
        ([1] + [0] * 60, [4] * 61),
    ]
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        for counts in hard:
            for method in METHODS:
                found = pool(*counts, method=method)
                if isinstance(found, NotPooled):
                    assert found.reason == "tau-infinite"
                    continue
                assert 0 <= found.ci[0] <= found.ci[1] <= 1


# sets of studies whose spread the data leave open, tell a little of, and know well: the
# last is not weighed anew but worked out, as too little of the wider one is left of it
PRIOR_SETS = {
    "two": ([1, 9], [20, 20]),
    "four": FOUR,
    "far apart": FAR_APART,
    "many": ([9, 1, 14, 2, 18, 5, 0, 16], [20] * 8),
    "nobody": ([0, 0, 0], [20, 31, 8]),
    "everybody": ([20, 31], [20, 31]),
}


@pytest.mark.parametrize("name", PRIOR_SETS)
@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("times", [0.1, 0.5, 2])
def test_the_interval_under_another_prior_is_that_of_pooling_anew(name, scale, times):
    """Weighing one posterior anew gives what the other prior gives; of a bound too."""
    counts = PRIOR_SETS[name]
    ends = prior_interval(
        *counts, level=0.95, tau_prior=times * scale, from_prior=scale
    )
    anew = pool(*counts, tau_prior=times * scale)
    if anew.bound is not None:
        assert ends[anew.bound.side == "upper"] == pytest.approx(
            anew.bound.model, abs=1e-4
        )
        assert ends[anew.bound.side == "lower"] == (anew.bound.side == "lower")
    else:
        assert ends == pytest.approx(anew.ci, abs=1e-4)


def test_an_interval_under_another_prior_leaves_the_figure_as_it_was():
    """What is printed is the same whether or not other priors were looked at."""
    before = pool(*SIX)
    prior_interval(*SIX, level=0.95, tau_prior=0.5, from_prior=1.0)
    assert pool(*SIX) == before
