"""Percentages as printed against their counts, intervals and standard errors."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import FINE, Finding, Verdict, check, months, share
from lupus_evidence.records.field_types import (
    Reported,
    agrees,
    grim_power,
    possible_counts,
)

if TYPE_CHECKING:
    from lupus_evidence.records.study import Result, Study


#: Percent; the top of the scale.
_WHOLE = 100

#: How a source prints "12 of 39" beside its percentage.
_FRACTION = re.compile(
    r"(?<![\d.,/])(\d{1,6}) ?(?:/|of|out of) ?(\d{1,6})(?![\d.,/]*\d)"
)
#: Any number in print, decimals included.
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def on_scale(value: float) -> bool:
    """Tell whether a percentage lies between 0 and 100."""
    return 0 <= value <= _WHOLE


@check("E201", "result")
def percent_outside_scale(result: Result, study: Study) -> Verdict:
    """A percentage below 0 or above 100.

    What it checks
    --------------
    `percent` lies between 0 and 100.

    Why it matters
    --------------
    A share of people cannot lie outside.
    The usual cause is a lost decimal point.

    Example
    -------
        - {endpoint: overall-survival, n: 24, percent: "860"}

    Source
    ------
    Follows from what a percentage of people is.
    """
    if result.percent is None:
        return None
    if on_scale(result.percent.value):
        return FINE
    message = f"{result.percent} % is outside 0 to 100 %"
    return [Finding(("percent",), message, "look for a lost decimal point")]


@check("E204", "result")
def percent_differs_from_count(result: Result, study: Study) -> Verdict:
    """A printed percentage that is not events out of n.

    What it checks
    --------------
    `events` out of `n`, rounded to the printed number of decimals, gives `percent`.
    Halves may be rounded up or down, because papers do not say which they do.

    Why it matters
    --------------
    One of the three numbers is wrong, or the percentage has another denominator.
    Which one decides what is pooled.

    Example
    -------
        - {endpoint: treatment-related-mortality, events: 7, n: 53, percent: "12"}

    7 of 53 is 13.2 % and 6 of 53 is 11.3 %: no count of 53 people gives 12 %.

    Source
    ------
    Jayne 2004 prints this (`lupus-evidence show jayne-2004`).
    The rounding rule follows Brown & Heathers 2017, doi 10.1177/1948550616673876.
    """
    events, n, percent = result.events, result.n, result.percent
    if events is None or not n or percent is None or result.kind not in _COUNTED:
        return None
    if agrees(percent, 100 * events / n):
        return FINE
    shown = share(events, n, max(1, percent.decimals))
    message = f"{events:,} of {n:,} is {shown}, but {percent} % is printed"
    fitting = possible_counts(percent, n) if percent.value >= 0 else ()
    hint = (
        f"{percent} % would be {fitting[0]:,} of {n:,}"
        if fitting
        else (f"no count of {n:,} people gives {percent} %")
    )
    return [Finding(("percent",), message, hint)]


#: Kinds of percentage that are a number of people out of a number of people.
_COUNTED = ("count", "unstated")


def _no_count(result: Result) -> list[Finding]:
    """Return a finding if no number of people gives the printed percentage."""
    n, percent = result.n or 0, result.percent or Reported("0")
    if possible_counts(percent, n):
        return []
    below = min(n, int(percent.value * n / 100))
    digits = max(1, percent.decimals)
    near = [f"{k:,} is {share(k, n, digits)}" for k in (below, below + 1) if k <= n]
    message = (
        f"no count of {n:,} people gives {percent} % ({', '.join(near)}); "
        f"{100 * grim_power(percent, n):.0f} % of printable figures would fail so"
    )
    hint = "look for the true denominator, or say what kind of figure it is"
    return [Finding(("percent",), message, hint)]


def _countless(result: Result, kind: str) -> bool:
    """Tell whether only percent and n are printed, for a figure of this kind."""
    return (
        result.kind == kind
        and result.events is None
        and bool(result.n)
        and result.percent is not None
        and on_scale(result.percent.value)
    )


@check("E205", "result")
def no_count_gives_percent(result: Result, study: Study) -> Verdict:
    """A percentage that no count of so many people gives.

    What it checks
    --------------
    Where the record calls a figure a count and gives only `percent` and `n`, some
    whole number of `n` people rounds to that percentage.
    This is the GRIM test.
    The message says what share of all printable percentages would fail it with this
    `n`: with few people nearly all; with a hundred or more, and no decimals, none.

    Why it matters
    --------------
    The percentage has another denominator than the one printed, or it is no count.

    Example
    -------
        - {endpoint: any-remission, n: 26, percent: "71", kind: count}

    18 of 26 is 69.2 % and 19 of 26 is 73.1 %.

    Source
    ------
    Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-9.
    doi 10.1177/1948550616673876
    """
    return _no_count(result) if _countless(result, "count") else None


@check("W206", "result")
def no_count_gives_unstated(result: Result, study: Study) -> Verdict:
    """A percentage of unstated kind that no count of so many people gives.

    What it checks
    --------------
    The same as E205, for figures whose `kind` is `unstated`.

    Why it matters
    --------------
    Such a figure is an estimate from a curve, or rests on fewer people than the
    record says; either way it is not `n` people's rate.

    Example
    -------
        - {endpoint: any-remission, n: 26, percent: "71", kind: unstated}

    Burt 2018 prints 71 % at three years for a group of 26; 18 of 26 is 69.2 % and 19
    of 26 is 73.1 %.

    Source
    ------
    Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-9.
    doi 10.1177/1948550616673876.
    Burt 2018, Bone Marrow Transplant, doi 10.1038/s41409-018-0173-x
    """
    return _no_count(result) if _countless(result, "unstated") else None


@check("W225", "result")
def record_differs_from_print(result: Result, study: Study) -> Verdict:
    """A figure that is not the one under `printed`.

    What it checks
    --------------
    Where `printed` holds a fraction ("12/39", "12 of 39"), it is `events` and `n`, or
    `n` less `events` where the paper counts the others.
    Where it holds a percentage, it is `percent`, decimals included.

    Why it matters
    --------------
    `printed` is copied from the source, the numbers beside it are typed: where they
    differ, one was mistyped.

    Example
    -------
        - {endpoint: relapse, events: 20, n: 78, percent: "23", printed: 23% (20/87)}

    Source
    ------
    The convention of this evidence base.
    """
    if result.printed is None:
        return None
    found = []
    numbers = _NUMBER.findall(result.printed)
    percent = result.percent
    if percent is not None and "%" in result.printed and percent.text not in numbers:
        message = f"percent is {percent}, which {result.printed!r} does not hold"
        found.append(Finding(("percent",), message, "correct one of them"))
    pairs = {(int(a), int(b)) for a, b in _FRACTION.findall(result.printed)}
    events, n = result.events, result.n
    if events is None or n is None or not pairs:
        return found
    if pairs.isdisjoint({(events, n), (n - events, n)}):
        shown = " and ".join(f"{a} of {b}" for a, b in sorted(pairs))
        message = f"the record has {events} of {n}, printed is {shown}"
        found.append(Finding(("events",), message, "correct one of them"))
    return found


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
