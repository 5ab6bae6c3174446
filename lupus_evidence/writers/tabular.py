"""Tables at full precision for programs and spreadsheets: CSV, TSV, JSON, one workbook.

CSV and TSV have one header row and nothing else (RFC 4180); JSON has the receipt;
a workbook has a sheet each and a dictionary of the columns.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import visible, without_formula
from lupus_evidence.documents.values import (
    Noted,
    People,
    Rate,
    Receipt,
    Share,
    Toned,
    Value,
)
from lupus_evidence.errors import OutputError


def _plain(value: Value) -> str | int | float | bool | None:
    """Return what a value comes to in one cell."""
    match value:
        case Share():
            return value.value
        case Toned(text) | Noted(text):
            return text
        case Rate():
            return value.estimate
        case People():
            return value.events
        case _:
            return value


def _separated_value(value: Value) -> str | int | float | None:
    """Return a value as separated values hold it."""
    plain = _plain(value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return without_formula(visible(plain)) if isinstance(plain, str) else plain


def render_separated(table: Table, delimiter: str = ",") -> str:
    """Return a table as separated values.

    Parameters
    ----------
    table : Table
        Its data columns are written, proportions in 0-1, unknown values empty.
    delimiter : str
        A comma, or a tab for TSV.
    """
    shown = table.data_columns()
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.key for column in shown])
    writer.writerows(
        [
            [_separated_value(row.get(column.key)) for column in shown]
            for row in table.rows
        ]
    )
    return buffer.getvalue()


#: Raised when a field is renamed, removed or changes its meaning.
SCHEMA_VERSION = 2


def _json_value(value: Value) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value as JSON holds it."""
    return asdict(value) if isinstance(value, (Rate, People)) else _plain(value)


def table_rows(table: Table) -> list[dict[str, Any]]:
    """Return a table's data columns as one dict per row."""
    keys = [column.key for column in table.data_columns()]
    return [{key: _json_value(row.get(key)) for key in keys} for row in table.rows]


def dump(content: dict[str, Any], receipt: Receipt | None) -> str:
    """Return content with schema version, data hash and receipt as JSON text."""
    envelope: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if receipt is not None:
        envelope |= {"data_hash": receipt.data_hash, "receipt": asdict(receipt)}
    envelope |= content
    text = json.dumps(envelope, ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(text) + "\n"


def escaped(text: str) -> str:
    """Write characters that a terminal would act on as JSON escapes.

    Parameters
    ----------
    text : str
        JSON.
    """
    if text.replace("\n", " ").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or character.isprintable()
        else json.dumps(character)[1:-1]
        for character in text
    )


def render_table(table: Table, receipt: Receipt | None) -> str:
    """Return a table as JSON: its rows under its name, its notes beside."""
    return dump({table.name: table_rows(table), "notes": list(table.notes)}, receipt)


def line(content: dict[str, Any]) -> str:
    """Return content as one line of JSON."""
    return escaped(json.dumps(content, ensure_ascii=False, allow_nan=False)) + "\n"


#: Excel's own limits. https://support.microsoft.com/office/1672b34d-7043-467e-8e27
SHEET_NAME_LIMIT, CELL_TEXT_LIMIT = 31, 32_767

#: Widest column in characters; longer text is there, but not shown in full.
MAX_WIDTH = 40

#: A fixed time of making, so that identical data give identical bytes.
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

_DICTIONARY = (
    Column("sheet", "sheet", "Sheet the column is in"),
    Column("column", "column", "Name of the column"),
    Column("meaning", "meaning", "What it holds"),
)


def dictionary(tables: Sequence[Table]) -> Table:
    """Return what every data column of the tables holds."""
    rows = tuple(
        {"sheet": table.name, "column": column.key, "meaning": column.meaning}
        for table in tables
        for column in table.data_columns()
    )
    return Table("dictionary", _DICTIONARY, rows)


def _workbook_value(value: Value) -> str | int | float | bool | None:
    """Return a value as a cell holds it."""
    plain = _plain(value)
    return visible(plain)[:CELL_TEXT_LIMIT] if isinstance(plain, str) else plain


def render_workbook(tables: Sequence[Table]) -> bytes:
    """Return an .xlsx file with a sheet per table and the dictionary last.

    Parameters
    ----------
    tables : sequence of Table
        Their data columns are written; numbers stay numbers, text is never a formula.

    Raises
    ------
    OutputError
        If XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise OutputError(
            "spreadsheets need XlsxWriter: pip install 'lupus-evidence[xlsx]'"
        ) from error
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": MADE})
    bold = book.add_format({"bold": True, "bottom": 1})
    percent = book.add_format({"num_format": "0.0%"})
    for table in (*tables, dictionary(tables)):
        sheet = book.add_worksheet(table.name[:SHEET_NAME_LIMIT])
        shown = table.data_columns()
        for place, column in enumerate(shown):
            sheet.write_string(0, place, column.key, bold)
            texts = [_workbook_value(row.get(column.key)) for row in table.rows]
            widest = max([len(column.key), *(len(str(text)) for text in texts)])
            form = percent if column.proportion else None
            sheet.set_column(place, place, min(widest + 2, MAX_WIDTH), form)
            for line, text in enumerate(texts, start=1):
                if isinstance(text, str):
                    sheet.write_string(line, place, text)
                elif text is not None:
                    sheet.write(line, place, text)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(table.rows)), max(0, len(shown) - 1))
    book.close()
    return buffer.getvalue()
