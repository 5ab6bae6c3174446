"""The number behind a result, and what is missing where there is none."""

from math import sqrt

import pytest
from evidence.made import count, estimate, study
from scipy.stats import beta

from lupus_evidence.evidence.result_numbers import (
    Figure,
    figure_of,
    rate_interval,
    study_figure,
)
from lupus_evidence.records.field_types import Reported

PLACE = {"endpoint": "any-remission", "at": 12, "among": "treated", "where": "Abstract"}
OS = "overall-survival"


def figure(people=None, **printed):
    """What stands behind a result that prints this."""
    return figure_of(study("doe-2020", {**PLACE, **printed}).study.results[0], people)


def wilson(events, n, z=1.959964):
    """Wilson's interval (1927), from its formula."""
    rate, extra = events / n, z * z / n
    middle = (rate + extra / 2) / (1 + extra)
    half = z / (1 + extra) * sqrt(rate * (1 - rate) / n + extra / (4 * n))
    return middle - half, middle + half


@pytest.mark.parametrize(
    ("printed", "code", "people"),
    [
        ({}, "nothing-counted", None),
        ({"n": 20}, "no-events", 20),
        ({"events": 3}, "no-denominator", None),
        ({"percent": "35"}, "no-error", None),  # an estimate could have one
        ({"events": 21, "n": 20}, "more-events-than-people", 20),
        ({"events": 21, "n": 20, "kind": "unstated"}, "more-events-than-people", 20),
        # 3 people of a curve are read off it: nobody counted them
        ({"events": 3, "n": 20, "kind": "kaplan-meier"}, "curve-as-count", 20),
        ({"percent": "33", "n": 20, "kind": "count"}, "impossible-count", 20),
        ({"percent": "50", "n": 300, "kind": "count"}, "ambiguous-count", 300),
    ],
)
def test_the_missing_piece_is_named(printed, code, people):
    """Whoever looks for the figure again knows what to look for."""
    found = figure(**printed)
    assert found.number is None
    assert (found.missing.code, found.missing.people) == (code, people)


def test_what_was_printed_is_told_of_a_percentage_that_is_no_count():
    """33 % of 20 people is nobody's count; 50 % of 300 may be 149 to 151 or more."""
    none, several = (
        figure(percent=percent, n=n).missing for percent, n in (("33", 20), ("50", 300))
    )
    assert (none.percent, none.counts) == (Reported("33"), 0)
    assert several.percent == Reported("50")
    assert several.counts >= 3


@pytest.mark.parametrize(
    ("printed", "events", "n"),
    [
        ({"events": 7, "n": 20}, 7, 20),
        ({"events": 7, "n": 20, "kind": "unstated"}, 7, 20),
        ({"events": 20, "n": 20}, 20, 20),
        ({"percent": "35", "n": 20}, 7, 20),  # 7 of 20 alone prints as 35 %
    ],
)
def test_a_count_is_printed_or_the_only_one_that_prints_so(printed, events, n):
    """A percentage with its denominator stands for the one count that it can be."""
    found = figure(**printed)
    assert (found.number.events, found.number.n) == (events, n)
    assert (found.events, found.rate) == (events, events / n)


def test_two_counts_that_print_alike_are_no_count():
    """0.7 % of 150 is one person; 1 % of 150 would be one or two."""
    assert figure(percent="0.7", n=150).number.events == 1
    assert figure(percent="1", n=150).missing.counts == 2


def test_an_implied_count_says_what_it_was_worked_out_from():
    """35 % of 20 people."""
    number = figure(percent="35", n=20).number
    (step,) = number.steps
    assert number.form == "derived"
    assert (step.code, step.numbers, step.percent) == ("implied", (20,), Reported("35"))


@pytest.mark.parametrize(
    ("error", "code", "size"),
    [
        ({"se": "10"}, "se", 0.3 * 0.7 / 0.1**2),
        # half of the width is 1.645 standard errors at 90 %
        ({"ci": ["13.55", "46.45"], "level": "90"}, "interval", 21),
        ({"ci": ["10.4", "49.6"]}, "interval", 21),
    ],
)
def test_an_estimate_is_worth_the_people_that_its_error_says(error, code, size):
    """30 % with a standard error of 10 points: 0.3 x 0.7 / 0.1 x 0.1 people."""
    found = figure(percent="30", kind="cumulative-incidence", **error)
    number = found.number
    assert (number.form, number.assumed) == ("effective", False)
    assert number.n == pytest.approx(size, rel=1e-3)
    assert number.events == pytest.approx(0.3 * size, rel=1e-3)
    (step,) = number.steps
    assert (step.code, step.percent) == ("estimate", Reported("30"))
    assert step.error.code == code
    # nobody was counted, and the rate is the printed one
    assert (found.events, found.rate) == (None, 0.3)


@pytest.mark.parametrize(
    ("n", "people", "size"), [(None, None, 21), (None, 15, 15), (18, 15, 18)]
)
def test_an_estimate_is_worth_no_more_people_than_it_is_about(n, people, size):
    """Those the result names; where it names none, those treated."""
    more = {} if n is None else {"n": n}
    found = figure(people, percent="30", se="10", kind="kaplan-meier", **more)
    assert found.number.n == pytest.approx(size)


@pytest.mark.parametrize(
    "error", [{"se": "5"}, {"ci": ["40", "60"]}, {"se": "5", "ci": ["40", "60"]}]
)
def test_a_percentage_that_is_no_one_count_has_its_printed_error_instead(error):
    """50 % of 300 is one of several counts; an error beside it is enough."""
    found = figure(percent="50", n=300, kind="count", **error)
    assert found.number.form == "effective"
    assert found.number.n < 300


def test_a_rate_is_told_where_nothing_can_be_pooled():
    """The printed 35 %, and the 3 people of nobody knows how many."""
    assert (figure(percent="35").events, figure(percent="35").rate) == (None, 0.35)
    assert (figure(events=3).events, figure(events=3).rate) == (3, None)


def curve(percent="80", at=36, n=20, follow_up=None, arms=None, **more):
    """A study with one survival estimate, without an error unless it is given."""
    result = estimate(more.pop("endpoint", OS), percent, at=at, **more)
    given = {"arms": arms} if arms else {}
    return study("doe-2020", result, n=n, follow_up=follow_up or {}, **given)


#: Of 20 people who enter evenly (48 - 36) / (48 - 24), a half, are watched to 36.
RANGE = {"low": "24", "high": "48"}


def worth(file, assume="middle"):
    """How many people a study's first result is worth, if any."""
    number = study_figure(file.study, file.study.results[0], assume).number
    return None if number is None else number.n


@pytest.mark.parametrize(
    ("assume", "size"),
    [("fewest", 10), ("everyone", 20), ("middle", sqrt(200)), ("none", None)],
)
def test_what_a_curve_without_an_error_is_taken_for(assume, size):
    """Half of 20 people would have been watched for so long; the middle is geometric.

    The number says what was assumed and between which bounds.
    """
    file = curve(follow_up=RANGE)
    found = study_figure(file.study, file.study.results[0], assume)
    if size is None:
        assert (found.number, found.missing.code) == (None, "no-error")
        return
    number = found.number
    assert (number.n, number.events) == pytest.approx((size, 0.8 * size))
    assert (number.form, number.assumed) == ("effective", True)
    (step,) = number.steps
    assert (step.code, step.percent) == ("estimate", Reported("80"))
    assert (step.error.code, step.error.people) == ("assumed", (10, 20))


def test_the_middle_is_assumed_unless_asked_otherwise():
    """Neither the fewest nor everyone."""
    file = curve(follow_up=RANGE)
    found = study_figure(file.study, file.study.results[0])
    assert found.number.n == pytest.approx(sqrt(200))


@pytest.mark.parametrize(
    ("follow_up", "fewest"),
    [
        ({"low": "24", "high": "48"}, 10),
        ({"low": "24", "high": "48", "median": "40"}, 10),
        # half of everyone's time lies between 0 and twice the median of 24
        ({"median": "24"}, 20 * 12 / 48),
        ({"high": "60"}, 20 * 24 / 60),
        ({"longest": 60}, 20 * 24 / 60),
        # everyone was to be followed for four years, and so was
        ({"fixed": 48}, 20),
        # the longest of the range is a person's; what the text mentions may be another
        ({"low": "24", "high": "48", "longest": 60}, 10),
        ({"fixed": 36, "longest": 60}, 20),
        ({"low": "24"}, None),
        ({"n": 20}, None),
    ],
)
def test_the_fewest_follow_from_how_long_people_were_followed(follow_up, fewest):
    """The range first, then the median, then the longest; nothing without any."""
    expected = None if fewest is None else pytest.approx(fewest)
    assert worth(curve(follow_up=follow_up), "fewest") == expected


@pytest.mark.parametrize(
    "change",
    [
        {"percent": "100"},
        {"percent": "0"},
        {"at": None},
        {"at": 0},
        {"kind": "cumulative-incidence"},
        {"endpoint": "any-remission"},
    ],
)
def test_only_a_survival_curve_at_a_time_is_given_an_error(change):
    """All or nobody alive, no time, no curve, no survival: nothing is assumed."""
    assert worth(curve(follow_up=RANGE, **change)) is None
    assert worth(curve(follow_up=RANGE)) is not None


def test_a_percentage_alive_may_have_been_read_off_a_curve():
    """Where a paper does not say how it came to 80 %."""
    assert worth(curve(follow_up=RANGE, kind="unstated"), "fewest") == 10


TWO = {"high": {"therapy": "msc", "n": 20}, "low": {"therapy": "msc", "n": 30}}


@pytest.mark.parametrize(
    ("arm", "n", "people"), [("high", None, 20), (None, None, 50), ("high", 18, 18)]
)
def test_the_people_of_an_estimate_are_its_arms_unless_it_names_them(arm, n, people):
    """20 treated in the arm, 50 in both, or the 18 that the result names."""
    named = {} if n is None else {"n": n}
    result = estimate(OS, "80", at=36, arm=arm, **named)
    file = study("doe-2020", result, n=50, arms=TWO, follow_up=RANGE)
    assert worth(file, "everyone") == people
    error = estimate(OS, "80", at=36, arm=arm, se="1", **named)
    known = study("doe-2020", error, n=50, arms=TWO)
    assert worth(known) == people


def test_an_error_that_was_printed_is_never_replaced():
    """A standard error of 10 points is 16 people, whatever the follow-up."""
    file = curve(follow_up=RANGE, se="10")
    found = study_figure(file.study, file.study.results[0], "fewest").number
    assert found.n == pytest.approx(16)
    assert not found.assumed


@pytest.mark.parametrize(
    ("method", "level", "ends"),
    [
        ("wilson", 0.95, wilson(7, 20)),
        ("wilson", 0.90, wilson(7, 20, 1.644854)),
        ("exact", 0.95, (beta.ppf(0.025, 7, 14), beta.ppf(0.975, 8, 13))),
        ("jeffreys", 0.95, tuple(beta.ppf((0.025, 0.975), 7.5, 13.5))),
    ],
)
def test_a_count_has_a_binomial_interval(method, level, ends):
    """7 of 20 by each method, at the level asked for."""
    found = rate_interval(figure(events=7, n=20), method, level)
    assert (found.low, found.high) == pytest.approx(ends, rel=1e-4)
    assert found.method == method
    usual = rate_interval(figure(events=7, n=20))
    assert (usual.low, usual.high) == pytest.approx(wilson(7, 20), rel=1e-4)


@pytest.mark.parametrize(
    ("percent", "ci", "ends"),
    [
        ("30", ["12", "48.5"], (0.12, 0.485)),
        ("90", ["79.5", "100.5"], (0.795, 1)),
        ("10", ["-0.5", "20.5"], (0, 0.205)),
        ("86", ["86", "86"], (0.86, 0.86)),  # of no use for a pooled figure
    ],
)
def test_an_estimate_keeps_its_printed_interval(percent, ci, ends):
    """Ends that a formula carried over the edge are 0 and 100 %."""
    found = rate_interval(figure(percent=percent, ci=ci, kind="kaplan-meier"))
    assert (found.low, found.high) == pytest.approx(ends)
    assert found.method == "as printed"


def test_a_count_has_its_own_interval_whatever_is_printed_beside_it():
    """7 of 20, printed with an interval."""
    found = rate_interval(figure(events=7, n=20, percent="35", ci=["10", "60"]))
    assert (found.low, found.high) == pytest.approx(wilson(7, 20), rel=1e-4)


def test_effective_people_have_the_interval_of_their_count():
    """21 people for a standard error of 10 points; an assumed error says so."""
    found = rate_interval(figure(percent="30", se="10", kind="kaplan-meier"))
    assert (found.low, found.high) == pytest.approx(wilson(6.3, 21), rel=1e-4)
    file = curve(follow_up=RANGE)
    assumed = rate_interval(study_figure(file.study, file.study.results[0], "fewest"))
    assert (assumed.low, assumed.high) == pytest.approx(wilson(8, 10), rel=1e-4)
    methods = {"wilson", found.method, assumed.method}
    assert len(methods) == 3
    assert all(method.startswith("wilson") for method in methods)
    assert "assumed" in assumed.method


def test_nothing_counted_has_no_interval():
    """No figure, no ends; an interval without an estimate is none of it."""
    bare = study("doe-2020", count("any-remission", None, 20)).study.results[0]
    found = rate_interval(Figure(bare, None))
    assert (found.low, found.high, found.method) == (None, None, "")
    alone = rate_interval(figure(n=20, ci=["10", "60"]))
    assert (alone.low, alone.high) == (None, None)
