"""The word lists of reading as a topic has them: its names, and its own phrases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import UNSPECIFIED, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lupus_evidence.vocabulary import Endpoint, Therapy, Topic

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
    usual = names(bundled_topic())
    known = _kept(lists[name], usual, names(now))
    if name == "therapies" and not now.cells:
        known.pop(UNSPECIFIED, None)
        known.pop(OWN_CELLS, None)
    rows = _ROWS.get(name)
    if rows is None:
        return known
    return known | _added(rows(now), known, now.phrases.get(name, {}), usual)


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
    usual: Iterable[str],
) -> Phrases:
    """Return the phrases of names that the topic adds, or says more of."""
    found: Phrases = {}
    for row in rows:
        said = [*own.get(row.name, ())]
        if row.name in known or row.name in usual:
            if said:
                found[row.name] = [*known.get(row.name, ()), *said]
        else:
            found[row.name] = [*map(literal, _words(row)), *said]
    return found


def _words(row: Therapy | Endpoint) -> Iterator[str]:
    """Yield the words by which a name is known that no list speaks of."""
    yield row.name.replace("-", " ")
    yield row.label.partition(" (")[0].lower()
    yield from row.also


def literal(words: str) -> str:
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
    return list(known or map(literal, own))


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
