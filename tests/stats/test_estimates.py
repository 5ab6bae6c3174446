"""What the fields of an estimate hold, and what is refused before there is one."""

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import betaln, expit

from lupus_evidence.stats import glmm, notes
from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.direct_effects import compare_arms
from lupus_evidence.stats.glmm import estimable, group_studies
from lupus_evidence.stats.indirect_contrasts import (
    compare_by_moderator,
    typical_rate,
)
from lupus_evidence.stats.pooling import METHODS, pool
from lupus_evidence.stats.profile_intervals import logit_interval, tau_interval
from lupus_evidence.stats.proportions import check_counts

FIVE = ((3, 12, 9, 28, 20), (20, 25, 22, 30, 61))
ALIKE = ((5, 6, 5, 9), (20, 21, 22, 33))
MILD = ((8, 12, 9, 18, 30), (20, 25, 22, 30, 61))
MIXED = ((0, 9, 0, 8, 0), (9, 9, 8, 8, 10))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("level", [0.5, 0.95])
@pytest.mark.parametrize(
    ("events", "side"), [((0, 0, 0), "upper"), ((9, 8, 12), "lower")]
)
def test_a_bound_counts_people_and_has_its_level(method, level, events, side):
    """Nobody or everybody: Clopper and Pearson's one end on the totals."""
    found = pool(events, [9, 8, 12], method=method, level=level)
    assert (found.kind, found.interval_method) == ("one-sided-bound", "one-sided")
    assert (found.k, found.n, found.events) == (3, 29, sum(events))
    assert found.estimate is None
    assert (found.bound.side, found.bound.level) == (side, (1 + level) / 2)
    tail = ((1 - level) / 2) ** (1 / 29)
    expected = tail if side == "lower" else 1 - tail
    assert found.bound.totals == pytest.approx(expected)


def test_the_default_tells_both_ways_to_draw_its_interval():
    """The posterior's own, and maximum likelihood's with t(k - 1) beside it."""
    found = pool(*MILD)
    assert found.interval_method == "posterior"
    assert [item.name for item in found.intervals] == ["posterior", "glmm-t(k-1)"]
    own, beside = found.intervals
    assert (own.low, own.high) == found.ci
    assert (beside.low, beside.high) == found.companion.ci
    assert found.companion.method == "glmm"
    assert found.companion.ci == pool(*MILD, method="glmm").ci
    assert found.companion.tau2_ci is None, "its spread's interval is not worked out"
    few = pool([3, 12, 9], [20, 25, 22])
    assert few.companion is None
    assert few.interval_method == "posterior"


def test_studies_that_differ_too_much_keep_their_number_and_say_so():
    """An ordinary estimate, a widened interval and the note behind the priors."""
    found = pool([1, 39, 2, 38, 20], [40, 40, 40, 40, 40])
    assert found.tau > notes.LARGEST_TRUSTED_TAU
    assert (found.kind, found.interval_method) == ("ordinary", "posterior-profile")
    assert found.estimate == pytest.approx(0.5, abs=1e-3)
    names = [item.name for item in found.intervals]
    assert names == ["posterior", "glmm-t(k-1)", "bounded-profile"]
    assert found.notes[1] == notes.TOO_DIFFERENT


def test_all_or_none_in_every_study_has_no_companion_and_says_so():
    """First that they differ too much, then that nothing stands beside."""
    found = pool(*MIXED)
    assert (found.kind, found.interval_method) == ("ordinary", "posterior-profile")
    assert found.companion is None
    codes = [note.code for note in found.notes]
    assert codes[:3] == ["tau-prior", "too-different", "no-companion"]


@pytest.mark.parametrize("test", ["t", "z", "profile"])
@pytest.mark.parametrize("counts", [FIVE, MILD])
def test_maximum_likelihood_names_and_draws_its_intervals(counts, test):
    """Wald by t and z always; a new study's with the spread, at t or z."""
    found = pool(*counts, method="glmm", test=test, level=0.9)
    reach = {"t(k-1)": stats.t.ppf(0.95, 4), "z": stats.norm.ppf(0.95)}
    told = {item.name: (item.low, item.high) for item in found.intervals}
    for name, quantile in reach.items():
        ends = expit(found.logit + np.array([-1, 1]) * quantile * found.se)
        assert told[name] == pytest.approx(tuple(ends))
    names = {"t": "t(k-1)", "z": "z", "profile": "profile"}
    assert set(told) == {"t(k-1)", "z", names[test]}
    assert found.interval_method == names[test]
    assert told[names[test]] == found.ci
    if test == "profile":
        studies = group_studies(*counts)
        ends = logit_interval(studies, glmm.fit(studies), 0.9)
        assert found.ci == pytest.approx(tuple(expit(ends)))
    half = reach["t(k-1)" if test == "t" else "z"] * np.hypot(found.se, found.tau)
    ends = expit(found.logit + np.array([-1, 1]) * half)
    assert found.prediction == pytest.approx(tuple(ends))
    assert found.prediction_shown == (ends[1] - ends[0] <= 0.8)
    average, _ = integrate.quad(
        lambda z: expit(found.logit + found.tau * z) * stats.norm.pdf(z), -12, 12
    )
    assert found.mean == pytest.approx(average, abs=1e-7)


@pytest.mark.parametrize("method", ["bayes", "glmm"])
def test_q_of_studies_that_agree(method):
    """The likelihood-ratio Q and its p, also where Q is below 1."""
    x, n = np.array(ALIKE, dtype=float)
    rate = x.sum() / n.sum()
    q = 2 * np.sum(
        x * np.log(x / n / rate) + (n - x) * np.log((1 - x / n) / (1 - rate))
    )
    assert q < 1
    found = pool(*ALIKE, method=method)
    assert found.q == pytest.approx(q)
    assert found.q_p == pytest.approx(stats.chi2.sf(q, 3))


def test_a_search_that_does_not_settle_says_so(monkeypatch):
    """Out of steps, the estimate carries a note; else it does not."""
    assert not pool([4, 11, 9, 27], [21, 24, 22, 31], method="glmm").noted(
        "not-converged"
    )
    monkeypatch.setattr(glmm, "NEWTON_STEPS", 1)
    assert pool([4, 11, 9, 26], [21, 24, 22, 31], method="glmm").noted("not-converged")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (((0, 0, 0, 1), (40, 40, 40, 2)), True),  # tau 5.3
        (((0, 4, 16, 3, 9), (7, 4, 16, 12, 10)), False),  # tau 4.6
    ],
)
def test_a_spread_above_five_is_not_estimable(counts, said):
    """The interval beside the default is then not used, and the note says so."""
    found = pool(*counts, method="glmm")
    assert (found.tau > 5) == said
    assert found.noted("tau-not-estimable") == said


def test_the_spread_and_its_interval_are_squared():
    """Both ends of tau's interval, of two studies whose spread is not 0."""
    counts = ((2, 21), (20, 25))
    studies = group_studies(*counts)
    low, high = tau_interval(studies, glmm.fit(studies), 0.95)
    found = pool(*counts, method="glmm")
    assert 0 < low < found.tau < high
    assert found.tau2 == pytest.approx(found.tau**2)
    assert found.tau2_ci == pytest.approx((low**2, high**2))


def test_the_interval_of_one_rate_may_be_asked_for_by_name():
    """There is no other than z."""
    named = pool(*FIVE, method="common", test="z")
    assert named == pool(*FIVE, method="common")
    with pytest.raises(ValueError, match=r"common has no interval 'knha'; use .*'z'"):
        pool(*FIVE, method="common", test="knha")


def test_a_flat_top_has_no_error():
    """Where the curvature does not bound the logit, its error is infinite."""
    fit = glmm.fit(group_studies(*ALIKE))
    for variance in (0.0, -1.0):
        flat = glmm.GlmmFit(fit.logits, 0.0, ((variance,),), 0.0, 1, converged=True)
        assert flat.se == np.inf


def test_no_spread_needs_one_node_and_no_search():
    """The plain binomial fit is exact, and settled."""
    fit = glmm.fit(group_studies(*ALIKE))
    assert (fit.tau, fit.nodes, fit.converged) == (0, 1, True)


@pytest.mark.parametrize("counts", [((1, 0), (10, 12)), ((9, 12), (10, 12))])
def test_one_person_is_enough_for_a_maximum(counts):
    """One with, or one without the outcome, in a study that has both."""
    assert estimable(group_studies(*counts))
    assert 0 < pool(*counts, method="glmm").estimate < 1


def test_a_side_of_all_or_none_has_no_spread_of_its_own():
    """Fitted apart, each side must have a maximum."""
    a, b = ((0.0, 9.0), (9.0, 9.0)), ((3.0, 4.0), (9.0, 9.0))
    for sides in ((a, b), (b, a)):
        found = compare_by_moderator(*sides, level=0.95, separate_taus=True)
        assert found == notes.NO_FINITE_MAXIMUM


def test_the_error_beside_the_default_is_the_posterior_standard_deviation():
    """Of the logit of the median rate; brute force on a grid of logit and spread."""
    events, n = (3.0, 12.0, 9.0), (20.0, 25.0, 22.0)
    logits, taus = np.linspace(-8, 8, 161), np.linspace(0, 5, 61)
    z, weight = np.polynomial.hermite_e.hermegauss(30)
    height = np.full((len(taus), len(logits)), 0.0)
    for x, size in zip(events, n, strict=True):
        theta = logits[:, None] + taus[:, None, None] * z
        height += np.log(
            np.exp(x * theta - size * np.logaddexp(0, theta) - betaln(x, size - x))
            @ weight
        )
    # half-normal prior of the spread; Beta(1/2, 1/2) of the rate, by the logit
    height += -(taus[:, None] ** 2) / 2 + 0.5 * (
        np.log(expit(logits)) + np.log(expit(-logits))
    )
    mass = np.exp(height - height.max())
    mass[0] /= 2
    mass /= mass.sum()
    centre = np.sum(mass * logits)
    sd = np.sqrt(np.sum(mass * (logits - centre) ** 2))
    assert pool(events, n).se == pytest.approx(sd, rel=5e-3)
    rest = tuple(size - x for x, size in zip(events, n, strict=True))
    assert pool(rest, n).se == pytest.approx(sd, rel=5e-3)


@pytest.mark.parametrize("scale", [0.0, -1.0, np.inf, np.nan])
@pytest.mark.parametrize("method", ["bayes", "dl", "glmm"])
def test_impossible_prior_scales_are_refused_by_every_method(method, scale):
    """Also where there is nothing to pool, and where the method has no prior."""
    for counts in (FIVE, ((), ()), ((3,), (9,))):
        with pytest.raises(ValueError, match=f"above 0, not .*{scale}"):
            pool(*counts, method=method, tau_prior=scale)
    with pytest.raises(ValueError, match=f"above 0, not .*{scale}"):
        posterior((3.0,), (9.0,), scale)


def test_an_unknown_method_is_answered_with_those_there_are():
    """The message lists every method."""
    with pytest.raises(ValueError, match="no method 'mh'") as caught:
        pool(*FIVE, method="mh")
    assert all(method in str(caught.value) for method in METHODS)


def test_too_many_people_are_told_how_many_they_are():
    """The message repeats the number."""
    with pytest.raises(ValueError, match="at most 1000000000, not 2000000000"):
        check_counts([1], [2_000_000_000])


def test_counts_a_millionth_from_the_ends_are_the_ends():
    """Derived counts carry rounding; all and none must be recognised."""
    assert check_counts([9.9999999, 1e-7, 5], [10, 10, 10])[0] == (10.0, 0.0, 5.0)
    assert check_counts([9.99, 0.01], [10, 10])[0] == (9.99, 0.01)


def test_unequal_lengths_and_levels_are_refused_where_they_enter():
    """Not cut to the shorter, not answered with nonsense."""
    with pytest.raises(ValueError, match=r"shorter|longer"):
        posterior((1.0,), (9.0, 9.0))
    for level in (0.0, 1.0, 1.5):
        with pytest.raises(ValueError, match="level must lie between 0 and 1"):
            typical_rate(3, 10, level=level)


SET = ((16, 10, 4, 43, 10, 25), (17, 12, 8, 58, 10, 42))


def wilson(events, n, level):
    """Return Wilson's interval, written out."""
    z = stats.norm.ppf((1 + level) / 2)
    rate, middle = events / n, (events + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * (n * rate * (1 - rate) + z * z / 4) ** 0.5
    return middle - half, middle + half


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_a_difference_within_a_trial_has_the_level_asked_for(level):
    """Newcombe's interval at any level, from the arms' Wilson intervals."""
    found = compare_arms(9, 12, 5, 6, kind="randomised", level=level).risk_difference
    (low_a, high_a), (low_b, high_b) = wilson(9, 12, level), wilson(5, 6, level)
    a, b = 9 / 12, 5 / 6
    low = a - b - ((a - low_a) ** 2 + (high_b - b) ** 2) ** 0.5
    high = a - b + ((high_a - a) ** 2 + (b - low_b) ** 2) ** 0.5
    assert found.ci == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize("method", ["reml", "freeman-tukey", "glmm", "bayes"])
def test_an_estimate_states_its_level_and_that_it_is_ordinary(method):
    """Six ordinary studies; a lower level is a narrower interval."""
    wide, narrow = (pool(*SET, method=method, level=level) for level in (0.95, 0.8))
    assert (wide.level, narrow.level) == (0.95, 0.8)
    assert wide.kind == narrow.kind == "ordinary"
    assert wide.ci[0] < narrow.ci[0] < narrow.estimate < narrow.ci[1] < wide.ci[1]
