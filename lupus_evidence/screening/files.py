"""The files of a folder that tell of searches and screening: what they say, and where.

A search is a YAML file in ``_searches``; the decisions are rows of ``_screening.csv``.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from lupus_evidence.records import validation
from lupus_evidence.records.field_types import (
    Count,
    Doi,
    Identifier,
    PartialDate,
    Pmcid,
    Pmid,
    Registration,
    Text,
)
from lupus_evidence.records.files import (
    SCREENING_FILE,
    SEARCHES_FOLDER,
    SUFFIXES,
    Diagnostic,
    Place,
    decode,
    read_bytes,
    read_text,
)
from lupus_evidence.records.load import shown_path
from lupus_evidence.records.study_parts import Record
from lupus_evidence.records.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails


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
    def _named(self) -> ScreenedReport:
        """Refuse a row that names no report."""
        numbers = (self.doi, self.pmid, self.pmcid, self.registration)
        if not (self.title or self.record or any(numbers)):
            raise ValueError("the row names no report: give a title or a number")
        return self


_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^,"]*)(?:,|$)')
#: Columns without which a table says nothing.
_NEEDED = ("stage", "decision")
#: Rows whose problems are told one by one.
_MOST_TOLD = 1_000


@dataclass(frozen=True)
class SearchFile:
    """A search and where it stands.

    Parameters
    ----------
    search : Search
        The validated search.
    path : Path
        Its file.
    shown : str
        The file's name as the user would type it.
    text : str
        What the file said.
    """

    search: Search
    path: Path
    shown: str
    text: str

    def place(self, *path: str | int) -> Place:
        """Return file, line and column of a value, by its keys."""
        from lupus_evidence.records.yamltext import position

        return Place(self.shown, *position(self.text, path))


@dataclass(frozen=True)
class ScreenedRow:
    """A row of the table of decisions and where it stands.

    Parameters
    ----------
    report : ScreenedReport
        The validated row.
    file : str
        The table's name as the user would type it.
    line : int
        The row's first line, from 1.
    columns : mapping of str to int
        Where each cell of that line begins, from 1.
    """

    report: ScreenedReport
    file: str
    line: int
    columns: Mapping[str, int]

    def place(self, column: str = "") -> Place:
        """Return the place of a cell, or of the row's beginning."""
        return Place(self.file, self.line, self.columns.get(column, 1))


@dataclass(frozen=True)
class SearchLog:
    """What a folder tells of how its records were found.

    Parameters
    ----------
    searches : tuple of SearchFile
        In order of their names.
    rows : tuple of ScreenedRow
        In the table's order.
    table : str
        Name of the table as the user would type it; empty where there is none.
    diagnostics : tuple of Diagnostic
        What kept a search or a row from loading.
    """

    searches: tuple[SearchFile, ...] = ()
    rows: tuple[ScreenedRow, ...] = ()
    table: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether anything is told at all."""
        return bool(self.searches or self.table or self.diagnostics)


def search_log(root: Path | None) -> SearchLog:
    """Return what a folder of records tells of searches and screening.

    Parameters
    ----------
    root : Path or None
        The folder; None where records were named one by one.
    """
    if root is None:
        return SearchLog()
    problems: list[Diagnostic] = []
    searches = tuple(_searches(root / SEARCHES_FOLDER, problems))
    table = root / SCREENING_FILE
    if not (table.exists() or table.is_symlink()):
        return SearchLog(searches, diagnostics=tuple(sorted(problems)))
    shown = shown_path(table)
    rows = tuple(_rows(table, shown, problems))
    return SearchLog(searches, rows, shown, tuple(sorted(problems)))


def _searches(folder: Path, problems: list[Diagnostic]) -> Iterator[SearchFile]:
    """Yield the searches of a folder; what cannot be read becomes a problem."""
    if not folder.is_dir():
        return
    fields = f"a search has: {', '.join(Search.model_fields)}"
    for path in sorted(folder.iterdir()):
        if path.suffix not in SUFFIXES or path.name.startswith("."):
            continue
        shown = shown_path(path)
        text = read_text(path, shown)
        if isinstance(text, Diagnostic):
            problems.append(text)
            continue
        found = validate(Search, text, shown)
        if isinstance(found, Search):
            yield SearchFile(found, path, shown, text)
        else:
            problems += (
                replace(one, hint=fields) if one.code in {"E107", "E110"} else one
                for one in found
            )


def _rows(table: Path, shown: str, problems: list[Diagnostic]) -> Iterator[ScreenedRow]:
    """Yield the rows of the table; what is wrong with others becomes problems."""
    text = _table_text(table, shown)
    if isinstance(text, Diagnostic):
        problems.append(text)
        return
    lines = text.split("\n")
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        heads = [name.strip() for name in next(reader, [])]
        problems += _wrong_heads(heads, shown, lines[0] if lines else "")
        if any(problem.place.file == shown for problem in problems):
            return
        last = reader.line_num
        for cells in reader:
            line, last = last + 1, reader.line_num
            if not any(map(str.strip, cells)):
                continue
            starts = _starts(lines[line - 1])
            columns = dict(zip(heads, starts, strict=False))
            found = _row(heads, cells, shown, line, columns)
            if isinstance(found, ScreenedRow):
                yield found
            elif len(problems) < _MOST_TOLD:
                problems += found
    except csv.Error as error:
        place = Place(shown, reader.line_num, 1)
        hint = "save it again as CSV, in UTF-8, with commas"
        problems.append(Diagnostic(place, "E601", "error", f"no CSV: {error}", hint))


def _table_text(table: Path, shown: str) -> str | Diagnostic:
    """Return the table's text with one kind of line end.

    Spreadsheets put a byte order mark before it, and end lines as they like.
    """
    data = read_bytes(table, shown)
    if isinstance(data, Diagnostic):
        return data
    text = decode(data.removeprefix(codecs.BOM_UTF8), shown)
    if isinstance(text, Diagnostic):
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_heads(heads: list[str], shown: str, line: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the names of the columns."""
    known = ScreenedReport.model_fields
    if len(heads) == 1 and ";" in line:
        message = "the cells are separated by semicolons"
        hint = "save it with commas between the cells"
        yield Diagnostic(Place(shown, 1, 1), "E601", "error", message, hint)
        return
    hint = f"the columns are: {', '.join(known)}"
    starts = _starts(line)
    for name in _NEEDED:
        if name not in heads:
            message = f"the table has no column {name}"
            yield Diagnostic(Place(shown, 1, 1), "E601", "error", message, hint)
    for index, name in enumerate(heads):
        place = Place(shown, 1, starts[index] if index < len(starts) else 1)
        if name not in known:
            message = f"there is no column {name!r}"
            yield Diagnostic(place, "E601", "error", message, hint)
        elif name in heads[:index]:
            message = f"the column {name} stands here twice"
            yield Diagnostic(place, "E601", "error", message, "keep one of the two")


def _starts(line: str) -> list[int]:
    """Return where the cells of a line begin, from 1."""
    starts, place = [], 0
    while place <= len(line):
        found = _CELL.match(line, place)
        starts.append(place + 1)
        if found is None or found.end() == place or not found[0].endswith(","):
            break
        place = found.end()
    return starts


def _row(
    heads: list[str],
    cells: list[str],
    shown: str,
    line: int,
    columns: Mapping[str, int],
) -> ScreenedRow | list[Diagnostic]:
    """Return a validated row, or everything wrong with it."""
    if len(cells) > len(heads):
        message = f"{len(cells)} cells under {len(heads)} columns"
        hint = "put a text with a comma in quotes"
        return [Diagnostic(Place(shown, line, 1), "E601", "error", message, hint)]
    values = {
        name: cell.strip()
        for name, cell in zip(heads, cells, strict=False)
        if cell.strip()
    }
    try:
        report = ScreenedReport.model_validate(values)
    except ValidationError as error:
        return [
            _wrong_cell(item, shown, line, columns)
            for item in error.errors(include_url=False)
        ]
    return ScreenedRow(report, shown, line, columns)


def _wrong_cell(
    item: ErrorDetails, shown: str, line: int, columns: Mapping[str, int]
) -> Diagnostic:
    """Turn one of pydantic's findings about a row into ours."""
    name = str(item["loc"][0]) if item["loc"] else ""
    place = Place(shown, line, columns.get(name, 1))
    if item["type"] == "missing":
        hint = "fill the cell in"
        return Diagnostic(place, "E111", "error", f"{name} is missing", hint)
    why = validation.why(item)
    if not name:
        return Diagnostic(place, "E112", "error", why, "see `explain E601`")
    hint = validation.shown_value(item["input"])
    return Diagnostic(place, "E112", "error", f"{name}: {why}", hint)
