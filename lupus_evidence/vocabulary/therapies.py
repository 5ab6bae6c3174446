"""Therapies: one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lupus_evidence.vocabulary.topic import topic


@dataclass(frozen=True)
class Therapy:
    """A treatment that an arm was given.

    Parameters
    ----------
    name : str
        As written in records and on the command line.
    label : str
        For the screen.
    wider : str or None
        The name that includes this one: every ``uc-msc`` arm is an ``msc`` arm.
    short : str
        A name for a reader who knows none of the field's, short enough for a phone;
        the label where empty.
    plainly : str
        What is done, in a sentence or two; empty where the label says it.
    also : tuple of str
        Other words for it, in small letters, as papers and patients write them.
    loosely : tuple of str
        Words that are said of it and of other therapies too.
    colour : int
        Number of its colour in every picture, from 0; that of the wider name where
        there is one.
    usual : bool
        Whether many studies have it and it tells none from another: usual care.
    cells : bool
        Whether it is given as cells: what "stem cells" may mean in an article.
    """

    name: str
    label: str
    wider: str | None = None
    short: str = ""
    plainly: str = ""
    also: tuple[str, ...] = ()
    loosely: tuple[str, ...] = ()
    colour: int = 5
    usual: bool = False
    cells: bool = False


#: Stem cells, and an article does not say which; no arm of a study was given these.
UNSPECIFIED = "unspecified"


def therapy_includes(wide: str, narrow: str) -> bool:
    """Tell whether every arm given `narrow` was also given `wide`."""
    name: str | None = narrow
    while name is not None:
        if name == wide:
            return True
        name = topic().therapies[name].wider
    return False


def broadest(therapy: str) -> str:
    """Return the name that includes a therapy's name and has none above it."""
    while (wider := topic().therapies[therapy].wider) is not None:
        therapy = wider
    return therapy


#: How many colours pictures have.
COLOURS = 6


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
