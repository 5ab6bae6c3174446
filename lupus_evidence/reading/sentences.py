"""From a block of text to its sentences, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lupus_evidence.reading.patterns import pattern
from lupus_evidence.reading.words import lower, word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where a sentence may end: a mark, closing quotes and brackets, references; then a
#: space and what may begin a sentence.
_END = pattern("sentences.end")
#: Before a small letter a point after so few letters is one of an abbreviation.
_SHORT = 3
#: The next item of a list that was put into one line.
_BULLET = re.compile(r"(?<=[\].])\s[-\u2013\u2022]\s(?=[A-Z])")
#: A sentence of more letters is none that somebody wrote for others to read.
_LONGEST = 1_500
#: No word is longer than so many letters.
_FAR = 40
#: What may end a sentence though it is an abbreviation.
_UNITS = frozenset({"etc", "inc", "ltd", "mo", "yr", "yrs", "mos", "wk", "pts", "no"})
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")


@dataclass(frozen=True)
class Span:
    """A sentence's place in its block.

    Parameters
    ----------
    start, end : int
        Characters of the block's text, from 0; the end is left out.
    text : str
        The sentence.
    """

    start: int
    end: int
    text: str


@cache
def _abbreviations() -> frozenset[str]:
    """Return words whose point ends no sentence."""
    return frozenset(word_lists()["abbreviations"])


def _ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether a mark ends a sentence."""
    following = text[match.end() : match.end() + 1]
    if match["mark"] != ".":
        return not (following.islower() and "\u2026" in match["mark"])
    if match["close"].strip("[]0123456789,; \u2013-"):
        return True
    before = text[max(0, match.start() - _FAR) : match.start()]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    numbers_it = word[0] == text[: match.start()].lstrip() and word[0].isdigit()
    return not (numbers_it or _is_short_for(word[0], before, following))


def _is_short_for(word: str, before: str, following: str) -> bool:
    """Tell whether a word with a point is an abbreviation, or somebody's initial.

    Parameters
    ----------
    word, before : str
        The word, and the text up to its end.
    following : str
        The letter behind the point and the space.
    """
    small = lower(word)
    if _INITIAL.search(before):
        return True
    if following.islower() and (len(small) < _SHORT or "." in small):
        return True
    if small in _UNITS:  # "after 6 mo. They", but "no. 12"
        return following.isdigit()
    return small in _abbreviations()


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a block.

    Parameters
    ----------
    text : str
        One paragraph, heading or item, on one line.

    Returns
    -------
    tuple of Span
        In order. "Dr. Wang", "e.g. this", "3.5 g" and a reference such as [12] after
        the point keep together.
    """
    found = []
    start = 0
    ends = [match for match in _END.finditer(text) if _ends(text, match)]
    for end, following in sorted(
        [(match.end("close"), match.end()) for match in ends]
        + [match.span() for match in _BULLET.finditer(text)]
    ):
        if end >= start:
            found.append((start, end))
            start = following
    found.append((start, len(text)))
    return tuple(
        Span(*_stripped(text, *part))
        for first, last in found
        for part in _parts(text, first, last)
        if text[slice(*part)].strip()
    )


def _parts(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch without a stop in parts that a rule can take at a time."""
    while last - first > _LONGEST:
        cut = text.rfind(" ", first + _LONGEST // 2, first + _LONGEST)
        end = cut if cut > 0 else first + _LONGEST
        yield first, end
        first = end
    yield first, last


def _stripped(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return a stretch of text without the spaces around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return start, start + len(piece), piece
