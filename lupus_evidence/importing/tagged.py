"""Line-tagged references, PubMed's and RIS: ``TAG - value``, one field after another.

Both formats are lines of a tag, a hyphen and a value, so that one small reader serves
both. A RIS library would read one of the two, know its own list of tags only, and be
one more thing to install for the few lines below.

References
----------
https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
https://github.com/MrTango/rispy/blob/main/rispy/config.py
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from lupus_evidence.documents.text import shortened
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.records.field_types import MAX_TEXT

_TWO_CHARACTERS = """
A1 A2 A3 A4 A5 A6 AB AC AD AI AN AR AU AV BN BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CI CL CN
CP CR CT CY DA DB DE DI DO DP ED EI EM EP ER ET FD FU FX GA H1 H2 ID IS J1 J2 J9 JA JF
JI JO JP K1 KW L1 L2 L3 L4 LA LB LK LN LV M1 M2 M3 M4 MA MH N1 N2 NL NO NR NS NV OI OP
OT PA PB PD PG PI PM PP PT PU PY RI RN RP SC SE SL SN SP ST SU SV T1 T2 T3 TA TC TI TS
TT TY U1 U2 U3 U4 U5 UR UT VL VO WC WE WP WT WV XR Y1 Y2 YR Z9 ZZ
"""
#: Longer ones that stand in RIS files of some programs.
_SPELLED_OUT = """
    DOI EISSN ISBN ISSN LANG NIHMS ORCID PMC PMCID PMID PUBMED URL
    """
SPELLED_OUT = frozenset(_SPELLED_OUT.split())
#: What the format has, and what programs use besides.
RIS_TAGS = frozenset(_TWO_CHARACTERS.split()) | SPELLED_OUT
#: Fields of text, which no record carries over, and in which a line may look tagged.
PROSE = frozenset({"AB", "N2", "N1", "NO", "KW", "AD", "MH", "RN", "OAB", "OT", "CR"})

#: A tag of two characters; a longer one that is known; one that may be a word.
RIS_LINE = re.compile(
    r"(?:(?P<tag>[A-Z][A-Z0-9]) {1,2}(?=-)"
    rf"|(?P<spelled>{'|'.join(sorted(SPELLED_OUT))}) {{0,2}}(?=[:-] )"
    r"|(?P<other>[A-Z][A-Z0-9]{2,7}) {1,2}(?=- ))"
    r"[:-] ?(?P<value>.*)"
)
#: What stands between two fields on one line.
RIS_GLUED = re.compile(r"(?<! ) {3,}(?=[A-Z][A-Z0-9] {2}- )")
NBIB_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")


_LINE_END = re.compile(r"\r\n?|\n")
#: Far above the longest list of authors, with several fields for each of them.
MAX_FIELDS = 50_000
#: Characters of a value that a message repeats.
_MAX_SHOWN = 60
#: Words that the type of a reference has; more are a line of a text.
_MAX_TYPE_WORDS = 3
#: Fields without which nothing is a report.
_TITLES = frozenset({"TI", "T1", "BTI", "CT"})
_AUTHORS = frozenset({"AU", "A1", "FAU", "CN"})


class Field(NamedTuple):
    """One field as it stands in the file.

    Parameters
    ----------
    tag : str
        In front of the hyphen.
    lines : tuple of str
        The value's lines without the blanks around them.
    line : int
        Where it starts, from 1.
    apart : bool
        Whether an empty line or other text stands in front of it.
    """

    tag: str
    lines: tuple[str, ...]
    line: int
    apart: bool = False

    @property
    def value(self) -> str:
        """The value on one line."""
        return " ".join(" ".join(self.lines).split())


class Layout(NamedTuple):
    """What tells the two formats apart.

    Parameters
    ----------
    name : str
        In words.
    parts : callable
        Divides a line into tags and values; nothing for a line without a tag.
    references : callable
        Divides a file's fields into references, with what stands between them.
    tags : set of str
        Tags that are known; empty where lines that go on are told by their indent.
    """

    name: str
    parts: Callable[[str, str | None], list[tuple[str, str]]]
    references: Callable[[Sequence[Field]], Iterator[tuple[list[Field], list[Field]]]]
    tags: frozenset[str]


@dataclass(frozen=True)
class TaggedReference:
    """The fields of one reference.

    Parameters
    ----------
    fields : tuple of Field
        In the file's order; empty ones are left out.
    doubts : tuple of Doubt
        What was not read.
    """

    fields: tuple[Field, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Tag and value of every field."""
        return tuple((field.tag, field.value) for field in self.fields)

    @cached_property
    def _by_tag(self) -> dict[str, list[tuple[int, Field]]]:
        """Where each tag's fields stand, and the fields."""
        found: dict[str, list[tuple[int, Field]]] = {}
        for place, field in enumerate(self.fields):
            found.setdefault(field.tag, []).append((place, field))
        return found

    def each(self, *tags: str) -> tuple[Field, ...]:
        """Return every field of these tags in order."""
        found = sorted(pair for tag in tags for pair in self._by_tag.get(tag, ()))
        return tuple(field for _, field in found)

    def all(self, *tags: str) -> tuple[str, ...]:
        """Return every value of these tags in order."""
        return tuple(field.value for field in self.each(*tags))

    def first(self, *tags: str) -> str | None:
        """Return the first value of the first of these tags that has one."""
        return next((value for tag in tags for value in self.all(tag)), None)


def read_tagged(text: str, layout: Layout) -> Iterator[TaggedReference]:
    """Yield the references of a text.

    A line without a tag continues the field above it; after an empty line, or in front
    of the first reference, such as a database's own heading, it is skipped. Fields that
    belong to no reference are skipped with a word.

    Parameters
    ----------
    text : str
        A whole file.
    layout : Layout
        `NBIB` or `RIS`.

    Raises
    ------
    EvidenceError
        If a reference has more than 50,000 fields.
    """
    waiting: list[Field] | None = None
    above: list[Field] = []
    strays: list[Field] = []
    for fields, between in layout.references(list(_fields(text, layout))):
        strays += between
        if not fields:
            continue
        if waiting is not None:
            yield _reference(waiting, above, layout)
        waiting, above, strays = fields, strays, []
    if waiting is not None:
        yield _reference(waiting, [*above, *strays], layout)


def _fields(text: str, layout: Layout) -> Iterator[Field]:
    """Yield every field of a text with the lines that go on below it."""
    tag, lines, start, first = "", list[str](), 0, False
    apart = ended = True
    for number, line in enumerate(_lines(text), 1):
        parts = layout.parts(line.rstrip(), tag or None)
        for at, (name, value) in enumerate(parts):
            if tag:
                yield Field(tag, tuple(lines), start, first)
            tag, lines, start, first = name, [value.strip()], number, apart and at == 0
            apart = ended = False
        if parts:
            continue
        if not line.strip() or ended:
            apart = ended = True
        elif len(lines) < MAX_FIELDS:
            lines.append(line.strip())
    if tag:
        yield Field(tag, tuple(lines), start, first)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, however they end, without a copy of it all."""
    start = 0
    for end in _LINE_END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _reference(
    fields: Sequence[Field], strays: Sequence[Field], layout: Layout
) -> TaggedReference:
    """Return a reference of some fields, and what was not read."""
    if len(fields) > MAX_FIELDS:
        raise EvidenceError(f"a reference of more than {MAX_FIELDS:,} fields")
    kept = tuple(item for item in fields if 0 < len(item.value) <= MAX_TEXT)
    doubts = [
        Doubt(
            "I101",
            f"the field {item.tag} stands outside a {layout.name} reference and is not "
            f"read: {_shown(item)}",
            "see whether it belongs to a report",
            item.line,
        )
        for item in strays
    ]
    for item in fields:
        if len(item.value) > MAX_TEXT and item.tag not in PROSE:
            message = (
                f"the field {item.tag} is left out: it is longer than {MAX_TEXT:,}"
            )
            hint = "type what the record needs of it"
            doubts.append(Doubt("I107", f"{message} characters", hint, item.line))
    if layout.tags:
        doubts += [unknown_tag(item) for item in kept if item.tag not in layout.tags]
    return TaggedReference(kept, tuple(doubts))


def _shown(item: Field) -> str:
    """Return a field's value for a message."""
    return repr(shortened(item.value, _MAX_SHOWN))


def unknown_tag(item: Field, sign: str = "") -> Doubt:
    """Return the doubt about a field whose tag the format has not.

    Parameters
    ----------
    item : Field
        The field.
    sign : str
        What the format has in front of a tag.
    """
    message = f"the tag {sign}{item.tag} is not known: {_shown(item)} is left out"
    hint = "if it belongs to the line above, join the two lines"
    return Doubt("I102", message, hint, item.line)


def spaced_fields(text: str, shape: re.Pattern[str]) -> Iterator[Field]:
    """Yield every field of a format without hyphens, with the lines below it.

    Parameters
    ----------
    text : str
        A whole file.
    shape : re.Pattern
        A line with a ``tag``, and a ``value`` unless it is empty.
    """
    tag, lines, start, first, apart = "", list[str](), 0, False, True
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        match = shape.fullmatch(line.rstrip())
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


def _ris_parts(line: str, above: str | None) -> list[tuple[str, str]]:
    """Return the tags and values of a line; Rayyan writes several fields into one."""
    match = RIS_LINE.fullmatch(line)
    if match is None:
        return []
    tag, value = match["tag"] or match["spelled"] or match["other"], match["value"]
    if tag == "TY" and len(value.split()) > _MAX_TYPE_WORDS:
        return []
    colon = line[match.start("value") - 2 :].startswith(":")
    if above in PROSE and (match["other"] or (match["spelled"] and colon)):
        return []  # "RESULTS - ..." in an abstract
    first, *more = RIS_GLUED.split(value)
    found = [(tag, first)]
    for part in more:
        found += _ris_parts(part.rstrip(), None)
    return found


def _nbib_parts(line: str, _: str | None) -> list[tuple[str, str]]:
    """Return the tag and the value of a line."""
    match = NBIB_LINE.fullmatch(line)
    return [(match["tag"], match["value"])] if match else []


def _ris_references(
    fields: Sequence[Field],
) -> Iterator[tuple[list[Field], list[Field]]]:
    """Yield each reference's fields, and those that belong to none.

    A reference starts with TY, or with the fields right above it, and ends with ER or
    the next one. Fields without a TY are a reference of their own if one of them is a
    title or an author.
    """
    open_, loose, typed = list[Field](), list[Field](), False
    for at, item in enumerate(fields):
        if item.tag == "TY":
            if typed:
                yield open_, []
                open_ = []
            else:
                start = _run(loose) if not item.apart else len(loose)
                yield _told_apart(loose[:start])
                open_ = loose[start:]
            loose, typed = [], True
        elif item.tag == "ER" and _closes(fields, at):
            yield (open_, []) if typed else _told_apart(loose)
            open_, loose, typed = [], [], False
            continue
        (open_ if typed else loose).append(item)
    yield (open_, []) if typed else _told_apart(loose)


def _run(fields: Sequence[Field]) -> int:
    """Return where the last fields start that follow each other without a gap."""
    return max((at for at, item in enumerate(fields) if item.apart), default=0)


def _told_apart(fields: list[Field]) -> tuple[list[Field], list[Field]]:
    """Return fields as a reference's, or as nobody's where no field is a report's."""
    own = any(item.tag in _TITLES or item.tag in _AUTHORS for item in fields)
    return (fields, []) if own else ([], fields)


def _closes(fields: Sequence[Field], at: int) -> bool:
    """Tell whether an ER is the end of a reference, and no line of an abstract."""
    following = fields[at + 1].tag if at + 1 < len(fields) else "TY"
    return not fields[at].value or following == "TY"


def _nbib_references(
    fields: Sequence[Field],
) -> Iterator[tuple[list[Field], list[Field]]]:
    """Yield each reference's fields; PubMed's format has nothing between them.

    A reference starts with PMID, or with the fields right above it; where there is no
    PMID, with the next title after an empty line.
    """
    number = next((at for at, item in enumerate(fields) if item.tag == "PMID"), 0)
    leading = {item.tag for item in fields[_run(fields[: number + 1]) : number]}
    open_ = list[Field]()
    for block in _blocks(fields):
        starts = [at for at, item in enumerate(block) if item.tag == "PMID"]
        for place, at in enumerate(starts):
            while place and block[at - 1].tag in leading:
                at -= 1  # noqa: PLW2901 - back over what stands in front of it
            starts[place] = at if place else 0
        if not starts and _has(open_, _TITLES) and _has(block, _TITLES):
            starts = [0]
        if starts and _has(open_, _TITLES | {"PMID"}):
            yield open_, []
            open_ = []
        for start, end in pairwise(starts):
            yield open_ + block[start:end], []
            open_ = []
        open_ = open_ + block[starts[-1] if starts else 0 :]
    yield _told_apart(open_) if not _has(open_, {"PMID"}) else (open_, [])


def _blocks(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Yield fields that follow each other without a gap."""
    block = list[Field]()
    for item in fields:
        if item.apart and block:
            yield block
            block = []
        block.append(item)
    if block:
        yield block


def _has(fields: Sequence[Field], tags: frozenset[str] | set[str]) -> bool:
    """Tell whether one of some fields has one of these tags."""
    return any(item.tag in tags for item in fields)


NBIB = Layout("PubMed", _nbib_parts, _nbib_references, frozenset())
RIS = Layout("RIS", _ris_parts, _ris_references, RIS_TAGS)
