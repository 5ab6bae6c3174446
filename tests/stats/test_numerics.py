"""The small numerical pieces the estimators stand on."""

import subprocess
import sys
import warnings
from dataclasses import asdict, is_dataclass
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.indirect_contrasts import compare_rates
from lupus_evidence.stats.inverse_variance import back_transform, double_arcsine
from lupus_evidence.stats.notes import judge_prediction
from lupus_evidence.stats.numerics import crossing, interpolate, running_sum
from lupus_evidence.stats.pooling import METHODS, pool
from lupus_evidence.stats.proportions import check_counts


@given(st.floats(1e-6, 1e6))
def test_crossing_finds_the_zero(zero):
    """The zero of a falling line is found to full precision, however far."""
    assert crossing(lambda x: zero - x) == pytest.approx(zero, rel=1e-12)


def test_crossing_at_the_start_and_never():
    """Not positive at the start: the start; never crossing: infinity."""
    assert crossing(lambda x: -1 - x, low=0.0) == 0.0
    assert crossing(lambda _: 1.0) == inf


def test_running_sum_of_a_normal_density():
    """A running integral of a coarse normal density is its distribution function."""
    z = np.linspace(-8, 8, 41)
    step = z[1] - z[0]
    found = running_sum(np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)) * step
    assert found == pytest.approx(ndtr(z), abs=5e-5)


def test_interpolation_is_exact_for_cubics():
    """A cubic given by values and slopes is returned exactly between the points."""
    at = np.arange(5.0)
    place = np.linspace(0, 4, 33)[:, None]
    found = interpolate((at**3)[None], (3 * at**2)[None], place)
    assert found == pytest.approx(place**3)


def test_interpolation_holds_beyond_the_ends():
    """Beyond the first and last point their values hold."""
    table, slope = np.array([[1.0, 3.0]]), np.array([[2.0, 2.0]])
    found = interpolate(table, slope, np.array([[-5.0], [9.0]]))
    assert found[:, 0] == pytest.approx([1.0, 3.0])


@given(st.integers(0, 60), st.integers(1, 60))
def test_back_transform_undoes_the_double_arcsine(events, more):
    """For one size, Miller's formula gives back the rate it came from."""
    n = float(events + more)
    half, variance = double_arcsine(np.array(float(events)), np.array(n))
    assert back_transform(float(half), np.array([n, n])) == pytest.approx(
        events / n, abs=1e-7
    )
    assert variance == pytest.approx(1 / (4 * n + 2))


@pytest.mark.parametrize(
    ("k", "interval", "given_", "shown"),
    [
        (2, (0.2, 0.6), False, False),
        (3, (0.2, 0.6), True, True),
        (5, (0.2, 0.6), True, True),
        (9, (0.1, 0.95), True, False),
    ],
)
def test_when_a_prediction_is_given_and_shown(k, interval, given_, shown):
    """None for two studies; numbers unless they span more than 80 points."""
    found, printed, _ = judge_prediction(lambda: interval, k)
    assert (found is not None) is given_
    assert printed is shown


def test_counts_become_floats():
    """Whole and effective counts come back as tuples of float."""
    assert check_counts([1, 2.5], [3, 4]) == ((1.0, 2.5), (3.0, 4.0))


# none and all side by side, a hair between them, and arms from one person to a million
HARD = [
    ((10, 2e-6), (10, 1)),
    ((1e-300, 5), (1, 10)),
    ((10 - 1e-12, 5), (10, 10)),
    ((0, 8) * 20, (8,) * 40),
    ((0, 1) * 3, (1,) * 6),
    ((1, *[0] * 11), (40,) * 12),
    ((10, 999_990), (10**6, 10**6)),
    ((1, 999_999, 500_000, 3), (10**6,) * 4),
    ((0.001, 0.01), (0.002, 0.5)),
]


@pytest.mark.parametrize(("events", "n"), HARD, ids=str)
def test_hard_sets_raise_no_warning_and_give_no_nonsense(events, n):
    """No division by zero, overflow or invalid value in any method; nothing is NaN.

    Only an end of the interval of tau^2 may be infinite, where nothing bounds it.
    """
    with np.errstate(all="raise", under="ignore"), warnings.catch_warnings():
        warnings.simplefilter("error")
        for method in METHODS:
            found = pool(events, n, method=method)
            if isinstance(found, NotPooled):
                continue
            values = asdict(found)
            values["tau2_ci"] = None if found.tau2_ci is None else found.tau2_ci[0]
            assert not nonsense(values)
        found = compare_rates((events, n), ((3,), (9,)))
        effects = found.risk_difference, found.odds_ratio, found.probability_higher
        assert not nonsense([asdict(e) if is_dataclass(e) else e for e in effects])


def nonsense(value):
    """Tell whether a value holds a number that is none."""
    if isinstance(value, dict):
        return any(nonsense(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(nonsense(item) for item in value)
    return isinstance(value, float) and not np.isfinite(value)


def test_more_people_than_the_arithmetic_is_sure_of_are_refused():
    """A thousand million people are pooled, more are an error and no wrong figure."""
    assert pool([5e8, 4e8], [1e9, 1e9]).estimate == pytest.approx(0.45, abs=0.01)
    with pytest.raises(ValueError, match="at most 1000000000"):
        pool([5e8, 4e8], [1e9, 1.1e9])


@pytest.mark.thorough
def test_the_same_studies_give_the_same_digits():
    """In another process and order, no bit of the answer moves, and nothing is said."""
    x, n = (3.0, 17.0, 0.0, 5.5), (9.0, 20.0, 12.0, 8.25)
    code = (
        "from lupus_evidence.stats.pooling import pool\n"
        f"found = pool({x[::-1]}, {n[::-1]})\n"
        "print(repr((found.estimate, found.ci, found.prediction, found.tau2_ci)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    here = pool(x, n)
    assert done.stderr == ""
    assert done.stdout.strip() == repr(
        (here.estimate, here.ci, here.prediction, here.tau2_ci)
    )


@pytest.mark.parametrize("n", [1e5, 1e7, 1e9])
def test_registers_of_millions_beside_small_studies(n):
    """Beyond ten thousand people a study's own error no longer counts.

    Sizes as in a published set of births: some registers, one of 10 million and more,
    beside cohorts of hundreds; here with rates of their own.
    """
    rate = np.array([0.006, 0.013, 0.017, 0.018, 0.026, 0.041])
    small = ((1.0, 35.0, 13.0, 20.0), (165.0, 1607.0, 205.0, 102.0))
    size = n * np.array([1.0, 0.5, 0.6, 0.02, 0.25, 0.05])

    def pooled(people, method):
        events = tuple(rate * people) + small[0]
        return pool(events, tuple(people) + small[1], method=method)

    for method in ("bayes", "glmm"):
        found, usual = pooled(size, method), pooled(size / n * 1e6, method)
        assert found.logit == pytest.approx(usual.logit, abs=2e-3)
        assert found.tau == pytest.approx(usual.tau, abs=2e-3)
        assert found.ci == pytest.approx(usual.ci, abs=2e-4)


def test_huge_studies_give_the_estimates_of_known_logits():
    """Maximum likelihood is then the mean and variance; the posterior a plain sum."""
    logits = np.array([-3.9, -2.9, -4.3, -0.8, -2.1, -3.2])
    n = np.full(6, 1.0e9)
    x = n / (1 + np.exp(-logits))
    fit = pool(x, n, method="glmm")
    assert fit.logit == pytest.approx(logits.mean(), abs=1e-6)
    assert fit.tau2 == pytest.approx(logits.var(), abs=1e-6)
    tau = np.linspace(1e-3, 8, 2000)[:, None]
    m = np.linspace(-12, 12, 4001)
    off = np.sum((logits[:, None] - m) ** 2, axis=0)
    log_height = -6 * np.log(tau) - off / (2 * tau**2) - tau**2 / 2
    height = np.exp(log_height + 0.5 * m - np.logaddexp(0, m))
    below = np.cumsum(height.sum(axis=0)) - height.sum(axis=0) / 2
    ends = np.interp(np.array([0.025, 0.5, 0.975]) * height.sum(), below, m)
    found = pool(x, n)
    own = found.intervals[0]
    here = np.array([own.low, found.estimate, own.high])
    assert np.log(here / (1 - here)) == pytest.approx(ends, abs=2e-4)
