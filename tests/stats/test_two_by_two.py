"""Two-by-two tables by their printed formulas and by SciPy's distributions."""

from math import inf, log, nan

import numpy as np
import pytest
from scipy.stats import binom, hypergeom, nchypergeom_fisher

from lupus_evidence.stats.two_by_two import (
    Tables,
    at_least,
    effects,
    event_distributions,
    mantel_haenszel,
    peto,
)


def tables(*rows):
    """Return trials given as rows: events and people of a, events and people of b."""
    return Tables(*np.array(rows, dtype=float).T)


TWO = tables((12, 40, 5, 30), (7, 25, 9, 50))


def test_what_a_set_of_tables_is():
    """How many, both arms together, some of them, sorted, and arms exchanged."""
    found = tables((5, 9, 2, 8), (0, 4, 1, 3), (5, 9, 1, 8))
    assert found.k == 3
    assert found.events.tolist() == [7, 1, 6]
    assert found.n.tolist() == [17, 7, 17]
    some = found.only(np.array([True, False, True]))
    assert (some.events_a.tolist(), some.n_a.tolist()) == ([5, 5], [9, 9])
    assert (some.events_b.tolist(), some.n_b.tolist()) == ([2, 1], [8, 8])
    other = found.swapped
    assert (other.events_a.tolist(), other.n_a.tolist()) == ([2, 1, 1], [8, 3, 8])
    assert (other.events_b.tolist(), other.n_b.tolist()) == ([5, 0, 5], [9, 4, 9])
    turned = found.only(np.array([True] * 3)).in_one_order
    mixed = tables((5, 9, 1, 8), (5, 9, 2, 8), (0, 4, 1, 3)).in_one_order
    for name in ("events_a", "n_a", "events_b", "n_b"):
        assert getattr(turned, name).tolist() == getattr(mixed, name).tolist()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((0, 9, 0, 8), False),
        ((9, 9, 8, 8), False),
        ((0, 9, 1, 8), True),
        ((9, 9, 7, 8), True),
        ((9, 9, 0, 8), True),
    ],
)
def test_a_table_without_or_with_only_events_says_nothing(row, says):
    """Of the odds ratio; one person is enough."""
    assert bool(tables(row).informative[0]) is says


@pytest.mark.parametrize(
    ("row", "least"),
    [
        ((0, 9, 3, 8), True),
        ((1, 9, 3, 8), False),
        ((1, 9, 8, 8), True),
        ((2, 9, 8, 8), True),
        ((2, 9, 7, 8), False),
        ((3, 3, 1, 8), False),
    ],
)
def test_when_the_treatment_arm_has_as_few_events_as_it_can(row, least):
    """None, or all that the control arm has no people left for."""
    assert bool(at_least(tables(row))[0]) is least


def test_effects_of_one_study_by_their_formulas():
    """12 of 40 against 5 of 30: a = 12, b = 28, c = 5, d = 25."""
    one = tables((12, 40, 5, 30))
    p, q = 12 / 40, 5 / 30
    expected = {
        "or": (log(12 * 25 / (28 * 5)), 1 / 12 + 1 / 28 + 1 / 5 + 1 / 25),
        "rr": (log(p / q), 1 / 12 - 1 / 40 + 1 / 5 - 1 / 30),
        "rd": (p - q, p * (1 - p) / 40 + q * (1 - q) / 30),
    }
    for measure, pair in expected.items():
        found = effects(one, measure)
        assert (found[0][0], found[1][0]) == pytest.approx(pair)


@pytest.mark.parametrize(
    "row", [(0, 10, 4, 12), (10, 10, 4, 12), (3, 10, 0, 12), (3, 10, 12, 12)]
)
def test_half_a_person_is_added_to_all_four_cells_if_one_is_empty(row):
    """And to no cell of the study beside it."""
    x, n, y, m = row
    a, b, c, d = x + 0.5, n - x + 0.5, y + 0.5, m - y + 0.5
    found = effects(tables(row, (12, 40, 5, 30)), "or")
    assert found[0][0] == pytest.approx(log(a * d / (b * c)))
    assert found[1][0] == pytest.approx(1 / a + 1 / b + 1 / c + 1 / d)
    assert found[0][1] == pytest.approx(log(12 * 25 / (28 * 5)))
    ratio = effects(tables(row), "rr")
    assert ratio[0][0] == pytest.approx(log(a / (n + 1) / (c / (m + 1))))
    assert ratio[1][0] == pytest.approx(1 / a - 1 / (n + 1) + 1 / c - 1 / (m + 1))
    difference = effects(tables(row), "rd")
    p, q = a / (n + 1), c / (m + 1)
    assert difference[0][0] == pytest.approx(p - q)
    assert difference[1][0] == pytest.approx(
        p * (1 - p) / (n + 1) + q * (1 - q) / (m + 1)
    )


def test_mantel_haenszel_by_hand():
    """Robins, Breslow and Greenland's, Greenland and Robins's, Sato's variances."""
    rows = [(12, 28, 5, 25), (7, 18, 9, 41)]
    n = [sum(row) for row in rows]
    r = [a * d / m for (a, _, _, d), m in zip(rows, n, strict=True)]
    s = [b * c / m for (_, b, c, _), m in zip(rows, n, strict=True)]
    p = [(a + d) / m for (a, _, _, d), m in zip(rows, n, strict=True)]
    found = mantel_haenszel(TWO, "or")
    variance = sum(x * y for x, y in zip(p, r, strict=True)) / (2 * sum(r) ** 2)
    variance += sum((1 - x) * y for x, y in zip(p, s, strict=True)) / (2 * sum(s) ** 2)
    variance += sum(x * z + (1 - x) * y for x, y, z in zip(p, r, s, strict=True)) / (
        2 * sum(r) * sum(s)
    )
    assert found.estimate == pytest.approx(log(sum(r) / sum(s)))
    assert found.se == pytest.approx(variance**0.5)
    assert found.weights == pytest.approx([x / sum(s) for x in s])
    over = 12 * 30 / 70 + 7 * 50 / 75, 5 * 40 / 70 + 9 * 25 / 75
    spread = 40 * 30 * 17 / 70**2 - 12 * 5 / 70 + 25 * 50 * 16 / 75**2 - 7 * 9 / 75
    found = mantel_haenszel(TWO, "rr")
    assert found.estimate == pytest.approx(log(over[0] / over[1]))
    assert found.se == pytest.approx((spread / (over[0] * over[1])) ** 0.5)
    assert found.weights == pytest.approx([200 / 70 / over[1], 3 / over[1]])


def test_the_risk_difference_by_hand():
    """Weights n_a n_b / n; Sato, Greenland and Robins's variance."""
    weight = np.array([40 * 30 / 70, 25 * 50 / 75])
    difference = np.array([12 / 40 - 5 / 30, 7 / 25 - 9 / 50])
    pooled = (weight @ difference) / weight.sum()
    p = [
        (40**2 * 5 - 30**2 * 12 + 40 * 30 * (30 - 40) / 2) / 70**2,
        (25**2 * 9 - 50**2 * 7 + 25 * 50 * (50 - 25) / 2) / 75**2,
    ]
    q = [(12 * 25 + 5 * 28) / 140, (7 * 41 + 9 * 18) / 150]
    found = mantel_haenszel(TWO, "rd")
    assert found.estimate == pytest.approx(pooled)
    assert found.se == pytest.approx(
        ((pooled * sum(p) + sum(q)) / weight.sum() ** 2) ** 0.5
    )
    assert found.weights == pytest.approx(weight / weight.sum())


@pytest.mark.parametrize("measure", ["or", "rr"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(3, 9, 0, 8), (1, 5, 0, 5)], inf),
        ([(0, 9, 3, 8), (0, 5, 1, 5)], -inf),
        ([(0, 9, 0, 8), (0, 5, 0, 5)], nan),
    ],
)
def test_a_ratio_of_events_in_one_arm_alone_is_infinite(measure, rows, expected):
    """Of no events it is no number; neither has a standard error."""
    found = mantel_haenszel(tables(*rows), measure)
    assert found.estimate == pytest.approx(expected, nan_ok=True)
    assert found.se == inf
    if expected == -inf and measure == "rr":
        weights = np.array([3 * 9 / 17, 1 * 5 / 10])
        assert found.weights == pytest.approx(weights / weights.sum())
    elif expected != -inf:
        assert np.isnan(found.weights).all()


def test_peto_by_the_hypergeometric_distribution():
    """Observed less expected events over the variance, both SciPy's."""
    found = peto(TWO)
    there = [hypergeom(70, 17, 40), hypergeom(75, 16, 25)]
    variance = np.array([one.var() for one in there])
    excess = 12 - there[0].mean() + 7 - there[1].mean()
    assert found.estimate == pytest.approx(excess / variance.sum())
    assert found.se == pytest.approx(variance.sum() ** -0.5)
    assert found.weights == pytest.approx(variance / variance.sum())


def test_peto_of_what_says_nothing():
    """No events at all have no estimate; one person in all has no variance."""
    found = peto(tables((0, 9, 0, 8)))
    assert np.isnan(found.estimate)
    assert found.se == inf
    assert np.isnan(found.weights).all()
    beside = peto(tables((12, 40, 5, 30), (0.5, 0.5, 0, 0.5)))
    # half an event where a quarter was expected
    there = hypergeom(70, 17, 40)
    assert beside.estimate == pytest.approx((12.25 - there.mean()) / there.var())
    assert beside.weights.tolist() == [1, 0]


@pytest.mark.parametrize(
    "row",
    [
        (3, 10, 4, 12),
        (0, 10, 4, 12),
        (10, 10, 9, 12),
        (1, 3, 40, 45),
        (300, 500, 20, 40),
    ],
)
def test_the_conditional_likelihood_is_the_noncentral_hypergeometric(row):
    """Log probability, and both derivatives by mean and variance, as SciPy has them."""
    a, n_a, c, n_b = row
    theta = np.array([-1.0, 0.0, 0.7, 2.0])
    found = event_distributions(tables(row)).cumulants(theta[None])
    # SciPy's variance of a large table is good to three digits
    for i, at in enumerate(theta):
        there = nchypergeom_fisher(n_a + n_b, a + c, n_a, np.exp(at))
        support = np.arange(max(0, a + c - n_b), min(n_a, a + c) + 1)
        chance = there.pmf(support)
        mean = chance @ support
        assert found[0][0, i] == pytest.approx(there.logpmf(a), abs=1e-8)
        assert found[1][0, i] == pytest.approx(a - mean, abs=1e-6)
        variance = chance @ (support - mean) ** 2
        assert found[2][0, i] == pytest.approx(-variance, rel=1e-6, abs=1e-8)


def test_tables_of_different_length_stand_side_by_side():
    """Each has its own possible events; what a shorter one lacks has no chance."""
    found = event_distributions(tables((3, 10, 4, 12), (1, 2, 1, 2)))
    assert found.excess[1, :3].tolist() == [-1, 0, 1]
    assert np.isneginf(found.log_ways[1, 3:]).all()
    alone = event_distributions(tables((1, 2, 1, 2)))
    theta = np.array([[0.3], [0.3]])
    for both, one in zip(
        found.cumulants(theta), alone.cumulants(theta[:1]), strict=True
    ):
        assert both[1] == pytest.approx(one[0])


def test_of_many_possible_events_each_half_a_deviation_is_summed():
    """Normal or skewed: the same likelihood as every one of them."""
    for row in ((4000, 9000, 3500, 9000), (40, 90_000, 70, 90_000), (5, 800, 500, 900)):
        a, n_a, c, n_b = row
        found = event_distributions(tables(row))
        possible = min(n_a, a + c) - max(0, a + c - n_b)
        assert found.excess.shape[1] <= possible + 1
        theta = np.array([log(a * (n_b - c) / (c * (n_a - a)))]) + 0.1
        values = np.arange(max(0, a + c - n_b), min(n_a, a + c) + 1)
        terms = binom.logpmf(values, n_a, 0.5) + binom.logpmf(a + c - values, n_b, 0.5)
        terms += theta[0] * values
        share = np.exp(terms - terms.max())
        share /= share.sum()
        value, slope, bend = (part[0, 0] for part in found.cumulants(theta[None]))
        assert value == pytest.approx(log(share[values == a][0]), abs=1e-7)
        mean = share @ values
        assert slope == pytest.approx(a - mean, abs=1e-5)
        assert bend == pytest.approx(-(share @ (values - mean) ** 2), rel=1e-6)


def test_the_sum_is_thinned_out_only_beyond_400_possible_events():
    """And no farther than any odds ratio in question moves the events."""
    few = event_distributions(tables((200, 400, 200, 400)))
    assert np.diff(few.excess[0]).tolist() == [1] * 400
    assert few.excess[0, [0, -1]].tolist() == [-200, 200]
    more = event_distributions(tables((200, 401, 201, 401)))
    assert set(np.diff(more.excess[0])) == {3}  # half of 7.1
    # a million people: sd 353, and e^4 moves them by less than four variances
    large = event_distributions(tables((5e5, 1e6, 5e5, 1e6))).excess[0]
    sd = (4 / 5e5) ** -0.5
    assert np.diff(large) == pytest.approx(np.floor(sd / 2))
    assert large[0] == pytest.approx(-min(4 * sd**2 + 16 * sd + 80, 5e5), abs=sd)
    assert -large[0] == large[-1]
    skewed = event_distributions(tables((100, 1e6, 1e5, 1e6))).excess[0]
    sd = (1 / 100.5 + 1 / 1e6 + 1 / 1e5 + 1 / 9e5) ** -0.5
    assert skewed[0] == pytest.approx(-100, abs=sd)
    assert skewed[-1] == pytest.approx(4 * sd**2 + 16 * sd + 80, abs=sd)


@pytest.mark.parametrize("row", [(3.5, 10, 4, 12), (3, 10.5, 4, 12), (3, 10, 4, 12.5)])
def test_parts_of_people_have_no_exact_distribution(row):
    """Refused, whichever count it is."""
    with pytest.raises(ValueError, match="whole people"):
        event_distributions(tables(row))
