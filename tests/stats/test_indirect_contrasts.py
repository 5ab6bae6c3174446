import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import binom

from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.indirect_contrasts import (
    compare_by_moderator,
    compare_rates,
    typical_rate,
)
from lupus_evidence.stats.proportions import interval

A = ((16.0, 10.0, 4.0, 43.0, 10.0, 25.0), (17.0, 12.0, 8.0, 58.0, 10.0, 42.0))
B = ((3.0, 6.0, 10.0, 1.0), (11.0, 17.0, 21.0, 6.0))
# a double sum over 2000 x 2000 equally likely pairs
SUMMED = 2e-3
METAFOR = 1e-4
# R, with tau integrated in closed form
SINGLE = json.loads(
    (Path(__file__).parents[1] / "reference" / "single_study.json").read_text("utf-8")
)
CLOSED_FORM, LOG_RATIO = 5e-5, 5e-3


def double_sum(of_a, of_b):
    """Compare every quantile of one side with every quantile of the other."""
    middle = (np.arange(2000) + 0.5) / 2000
    a, b = of_a.quantile(middle)[:, None], of_b.quantile(middle)[None, :]
    tails = [0.5, 0.025, 0.975]
    return (
        np.quantile(expit(a) - expit(b), tails),
        np.quantile(a - b, tails),
        np.mean(a > b),
    )


def test_differences_are_those_of_independent_posteriors():
    """Risk difference, odds ratio and probability come from all pairs of rates."""
    found = compare_rates(A, B)
    difference, log_ratio, higher = double_sum(
        posterior(*A).median_rate, posterior(*B).median_rate
    )
    here = [found.risk_difference.estimate, *found.risk_difference.ci]
    assert here == pytest.approx(difference, abs=SUMMED)
    here = np.log([found.odds_ratio.estimate, *found.odds_ratio.ci])
    assert here == pytest.approx(log_ratio, abs=10 * SUMMED)
    assert found.probability_higher == pytest.approx(higher, abs=SUMMED)


def test_it_is_always_indirect():
    """A comparison of different studies is typed and noted as unadjusted."""
    found = compare_rates(A, B)
    assert found.kind == "indirect"
    assert [note.code for note in found.notes] == ["unadjusted"]
    assert (found.k_a, found.k_b, found.n_a, found.n_b) == (6, 4, 147, 55)


def test_exchanging_the_sides_turns_everything_round():
    """The other way round, difference and log odds ratio change sign."""
    here, there = compare_rates(A, B), compare_rates(B, A)
    low, high = there.risk_difference.ci
    assert here.risk_difference.ci == pytest.approx((-high, -low), abs=1e-5)
    low, high = there.odds_ratio.ci
    assert here.odds_ratio.ci == pytest.approx((1 / high, 1 / low), rel=1e-3)
    assert here.probability_higher + there.probability_higher == pytest.approx(1)
    assert here.common_tau.log_odds_ratio == pytest.approx(
        -there.common_tau.log_odds_ratio, abs=1e-6
    )


def test_a_set_against_itself_is_no_difference():
    """Equal sides differ by 0, with odds ratio 1 and probability one half."""
    found = compare_rates(B, B)
    assert found.risk_difference.estimate == pytest.approx(0, abs=1e-4)
    assert found.odds_ratio.estimate == pytest.approx(1, abs=1e-3)
    assert found.probability_higher == pytest.approx(0.5, abs=1e-4)


def test_no_study_no_contrast():
    """A side without studies gives no contrast."""
    assert compare_rates(A, ((), ())) is None
    assert compare_rates(((), ()), B) is None


@pytest.mark.parametrize("there", SINGLE["singles"], ids=str)
def test_a_single_study_says_little_about_the_median_over_centres(there):
    """One study's posterior is that of R, with tau integrated in closed form."""
    here = typical_rate(there["events"], there["n"])
    assert here.estimate == pytest.approx(there["median"], abs=CLOSED_FORM)
    assert here.ci == pytest.approx(there["ci"], abs=CLOSED_FORM)


@pytest.mark.parametrize("there", SINGLE["differences"], ids=str)
def test_a_difference_of_two_single_studies_allows_for_their_centres(there):
    """Difference, odds ratio and probability are R's, and the assumption is said."""
    (x_a, n_a), (x_b, n_b) = there["a"], there["b"]
    found = compare_rates(((x_a,), (n_a,)), ((x_b,), (n_b,)))
    assert found.risk_difference.estimate == pytest.approx(
        there["median"], abs=10 * CLOSED_FORM
    )
    assert found.risk_difference.ci == pytest.approx(there["ci"], abs=10 * CLOSED_FORM)
    here = np.log([found.odds_ratio.estimate, *found.odds_ratio.ci])
    log_ratio = [there["log_odds_ratio"], *there["log_odds_ratio_ci"]]
    assert here == pytest.approx(log_ratio, abs=LOG_RATIO)
    assert found.probability_higher == pytest.approx(
        there["probability_higher"], abs=10 * CLOSED_FORM
    )
    assert {"single-study-side", "spread-assumed"} <= {n.code for n in found.notes}


def test_the_reference_of_single_studies_does_not_shrink():
    """Eight studies and three pairs are there, and who made them."""
    assert len(SINGLE["singles"]) == 8
    assert len(SINGLE["differences"]) == 3
    assert SINGLE["source"]["program"].startswith("Rscript make_single_study.R")


def test_a_single_study_covers_the_median_as_often_as_several_do():
    """By counting out every result of 20 people: 92 % or more for tau up to 1.

    The study's own exact interval holds the median over centres 61 % of the time at
    tau 1 and a rate of one half.
    """
    n, events = 20, np.arange(21)
    ends = np.array([typical_rate(x, n).ci for x in events])
    own = np.array([interval(x, n, method="exact") for x in events])
    z, weight = np.polynomial.hermite_e.hermegauss(60)
    for tau, rate in [(0.6, 0.5), (1.0, 0.5), (1.0, 0.1), (1.0, 0.94)]:
        chance = binom.pmf(events[:, None], n, expit(logit(rate) + tau * z))
        chance = chance @ (weight / weight.sum())
        held = (ends[:, 0] <= rate) & (rate <= ends[:, 1])
        assert chance[held].sum() > 0.92
        if (tau, rate) == (1.0, 0.5):
            held = (own[:, 0] <= rate) & (rate <= own[:, 1])
            assert chance[held].sum() == pytest.approx(0.613, abs=1e-3)


def test_a_second_study_that_agrees_never_widens_the_difference():
    """With one more study like the first, a side's interval becomes narrower."""
    one, two = compare_rates(((14,), (20,)), B), compare_rates(((14, 14), (20, 20)), B)
    widths = [
        high - low for low, high in (one.risk_difference.ci, two.risk_difference.ci)
    ]
    assert widths[1] < widths[0]


def test_one_study_has_no_separate_fit():
    """By maximum likelihood a side with one study has no spread of its own."""
    found = compare_rates(((7,), (10,)), B)
    assert isinstance(found.separate_taus, NotPooled)
    assert found.separate_taus.reason == "too-few-studies"


@pytest.mark.parametrize("k", [1, 2, 3])
def test_few_studies_are_not_said_to_differ_too_much(k):
    """Below four studies tau is mostly its prior: no guard fires, the prior is told."""
    side, alike = ((1, 15, 3)[:k], (7, 16, 10)[:k]), ((10,) * 8, (20,) * 8)
    assert posterior(*side, 3).tau_quantile(0.5) > 1
    codes = {note.code for note in compare_rates(side, alike, tau_prior=3).notes}
    assert "spread-assumed" in codes
    assert "side-too-different" not in codes


def test_a_side_with_all_events_is_compared_under_a_uniform_prior():
    """Everyone on one side: a finite difference, no maximum likelihood, both said."""
    found = compare_rates(((7, 15), (7, 15)), B)
    assert "uniform-side" in {note.code for note in found.notes}
    assert 0 < found.risk_difference.ci[0] < found.risk_difference.ci[1] < 1
    assert found.common_tau.reason == "no-finite-maximum"


def test_a_side_that_differs_too_much_is_said():
    """A posterior median of tau above 1 on a side is noted on the difference."""
    found = compare_rates(((0, 4, 16, 3, 9), (7, 4, 16, 12, 10)), B)
    assert "side-too-different" in {note.code for note in found.notes}


def test_the_moderator_fit_is_that_of_metafor():
    """With a common tau, difference and error are those of `rma.glmm(mods=)`."""
    path = Path(__file__).parents[1] / "reference" / "metafor.json"
    [entry] = [
        item
        for item in json.loads(path.read_text("utf-8"))["results"]
        if item["name"] == "debruin2009"
    ]
    sides = {
        label: tuple(
            tuple(
                value
                for value, group in zip(entry[key], entry["group"], strict=True)
                if group == label
            )
            for key in ("events", "n")
        )
        for label in "ab"
    }
    found = compare_by_moderator(
        sides["b"], sides["a"], level=0.95, separate_taus=False
    )
    there = entry["glmm_mods"]
    assert found.log_odds_ratio == pytest.approx(there["coef"][1], abs=METAFOR)
    assert found.se == pytest.approx(there["se"][1], abs=METAFOR)
    assert found.tau[0] ** 2 == pytest.approx(there["tau2"], abs=METAFOR)
    assert found.df == 11
    low, high = np.log(found.ci_z)
    assert (high - low) / 2 == pytest.approx(1.959964 * found.se)


def test_separate_taus_are_two_fits():
    """With separate spreads the difference is that of the sides' own fits."""
    found = compare_rates(A, B).separate_taus
    assert len(found.tau) == 2
    assert found.tau[0] > 0
    assert found.tau[1] == 0
    # side b has no spread: its logit is the total's
    assert found.log_odds_ratio == pytest.approx(
        compare_rates(A, ((10, 10), (27, 28))).separate_taus.log_odds_ratio, abs=1e-6
    )


def test_fewer_than_three_studies_have_no_moderator_fit():
    """One study a side leaves nothing to estimate a spread from."""
    found = compare_rates(((7,), (10,)), ((3,), (9,)))
    assert found.common_tau.reason == "too-few-studies"


@pytest.mark.parametrize("level", [0, 1, 95])
def test_impossible_levels_are_refused(level):
    """The level is a proportion."""
    with pytest.raises(ValueError, match="level"):
        compare_rates(A, B, level=level)


def test_an_interval_may_be_endless():
    """With one degree of freedom and a level near 1 the odds ratio has no bounds."""
    found = compare_rates(((7,), (10,)), ((3, 6), (9, 11)), level=0.99999999)
    assert found.common_tau.df == 1
    assert found.common_tau.ci == (0.0, np.inf)
    assert found.odds_ratio.ci[1] < np.inf
