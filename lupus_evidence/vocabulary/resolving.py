"""From a word that somebody typed to the name that is meant.

Names are found in any case and with spaces or hyphens, by what they are called on the
screen, and by other words of the field; a family's name stands for its members. A word
that may mean several names is answered with these, an unknown one with the nearest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from lupus_evidence.errors import AmbiguousNameError, UnknownNameError
from lupus_evidence.vocabulary.countries import COUNTRIES
from lupus_evidence.vocabulary.fixed_names import (
    BIAS,
    BIAS_LIMITS,
    DESIGN_SPELLINGS,
    DESIGNS,
    FAMILIES,
    READING_SPELLINGS,
    READINGS,
    STATUS_SPELLINGS,
    STATUSES,
    BiasLimit,
    Design,
    Reading,
    Status,
)
from lupus_evidence.vocabulary.therapies import Therapy
from lupus_evidence.vocabulary.topic import Topic, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lupus_evidence.vocabulary.endpoints import Endpoint

NameT = TypeVar("NameT", bound=str)


def folded(words: str) -> str:
    """Return words as names are compared: "Wharton's jelly (WJ)" is whartons-jelly-wj.

    Parameters
    ----------
    words : str
        In any case, with any punctuation.
    """
    plain = (
        words.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    return "-".join(re.findall(r"[^\W_]+", plain))


@dataclass(frozen=True)
class Lexicon(Generic[NameT]):
    """The names of one kind and every way to write them.

    Parameters
    ----------
    kind : str
        What they name: "therapy".
    names : tuple of str
        As records and outputs write them.
    spellings : mapping of str to tuple of str
        By folded word, the names that it may mean; one, unless it is said of several.
    families : mapping of str to tuple of str
        By folded word, the names that it stands for together.
    meanings : mapping of str to str
        What a name is, in words, for where several have to be told apart.
    where : str
        A sentence that says where all names stand, for where they are many.
    """

    kind: str
    names: tuple[NameT, ...]
    spellings: Mapping[str, tuple[NameT, ...]] = field(default_factory=dict)
    families: Mapping[str, tuple[NameT, ...]] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    where: str = ""

    def resolve(self, word: str) -> tuple[NameT, ...]:
        """Return the names that a word stands for: one, or a family's.

        Parameters
        ----------
        word : str
            As typed.

        Raises
        ------
        AmbiguousNameError
            If it may mean several; with these.
        UnknownNameError
            If it means none; with the nearest, or all.
        """
        asked = folded(word)
        for name in self.names:
            if folded(name) == asked:
                return (name,)
        if asked in self.families:
            return self.families[asked]
        meant = self.spellings.get(asked, ())
        if len(meant) > 1:
            self._refuse(word, meant)
        return meant or self._unknown(word)

    def resolve_one(self, word: str) -> NameT:
        """Return the one name that a word stands for, where a family will not do.

        Parameters
        ----------
        word : str
            As typed.

        Raises
        ------
        AmbiguousNameError
            If it may mean several, or is a family's; with these.
        UnknownNameError
            If it means none; with the nearest, or all.
        """
        meant = self.resolve(word)
        if len(meant) > 1:
            self._refuse(word, meant)
        return meant[0]

    def resolve_all(self, words: Iterable[str]) -> tuple[NameT, ...]:
        """Return the names that words stand for, in order, each once.

        Parameters
        ----------
        words : iterable of str
            As typed.

        Raises
        ------
        AmbiguousNameError, UnknownNameError
            As in `resolve`.
        """
        return tuple(
            dict.fromkeys(name for word in words for name in self.resolve(word))
        )

    def _refuse(self, word: str, names: tuple[NameT, ...]) -> None:
        """Say which names a word may mean."""
        meanings = tuple(self.meanings.get(name, "") for name in names)
        raise AmbiguousNameError(self.kind, word, names, meanings)

    def _unknown(self, word: str) -> tuple[NameT, ...]:
        """Say what is near to a word that is no name."""
        near = {
            spelling.replace("-", " "): names[0]
            for spelling, names in self.spellings.items()
            if len(names) == 1
        } | {family: family for family in self.families}
        raise UnknownNameError(self.kind, word, self.names, near, self.where)


def _spellings(rows: Iterable[Therapy | Endpoint]) -> dict[str, tuple[str, ...]]:
    """Return what words of labels, papers and patients may mean, by folded word."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        shown = row.short if isinstance(row, Therapy) else row.lay
        screen = (
            row.label,
            shown,
            *(text.partition(" (")[0] for text in (row.label, shown)),
        )
        for words in (*row.also, *screen, *row.loosely):
            known = found.get(folded(words), ())
            if words and row.name not in known:
                found[folded(words)] = (*known, row.name)
    return found


def therapies() -> Lexicon[str]:
    """Return the therapies and every way to write them."""
    return _therapies_of(topic())


@cache
def _therapies_of(chosen: Topic) -> Lexicon[str]:
    """Return the therapies of a topic."""
    return Lexicon(
        "therapy",
        tuple(chosen.therapies),
        _spellings(chosen.therapies.values()),
        meanings={
            name: therapy.label.partition(" (")[0]
            for name, therapy in chosen.therapies.items()
        },
    )


def endpoints() -> Lexicon[str]:
    """Return the endpoints, their families, and every way to write them."""
    return _endpoints_of(topic())


@cache
def _endpoints_of(chosen: Topic) -> Lexicon[str]:
    """Return the endpoints of a topic."""
    families = {
        family: tuple(
            name for name in chosen.endpoints if chosen.endpoints[name].family == family
        )
        for family in FAMILIES
        if family not in chosen.endpoints
    }
    plurals = {f"{family}s": names for family, names in families.items()}
    return Lexicon(
        "endpoint",
        tuple(chosen.endpoints),
        _spellings(chosen.endpoints.values()),
        families | plurals,
    )


def _alone(spellings: Mapping[str, NameT]) -> dict[str, tuple[NameT, ...]]:
    """Return spellings that mean one name each."""
    return {folded(words): (name,) for words, name in spellings.items()}


@cache
def designs() -> Lexicon[Design]:
    """Return the designs of studies and every way to write them."""
    return Lexicon("design", DESIGNS, _alone(DESIGN_SPELLINGS))


@cache
def readings() -> Lexicon[Reading]:
    """Return the ways in which a figure was seen and every way to write them."""
    return Lexicon("reading", READINGS, _alone(READING_SPELLINGS))


@cache
def bias_limits() -> Lexicon[BiasLimit]:
    """Return the levels of bias that can be a limit and every way to write them."""
    words = {BIAS[name].word: name for name in BIAS_LIMITS}
    return Lexicon("level of bias", BIAS_LIMITS, _alone(words))


def scopes() -> Lexicon[str]:
    """Return what a remission or response is judged on and every way to write it."""
    rows = topic().scopes
    spellings = {words: name for name, row in rows.items() for words in row.also}
    return Lexicon("scope", tuple(rows), _alone(spellings))


@cache
def statuses() -> Lexicon[Status]:
    """Return the statuses of studies and every way to write them."""
    return Lexicon("status", STATUSES, _alone(STATUS_SPELLINGS))


@cache
def countries() -> Lexicon[str]:
    """Return the two-letter codes of countries and every name of a country."""
    spellings: dict[str, tuple[str, ...]] = {}
    for code, names in COUNTRIES.items():
        for name in dict.fromkeys(map(folded, names)):
            spellings[name] = (*spellings.get(name, ()), code)
    return Lexicon(
        "country",
        tuple(COUNTRIES),
        spellings,
        meanings={code: names[0] for code, names in COUNTRIES.items()},
        where="Give a name, such as China, or the two letters, such as CN.",
    )


def country_code(name: str) -> str | None:
    """Return the code of the one country of a name, or None if it is not known here.

    Examples
    --------
    >>> country_code("Korea, Republic of")
    'KR'
    """
    codes = countries().spellings.get(folded(name), ())
    return codes[0] if len(codes) == 1 else None
