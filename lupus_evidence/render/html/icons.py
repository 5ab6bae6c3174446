"""Icon arrays: a hundred people in ten rows of ten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.text import of_hundred

if TYPE_CHECKING:
    from lupus_evidence.report.page import Hundred

#: People in one row, and rows.
ACROSS = 10
#: Size of one person in the picture's own units; the symbols have it too.
WIDE, TALL = 12, 14
HUNDRED = ACROSS * ACROSS


@dataclass(frozen=True)
class Person:
    """One person of an icon array.

    Parameters
    ----------
    style : {"sure", "likely", "maybe", "none"}
        Counted even at the low end, up to the best single number, only up to the
        high end, or not at all.
    x, y : int
        Place in the picture.
    """

    style: str
    x: int
    y: int


@dataclass(frozen=True)
class IconArray:
    """A picture of a hundred people.

    Parameters
    ----------
    people : tuple of Person
        All of them.
    outline : str
        A line around as many people as the best figure has, as an SVG path; empty
        where no one or everyone stands in it.
    """

    people: tuple[Person, ...]
    outline: str


def icon_array(figure: Hundred) -> IconArray:
    """Return the picture of a figure.

    Parameters
    ----------
    figure : Hundred
        What it says of 100 people.
    """
    low, high = of_hundred(figure.low), of_hundred(figure.high)
    best = low if figure.best is None else of_hundred(figure.best)
    styles = (
        ("sure", min(low, best)),
        ("likely", best),
        ("maybe", max(high, best)),
        ("none", HUNDRED),
    )
    people = tuple(
        Person(
            next(style for style, end in styles if place < end),
            place % ACROSS * WIDE,
            place // ACROSS * TALL,
        )
        for place in range(HUNDRED)
    )
    return IconArray(people, "" if figure.best is None else _outline(best))


def _outline(people: int) -> str:
    """Return the line around the first so many people."""
    if people in (0, HUNDRED):
        return ""
    rows, rest = divmod(people, ACROSS)
    right, bottom = ACROSS * WIDE, rows * TALL
    if not rows:
        return f"M0 0H{rest * WIDE}V{TALL}H0z"
    if not rest:
        return f"M0 0H{right}V{bottom}H0z"
    return f"M0 0H{right}V{bottom}H{rest * WIDE}v{TALL}H0z"
