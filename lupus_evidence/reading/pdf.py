"""An article in a PDF: lines of pages put together to paragraphs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from lupus_evidence.reading.page import Page, laid_out
from lupus_evidence.reading.pdf_text import SECONDS
from lupus_evidence.reading.plain_text import own_parts, read_plain
from lupus_evidence.reading.refusals import Refusal

#: Seconds until a program is stopped whose processor is busy with others' work.
_PATIENCE = SECONDS * 2
_NUMBER = re.compile(
    r"\s*(?:page\s+|-\s*|\|\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\s|-]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
#: Lines at the top and the bottom of a page that may be the same on others, and on how
#: many pages they must be.
_EDGE, _REPEATED = 2, 3
#: Fewest letters a page that is no picture has on average.
_FEWEST_LETTERS = 20


def read_pdf(data: bytes) -> Page:
    """Return the article of a PDF.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    Refusal
        If it is locked, broken, too large, or has pictures of pages and no text.
    """
    pages = pages_of(data)
    letters = sum(map(str.isalpha, "".join(pages)))
    if letters < _FEWEST_LETTERS * max(len(pages), 1):
        raise Refusal(
            "A104",
            "has no text: its pages are pictures",
            "have the text recognised (OCR), or type the sentences into a text file",
        )
    # Half a character, as broken tables of characters give, cannot be printed.
    text = "\n".join(_bodies(pages)).encode("utf-8", "replace").decode()
    blocks = read_plain(text).blocks
    return laid_out(own_parts([(item.kind, item.text) for item in blocks]), "", "pdf")


def pages_of(data: bytes) -> list[str]:
    """Return the text of each page, as a program of its own reads it.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    Refusal
        If it is locked, broken or too large.
    """
    program = Path(__file__).with_name("pdf_text.py")
    # -P: what lies beside the program is not taken for Python's own modules.
    command = [sys.executable, "-P", "-X", "utf8", str(program)]
    try:
        done = subprocess.run(  # noqa: S603 - this package's own program
            command, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (subprocess.TimeoutExpired, OSError):  # the latter: no room for a program
        raise _too_long() from None
    if done.returncode < 0:  # stopped by the system
        raise _too_long()
    if done.returncode:
        broken = b"MemoryError" not in done.stderr and b"Limit" not in done.stderr
        raise _broken() if broken else _too_long()
    said: dict[str, Any] = json.loads(done.stdout)
    if "code" in said:
        hint = "copy its text into a text file, or print it into a new PDF"
        raise Refusal(said["code"], said["message"], hint)
    pages: list[str] = said["pages"]
    return pages


def _broken() -> Refusal:
    """Return the refusal of what is no whole PDF."""
    return Refusal("A102", "is a broken PDF", "get it again, or copy its text")


def _too_long() -> Refusal:
    """Return the refusal of a PDF whose reading takes too much."""
    return Refusal(
        "A105",
        "takes too much time or memory to read",
        "copy its text into a text file",
    )


def _bodies(pages: list[str]) -> list[str]:
    """Return the lines of pages without their numbers, heads and feet."""
    split = [[line for line in page.splitlines() if line.strip()] for page in pages]
    seen: Counter[str] = Counter()
    for lines in split:
        seen.update({_alike(line) for line in _edges(lines)})
    often = max(_REPEATED, len(pages) // 2)
    kept: list[str] = []
    for lines in split:
        edges = set(_edges(lines))
        kept += [
            line
            for line in lines
            if line not in edges
            or not (_NUMBER.fullmatch(line) or seen[_alike(line)] >= often)
        ]
    return kept


def _edges(lines: list[str]) -> list[str]:
    """Return the first and last lines of a page."""
    return lines[:_EDGE] + lines[-_EDGE:]


def _alike(line: str) -> str:
    """Return a line with all numbers as one."""
    return _DIGITS.sub("0", line).strip()
