"""Which colour a therapy has: the same on every page, whatever stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import DEFAULT_THERAPIES, broadest, therapy_includes

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Colours of the style sheet.
COLOURS = 6


def colours_of(therapies: Sequence[str]) -> tuple[int, ...]:
    """Return the number of each therapy's colour.

    The therapies of the default report have the first ones, also under a narrower
    name; any other takes the next that is free.

    Parameters
    ----------
    therapies : sequence of str
        Those that are set side by side.

    Examples
    --------
    >>> colours_of(["uc-msc", "conventional"])
    (1, 2)
    """
    found: dict[str, int] = {}
    for name in therapies:
        wide = broadest(name)
        if wide in DEFAULT_THERAPIES:
            place = DEFAULT_THERAPIES.index(wide)
            if place not in found.values():
                found[name] = place
    free = (
        place
        for place in (*range(len(DEFAULT_THERAPIES), COLOURS), *range(COLOURS))
        if place not in found.values()
    )
    for name in therapies:
        if name not in found:
            found[name] = next(free, COLOURS - 1)
    return tuple(found[name] for name in therapies)


def colour_of(therapy: str, therapies: Sequence[str]) -> int | None:
    """Return the colour of an arm's therapy; None where it is not compared.

    Parameters
    ----------
    therapy : str
        What an arm was given.
    therapies : sequence of str
        Those that are set side by side.
    """
    for name, colour in zip(therapies, colours_of(therapies), strict=True):
        if therapy_includes(name, therapy):
            return colour
    return None
