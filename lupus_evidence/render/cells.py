"""Values to words. The only place where numbers are rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from lupus_evidence.render.visible import visible
from lupus_evidence.results import People, Rate, Share, Value

NOTHING = "–"


def rounded(value: float, decimals: int = 0) -> str:
    """Return a number rounded half up, the way people do it by hand.

    Parameters
    ----------
    value : float
        Any finite number.
    decimals : int
        Digits after the point.
    """
    quantum = Decimal(1).scaleb(-decimals)
    text = str(Decimal(repr(value)).quantize(quantum, ROUND_HALF_UP))
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def number(value: float, decimals: int = 1) -> str:
    """Return a number without trailing zeros: 27, 8.3."""
    text = rounded(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """Return a proportion (0-1) as a whole percentage without its sign.

    Never "0" or "100" for a share that is neither: "<1" and ">99" instead.
    """
    text = rounded(share * 100)
    if text == "0" and share > 0:
        return "<1"
    if text == "100" and share < 1:
        return ">99"
    return text


def of_hundred(share: float) -> int:
    """Return how many of 100 people a proportion (0-1) comes to, for pictures."""
    return int(rounded(share * 100))


def people(value: People) -> str:
    """Return "3 of 6", or what is known of it."""
    if value.events is None and value.n is None:
        return NOTHING
    if value.events is None:
        return f"of {number(value.n or 0)}"
    if value.n is None:
        return f"{number(value.events)} of ?"
    return f"{number(value.events)} of {number(value.n)}"


def between(low: float, high: float) -> str:
    """Return an interval of proportions (0-1) in words: "19 to 81"."""
    return f"{percent(low)} to {percent(high)}"


def rate(value: Rate) -> str:
    """Return "50 % (19 to 81)", or the percentage alone."""
    if value.estimate is None:
        return NOTHING
    text = f"{percent(value.estimate)} %"
    if value.low is None or value.high is None:
        return text
    return f"{text} ({between(value.low, value.high)})"


def points(difference: float) -> str:
    """Return a difference of proportions (-1 to 1) in whole percentage points."""
    return rounded(difference * 100)


def cell(value: Value) -> str:  # noqa: PLR0911 - one line for each kind of value
    """Return any table value as the words that a person reads."""
    match value:
        case None:
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case str():
            return visible(value) or NOTHING
        case int():
            return str(value)
        case float():
            return number(value)
        case People():
            return people(value)
        case Rate():
            return rate(value)
        case Share():
            return f"{percent(value.value)} %"
