"""An article as a page of blocks, each character of which leads back to the text.

The text comes from bytes of any encoding, and its characters are made the ones that
a rule may expect.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

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
        for place, (full, start) in enumerate(line):
            text = full if place else full.lstrip()
            offset = start + len(full) - len(text)
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


#: Blanks of every width, among them those that keep a figure and its unit together.
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + (
    "".join(map(chr, range(0x2000, 0x200B)))
)
#: Nobody sees them: soft hyphen, zero width, direction of writing, control characters.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_ONE_FOR_ONE = (
    dict.fromkeys(map(ord, _BLANKS), " ")
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "‘’‛ʼ′`´"), "'")
    | dict.fromkeys(map(ord, "“”„‟″"), '"')
    | dict.fromkeys(map(ord, "‐‑"), "-")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
_LIGATURES = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in range(0xFB00, 0xFB07)
}
_ODD = re.compile(f"[ {_UNSEEN}]{{2,}}|[{_UNSEEN}]|[\ufb00-\ufb06]")


def tidied(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield a text's parts with one kind of blank, quote and hyphen, and their places.

    Ligatures become letters; superscripts and fractions stay what they are, since m²
    is not m2.

    Parameters
    ----------
    text : str
        A stretch of a page.
    offset : int
        Where it begins.
    """
    plain = text.translate(_ONE_FOR_ONE)
    done = 0
    for match in _ODD.finditer(plain):
        if match.start() > done:
            yield plain[done : match.start()], offset + done
        done = match.end()
        if match[0] in _LIGATURES:
            for letter in _LIGATURES[match[0]]:
                yield letter, offset + match.start()
        elif " " in match[0]:
            yield " ", offset + match.start() + match[0].index(" ")
    if done < len(plain):
        yield plain[done:], offset + done


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s{0,9}=\s{0,9}"""
    rb"""["']?\s{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: Encodings of text on the web; Python knows others that are none.
_ON_THE_WEB = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|big5\w*|gb\w+|hz|euc_\w+|shift_jis\w*|tis-620"
)
#: Bytes looked at for a declaration, and for what no text holds.
_HEAD = 4_096
#: Share of control characters, or of zeros, from which bytes are no text.
_STRANGE, _ZEROS = 0.02, 0.3
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decoded(data: bytes) -> str | None:
    """Return the text of bytes in whatever encoding, or None where they are no text.

    A byte order mark decides; then whether they are UTF-8, which no other text is by
    accident; then what the page declares; else Windows-1252, as in browsers.

    Parameters
    ----------
    data : bytes
        A whole file.
    """
    text = _decoded(data)
    head = text[:_HEAD]
    strange = len(_CONTROL.findall(head))
    return None if strange > len(head) * _STRANGE else text


def _decoded(data: bytes) -> str:
    """Return the text of bytes, whatever they are."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[start:_HEAD:2].count(0)
        if zeros > len(data[:_HEAD]) / 2 * _ZEROS:
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data) or "cp1252", "replace")


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page says it has, if it is one of text."""
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    # Pages that say Latin-1 hold Windows-1252, and browsers read them so.
    return name if name != "iso8859-1" and _ON_THE_WEB.fullmatch(name) else None
