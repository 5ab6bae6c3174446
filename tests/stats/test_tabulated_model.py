"""Studies of tables: normal ones, whose every average is known, and Poisson ones."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import logsumexp
from scipy.stats import norm

from lupus_evidence.stats.tabulated_model import (
    FARTHEST,
    StudyLikelihoods,
    TabulatedModel,
    log_likelihood,
    tabulated,
)

# tables are cubics of four points a scale; averages over deviates are good to this
CLOSE = 1e-6


@dataclass
class Normal:
    """Studies whose values y have a normal error s; highest log likelihood 5."""

    y: np.ndarray
    s: np.ndarray

    @property
    def k(self):
        """How many."""
        return len(self.y)

    def at(self, theta):
        """Return value, slope and information."""
        y, s = self.y[:, None], self.s[:, None]
        flat = np.ones_like(theta)
        off = theta - y
        return StudyLikelihoods(5 - off**2 / (2 * s**2), -off / s**2, flat / s**2)

    def one(self, index):
        """Return one of them."""
        chosen = slice(index, index + 1)
        return Normal(self.y[chosen], self.s[chosen])


@dataclass
class Deaths:
    """Deaths over person-time, in the log hazard: a lopsided likelihood."""

    d: np.ndarray
    time: np.ndarray

    @property
    def k(self):
        """How many."""
        return len(self.d)

    def at(self, theta):
        """Return value, slope and information."""
        d, mean = self.d[:, None], self.time[:, None] * np.exp(theta)
        return StudyLikelihoods(d * np.log(mean) - mean, d - mean, mean)

    def one(self, index):
        """Return one of them."""
        chosen = slice(index, index + 1)
        return Deaths(self.d[chosen], self.time[chosen])


def normal(y, s):
    """Return normal studies."""
    return Normal(np.array(y, dtype=float), np.array(s, dtype=float))


def deaths(d, time):
    """Return studies of deaths."""
    return Deaths(np.array(d, dtype=float), np.array(time, dtype=float))


def averaged(studies, location, tau):
    """Average Poisson likelihoods over the spread by a plain sum."""
    z = np.linspace(-9, 9, 6001)
    value = studies.at(np.tile(location + tau * z, (studies.k, 1))).value
    share = norm.pdf(z) / norm.pdf(z).sum()
    top = studies.at(np.log(studies.d / studies.time)[:, None]).value[:, 0]
    return logsumexp(value, axis=1, b=share) - top


def test_a_table_follows_its_study_down_to_e_to_the_minus_20():
    """Around its top, at four points a scale and an even number of steps."""
    table, other = tabulated(normal([1.5, -2.0], [0.5, 2.0]))
    for found, y, s in ((table, 1.5, 0.5), (other, -2.0, 2.0)):
        assert (found.scale, found.top) == pytest.approx((s, 5))
        reach = np.sqrt(40) * s
        assert found.theta[[0, -1]] == pytest.approx([y - reach, y + reach], abs=4e-3)
        assert 0.9 * s / 4 < found.step <= s / 4
        assert np.diff(found.theta) == pytest.approx(found.step)
        assert len(found.theta) % 2 == 1
        expected = -((found.theta - y) ** 2) / (2 * s**2)
        assert found.value == pytest.approx(expected, abs=1e-6)
        assert found.slope == pytest.approx((y - found.theta) / s**2, abs=1e-9)


def test_the_range_ends_where_values_are_no_longer_told_apart():
    """A study that says next to nothing is followed from -30 to 30, and no scale ends.

    The scale of what says less than a study with an error of 30 is taken as that.
    """
    (table,) = tabulated(normal([0.0], [1000.0]))
    assert table.theta[[0, -1]] == pytest.approx([-FARTHEST, FARTHEST], abs=4e-3)
    assert table.scale == pytest.approx(1000**0.5)
    # nobody died: the less the hazard the likelier
    (silent,) = tabulated(NoOne(np.array([40.0])))
    assert silent.theta[0] == pytest.approx(-FARTHEST, abs=4e-3)
    assert silent.top == pytest.approx(0, abs=1e-6)
    assert silent.theta[-1] == pytest.approx(np.log(20 / 40), abs=4e-3)
    # where it is down by 2, its information is 2
    assert silent.scale == pytest.approx(2**-0.5, abs=2e-3)


@dataclass
class NoOne:
    """No deaths over person-time."""

    time: np.ndarray

    @property
    def k(self):
        """How many."""
        return len(self.time)

    def at(self, theta):
        """Return value, slope and information."""
        mean = self.time[:, None] * np.exp(theta)
        return StudyLikelihoods(-mean, -mean, mean)

    def one(self, index):
        """Return one of them."""
        return NoOne(self.time[index : index + 1])


def test_the_scale_is_that_of_the_sharpest_bend_near_the_top():
    """Two below the top on either side, or at the top: here above it."""
    (table,) = tabulated(deaths([3], [100]))
    there = brentq(lambda t: 3 * (t - np.exp(t)) + 3 + 2, 0, 3)
    assert table.scale == pytest.approx((3 * np.exp(there)) ** -0.5, rel=1e-3)
    assert table.top == pytest.approx(3 * np.log(3) - 3)


def test_between_its_points_a_table_is_the_study_and_beyond_them_straight():
    """Cubics by values and slopes; outside, each end's slope goes on."""
    studies = deaths([4], [50])
    (table,) = tabulated(studies)
    top = np.log(4 / 50)
    inside = np.linspace(top - 1, top + 0.8, 37)
    expected = studies.at(inside[None]).value[0] - table.top
    assert table.value_at(inside) == pytest.approx(expected, abs=2e-4)
    for end, way in ((0, -1.0), (-1, 1.0)):
        at = table.theta[end] + way * np.array([0.0, 0.3, 7.0])
        straight = table.value[end] + table.slope[end] * way * np.array([0, 0.3, 7])
        assert table.value_at(at) == pytest.approx(straight)


TAUS = [0.0, 0.02, 0.3, 0.55, 1.9, 2.5, 8.0]
MODEL = TabulatedModel(
    tuple(tabulated(normal([1.5, -2.0, 0.4], [0.5, 2.0, 0.8]))), 0.6, -1.0, 2.0
)


def exactly(location, tau):
    """Return log density, slope and information of MODEL: all of it is normal."""
    value = -((location + 1) ** 2) / 8
    slope, information = -(location + 1) / 4, 1 / 4
    for y, s in ((1.5, 0.5), (-2.0, 2.0), (0.4, 0.8)):
        variance = s**2 + tau**2
        value = (
            value - (location - y) ** 2 / (2 * variance) + np.log(s**2 / variance) / 2
        )
        slope = slope - (location - y) / variance
        information = information + 1 / variance
    return value, slope, information


@pytest.mark.parametrize("tau", TAUS)
def test_normal_studies_are_averaged_over_the_spread_as_normals_are(tau):
    """With derivatives, whether the spread or the study is the narrower."""
    location = np.linspace(0, 2.4, 13)
    at = MODEL.surface(location, np.full(13, tau))
    value, slope, information = exactly(location, tau)
    # bends of a table are those of its cubics
    assert at.value == pytest.approx(value, abs=CLOSE)
    assert at.slope == pytest.approx(slope, abs=CLOSE)
    assert at.information == pytest.approx(information, abs=CLOSE)
    grid = MODEL.log_density(location[None], np.array([tau]))
    assert grid[0] == pytest.approx(value, abs=CLOSE)


def test_studies_are_added_up_however_many():
    """Forty of them, some at a time, are forty times one."""
    one = tabulated(normal([1.0], [0.7]))[0]
    at = np.array([0.2, 1.4]), np.array([0.1, 1.5])
    single, all_ = (
        TabulatedModel((one,) * k, 0.5, 0.0, 1e6).surface(*at) for k in (1, 40)
    )
    for part in ("value", "slope", "information"):
        expected = 40 * getattr(single, part)
        assert getattr(all_, part) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("tau", [0.05, 0.3, 0.6, 2.0])
def test_lopsided_studies_are_averaged_as_a_plain_sum_does(tau):
    """Value by the table; slope and information by differences of the sum."""
    studies = deaths([3, 12], [100, 900])
    model = TabulatedModel(tuple(tabulated(studies)), 0.5, 0.0, 1e6)
    step = 1e-3
    for location in (-4.6, -4.2, -3.5):
        low, here, high = (
            averaged(studies, location + off, tau).sum() for off in (-step, 0, step)
        )
        at = model.surface(np.array([location]), np.array([tau]))
        assert at.value[0] == pytest.approx(here, abs=5e-4)
        assert at.slope[0] == pytest.approx((high - low) / (2 * step), abs=6e-3)
        bend = (2 * here - low - high) / step**2
        assert at.information[0] == pytest.approx(bend, rel=0.02)


def test_one_study_of_a_grid_is_what_the_sum_is_made_of():
    """Of one study at several spreads and locations, narrow and wide together."""
    table = tabulated(normal([0.4], [0.8]))[0]
    tau = np.array([0.0, 0.5, 3.0])
    location = np.array([[0.0, 1.0], [-1.0, 0.4], [2.0, -2.0]])
    variance = 0.64 + tau[:, None] ** 2
    expected = -((location - 0.4) ** 2) / (2 * variance) + np.log(0.64 / variance) / 2
    assert log_likelihood(table, location, tau) == pytest.approx(expected, abs=CLOSE)


def test_where_a_search_begins():
    """At the mean by inverse variance, prior included; at every spread its own."""
    tau = np.array([0.0, 1.0, 5.0])
    weight = 1 / (np.array([0.25, 4.0, 0.64])[:, None] + tau**2)
    drawn = (weight * np.array([[1.5], [-2.0], [0.4]])).sum(0) + 0.25 * -1.0
    # the studies' own values are those of the nearest points of their tables
    expected = drawn / (weight.sum(0) + 0.25)
    assert MODEL.start(tau) == pytest.approx(expected, abs=0.07)
    assert MODEL.studies == 3


def test_the_spread_that_the_data_begin_to_tell_from_none():
    """The fourth root of the summed fourth powers of the studies' precision."""
    expected = (0.5**-4 + 2.0**-4 + 0.8**-4) ** -0.25
    assert MODEL.fine_spread() == pytest.approx(expected)
