"""Intervals and standard errors: edges, and estimates that are counts in disguise."""

import math

import pytest

KM = {"endpoint": "overall-survival", "kind": "kaplan-meier", "n": 100}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"percent": "86", "ci": ["71", "95"]}, {}),
        ({"percent": "86", "ci": ["86", "86"]}, {}),
        ({"percent": "86", "ci": ["86.4", "95"]}, {}),
        ({"percent": "86", "ci": ["87", "95"]}, {}),
        ({"percent": "86.0", "ci": ["87", "95"]}, {"E208": 1}),
        ({"percent": "86", "ci": ["71", "85.4"]}, {"E208": 1}),
        ({"percent": "86", "ci": ["95", "71"]}, {"E207": 1}),
        ({"percent": "0", "ci": ["-0.1", "3"]}, {"E209": 1}),
        ({"percent": "86", "ci": ["0", "100"]}, {}),
        ({"percent": "86", "ci": ["-5", "105"]}, {"E209": 1}),
        ({"percent": "86", "se": "4"}, {}),
        ({"percent": "86", "se": "0"}, {"E210": 1}),
        ({"percent": "100", "se": "0"}, {}),
        ({"percent": "86", "se": "50"}, {}),
        ({"percent": "86", "se": "50.1"}, {"E210": 1}),
    ],
)
def test_edges(raised, fields, codes):
    """Rounding is allowed for, and nothing more."""
    assert raised(KM | fields) == codes


def test_interval_of_a_count_holds_the_count(raised):
    """Where no percentage is printed, the count must lie in the interval."""
    count = {"events": 50, "n": 100}
    assert raised(count | {"ci": ["40", "60"]}) == {}
    assert raised(count | {"ci": ["51", "60"]}) == {"E208": 1}


@pytest.mark.parametrize("alive", [3, 9, 14, 16])
def test_binomial_standard_error_gives_a_count_away(raised, alive):
    """With the binomial error, printed to one decimal, a figure is a plain share."""
    share = alive / 17
    figures = {
        "percent": f"{100 * share:.1f}",
        "se": f"{100 * math.sqrt(share * (1 - share) / 17):.1f}",
        "n": 17,
        "at": {"months": 60, "basis": "kaplan-meier"},
    }
    follow_up = {"median": "89", "low": "33", "high": "110"}
    assert raised(KM | figures, follow_up=follow_up) == {"W211": 1}


@pytest.mark.parametrize(
    "follow_up",
    [{"low": "60", "high": "110"}, {"fixed": 60}],
)
def test_nobody_lost_before_that_time_makes_both_methods_agree(raised, follow_up):
    """Without losses Kaplan-Meier is the plain share, and nothing is odd."""
    figures = {"percent": "82.4", "se": "9.2", "n": 17, "at": 60}
    assert raised(KM | figures, follow_up=follow_up) == {}


@pytest.mark.parametrize(
    ("percent", "se"), [("29", "9"), ("82.4", "9"), ("82.4", "9.6"), ("81.4", "9.2")]
)
def test_whole_percentages_and_other_errors_give_nothing_away(raised, percent, se):
    """Coarse figures agree by chance, and a larger error is as it should be."""
    assert "W211" not in raised(KM | {"percent": percent, "se": se, "n": 17})
