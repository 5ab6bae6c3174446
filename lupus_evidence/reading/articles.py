"""Articles of any kind as pages; what cannot be read is a diagnostic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.reading.language import ENGLISH, language_of
from lupus_evidence.reading.page import Page, decoded
from lupus_evidence.reading.refusals import Refusal
from lupus_evidence.records.files import Diagnostic, Place, read_bytes

if TYPE_CHECKING:
    from pathlib import Path


#: Bytes; a saved page has some hundred thousand, a paper in PDF one or two million.
MOST_BYTES = 10_000_000
#: Characters and lines of an article's own words: a book has half a million.
MOST_CHARACTERS = 1_000_000
MOST_LINES = 50_000
_LINE_END = re.compile(r"\r\n?|\n")
MARKDOWN = (".md", ".markdown", ".mdown")
WEB = (".html", ".htm", ".xhtml")
_BY_HAND = "claims can be written by hand: lupus-evidence new NAME --claims"
#: Where a PDF or a web page says what it is.
_START = 1_024
_HTML = re.compile(
    r"\s*(?:<!--[^<]*-->\s*|<\?xml[^<>]*>\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:p|div|span|br|a|b|i|em|strong|h[1-6]|ul|ol|li|table|tr|td|font|section)\b"
    r"[^<>]{0,500}>",
    re.IGNORECASE,
)
#: Tags on the first screens from which a text is a web page without a head.
_TAGS = 6
#: Files that hold text somewhere, by their first bytes, and what to do with them.
_FORMS = (
    (b"\xd0\xcf\x11\xe0", "an old Word file", "save it as .docx or as text"),
    (b"{\\rtf", "a rich text file", "save it as .docx or as text"),
    (b"\x89PNG", "a picture", "type its sentences into a text file"),
    (b"\xff\xd8\xff", "a picture", "type its sentences into a text file"),
    (b"GIF8", "a picture", "type its sentences into a text file"),
    (b"RIFF", "a picture or a film", "type its sentences into a text file"),
    (b"\x1f\x8b", "a packed file", "unpack it first"),
    (b"PK\x05\x06", "an empty archive", "name the article itself"),
)


def read_page(path: Path, shown: str) -> Page | Diagnostic:
    """Return the article of a file, or what keeps it from being read.

    Parameters
    ----------
    path : Path
        The file; `textfiles.STANDARD_INPUT`; or a pipe.
    shown : str
        Its name in diagnostics.
    """
    data = read_bytes(path, shown, MOST_BYTES)
    if isinstance(data, Diagnostic):
        return data
    return page_of(data, shown, path.suffix)


def page_of(data: bytes, shown: str, suffix: str = "") -> Page | Diagnostic:
    """Return what an article says, or what keeps it from being read.

    Parameters
    ----------
    data : bytes
        What the file holds.
    shown : str
        Its name in diagnostics.
    suffix : str
        How its name ends, such as ``.md``; asked where the content leaves it open.
    """
    try:
        page = _by_kind(data, suffix.lower())
        _accept(page)
    except Refusal as refusal:
        return Diagnostic(
            Place(shown),
            refusal.code,
            "error",
            refusal.message,
            refusal.hint or _BY_HAND,
        )
    return page


def _by_kind(data: bytes, suffix: str) -> Page:
    """Read an article as what it is, which its content tells better than its name."""
    if len(data) > MOST_BYTES:
        raise Refusal("A105", f"is larger than {MOST_BYTES:,} bytes")
    if b"%PDF-" in data[:_START]:
        from lupus_evidence.reading.pdf import read_pdf

        return read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        from lupus_evidence.reading.word_document import holds_document, read_word

        if holds_document(data):
            return read_word(data)
        raise Refusal("A101", "is an archive, not an article", "unpack it first")
    for start, form, hint in _FORMS:
        if data.startswith(start):
            raise Refusal("A101", f"is {form}", hint)
    text = decoded(data)
    if text is None:
        raise Refusal("A101", "is not text", "save the article as HTML, PDF or text")
    return _of_text(text, suffix)


def _of_text(text: str, suffix: str) -> Page:
    """Read a text as a web page, as Markdown or as it is."""
    head = text[: 20 * _START]
    marked = suffix in MARKDOWN
    tags = sum(1 for _ in _TAG.finditer(head))
    if _HTML.match(head) or suffix in WEB or (tags >= _TAGS and not marked):
        from lupus_evidence.reading.webpage import read_webpage

        return read_webpage(text)
    _measure(text)
    from lupus_evidence.reading.markdown import looks_like_markdown, read_markdown
    from lupus_evidence.reading.plain_text import read_plain

    if marked or looks_like_markdown(text):
        return read_markdown(text)
    return read_plain(text)


def _measure(text: str) -> None:
    """Refuse what is longer than any article."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal("A105", f"has more than {MOST_CHARACTERS:,} characters")
    if len(_LINE_END.findall(text)) > MOST_LINES:
        raise Refusal("A105", f"has more than {MOST_LINES:,} lines")


def _accept(page: Page) -> None:
    """Refuse a page without words, with too many, or in another language."""
    _measure(page.text)
    words = "\n".join(block.text for block in page.blocks)
    if not any(map(str.isalpha, words)):
        saved = (
            "save the page once its text is on the screen, or copy the text to a file"
        )
        hint = saved if page.source == "html" else "check the file"
        raise Refusal("A104", "has no text", hint)
    language = language_of(words)
    if language not in {None, ENGLISH}:
        raise Refusal("A106", f"is in {language}; only {ENGLISH} is read")
