"""A DOI out of what files write into fields for it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from lupus_evidence.importing.markup import without_markup

_START = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}(?:/|%2F)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]+")
#: Characters that nobody sees, and that web pages bring along.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
#: An address in front, as a resolver's or a publisher's; the rest is percent-encoded.
_ADDRESS = re.compile(r"https?:\S*$|(?:www\.|dx\.)?doi\.org/\S*$", re.IGNORECASE)
#: What the address of a page has behind the DOI.
_PAGE = re.compile(
    r"(?:\?[\w.-]+=.*|[?#]|/(?:full|abstract|pdf|epdf|fulltext|meta|html)/?)$",
    re.IGNORECASE,
)
#: What may follow a DOI in its field without being part of it.
_NEXT = re.compile(
    r"\s*(?:$|[\[(|]|[A-Z][A-Z0-9]{1,4} {1,2}- |https?:|www\.|(?:pmc?id|pmid|pubmed|pmc"
    r"|epub|doi|e?issn|isbn|accessed|available)\b)",
    re.IGNORECASE,
)
#: A DOI that a program broke at a point, "10.1016/j.ijid. 2020.01.003".
_BROKEN = re.compile(r"\.\s+[0-9a-z]")
_AFTER = " .,;:|\"'”’»"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


class Found(NamedTuple):
    """What a field for a DOI holds.

    Parameters
    ----------
    value : str or None
        The DOI without an address in front, if it can be told.
    others : tuple of str
        Further DOIs in the field.
    """

    value: str | None
    others: tuple[str, ...] = ()


def find(text: str | None) -> Found:
    """Return the DOI that a text holds, and others beside it.

    None where blanks or foreign letters may cut it short.

    Examples
    --------
    >>> find("DOI 10.1000/182 [doi]")
    Found(value='10.1000/182', others=())
    """
    said = _UNSEEN.sub("", without_markup(text or "")).strip()
    found: list[str] = []
    starts = list(_START.finditer(said))
    first = None
    for number, start in enumerate(starts):
        last = starts[number + 1].start() if number + 1 < len(starts) else len(said)
        value = _one(said, start.start(), last, more=last < len(said))
        if number == 0:
            first = value
        if value and value.lower() not in (other.lower() for other in found):
            found.append(value)
    others = tuple(value for value in found if value != first)
    return Found(first, others)


def _one(said: str, start: int, last: int, *, more: bool) -> str | None:
    """Return the DOI that starts at a place, or None if its end cannot be told."""
    address = _ADDRESS.search(said[:start])
    word, *_ = said[start:last].split(maxsplit=1)
    rest = said[start + len(word) : last]
    if more and address is None and not rest:
        word = re.sub(r"(?:https?://\S*|(?<=[;,|])\S*)$", "", word, flags=re.IGNORECASE)
    word = re.sub(r"(?<=.)\[?\(?\[doi\]\)?\]?$", "", word, flags=re.IGNORECASE)
    ended = word[-1:] in _AFTER and not _BROKEN.match(word[-1] + rest)
    if address is not None:
        word = _PAGE.sub("", _PAGE.sub("", word))
    if address is not None or "%2f" in word[:16].lower():
        word = unquote(word)
    word = _trimmed(word)
    if not _DOI.fullmatch(word):
        return None
    if not more and not ended and not _NEXT.match(rest):
        return None
    return word


def _trimmed(word: str) -> str:
    """Return a DOI without the signs and the closing brackets behind it."""
    while word:
        last = word[-1]
        opening = _PAIRS.get(last)
        loose = opening is not None and word.count(last) > word.count(opening)
        if not (loose or last in _AFTER):
            break
        word = word[:-1]
    return word
