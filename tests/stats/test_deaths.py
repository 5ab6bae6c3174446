"""What studies say of deaths over time, cut where the early hazard ends."""

from math import inf, nan

import pytest

from lupus_evidence.stats.deaths import (
    AliveAt,
    DeathsBetween,
    DeathsOver,
    deaths_by,
    deaths_over,
    stretches,
)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (0, 3, (3, 0)),
        (0, 6, (6, 0)),
        (2, 9, (4, 3)),
        (6, 60, (0, 54)),
        (12, 24, (0, 12)),
    ],
)
def test_a_stretch_is_cut_at_six_months(start, end, months):
    """Months under the early hazard, and those after it."""
    assert DeathsBetween(1, 10, start, end).months == months


@pytest.mark.parametrize(
    ("start", "end"), [(6, 6), (6, 3), (-1, 3), (0, inf), (nan, 3), (0, nan)]
)
def test_a_stretch_begins_at_treatment_or_later_and_ends_after_that(start, end):
    """Else it is refused; zero months is a beginning."""
    assert DeathsBetween(0, 5, 0, 0.1).start == 0
    with pytest.raises(ValueError, match="no stretch of time"):
        DeathsBetween(1, 10, start, end)


@pytest.mark.parametrize(
    ("deaths", "early", "later"),
    [
        *((-1, 9, 9), (inf, 9, 9), (1, -1, 9), (1, inf, 9)),
        *((1, 9, -1), (1, 9, inf), (0, 0, 0), (1, 9, -9)),
    ],
)
def test_deaths_over_person_time_are_finite_and_over_some(deaths, early, later):
    """Person-time may be all early or all later, and nobody need have died."""
    for part in ((0, 0, 1), (0, 1, 0), (2, 0.5, 0)):
        assert (DeathsOver(*part).early, DeathsOver(*part).later) == part[1:]
    with pytest.raises(ValueError, match="deaths"):
        DeathsOver(deaths, early, later)


@pytest.mark.parametrize(
    ("deaths", "n", "mean", "early", "later"),
    [(5, 53, 26, 318, 1060), (1, 10, 4, 40, 0), (2, 7, 6, 42, 0), (0, 3, 7, 18, 3)],
)
def test_a_mean_follow_up_is_person_time_of_everyone(deaths, n, mean, early, later):
    """Six months of it early, what is beyond them later."""
    assert deaths_over(deaths, n, mean) == DeathsOver(deaths, early, later)


def test_counts_at_fixed_times_are_the_stretches_between_them():
    """Of those alive at the one, who died by the other; nobody is left to die."""
    assert deaths_by([6, 12, 24], [8, 0, 0], 10) == (
        DeathsBetween(2, 10, 0, 6),
        DeathsBetween(8, 8, 6, 12),
    )
    assert deaths_by([12], [10], 10) == (DeathsBetween(0, 10, 0, 12),)
    assert deaths_by([6, 12], [9, 9], 10)[1] == DeathsBetween(0, 9, 6, 12)
    assert deaths_by([], [], 10) == ()
    with pytest.raises(ValueError, match="11 alive at 6 months after 10"):
        deaths_by([6], [11], 10)
    with pytest.raises(ValueError, match="argument 2 is"):
        deaths_by([6, 12], [9], 10)


def test_the_first_stretch_is_worth_the_people_of_the_first_time():
    """All of them, whatever came after; where nobody lives, nothing is said later."""
    found = stretches([AliveAt(6, 0.75, 20), AliveAt(12, 0, 20), AliveAt(24, 0, 20)])
    assert found == (DeathsBetween(5, 20, 0, 6), DeathsBetween(15, 15, 6, 12))


def test_where_nobody_more_died_everyone_alive_is_counted():
    """No deaths from one time to the next: no variance, so the fewest people."""
    found = stretches([AliveAt(6, 0.8, 30), AliveAt(12, 0.8, 20)])
    assert found[1] == DeathsBetween(0, 16, 6, 12)
    everyone = stretches([AliveAt(6, 1, 30), AliveAt(12, 0.9, 40)])
    assert everyone[0] == DeathsBetween(0, 30, 0, 6)
    # nobody had died before: by Greenwood's formula as many as at the later time
    assert (everyone[1].alive, everyone[1].start) == pytest.approx((30, 6))


def test_a_later_time_is_worth_what_it_adds_by_greenwoods_formula():
    """0.8 of 40 people, then 0.6 of 30: var(q) / q^2 is the second less the first."""
    left = 0.6 / 0.8
    relative = 0.4 / (0.6 * 30) - 0.2 / (0.8 * 40)
    worth = (1 - left) / (left * relative)
    _, found = stretches([AliveAt(6, 0.8, 40), AliveAt(12, 0.6, 30)])
    assert (found.alive, found.deaths) == pytest.approx((worth, worth * (1 - left)))
    assert worth < 24


def test_survival_that_stays_level_is_no_rise():
    """Only a higher proportion later is refused."""
    assert len(stretches([AliveAt(6, 0.8, 9), AliveAt(9, 0.8, 9)])) == 2
    with pytest.raises(ValueError, match="rises"):
        stretches([AliveAt(6, 1.01, 9)])
