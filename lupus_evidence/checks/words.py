"""Figures as the messages of checks print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Names in one message. A person who has dealt with so many asks again.
LISTED = 20


def share(events: float, n: float, decimals: int = 1) -> str:
    """Return ``events / n`` in percent, to as many decimals as the check needs."""
    return f"{100 * events / n:.{decimals}f} %"


def months(value: float) -> str:
    """Return a time in words, "24 months"."""
    return f"{value:g} month{'' if value == 1 else 's'}"


def people(n: int) -> str:
    """Return a number of people in words."""
    return f"{n:,} {'person' if n == 1 else 'people'}"


def few(names: Iterable[str], count: int | None = None) -> str:
    """Return names with commas, the first `LISTED` of them and how many more there are.

    Parameters
    ----------
    names : iterable of str
        Those to name.
    count : int, optional
        How many there are in all, where `names` does not hold every one.
    """
    shown = list(names)
    more = (len(shown) if count is None else count) - len(shown[:LISTED])
    text = ", ".join(shown[:LISTED])
    return f"{text} and {more:,} more" if more > 0 else text
