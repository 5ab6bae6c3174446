"""Studies of survival as likelihoods of a hazard, and what a curve is made of."""

from math import exp, log

import numpy as np
import pytest
from scipy.stats import binom, lognorm, poisson

from lupus_evidence.stats.deaths import DeathsBetween, DeathsOver, deaths_by
from lupus_evidence.stats.survival import (
    EARLY_ENDS,
    HazardPriors,
    SurvivalLikelihoods,
    survival_curve,
    survival_curves,
)

STUDIES = [
    [DeathsBetween(2, 22, 0, 3.3)],
    [DeathsOver(5, 318, 1060)],
    [DeathsBetween(1, 20, 0, 6), DeathsBetween(2, 19, 6, 60)],
    [DeathsBetween(0, 9, 3, 12)],
    [DeathsOver(0, 40, 0)],
    [DeathsBetween(7, 7, 0, 24)],
    [DeathsBetween(1.4, 8.5, 0, 6), DeathsOver(2, 0, 300)],
]
RATIOS = np.array([-2.0, log(0.3), 1.0])
THETA = np.array([-9.0, -5.0, log(0.01), -2.0, 0.5])


def plainly(study, ratio, theta):
    """Return one study's log likelihood by SciPy, less what no hazard changes."""
    total = 0.0
    early = exp(theta)
    for one in study:
        if isinstance(one, DeathsBetween):
            months = one.months[0] + exp(ratio) * one.months[1]
            alive = exp(-early * months)
            total += one.deaths * np.log1p(-alive)
            total += (one.alive - one.deaths) * log(alive)
        else:
            months = one.early + exp(ratio) * one.later
            total += one.deaths * log(early * months) - early * months
    return total


def test_a_study_is_binomial_over_stretches_and_poisson_over_person_time():
    """Against SciPy's own at whole numbers of people: the same up to a constant."""
    two = SurvivalLikelihoods.of(STUDIES[:2], RATIOS[:1])
    value = two.at(np.tile(THETA, (2, 1))).value
    early = np.exp(THETA)
    dying = binom.logpmf(2, 22, -np.expm1(-3.3 * early))
    assert np.ptp(value[0] - dying) == pytest.approx(0, abs=1e-8)
    mean = early * (318 + exp(-2) * 1060)
    assert np.ptp(value[1] - poisson.logpmf(5, mean)) == pytest.approx(0, abs=1e-8)


def test_each_study_stands_at_each_ratio_in_turn():
    """All studies at the first ratio, then all at the second; later months count less.

    Stretches and person-time together, and a study of one report beside one of two.
    """
    found = SurvivalLikelihoods.of(STUDIES, RATIOS)
    assert found.k == len(STUDIES) * len(RATIOS)
    value = found.at(np.tile(THETA, (found.k, 1))).value
    row = 0
    for ratio in RATIOS:
        for study in STUDIES:
            expected = [plainly(study, ratio, theta) for theta in THETA]
            assert value[row] == pytest.approx(expected, rel=1e-9, abs=1e-9)
            row += 1
    one = found.one(len(STUDIES) + 2)
    assert one.k == 1
    assert one.at(THETA[None]).value[0] == pytest.approx(value[len(STUDIES) + 2])


def test_slope_and_information_are_those_of_the_likelihood():
    """By central differences, of every kind of report."""
    h = 1e-4
    found = SurvivalLikelihoods.of(STUDIES, RATIOS)
    for theta in THETA:
        at = np.tile(theta + h * np.array([-1.0, 0.0, 1.0]), (found.k, 1))
        part = found.at(at)
        low, here, high = part.value.T
        slope = (high - low) / (2 * h)
        assert part.slope[:, 1] == pytest.approx(slope, rel=1e-5, abs=1e-5)
        bend = (2 * here - low - high) / h**2
        assert part.information[:, 1] == pytest.approx(bend, rel=2e-3, abs=2e-3)


def test_a_study_of_one_report_is_the_same_beside_one_of_two():
    """To the last digit: what it lacks says nothing."""
    at = np.tile(THETA, (2, 1))
    for study in STUDIES[:2]:
        beside = SurvivalLikelihoods.of([study, STUDIES[2]], RATIOS[:1]).at(at)
        alone = SurvivalLikelihoods.of([study], RATIOS[:1]).at(THETA[None])
        for part in ("value", "slope", "information"):
            found, expected = getattr(beside, part)[0], getattr(alone, part)[0]
            assert found.tolist() == expected.tolist()


def test_a_hazard_of_next_to_nobody_is_no_error():
    """e^-40 a month: nobody dies, and logarithms stay finite."""
    found = SurvivalLikelihoods.of(STUDIES, RATIOS)
    part = found.at(np.full((found.k, 1), -40.0))
    for values in (part.value, part.slope, part.information):
        assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"early": 0.0}, "a hazard of 0"),
        ({"early": 1.0}, "a hazard of 1"),
        ({"later": -0.1}, "a hazard of -0.1"),
        ({"later": 1.0}, "a hazard of 1"),
        ({"width": 0.0}, "width must be above 0 and at most 3"),
        ({"width": 3.1}, "width"),
        ({"tau": 0.0}, "tau must be above 0 and at most 10"),
        ({"tau": 10.1}, "tau"),
    ],
)
def test_impossible_priors_are_refused(wrong, said):
    """With the one that is wrong; the widest are allowed."""
    assert HazardPriors(0.999, 1e-9, 3.0, 10.0).tau == 10
    with pytest.raises(ValueError, match=said):
        HazardPriors(**wrong)


def test_the_priors_are_those_of_the_documentation():
    """Hazards of 1 % and 0.3 % a month, four and a half times either way."""
    found = HazardPriors()
    assert (found.early, found.later, found.width, found.tau) == (0.01, 0.003, 1.5, 1)
    assert EARLY_ENDS == 6


@pytest.mark.parametrize("curve", [survival_curve, survival_curves])
@pytest.mark.parametrize("studies", [[], [()], [(DeathsOver(1, 9, 9),), ()]])
def test_a_curve_needs_studies_that_say_something(curve, studies):
    """One that says nothing is refused beside others too."""
    with pytest.raises(ValueError, match="each say something"):
        curve(studies)


@pytest.fixture(scope="module")
def pinned():
    """Return the curve of 100,000 people: 1,000 died by 6 months, 2,000 later."""
    study = deaths_by([6, 60], [99_000, 97_000], 100_000)
    return survival_curve([study], priors=HazardPriors(tau=0.001))


def test_of_a_large_study_the_curve_is_its_own(pinned):
    """Its hazards before and after six months: any time follows from the two."""
    early = -log(0.99) / 6
    later = -log(97 / 99) / 54
    for months in (1, 3, 6, 12, 60):
        hazard = early * min(months, 6) + later * max(months - 6, 0)
        middle, (low, high) = pinned.alive(months)
        assert middle == pytest.approx(exp(-hazard), abs=1e-4)
        if months in (6, 60):
            error = (middle * (1 - middle) / 100_000) ** 0.5
            assert high - low == pytest.approx(2 * 1.96 * error, rel=0.1)
        assert pinned.new_centre(months) == pytest.approx((low, high), abs=1e-3)
    ratio = pinned.share @ pinned.log_ratio
    assert ratio == pytest.approx(log(later / early), abs=0.02)
    assert pinned.share.sum() == pytest.approx(1)
    sd = (pinned.share @ (pinned.log_ratio - ratio) ** 2) ** 0.5
    assert sd == pytest.approx((1 / 1000 + 1 / 2000) ** 0.5, rel=0.1)
    assert (pinned.k, pinned.level) == (1, 0.95)


def test_of_one_study_the_spread_is_the_priors():
    """Half-normal, whatever the ratio of the hazards: its median and its table."""
    curve = survival_curve(
        [(DeathsBetween(0, 1, 0, 0.03),)], priors=HazardPriors(tau=0.5)
    )
    assert curve.tau() == pytest.approx(0.5 * 0.6745, abs=2e-3)
    values, below = curve.spreads
    assert (values[0], below[0]) == (0, 0)
    assert values[-1] == pytest.approx(3.0)
    assert below[-1] == pytest.approx(1, abs=1e-3)
    assert len(values) == 1025


def test_before_any_deaths_the_early_hazard_is_the_priors():
    """Log-normal: quantiles of survival to three months, at two levels."""
    study = [(DeathsBetween(0, 1, 0, 0.03),)]
    prior = lognorm(1.5, scale=0.01)
    for level in (0.5, 0.95):
        tail = (1 - level) / 2
        middle, ends = survival_curve(study, level=level).alive(3)
        expected = np.exp(-3 * prior.ppf([0.5, 1 - tail, tail]))
        assert (middle, *ends) == pytest.approx(tuple(expected), abs=6e-3)


def test_without_the_study_that_knows_the_later_hazard_little_is_known_of_it():
    """Many people pin the ratio of the hazards; without them it is wide."""
    small = [(DeathsBetween(1, 20, 0, 3),), (DeathsBetween(2, 50, 0, 4),)]
    large = deaths_by([6, 60], [97_000, 80_000], 100_000)
    _, without = survival_curves([*small, large])
    expected = survival_curve(small)
    for months in (3, 60):
        middle, ends = expected.alive(months)
        assert without[2].alive(months)[0] == pytest.approx(middle, abs=1e-3)
        assert without[2].alive(months)[1] == pytest.approx(ends, abs=1e-3)
    assert [curve.k for curve in without] == [2, 2, 2]


def test_ratios_lie_over_the_range_that_the_data_leave(pinned):
    """All of the prior's where little is known; a little of it where much is.

    Four standard deviations of a difference of two log hazards either way, in twelve
    steps between two of fifteen points.
    """
    curve = survival_curve([(DeathsBetween(0, 1, 0, 0.03),)])
    reach = 4 * 1.5 * 2**0.5
    ends = log(0.3) + np.array([-reach, reach])
    assert curve.log_ratio[[0, -1]] == pytest.approx(ends)
    assert np.diff(curve.log_ratio) == pytest.approx(2 * reach / 14 / 12)
    assert len(curve.log_ratio) == 14 * 12 + 1
    sd = 1.5 * 2**0.5
    prior = np.exp(-(((curve.log_ratio - log(0.3)) / sd) ** 2) / 2)
    assert curve.share == pytest.approx(prior / prior.sum(), abs=2e-4)
    # a step of two thirds of a standard deviation either way of one that matters
    assert np.ptp(pinned.log_ratio) <= 2 * reach / 12 * 2 + 1e-9


def test_the_spread_is_mixed_over_all_ratios():
    """Three centres apart: a distribution from 0 to 1 whose median is given."""
    studies = [deaths_by([24], [left], 40) for left in (39, 30, 12)]
    curve = survival_curve(studies)
    values, below = curve.spreads
    assert below[0] == 0
    assert below[-1] == pytest.approx(1, abs=1e-6)
    assert np.all(np.diff(below) >= -1e-12)
    assert np.interp(curve.tau(), values, below) == pytest.approx(0.5)
    assert 0.6 < curve.tau() < 2
    alike = survival_curve([deaths_by([24], [left], 40) for left in (30, 31, 29)])
    assert alike.tau() < 0.5
