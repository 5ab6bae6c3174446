"""From a block of text to its sentences, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lupus_evidence.reading.words import lower, word_lists

#: Where a sentence may end: a mark, closing quotes and brackets, references; then a
#: space and what may begin a sentence.
_END = re.compile(
    r"(?P<mark>[.!?\u2026]+)(?P<close>[\"'\u2019\u201d)\]]*(?:\s?\[[\d,; \u2013-]+\])*)"
    r"(?P<gap>\s+)(?=[\"'\u2018\u201c(\[]*[A-Za-z0-9\u00c0-\u00de$£€~<>])"
)
#: Before a small letter a point after so few letters is one of an abbreviation.
_SHORT = 3
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
    before = text[max(0, match.start() - 40) : match.start()]
    if match["close"].strip("[]0123456789,; \u2013-"):
        return True
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    if word[0] == text[: match.start()].lstrip() and word[0].isdigit():
        return False  # "1. Own cells": the number of a heading or an item
    if _INITIAL.search(before):
        return False
    small = lower(word[0])
    if small == "al":  # "Wang et al. treated", but also "... by Wang et al. They"
        return False
    if following.islower() and (len(small) < _SHORT or "." in small):
        return False
    if small in ("etc", "inc", "ltd", "mo", "yr", "yrs", "mos", "wk", "pts", "no"):
        return not following.isdigit()
    return small not in _abbreviations()


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
    for match in _END.finditer(text):
        if _ends(text, match):
            found.append((start, match.end("close")))
            start = match.end()
    found.append((start, len(text)))
    return tuple(
        Span(*_stripped(text, first, last))
        for first, last in found
        if text[first:last].strip()
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return a stretch of text without the spaces around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return start, start + len(piece), piece
