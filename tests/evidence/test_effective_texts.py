"""What the interval around a percentage says of how many people it is worth."""

import pytest

from lupus_evidence.evidence.effective_counts import effective_count
from lupus_evidence.evidence.result_numbers import Missing
from lupus_evidence.pages.reasons import missing
from lupus_evidence.pages.templates import sentence
from lupus_evidence.records.field_types import Reported


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
