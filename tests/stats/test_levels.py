"""The level asked for reaches every interval, and every estimate says what it is."""

import pytest
from scipy import stats

from lupus_evidence.stats.direct_effects import compare_arms
from lupus_evidence.stats.pooling import influence, pool

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


def test_an_estimate_without_a_study_has_the_level_of_the_whole():
    """Influence compares like with like."""
    for item in influence(*SET, method="reml", level=0.8):
        assert item.without.level == 0.8


@pytest.mark.parametrize(("k", "said"), [(2, False), (3, True), (6, True)])
def test_maximum_likelihood_says_that_it_takes_the_spread_as_known(k, said):
    """Wherever it gives a prediction interval, and nowhere else."""
    found = pool(SET[0][:k], SET[1][:k], method="glmm")
    codes = {note.code for note in found.notes}
    assert ("spread-taken-as-known" in codes) is said
    assert (found.prediction is not None) is said
