"""Names of people as the records write them, and names for new records."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Letters that have no base letter with an accent in Unicode.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "ð": "d",
        "đ": "d",
        "Đ": "d",
        "ł": "l",
        "Ł": "l",
        "ı": "i",
        "þ": "th",
        "Þ": "th",
    }
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
#: A given name that is initials already: "JM"; longer ones are names in capitals.
_MAX_INITIALS = 3
#: Leaves room for a year and a number within the 60 characters of an identifier.
_MAX_WORD = 45
#: Shorter words of a title are mostly "a", "the" and "for".
_MIN_TITLE_WORD = 4
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MIN_IDENTIFIER, _MAX_IDENTIFIER = 2, 60


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words with hyphens; empty if none is left.

    Examples
    --------
    >>> slug("Gómez-Almaguer")
    'gomez-almaguer'
    >>> slug("O'Brien")
    'obrien'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = _APOSTROPHES.sub("", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_MAX_WORD].strip("-")


def initials(given: str, *, capitals: bool = False) -> str:
    """Return the initials of given names as PubMed prints them.

    Parameters
    ----------
    given : str
        "Jacob M.", "J. M.", "JM" or "Xiao-Dong".
    capitals : bool
        Whether the whole name is in capitals, so that "LI" is a name.

    Examples
    --------
    >>> initials("Xiao-Dong"), initials("J. M."), initials("JM")
    ('XD', 'JM', 'JM')
    """
    found = ""
    for part in re.split(r"[\s.\-‐]+", given):
        if part.isupper() and len(part) <= _MAX_INITIALS and not capitals:
            found += part
        elif part[:1].isupper() or part[:1].islower():
            found += part[0].upper()
        elif part.isalpha():  # Chinese and other scripts have no initials
            found += part
    return found


def author(family: str, given: str, suffix: str = "") -> str:
    """Return an author as the records write one: surname, initials, suffix."""
    capitals = len(family) > 1 and family.isupper()
    parts = (family, initials(given, capitals=capitals), suffix.strip(" ."))
    return " ".join(part for part in parts if part)


def record_name(first: str, year: int | None, title: str) -> str:
    """Return a name for a record: the first author's surname and the year.

    Parameters
    ----------
    first : str
        The first author's surname, a registry number, or nothing.
    year : int or None
        Of publication.
    title : str
        Without the first, its first word of some length is taken.

    Examples
    --------
    >>> record_name("van Laar", 2009, ""), record_name("", 2010, "A survey of us")
    ('van-laar-2009', 'survey-2010')
    """
    long = (slug(word) for word in title.split())
    word = slug(first) or next(
        (word for word in long if len(word) >= _MIN_TITLE_WORD), "study"
    )
    name = word if year is None else f"{word}-{year}"
    return name if len(name) >= _MIN_IDENTIFIER else f"study-{name}"


def is_identifier(name: str) -> bool:
    """Tell whether a name can be a record's or an arm's, and so a file's."""
    return (
        _IDENTIFIER.fullmatch(name) is not None
        and _MIN_IDENTIFIER <= len(name) <= _MAX_IDENTIFIER
    )


class Names:
    """Names that are taken.

    Parameters
    ----------
    taken : iterable of str
        Names that exist already.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def unused(self, name: str) -> str:
        """Return the name, or with -2, -3, ... if it is taken, and take it.

        Raises
        ------
        EvidenceError
            If the name is as long as a name may be and taken.
        """
        found, number = name, self._next.get(name, 2)
        while found in self._taken:
            found = f"{name}-{number}"
            number += 1
        if not is_identifier(found):
            raise EvidenceError(f"{found!r} cannot be a record's name: it is too long")
        self._next[name] = number
        self._taken.add(found)
        return found
