"""EndNote's tagged format (.enw), also called refer: a percent sign, a sign, a value.

References
----------
https://en.wikipedia.org/wiki/Refer_(software)
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.assembling import Given, assembled
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.tagged import MAX_FIELDS, Field
from lupus_evidence.importing.taking import Said
from lupus_evidence.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.importing.reference import Reference

#: Signs by what they are in a citation; the surest first.
_TAGS: dict[str, str] = {
    "authors": "A",
    "groups": "Q",
    "title": "T",
    "journal": "J",
    "book": "B",
    "year": "D",
    "date": "8",
    "volume": "V",
    "issue": "N",
    "pages": "P",
    "article_number": "]",
    "doi": "R",
    "elsewhere": "3",
    "pmcid": "2",
    "url": "U",
    "language": "G",
    "kind": "0 9",
    "note": "O Z",
}
_FIELD_OF = {tag: name for name, tags in _TAGS.items() for tag in tags.split()}
_NOT_CARRIED = frozenset("EIXK@+CFLS7641H?Y&()<>[=~W!#^$*M")
_LINE = re.compile(r"%(?P<tag>[!-~])(?:\s+(?P<value>.*))?")
#: What a report begins with, behind an empty line.
_FIRST = frozenset("0TAF")
#: Characters of a value that a message repeats.
_MAX_SHOWN = 60
_LEFT_OUT = (
    "not carried over: abstract, keywords, editors, publisher, accession numbers "
    "(figures are typed from the page, with their place)"
)


def read_refer(text: str) -> Iterator[Reference]:
    """Yield the reports that a file in EndNote's tagged format cites.

    Parameters
    ----------
    text : str
        A whole file, reports with empty lines between them.

    Raises
    ------
    EvidenceError
        If a report has more fields than any has.
    """
    open_: list[Field] = []
    for item in _fields(text):
        tags = {field.tag for field in open_}
        starts = item.apart and item.tag in _FIRST and "T" in tags
        if starts or (item.tag == "0" and "0" in tags):
            yield _reference(open_)
            open_ = []
        open_.append(item)
        if len(open_) > MAX_FIELDS:
            raise EvidenceError(f"a reference of more than {MAX_FIELDS:,} fields")
    if open_:
        yield _reference(open_)


def _fields(text: str) -> Iterator[Field]:
    """Yield every field with the lines that go on below it."""
    tag, lines, start, first, apart = "", list[str](), 0, False, True
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        match = _LINE.fullmatch(line.strip())
        if match is not None:
            if tag:
                yield Field(tag, tuple(lines), start, first)
            tag, lines = match["tag"], [(match["value"] or "").strip()]
            start, first, apart = number, apart, False
        elif not line.strip():
            apart = True
        elif tag and len(lines) < MAX_FIELDS:
            lines.append(line.strip())
    if tag:
        yield Field(tag, tuple(lines), start, first)


def _reference(fields: Sequence[Field]) -> Reference:
    """Return one report."""
    given = Given(line=fields[0].line, left_out=(_LEFT_OUT,))
    given.called = "EndNote" if any(item.tag == "0" for item in fields) else "no %0"
    for item in fields:
        name = _FIELD_OF.get(item.tag)
        if name is not None:
            given.add(name, Said(f"%{item.tag}", item.value, item.line))
        elif item.tag not in _NOT_CARRIED and item.value:
            shown = repr(shortened(item.value, _MAX_SHOWN))
            message = f"the tag %{item.tag} is not known: {shown} is left out"
            hint = "if it belongs to the line above, join the two lines"
            given.doubts.append(Doubt("I102", message, hint, item.line))
    return assembled(given)
