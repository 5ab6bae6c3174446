"""Percentages as printed against the counts beside them."""

# Every check of a part is given its study; a page is titled after what is wrong.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import FINE, Finding, Verdict, check
from lupus_evidence.checks.words import share
from lupus_evidence.reported import Reported, agrees, grim_power, possible_counts

if TYPE_CHECKING:
    from lupus_evidence.models import Result, Study

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
