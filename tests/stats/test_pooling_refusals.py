"""What cannot be computed is refused with the values that were given."""

import re
from math import inf, nan

import pytest

from lupus_evidence.records.field_types import Reported, possible_counts
from lupus_evidence.stats.direct_effects import exact_odds_ratio, fisher_p
from lupus_evidence.stats.one_sided_bounds import exact_bound
from lupus_evidence.stats.pooling import pool
from lupus_evidence.stats.proportions import (
    check_count,
    check_counts,
    check_level,
    interval,
)

TWO = ([3, 6], [11, 17])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: check_count(nan, 3), "events and n must be finite, not nan of 3"),
        (lambda: check_count(1, inf), "events and n must be finite, not 1 of inf"),
        (lambda: check_count(0, 0), "n must be above 0, not 0"),
        (lambda: check_count(4, 3), "events must lie between 0 and n, not 4 of 3"),
        (lambda: check_count(-1, 3), "events must lie between 0 and n, not -1 of 3"),
        (lambda: check_counts([1, 2], [3]), "2 events for 1 denominators"),
        (lambda: check_level(0), "level must lie between 0 and 1, not 0"),
        (lambda: check_level(1), "level must lie between 0 and 1, not 1"),
        (lambda: pool(*TWO, method="peto"), "there is no method 'peto'; use one of"),
        (
            lambda: pool(*TWO, method="glmm", test="knha"),
            "glmm has no interval 'knha'; use ('t', 'z', 'profile')",
        ),
        (
            lambda: pool(*TWO, tau_prior=0),
            "the prior scale of tau must be above 0, not 0",
        ),
        (
            lambda: pool(*TWO, tau_prior=inf),
            "the prior scale of tau must be above 0, not inf",
        ),
        (lambda: pool(*TWO, level=1), "level must lie between 0 and 1, not 1"),
        (
            lambda: interval(1, 3, method="wald"),
            "there is no interval 'wald'; use one of ('wilson', 'exact', 'jeffreys')",
        ),
        (lambda: interval(1, 3, level=1), "level must lie between 0 and 1, not 1"),
        (lambda: interval(4, 3), "events must lie between 0 and n, not 4 of 3"),
        (lambda: exact_bound(1, 3), "a one-sided bound needs 0 or 3 events, not 1"),
        (lambda: exact_bound(0, 0), "n must be above 0, not 0"),
        (lambda: exact_bound(0, 3, level=0), "level must lie between 0 and 1, not 0"),
        (
            lambda: fisher_p(1.5, 3, 1, 3),
            "exact methods need whole people, not 1.5 of 3",
        ),
        (
            lambda: exact_odds_ratio(1, 3, 1, 3.5),
            "exact methods need whole people, not 1 of 3.5",
        ),
        (
            lambda: exact_odds_ratio(1, 3, 1, 3, level=2),
            "level must lie between 0 and 1, not 2",
        ),
        (lambda: fisher_p(4, 3, 1, 3), "events must lie between 0 and n, not 4 of 3"),
        (
            lambda: possible_counts(Reported("50"), 0),
            "a denominator is at least 1, not 0",
        ),
    ],
)
def test_a_refusal_names_what_was_given(call, message):
    """Whoever calls reads which value was wrong."""
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


@pytest.mark.parametrize(("events", "n"), [(0, 1), (1, 1), (0.5, 0.5)])
def test_nobody_and_everybody_are_counts(events, n):
    """The ends are allowed, and effective people may be fewer than one."""
    check_count(events, n)
    assert check_counts([events], [n]) == ((float(events),), (float(n),))
