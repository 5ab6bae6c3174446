"""What a study is called in pictures and prose: "Jayne 2004"; ids are for typing."""

from __future__ import annotations

import re
from collections import defaultdict
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.records.study import Study


#: What stands behind a name of those who share it with a parent, as PubMed and others
#: write it.
SUFFIX = re.compile(r"[JjSs]r|2nd|3rd|[4-9]th")
#: The same in letters that may be initials, unless other initials stand in front.
SUFFIX_OR_INITIALS = re.compile(r"JR|SR|I{2,3}|IV|VI{0,3}")
#: Words of groups; what follows them is no person's initials.
_OF_GROUPS = re.compile(
    r"\b(?:administration|agency|assoc|board\b|bureau|cent(?:er|re)\b|clinic|collaborat"
    r"|college|committee|consort|council|department|dept\b|federation|foundation|gmbh\b"
    r"|groupe?\b|grupo\b|hospital|inc\b|initiative|inst\b|institut|investigat|ltd\b"
    r"|ministry|network|organi[sz]ation|panel\b|part(?:y|ners)\b|program|project|registr"
    r"|research|societ|stud(?:y|ies)\b|team\b|trials?\b|universit"
    r"|h?aematolog|immunolog|lupus\b|nephrolog|rheumatolog|transplant"
    r"|(?-i:and|for|of|the)\b)|&|grupp[eo]\b|gesellschaft",
    re.IGNORECASE,
)
#: More letters than anybody has initials in a list of authors.
_MAX_INITIALS = 4
#: Sounds that older lists of authors write with two letters: "Ivanov IuA".
_TWO_LETTERS = re.compile(
    r"(?<![^\W\d_])(?:[IY][aeou]|[CKSZ]h|Ts)(?=[A-Z])|(?<=[A-Z])[IY][aeou]$"
)

#: Longer ones are no surname that a picture has room for.
_MAX_SURNAME = 30

_DATED = re.compile(r"(?P<word>[a-z]+)-(?P<year>\d{4})(?:-.+)?")
_REGISTERED = re.compile(r"[a-z]{3,6}\d{5,}")


def is_group(author: str) -> bool:
    """Tell whether an author is a group, by the words that only groups have."""
    return _OF_GROUPS.search(author) is not None


class Person(NamedTuple):
    """The parts of somebody's name.

    Parameters
    ----------
    family : str
        The surname with its particles.
    initials : str
        Without points and blanks, hyphens as they are; the given name in scripts that
        have no initials; may be empty.
    suffix : str
        "Jr", "III"; mostly empty.
    """

    family: str
    initials: str
    suffix: str


def divided(author: str) -> Person | None:
    """Return the parts of a person's name written as in the records.

    Parameters
    ----------
    author : str
        Surname first: "van Laar JM", "Smith J.-P. Jr".

    Returns
    -------
    Person or None
        None for a group, and for a name of which no end can be told apart.

    Examples
    --------
    >>> divided("van Laar JM")
    Person(family='van Laar', initials='JM', suffix='')
    >>> divided("Autoimmune Diseases Working Party of the EBMT") is None
    True
    """
    words = author.split()
    if is_group(author):
        return None
    suffix = _taken_suffix(words)
    if len(words) == 2 and all(map(_has_no_case, words)):  # noqa: PLR2004 - 孙 凌云
        return Person(words[0], words[1], suffix)
    found: list[str] = []
    while len(words) > 1 and (letters := _as_initials(words[-1])):
        if found and (len(letters) > 1 or len(found[0]) > 1):
            break  # "LI W" is one surname, "C D" are two initials
        found.insert(0, letters)
        words.pop()
    if not (found or suffix) or sum(map(len, found)) > 2 * _MAX_INITIALS:
        return None
    return Person(" ".join(words), "".join(found), suffix)


def _taken_suffix(words: list[str]) -> str:
    """Take the suffix off the words of a name, if it has one, and return it."""
    last = words[-1].strip(".,") if len(words) > 1 else ""
    behind_initials = len(words) > 2 and bool(_as_initials(words[-2].rstrip(",")))  # noqa: PLR2004 - surname, initials, suffix
    if not SUFFIX.fullmatch(last) and not (
        behind_initials and SUFFIX_OR_INITIALS.fullmatch(last)
    ):
        return ""
    words.pop()
    words[-1] = words[-1].rstrip(",")
    return last


def _as_initials(word: str) -> str:
    """Return the initials that a word holds, without points; empty for other words."""
    letters = _TWO_LETTERS.sub("I", word.replace(".", "").replace("‐", "-"))
    bare = letters.replace("-", "")
    if not (bare.isalpha() and bare.isupper() and len(bare) <= _MAX_INITIALS):
        return ""
    return word.replace(".", "").replace("‐", "-").strip("-")


def _has_no_case(word: str) -> bool:
    """Tell whether a word is in a script without capitals, such as Chinese."""
    return word.isalpha() and word.upper() == word.lower()


def surname(author: str) -> str:
    """Return the surname of an author written as in the records.

    Examples
    --------
    >>> surname("van Laar JM")
    'van Laar'
    """
    person = divided(author)
    return person.family if person else " ".join(author.split())


def cited_as(study: Study) -> str:
    """Return a study as people cite it: "Jayne 2004", "NCT02633163".

    First author and year as far as they are known, otherwise what the id says; an id
    that says neither stays as it is.

    Parameters
    ----------
    study : Study
        The record.
    """
    if _REGISTERED.fullmatch(study.id):
        return study.id.upper()
    match = _DATED.fullmatch(study.id)
    year = study.citation.year or (match and match["year"])
    authors = study.citation.authors
    known = match["word"].capitalize() if match else ""
    name = surname(authors[0]) if authors else known
    if not (name and year) or len(name) > _MAX_SURNAME:
        return study.id
    return f"{name} {year}"


def study_names(studies: Iterable[Study]) -> dict[str, str]:
    """Return what each study is called, no two alike.

    Parameters
    ----------
    studies : iterable of Study
        All that may be named together.

    Returns
    -------
    dict of str to str
        By id. Where two would be equal, a letter follows the year, in order of their
        ids: "Liang 2010a", "Liang 2010b".
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for study in studies:
        alike[cited_as(study)].append(study.id)
    names = {}
    for name, ids in alike.items():
        lettered = 1 < len(ids) <= len(ascii_lowercase)
        for letter, found in zip(ascii_lowercase, sorted(ids), strict=False):
            names[found] = f"{name}{letter}" if lettered else name
        if len(ids) > len(ascii_lowercase):
            names |= {found: found for found in ids}
    return names
