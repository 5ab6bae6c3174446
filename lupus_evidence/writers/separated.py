"""Tables as CSV or TSV: one header row, full precision, nothing else (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lupus_evidence.text import visible, without_formula
from lupus_evidence.values import Noted, People, Rate, Share, Toned, Value

if TYPE_CHECKING:
    from lupus_evidence.document import Table


def _data(  # noqa: PLR0911 - one line for each kind of value
    value: Value,
) -> str | int | float | None:
    """Return a value as a spreadsheet should read it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return without_formula(visible(value))
        case Share():
            return value.value
        case Toned(text) | Noted(text):
            return without_formula(visible(text))
        case Rate():
            return value.estimate
        case People():
            return value.events
        case _:
            return value


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
        [[_data(row.get(column.key)) for column in shown] for row in table.rows]
    )
    return buffer.getvalue()
