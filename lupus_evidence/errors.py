"""The exceptions that callers may catch; imports nothing of the package."""

from __future__ import annotations

#: Names among which the nearest are looked for, and the longest name they are looked
#: for: each pair is compared letter by letter.
_MOST_COMPARED = 500
_LONGEST_COMPARED = 100


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
        The names that exist; the nearest are offered in the message.
    """

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        from difflib import get_close_matches

        self.kind, self.name, self.known = kind, name, known
        few = len(known) <= _MOST_COMPARED and len(name) <= _LONGEST_COMPARED
        near = get_close_matches(name, known, n=3, cutoff=0.5) if few else []
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"there is no {kind} named {name!r}.{hint}")


class OutputError(EvidenceError):
    """A file could not be written; what was there before is intact."""
