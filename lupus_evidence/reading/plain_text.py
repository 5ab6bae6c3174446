"""Plain text: which lines are one paragraph, which are a list, a heading, a title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from lupus_evidence.reading.page import Page, Piece, between_cells, block_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lupus_evidence.reading.page import Block, BlockKind, Source


#: The mark of a list's item, and what follows it.
_BULLET = re.compile(r"\s*(?:[-*+•◦▪‣·–—]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_UNDERLINE = re.compile(r"\s*+([=\-~_*])\1{2,}+\s*+")
_RULE = re.compile(r"\s*+(?:[-=_*~#•.+|]\s*+){3,}+")
_COLUMNS = re.compile(r"\t+| {3,}")
#: What ends a sentence, with the quotes, brackets and notes that may stand behind it.
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]*\d]*\s*\Z")
_FIGURE = re.compile(r"\s*[\d(]")
_GOES_ON = re.compile(r"\s*[^\W\d_A-Z]")
_REFERENCES = re.compile(
    r"(?:\d+\.?\s*)?(?:references|bibliography|literature cited)", re.IGNORECASE
)
#: A line that nobody breaks by hand is at least and at most so long.
_NARROWEST, _WIDEST = 40, 180
#: Longest heading, in characters and words.
_HEADING, _HEADING_WORDS = 90, 14
#: How many of the breaks within paragraphs must cut a sentence, where lines were broken
#: at a width: prose breaks so four times of five, paragraphs of a line each never.
_WRAPPED = 0.3


@dataclass
class Lines:
    """Consecutive lines that become one block.

    Parameters
    ----------
    kind : {"title", "heading", "paragraph", "item", "cell"}
        What they are, as far as is known.
    number : int
        The number of the first, counted from 1.
    pieces : list of (list of Piece)
        What is kept of each line.
    closed : bool
        Whether no further line belongs to it.
    """

    kind: BlockKind
    number: int
    pieces: list[list[Piece]] = field(default_factory=list)
    closed: bool = False

    @property
    def last(self) -> str:
        """The text of the last line."""
        return "".join(piece.text for piece in self.pieces[-1])


def read_plain(text: str) -> Page:
    """Return plain text as a page.

    Parameters
    ----------
    text : str
        The whole text; its places are kept.
    """
    groups: list[Lines] = []
    chunks = chunks_of(text)
    width = wrapped_at([chunk for _, chunk in chunks])
    for number, chunk in chunks:
        groups += _grouped(number, chunk, width)
    first = groups[0] if groups else None
    if first and len(first.pieces) == 1 and first.kind in {"heading", "paragraph"}:
        # A line with nothing below it is what somebody says, not a title.
        title = len(groups) > 1 and is_heading(first.last, title=True)
        first.kind = "heading" if title else "paragraph"
    return made(text, groups, "text")


def chunks_of(text: str, hidden: Collection[int] = ()) -> list[tuple[int, list[Piece]]]:
    """Return the stretches of lines without an empty one, with their first numbers.

    Parameters
    ----------
    text : str
        The whole text.
    hidden : collection of int
        The numbers of lines that are no text, counted from 1.
    """
    chunks: list[tuple[int, list[Piece]]] = []
    open_ = False
    for number, line in enumerate(lines_of(text), 1):
        if number in hidden or not line.text.strip():
            open_ = False
        elif open_:
            chunks[-1][1].append(line)
        else:
            chunks.append((number, [line]))
            open_ = True
    return chunks


def wrapped_at(chunks: Sequence[Sequence[Piece]]) -> int:
    """Return the width at which lines were broken, or 0 where each is a paragraph.

    Parameters
    ----------
    chunks : sequence of (sequence of Piece)
        Lines that follow one another.
    """
    breaks = cut = 0
    widths = []
    for chunk in chunks:
        for this, following in pairwise(chunk):
            if _BULLET.match(following.text) or _UNDERLINE.fullmatch(following.text):
                continue
            breaks += 1
            cut += cuts_sentence(this.text, following.text)
            widths.append(len(this.text.rstrip()))
    if not breaks or cut / breaks < _WRAPPED:
        return 0
    widths.sort()
    return widths[len(widths) * 9 // 10]


def cuts_sentence(line: str, following: str) -> bool:
    """Tell whether the sentence of a line surely goes on in the next."""
    if _ENDS.search(line[-20:]):
        return False
    figure = len(line) >= _NARROWEST and bool(_FIGURE.match(following))
    return figure or bool(_GOES_ON.match(following))


def continues(line: str, following: str, width: int) -> bool:
    """Tell whether two lines belong to one paragraph.

    Parameters
    ----------
    line, following : str
        Lines that follow one another.
    width : int
        As `wrapped_at` returns.
    """
    if cuts_sentence(line, following):
        return True
    if line.rstrip()[-1:] in {",", "-", "–", "("}:
        return True
    size = len(line.rstrip())
    if not _NARROWEST <= width <= _WIDEST or size > _WIDEST:
        return False
    # A word that would have fitted was put on the next line on purpose.
    return size + 1 + len(following.split(maxsplit=1)[0]) > width * 0.85


def is_heading(text: str, *, title: bool = False) -> bool:
    """Tell whether a line that stands alone is a heading: short, and no sentence.

    A short line with a percentage is likelier a point that somebody makes.

    Parameters
    ----------
    text : str
        The line.
    title : bool
        Whether it stands above all else, where a percentage is part of the title.
    """
    short = len(text) <= _HEADING and len(text.split()) <= _HEADING_WORDS
    ends = text.rstrip()[-1:] in {".", "!", ";", ","}
    point = "%" in text and not title
    return short and not ends and not point and any(map(str.isalpha, text))


def made(text: str, groups: Sequence[Lines], source: Source) -> Page:
    """Return the page of groups of lines; a heading before all else is its title.

    Parameters
    ----------
    text : str
        The whole text.
    groups : sequence of Lines
        In order.
    source : {"text", "markdown"}
        What was read.
    """
    blocks: list[Block] = []
    for group in groups:
        kind = group.kind
        if not blocks and kind == "heading":
            kind = "title"
        block = block_of(kind, group.pieces, group.number)
        if block is not None:
            blocks.append(block)
    title = blocks[0].text if blocks and blocks[0].kind == "title" else ""
    return Page(title, tuple(blocks), text, source)


def own_parts(parts: Sequence[tuple[BlockKind, str]]) -> list[tuple[BlockKind, str]]:
    """Return blocks up to the list of references, the first as title if it can be one.

    Parameters
    ----------
    parts : sequence of (str, str)
        Kind and text of each block, of files that mark neither.
    """
    ends = [
        number
        for number, (_, text) in enumerate(parts)
        if number >= len(parts) // 2 and _REFERENCES.fullmatch(text)
    ]
    kept = list(parts[: ends[-1]] if ends else parts)
    if kept and all(kind != "title" for kind, _ in kept):
        kind, text = kept[0]
        if kind in {"heading", "paragraph"} and is_heading(text, title=True):
            kept[0] = ("title", text)
    return kept


def _grouped(number: int, chunk: list[Piece], width: int) -> list[Lines]:
    """Return the blocks of lines without an empty one between them."""
    found: list[Lines] = []
    bullets = sum(1 for line in chunk if _BULLET.match(line.text))
    table = _is_table(chunk)
    for here, line in enumerate(chunk, number):
        before = found[-1] if found else None
        mark = _BULLET.match(line.text)
        if _UNDERLINE.fullmatch(line.text) and before and len(before.pieces) == 1:
            before.kind = "heading" if is_heading(before.last) else before.kind
            before.closed = True
        elif _RULE.fullmatch(line.text):
            continue
        elif mark and _begins_item(before, bullets):
            rest = Piece(line.text[mark.end() :], line.offset + mark.end())
            found.append(Lines("item", here, [[rest]]))
        elif table and _COLUMNS.search(line.text.strip()):
            found.append(Lines("cell", here, [row(line, _COLUMNS)]))
        elif (
            before
            and not before.closed
            and before.kind in {"paragraph", "item"}
            and (continues(before.last, line.text, width))
        ):
            before.pieces.append([line])
        else:
            found.append(Lines("paragraph", here, [[line]]))
    _name_headings(found)
    return found


def _begins_item(before: Lines | None, bullets: int) -> bool:
    """Tell whether a line with a mark is an item; a broken line may have a dash."""
    return before is None or bullets > 1 or not cuts_sentence(before.last, "a")


def _is_table(chunk: Sequence[Piece]) -> bool:
    """Tell whether lines stand in columns, but for a heading or a note."""
    rows = sum(1 for line in chunk if _COLUMNS.search(line.text.strip()))
    return rows > 1 and rows >= len(chunk) - 2


def row(line: Piece, between: re.Pattern[str]) -> list[Piece]:
    """Return the cells of a line as pieces with a mark between them.

    Parameters
    ----------
    line : Piece
        A row of a table.
    between : re.Pattern
        What stands between two cells.
    """
    pieces: list[Piece] = []
    done = 0
    for start, end in [
        *(match.span() for match in between.finditer(line.text)),
        (len(line.text), len(line.text)),
    ]:
        cell = line.text[done:start]
        if cell.strip():
            if pieces:
                pieces += between_cells(line.offset + done - 1)
            lead = len(cell) - len(cell.lstrip())
            pieces.append(Piece(cell.strip(), line.offset + done + lead))
        done = end
    return pieces


def _name_headings(found: list[Lines]) -> None:
    """Call a short line a heading where it stands alone or begins what follows."""
    short = [
        group.kind == "paragraph" and len(group.pieces) == 1 and is_heading(group.last)
        for group in found
    ]
    for place, group in enumerate(found):
        last = place == len(found) - 1
        if short[place] and (place == 0 if last else not short[place + 1]):
            group.kind = "heading"
