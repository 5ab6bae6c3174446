"""Kaplan-Meier and other estimates as the counts that carry the same information.

A survival estimate p with standard error SE is worth as much as p n* of n* people with
n* = p (1 - p) / SE^2 [1]_ [2]_. Where only an interval is printed, the standard error
is read off its width. Papers seldom say on which scale they drew it, so the scale is
taken on which the interval lies most evenly around the estimate: plain, log, logit,
log(-log p) (the usual one for survival [3]_) or log(-log(1 - p)) (for cumulative
incidence); SE(p) then follows by the delta method. An end printed at or beyond 0 or
100 % has been cut off or runs over the edge: if the interval is even on the plain
scale all the same, it is used whole, otherwise the half that is left is.

References
----------
.. [1] Rothman 1978, J Chronic Dis 31:557, doi 10.1016/0021-9681(78)90043-7.
.. [2] Dorey and Korn 1987, Stat Med 6:679, doi 10.1002/sim.4780060605.
.. [3] Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data,
   2nd ed. 2002, section 1.4, doi 10.1002/9781118032985.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.reported import Reported


Scale = Literal["plain", "log(-log)", "log", "logit", "complementary log(-log)"]
Flaw = Literal[
    "no-error", "zero-or-all", "zero-error", "outside-its-interval", "cut-at-both-ends"
]


@dataclass(frozen=True)
class ErrorSource:
    """Where the standard error of an estimate came from.

    Parameters
    ----------
    code : {"se", "interval", "lower-half", "upper-half", "assumed"}
        Printed, or read off the interval or the half of it that is not cut off; or
        assumed from how long people were followed.
    scale : str
        The scale on which a whole interval was read.
    people : tuple of float or None
        Of an assumed one, how few and how many people the estimate may be worth.
    """

    code: Literal["se", "interval", "lower-half", "upper-half", "assumed"]
    scale: Scale = "plain"
    people: tuple[float, float] | None = None


@dataclass(frozen=True)
class EffectiveCount:
    """An estimate as a count.

    Parameters
    ----------
    events, n : float
        Effective people with the outcome, and effective people.
    error : ErrorSource
        Where the standard error came from.
    """

    events: float
    n: float
    error: ErrorSource


@dataclass(frozen=True)
class _Scale:
    """A scale on which an interval may have been drawn."""

    name: Scale
    transform: Callable[[float], float]
    slope: Callable[[float], float]


#: Two scales fit equally well where they lean alike but for floating point.
_ALIKE = 1e-9

#: In order of preference where two fit equally well.
_SCALES = (
    _Scale("plain", lambda p: p, lambda _: 1.0),
    _Scale("log(-log)", lambda p: log(-log(p)), lambda p: 1 / (p * log(p))),
    _Scale("log", log, lambda p: 1 / p),
    _Scale("logit", lambda p: log(p / (1 - p)), lambda p: 1 / (p * (1 - p))),
    _Scale(
        "complementary log(-log)",
        lambda p: log(-log(1 - p)),
        lambda p: -1 / ((1 - p) * log(1 - p)),
    ),
)


def effective_count(
    percent: Reported,
    *,
    se: Reported | None = None,
    ci: tuple[Reported, Reported] | None = None,
    level: float = 0.95,
    people: int | None = None,
) -> EffectiveCount | Flaw:
    """Return the effective count behind an estimate, or the code of why there is none.

    Parameters
    ----------
    percent : Reported
        The estimate (0-100).
    se : Reported or None
        Its standard error in percentage points.
    ci : tuple of Reported or None
        Its interval (0-100); used where there is no standard error.
    level : float
        Confidence level of `ci` in 0-1.
    people : int or None
        People the estimate is about; the effective number never exceeds it.
    """
    rate = percent.value / 100
    if se is None and ci is None:
        return "no-error"
    if not 0 < rate < 1:
        return "zero-or-all"
    if se is not None:
        error, source = se.value / 100, ErrorSource("se")
    elif ci is not None:
        found = _error_of_interval(percent, ci, level)
        if not isinstance(found, tuple):
            return found
        error, source = found
    if error <= 0:
        return "zero-error"
    size = rate * (1 - rate) / error**2
    if people is not None:
        size = min(size, float(people))
    return EffectiveCount(rate * size, size, source)


def _error_of_interval(
    percent: Reported, ci: tuple[Reported, Reported], level: float
) -> tuple[float, ErrorSource] | Flaw:
    """Return the standard error that an interval's width implies, and how."""
    rate = percent.value / 100
    low, high = (end.value / 100 for end in ci)
    if not low <= rate <= high or low == high:
        return "outside-its-interval"
    z = NormalDist().inv_cdf(0.5 + level / 2)
    if low <= 0 or high >= 1:
        return _error_of_cut_interval(percent, ci, z)
    leaning = [_unevenness(scale, low, rate, high) for scale in _SCALES]
    # the last bits of a sum are no reason to leave the order of preference
    scale = _SCALES[[lean <= min(leaning) + _ALIKE for lean in leaning].index(True)]
    width = abs(scale.transform(high) - scale.transform(low))
    error = width / (2 * z) / abs(scale.slope(rate))
    return error, ErrorSource("interval", scale.name)


def _unevenness(scale: _Scale, low: float, rate: float, high: float) -> float:
    """Return by what share of its width an interval leans to one side."""
    below, at, above = (scale.transform(value) for value in (low, rate, high))
    return abs((above - at) - (at - below)) / abs(above - below)


def _error_of_cut_interval(
    percent: Reported, ci: tuple[Reported, Reported], z: float
) -> tuple[float, ErrorSource] | Flaw:
    """Return the standard error of an interval that reaches 0 or 100 %."""
    rate, low, high = (item.value / 100 for item in (percent, *ci))
    # both halves carry the estimate's rounding, each its own end's
    rounding = sum(10.0**-item.decimals / 200 for item in (percent, percent, *ci))
    below, above = rate - low, high - rate
    if abs(below - above) <= rounding:
        return (high - low) / (2 * z), ErrorSource("interval")
    if low > 0:
        return below / z, ErrorSource("lower-half")
    if high < 1:
        return above / z, ErrorSource("upper-half")
    return "cut-at-both-ends"
