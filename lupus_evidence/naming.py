"""What a study is called in pictures and prose: "Jayne 2004"; ids are for typing."""

from __future__ import annotations

import re
from collections import defaultdict
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.models import Study

#: What PubMed puts after the initials.
_SUFFIXES = frozenset({"Jr", "Sr", "2nd", "3rd", "4th", "5th", "II", "III", "IV"})
#: More letters than anybody has initials in a list of authors.
_MAX_AFTER_SURNAME = 4

#: Longer ones are no surname that a picture has room for.
_MAX_SURNAME = 30

_DATED = re.compile(r"(?P<word>[a-z]+)-(?P<year>\d{4})(?:-.+)?")
_REGISTERED = re.compile(r"[a-z]{3,6}\d{5,}")


def surname(author: str) -> str:
    """Return the surname of an author written as in the records.

    Examples
    --------
    >>> surname("van Laar JM")
    'van Laar'
    """
    words = author.split()
    if len(words) > 2 and words[-1] in _SUFFIXES:  # noqa: PLR2004 - surname, initials, suffix
        words.pop()
    last = words[-1] if len(words) > 1 else ""
    if last.isupper() and len(last) <= _MAX_AFTER_SURNAME:
        words.pop()
    return " ".join(words)


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
