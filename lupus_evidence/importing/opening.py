"""A file of another program as text, whatever it is stored in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.diagnostics import Diagnostic
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.formats import no_text
from lupus_evidence.textfiles import decode, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from lupus_evidence.importing.doubts import Doubt

#: A search of a thousand reports with their abstracts has three to five.
MAX_FILE_BYTES = 50_000_000
#: What a zip archive begins with, as spreadsheets are.
_ARCHIVE = b"PK\x03\x04"
_BOM = b"\xef\xbb\xbf"
#: What stands in front of UTF-16, as in the "Unicode text" of spreadsheets.
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Opened(NamedTuple):
    """A file's text.

    Parameters
    ----------
    text : str
        All of it; of a spreadsheet one sheet.
    doubts : tuple of Doubt
        What is not read of the file.
    in_sheet : bool
        Whether the file is a spreadsheet.
    """

    text: str
    doubts: tuple[Doubt, ...] = ()
    in_sheet: bool = False


def opened(path: Path) -> Opened:
    """Return a file's text; of a spreadsheet, the sheet that holds a table, as CSV.

    Parameters
    ----------
    path : Path
        The file; ``-`` for standard input.

    Raises
    ------
    EvidenceError
        If it cannot be read, is too large, or is neither UTF-8, UTF-16 nor .xlsx.
    """
    data = read_bytes(path, str(path), MAX_FILE_BYTES)
    if isinstance(data, Diagnostic):
        raise EvidenceError(f"it {data.message}")
    if data.startswith(_ARCHIVE):
        from lupus_evidence.importing.sheets import is_workbook, sheet_text

        if is_workbook(data):
            return Opened(*sheet_text(data), in_sheet=True)
    known = no_text(data)
    if known:
        raise EvidenceError(known)
    if data.startswith(_UTF16):
        try:
            return Opened(_with_lines(data.decode("utf-16")))
        except UnicodeDecodeError as error:
            raise EvidenceError("it is broken UTF-16: save it as UTF-8") from error
    # programs that write these formats add a byte order mark
    text = decode(data.removeprefix(_BOM), str(path))
    if isinstance(text, Diagnostic):
        raise EvidenceError(f"line {text.place.line}: {text.message}; {text.hint}")
    return Opened(_with_lines(text))


def _with_lines(text: str) -> str:
    """Return a text with line ends that every reader knows; old Macs had others."""
    return text if "\n" in text else text.replace("\r", "\n")
