"""The word lists of reading: where a text mentions what, in the words of a topic.

`words.yaml` holds the lists. A topic leaves out the names that it has not and adds
phrases of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from lupus_evidence.records.yamltext import parse
from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import UNSPECIFIED, Endpoint, Therapy, Topic, topic


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


Phrases = dict[str, list[str]]
#: What "their own cells" is called until it is known which they are.
OWN_CELLS = "own-cells"


def topic_phrases(
    name: str, lists: Mapping[str, Any], now: Topic
) -> list[str] | Phrases:
    """Return a word list without what the topic has not, and with its own phrases.

    Parameters
    ----------
    name : str
        Of the list; ``condition`` for words of the topic's condition.
    lists : mapping of str to list
        All of them, as the file has them.
    now : Topic
        The topic.
    """
    if name == "condition":
        return _of_condition(now, lists)
    if name == "other_diseases":
        return _of_other_diseases(now, lists)
    names = _NAMES.get(name)
    if names is None:
        found: list[str] | Phrases = lists[name]
        return found
    known = _kept(lists[name], names(bundled_topic()), names(now))
    if name == "therapies" and not now.cells:
        known.pop(UNSPECIFIED, None)
        known.pop(OWN_CELLS, None)
    rows = _ROWS.get(name)
    if rows is None:
        return known
    return known | _added(rows(now), known, now.phrases.get(name, {}))


#: Whose names the lists are of.
_NAMES: dict[str, Callable[[Topic], Iterable[str]]] = {
    "outcomes": lambda now: now.endpoints,
    "therapies": lambda now: now.therapies,
    "measures": lambda now: now.measures,
    "who": lambda now: now.scopes,
}
#: Names that a topic may add to the lists.
_ROWS: dict[str, Callable[[Topic], Iterable[Therapy | Endpoint]]] = {
    "outcomes": lambda now: now.endpoints.values(),
    "therapies": lambda now: now.therapies.values(),
}


def is_of_topic(outcome: str) -> bool:
    """Tell whether a word of the lists means an outcome that the topic has.

    Parameters
    ----------
    outcome : str
        A name of the vocabulary, or of a list that is none.
    """
    return outcome in topic().endpoints or outcome not in bundled_topic().endpoints


def _kept(
    lists: Mapping[str, list[str]], usual: Iterable[str], own: Iterable[str]
) -> Phrases:
    """Return the lists of names that the topic has, and those that are no names."""
    gone = set(usual) - set(own)
    return {key: phrases for key, phrases in lists.items() if key not in gone}


def _added(
    rows: Iterable[Therapy | Endpoint],
    known: Phrases,
    own: Mapping[str, tuple[str, ...]],
) -> Phrases:
    """Return the phrases of names that no list has, or that the topic says more of."""
    found: Phrases = {}
    for row in rows:
        said = [*own.get(row.name, ())]
        if row.name not in known:
            found[row.name] = [*map(listed_phrase, _words(row)), *said]
        elif said:
            found[row.name] = [*known[row.name], *said]
    return found


def _words(row: Therapy | Endpoint) -> Iterator[str]:
    """Yield the words by which a name is known that no list speaks of."""
    yield row.name.replace("-", " ")
    yield row.label.partition(" (")[0].lower()
    yield from row.also


def listed_phrase(words: str) -> str:
    """Return the phrase of a list that is found where these words stand.

    Parameters
    ----------
    words : str
        In small letters.
    """
    return " ".join(map(re.escape, words.split()))


def _of_condition(now: Topic, lists: Mapping[str, Any]) -> list[str]:
    """Return the words for the topic's condition."""
    known = lists["conditions"].get(now.condition.name)
    own = (now.condition.name.lower(), *now.condition.also)
    return list(known or map(listed_phrase, own))


def _of_other_diseases(now: Topic, lists: Mapping[str, Any]) -> list[str]:
    """Return the words for diseases that are not the topic's."""
    own = [now.condition.name, *now.condition.also]
    found = [
        phrase
        for phrase in lists["other_diseases"]
        if not any(re.fullmatch(phrase, word, re.IGNORECASE) for word in own)
    ]
    for name, phrases in lists["conditions"].items():
        if name != now.condition.name:
            found += phrases
    return found
