"""Markdown: its marks are left out, and every character keeps its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lupus_evidence.reading.page import Page, Piece, between_cells, lines_of
from lupus_evidence.reading.plain_text import (
    Lines,
    chunks_of,
    continues,
    made,
    wrapped_at,
)

_ATX = re.compile(r" {0,3}#{1,6}(?=\s|$)\s*(.*?)(?:\s+#+)?\s*$")
_SETEXT = re.compile(r" {0,3}(?:=+|-{2,})\s*")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*+){3,}+|(?:-\s*+){3,}+|(?:_\s*+){3,}+)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)++")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_DELIMITER = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_DEFINITION = re.compile(r" {0,3}\[[^\]\[]+\]:\s*\S+.*")
_FRONT_TITLE = re.compile(r"title:\s*(['\"]?)(.+)\1\s*")
#: What is no text within a line, each with what is kept of it.
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?"  # a picture
    r"|\[\^[^\[\]]*\]"  # a note
    r"|\[(?P<link>[^\[\]]+)\](?:\([^()]*(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]*\])"
    r"|<(?:https?:|mailto:)[^<>\s]*>"
    r"|</?[a-zA-Z][^<>]*>|<!--[^<>]*-->"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|\w{2,31});)"
    r"|`+|\*+(?=\S)|(?<=\S)\*+|~~|==|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)"
)
#: What the signs of Markdown look like, for files that are not named so.
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6} \S",
        r"\[[^\[\]\n]+\]\([^()\s]+\)",
        r"\*\*[^*\n]+\*\*",
        r"^(?:```|~~~)",
        r"^> \S",
        r"^\|?\s*:?-{3,}:?\s*\|",
    )
)


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text has at least two kinds of Markdown's signs."""
    start = text[:50_000]
    return sum(1 for sign in _SIGNS if sign.search(start)) > 1


def read_markdown(text: str) -> Page:
    """Return a Markdown text as a page.

    Parameters
    ----------
    text : str
        The whole text; its places are kept.
    """
    groups: list[Lines] = []
    hidden = _hidden_lines(text)
    named = _front_title(text, hidden)
    if named:
        groups.append(named)
    chunks = chunks_of(text, hidden)
    width = wrapped_at([lines for _, lines in chunks])
    for number, lines in chunks:
        groups += _grouped(number, lines, width)
    return made(text, groups, "markdown")


def _hidden_lines(text: str) -> set[int]:
    """Return the numbers of lines that are no text: front matter, code, comments."""
    hidden: set[int] = set()
    lines = lines_of(text)
    start = _front_matter(lines)
    hidden.update(range(1, start + 1))
    fence, comment = "", False
    for number, (line, _) in enumerate(lines[start:], start + 1):
        mark = _FENCE.match(line)
        if fence:
            hidden.add(number)
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark and not comment:
            fence = mark[1]
            hidden.add(number)
        elif comment or (line.lstrip().startswith("<!--")):
            hidden.add(number)
            comment = "-->" not in line
    return hidden


def _front_matter(lines: list[Piece]) -> int:
    """Return how many lines at the beginning are front matter."""
    if lines[0].text.strip() not in {"---", "+++"}:
        return 0
    for number, (line, _) in enumerate(lines[1:200], 2):
        if line.strip() in {"---", "+++", "..."}:
            return number
    return 0


def _front_title(text: str, hidden: set[int]) -> Lines | None:
    """Return the title that the front matter gives, if no heading comes first."""
    lines = lines_of(text)
    end = _front_matter(lines)
    shown = (
        item.text
        for number, item in enumerate(lines[end:], end + 1)
        if number not in hidden and item.text.strip()
    )
    if not end or _ATX.match(next(shown, "# ")):
        return None
    for number, (line, offset) in enumerate(lines[:end], 1):
        match = _FRONT_TITLE.fullmatch(line)
        if match:
            piece = Piece(match[2], offset + match.start(2))
            return Lines("heading", number, [[piece]])
    return None


def _grouped(first: int, lines: list[Piece], width: int) -> list[Lines]:
    """Return the blocks of lines without an empty one between them."""
    found: list[Lines] = []
    table = any(_DELIMITER.fullmatch(line.text) and "|" in line.text for line in lines)
    for number, full in enumerate(lines, first):
        line, quoted = _unquoted(full)
        if not line.text.strip() or _DEFINITION.fullmatch(line.text):
            continue
        before = found[-1] if found else None
        heading, item = _ATX.match(line.text), _ITEM.match(line.text)
        if heading:
            found.append(Lines("heading", number, [_inside(_part(line, heading, 1))]))
        elif _SETEXT.fullmatch(line.text) and before and before.kind == "paragraph":
            before.kind = "heading"
        elif _RULE.fullmatch(line.text) or (table and _DELIMITER.fullmatch(line.text)):
            continue
        elif table and "|" in line.text:
            found.append(Lines("cell", number, [_row(line)]))
        elif item and not (before and before.kind == "paragraph" and quoted):
            rest = Piece(line.text[item.end() :], line.offset + item.end())
            found.append(Lines("item", number, [_inside(rest)]))
        elif (
            before
            and before.kind in {"paragraph", "item"}
            and (continues(before.last, line.text.lstrip(), width))
        ):
            before.pieces.append(_inside(line))
        else:
            found.append(Lines("paragraph", number, [_inside(line)]))
    return found


def _unquoted(line: Piece) -> tuple[Piece, bool]:
    """Return a line without the marks of a quotation, and whether there were some."""
    mark = _QUOTE.match(line.text)
    if not mark:
        return line, False
    return Piece(line.text[mark.end() :], line.offset + mark.end()), True


def _part(line: Piece, match: re.Match[str], group: int) -> Piece:
    """Return a group of a match in a line as a piece."""
    return Piece(match[group], line.offset + match.start(group))


def _row(line: Piece) -> list[Piece]:
    """Return the cells of a table's row, with a mark between them."""
    pieces: list[Piece] = []
    place = line.offset
    for cell in line.text.split("|"):
        if cell.strip():
            if pieces:
                pieces += between_cells(place - 1)
            lead = len(cell) - len(cell.lstrip())
            pieces += _inside(Piece(cell.strip(), place + lead))
        place += len(cell) + 1
    return pieces


def _inside(line: Piece) -> list[Piece]:
    """Return a line's text without marks of emphasis, links and the like."""
    return list(_kept(line.text, line.offset)) or [Piece("", line.offset)]


def _kept(text: str, offset: int) -> Iterator[Piece]:
    """Yield what a reader sees of a stretch of text."""
    done = 0
    for match in _INLINE.finditer(text):
        if match.start() > done:
            yield Piece(text[done : match.start()], offset + done)
        done = match.end()
        if match["link"]:
            yield from _kept(match["link"], offset + match.start("link"))
        elif match["escaped"]:
            yield Piece(match["escaped"], offset + match.start("escaped"))
        elif match["entity"]:
            yield Piece(html.unescape(match["entity"])[:1], offset + match.start())
    if done < len(text):
        yield Piece(text[done:], offset + done)
