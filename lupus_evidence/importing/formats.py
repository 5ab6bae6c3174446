"""A file of another program as text, and its format, told by what stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from lupus_evidence.documents.text import shortened
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_table import heading, is_of_citations
from lupus_evidence.importing.json_files import is_reference, json_value, references_in
from lupus_evidence.importing.result_table import is_of_results
from lupus_evidence.importing.tables import SEPARATORS, found_heading, separated
from lupus_evidence.records.files import Diagnostic, decode, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from lupus_evidence.importing.doubts import Doubt


Form = Literal[
    "nbib",
    "ris",
    "bibtex",
    "wos",
    "endnote",
    "enw",
    "csl",
    "ctgov",
    "citations",
    "csv",
]
FORMS: tuple[Form, ...] = get_args(Form)

#: What the formats are called in messages and in the records made from them.
FORM_NAMES: dict[Form, str] = {
    "nbib": "a PubMed file",
    "ris": "a RIS file",
    "bibtex": "a BibTeX file",
    "wos": "a Web of Science file",
    "endnote": "an EndNote XML file",
    "enw": "an EndNote tagged file",
    "csl": "a CSL-JSON file",
    "ctgov": "ClinicalTrials.gov",
    "citations": "a table of citations",
    "csv": "a table of results",
}
_RIS = re.compile(r"^(?:TY {1,2}- |ER {1,2}-\s*?$)", re.MULTILINE)
_NBIB = re.compile(
    r"^(?:PMID *- ?[0-9]|(?:OWN|PMC) {1,2}- ?\S|(?:STAT|FAU ?|DCOM|EDAT|PHST)- ?\S)",
    re.MULTILINE,
)
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(][^\n]", re.MULTILINE)
_WOS = re.compile(
    r"^(?:FN .*\n+VR |PT [A-Z]\s*\n(?:[A-Z][A-Z0-9] ?| {3}))", re.MULTILINE
)
_ENDNOTE = re.compile(
    r"\s*(?:<(?:\?|!DOCTYPE)[^>]*>\s*|<!--[^>]*-->\s*)*<(?:xml|records)\b"
)
_ENW = re.compile(r"^%[0AT] \S", re.MULTILINE)
_SHAPES: dict[Form, re.Pattern[str]] = {
    "ris": _RIS,
    "nbib": _NBIB,
    "wos": _WOS,
    "bibtex": _BIBTEX,
    "enw": _ENW,
}
_READ = (
    "import reads PubMed's .nbib, RIS, BibTeX, Web of Science's .ciw, EndNote's XML "
    "and .enw, CSL-JSON, ClinicalTrials.gov (API version 2, JSON), and tables of "
    "citations or of results in CSV, TSV or Excel"
)
#: How files that people have instead look, and what to do about them.
_NEIGHBOURS = (
    (
        re.compile(r".{0,400}<PubmedArticle", re.DOTALL),
        "this looks like PubMed's XML: save it in the format PubMed instead",
    ),
    (
        re.compile(r".{0,400}<(?:modsCollection|mods)\b", re.DOTALL),
        "this looks like MODS XML: export RIS or BibTeX instead",
    ),
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html)", re.IGNORECASE),
        "this looks like a web page: save the citations as RIS or PubMed's format",
    ),
    (
        re.compile("<"),
        "this looks like XML that is not read (EndNote's is): export RIS or BibTeX",
    ),
    (re.compile("%PDF"), "this looks like a PDF file: export RIS instead"),
    (
        re.compile("PK"),
        "spreadsheets and archives are not read as text: give the file itself",
    ),
    (re.compile(r"\{\\rtf"), "this is formatted text (RTF): save it as plain text"),
    (
        re.compile(r"id: [a-z0-9-]+\s*$", re.MULTILINE),
        "this looks like a record of lupus-evidence: copy it into the folder",
    ),
    (
        re.compile(r"[0-9]+[.:] .{20,}"),
        "this looks like a list of references: export RIS from the database instead",
    ),
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
_SPREADSHEET = "this is a spreadsheet ({}), which is not read: save it as CSV or .xlsx"
_DOCUMENT = "this is a Word document, which is not read: save citations as RIS"
#: Signs of what an archive of an office program holds.
_INSIDE = (
    (b"xl/", "this is a broken spreadsheet (Excel), or an old one: save it as CSV"),
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
_MAX_LOOKED_AT = 10_000


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
    if not start:
        raise EvidenceError("the file is empty")
    told = _tagged(text, start) or _tabled(text)
    if told:
        return told
    for shape, hint in _NEIGHBOURS:
        if shape.match(start):
            raise EvidenceError(hint)
    separator, header = separated(text)
    if len(header) <= 1:
        raise EvidenceError(f"the format is not known here: {_READ}")
    if any(heading(name) == "nct number" for name in header):
        raise EvidenceError(
            "this looks like ClinicalTrials.gov's table: download the studies as JSON"
        )
    shown = ", ".join(repr(shortened(name.strip(), 30)) for name in header[:6])
    raise EvidenceError(
        f"the format is not known here; its first line has {SEPARATORS[separator]} "
        f"between {shown}, which is the heading neither of citations (Title, Authors, "
        f"Year, ...) nor of results (study, therapy, endpoint, events, n): {_READ}"
    )


def _tagged(text: str, start: str) -> Form | None:
    """Return the form of a file whose fields have tags, or None."""
    if _ENDNOTE.match(start) and "<record" in start:
        return "endnote"
    if start.startswith("<"):
        return None
    found: dict[Form, int] = {}
    for form, shape in _SHAPES.items():
        match = shape.search(text)
        if match and not (form == "nbib" and "ris" in found):
            found[form] = match.start()
    # what stands first counts: a text further down may look like another form
    return min(found, key=lambda form: found[form], default=None)


def _tabled(text: str) -> Form | None:
    """Return what a table is of, or None if its heading is of neither."""
    if found_heading(text, is_of_results):
        return "csv"
    return "citations" if found_heading(text, is_of_citations) else None


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
