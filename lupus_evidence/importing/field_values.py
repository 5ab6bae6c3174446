"""Values out of fields, whatever the format, with doubts about what is not told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.documents.text import shortened
from lupus_evidence.importing import identifiers
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.markup import without_markup
from lupus_evidence.importing.people import Named, people
from lupus_evidence.importing.people import displayed as shown_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lupus_evidence.importing.tagged import TaggedReference


#: Characters of a value that a message repeats.
_MAX_SHOWN = 80
_DASHES = re.compile(r"(?<=\w)\s*(?:[‐‑‒–—−]|-+)\s*(?=\w)")
#: A number of an article, "e123" or "Article 104567"; not the words of other fields.
_NUMBER = re.compile(
    r"(?:(?:unsp|pii|id|artn?|article|paper|e-?location(?:[ -]?id)?|no|num|number)\b"
    r"\W{0,3}(?=.))*([\w.:/-]*[0-9][\w.:/-]*)",
    re.IGNORECASE,
)
_MAX_NUMBER = 40
#: An item of the publisher, which is neither a page nor a number to cite by.
_PII = re.compile(r"S?[0-9]{4}-?[0-9]{3}[0-9X]\(?[0-9]{2}\)?[0-9]{5}-?[0-9X]")


class Said(NamedTuple):
    """A value as a file has it.

    Parameters
    ----------
    name : str
        What the field is called there.
    value : str
        On one line.
    line : int
        Where it stands; 0 if it is not known.
    lines : tuple of str
        The value's own lines.
    """

    name: str
    value: str
    line: int = 0
    lines: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A value for the record, and doubts about it."""

    value: str | None
    doubts: tuple[Doubt, ...] = ()


def said(item: TaggedReference, *tags: str) -> tuple[Said, ...]:
    """Return the values of some tags with their lines."""
    return tuple(
        Said(field.tag, field.value, field.line, field.lines)
        for field in item.each(*tags)
    )


def words(text: str | None) -> str | None:
    """Return a text on one line and without markup, or None if nothing is left."""
    return one_line(without_markup(text)) if text else None


def pages_of(text: str | None) -> str | None:
    """Return pages with single hyphens; two ends that are the same are one."""
    said = words(text)
    if said is None:
        return None
    said = _DASHES.sub("-", said)
    first, _, last = said.rpartition("-")
    return first if first and first == last else said


def authors(fields: Iterable[Said]) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Return the authors that some fields name, and doubts about them."""
    return _named(fields, people)


def displayed(fields: Iterable[Said]) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Return the authors of fields that have given names in front of surnames."""
    return _named(fields, shown_people)


def _named(
    fields: Iterable[Said], read: Callable[[str], Named]
) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Return the authors that some fields name, read one way or the other."""
    names: list[str] = []
    doubts: list[Doubt] = []
    for field in fields:
        for text in _one_each(field):
            found = read(text)
            names += found.names
            if found.doubt:
                hint = "see the page, and write surname and initials"
                doubts.append(
                    Doubt("I104", f"{field.name}: {found.doubt}", hint, field.line)
                )
    return tuple(names), tuple(doubts)


def _one_each(field: Said) -> Sequence[str]:
    """Return a field's lines where each holds a person, else the whole field."""
    several = len(field.lines) > 1 and all("," in line for line in field.lines)
    return field.lines if several else (field.value,)


def doi(fields: Iterable[Said], elsewhere: Iterable[str] = ()) -> Taken:
    """Return the first DOI of some fields, or else of other texts that begin with one.

    Parameters
    ----------
    fields : iterable of Said
        Fields for a DOI.
    elsewhere : iterable of str
        Other texts: only one that is a DOI or leads to one counts.
    """
    value: str | None = None
    doubts: list[Doubt] = []
    for field in fields:
        found = identifiers.find_doi(field.value)
        if found.value is None and re.search(r"[0-9]", field.value):
            message = f"{field.name}: no DOI can be told in {_shown(field)}: left out"
            doubts.append(Doubt("I103", message, "look it up", field.line))
        more = (found.value, *found.others) if value else found.others
        others = [other for other in more if other and other != value]
        if others:
            message = f"{field.name}: more than one DOI, {', '.join(others)} left out"
            hint = "see which is the report's own"
            doubts.append(Doubt("I103", message, hint, field.line))
        value = value or found.value
    if value is None:
        value = next(filter(None, map(_leads_to, elsewhere)), None)
    return Taken(value, tuple(doubts))


_ALONE = re.compile(
    r"\W*(?:doi\b\W*|https?://(?:[\w-]+\.)*doi[.-]org[\w.-]*/)?10\.[0-9]{4}|.*?\s"
    r"https?://(?:dx\.|www\.)?doi\.org/10\.[0-9]{4}",
    re.IGNORECASE,
)


def _leads_to(text: str) -> str | None:
    """Return the DOI that a text is, or that its address leads to."""
    return identifiers.find_doi(text).value if _ALONE.match(text) else None


def year(fields: Sequence[Said]) -> tuple[int | None, tuple[Doubt, ...]]:
    """Return the year of the first date that has one, or a doubt if none has."""
    found = next(filter(None, (identifiers.year(item.value) for item in fields)), None)
    if found or not fields:
        return found, ()
    first = fields[0]
    message = f"{first.name}: no year can be told in {_shown(first)}"
    return None, (Doubt("I105", message, "look it up", first.line),)


def article_number(text: str) -> str | None:
    """Return the number that an article has instead of pages, or None if it is none."""
    said = words(text) or ""
    found = _NUMBER.fullmatch(said) if len(said) <= _MAX_NUMBER else None
    return found[1] if found else None


def is_item(text: str) -> bool:
    """Tell whether a number is a publisher's own, by which nobody cites an article."""
    return _PII.fullmatch(text.strip()) is not None


def pages_or_number(pages: str | None, numbers: Iterable[Said]) -> Taken:
    """Return pages, or the number of an article that has none.

    Parameters
    ----------
    pages : str or None
        As the file has them.
    numbers : iterable of Said
        Fields in which numbers of articles stand.
    """
    shown = pages_of(pages)
    doubts: list[Doubt] = []
    for field in numbers:
        number = article_number(field.value)
        if number is None and shown is None and re.search(r"[0-9]", field.value):
            message = f"{field.name}: {_shown(field)} is no article's number: left out"
            hint = "if it is, write it as `pages` into the citation"
            doubts.append(Doubt("I107", message, hint, field.line))
        if number is None or number.lower() in (shown or "").lower():
            continue
        if shown is None:
            shown = number
            continue
        message = (
            f"{field.name}: the article's number {number} is left out beside {shown}"
        )
        hint = "write whichever the report is cited by"
        doubts.append(Doubt("I107", message, hint, field.line))
    return Taken(shown, tuple(doubts))


def _shown(field: Said) -> str:
    """Return a value for a message."""
    return repr(shortened(field.value, _MAX_SHOWN))
