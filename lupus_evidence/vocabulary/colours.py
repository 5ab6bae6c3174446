"""Colours of therapies: which has which, and what each looks like.

A therapy's own number stands in the base's ``_topic.yaml`` (``colour``); the report's
page has these colours once more in ``report/templates/style.css``, with darker ones for
text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary.therapies import broadest, therapy_includes
from lupus_evidence.vocabulary.topic import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Colours by number on white; the first four by Okabe and Ito, for everyone
#: (https://jfly.uni-koeln.de/color/).
ON_WHITE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a08000", "#7a68c4")
#: The same on a dark page.
ON_DARK = ("#56b4e9", "#f0914a", "#2cc79b", "#e39ac2", "#d8b84a", "#a99bea")
#: The same on a terminal, as ANSI codes of its 256 colours.
ON_TERMINAL = ("38;5;32", "38;5;166", "38;5;36", "38;5;168", "38;5;136", "38;5;98")
#: How many colours pictures have.
COLOURS = len(ON_WHITE)


def colours_of(therapies: Sequence[str]) -> tuple[int, ...]:
    """Return the number of each therapy's colour: its own, whatever stands beside it.

    Only where another has the same one already, the next that is free.

    Parameters
    ----------
    therapies : sequence of str
        Those in one picture.

    Examples
    --------
    >>> colours_of(["uc-msc", "hsct"])
    (1, 0)
    >>> colours_of(["uc-msc", "bm-msc"])
    (1, 2)
    """
    own = {name: topic().therapies[broadest(name)].colour for name in therapies}
    found: dict[str, int] = {}
    for name, colour in own.items():
        if colour not in found.values():
            found[name] = colour
    rest = (*range(len(topic().compared), COLOURS), *range(COLOURS))
    for name, colour in own.items():
        if name not in found:
            free = (other for other in rest if other not in found.values())
            found[name] = next(free, colour)
    return tuple(found[name] for name in therapies)


def colour_of(therapy: str, therapies: Sequence[str]) -> int | None:
    """Return the colour of what an arm was given; None where it is not in the picture.

    Parameters
    ----------
    therapy : str
        What the arm was given.
    therapies : sequence of str
        Those in the picture.
    """
    for name, colour in zip(therapies, colours_of(therapies), strict=True):
        if therapy_includes(name, therapy):
            return colour
    return None
