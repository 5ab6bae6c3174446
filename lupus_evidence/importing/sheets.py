"""Tables in Excel's .xlsx: the sheet that holds one, as text, with nothing worked out.

A spreadsheet is a zip archive of XML: what it unpacks to is counted, and declarations
of entities refused, before openpyxl sees it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_table import is_of_citations
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.result_table import is_of_results, is_own, percent
from lupus_evidence.importing.tables import MAX_COLUMNS, found_heading
from lupus_evidence.reading.word_document import ZIP_ERRORS

#: Most files of a spreadsheet, and bytes that they unpack to together.
_MOST_FILES, _MOST_BYTES = 5_000, 200_000_000
#: More rows than any table that is read, with what may stand above it.
_MOST_ROWS = 30_000
_CHUNK = 1_000_000
#: What openpyxl raises for a workbook that is not whole, beside errors of the archive.
_BROKEN = (*ZIP_ERRORS, AttributeError, IndexError, SyntaxError, TypeError, zlib.error)
_MAIN = "xl/workbook.xml"
_DECLARED = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_WHOLE = "it is a broken spreadsheet: save it again, or as CSV"
#: Formulas whose lines one message names.
_MAX_NAMED = 10

Cells = tuple[Any, ...]


class Sheet(NamedTuple):
    """A sheet as text.

    Parameters
    ----------
    text : str
        CSV, one line a row, so that lines are the sheet's.
    doubts : tuple of Doubt
        Formulas without a value, and other sheets.
    """

    text: str
    doubts: tuple[Doubt, ...] = ()


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is a spreadsheet of Excel's newer form."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN in archive.namelist()
    except ZIP_ERRORS:
        return False


def sheet_text(data: bytes) -> Sheet:
    """Return the sheet of a workbook that holds a table which is read.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Sheet
        The first with a heading of citations or results; without any, the first that
        is not empty. Stored values stand for formulas.

    Raises
    ------
    EvidenceError
        If openpyxl is not installed, or the file is broken or too large.
    """
    formulas = _checked(data)
    sheets = {name: _as_csv(rows) for name, rows in _sheets(data)}
    filled = {name: text for name, text in sheets.items() if text.strip()}
    if not filled:
        raise EvidenceError("it is a spreadsheet without any cells")
    tables = (name for name, text in filled.items() if _is_table(text))
    chosen = next(tables, next(iter(filled)))
    doubts: list[Doubt] = []
    others = [
        name for name, text in filled.items() if name != chosen and _is_table(text)
    ]
    if others:
        shown = ", ".join(map(repr, others[:_MAX_NAMED]))
        message = f"the sheet {chosen!r} is read; {shown} too hold tables: not read"
        doubts.append(Doubt("I112", message, "save each as a file of its own"))
    heading = found_heading(filled[chosen], is_of_results)
    if heading is not None and is_own(heading.cells):
        filled = {name: _as_csv(rows) for name, rows in _sheets(data, shares=True)}
    if formulas:
        doubts += _without_values(data, chosen, filled[chosen])
    return Sheet(filled[chosen], tuple(doubts))


def _is_table(text: str) -> bool:
    """Tell whether a sheet's text has a heading that is known."""
    return (
        found_heading(text, lambda row: is_of_results(row) or is_of_citations(row))
        is not None
    )


def _checked(data: bytes) -> bool:
    """Refuse an archive that unpacks to too much; tell whether it has formulas."""
    size, formulas = 0, False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_FILES:
                raise EvidenceError(f"it holds more than {_MOST_FILES:,} files")
            for member in members:
                before = b""
                with archive.open(member) as file:
                    while chunk := file.read(_CHUNK):
                        size += len(chunk)
                        if size > _MOST_BYTES:
                            raise EvidenceError(
                                f"it unpacks to more than {_MOST_BYTES:,} bytes"
                            )
                        seen = before + chunk
                        if any(word in seen for word in _DECLARED):
                            raise EvidenceError(_WHOLE)
                        formulas = formulas or b"<f" in seen
                        before = chunk[-20:]
    except ZIP_ERRORS as error:
        raise EvidenceError(_WHOLE) from error
    return formulas


def _sheets(
    data: bytes, *, values: bool = True, shares: bool = False
) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Yield the name and the rows of each sheet.

    Parameters
    ----------
    data : bytes
        The whole file.
    values : bool
        Whether stored values stand for formulas, or their own texts.
    shares : bool
        Whether shares that are shown as percentages stay what they are: 0.35, not 35%.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise EvidenceError(
            "spreadsheets need openpyxl: pip install 'lupus-evidence[xlsx]'; or save "
            "the table as CSV"
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=values, keep_links=False
            )
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield str(sheet.title), _rows(sheet.iter_rows(), shares=shares)
    except _BROKEN as error:
        raise EvidenceError(_WHOLE) from error


def _rows(rows: Iterable[Cells], *, shares: bool) -> Iterator[list[str]]:
    """Yield the cells of each row as texts, as many as the widest above it has."""
    widest = 0
    for count, row in enumerate(rows):
        if count == _MOST_ROWS:
            raise EvidenceError(f"a sheet of more than {_MOST_ROWS:,} rows")
        texts = [_text(cell, shares=shares) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MAX_COLUMNS:
            raise EvidenceError(f"a sheet of more than {MAX_COLUMNS:,} columns")
        widest = max(widest, len(texts))
        yield [*texts, *[""] * (widest - len(texts))] if texts else []


def _as_csv(rows: Iterable[list[str]]) -> str:
    """Return rows as CSV, each on one line."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _text(cell: Any, *, shares: bool) -> str:  # noqa: ANN401 - openpyxl has no types
    """Return a cell's value as a table in text has it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        if "%" in cell.number_format and not shares:
            return f"{percent(repr(float(value)))}%"
        return str(int(value)) if float(value).is_integer() else repr(value)
    return " ".join(str(value).split())


def _without_values(data: bytes, name: str, text: str) -> list[Doubt]:
    """Say where formulas stand that the file stores no value of."""
    values = list(csv.reader(io.StringIO(text)))
    lines: list[int] = []
    for title, rows in _sheets(data, values=False):
        for line, row in enumerate(rows if title == name else (), 1):
            stored = values[line - 1] if line <= len(values) else []
            lines += [
                line
                for at, value in enumerate(row)
                if value.startswith("=") and not (at < len(stored) and stored[at])
            ]
    if not lines:
        return []
    shown = ", ".join(map(str, dict.fromkeys(lines[:_MAX_NAMED])))
    message = f"formulas without a stored value in row {shown}: the cells are empty"
    hint = "open the file in a spreadsheet, save it, and import it again"
    return [Doubt("I112", message, hint, lines[0])]
