"""Kaplan-Meier and other estimates as the counts that carry the same information.

A survival estimate p with standard error SE is worth as much as p n* of n* people with
n* = p (1 - p) / SE^2 [1]_ [2]_. Where only an interval is printed, the standard error
is read off its width. Papers seldom say on which scale they drew it, so the scale is
taken on which the interval lies most evenly around the estimate: plain, log, logit,
log(-log p) (the usual one for survival [3]_) or log(-log(1 - p)) (for cumulative
incidence); SE(p) then follows by the delta method. An end printed at or beyond 0 or
100 % has been cut off or runs over the edge: if the interval is even on the plain
scale all the same, it is used whole, otherwise the half that is left is.

Where no error is printed either, it is assumed. A Kaplan-Meier estimate S at time t
has the variance S^2 (1 - S) / R, R being the people still at risk at t [4]_. A count
of S N among N people has S (1 - S) / N. Both are the same for

    N = R / S,

the effective people. R is not printed here; it is n S G, where n entered, S survived
and G is the share who would have been watched until t had they lived. So N = n G.

G follows from the reported follow-up, if people entered at an even pace, so that the
end of their time under observation lies evenly between the shortest, a, and the
longest, b [5]_:

    G = 1 up to a, (b - t) / (b - a) between them, 0 from b on,

with a = 0 where it is not reported, and b = 2 m where there is only a median m. Since
the curve was drawn up to t, someone was at risk there: N is 1 / S at least.

Peto's variance takes all deaths for as late as t; where they came earlier, more people
than R were at risk at each, and the truth lies between N and n, which it is if nobody
left before t. In the same spirit: [6]_.

References
----------
.. [1] Rothman 1978, J Chronic Dis 31:557, doi 10.1016/0021-9681(78)90043-7.
.. [2] Dorey and Korn 1987, Stat Med 6:679, doi 10.1002/sim.4780060605.
.. [3] Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data,
   2nd ed. 2002, section 1.4, doi 10.1002/9781118032985.
.. [4] Peto et al. 1977, British Journal of Cancer 35:1-39, doi 10.1038/bjc.1977.1.
.. [5] Parmar, Torri and Stewart 1998, doi
   10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8.
.. [6] Arends, Hunink and Stijnen 2008, doi 10.1002/sim.3311.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

from lupus_evidence.stats.proportions import check_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.records.field_types import Reported


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


FollowUp = Literal["range", "median", "longest", "none"]


@dataclass(frozen=True)
class AssumedPeople:
    """Between how many people a survival estimate may be worth.

    Parameters
    ----------
    lower : float or None
        Effective people if follow-up ended at an even pace and deaths came late; None
        where no follow-up is reported.
    upper : float
        Effective people if nobody left before the time: everyone.
    how : {"range", "median", "longest", "none"}
        Which figure of follow-up `lower` rests on.
    """

    lower: float | None
    upper: float
    how: FollowUp

    @property
    def middle(self) -> float | None:
        """The geometric mean of both, None without `lower`: what simulation favours.

        See docs/methods.md, "Curves without an error".
        """
        return None if self.lower is None else sqrt(self.lower * self.upper)


def assumed_effective_people(
    n: float,
    survival: float,
    months: float,
    *,
    shortest: float | None = None,
    median: float | None = None,
    longest: float | None = None,
) -> AssumedPeople:
    """Bound the effective people behind a survival estimate without an error.

    Parameters
    ----------
    n : float
        People at the start.
    survival : float
        The estimate, proportion above 0 and up to 1.
    months : float
        Its time, in months from the start.
    shortest, median, longest : float, optional
        Reported follow-up, in months. Shortest and longest together come first, then
        the median, then the longest alone.

    Returns
    -------
    AssumedPeople
        `lower` is at most `upper`.

    Raises
    ------
    ValueError
        If `n` is no number of people, `survival` not above 0 and up to 1, a time not
        above 0 (the shortest: below 0) or not finite, or follow-up out of order.
    """
    check_count(survival * n, n)
    if survival <= 0:
        raise ValueError(f"survival must be above 0, not {survival!r}")
    _check_times(months, shortest, median, longest)
    how: FollowUp
    if shortest is not None and longest is not None:
        how, first, last = "range", shortest, longest
    elif median is not None:
        how, first, last = "median", 0.0, 2 * median
    elif longest is not None:
        how, first, last = "longest", 0.0, longest
    else:
        return AssumedPeople(None, n, "none")
    watched = n * _still_watched(months, first, last)
    return AssumedPeople(min(max(watched, 1 / survival), n), n, how)


def _still_watched(months: float, first: float, last: float) -> float:
    """Return the share whose time under observation was to end at `months` or later."""
    if months <= first:
        return 1.0
    return max(last - months, 0.0) / (last - first) if last > first else 0.0


def _check_times(
    months: float, shortest: float | None, median: float | None, longest: float | None
) -> None:
    """Refuse times that are none, and follow-up whose parts contradict each other."""
    follow_up = [time for time in (shortest, median, longest) if time is not None]
    for time in (months, *follow_up):
        if not isfinite(time) or time < 0:
            raise ValueError(f"a time must be finite and not below 0, not {time!r}")
    if 0 in {months, median, longest}:
        raise ValueError("the time, the median and the longest must be above 0")
    if follow_up != sorted(follow_up):
        raise ValueError(
            f"shortest, median and longest must not fall, as {follow_up!r} do"
        )
