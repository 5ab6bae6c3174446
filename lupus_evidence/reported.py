"""Numbers as papers print them: text, with decimals and a rounding window.

A percentage printed as "52.0" says more than one printed as "52": fewer counts agree
with it. So a printed number stays text until it is checked, and rounding is
accepted both half up and half down, because papers do not say which they used.

References
----------
Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363-9.
doi 10.1177/1948550616673876
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")

#: Slack for binary arithmetic on decimal text, far below any printed digit.
_EPSILON = 1e-9


@dataclass(frozen=True)
class Reported:
    """A number as printed in a source.

    Parameters
    ----------
    text : str
        Plain decimal notation, for example ``"52.0"``; trailing zeros count.

    Raises
    ------
    ValueError
        If the text is not a plain decimal number.
    """

    text: str

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.text):
            raise ValueError(f"{self.text!r} is not a plain decimal number")

    @cached_property
    def value(self) -> float:
        """The number itself, in the unit it was printed in."""
        return float(self.text)

    @property
    def decimals(self) -> int:
        """How many digits follow the decimal point."""
        return len(self.text.partition(".")[2])

    @property
    def window(self) -> tuple[float, float]:
        """The lowest and highest true value that rounds to this, ends included."""
        half = 0.5 * 10.0**-self.decimals
        return self.value - half, self.value + half

    def __str__(self) -> str:
        return self.text


def agrees(printed: Reported, true: float) -> bool:
    """Tell whether a value, rounded half up or half down, gives the printed number.

    Parameters
    ----------
    printed : Reported
        As in the paper.
    true : float
        The unrounded value in the same unit.
    """
    low, high = printed.window
    return low - _EPSILON <= true <= high + _EPSILON


def possible_counts(percent: Reported, n: int) -> range:
    """Return every count of people out of `n` that prints as this percentage.

    Parameters
    ----------
    percent : Reported
        The printed percentage (0-100).
    n : int
        People in the denominator, at least 1.

    Returns
    -------
    range
        In rising order; empty when no count of people can give the figure, which is
        the GRIM test failing (doi 10.1177/1948550616673876).

    Raises
    ------
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> list(possible_counts(Reported("50"), 6))
    [3]
    >>> list(possible_counts(Reported("71"), 26))
    []
    """
    if n < 1:
        raise ValueError(f"a denominator is at least 1, not {n}")
    low, high = percent.window
    first = max(0, math.ceil((low / 100) * n - _EPSILON))
    last = min(n, math.floor((high / 100) * n + _EPSILON))
    return range(first, last + 1)


def grim_power(percent: Reported, n: int) -> float:
    """Return the share of printable percentages that no count out of `n` gives.

    Near 1 the test would catch almost any misprint; at 0 it can catch none.

    Parameters
    ----------
    percent : Reported
        Only its number of decimals matters.
    n : int
        People in the denominator, at least 1.

    Returns
    -------
    float
        Proportion in 0-1: ``max(0, 1 - (n + 1) / (100 * 10**decimals + 1))``.
    """
    printable: float = 100 * 10.0**percent.decimals + 1
    return max(0.0, 1 - (n + 1) / printable)
