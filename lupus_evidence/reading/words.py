"""The word lists of reading, as patterns: where a text mentions what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from lupus_evidence.reading.topical import topic_phrases
from lupus_evidence.vocabulary import topic
from lupus_evidence.yamltext import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lupus_evidence.vocabulary import Topic


@dataclass(frozen=True, order=True)
class Mention:
    """A place in a sentence where something is mentioned.

    Parameters
    ----------
    start, end : int
        Characters of the sentence, from 0; the end is left out.
    name : str
        What is mentioned, by its name in the word list.
    """

    start: int
    end: int
    name: str

    def overlaps(self, other: Mention) -> bool:
        """Tell whether both share a character."""
        return self.start < other.end and other.start < self.end


@cache
def word_lists() -> Mapping[str, Any]:
    """Return the word lists by name."""
    text = resources.files("lupus_evidence.reading").joinpath("words.yaml")
    return cast("Mapping[str, Any]", parse(text.read_text(encoding="utf-8")))


def lower(text: str) -> str:
    """Return a text in small letters, as long as before.

    Parameters
    ----------
    text : str
        Any text; the few letters whose small form is longer stay.
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_GAP = r"[ \-\u2010\u2011]"


def phrase(words: str) -> str:
    """Return the regular expression that a phrase of the lists stands for.

    Parameters
    ----------
    words : str
        As the lists write it: a space is any spaces or a hyphen, ` ?` also none.
    """
    grouped = re.sub(r"(?<!\\)\((?!\?)", "(?:", words)
    return re.sub(r" \??", lambda gap: _GAP + ("*" if gap[0] == " ?" else "+"), grouped)


def whole_words(phrases: Iterable[str]) -> str:
    """Return the regular expression of any of some phrases, as whole words."""
    return rf"(?<!\w)(?:{'|'.join(map(phrase, phrases))})(?!\w)"


@dataclass(frozen=True)
class Vocabulary:
    """Phrases by what they mean, ready to be looked for.

    Parameters
    ----------
    small, capital : mapping of str to Pattern
        By name: phrases in any case, and those in capitals only.
    """

    small: Mapping[str, re.Pattern[str]]
    capital: Mapping[str, re.Pattern[str]]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return what a text mentions, in order.

        Of mentions that share characters the one that begins first counts, and of
        those that begin together the longest.

        Parameters
        ----------
        text : str
            A sentence as printed.
        """
        small = lower(text)
        found = [
            Mention(match.start(), match.end(), name)
            for patterns, where in ((self.small, small), (self.capital, text))
            for name, pattern in patterns.items()
            for match in pattern.finditer(where)
        ]
        return without_overlaps(found)


def without_overlaps(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions that share no character, the earlier and longer ones."""
    kept: list[Mention] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.end > item.start and (not kept or item.start >= kept[-1].end):
            kept.append(item)
    return tuple(kept)


def vocabulary(name: str) -> Vocabulary:
    """Return a word list as patterns, for the topic in force.

    Parameters
    ----------
    name : str
        A list of phrases, or of lists by name; ``condition`` for the topic's own.
    """
    return _vocabulary(name, topic())


@cache
def _vocabulary(name: str, now: Topic) -> Vocabulary:
    """Return a word list as patterns, for a topic."""
    lists = topic_phrases(name, word_lists(), now)
    if isinstance(lists, list):
        lists = {name: lists}
    small, capital = {}, {}
    for key, phrases in lists.items():
        shouted = [item for item in phrases if item[0].isupper()]
        rest = [item for item in phrases if not item[0].isupper()]
        if rest:
            small[key] = re.compile(whole_words(rest))
        if shouted:
            capital[key] = re.compile(whole_words(shouted))
    return Vocabulary(small, capital)


@cache
def literals(name: str) -> Mapping[str, str]:
    """Return what each literal word of a list stands for, longest words first.

    Parameters
    ----------
    name : str
        A list of words by name.
    """
    pairs = [(word, key) for key, words in word_lists()[name].items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))
