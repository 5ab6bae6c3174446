"""The small numerical pieces the estimators stand on."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from lupus_evidence.stats.counts import check_counts
from lupus_evidence.stats.freeman_tukey import back_transform, double_arcsine
from lupus_evidence.stats.prediction import judge_prediction
from lupus_evidence.stats.roots import crossing
from lupus_evidence.stats.tables import interpolate, running_sum


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
    found, printed, _ = judge_prediction(interval, k)
    assert (found is not None) is given_
    assert printed is shown


def test_counts_become_floats():
    """Whole and effective counts come back as tuples of float."""
    assert check_counts([1, 2.5], [3, 4]) == ((1.0, 2.5), (3.0, 4.0))
