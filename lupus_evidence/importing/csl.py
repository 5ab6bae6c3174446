"""CSL-JSON, the format of Zotero, pandoc and DOI registries.

References
----------
https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from lupus_evidence.importing import field_values, identifiers
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.json_files import (
    Lines,
    Many,
    Shape,
    json_value,
    references_in,
    shaped,
)
from lupus_evidence.importing.reference import Reference, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lupus_evidence.vocabulary import Publication

#: Types of CSL, and those that DOI registries write into it, without their hyphens.
_KINDS: dict[str, Publication] = {
    "articlejournal": "article",
    "journalarticle": "article",
    "paperconference": "conference-abstract",
    "proceedingsarticle": "conference-abstract",
    "conferencepaper": "conference-abstract",
    "conferenceabstract": "conference-abstract",
    "thesis": "thesis",
    "dissertation": "thesis",
    "webpage": "web-page",
    "post": "web-page",
    "postweblog": "web-page",
    "blogpost": "web-page",
}
#: "PMID: 1" on a line of its own, where Zotero keeps what CSL has no field for.
_IN_NOTE = re.compile(
    r"^[ \t]*(PMID|PMCID|DOI|article[ -]number|number|page)[ \t]*:"
    r"[ \t]*(\S.*?)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
#: What stands in people's names; a group's may hold anything.
_OF_PEOPLE = re.compile(
    r"(?=(?:.*[^\W\d_]){3})(?:[^\W\d_]|[ \u00a0.,;&()'’`´‐-])+"
    r"|.*</?[A-Za-z]\w*[^<>]*>.*|.*&\w+;.*"
)
_LEFT_OUT = (
    "not carried over: abstract, keywords, notes (figures are typed from the page, "
    "with their place)"
)


def _first(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Take the first of several texts: Crossref lists titles in all their forms."""
    return next(iter(value), None) if isinstance(value, list) else value


def _called(value: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """Take a reference's name, which may be a number; anything else names nothing."""
    return str(value) if isinstance(value, (str, int)) else ""


Words = Annotated[str | None, BeforeValidator(_first)]


class _Part(Shape):
    """CSL names its fields with hyphens, and numbers may stand as text."""

    model_config = ConfigDict(
        alias_generator=lambda name: name.replace("_", "-"), coerce_numbers_to_str=True
    )


class _Name(_Part):
    """A person or a group."""

    family: str | None = None
    given: str | None = None
    dropping_particle: str | None = None
    non_dropping_particle: str | None = None
    suffix: str | None = None
    literal: str | None = None
    name: str | None = None


class _Date(_Part):
    """A date in parts or in words."""

    date_parts: Many[Many[str | None]] = ()
    raw: str | None = None
    literal: str | None = None
    date_time: str | None = None


def _dated(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Let a date in words stand for one in parts."""
    return {"raw": value} if isinstance(value, str) else value


class _Item(_Part):
    """One reference."""

    id: Annotated[str, BeforeValidator(_called)] = ""
    type: str = ""
    author: Many[_Name] = ()
    title: Words = None
    container_title: Words = None
    issued: Annotated[_Date | None, BeforeValidator(_dated)] = None
    published: _Date | None = None
    published_print: _Date | None = None
    published_online: _Date | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    number: str | None = None
    article_number: str | None = None
    elocation_id: str | None = None
    language: str | None = None
    note: str | None = None
    doi: str | None = Field(None, alias="DOI")
    url: str | None = Field(None, alias="URL")
    pmid: str | None = Field(None, alias="PMID")
    pmcid: str | None = Field(None, alias="PMCID")


def read_csl_text(text: str) -> Iterator[Reference]:
    """Yield the reports that a text in CSL-JSON cites."""
    value = json_value(text)
    return read_csl(value, Lines(text, value))


def read_csl(
    value: Any,  # noqa: ANN401 - whatever the file holds
    line_of: Callable[[int], int] = lambda _: 0,
) -> Iterator[Reference]:
    """Yield the reports that CSL-JSON cites.

    Parameters
    ----------
    value : object
        What the JSON text holds: a list of references, one alone, or an object in
        which they stand.
    line_of : callable
        Returns the line of the reference with this place in the list.

    Raises
    ------
    EvidenceError
        If a reference has not the shape of CSL.
    """
    for at, item in enumerate(references_in(value)[1]):
        found = _reference(shaped(_Item, item, f"reference {at + 1}"))
        if found.doubts:
            line = line_of(at)
            doubts = tuple(doubt._replace(line=line) for doubt in found.doubts)
            found = replace(found, doubts=doubts)
        yield found


def _reference(item: _Item) -> Reference:
    """Return one report."""
    named = {key.lower(): value for key, value in _IN_NOTE.findall(item.note or "")}
    entry = identifiers.cited_entry(item.url)
    own = identifiers.own_registrations(item.note) or ()
    names, unclear = _authors(item.author)
    year, undated = _year(item)
    kind = _KINDS.get(re.sub(r"[^a-z]", "", item.type.lower()))
    journal = field_values.words(item.container_title)
    kind, called = kind_of(kind, journal, f"CSL: {item.type}")
    pages = field_values.pages_or_number(
        item.page or named.get("page"), _numbers(item, named)
    )
    doi = field_values.doi(
        _said("DOI", item.doi or named.get("doi")), filter(None, [item.url])
    )
    return Reference(
        authors=names,
        title=field_values.words(item.title),
        journal=journal or (identifiers.REGISTRY if entry else None),
        year=year,
        volume=field_values.words(item.volume),
        issue=field_values.words(item.issue),
        pages=pages.value,
        doi=doi.value,
        pmid=identifiers.pmid(item.pmid or named.get("pmid")),
        pmcid=identifiers.pmcid(item.pmcid or named.get("pmcid")),
        url=identifiers.url(item.url),
        language=identifiers.language(item.language),
        registrations=tuple(dict.fromkeys((*own, *([entry] if entry else ())))),
        publication="registry-entry" if entry else kind,
        said_kind=called,
        left_out=(_LEFT_OUT,),
        doubts=(*unclear, *undated, *pages.doubts, *doi.doubts),
        key=item.id,
    )


def _said(name: str, *values: str | None) -> list[Said]:
    """Return the values of a field that are there."""
    return [Said(name, value) for value in map(one_line, values) if value]


def _numbers(item: _Item, named: Mapping[str, str]) -> list[Said]:
    """Return the fields that may hold an article's number; a report's is another."""
    of_article = _KINDS.get(re.sub(r"[^a-z]", "", item.type.lower())) == "article"
    noted = (named.get("article-number"), named.get("article number"))
    plain = (item.number, named.get("number")) if of_article else ()
    return _said(
        "number of the article",
        item.article_number,
        item.elocation_id,
        *noted,
        *plain,
    )


def _authors(given: Iterable[_Name]) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Return people with their particles and initials, and groups by their names."""
    names: list[str] = []
    doubts: list[Doubt] = []
    for at, name in enumerate(given, 1):
        if name.family and (name.given or name.suffix):
            parts = (name.dropping_particle, name.non_dropping_particle, name.family)
            family = " ".join(filter(None, map(one_line, parts)))
            said = ", ".join(filter(None, (family, name.given, name.suffix)))
        else:
            said = name.literal or name.name or name.family or name.given or ""
        if said and not _OF_PEOPLE.fullmatch(said):
            names += filter(None, [field_values.words(said)])
            continue
        found, unclear = field_values.authors([Said(f"author {at}", said)])
        names += found
        doubts += unclear
        if not said:
            message = f"author {at}: no name can be told: left out"
            doubts.append(Doubt("I104", message, "look the name up"))
    return tuple(names), tuple(doubts)


def _year(item: _Item) -> tuple[int | None, tuple[Doubt, ...]]:
    """Return the year of publication."""
    dates = (item.issued, item.published, item.published_print, item.published_online)
    said: list[Said] = []
    for date in filter(None, dates):
        parts = (part for parts in date.date_parts[:1] for part in parts[:1])
        said += _said("issued", *parts, date.raw, date.literal, date.date_time)
    return field_values.year(said)
