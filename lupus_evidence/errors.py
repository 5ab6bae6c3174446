"""The exceptions that callers may catch; imports nothing of the package."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

#: Names among which the nearest are looked for, and the longest name they are looked
#: for: each pair is compared letter by letter.
_MOST_COMPARED = 1_000
_LONGEST_COMPARED = 100
#: How alike two words are that one may have been typed for the other, from 0 to 1; of
#: three letters (mcs for msc) and of more.
_NEAR_IF_SHORT, _NEAR, _SHORT = 0.66, 0.72, 3
#: Names that are all listed where none is near.
_MOST_NAMED = 40


class EvidenceError(Exception):
    """Anything this package refuses to do, with a message fit for a person."""


class RecordsNotFoundError(EvidenceError):
    """The folder of records is missing or cannot be read."""


class UnknownNameError(EvidenceError):
    """A study, therapy, endpoint or code that does not exist.

    Parameters
    ----------
    kind : str
        What was asked for, in words ("study", "therapy").
    name : str
        The name as given.
    known : tuple of str
        The names that exist; the message offers the nearest, or all if they are few.
    spellings : mapping of str to str, optional
        Other ways to write a name, which may be nearer than the name itself.
    where : str
        A sentence that says where all names stand, for where they are many.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        known: tuple[str, ...],
        spellings: Mapping[str, str] | None = None,
        where: str = "",
    ) -> None:
        self.kind, self.name, self.known = kind, name, known
        near = nearest(name, {item: item for item in known} | dict(spellings or {}))
        if near:
            hint = f" Did you mean {near}?"
        elif known and len(known) <= _MOST_NAMED:
            hint = f" There are: {', '.join(known)}."
        else:
            hint = f" {where}" if where else ""
        super().__init__(f"there is no {kind} named {name!r}.{hint}")


class AmbiguousNameError(EvidenceError):
    """A word that may mean several names, of which one has to be chosen.

    Parameters
    ----------
    kind : str
        What was asked for, in words ("therapy").
    name : str
        The word as given.
    names : tuple of str
        What it may mean.
    meanings : tuple of str
        What each of these is, in words; may be empty.
    """

    def __init__(
        self, kind: str, name: str, names: tuple[str, ...], meanings: tuple[str, ...]
    ) -> None:
        self.kind, self.name, self.names = kind, name, names
        told = [
            f"{item} ({meaning})" if meaning else item
            for item, meaning in zip_longest(names, meanings, fillvalue="")
        ]
        if len(told) > _MOST_NAMED:
            told = [*told[:_MOST_NAMED], f"one of {len(told) - _MOST_NAMED} more"]
        listed = f"{', '.join(told[:-1])} or {told[-1]}"
        super().__init__(f"{name!r} may mean several; name one {kind}: {listed}")


def nearest(name: str, spellings: Mapping[str, str]) -> str | None:
    """Return the name whose spelling is nearest to a word, if any is near.

    Parameters
    ----------
    name : str
        The word.
    spellings : mapping of str to str
        Names by how they may be written.
    """
    if len(spellings) > _MOST_COMPARED or len(name) > _LONGEST_COMPARED:
        return None
    from difflib import get_close_matches

    folded = {spelling.casefold(): known for spelling, known in spellings.items()}
    cutoff = _NEAR if len(name) > _SHORT else _NEAR_IF_SHORT
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=cutoff)
    return folded[near[0]] if near else None


class OutputError(EvidenceError):
    """A file could not be written; what was there before is intact."""
