"""How many people an estimate is worth: as printed, as assumed, as it is said."""

import math
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.evidence.effective_counts import (
    AssumedPeople,
    ErrorSource,
    assumed_effective_people,
    effective_count,
)
from lupus_evidence.evidence.result_numbers import Missing
from lupus_evidence.pages.reasons import missing
from lupus_evidence.pages.templates import sentence
from lupus_evidence.records.field_types import Reported

Z = 1.959963984540054


def printed(*values):
    """Numbers as printed."""
    return tuple(Reported(value) for value in values)


def test_standard_error_gives_the_binomial_size():
    """81 with a standard error of 8 points is worth p (1 - p) / SE² = 24 people."""
    found = effective_count(Reported("81"), se=Reported("8"))
    assert found.error.code == "se"
    assert found.n == pytest.approx(0.81 * 0.19 / 0.08**2)
    assert found.events / found.n == pytest.approx(0.81)


def test_uncensored_survival_gives_back_its_people():
    """Without censoring Greenwood's error is binomial, so 14 of 17 comes back."""
    error = sqrt(14 / 17 * 3 / 17 / 17)
    found = effective_count(
        Reported(f"{1400 / 17:.6f}"), se=Reported(f"{error * 100:.6f}")
    )
    assert (found.events, found.n) == pytest.approx((14, 17), rel=1e-4)


def test_plain_interval_over_the_edge_is_used_whole():
    """71.1 to 100.9 lies evenly around 86.0, so half its width is 1.96 errors."""
    found = effective_count(Reported("86.0"), ci=printed("71.1", "100.9"))
    error = (1.009 - 0.711) / (2 * Z)
    assert found.n == pytest.approx(0.86 * 0.14 / error**2)


def test_interval_cut_off_at_100_is_read_from_its_other_half():
    """Where the upper end was cut off, only the lower half tells the error."""
    found = effective_count(Reported("90"), ci=printed("70", "100"))
    error = 0.20 / Z
    assert found.n == pytest.approx(0.9 * 0.1 / error**2)
    assert found.error.code == "lower-half"


@pytest.mark.parametrize("scale", ["log(-log)", "log", "logit"])
def test_interval_is_read_on_the_scale_it_was_drawn_on(scale):
    """An interval drawn on a scale gives back the standard error behind it."""
    p, error = 0.8, 0.07
    if scale == "log(-log)":
        step = Z * error / abs(p * log(p))
        ends = [exp(-exp(log(-log(p)) + sign * step)) for sign in (1, -1)]
    elif scale == "log":
        step = Z * error / p
        ends = [exp(log(p) + sign * step / 1) for sign in (-1, 1)]
    else:
        step = Z * error / (p * (1 - p))
        ends = [1 / (1 + exp(-(log(p / (1 - p)) + s * step))) for s in (-1, 1)]
    found = effective_count(
        Reported("80"), ci=printed(*(f"{end * 100:.8f}" for end in ends))
    )
    assert (found.error.code, found.error.scale) == ("interval", scale)
    assert found.n == pytest.approx(p * (1 - p) / error**2, rel=1e-6)


def test_never_more_people_than_there_were():
    """A standard error rounded down cannot make 17 people worth 20."""
    found = effective_count(Reported("82"), se=Reported("8.5"), people=17)
    assert found.n == 17


@pytest.mark.parametrize(
    ("percent", "options", "reason"),
    [
        ("86", {}, "no-error"),
        ("100", {"se": Reported("3")}, "zero-or-all"),
        ("0", {"ci": printed("0", "12")}, "zero-or-all"),
        ("86", {"se": Reported("0")}, "zero-error"),
        ("86", {"ci": printed("87", "95")}, "outside-its-interval"),
        ("86", {"ci": printed("86", "86")}, "outside-its-interval"),
        ("86", {"ci": printed("0", "100")}, "cut-at-both-ends"),
    ],
)
def test_unusable_estimates_say_why(percent, options, reason):
    """An estimate that does not tell its uncertainty is refused with a code."""
    assert effective_count(Reported(percent), **options) == reason


def test_an_interval_is_read_where_it_leans_least_for_its_width():
    """4 to 91 around 65 leans 0.35 of 0.87 plainly, and 0.49 of 3.53 on log(-log).

    log(-log p) of 0.04, 0.65 and 0.91 are 1.169, -0.842 and -2.361.
    """
    found = effective_count(Reported("65"), ci=printed("4", "91"))
    assert (found.error.code, found.error.scale) == ("interval", "log(-log)")


@pytest.mark.parametrize("half", ["10.0", "15.0", "16.4", "19.6", "20.0", "30.0"])
def test_an_even_interval_around_a_half_is_plain(half):
    """Around 50 % plain and logit are both even: the first in order is taken."""
    low, high = (Reported(f"{50 + sign * float(half):.1f}") for sign in (-1, 1))
    found = effective_count(Reported("50.0"), ci=(low, high))
    error = float(half) / 100 / Z
    assert found.error == ErrorSource("interval", "plain")
    assert found.n == pytest.approx(0.25 / error**2)


@pytest.mark.parametrize("ci", [("50", "80"), ("30", "50")])
def test_an_estimate_may_be_an_end_of_its_interval(ci):
    """A rounded interval can begin or end at the estimate: it still has a width."""
    found = effective_count(Reported("50"), ci=tuple(map(Reported, ci)))
    assert found.n > 1
    assert found.events / found.n == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("percent", "low", "how"),
    [
        ("90.0", "79.9", "interval"),  # halves differ by 0.1, rounding allows 0.65
        ("90.0", "75.0", "lower-half"),
        ("90.00", "79.00", "lower-half"),  # by 1, rounding allows 0.515
        ("90", "79", "interval"),  # by 1, rounding allows 2
        ("90", "78.50", "interval"),  # by 1.5, rounding allows 1.505
        ("90.0", "79.40", "interval"),  # by 0.6, rounding allows 0.605
    ],
)
def test_halves_of_a_cut_interval_are_even_to_the_decimals_printed(percent, low, how):
    """More decimals leave less room for rounding."""
    found = effective_count(Reported(percent), ci=(Reported(low), Reported("100")))
    assert (found.error.code, found.error.scale) == (how, "plain")


def of(percent, low, high, **more):
    """Effective people behind an interval in percent."""
    ci = (Reported(low), Reported(high))
    return effective_count(Reported(percent), ci=ci, **more)


def test_an_interval_made_on_a_scale_is_read_on_it():
    """An interval made from a known standard error gives that error back."""
    from math import exp, log

    z, rate, error = 1.959963984540054, 0.4, 0.1
    ways = {
        "plain": (rate - z * error, rate + z * error),
        "log": tuple(rate * exp(s * z * error / rate) for s in (-1, 1)),
        "logit": tuple(
            1
            / (1 + exp(-(log(rate / (1 - rate)) + s * z * error / (rate * (1 - rate)))))
            for s in (-1, 1)
        ),
        "log(-log)": tuple(
            rate ** exp(s * z * error / (rate * abs(log(rate)))) for s in (1, -1)
        ),
        "complementary log(-log)": tuple(
            1 - (1 - rate) ** exp(s * z * error / ((1 - rate) * abs(log(1 - rate))))
            for s in (-1, 1)
        ),
    }
    for scale, (low, high) in ways.items():
        found = of("40.00", f"{100 * low:.4f}", f"{100 * high:.4f}")
        said = sentence("reasons.j2", "error_source", found.error)
        assert said == f"from the interval, read on the {scale} scale"
        assert found.n == pytest.approx(rate * (1 - rate) / error**2, rel=1e-3)
        assert found.events == pytest.approx(rate * found.n)


def test_the_level_of_an_interval_decides_its_width():
    """A 90 % interval of ± 16.45 points is a standard error of 10 points."""
    found = of("50", "33.551", "66.449", level=0.90)
    assert found.n == pytest.approx(25, rel=1e-3)


@pytest.mark.parametrize(
    ("percent", "low", "high", "how", "error"),
    [
        ("86", "71.1", "100.9", "read on the plain scale", 29.8 / 2 / 1.96),
        ("90", "70", "100", "the upper being cut off", 20 / 1.96),
        ("10", "0", "30", "the lower being cut off", 20 / 1.96),
    ],
)
def test_an_interval_that_reaches_the_end_of_the_scale(percent, low, high, how, error):
    """Both halves alike are plain; else the half that is not cut off is read."""
    found = of(percent, low, high)
    said = sentence("reasons.j2", "error_source", found.error)
    assert said.endswith(how)
    rate = float(percent) / 100
    expected = rate * (1 - rate) / (error / 100) ** 2
    assert found.n == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("percent", "more", "text"),
    [
        ("30", {"ci": ("0", "100.1")}, "an interval that is cut off at both ends"),
        ("50", {"ci": ("60", "70")}, ("an estimate that does not lie inside its "
         "interval")),
        ("50", {"ci": ("50", "50")}, ("an estimate that does not lie inside its "
         "interval")),
        ("50", {"se": "0"}, "a standard error of 0"),
        ("0", {"se": "1"}, ("an estimate of 0 or 100 % says nothing about its own "
         "uncertainty")),
        ("100", {"se": "1"}, ("an estimate of 0 or 100 % says nothing about its own "
         "uncertainty")),
        ("50", {}, "an estimate without a standard error, an interval or a count"),
    ],
)  # fmt: skip
def test_estimates_without_a_usable_uncertainty_say_so(percent, more, text):
    """No number is better than an invented one."""
    se, ci = more.get("se"), more.get("ci")
    found = effective_count(
        Reported(percent),
        se=None if se is None else Reported(se),
        ci=None if ci is None else tuple(Reported(end) for end in ci),
    )
    assert missing(Missing(found)) == text


def test_no_more_people_than_there_were():
    """A standard error too small for 20 people counts as 20 people."""
    found = effective_count(Reported("50"), se=Reported("5"), people=20)
    assert (found.events, found.n) == (10, 20)
    found = effective_count(Reported("50"), se=Reported("5"))
    assert found.n == pytest.approx(100)


@pytest.mark.parametrize(
    ("n", "survival", "months", "follow_up", "expected"),
    [
        # (90 - 60) / 90 of 48 would have been watched for 60 months
        pytest.param(48, 0.84, 60, {"longest": 90}, (16, "longest"), id="longest"),
        # (144 - 60) / 144 of 22, twice the median being 144
        pytest.param(22, 0.91, 60, {"median": 72}, (77 / 6, "median"), id="median"),
        # everyone was watched for 60 months
        pytest.param(
            22,
            0.91,
            60,
            {"shortest": 60, "median": 72, "longest": 80},
            (22, "range"),
            id="all",
        ),
        # (36 - 24) / (36 - 6) of 20
        pytest.param(
            20, 0.9, 24, {"shortest": 6, "longest": 36}, (8, "range"), id="range"
        ),
        # at the end of the longest one person is left, of 90 %
        pytest.param(
            20, 0.9, 36, {"shortest": 6, "longest": 36}, (1 / 0.9, "range"), id="end"
        ),
        # the same where the range is short
        pytest.param(
            99, 0.9, 36, {"shortest": 30, "longest": 36}, (1 / 0.9, "range"), id="short"
        ),
        # the range comes before the median, the median before the longest alone
        pytest.param(
            40,
            0.5,
            30,
            {"shortest": 0, "median": 50, "longest": 60},
            (20, "range"),
            id="range-first",
        ),
        pytest.param(
            40, 0.5, 30, {"median": 50, "longest": 60}, (28, "median"), id="median-next"
        ),
        pytest.param(
            40, 0.5, 30, {"shortest": 10, "median": 50}, (28, "median"), id="no-longest"
        ),
        pytest.param(
            9, 0.5, 12, {"shortest": 12, "longest": 12}, (9, "range"), id="all-12"
        ),
        pytest.param(
            9, 0.5, 13, {"shortest": 12, "longest": 12}, (2, "range"), id="past-12"
        ),
        pytest.param(1, 0.4, 13, {"longest": 2}, (1, "longest"), id="never-above-n"),
    ],
)
def test_the_lower_value_by_hand(n, survival, months, follow_up, expected):
    """People times the share who would have been watched; one at risk at the least."""
    found = assumed_effective_people(n, survival, months, **follow_up)
    assert (found.lower, found.how) == (pytest.approx(expected[0]), expected[1])
    assert found.upper == n
    assert found.middle**2 == pytest.approx(found.lower * n)


@pytest.mark.parametrize("follow_up", [{}, {"shortest": 3}])
def test_without_follow_up_there_is_no_lower_value(follow_up):
    """Everyone is the upper value; the shortest alone says nothing of who was left."""
    found = assumed_effective_people(30, 0.8, 24, **follow_up)
    assert found == AssumedPeople(None, 30, "none")
    assert found.middle is None


def test_late_deaths_give_the_variance_of_simulated_curves():
    """All deaths just before 36 months: Kaplan and Meier's variance is Peto's."""
    rng = np.random.default_rng(5)
    n, sets, survival, months = 400, 4000, 0.8, 36.0
    ends = rng.uniform(12, 60, (sets, n))
    died = rng.random((sets, n)) > survival
    at_risk = np.sum(ends >= months, axis=1)
    # deaths at 36 months, of those still watched: one step of the curve
    deaths = np.sum(died & (ends >= months), axis=1)
    variance = np.var(1 - deaths / at_risk)
    found = assumed_effective_people(n, survival, months, shortest=12, longest=60)
    assert found.lower == pytest.approx(200)
    assert survival * (1 - survival) / found.lower == pytest.approx(variance, rel=0.06)


def test_early_deaths_give_the_variance_of_everyone():
    """All deaths before anyone left: the upper value is the right one."""
    rng = np.random.default_rng(6)
    n, survival = 400, 0.8
    died = rng.binomial(n, 1 - survival, 20_000)
    found = assumed_effective_people(n, survival, 36, shortest=12, longest=60)
    expected = survival * (1 - survival) / found.upper
    assert np.var(1 - died / n) == pytest.approx(expected, rel=0.05)


TIME = st.floats(0.5, 200)


@given(
    n=st.integers(1, 500),
    survival=st.floats(0.01, 1),
    months=TIME,
    later=TIME,
    ends=st.tuples(TIME, TIME),
)
def test_the_later_the_fewer(n, survival, months, later, ends):
    """Between one person at risk and everyone, and never more at a later time."""
    shortest, longest = sorted(ends)
    first, second = (
        assumed_effective_people(n, survival, at, shortest=shortest, longest=longest)
        for at in sorted((months, later))
    )
    assert second.lower <= first.lower <= n
    assert second.lower >= min(1 / survival, n)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "n must be above 0"),
        ({"n": math.nan}, "must be finite"),
        ({"survival": 0}, "survival must be above 0, not 0"),
        ({"survival": 1.2}, "events must lie between 0 and n"),
        ({"survival": -0.1}, "events must lie between 0 and n"),
        ({"months": 0}, "the time, the median and the longest must be above 0"),
        ({"months": math.inf}, "a time must be finite and not below 0, not inf"),
        ({"shortest": -1}, "a time must be finite and not below 0, not -1"),
        ({"longest": 0}, "the time, the median and the longest must be above 0"),
        ({"median": 0}, "the time, the median and the longest must be above 0"),
        ({"shortest": 70}, "must not fall, as [70, 50] do"),
        ({"median": 51}, "must not fall, as [51, 50] do"),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    """With the value that was given."""
    usual = {"n": 20, "survival": 0.9, "months": 24, "longest": 50}
    with pytest.raises(ValueError, match=r"\S") as caught:
        assumed_effective_people(**usual | arguments)
    assert message in str(caught.value)
