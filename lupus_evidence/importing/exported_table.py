"""A table of results, as `table -f csv` writes it, back into records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lupus_evidence.documents.text import shortened, visible
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import identifiers
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.plain_table import MAX_ROWS, read_plain
from lupus_evidence.importing.record_yaml import Blank, Node
from lupus_evidence.importing.reference import Draft, is_identifier
from lupus_evidence.importing.result_table import (
    COLUMNS,
    is_of_results,
    is_own,
    number,
    our_column,
    result,
)
from lupus_evidence.importing.tables import cell, found_heading, separated, without_said
from lupus_evidence.records.study_parts import SPECIFIC
from lupus_evidence.vocabulary import topic

#: Lines that one note names.
_MAX_NAMED = 10
#: Times that records may give with a shortest and a longest follow-up.
_FOLLOW_UPS = frozenset({"median-follow-up", "mean-follow-up"})
_LEFT_OUT = (
    "not in the CSV: title, authors, journal, design, status, places, people, "
    "measurements, overlaps, notes; a percentage beside a count, and the zeros at its "
    "end; whether a count was printed or follows from a percentage"
)

#: Columns of numbers, and the comma that some spreadsheets write into them.
_NUMBERS = frozenset(
    {"months", "events", "n", "rate", "low", "high", "level", "year", "band"}
)
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]+$)")
#: Characters of a cell that a message repeats.
_MAX_SHOWN = 40

Row = dict[str, str]


def read_rows(text: str) -> Iterator[Draft]:
    """Yield one record for each study of a table.

    Parameters
    ----------
    text : str
        CSV with a header row: all columns of ``table -f csv``, or those that a plain
        table has.

    Raises
    ------
    EvidenceError
        If it is not CSV, columns are missing, rows of a study contradict each other,
        or there are more than 20,000 rows.
    """
    heading = found_heading(text, is_of_results)
    if heading is not None and not is_own(heading.cells):
        yield from read_plain(text, heading)
        return
    if heading is not None:  # lines above it are as many empty ones
        text = "\n" * (heading.line - 1) + text[heading.start :]
    studies: dict[str, list[tuple[int, Row]]] = {}
    doubts: list[Doubt] = []
    for count, (line, row) in enumerate(_rows(text, doubts)):
        if count == MAX_ROWS:
            raise EvidenceError(f"more than {MAX_ROWS:,} rows are too many at once")
        if not is_identifier(row["study"]):
            raise EvidenceError(
                visible(f"line {line}: {row['study']!r} cannot be a record's name")
            )
        if row["arm"] and not is_identifier(row["arm"]):
            raise EvidenceError(
                visible(f"line {line}: {row['arm']!r} cannot be an arm's name")
            )
        studies.setdefault(row["study"], []).append((line, row))
    for at, (name, rows) in enumerate(studies.items()):
        draft = _draft(name, rows)
        yield draft if at else replace(draft, doubts=tuple(doubts))


def _rows(text: str, doubts: list[Doubt]) -> Iterator[tuple[int, Row]]:
    """Yield every row with its line; cells below no name are a doubt."""
    separator, _ = separated(text)
    body, said = without_said(text)
    rows = body.lstrip("\r\n")
    above = text[: len(text) - len(rows)].count("\n")
    stream = io.StringIO(rows, newline="")
    reader = csv.reader(stream, delimiter=said or separator, strict=True)
    try:
        header = [our_column(cell(name)) for name in next(reader, [])]
        places = _places(header)
        nameless = [at for at, name in enumerate(header) if not name]
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            line = above + reader.line_num
            if len(cells) <= max(places.values()) or any(cells[len(header) :]):
                raise EvidenceError(
                    f"line {line}: {len(cells)} cells under {len(header)} columns"
                )
            unread = [cells[at] for at in nameless if at < len(cells) and cells[at]]
            if unread and not doubts:
                doubts.append(_unnamed(unread, line))
            row = {name: cell(cells[at]) for name, at in places.items()}
            yield line, row if separator == "," else _with_points(row)
    except csv.Error as error:
        line = above + reader.line_num
        raise EvidenceError(f"line {line}: not CSV: {error}") from error


def _places(header: list[str]) -> dict[str, int]:
    """Return the place of each named column; spreadsheets add others at the end."""
    names = {SPECIFIC: topic().condition.specific}
    missing = [names.get(name, name) for name in COLUMNS if name not in header]
    if missing:
        raise EvidenceError(
            f"the columns {', '.join(missing)} are missing: what is read is what "
            "`lupus-evidence table -f csv` writes, with commas, semicolons or tabs "
            "between the cells"
        )
    named = [name for name in header if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice:
        raise EvidenceError(
            visible(f"the column {twice!r} stands twice in the header row")
        )
    return {name: at for at, name in enumerate(header) if name}


def _unnamed(cells: list[str], line: int) -> Doubt:
    """Say that cells below an empty heading are not read."""
    shown = ", ".join(repr(shortened(text, _MAX_SHOWN)) for text in cells)
    message = f"{shown}, and what is below, stands in a column without a name: not read"
    return Doubt("I108", message, "give the column a name, or empty it", line)


def _with_points(row: Row) -> Row:
    """Return a row in which numbers have decimal points, whatever the spreadsheet's."""
    return {
        name: _COMMA.sub(".", text) if name in _NUMBERS else text
        for name, text in row.items()
    }


def _one(rows: Iterable[tuple[int, Row]], key: str) -> str:
    """Return what all rows of a study say in a column, empty cells aside."""
    said, first = "", 0
    for line, row in rows:
        if row[key] and said and row[key] != said:
            raise EvidenceError(
                visible(
                    f"line {line}: {row['study']} has {key} {row[key]!r} here and "
                    f"{said!r} in line {first}"
                )
            )
        if row[key] and not said:
            said, first = row[key], line
    return said


def _arms(rows: list[tuple[int, Row]]) -> dict[str, Node]:
    """Return the arms that rows name, and those that only a therapy tells of."""
    named: dict[str, list[tuple[int, Row]]] = {}
    for line, row in rows:
        if row["arm"]:
            named.setdefault(row["arm"], []).append((line, row))
    therapies = {arm: _one(items, "therapy") for arm, items in named.items()}
    for _, row in rows:
        if not row["arm"]:
            for name in filter(None, row["therapy"].split(", ")):
                if name not in therapies.values():
                    therapies[name if is_identifier(name) else "treated"] = name
    therapies = therapies or {"treated": ""}
    return {
        arm: {"therapy": therapy or Blank(), "n": Blank()}
        for arm, therapy in therapies.items()
    }


def _draft(name: str, rows: list[tuple[int, Row]]) -> Draft:
    """Return one study's record."""
    readings = {row["reading"] for _, row in rows}
    reading = readings.pop() if len(readings) == 1 else ""
    year, doi = _one(rows, "year"), _one(rows, "doi")
    doi = identifiers.doi(doi) or doi
    citation: dict[str, Node] = {
        "authors": Blank(),
        "year": number(year) if year else Blank(),
        "journal": Blank(),
    }
    fields: dict[str, Node] = {
        "title": Blank(),
        "citation": citation | ({"doi": doi} if doi else {}),
        "design": Blank(),
        "status": Blank(),
        "reading": reading or Blank(),
        "setting": {"countries": Blank(), "centres": Blank()},
        "population": {"enrolled": Blank(), topic().condition.field: Blank()},
        "arms": _arms(rows),
        "results": [result(row, reading=not reading) for _, row in rows],
    }
    return Draft(name, fields, (*_doubts(rows), _LEFT_OUT))


def _doubts(rows: list[tuple[int, Row]]) -> Iterator[str]:
    """Yield what the person who imports should look up in the source."""
    ranges = [line for line, row in rows if row["time_basis"] in _FOLLOW_UPS]
    if ranges:
        yield f"{_lines(ranges)}: the shortest and longest follow-up are not in the CSV"
    disputed = [line for line, row in rows if "disputed" in row.get("caution", "")]
    if disputed:
        yield (
            f"{_lines(disputed)}: the figure is marked as disputed, and the reason is "
            "not in the CSV"
        )


def _lines(numbers: list[int]) -> str:
    """Return line numbers in words, the first few of many."""
    named = ", ".join(map(str, numbers[:_MAX_NAMED]))
    more = ", ..." if len(numbers) > _MAX_NAMED else ""
    return f"line{'s' if len(numbers) > 1 else ''} {named}{more}"
