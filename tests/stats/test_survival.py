"""One curve from all times and kinds of report, against dense sums over the model."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import binom, norm, poisson

from lupus_evidence.stats.deaths import (
    AliveAt,
    DeathsBetween,
    DeathsOver,
    deaths_by,
    deaths_over,
    stretches,
)
from lupus_evidence.stats.survival import (
    HazardPriors,
    survival_curve,
    survival_curves,
)

TIMES = (3, 6, 12, 24, 60, 120)
# invented series: early deaths, deaths at fixed times, deaths over a mean follow-up
SERIES = {
    "early": [(DeathsBetween(2, 22, 0, 3.3),), (DeathsBetween(1, 50, 0, 3.3),)],
    "mixed": [
        (deaths_over(5, 53, 26),),
        deaths_by([6, 60], [19, 17], 20),
        (deaths_over(1, 17, 22),),
    ],
    "far apart": [deaths_by([12, 60], [38, 36], 40), deaths_by([12], [20], 40)],
}
# steps of the sums below
CLOSE = 6e-3


def dense(studies, priors):
    """Tabulate both log hazards and the spread, each centre's factor by quadrature."""
    early = np.log(priors.early) + priors.width * np.linspace(-4, 4, 161)
    later = np.log(priors.later) + priors.width * np.linspace(-4, 4, 49)
    taus = np.arange(0.05, 4 * priors.tau, 0.1)
    z = np.linspace(-5, 5, 41)
    weight = norm.pdf(z) / norm.pdf(z).sum()
    e, f, t, zz = np.meshgrid(early, later, taus, z, indexing="ij", sparse=True)
    joint = (
        norm.logpdf(e, np.log(priors.early), priors.width)
        + norm.logpdf(f, np.log(priors.later), priors.width)
        + norm.logpdf(t, 0, priors.tau)
    )[..., 0]
    for study in studies:
        own = np.zeros(np.broadcast(e, f, t, zz).shape)
        for one in study:
            if isinstance(one, DeathsBetween):
                a, b = one.months
                hazard = np.exp(t * zz) * (np.exp(e) * a + np.exp(f) * b)
                own += binom.logpmf(one.deaths, one.alive, -np.expm1(-hazard))
            else:
                hazard = np.exp(t * zz) * (
                    np.exp(e) * one.early + np.exp(f) * one.later
                )
                own += poisson.logpmf(one.deaths, hazard)
        joint = joint + logsumexp(own, axis=-1, b=weight)
    mass = np.exp(joint - joint.max()).sum(axis=2)
    mass /= mass.sum()
    found = {}
    for months in TIMES:
        hazard = np.exp(early)[:, None] * min(months, 6) + np.exp(later) * max(
            months - 6, 0
        )
        order = np.argsort(-hazard, axis=None)
        share = mass.ravel()[order]
        below = np.cumsum(share) - share / 2
        alive = np.exp(-hazard.ravel()[order])
        found[months] = np.interp([0.5, 0.025, 0.975], below, alive)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("name", SERIES)
def test_the_curve_is_the_posterior_that_dense_sums_find(name):
    """Median and both ends at every time, on grids that share nothing with it."""
    priors = HazardPriors(width=1.0, tau=0.7)
    found = survival_curve(SERIES[name], priors=priors)
    for months, expected in dense(SERIES[name], priors).items():
        middle, ends = found.alive(months)
        assert (middle, *ends) == pytest.approx(tuple(expected), abs=CLOSE)


@pytest.mark.parametrize("name", SERIES)
def test_survival_never_rises_and_lies_within_its_intervals(name):
    """Nor does an end of any interval rise; a new centre is less certain."""
    curve = survival_curve(SERIES[name])
    rows = []
    for months in TIMES:
        middle, (low, high) = curve.alive(months)
        far = curve.new_centre(months)
        assert far[0] <= low < middle < high <= far[1]
        rows.append((middle, low, high, *far))
    for before, after in pairwise(rows):
        assert all(x > y for x, y in zip(before, after, strict=True))


def test_a_study_that_repeats_the_rest_narrows_the_curve():
    """At each time, and leaves the middle where it was."""
    one = deaths_by([6, 24, 60], [36, 33, 30], 40)
    curves = [survival_curve([one] * k) for k in (1, 2, 4, 8)]
    for months in TIMES:
        widths = []
        for curve in curves:
            low, high = curve.alive(months)[1]
            widths.append(high - low)
        assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("name", ["mixed", "one carries the later stretch", "early"])
def test_the_curve_without_each_study_is_that_of_the_others(name):
    """To a tenth of a point, also where one study is all that speaks of later years."""
    carried = [
        (DeathsBetween(1, 20, 0, 3),),
        deaths_by([60], [30], 60),
        SERIES["early"][1],
    ]
    studies = {**SERIES, "one carries the later stretch": carried}[name]
    whole, without = survival_curves(studies)
    assert whole.alive(24) == survival_curve(studies).alive(24)
    for index, found in enumerate(without):
        rest = survival_curve([*studies[:index], *studies[index + 1 :]])
        assert found.k == len(studies) - 1
        for months in TIMES:
            middle, ends = found.alive(months)
            expected, expected_ends = rest.alive(months)
            assert middle == pytest.approx(expected, abs=1e-3)
            assert ends == pytest.approx(expected_ends, abs=1e-3)


def test_nothing_is_left_without_the_only_study():
    """One study has a curve, and none without it."""
    assert survival_curves(SERIES["mixed"][:1])[1] == ()


def test_a_large_study_among_small_ones_without_deaths_is_pooled():
    """Steps toward the mode went past it and back for ever, and the grid had no end."""
    studies = [
        (DeathsBetween(0, 49, 0, 6),),
        (deaths_over(35, 84, 43.12),),
        (DeathsBetween(0, 10, 0, 3.3),),
        deaths_by([12, 24], [10, 9], 11),
        (deaths_over(2, 12, 17.33),),
        deaths_by([6, 12], [9, 9], 11),
    ]
    middle, (low, high) = survival_curve(studies).alive(24)
    assert 0 < low < middle < high < 1


def test_nobody_dies_twice():
    """Several times of one study are the stretches between them."""
    assert deaths_by([6, 60], [19, 17], 20) == (
        DeathsBetween(1, 20, 0, 6),
        DeathsBetween(2, 19, 6, 60),
    )
    # dying in two stretches is as likely as dying in either: one report or two
    whole = survival_curve([deaths_by([60], [17], 20)]).alive(60)[0]
    parts = survival_curve([deaths_by([30, 60], [18, 17], 20)]).alive(60)[0]
    assert parts == pytest.approx(whole, abs=0.02)


def test_survival_at_several_times_is_worth_the_people_left_alive():
    """Counts are cut exactly; of a curve each stretch is worth what it adds."""
    counted = stretches([AliveAt(6, 19 / 20, 20), AliveAt(60, 17 / 20, 20)])
    exact = deaths_by([6, 60], [19, 17], 20)
    for one, other in zip(counted, exact, strict=True):
        assert (one.deaths, one.alive) == pytest.approx((other.deaths, other.alive))
    # 85 % (standard error 7) at 6 months, 81 % (8) at 60: by Greenwood's formula
    people = [0.85 * 0.15 / 0.07**2, 0.81 * 0.19 / 0.08**2]
    _, later = stretches([AliveAt(6, 0.85, people[0]), AliveAt(60, 0.81, people[1])])
    left = 0.81 / 0.85
    variance = left**2 * ((0.08 / 0.81) ** 2 - (0.07 / 0.85) ** 2)
    worth = left * (1 - left) / variance
    assert (later.alive, later.deaths) == pytest.approx((worth, worth * (1 - left)))
    # never more people than were alive: here the later error is no larger
    _, capped = stretches([AliveAt(6, 0.9, 20), AliveAt(60, 0.8, 200)])
    assert capped.alive == pytest.approx(18)


def test_person_time_is_cut_where_the_early_hazard_ends():
    """5 of 53 over a mean of 26 months: 6 months early, 20 later, for each."""
    assert deaths_over(5, 53, 26) == DeathsOver(5, 318, 1060)
    assert deaths_over(1, 10, 4) == DeathsOver(1, 40, 0)
    assert DeathsBetween(1, 9, 3, 12).months == (3, 6)


def test_the_priors_are_what_is_known_where_nothing_was_seen():
    """Nobody of one person died by a day: the prior's own median survival."""
    curve = survival_curve([(DeathsBetween(0, 1, 0, 0.03),)])
    draws = np.random.default_rng(1)
    early, later = (
        np.exp(draws.normal(np.log(median), 1.5, 400_000)) for median in (0.01, 0.003)
    )
    alive = np.exp(-(6 * early + 18 * later))
    middle, ends = curve.alive(24)
    assert (middle, *ends) == pytest.approx(
        tuple(np.quantile(alive, [0.5, 0.025, 0.975])), abs=0.01
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: survival_curve([]), "each say something"),
        (lambda: survival_curve([()]), "each say something"),
        (lambda: deaths_by([6, 12], [9, 10], 10), "10 alive at 12 months after 9"),
        (lambda: stretches([AliveAt(6, 0.8, 9), AliveAt(9, 0.9, 9)]), "survival rises"),
        (lambda: DeathsBetween(11, 10, 0, 6), "between 0 and n"),
        (lambda: DeathsBetween(1, 10, 6, 6), "no stretch"),
        (lambda: DeathsOver(1, 0, 0), "no person-time"),
        (lambda: DeathsOver(-1, 9, 0), "not negative"),
    ],
)
def test_what_cannot_be_is_refused(make, said):
    """With what is wrong."""
    with pytest.raises(ValueError, match=said):
        make()


def test_survival_never_rises_between_times_close_together():
    """A hundredth of a month apart, across the end of the early hazard."""
    curve = survival_curve(
        [(DeathsOver(19, 540, 1838.5),), (DeathsBetween(18, 90, 0, 6.01),)]
    )
    rows = [
        (curve.alive(months)[0], *curve.alive(months)[1], *curve.new_centre(months))
        for months in np.arange(5.9, 6.2, 0.01)
    ]
    for before, after in pairwise(rows):
        assert all(x >= y for x, y in zip(before, after, strict=True))


def test_a_study_that_outweighs_the_others_can_be_left_out():
    """A hundred thousand people beside two small series: their own curve is left."""
    small = [deaths_by([12], [9], 12), deaths_by([24], [20], 24)]
    _, without = survival_curves([*small, deaths_by([60], [90_000], 100_000)])
    expected = survival_curve(small)
    assert without[2].alive(24)[0] == pytest.approx(expected.alive(24)[0], abs=1e-3)
    assert without[2].alive(24)[1] == pytest.approx(expected.alive(24)[1], abs=1e-3)
