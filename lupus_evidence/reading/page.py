"""An article as a page of blocks, each character of which leads back to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from lupus_evidence.reading.characters import tidied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BlockKind = Literal["title", "heading", "paragraph", "item", "cell"]
Source = Literal["html", "pdf", "docx", "text", "markdown"]

#: Line ends that every editor counts; the others stay within their line.
_LINE_END = re.compile(r"\r\n|\r|\n")
#: Between the cells of a table's row.
CELL = " | "
#: A word that a line's end may have cut, and the rest of it on the next line.
_CUT = re.compile(r"([^\W\d_]+)-\Z")
_REST = re.compile(r"[^\W\d_]+")
#: First halves of words that are written with a hyphen, in this field and outside.
_FIRST_HALVES = """
acute anti bone case cell cord cross disease donor dose double drug early eight event
first five follow four graft half health high host immune intention large late life
long low lupus mid middle near nine non off one open organ peer phase placebo post
quality relapse risk second self semi serious seven short side single six small state
steroid stem ten third three time treatment twelve two well year
"""
_HYPHENATED = frozenset(_FIRST_HALVES.split())
#: Second halves that make one word of some of these.
_SECOND_HALVES = """
al ary bodies body ed en er ers est ing ism ly ness pone poned s ty
"""
_ENDINGS = frozenset(_SECOND_HALVES.split())


class Piece(NamedTuple):
    """A stretch of the text as it stands.

    Parameters
    ----------
    text : str
        Its characters, or what is read for them.
    offset : int
        Where it begins in the page's text.
    """

    text: str
    offset: int


@dataclass(frozen=True)
class Block:
    """A paragraph, or what stands by itself like one.

    Parameters
    ----------
    kind : {"title", "heading", "paragraph", "item", "cell"}
        An item is one of a list. A cell is a whole row of a table, its cells apart by
        `CELL`, since a figure alone says nothing.
    text : str
        On one line, with plain blanks, quotes and hyphens.
    line : int
        The line of the page's text on which it begins, counted from 1.
    first : int
        Where its first character stands in the page's text, counted from 0.
    runs : tuple of (int, int)
        An index of `text` and the place of that character in the page's text; the
        characters up to the next such index follow one another in both.
    """

    kind: BlockKind
    text: str
    line: int
    first: int
    runs: tuple[tuple[int, int], ...]

    def offset(self, index: int) -> int:
        """Return where a character of `text` stands in the page's text.

        Parameters
        ----------
        index : int
            From 0 to the length of `text`, whose place is just behind the last
            character.
        """
        if index and index == len(self.text):
            return self.offset(index - 1) + 1
        start, place = self.runs[bisect_right(self.runs, index, key=itemgetter(0)) - 1]
        return place + index - start


@dataclass(frozen=True)
class Page:
    """An article's own words, without what surrounds them.

    Parameters
    ----------
    title : str
        Empty where there is none; else also the text of a block.
    blocks : tuple of Block
        In reading order.
    text : str
        Of plain text and Markdown, the file's own; else one line a block.
    source : {"html", "pdf", "docx", "text", "markdown"}
        What it was read from.
    """

    title: str
    blocks: tuple[Block, ...]
    text: str
    source: Source

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line of the text begins."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of a place in the text, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, block: Block, index: int = 0) -> tuple[int, int]:
        """Return line and column of a character of a block."""
        return self.at(block.offset(index))

    def quote(self, block: Block, start: int, end: int) -> str:
        """Return what stands in the text for a part of a block, to the letter."""
        if start >= end:
            return ""
        return self.text[block.offset(start) : block.offset(end - 1) + 1]


def between_cells(offset: int) -> list[Piece]:
    """Return `CELL` as pieces that all stand for the one place between two cells."""
    return [Piece(sign, offset) for sign in CELL]


def lines_of(text: str) -> list[Piece]:
    """Return the lines of a text without their ends."""
    ends = [(0, 0), *(match.span() for match in _LINE_END.finditer(text))]
    ends.append((len(text), len(text)))
    return [Piece(text[a:b], a) for (_, a), (b, _) in pairwise(ends)]


def block_of(
    kind: BlockKind, lines: Sequence[Sequence[Piece]], number: int
) -> Block | None:
    """Return the block that lines make up, or none where nothing stands there.

    Parameters
    ----------
    kind : {"title", "heading", "paragraph", "item", "cell"}
        What it is.
    lines : sequence of (sequence of Piece)
        What is kept of each line.
    number : int
        The number of the first line, counted from 1.
    """
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    size, last = 0, " "
    for piece in _joined(lines):
        for text, offset in tidied(piece.text, piece.offset):
            skip = text[:1] == last == " "
            kept = text[skip:]
            if not kept:
                continue
            place = offset + skip
            if not runs or place - runs[-1][1] != size - runs[-1][0]:
                runs.append((size, place))
            parts.append(kept)
            size, last = size + len(kept), kept[-1]
    text = "".join(parts).rstrip()
    return Block(kind, text, number, runs[0][1], tuple(runs)) if text else None


def laid_out(
    parts: Iterable[tuple[BlockKind, str]], title: str, source: Source
) -> Page:
    """Return a page with one line a block, for files that have no lines themselves.

    Parameters
    ----------
    parts : iterable of (str, str)
        Kind and text of each block.
    title : str
        The article's title; it becomes a block if no block is one.
    source : {"html", "pdf", "docx"}
        What the parts were read from.
    """
    found = [
        (kind, "".join(piece for piece, _ in tidied(text, 0)).strip())
        for kind, text in parts
    ]
    name = next((text for kind, text in found if kind == "title"), "")
    if not name and title:
        name = "".join(piece for piece, _ in tidied(title, 0)).strip()
        found.insert(0, ("title", name))
    found = [(kind, text) for kind, text in found if text]
    blocks, place = [], 0
    for number, (kind, text) in enumerate(found, 1):
        blocks.append(Block(kind, text, number, place, ((0, place),)))
        place += len(text) + 1
    text = "".join(f"{text}\n" for _, text in found)
    return Page(name, tuple(blocks), text, source)


def unhyphenated(before: str, after: str) -> bool:
    """Tell whether the hyphen at a line's end only cuts a word in two.

    Parameters
    ----------
    before, after : str
        Two lines that follow one another.
    """
    cut, rest = _CUT.search(before[-40:]), _REST.match(after)
    if not cut or not rest or not rest[0].islower() or cut[1].isupper():
        return False
    return rest[0] in _ENDINGS or cut[1].lower() not in _HYPHENATED


def _joined(lines: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    """Yield the pieces of lines, with a blank or a mended word between two lines."""
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ()
        for place, (text, offset) in enumerate(line):
            if not following or place < len(line) - 1:
                yield Piece(text, offset)
                continue
            bare = text.rstrip()
            if unhyphenated(bare, following[0].text.lstrip()):
                yield Piece(bare[:-1], offset)
            elif bare.endswith("-") and not bare.endswith(" -"):
                yield Piece(bare, offset)
            else:
                yield Piece(text, offset)
                yield Piece(" ", offset + len(text))
