"""What an article's words allow: a figure, a range, a bound."""

import pytest
from audit.made import REMISSION, cited, codes, rate, wilson

from lupus_evidence.audit.claimed_rates import said_of
from lupus_evidence.records.claims import ClaimedRate


def said(**given):
    """Return what a claim of survival says."""
    return said_of(
        ClaimedRate.model_validate({"endpoint": "overall-survival", **given})
    )


@pytest.mark.parametrize(
    ("given", "is_of", "is_not"),
    [
        ({"percent": "70"}, [0.695, 0.70, 0.704], [0.69, 0.71]),
        ({"percent": "70.0"}, [0.70], [0.698, 0.702]),
        ({"percent": "50", "bound": "about"}, [0.475, 0.5, 0.525], [0.46, 0.54]),
        # a quarter of 4 %, not 2.5 points
        ({"percent": "4", "bound": "about"}, [0.03, 0.04, 0.05], [0.029, 0.0551]),
        ({"percent": "90", "bound": "nearly"}, [0.85, 0.899], [0.84, 0.91]),
        ({"percent": "90", "bound": "over"}, [0.91, 0.99], [0.89]),
        ({"percent": "40", "bound": "over"}, [0.41, 0.49], [0.50]),
        ({"percent": "40", "bound": "at-least"}, [0.396, 0.40, 0.49], [0.39, 0.2, 0.5]),
        ({"percent": "10", "bound": "under"}, [0.01, 0.09], [0.11]),
        ({"percent": "50", "to": "70"}, [0.5, 0.6, 0.7], [0.49, 0.71]),
        ({"amount": "half"}, [0.48, 0.5, 0.52], [0.45, 0.55]),
        ({"amount": "a-third"}, [0.33, 0.35], [0.30, 0.36]),
        ({"amount": "two-thirds"}, [0.65, 0.69], [0.64, 0.70]),
        ({"amount": "three-quarters"}, [0.73, 0.77], [0.72, 0.78]),
        ({"amount": "a-quarter"}, [0.23, 0.27], [0.22, 0.28]),
        ({"amount": "none"}, [0.0], [0.01]),
        ({"amount": "all"}, [1.0], [0.99]),
        ({"events": 3, "people": 6}, [0.5], [0.49]),
    ],
)
def test_which_rates_may_be_the_one_that_is_given(given, is_of, is_not):
    """Rounding and words are allowed for; another figure is another figure."""
    words = said(**given)
    assert [rate for rate in is_of if not words.is_of(rate)] == []
    assert [rate for rate in is_not if words.is_of(rate)] == []


@pytest.mark.parametrize(
    ("given", "true", "false"),
    [
        ({"percent": "70", "bound": "over"}, [0.71, 1.0], [0.70, 0.5]),
        ({"percent": "70", "bound": "at-least"}, [0.70, 1.0], [0.69]),
        ({"percent": "1", "bound": "under"}, [0.0, 0.009], [0.01, 0.5]),
        ({"amount": "most"}, [0.51, 1.0], [0.5, 0.2]),
        ({"amount": "nearly-all"}, [0.9, 1.0], [0.89]),
        ({"amount": "some"}, [0.01, 1.0], [0.0]),
        ({"amount": "few"}, [0.0, 0.09], [0.1, 0.4]),
        ({"amount": "many"}, [0.34, 1.0], [0.33, 0.1]),
        # the figure of the best study alone
        ({"percent": "70", "bound": "up-to"}, [0.70], [0.3, 0.8]),
    ],
)
def test_what_a_bound_is_true_of(given, true, false):
    """With "over" its own figure is left out, not with "at least"; "up to" gives it."""
    words = said(**given)
    assert words.kind == "bound"
    assert [rate for rate in true if not words.allows(rate)] == []
    assert [rate for rate in false if words.allows(rate)] == []


@pytest.mark.parametrize(
    ("given", "side"),
    [
        ({"percent": "70"}, 1),
        ({"percent": "20"}, -1),
        ({"percent": "50"}, 0),
        ({"percent": "50", "to": "70"}, 1),  # each end is a claim of its own
        ({"percent": "20", "to": "50"}, -1),
        ({"percent": "20", "to": "70"}, 0),  # takes in all that there is
        ({"percent": "35", "to": "55"}, 0),
        ({"percent": "60", "bound": "over"}, 1),
        ({"percent": "59", "bound": "over"}, 0),
        ({"percent": "30", "bound": "under"}, -1),
        ({"events": 3, "people": 4}, 0),  # 30 to 95 %
        ({"amount": "none"}, -1),
    ],
)
def test_on_which_side_of_30_to_60_percent_it_lies(given, side):
    """Above, below, or reaching into what the studies allow."""
    assert said(**given).side(0.3, 0.6) == side


def test_a_number_of_people_out_of_nobody_knows_says_no_rate():
    """How many they were out of is not made up."""
    assert said(events=3) is None


@pytest.mark.parametrize(
    ("given", "low", "middle", "high"),
    [
        ({"percent": "70"}, 0.695, 0.70, 0.705),
        ({"percent": "70.0"}, 0.6995, 0.70, 0.7005),
        ({"percent": "50", "to": "70"}, 0.50, 0.60, 0.70),
        ({"amount": "half"}, 0.475, 0.50, 0.525),
        ({"amount": "a-quarter"}, 0.225, 0.25, 0.275),
        ({"amount": "few"}, 0.0, 0.05, 0.1),
        ({"percent": "50", "bound": "about"}, 0.475, 0.50, 0.525),
        ({"percent": "4.0", "bound": "about"}, 0.03, 0.04, 0.05),
        # as printed it may be 0.5 to 1.5 %, which is wider than a quarter of it
        ({"percent": "1", "bound": "about"}, 0.005, 0.01, 0.015),
        ({"percent": "90", "bound": "nearly"}, 0.85, 0.90, 0.905),
        ({"percent": "70", "bound": "at-least"}, 0.695, 0.70, 1.0),
        ({"percent": "70", "bound": "over"}, 0.70, 0.70, 1.0),
        ({"percent": "70", "bound": "under"}, 0.0, 0.70, 0.70),
        ({"percent": "70", "bound": "up-to"}, 0.695, 0.70, 0.705),
    ],
)
def test_from_where_to_where_the_words_reach(given, low, middle, high):
    """Rounding and words are in the ends; the middle is the figure itself."""
    words = said(**given)
    assert (words.low, words.middle, words.high) == pytest.approx((low, middle, high))


def test_a_count_reaches_as_far_as_chance():
    """3 of 6 is half, and 19 to 81 % by Wilson's formula."""
    words = said(events=3, people=6)
    assert words.middle == 0.5
    assert (words.low, words.high) == pytest.approx(wilson(3, 6))


@pytest.mark.parametrize(
    ("percent", "code"), [("40", "study-says-otherwise"), ("60", "figure-found")]
)
def test_the_percentage_printed_of_the_dead_is_none_of_the_living(world, percent, code):
    """A study prints 40 % dead: a claim may say that 60 % lived, not that 40 % did."""
    line = 'endpoint: death, among: treated, at: 12, percent: "40", events: 24, n: 60'
    world.study("doe-2015", line)
    verdict = world.verdict(cited(percent, endpoint="overall-survival"))
    assert codes(verdict)[0] == code


@pytest.mark.parametrize("amount", ["half", "many", "all"])
def test_the_word_in_place_of_a_figure_is_kept(amount):
    """The sentence about it repeats the article's own word."""
    assert said(amount=amount).amount == amount


@pytest.mark.parametrize(
    ("kidney", "asked"), [("nephritis: 60", True), ("nephritis: 59", False)]
)
def test_of_the_kidney_a_study_in_which_everybody_had_it_is_asked(world, kidney, asked):
    """60 of 60 with lupus nephritis answer a claim about it, 59 of 60 do not."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    path = world.records / "doe-2015.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lupus: 60}", f"lupus: 60, {kidney}}}"), "utf-8")
    verdict = world.verdict(rate(40, more=", who: kidney"))
    assert (verdict.word.startswith("supported")) is asked
