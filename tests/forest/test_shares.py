"""Shares of the information."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.compare.cells import NoStudy, Pooled
from lupus_evidence.forest import information_shares
from lupus_evidence.stats.estimates import PooledEstimate


def pooled(rate, tau):
    """A pooled figure with a given rate and spread."""
    return Pooled(
        PooledEstimate("bayes", "posterior", 0.95, "ordinary", 2, 30, 15)
        if rate is None
        else PooledEstimate(
            "bayes", "posterior", 0.95, "ordinary", 2, 30, 15, tau=tau, estimate=rate
        )
    )


def test_shares_follow_the_marginal_variance():
    """At a rate of 50 % and tau 1, 4 and 12 people weigh 1/2 and 3/4 before scaling."""
    # 1 / (1 + 1 / (4 / 4)) = 1/2 and 1 / (1 + 1 / (12 / 4)) = 3/4
    assert information_shares((4, 12), pooled(0.5, 1.0)) == pytest.approx((0.4, 0.6))


def test_shares_are_those_of_people_without_spread():
    """Where studies do not differ, information grows with the number of people."""
    assert information_shares((10, 30), pooled(0.3, 0.0)) == pytest.approx((0.25, 0.75))


def test_shares_are_those_of_people_without_an_estimate():
    """A one-sided bound has no rate to weigh with, so people decide."""
    assert information_shares((10, 30), pooled(None, None)) == pytest.approx(
        (0.25, 0.75)
    )


def test_no_study_has_no_share():
    """Nothing is divided by nothing."""
    assert information_shares((), NoStudy(0)) == ()


@given(
    st.lists(st.floats(1, 1e6), min_size=1, max_size=20),
    st.floats(0.01, 0.99),
    st.floats(0, 3),
)
def test_shares_sum_to_one_and_grow_with_people(sizes, rate, tau):
    """The shares add up to everything, and more people never mean a smaller share."""
    shares = information_shares(tuple(sizes), pooled(rate, tau))
    assert sum(shares) == pytest.approx(1)
    in_order = [share for _, share in sorted(zip(sizes, shares, strict=True))]
    assert all(b >= a * (1 - 1e-9) for a, b in pairwise(in_order))
