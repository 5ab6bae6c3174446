"""What stands between the cells of a table: spreadsheets write more than commas."""

from __future__ import annotations

import csv
import io
import re

#: Signs between cells, in the order in which they are tried, and their names.
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: The line with which Excel says its separator.
_SAID = re.compile(r"\s*\"?sep=(.)\"?[;,\t]*\r?(?:\n|$)", re.IGNORECASE)
#: Longer ones are no header row.
MAX_HEADER = 20_000


def without_said(text: str) -> tuple[str, str]:
    """Return a table without the line that says its separator, and the separator."""
    said = _SAID.match(text)
    if said is None or said[1] not in SEPARATORS:
        return text, ""
    return text[said.end() :], said[1]


def separated(text: str) -> tuple[str, list[str]]:
    """Return the separator of a table, and the cells of its first row.

    Parameters
    ----------
    text : str
        The whole file.
    """
    text, said = without_said(text)
    start = text.lstrip("\r\n ")[:MAX_HEADER]
    rows = {sign: first_row(start, sign) for sign in SEPARATORS}
    if said and len(rows[said]) > 1:
        return said, rows[said]
    best = max(rows, key=lambda sign: len(rows[sign]))
    return best, rows[best]


def first_row(text: str, separator: str) -> list[str]:
    """Return the first row, or nothing if the text is not separated so."""
    start = io.StringIO(text[:MAX_HEADER], newline="")
    try:
        return next(csv.reader(start, delimiter=separator), [])
    except csv.Error:
        return []
