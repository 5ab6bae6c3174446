"""The text of HTML elements, block by block, as a browser would show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.reading.page import CELL, BlockKind
from lupus_evidence.reading.plain_text import continues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement


_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_HEADINGS |= {"summary": 7, "dt": 7}
_BLOCK_NAMES = """
address article blockquote body caption center dd details div dl fieldset figcaption
figure footer form header hr li main ol p pre section table tbody td tfoot th thead tr
ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split()) | _HEADINGS.keys()
_BLANK = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r"\n(?:[ \t]*\n)+")
#: What a raised character may be: a note's number or mark, or an exponent.
_NOTE = re.compile(r"[\s\[(]*[\d,;–\-\s*†‡§¶a-f]{0,20}[\])]*\s*")
_UNIT = re.compile(r"(?:\b(?:[cdkm]?m|10|m²|/m)|×\s?10)\s*\Z")
_RAISED = str.maketrans("0123456789+-–−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
#: Longest cell of a table of figures; longer ones lay the page out.
_LONGEST_CELL = 300


class Part(NamedTuple):
    """A block of a web page.

    Parameters
    ----------
    kind : {"heading", "paragraph", "item", "cell"}
        What it is.
    text : str
        On one line.
    rank : int
        1 to 6 for a heading, 7 for a question that unfolds; else 0.
    linked : int
        How many characters are in links.
    """

    kind: BlockKind
    text: str
    rank: int
    linked: int


@dataclass
class _Open:
    """The block that is being read."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    kinds: list[tuple[BlockKind, int]] = field(
        default_factory=lambda: [("paragraph", 0)]
    )

    def add(self, text: str | None) -> None:
        """Add text as HTML has it: line ends are blanks."""
        if text:
            kept = _BLANK.sub(" ", text)
            self.pieces.append(kept)
            if self.links:
                self.linked += len(kept)

    def close(self) -> Iterator[Part]:
        """Yield what was read since the last block ended."""
        text, linked = "".join(self.pieces), self.linked
        self.pieces, self.linked = [], 0
        kind, rank = self.kinds[-1]
        for piece in _paragraphs(text):
            share = linked * len(piece) // len(text)
            yield Part(kind, piece, rank, share)


def parts_of(root: HtmlElement) -> Iterator[Part]:
    """Yield the blocks of an element in reading order.

    Parameters
    ----------
    root : HtmlElement
        Without furniture.
    """
    from lxml import etree

    block = _Open()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in BLOCKS:
                yield from block.close()
                block.kinds.append(_kind(tag, block.kinds[-1]))
            if tag == "sup":
                block.add(raised(element.text_content(), "".join(block.pieces[-2:])))
                walk.skip_subtree()
                continue
            if tag == "table" and _holds_figures(element):
                yield from _rows(element)
                walk.skip_subtree()
                continue
            block.links += tag == "a"
            if tag == "br":
                block.pieces.append("\n")
            block.add(element.text)
            continue
        if tag in BLOCKS:
            yield from block.close()
            block.kinds.pop()
        block.links -= tag == "a"
        if element is not root:
            block.add(element.tail)
    yield from block.close()


def raised(text: str, before: str) -> str:
    """Return raised characters as they are read; the number of a note is left out.

    Parameters
    ----------
    text : str
        What is raised.
    before : str
        What it stands behind.
    """
    bare = text.strip()
    if _UNIT.search(before[-12:]) and bare.strip("+-–−").isdigit():
        return bare.translate(_RAISED)
    return "" if _NOTE.fullmatch(text[:80]) else text


def _kind(tag: str, around: tuple[BlockKind, int]) -> tuple[BlockKind, int]:
    """Return what the text of an element is, with its rank if it is a heading."""
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag == "li":
        return "item", 0
    return around if tag in {"p", "div", "section"} else ("paragraph", 0)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text that `br` elements part."""
    for stretch in _BREAKS.split(text):
        lines = [" ".join(line.split()) for line in stretch.split("\n")]
        lines = [line for line in lines if line]
        whole: list[str] = []
        for line in lines:
            if whole and not continues(whole[-1], line, 0):
                yield " ".join(whole)
                whole = []
            whole.append(line)
        if whole:
            yield " ".join(whole)


def _holds_figures(table: HtmlElement) -> bool:
    """Tell whether a table has rows and columns of short cells."""
    if (
        table.get("role") in {"presentation", "none"}
        or table.find(".//table") is not None
    ):
        return False
    rows = [_cells(row) for row in table.iter("tr")]
    short = all(len(cell) <= _LONGEST_CELL for row in rows for cell in row)
    return short and any(len(row) > 1 for row in rows)


def _cells(row: HtmlElement) -> list[str]:
    """Return the texts of a row's cells, without the empty ones."""
    found = (_inline(cell) for cell in row if cell.tag in {"td", "th"})
    return [cell for cell in found if cell]


def _rows(table: HtmlElement) -> Iterator[Part]:
    """Yield the caption and the rows of a table."""
    for caption in table.iter("caption"):
        text = _inline(caption)
        if text:
            yield Part("paragraph", text, 0, 0)
    for row in table.iter("tr"):
        cells = _cells(row)
        if cells:
            yield Part("cell", CELL.join(cells), 0, 0)


def _inline(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join(part.text for part in parts_of(element))
