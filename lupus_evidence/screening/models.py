"""What the files beside the records say of searches and of screening.

A search is a YAML file in ``_searches``; the decisions are rows of ``_screening.csv``.
"""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from lupus_evidence.fields import (
    Count,
    Doi,
    Identifier,
    PartialDate,
    Pmcid,
    Pmid,
    Registration,
    Text,
)
from lupus_evidence.parts import Record

Kind = Literal["database", "register", "website", "organisation", "citations"]
Stage = Literal["title-abstract", "full-text"]
Decision = Literal["include", "exclude", "not-retrieved", "awaiting"]

KINDS: tuple[Kind, ...] = get_args(Kind)
#: What PRISMA 2020 counts in the column of databases and registers.
IN_DATABASES: frozenset[Kind] = frozenset({"database", "register"})

#: What stands under ``found_by`` where nobody knows which search found a report.
UNKNOWN = "unknown"

_IN_FRONT = ("https://doi.org/", "http://doi.org/", "http://dx.doi.org/", "doi:")


class HitsFile(Record):
    """The hits as the source gave them."""

    name: Text
    """The file, beside the search."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Its SHA-256 digest, by which a changed file is told."""


class Search(Record):
    """One search of one source: ``_searches/ID.yaml``."""

    id: Identifier
    """A name for it, and the name of the file."""
    source: Text
    """What was searched: a database with its provider, a register, a reference list."""
    kind: Kind
    """A database, a register, websites, an organisation, or citations."""
    date: PartialDate
    """When it was searched, as exact as it is known."""
    query: Text | None = None
    """What was typed, in full, or how it was searched."""
    limits: Text | None = None
    """Limits of language, date or kind of report."""
    hits: Count | None = None
    """How many it gave; left out where nobody counted."""
    file: HitsFile | None = None
    """The hits themselves."""
    by: Text | None = None
    """Who searched."""
    note: Text | None = None
    """What a reader should know."""


def _bare_doi(value: Any) -> Any:  # noqa: ANN401 - whatever the table holds
    """Take the address off a DOI, as databases export it."""
    if isinstance(value, str):
        for front in _IN_FRONT:
            if value.lower().startswith(front):
                return value[len(front) :].strip()
    return value


def _several(value: Any) -> Any:  # noqa: ANN401 - whatever the table holds
    """Split a cell at its semicolons."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


class ScreenedReport(Record):
    """One decision about one report: a row of ``_screening.csv``."""

    title: Text | None = None
    """Title as printed."""
    authors: Text | None = None
    """Authors, first author first, with semicolons between them."""
    year: Annotated[int, Field(ge=1800, le=2100)] | None = None
    """Year of publication."""
    doi: Annotated[Doi, BeforeValidator(_bare_doi)] | None = None
    """DOI."""
    pmid: Pmid | None = None
    """PubMed number."""
    pmcid: Pmcid | None = None
    """PubMed Central number."""
    registration: Registration | None = None
    """Trial registry number."""
    found_by: Annotated[tuple[Identifier, ...], BeforeValidator(_several)] = ()
    """Searches that found it, with semicolons between them; unknown if nobody knows."""
    stage: Stage
    """Whether it was judged by title and abstract, or by the full text."""
    decision: Decision
    """include, exclude, not-retrieved, or awaiting where nobody has decided yet."""
    reason: Text | None = None
    """Why; a report excluded by its full text needs it."""
    by: Text | None = None
    """Who decided."""
    record: Identifier | None = None
    """The record it became, where its numbers do not tell."""
    note: Text | None = None
    """What a reader should know."""

    @model_validator(mode="after")
    def _named(self) -> "ScreenedReport":
        """Refuse a row that names no report."""
        numbers = (self.doi, self.pmid, self.pmcid, self.registration)
        if not (self.title or self.record or any(numbers)):
            raise ValueError("the row names no report: give a title or a number")
        return self
