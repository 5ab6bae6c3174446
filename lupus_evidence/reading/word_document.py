"""An article in a Word document (.docx), read from its XML without unpacking more."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lupus_evidence.reading.html_text import raised
from lupus_evidence.reading.page import CELL, BlockKind, Page, laid_out
from lupus_evidence.reading.plain_text import own_parts
from lupus_evidence.reading.refusals import Refusal

MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
#: Most files in a document, and bytes of its text with all marks around it, unpacked.
_MOST_FILES, MOST_UNPACKED = 5_000, 10_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: How the names of styles of headings begin, in several languages.
_HEADINGS = ("heading", "überschrift", "titre", "subtitle")
#: Longest cell of a table of figures; longer ones lay the page out.
_LONGEST_CELL = 300
#: What `zipfile` raises for broken archives, beside its own errors: on offsets and
#: lengths that lie, unknown compression, locked files and damaged streams.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


def read_word(data: bytes) -> Page:
    """Return the article of a Word document.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    Refusal
        If it is broken, locked or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _unpacked(archive, MAIN)
            styles = _unpacked(archive, _STYLES)
    except ZIP_ERRORS:
        raise _broken() from None
    if main is None:
        raise _broken()
    names = _Styles()
    if styles is not None:
        _parse(styles, names)
    words = _Words(names.kinds())
    _parse(main, words)
    return laid_out(own_parts(words.parts), "", "docx")


def holds_document(data: bytes) -> bool:
    """Tell whether a zip archive is a Word document; small enough, and whole."""
    if data.count(b"PK\x01\x02") > _MOST_FILES:
        raise Refusal("A105", f"holds more than {_MOST_FILES:,} files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MAIN in archive.namelist()
    except ZIP_ERRORS:
        if MAIN.encode() in data:
            raise _broken() from None
        return False


def _broken() -> Refusal:
    """Return the refusal of what is no whole document."""
    return Refusal(
        "A102", "is a broken Word document", "save it again, or as a text file"
    )


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a file of an archive, if there is one of that name."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as file:
        found = file.read(MOST_UNPACKED + 1)
    if len(found) > MOST_UNPACKED:
        raise Refusal("A105", f"unpacks to more than {MOST_UNPACKED:,} bytes")
    return found


def _parse(xml: bytes, target: _Styles | _Words) -> None:
    """Have a target read XML, element by element, without keeping the whole."""
    from lxml import etree

    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for start in range(0, len(xml), 100_000):
            parser.feed(xml[start : start + 100_000])
        parser.close()
    except etree.XMLSyntaxError:
        raise _broken() from None


class _Target:
    """What `lxml` tells of a document's XML; a document has no type declaration."""

    def doctype(self, *_declared: object) -> None:
        """Refuse declarations: entities in them can grow without bound."""
        raise _broken()

    def data(self, text: str) -> None:
        """Take text; most of it is between elements and none of the article's."""

    def close(self) -> None:
        """End; nothing is left to do."""

    def comment(self, text: str) -> None:
        """Pass over a comment."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Pass over an instruction to another program."""


class _Styles(_Target):
    """The styles of a document: which of them are headings."""

    def __init__(self) -> None:
        self._id = ""
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the id and the name of a style."""
        name = _local(tag)
        value = _value(attributes)
        if name == "style":
            self._id = _value(attributes, "styleId")
        elif name == "name" and self._id:
            self._names.setdefault(self._id, value)
        elif name == "basedOn":
            self._based[self._id] = value

    def end(self, _tag: str) -> None:
        """Pass over the end of an element."""

    def kinds(self) -> dict[str, BlockKind]:
        """Return what paragraphs of a style are, for styles of headings and lists."""
        found: dict[str, BlockKind] = {}
        for style in self._names:
            here, steps = style, 0
            while here and steps < 20:  # noqa: PLR2004 - styles based on one another
                kind = _kind(self._names.get(here, ""))
                if kind != "paragraph":
                    found[style] = kind
                    break
                here, steps = self._based.get(here, ""), steps + 1
        return found


@dataclass
class _Paragraph:
    """A paragraph that is being read."""

    kind: BlockKind = "paragraph"
    pieces: list[str] = field(default_factory=list)


class _Words(_Target):
    """The paragraphs and tables of a document."""

    def __init__(self, kinds: Mapping[str, BlockKind]) -> None:
        self.parts: list[tuple[BlockKind, str]] = []
        self._kinds = kinds
        self._open: list[_Paragraph] = []
        self._cells: list[list[tuple[BlockKind, str]]] = []
        self._tables = self._passed_over = 0
        self._text = self._hidden = self._raised = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if tag == _FALLBACK:
            self._passed_over += 1
        name = _local(tag)
        if name == "p":
            self._open.append(_Paragraph())
        elif name == "tbl":
            self._tables += 1
        elif name == "tc" and self._tables == 1:
            self._cells.append([])
        elif name == "r":
            self._hidden = self._raised = False
        elif name == "t":
            self._text = True
        elif self._open:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take what an element says of its paragraph or of the text that follows."""
        paragraph, value = self._open[-1], _value(attributes)
        if name == "pStyle":
            styled = self._kinds.get(value) or _kind(value)
            if styled != "paragraph":
                paragraph.kind = styled
        elif name == "numPr" and paragraph.kind == "paragraph":
            paragraph.kind = "item"
        elif name == "vanish":
            self._hidden = value not in {"0", "false", "off"}
        elif name == "vertAlign":
            self._raised = value == "superscript"
        elif name in {"tab", "br", "cr", "noBreakHyphen"}:
            paragraph.pieces.append("-" if name == "noBreakHyphen" else " ")

    def data(self, text: str) -> None:
        """Take text."""
        if not self._text or not self._open or self._hidden or self._passed_over:
            return
        pieces = self._open[-1].pieces
        pieces.append(raised(text, "".join(pieces[-2:])) if self._raised else text)

    def end(self, tag: str) -> None:
        """End an element."""
        if tag == _FALLBACK:
            self._passed_over -= 1
        name = _local(tag)
        if name == "t":
            self._text = False
        elif name == "p":
            done = self._open.pop()
            text = " ".join("".join(done.pieces).split())
            if text:
                (self._cells[-1] if self._cells else self.parts).append(
                    (done.kind, text)
                )
        elif name == "tr" and self._tables == 1:
            self._end_row()
        elif name == "tbl":
            self._tables -= 1

    def _end_row(self) -> None:
        """Take a row: one block of short cells, or what stands in long ones."""
        cells = [" ".join(text for _, text in cell) for cell in self._cells if cell]
        if len(cells) > 1 and max(map(len, cells)) <= _LONGEST_CELL:
            self.parts.append(("cell", CELL.join(cells)))
        else:
            self.parts += [part for cell in self._cells for part in cell]
        self._cells = []


def _local(tag: str) -> str:
    """Return the name of a WordprocessingML element, or nothing for any other."""
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _value(attributes: Mapping[str, str], name: str = "val") -> str:
    """Return an attribute of a WordprocessingML element."""
    return attributes.get(f"{_W}{name}") or attributes.get(f"{_STRICT}{name}") or ""


def _kind(style: str) -> BlockKind:
    """Return what paragraphs of a style are, by its name."""
    name = style.strip().lower()
    if name in {"title", "titel", "titre"}:
        return "title"
    if name.startswith(_HEADINGS):
        return "heading"
    return "item" if name.startswith("list") else "paragraph"
