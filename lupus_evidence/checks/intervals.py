"""Confidence intervals and standard errors of percentages."""

# Every check of a part is given its study; a page is titled after what is wrong.

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lupus_evidence.checks.percentages import on_scale
from lupus_evidence.checks.registry import FINE, Finding, Verdict, check
from lupus_evidence.checks.words import months, share
from lupus_evidence.reported import agrees, possible_counts

if TYPE_CHECKING:
    from lupus_evidence.models import Result, Study

#: Percentage points: the standard deviation of a yes-or-no answer is at most this
#: (Popoviciu's inequality: half the range).
_LARGEST_SE = 50


@check("E207", "result")
def interval_reversed(result: Result, study: Study) -> Verdict:
    """A confidence interval whose ends are swapped.

    What it checks
    --------------
    The first number of `ci` is at most the second.

    Why it matters
    --------------
    A swapped interval has a negative width, and so a nonsensical standard error.

    Example
    -------
        - {endpoint: overall-survival, percent: "86", ci: ["95", "71"]}

    Source
    ------
    Follows from what an interval is.
    """
    if result.ci is None:
        return None
    low, high = result.ci
    if low.value <= high.value:
        return FINE
    message = f"the interval runs from {low} down to {high} %"
    return [Finding(("ci",), message, "swap the two")]


@check("E208", "result")
def interval_misses_estimate(result: Result, study: Study) -> Verdict:
    """A confidence interval that does not hold its own estimate.

    What it checks
    --------------
    `percent`, or else `events` out of `n`, lies within `ci`, give or take rounding.

    Why it matters
    --------------
    Interval and estimate are of different figures.

    Example
    -------
        - {endpoint: overall-survival, percent: "62", ci: ["71", "95"]}

    Source
    ------
    Follows from what a confidence interval of a share is.
    """
    if result.ci is None:
        return None
    if result.percent is not None:
        lowest, highest = result.percent.window
        shown = f"{result.percent} %"
    elif result.events is not None and result.n:
        lowest = highest = 100 * result.events / result.n
        shown = share(result.events, result.n)
    else:
        return None
    low, high = result.ci
    if low.value > high.value or (
        low.window[0] <= highest and high.window[1] >= lowest
    ):
        return FINE
    message = f"{shown} lies outside its interval, {low} to {high} %"
    return [Finding(("ci",), message, "see which of the three the source prints")]


@check("E209", "result")
def interval_outside_scale(result: Result, study: Study) -> Verdict:
    """A confidence limit below 0 or above 100 %.

    What it checks
    --------------
    Both numbers of `ci` lie between 0 and 100.

    Why it matters
    --------------
    Such limits come from estimate ± 1.96 standard errors on few people, and show that
    the interval means less than it says.
    The standard error taken from it is used with that doubt.

    Example
    -------
        - {endpoint: overall-survival, percent: "86.0", ci: ["71.1", "100.9"]}

    Leng 2017 prints this for 24 people.
    Keep what is printed and acknowledge it.

    Source
    ------
    Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Stat
    Sci 2001;16:101-33. doi 10.1214/ss/1009213286.
    """
    if result.ci is None:
        return None
    outside = [end for end in result.ci if not on_scale(end.value)]
    if not outside:
        return FINE
    shown = " and ".join(f"{end} %" for end in outside)
    message = f"the interval reaches {shown}, outside 0 to 100 %"
    return [
        Finding(("ci",), message, "keep it if it is printed so, and acknowledge it")
    ]


@check("E210", "result")
def standard_error_impossible(result: Result, study: Study) -> Verdict:
    """A standard error that no share of people can have.

    What it checks
    --------------
    `se`, in percentage points, is above 0 and at most 50.
    It may be 0 only where the percentage is 0 or 100.

    Why it matters
    --------------
    The standard error decides how much an estimate weighs.
    A confidence limit, a standard deviation or a proportion typed in its place gives
    it far too little weight, or far too much.

    Example
    -------
        - {endpoint: overall-survival, percent: "84", se: "-4", kind: kaplan-meier}

    Source
    ------
    Popoviciu's inequality: a yes-or-no answer has a standard deviation of at most one
    half.
    """
    if result.se is None:
        return None
    se = result.se.value
    certain = result.percent is not None and result.percent.value in (0, 100)
    if 0 < se <= _LARGEST_SE or (se == 0 and certain):
        return FINE
    message = f"a standard error of {result.se} percentage points is impossible"
    return [Finding(("se",), message, f"it lies above 0 and up to {_LARGEST_SE}")]


def plain_count(result: Result, study: Study) -> int | None:
    """Return the count whose plain share and standard error an estimate prints.

    None where it is not such an estimate, where whole percentages may agree by chance,
    or where everybody is known to have been followed to that time, so that the two
    methods must agree.
    """
    se, percent, n = result.se, result.percent, result.n
    if se is None or percent is None or not n or result.kind != "kaplan-meier":
        return None
    if not (se.decimals and percent.decimals):
        return None
    when = result.at.months if result.at is not None else None
    follow_up = study.follow_up
    if follow_up is not None and when is not None:
        shortest = follow_up.low.value if follow_up.low is not None else None
        shortest = follow_up.fixed if shortest is None else shortest
        if shortest is not None and shortest >= when:
            return None
    for count in possible_counts(percent, n):
        if 0 < count < n:
            binomial = 100 * math.sqrt(count / n * (1 - count / n) / n)
            if agrees(se, binomial):
                return count
    return None


@check("W211", "result")
def estimate_is_plain_share(result: Result, study: Study) -> Verdict:
    """A Kaplan-Meier estimate that equals a plain proportion.

    What it checks
    --------------
    A Kaplan-Meier percentage is a whole count out of `n`, and its standard error is
    that count's binomial one, although not everybody was followed that long.
    Both must be printed with a decimal: whole percentages agree by chance too often.

    Why it matters
    --------------
    Once somebody has left, every later death weighs more, and the Kaplan-Meier
    standard error is larger than the binomial one.
    A figure with exactly the binomial one is a plain count, and can be held against
    the deaths that the paper describes.

    Example
    -------
        - {endpoint: overall-survival, at: {months: 84, basis: kaplan-meier}, n: 17,
           percent: "82.4", se: "9.2", kind: kaplan-meier}

    14 of 17 is 82.4 %, and sqrt(0.824 × 0.176 / 17) is 9.2 percentage points.

    Source
    ------
    Greenwood M. The natural duration of cancer. Reports on Public Health and Medical
    Subjects 33. London: HMSO, 1926: without losses his formula is the binomial one.
    Song 2011 prints this.
    """
    if result.kind != "kaplan-meier" or result.se is None or result.percent is None:
        return None
    count = plain_count(result, study)
    if count is None:
        return FINE
    n = result.n or 0
    when = result.at.months if result.at is not None else None
    at = f" at {months(when)}" if when is not None else ""
    message = (
        f"{result.percent} ± {result.se} %{at} is exactly {count:,} of {n:,} with its "
        "binomial standard error, not a Kaplan-Meier one"
    )
    return [Finding(("se",), message, "see whether the figure is a plain count")]
