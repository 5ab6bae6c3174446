"""Which format a file is in, told by what stands in it."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.separators import SEPARATORS, separated
from lupus_evidence.importing.shapes import json_value
from lupus_evidence.importing.wrapped import is_reference, references_in

Form = Literal["nbib", "ris", "csl", "ctgov", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)

#: What the formats are called in messages and in the records made from them.
FORM_NAMES: dict[Form, str] = {
    "nbib": "a PubMed file",
    "ris": "a RIS file",
    "csl": "a CSL-JSON file",
    "ctgov": "ClinicalTrials.gov",
    "csv": "a CSV table of results",
}
_RIS = re.compile(r"^(?:TY {1,2}- |ER {1,2}-\s*?$)", re.MULTILINE)
_NBIB = re.compile(
    r"^(?:PMID *- ?[0-9]|(?:OWN|PMC) {1,2}- ?\S|(?:STAT|FAU ?|DCOM|EDAT|PHST)- ?\S)",
    re.MULTILINE,
)
_READ = (
    "import reads PubMed's .nbib, RIS, CSL-JSON, ClinicalTrials.gov studies (API "
    "version 2, JSON) and the CSV of `lupus-evidence table -f csv`"
)
#: How files that people have instead begin, and what to do about them.
_NEIGHBOURS = (
    ("@", "this looks like BibTeX: export RIS or CSL-JSON instead"),
    ("<", "XML and web pages are not read: save PubMed's own format, RIS or JSON"),
    ("%", "this looks like EndNote's or a PDF file: export RIS instead"),
    ("PK", "spreadsheets and archives are not read: save the table as CSV"),
    ("{\\rtf", "this is formatted text (RTF): save it as plain text"),
)
#: How files begin that are no text, what they are, and what to do about them.
_BINARY = (
    (b"%PDF", "this is a PDF: export RIS or PubMed's format from the database"),
    (b"\xd0\xcf\x11\xe0", "{office}"),
    (b"PK\x03\x04", "{zip}"),
    (b"PK\x05\x06", "this is an empty archive"),
    (b"\x1f\x8b", "this is a compressed file (gzip): unpack it first"),
    (b"7z\xbc\xaf", "this is an archive (7z): unpack it first"),
    (b"Rar!", "this is an archive (RAR): unpack it first"),
    (b"BZh", "this is a compressed file (bzip2): unpack it first"),
    (b"\xfd7zXZ", "this is a compressed file (xz): unpack it first"),
    (b"SQLite format 3", "this is a program's own database: export RIS from it"),
    (b"\x89PNG", "this is a picture: no citations can be read in it"),
    (b"\xff\xd8\xff", "this is a picture: no citations can be read in it"),
    (b"bplist", "this is a program's own file: export RIS from it"),
)
_SPREADSHEET = "this is a spreadsheet ({}), which is not read: save the table as CSV"
_DOCUMENT = "this is a Word document, which is not read: save citations as RIS"
#: Signs of what an archive of an office program holds.
_INSIDE = (
    (b"xl/", _SPREADSHEET.format("Excel")),
    (b"opendocument.spreadsheet", _SPREADSHEET.format("OpenDocument")),
    (b"Index/Tables", _SPREADSHEET.format("Numbers")),
    (b"word/", _DOCUMENT),
    (b"", "spreadsheets and archives are not read: unpack it, or save a table as CSV"),
)
#: The same in files of older office programs.
_INSIDE_OLD = (
    ("Workbook".encode("utf-16-le"), _SPREADSHEET.format("Excel 97")),
    ("Book".encode("utf-16-le"), _SPREADSHEET.format("Excel 95")),
    ("WordDocument".encode("utf-16-le"), _DOCUMENT),
    (b"", "spreadsheets and documents are not read: save a table as CSV"),
)
#: Columns by which a table of results is known.
_MAX_LOOKED_AT = 10_000
_TABLE = frozenset({"study", "endpoint"})


def no_text(data: bytes) -> str | None:
    """Return what a file is that is no text, with what to do; None for others.

    Parameters
    ----------
    data : bytes
        The whole file.
    """
    for beginning, hint in _BINARY:
        if data.startswith(beginning):
            inside = {"{zip}": _INSIDE, "{office}": _INSIDE_OLD}.get(hint, ())
            return next((text for sign, text in inside if sign in data), hint)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this is no text: export RIS or CSV, as UTF-8, from the program it is of"
    return None


def form_of(text: str) -> Form:
    """Return the format of a file's text.

    Parameters
    ----------
    text : str
        The whole file.

    Raises
    ------
    EvidenceError
        If it is none of the formats that are read.
    """
    start = text.lstrip()
    if start.startswith(("{", "[")) and not start.startswith("{\\rtf"):
        return form_of_json(json_value(text))
    if _RIS.search(text):
        return "ris"
    if _NBIB.search(text):
        return "nbib"
    separator, header = separated(text)
    if {name.strip() for name in header} >= _TABLE:
        return "csv"
    if not start:
        raise EvidenceError("the file is empty")
    for beginning, hint in _NEIGHBOURS:
        if start.startswith(beginning):
            raise EvidenceError(hint)
    found = (len(header) > 1 and f"; its first line has {SEPARATORS[separator]}") or ""
    raise EvidenceError(f"the format is not known here{found}: {_READ}")


def form_of_json(value: Any) -> Form:  # noqa: ANN401 - whatever the file holds
    """Return the format of a JSON file's value.

    Raises
    ------
    EvidenceError
        If it is neither references nor registered trials.
    """
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        if "protocolSection" in first or isinstance(first.get("studies"), list):
            return "ctgov"
        if "FullStudiesResponse" in first or "FullStudy" in first:
            raise EvidenceError(
                "this is the old form of ClinicalTrials.gov: download the study again "
                "from its API, version 2"
            )
        if any(map(is_reference, references_in(value)[1])):
            return "csl"
        if isinstance(first.get("type"), str):
            return "csl"
        if "itemType" in str(value)[:_MAX_LOOKED_AT]:
            raise EvidenceError(
                "this is Zotero's own JSON: export CSL JSON or RIS instead"
            )
    raise EvidenceError(f"this JSON holds neither references nor trials: {_READ}")
