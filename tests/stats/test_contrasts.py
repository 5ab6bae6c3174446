import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit

from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.contrasts import compare_rates
from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.moderator import compare_by_moderator

A = ((16.0, 10.0, 4.0, 43.0, 10.0, 25.0), (17.0, 12.0, 8.0, 58.0, 10.0, 42.0))
B = ((3.0, 6.0, 10.0, 1.0), (11.0, 17.0, 21.0, 6.0))
# a double sum over 2000 x 2000 equally likely pairs
SUMMED = 2e-3
METAFOR = 1e-4


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


def test_a_single_study_counts_with_its_own_posterior():
    """A side with one study is compared by its Beta posterior, and that is said."""
    found = compare_rates(((7,), (10,)), B)
    assert "single-study-side" in {note.code for note in found.notes}
    rng = np.random.default_rng(5)
    a = rng.beta(7.5, 3.5, 400_000)
    b = expit(posterior(*B).median_rate.quantile(rng.random(400_000)))
    here = [found.risk_difference.estimate, *found.risk_difference.ci]
    assert here == pytest.approx(np.quantile(a - b, [0.5, 0.025, 0.975]), abs=4e-3)
    assert isinstance(found.separate_taus, NotPooled)
    assert found.separate_taus.reason == "too-few-studies"


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
