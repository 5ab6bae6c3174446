"""Links within the page: names of places, and what in a text can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lupus_evidence.vocabulary import Band, topic


def study_anchor(name: str) -> str:
    """Return the name of a study's card: "study-wang-2013"."""
    return f"study-{name}"


def forest_anchor(endpoint: str, scope: str, band: Band) -> str:
    """Return the name of the forest table of one endpoint, scope and time."""
    organ = "" if scope == topic().whole else f"-{scope}"
    return f"forest-{endpoint}{organ}-{band.name}"


_TOKEN = re.compile(
    r"https?://[!-~]*[A-Za-z0-9/]|\b[a-z0-9]+(?:-[a-z0-9]+)+\b|\b[a-z]{2,6}\d{4,}\b"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text.

    Parameters
    ----------
    text : str
        What is shown.
    href : str
        Where it leads; empty for plain text.
    """

    text: str
    href: str = ""


def linked(text: str, studies: Mapping[str, str]) -> Iterator[Piece]:
    """Yield a text in pieces, web addresses and studies with where they lead.

    Parameters
    ----------
    text : str
        Any text; it is not markup and stays text.
    studies : mapping of str to str
        Names of the studies that have a card on the page, by id. Within the name of a
        file an id stays what it is.
    """
    start = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token.startswith("http"):
            piece = Piece(token.removeprefix("https://"), token)
        elif token in studies:
            in_file = text[match.end() :].startswith((".yaml", ".yml"))
            name = token if in_file else studies[token]
            piece = Piece(name, f"#{study_anchor(token)}")
        else:
            continue
        if match.start() > start:
            yield Piece(text[start : match.start()])
        yield piece
        start = match.end()
    if start < len(text):
        yield Piece(text[start:])
