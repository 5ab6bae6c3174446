"""How quantities are spread: centre, range, quartiles, standard deviation."""

# Every check of a part is given its study; a page is titled after what is wrong.

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import Finding, Verdict, check

if TYPE_CHECKING:
    from lupus_evidence.records.field_types import Reported
    from lupus_evidence.records.study import Study
    from lupus_evidence.records.study_parts import Distribution

#: Which printed figures cannot be above which.
_ORDER = (
    ("low", "high"),
    ("q1", "q3"),
    ("low", "q1"),
    ("q3", "high"),
    ("low", "median"),
    ("median", "high"),
    ("low", "mean"),
    ("mean", "high"),
    ("q1", "median"),
    ("median", "q3"),
)


def _above(first: Reported, second: Reported) -> bool:
    """Tell whether a figure is above another whatever was rounded."""
    return first.window[0] > second.window[1]


@check("E221", "distribution")
def centre_outside_range(distribution: Distribution, study: Study) -> Verdict:
    """A mean, median or quartile outside its range.

    What it checks
    --------------
    The lowest value is not above the highest, quartiles, median and mean lie between
    them, and the median lies between the quartiles, give or take rounding.

    Why it matters
    --------------
    Two figures are swapped, or of different groups.

    Example
    -------
        follow_up: {median: "89", low: "110", high: "33"}

    Source
    ------
    Follows from what the figures mean.
    """
    found = []
    looked = False
    for lower, upper in _ORDER:
        first, second = getattr(distribution, lower), getattr(distribution, upper)
        if first is None or second is None:
            continue
        looked = True
        if _above(first, second):
            message = f"{lower} is {first}, above {upper}, which is {second}"
            found.append(Finding((lower,), message, "see whether they are swapped"))
    return found if looked else None


def _largest_sd(distribution: Distribution) -> float | None:
    """Return the largest standard deviation that the range allows."""
    low, high = distribution.low, distribution.high
    if low is None or high is None:
        return None
    width = high.window[1] - low.window[0]
    n = max(distribution.n or 2, 2)  # that of two people can be largest
    return width / 2 * math.sqrt(n / (n - 1))


@check("E222", "distribution")
def spread_impossible(distribution: Distribution, study: Study) -> Verdict:
    """A standard deviation or error that cannot be.

    What it checks
    --------------
    Standard deviation, standard error and whatever follows ± are not negative; the
    standard error is not above the standard deviation; and the standard deviation
    fits into the range: at most half the range times sqrt(n / (n - 1)).

    Why it matters
    --------------
    A range, an interquartile range or a confidence limit has been typed as a standard
    deviation.

    Example
    -------
        age: {mean: "30", sd: "25", low: "18", high: "45", n: 20}

    With values from 18 to 45 the standard deviation is at most about 14.

    Source
    ------
    Popoviciu's inequality: the variance is at most a quarter of the squared range.
    """
    sd, se = distribution.sd, distribution.se
    found = []
    looked = False
    for name in ("sd", "se", "plus_minus"):
        value = getattr(distribution, name)
        looked = looked or value is not None
        if value is not None and value.value < 0:
            message = f"{name} is {value}; a spread is not negative"
            found.append(Finding((name,), message, "look at the source again"))
    largest = _largest_sd(distribution)
    if sd is not None and largest is not None and sd.window[0] > largest:
        message = (
            f"sd is {sd}, but values from {distribution.low} to {distribution.high} "
            f"allow at most {largest:.1f}"
        )
        found.append(Finding(("sd",), message, "look at the source again"))
    if sd is not None and se is not None and _above(se, sd):
        message = f"se is {se}, above sd, which is {sd}"
        found.append(Finding(("se",), message, "see whether they are swapped"))
    return found if looked else None
