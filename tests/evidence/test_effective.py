from math import exp, log, sqrt

import pytest

from lupus_evidence.evidence.effective_counts import ErrorSource, effective_count
from lupus_evidence.records.field_types import Reported

Z = 1.959963984540054


def printed(*values):
    """Numbers as printed."""
    return tuple(Reported(value) for value in values)


def test_standard_error_gives_the_binomial_size():
    """81 with a standard error of 8 points is worth p (1 - p) / SE² = 24 people."""
    found = effective_count(Reported("81"), se=Reported("8"))
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


@pytest.mark.parametrize("half", ["10.0", "15.0", "16.4", "19.6", "20.0", "30.0"])
def test_an_even_interval_around_a_half_is_plain(half):
    """Around 50 % plain and logit are both even: the first in order is taken."""
    low, high = (Reported(f"{50 + sign * float(half):.1f}") for sign in (-1, 1))
    found = effective_count(Reported("50.0"), ci=(low, high))
    error = float(half) / 100 / Z
    assert found.error == ErrorSource("interval", "plain")
    assert found.n == pytest.approx(0.25 / error**2)
