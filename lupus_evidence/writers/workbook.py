"""Tables as one spreadsheet file, a sheet each, with a dictionary of the columns."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.errors import OutputError
from lupus_evidence.text import visible
from lupus_evidence.values import Noted, People, Rate, Share, Toned, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def _plain(value: Value) -> str | int | float | bool | None:
    """Return a value as a cell holds it."""
    match value:
        case str():
            return visible(value)[:CELL_TEXT_LIMIT]
        case Share():
            return value.value
        case Toned(text) | Noted(text):
            return visible(text)
        case Rate():
            return value.estimate
        case People():
            return value.events
        case _:
            return value


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
            texts = [_plain(row.get(column.key)) for row in table.rows]
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
