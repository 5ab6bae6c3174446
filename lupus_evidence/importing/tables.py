"""The rows of a table in text: what separates cells, its heading, what lies below."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lupus_evidence.documents.text import FORMULA_STARTS, shortened
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.doubts import Doubt

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


#: Lines above a heading: a database's search, a spreadsheet's title.
_MAX_ABOVE = 30
#: More than any export has; OpenAlex has two hundred.
MAX_COLUMNS = 1_000
#: Characters of a cell: OpenAlex has every author's affiliations in one.
_MAX_CELL = 10_000_000
#: Characters of a cell that a message repeats.
_MAX_SHOWN = 40
#: Names of columns that one message lists.
_MAX_NAMED = 10


class Heading(NamedTuple):
    """Where a table starts.

    Parameters
    ----------
    separator : str
        What stands between its cells.
    cells : tuple of str
        The names of its columns, blanks around them taken away.
    start : int
        Of its first character in the text.
    line : int
        On which it stands, from 1.
    """

    separator: str
    cells: tuple[str, ...]
    start: int
    line: int


class Row(NamedTuple):
    """A row below a heading, with the line on which it starts."""

    line: int
    cells: tuple[str, ...]


def found_heading(text: str, fits: Callable[[Sequence[str]], bool]) -> Heading | None:
    """Return the first of a text's upper lines that is a heading, or None.

    Parameters
    ----------
    text : str
        The whole file.
    fits : callable
        Tells whether the names of columns are those of the table that is looked for.
    """
    start = 0
    for line in range(1, _MAX_ABOVE + 1):
        upper = text[start : start + MAX_HEADER]
        for separator in SEPARATORS:
            names = first_row(upper, separator)
            cells = tuple(cell(_unwrapped(name)) for name in names)
            if len(cells) > 1 and fits(cells):
                return Heading(separator, cells, start, line)
        start = text.find("\n", start) + 1
        if start == 0:
            break
    return None


def rows_below(text: str, heading: Heading) -> Iterator[Row]:
    """Yield the rows of a table that hold anything.

    Parameters
    ----------
    text : str
        The whole file.
    heading : Heading
        As `found_heading` returns it.

    Raises
    ------
    EvidenceError
        If quotation marks do not close; in a table with tabs, they are then text.
    """
    if len(heading.cells) > MAX_COLUMNS:
        raise EvidenceError(f"more than {MAX_COLUMNS:,} columns are too many")
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_CELL))
    body = text[heading.start :]
    quoted = heading.separator != "\t" or _closes(body)
    reader = csv.reader(
        io.StringIO(body, newline=""),
        delimiter=heading.separator,
        strict=quoted,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    last = 0
    try:
        for cells in reader:
            line, last = heading.line + last, reader.line_num
            if line > heading.line and any(map(str.strip, cells)):
                yield Row(line, tuple(cell(_unwrapped(text)) for text in cells))
    except csv.Error as error:
        line = heading.line + reader.line_num - 1
        raise EvidenceError(f"line {line}: not CSV: {error}") from error


def with_cells(heading: Heading, rows: Sequence[Row]) -> list[str]:
    """Return the names of columns, empty where no row has anything below them."""
    filled = {at for row in rows for at, text in enumerate(row.cells) if text}
    return [name if at in filled else "" for at, name in enumerate(heading.cells)]


def _closes(body: str) -> bool:
    """Tell whether the quotation marks of a table with tabs are such."""
    reader = csv.reader(io.StringIO(body, newline=""), delimiter="\t", strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error:
        return False
    return True


def cell(text: str) -> str:
    """Return a cell's text as it was before it was made safe for spreadsheets."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def _unwrapped(text: str) -> str:
    """Return a cell without the formula that keeps a spreadsheet from changing it."""
    text = text.strip()
    wrapped = text.startswith('="') and text.endswith('"')
    return text[2:-1] if wrapped else text


def unnamed(heading: Sequence[str], row: Row) -> Doubt | None:
    """Return the doubt about cells of a row that stand below no name, if any do."""
    nameless = [
        text
        for at, text in enumerate(row.cells)
        if text and (at >= len(heading) or not heading[at])
    ]
    if not nameless or (_counts(heading) and nameless == [row.cells[0]]):
        return None
    shown = ", ".join(
        repr(shortened(text, _MAX_SHOWN)) for text in islice(nameless, _MAX_NAMED)
    )
    message = f"{shown}, and what is below, stands in a column without a name: not read"
    return Doubt("I108", message, "give the column a name, or empty it", row.line)


def _counts(heading: Sequence[str]) -> bool:
    """Tell whether the first column may be the numbers of the rows."""
    return not heading[0]


def unknown_columns(names: Sequence[str], line: int) -> list[Doubt]:
    """Return the doubt about columns whose names nobody knows, if there are any."""
    if not names:
        return []
    shown = ", ".join(repr(shortened(name, _MAX_SHOWN)) for name in names[:_MAX_NAMED])
    more = len(names) - _MAX_NAMED
    rest = f" and {more} more" if more > 0 else ""
    one = len(names) == 1
    message = (
        f"the column{'' if one else 's'} {shown}{rest} {'is' if one else 'are'} not "
        "known and not read"
    )
    hint = "if a record needs it, name it as `explain I109` says, or type it"
    return [Doubt("I109", message, hint, line)]
