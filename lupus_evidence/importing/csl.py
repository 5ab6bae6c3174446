"""CSL-JSON, the format of Zotero, pandoc and DOI registries.

References
----------
https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from lupus_evidence.importing import identifiers
from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.names import author
from lupus_evidence.importing.reference import Reference
from lupus_evidence.importing.shapes import Many, Shape, shaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.vocabulary import Publication

_KINDS: dict[str, Publication] = {
    "article-journal": "article",
    "paper-conference": "conference-abstract",
    "thesis": "thesis",
    "webpage": "web-page",
    "post": "web-page",
    "post-weblog": "web-page",
}
#: "PMID: 1" on a line of its own, where Zotero keeps what CSL has no field for.
_IN_NOTE = re.compile(r"^(PMID|PMCID): *(\S+) *$", re.MULTILINE)
_LEFT_OUT = (
    "not carried over: abstract, keywords, notes (figures are typed from the page, "
    "with their place)"
)


def _first(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Take the first of several texts: Crossref lists titles in all their forms."""
    return next(iter(value), None) if isinstance(value, list) else value


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


class _Date(_Part):
    """A date in parts or in words."""

    date_parts: Many[Many[str | None]] = ()
    raw: str | None = None
    literal: str | None = None


class _Item(_Part):
    """One reference."""

    type: str = ""
    author: Many[_Name] = ()
    title: Words = None
    container_title: Words = None
    issued: _Date | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    number: str | None = None
    language: str | None = None
    note: str | None = None
    doi: str | None = Field(None, alias="DOI")
    url: str | None = Field(None, alias="URL")
    pmid: str | None = Field(None, alias="PMID")
    pmcid: str | None = Field(None, alias="PMCID")


def read_csl(value: Any) -> Iterator[Reference]:  # noqa: ANN401 - whatever the file holds
    """Yield the reports that CSL-JSON cites.

    Parameters
    ----------
    value : object
        What the JSON text holds: a list of references, or one alone.

    Raises
    ------
    EvidenceError
        If a reference has not the shape of CSL.
    """
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        yield _reference(shaped(_Item, item, f"reference {number}"))


def _reference(item: _Item) -> Reference:
    """Return one report."""
    named = dict(_IN_NOTE.findall(item.note or ""))
    entry = identifiers.cited_entry(item.url)
    own = identifiers.own_registrations(item.note) or ()
    return Reference(
        authors=tuple(filter(None, map(_author, item.author))),
        title=one_line(item.title),
        journal=one_line(item.container_title)
        or (identifiers.REGISTRY if entry else None),
        year=_year(item.issued),
        volume=one_line(item.volume),
        issue=one_line(item.issue),
        pages=one_line(item.page or item.number),
        doi=identifiers.doi(item.doi),
        pmid=identifiers.pmid(item.pmid or named.get("PMID")),
        pmcid=identifiers.pmcid(item.pmcid or named.get("PMCID")),
        url=identifiers.url(item.url),
        language=identifiers.language(item.language),
        registrations=tuple(dict.fromkeys((*own, *([entry] if entry else ())))),
        publication="registry-entry" if entry else _KINDS.get(item.type),
        said_kind=f"CSL: {item.type}",
        left_out=(_LEFT_OUT,),
    )


def _author(name: _Name) -> str | None:
    """Return a person's surname with its particles and initials, or a group's name."""
    if not name.family:
        return one_line(name.literal or name.given)
    parts = (name.dropping_particle, name.non_dropping_particle, name.family)
    family = " ".join(filter(None, map(one_line, parts)))
    return author(family, name.given or "", name.suffix or "")


def _year(date: _Date | None) -> int | None:
    """Return the year of publication."""
    if date is None:
        return None
    parts = [part for parts in date.date_parts[:1] for part in parts[:1]]
    said = (*parts, date.raw, date.literal)
    years = (identifiers.year(text) for text in said)
    return next((found for found in years if found), None)
