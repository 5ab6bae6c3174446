"""Values and text as people read them. The only place where numbers are rounded.

A record's text is shown as text everywhere. Characters that would move the cursor,
colour the screen, reorder a line or hide are written as escapes instead.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from lupus_evidence.documents.values import Noted, People, Rate, Share, Toned, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lupus_evidence.documents.document import Column


NOTHING = "–"
MONTHS_OF_YEAR = 12


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
    """Return "3 of 6", "90 in 3" studies, or what is known of it."""
    if value.events is None and value.n is None:
        return NOTHING
    if value.studies is not None:
        text = f"{number(value.n or 0)} in {value.studies}"
    elif value.events is None:
        text = f"of {number(value.n or 0)}"
    elif value.n is None:
        text = f"{number(value.events)} of ?"
    else:
        text = f"{number(value.events)} of {number(value.n)}"
    estimated = "est. " if value.estimated else ""
    gap = " " if value.mark[:1].isalpha() else ""
    return f"{estimated}{text}{gap}{value.mark}"


def between(low: float, high: float) -> str:
    """Return an interval of proportions (0-1) in words: "19 to 81"."""
    return f"{percent(low)} to {percent(high)}"


def rate(value: Rate) -> str:
    """Return "50 % (19 to 81)", "at most 3 %", or as much of it as is known."""
    ends = None
    if value.low is not None and value.high is not None:
        ends = between(value.low, value.high)
        if value.compact:
            ends = ends.replace(" to ", "\N{EN DASH}")
    if value.estimate is None:
        text = f"{ends} {value.unit}" if ends else NOTHING
    elif value.bound is not None:
        text = f"{value.bound} {percent(value.estimate)} {value.unit}"
    else:
        text = f"{percent(value.estimate)} {value.unit}{f' ({ends})' if ends else ''}"
    return f"{text} ({value.remark})" if value.remark else text


def points(difference: float) -> str:
    """Return a difference of proportions (-1 to 1) in whole percentage points."""
    return rounded(difference * 100)


def signed(difference: float, decimals: int = 0) -> str:
    """Return a difference of proportions (-1 to 1) in points, with its sign."""
    text = rounded(difference * 100, decimals)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"0", ""}:
        return "0"
    return f"\N{MINUS SIGN}{text[1:]}" if text.startswith("-") else f"+{text}"


def of_hundred_more(difference: float, low: float, high: float) -> str:
    """Return a difference of proportions as people of 100: "+16 (+2 to +30)"."""
    return f"{signed(difference)} ({signed(low)} to {signed(high)})"


#: Ratios beyond these say no more than that they are large, or small.
LARGEST_RATIO, SMALLEST_RATIO = 1000.0, 0.01


def ratio(value: float) -> str:
    """Return a ratio of risks or odds with two decimals, or what it lies beyond.

    Examples
    --------
    >>> [ratio(value) for value in (1.6, 0.004, 1e300, float("inf"))]
    ['1.60', '<0.01', '>1000', '>1000']
    """
    if value > LARGEST_RATIO:
        return f">{LARGEST_RATIO:g}"
    return "<0.01" if 0 < value < SMALLEST_RATIO else rounded(value, 2)


def cell(  # noqa: C901, PLR0911 - one line for each kind of value
    value: Value,
) -> str:
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
        case Toned(text) | Noted(text, ()):
            return visible(text)
        case Noted(text, notes):
            return visible(f"{text} ({','.join(notes)})")


def column_cell(row: Mapping[str, Value], column: Column) -> str:
    """Return a cell of a column for a person; a remark that is not there is no dash.

    Parameters
    ----------
    row : mapping
        Values by the key of their column.
    column : Column
        One with no heading, or whose text may be cut, holds remarks.
    """
    text = cell(row.get(column.key))
    is_remark = not column.heading or column.least
    return "" if text == NOTHING and is_remark else text


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return "1 study", "2 studies".

    Parameters
    ----------
    count : int
        How many.
    one, many : str
        Singular, and plural where it is not just an s more.
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def time_span(months: float, decimals: int = 1) -> str:
    """Return a time as people say it: "6 months", "5 years", "29 months".

    Parameters
    ----------
    months : float
        How long.
    decimals : int
        Of months that are no whole years, at the most.

    Examples
    --------
    >>> [time_span(months) for months in (1, 3.3, 12, 29, 60)]
    ['1 month', '3.3 months', '1 year', '29 months', '5 years']
    """
    years, rest = divmod(months, MONTHS_OF_YEAR)
    if years and not rest:
        return plural(int(years), "year")
    return f"{number(months, decimals)} {'month' if months == 1 else 'months'}"


def capital(text: str) -> str:
    """Return text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return text with its first letter small, unless it begins with capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def shortened(text: str, size: int) -> str:
    """Return a text without words of its middle, three dots in their place.

    What is said stands at the end of a sentence as often as at its start.

    Parameters
    ----------
    text : str
        Any text.
    size : int
        Characters that it may have.

    Examples
    --------
    >>> shortened("Lupus has an incidence of around 0.5 %.", 24)
    'Lupus … around 0.5 %.'
    """
    if len(text) <= size:
        return text
    tail = text[-(size * 3 // 5) :].partition(" ")[2]
    room = max(size - len(tail) - 2, 1)
    head = text[:room].rpartition(" ")[0].rstrip(" ,;:") or text[:room]
    return f"{head} … {tail}".rstrip()


def listed(names: Iterable[object]) -> str:
    """Return "6, 24 and 60"."""
    texts = [str(name) for name in names]
    return (
        f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else "".join(texts)
    )


#: Characters that a spreadsheet takes as the start of a formula, plain and full width.
#: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def visible(text: str) -> str:
    r"""Return the text on one line with unprintable characters as escapes.

    Examples
    --------
    >>> visible("a\x1b[31mred")
    'a\\x1b[31mred'
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else _escape(character)
        for character in text.replace("\n", " ")
    )


def _escape(character: str) -> str:
    """Write one unprintable character as Python would."""
    if character in "\t\r\xa0\u202f":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def without_formula(text: str) -> str:
    """Return the text so that no spreadsheet runs it as a formula.

    Examples
    --------
    >>> without_formula("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
