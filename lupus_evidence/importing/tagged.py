"""Line-tagged references, PubMed's and RIS: ``TAG - value``, one field after another.

Both formats are lines of a tag, a hyphen and a value, so that one small reader serves
both. A RIS library would read one of the two, know its own list of tags only, and be
one more thing to install for the thirty lines below.

References
----------
https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.identifiers import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Far above the longest list of authors, with several fields for each of them.
MAX_FIELDS = 50_000


class Layout(NamedTuple):
    """What tells the two formats apart.

    Parameters
    ----------
    name : str
        In words.
    line : Pattern
        A tagged line, with groups ``tag`` and ``value``.
    first, last : str
        Tags that open and close a reference; PubMed closes none.
    """

    name: str
    line: re.Pattern[str]
    first: str
    last: str


NBIB = Layout(
    "PubMed",
    re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)"),
    "PMID",
    "",
)
RIS = Layout(
    "RIS",
    re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}- ?(?P<value>.*)"),
    "TY",
    "ER",
)


@dataclass(frozen=True)
class TaggedReference:
    """The fields of one reference.

    Parameters
    ----------
    pairs : tuple of (str, str)
        Tag and value in the file's order, white space made single spaces.
    """

    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def _by_tag(self) -> dict[str, list[tuple[int, str]]]:
        """Where each tag's values stand, and the values."""
        found: dict[str, list[tuple[int, str]]] = {}
        for place, (tag, value) in enumerate(self.pairs):
            found.setdefault(tag, []).append((place, value))
        return found

    def all(self, *tags: str) -> tuple[str, ...]:
        """Return every value of these tags in order."""
        found = sorted(pair for tag in tags for pair in self._by_tag.get(tag, ()))
        return tuple(value for _, value in found)

    def first(self, *tags: str) -> str | None:
        """Return the first value of the first of these tags that has one."""
        return next((value for tag in tags for value in self.all(tag)), None)


class _Fields:
    """The fields of the reference that is being read."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[str]]] = []
        self._open: list[str] | None = None

    def add(self, tag: str, value: str) -> None:
        """Start a field.

        Raises
        ------
        EvidenceError
            If there are more fields than any reference has.
        """
        if len(self._found) == MAX_FIELDS:
            raise EvidenceError(f"a reference of more than {MAX_FIELDS:,} fields")
        self._open = [value]
        self._found.append((tag, self._open))

    def go_on(self, line: str) -> None:
        """Add a line to the field above it; an empty one ends the field."""
        if not line.strip():
            self._open = None
        elif self._open is not None and len(self._open) < MAX_FIELDS:
            self._open.append(line)

    def reference(self) -> TaggedReference:
        """Return what was read; empty and overlong fields are left out."""
        said = ((tag, one_line(" ".join(lines))) for tag, lines in self._found)
        return TaggedReference(tuple((tag, value) for tag, value in said if value))


def read_tagged(text: str, layout: Layout) -> Iterator[TaggedReference]:
    """Yield the references of a text.

    A line without a tag continues the field above it; after an empty line, or in front
    of the first reference, such as a database's own heading, it is skipped.

    Parameters
    ----------
    text : str
        A whole file.
    layout : Layout
        `NBIB` or `RIS`.

    Raises
    ------
    EvidenceError
        If a field stands outside a reference, or a reference has more than 50,000.
    """
    fields: _Fields | None = None
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        match = layout.line.fullmatch(line.rstrip())
        if match is None:
            if fields is not None:
                fields.go_on(line)
            continue
        tag, value = match.group("tag", "value")
        if tag in {layout.first, layout.last}:
            if fields is not None:
                yield fields.reference()
            fields = _Fields() if tag == layout.first else None
        elif fields is None:
            raise EvidenceError(
                f"line {number}: the field {tag} stands outside a {layout.name} "
                f"reference, which starts with {layout.first}"
            )
        if fields is not None:
            fields.add(tag, value)
    if fields is not None:
        yield fields.reference()
