"""A table of results, as `table -f csv` writes it, back into records."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.draft import Draft
from lupus_evidence.importing.names import is_identifier
from lupus_evidence.importing.row_results import cell, number, result
from lupus_evidence.importing.writing import Blank
from lupus_evidence.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.importing.writing import Node

#: The columns that are read; family, band, when and caution follow from the rest.
COLUMNS = (
    "study",
    "therapy",
    "endpoint",
    "name",
    "scope",
    "months",
    "time_basis",
    "events",
    "n",
    "among",
    "rate",
    "low",
    "high",
    "level",
    "interval_method",
    "printed",
    "kind",
    "lupus_specific",
    "subgroup",
    "arm",
    "definition",
    "reading",
    "where",
    "year",
    "doi",
)
#: Ten times what the largest base of records has.
MAX_ROWS = 20_000
#: Lines that one note names.
_MAX_NAMED = 10
#: Times that records may give with a shortest and a longest follow-up.
_FOLLOW_UPS = frozenset({"median-follow-up", "mean-follow-up"})
_LEFT_OUT = (
    "not in the CSV: title, authors, journal, design, status, places, people, "
    "measurements, overlaps, notes; a percentage beside a count, and the zeros at its "
    "end; whether a count was printed or follows from a percentage"
)

Row = dict[str, str]


def read_rows(text: str) -> Iterator[Draft]:
    """Yield one record for each study of a table.

    Parameters
    ----------
    text : str
        CSV with a header row.

    Raises
    ------
    EvidenceError
        If it is not CSV, columns are missing, rows of a study contradict each other,
        or there are more than 20,000 rows.
    """
    studies: dict[str, list[tuple[int, Row]]] = {}
    for count, (line, row) in enumerate(_rows(text)):
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
    for name, rows in studies.items():
        yield _draft(name, rows)


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Yield every row with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell(name) for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise EvidenceError(
                f"the columns {', '.join(missing)} are missing: what is read is what "
                "`lupus-evidence table -f csv` writes, with commas between the cells"
            )
        if len(set(header)) < len(header):
            raise EvidenceError("a column stands twice in the header row")
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise EvidenceError(
                    f"line {reader.line_num}: {len(cells)} cells under "
                    f"{len(header)} columns"
                )
            yield reader.line_num, dict(zip(header, map(cell, cells), strict=True))
    except csv.Error as error:
        raise EvidenceError(f"line {reader.line_num}: not CSV: {error}") from error


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
        "population": {"enrolled": Blank(), "lupus": Blank()},
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
