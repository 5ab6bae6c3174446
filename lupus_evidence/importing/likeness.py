"""Reports that look like one another and are not the same by the rules.

A preprint and its article, an abstract and the paper, a title with a slip in it: who
screens a search decides, and nobody else. Ten thousand reports are compared with ten
thousand others, so only titles are that share the year, or the one before or after,
and their first letters, their last ones or the first author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from rapidfuzz import fuzz, process

from lupus_evidence.records.field_types import BLANK
from lupus_evidence.records.identity import (
    NUMBERS,
    Identity,
    folded,
    numbers,
    surname,
    titled,
)

#: What records call a register's own entry of a study.
ENTRY = "registry-entry"


@dataclass(frozen=True)
class Described:
    """A report by what a record or a file says of it.

    Parameters
    ----------
    name : str
        Its record's name, or what its record would be called.
    title : str
        Empty where it is not known.
    year : int or None
        Of publication.
    author : str
        The first one; empty where nobody is named.
    own : tuple of (str, str)
        Kind of number and number, of those that no other report has.
    registrations : tuple of str
        Numbers in registers.
    publication : str
        What kind of report it is; empty where that is not known.
    """

    name: str = ""
    title: str = ""
    year: int | None = None
    author: str = ""
    own: tuple[tuple[str, str], ...] = ()
    registrations: tuple[str, ...] = ()
    publication: str = "article"

    @cached_property
    def identity(self) -> Identity:
        """What tells it from others by the rules of all reports."""
        registered = (("registration", number) for number in self.registrations)
        return Identity(
            numbers((*self.own, *registered)),
            titled(self.title, self.year, self.author),
        )

    @cached_property
    def folded(self) -> str:
        """The title's letters and digits alone."""
        return folded(self.title)

    @cached_property
    def surname(self) -> str:
        """The first author's surname, folded."""
        return surname(self.author)

    @property
    def is_entry(self) -> bool:
        """Whether it is a register's own entry of a study."""
        return self.publication == ENTRY

    @property
    def is_told(self) -> bool:
        """Whether anything but its name tells it from others."""
        return bool(self.title or self.own or self.registrations)


def described(fields: Mapping[str, Any], name: str = "") -> Described:
    """Return what a record's fields say of its report.

    Parameters
    ----------
    fields : mapping
        A record's, from a file or about to be written; blanks and values of a wrong
        kind count as not said.
    name : str
        The record's name, if no field says it.
    """
    citation = fields.get("citation")
    cited = citation if isinstance(citation, dict) else {}
    authors = _texts(cited.get("authors"))
    kind = fields.get("publication", "article")
    year = cited.get("year")
    return Described(
        name=_text(fields.get("id")) or name,
        title=_text(fields.get("title")),
        year=year if type(year) is int else None,
        author=authors[0] if authors else "",
        own=tuple((kind, text) for kind in NUMBERS if (text := _text(cited.get(kind)))),
        registrations=_texts(fields.get("registrations")),
        publication=_text(kind),
    )


def _text(value: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """Return a text or a number as text; nothing for a blank and all else."""
    if isinstance(value, str):
        return "" if value == BLANK else value
    return str(value) if type(value) is int else ""


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever the file holds
    """Return the texts of a list, blanks left out."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(filter(None, map(_text, value)))


#: How many of a hundred letters two titles have in common that look alike: the
#: longest common subsequence, twice its length against that of both together.
NEAR = 90
#: The same where the first authors differ.
NEARER = 95
#: Letters of a title that more than one report may have: "Reply", "Lupus nephritis".
SHORT = 24
#: Letters by which titles find each other at either end.
_END = 12
#: Letters of a title that another one begins with: a subtitle was left out.
_BEGINNING = 30
#: Of a hundred letters.
_ALL = 100
#: Stands for every year.
_ANY = 0
#: Reports that are looked at closer for one.
_MOST = 100
_FIGURE = re.compile(r"[0-9]+|\b[ivx]{1,4}\b", re.IGNORECASE)


class Saying(Protocol):
    """Anything of which it is said what report it is."""

    @property
    def described(self) -> Described:
        """What is said."""


SayingT = TypeVar("SayingT", bound=Saying)


class Likeness(NamedTuple):
    """How much two reports look alike.

    Parameters
    ----------
    letters : int
        Of a hundred letters of their titles, those in common, rounded down.
    differs : tuple of str
        What tells them apart: kinds of number, "year", "author", "title", "kind".
    shared : str
        A number that both have in spite of that; empty where there is none.
    """

    letters: int
    differs: tuple[str, ...]
    shared: str = ""


@dataclass(frozen=True)
class Near(Generic[SayingT]):
    """A report that looks like another one, and how much."""

    report: SayingT
    likeness: Likeness


class _Block(Generic[SayingT]):
    """Reports that have something in common, and their titles beside them."""

    __slots__ = ("reports", "titles")

    def __init__(self) -> None:
        self.reports: list[SayingT] = []
        self.titles: list[str] = []

    def near(self, title: str) -> Iterator[SayingT]:
        """Yield the reports with a title that has most letters of this one."""
        found = process.extract(
            title,
            self.titles,
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=NEAR,
            limit=None,
        )
        return (self.reports[at] for _, _, at in found)


class Lookout(Generic[SayingT]):
    """Titles by what those have in common that may look alike."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, str, int | None], _Block[SayingT]] = {}

    def enter(self, report: SayingT) -> None:
        """Enter a report."""
        said = report.described
        if not said.folded:
            return
        keys = [(kind, value, said.year) for kind, value in _parts(said)]
        if len(said.folded) >= SHORT:
            keys.append(("title", said.folded, None))
            beginning = said.folded[:_BEGINNING]
            keys += [("begin", beginning, said.year), ("begin", beginning, _ANY)]
        for key in keys:
            block = self._blocks.setdefault(key, _Block())
            block.reports.append(report)
            block.titles.append(said.folded)

    def nearest(self, said: Described) -> Near[SayingT] | None:
        """Return the report that looks most like another one, if any does."""
        found: Near[SayingT] | None = None
        for report in islice(self._candidates(said), _MOST):
            likeness = looks_like(said, report.described)
            if likeness is not None and (
                found is None or likeness.letters > found.likeness.letters
            ):
                found = Near(report, likeness)
                if likeness.letters == _ALL:
                    break
        return found

    def _candidates(self, said: Described) -> Iterator[SayingT]:
        """Yield the reports whose titles are near enough to look closer."""
        title, year = said.folded, said.year
        if not title:
            return
        yield from self._block("title", title, None).reports
        years = (_ANY,) if year is None else (year, year - 1, year + 1, None)
        for one in years:
            for kind, value in _parts(said):
                yield from self._block(kind, value, one).near(title)
            block = self._block("begin", title[:_BEGINNING], one)
            for report, other in zip(block.reports, block.titles, strict=True):
                if other.startswith(title) or title.startswith(other):
                    yield report
            if one == _ANY:
                yield from block.near(title)

    def _block(self, kind: str, value: str, year: int | None) -> _Block[SayingT]:
        """Return the reports that have something in common; none if nobody has."""
        return self._blocks.get((kind, value, year)) or _Block()


def _parts(said: Described) -> Iterator[tuple[str, str]]:
    """Yield what titles of about one year that may look alike are found by."""
    if len(said.folded) >= SHORT:
        yield "first", said.folded[:_END]
        yield "last", said.folded[-_END:]
    if said.surname:
        yield "author", said.surname


def _begins(one: Described, other: Described) -> bool:
    """Tell whether one title is the other without its end, a subtitle."""
    short, long = sorted((one.folded, other.folded), key=len)
    return len(short) >= _BEGINNING and long.startswith(short)


def looks_like(one: Described, other: Described) -> Likeness | None:
    """Return how much two reports look alike; None if they do not.

    Parameters
    ----------
    one, other : Described
        Which are not the same by the rules.
    """
    same = one.folded == other.folded
    letters = letters_in_common(one, other)
    near = same or letters >= NEAR
    if not near and not _begins(one, other):
        return None
    author = _agree(one.surname, other.surname)
    apart = _years_apart(one, other)
    against = contradicting(one, other)
    differs = (
        *against,
        *(("year",) if apart else ()),
        *(("author",) if author is False else ()),
        *(() if same else ("title",)),
    )
    likeness = Likeness(letters, differs)
    short = min(len(one.folded), len(other.folded)) < SHORT
    if short:
        looks = near and author is True and apart <= 1
    elif same:
        looks = author is not False or apart <= 1
    elif apart > 1 or (against and _figures(one) != _figures(other)):
        looks = False
    elif author is False:
        looks = letters >= NEARER and not against
    else:
        looks = near or not against
    return likeness if looks else None


def letters_in_common(one: Described, other: Described) -> int:
    """Return how many of a hundred letters two titles have in common, rounded down."""
    return int(fuzz.ratio(one.folded, other.folded))


def contradicting(one: Described, other: Described) -> tuple[str, ...]:
    """Return the kinds of number of which two reports have one each, and not the same.

    Parameters
    ----------
    one, other : Described
        Of any two reports.
    """
    mine, theirs = dict(one.identity.numbers), dict(other.identity.numbers)
    return tuple(
        kind for kind, _ in one.own if kind in theirs and mine[kind] != theirs[kind]
    )


def _agree(one: str, other: str) -> bool | None:
    """Tell whether two names are the same; None where one is not known."""
    return one == other if one and other else None


def _years_apart(one: Described, other: Described) -> int:
    """Return how many years lie between two reports; 0 where one is not known."""
    if one.year is None or other.year is None:
        return 0
    return abs(one.year - other.year)


def _figures(said: Described) -> list[str]:
    """Return the numbers in a title, by which the parts of a series differ."""
    return _FIGURE.findall(said.title.casefold())
