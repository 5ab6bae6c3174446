"""BibTeX and biblatex: what the fields of an entry say of a report.

The file is divided by bibtexparser, which is kept up, needs nothing but pylatexenc,
and goes on behind a broken entry; what its fields mean is read here.

References
----------
https://ctan.org/pkg/bibtex
https://ctan.org/pkg/biblatex
https://bibtexparser.readthedocs.io/
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.documents.text import shortened
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_fields import Given, assembled
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.markup import address_in_latex, without_latex
from lupus_evidence.importing.people import author, people
from lupus_evidence.records.field_types import MAX_TEXT
from lupus_evidence.records.naming import is_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry

    from lupus_evidence.importing.reference import Reference
    from lupus_evidence.vocabulary import Publication


#: Fields of entries by what they are in a citation; the surest first.
_FIELDS: dict[str, str] = {
    "title": "title",
    "journal": "journal journaltitle",
    "book": "booktitle school institution howpublished",
    "year": "year",
    "date": "date issued urldate-published",
    "volume": "volume",
    "issue": "number issue",
    "pages": "pages page",
    "article_number": "eid articleno article-number art_number article_number",
    "doi": "doi",
    "pmid": "pmid pubmed pubmedid pubmed-id",
    "pmcid": "pmcid pmc",
    "url": "url link howpublished",
    "language": "language langid",
    "kind": "document_type type entrysubtype",
    "note": "note annote addendum",
    "elsewhere": "ee bdsk-url-1 eprint unique-id",
}
_GROUPS = ("book-group-author", "group-author", "collaboration", "corporate-author")
#: What of an entry is read.
_READ = frozenset(key for keys in _FIELDS.values() for key in keys.split()) | {
    "author",
    "crossref",
    "subtitle",
    "eprinttype",
    "archiveprefix",
    "publisher",
    *_GROUPS,
}
_VERBATIM = frozenset({"doi", "url", "elsewhere"})
_KINDS: dict[str, Publication] = {
    "article": "article",
    "inproceedings": "conference-abstract",
    "conference": "conference-abstract",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "web-page",
    "electronic": "web-page",
    "www": "web-page",
    "webpage": "web-page",
}
#: Entries that others stand in, and what they are for these.
_VOLUMES = frozenset(
    {"proceedings", "book", "collection", "mvbook", "mvcollection", "mvproceedings"}
)
_FROM_VOLUME = {"title": "booktitle", "subtitle": "booksubtitle"}
#: biblatex's servers of preprints, in `eprinttype` or `archiveprefix`.
_PREPRINT = re.compile(r"\b\w*rxiv\b", re.IGNORECASE)
_ENTRY = re.compile(r"@\s*(?!comment\b|string\b|preamble\b)[A-Za-z]+\s*[{(]")
#: More than a file may have; each takes memory before any is read.
_MOST_ENTRIES, _MOST_FIELDS = 50_000, 2_000_000
_ADDRESS = re.compile(r"https?:|\\url\b")
_BRACE = re.compile("[{}]")
_BROKEN = "mend the entry (braces, quotation marks, commas) and import it again"
#: Characters of all fields, with their abbreviations put in.
_MOST_TEXT = 100_000_000
#: Characters of a broken entry that a message repeats.
_MAX_SHOWN = 60
_LEFT_OUT = (
    "not carried over: abstract, keywords, publisher, editors, files (figures are "
    "typed from the page, with their place)"
)


def read_bibtex(text: str) -> Iterator[Reference]:
    """Yield the reports that a BibTeX file cites.

    Parameters
    ----------
    text : str
        A whole file. Abbreviations (``@string``) and what an entry takes from another
        (``crossref``) are put in; comments are no entries.

    Raises
    ------
    EvidenceError
        If bibtexparser is not installed.
    """
    library = _parsed(text)
    words: dict[str, str] = {}
    for word in library.strings:  # one may be made of those above it, within bounds
        words[word.key.lower()] = _literal(word.value, words)[:MAX_TEXT]
    entries, after = _entries(library, words)
    if after and not entries:
        raise EvidenceError(f"line {after[0].line}: {after[0].message}")
    parents = {item.key.lower(): item.fields for item in entries}
    used = {item.fields.get("crossref", "").lower() for item in entries}
    reports: list[_Report] = []
    doubts: list[Doubt] = []
    for item in entries:
        doubts += item.doubts
        if item.kind in _VOLUMES and item.key.lower() in used:
            message = f"the entry {item.key} is a volume that others stand in: not read"
            hint = "make a record of it if it is a report itself"
            doubts.append(Doubt("I101", message, hint, item.line))
            continue
        reports.append(item._replace(doubts=doubts))
        doubts = []
    if reports:
        reports[-1].doubts.extend([*doubts, *after])
    for item in reports:
        yield replace(_reference(_with_parent(item, parents)), key=item.key)


class _Report(NamedTuple):
    """An entry of a file."""

    kind: str
    key: str
    fields: dict[str, str]
    doubts: list[Doubt]
    line: int


def _entries(
    library: Library, words: Mapping[str, str]
) -> tuple[list[_Report], list[Doubt]]:
    """Return a file's entries with what is wrong above them, and what is at its end."""
    entries: list[_Report] = []
    doubts: list[Doubt] = []
    size = 0
    for block in library.blocks:
        entry, unclear = _entry(block)
        doubts += unclear
        if entry is None:
            continue
        fields = {
            item.key.lower(): _literal(item.value, words)
            for item in reversed(entry.fields)
            if item.key.lower() in _READ
        }
        size += sum(map(len, fields.values()))
        if size > _MOST_TEXT:
            raise EvidenceError("its abbreviations make more text than a file may have")
        line = (entry.start_line or 0) + 1
        kind = entry.entry_type.lower()
        doubts += _unclosed(entry)
        entries.append(_Report(kind, entry.key, fields, doubts, line))
        doubts = []
    return entries, doubts


def _parsed(text: str) -> Library:
    """Return a file's blocks; what bibtexparser says of broken ones is said here."""
    try:
        from bibtexparser.splitter import Splitter
    except ImportError as error:
        raise EvidenceError(
            "BibTeX needs bibtexparser: pip install 'bibtexparser>=2.1'"
        ) from error
    if sum(1 for _ in _ENTRY.finditer(text)) > _MOST_ENTRIES or (
        text.count("=") > _MOST_FIELDS
    ):
        raise EvidenceError(f"more than {_MOST_ENTRIES:,} entries are too many at once")
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    logging.getLogger("bibtexparser").propagate = False
    return Splitter(text).split()


def _entry(block: Block) -> tuple[Entry | None, list[Doubt]]:
    """Return the entry of a block, if it is one, and what is wrong with it."""
    from bibtexparser.model import Entry, ImplicitComment, ParsingFailedBlock

    line = (block.start_line or 0) + 1
    if isinstance(block, Entry):
        return block, []
    found = getattr(block, "ignore_error_block", None)
    if isinstance(found, Entry):  # two reports of one key are two reports
        keys = getattr(block, "duplicate_keys", ())
        twice = ", ".join(sorted({key.lower() for key in keys} & _READ))
        message = f"the entry {found.key} has {twice} twice: the first is taken"
        doubt = Doubt("I110", message, "see which is right", line)
        return found, [doubt] if twice else []
    raw = " ".join((block.raw or "").split())
    lost = isinstance(block, ParsingFailedBlock) or (
        isinstance(block, ImplicitComment) and _ENTRY.search(raw)
    )
    if not lost or raw.lower().startswith(("@string", "@comment", "@preamble")):
        return None, []
    shown = repr(shortened(raw, _MAX_SHOWN))
    message = f"an entry is broken and not read: {shown}"
    return None, [Doubt("I110", message, _BROKEN, line)]


def _unclosed(entry: Entry) -> Iterator[Doubt]:
    """Say which fields go on behind their closing brace: a comma is missing."""
    for item in entry.fields:
        if item.key.lower() not in _READ or _is_one_group(item.value.strip()):
            continue
        for part in _parts(item.value):
            bare = part.strip()
            if bare[:1] == "{" and not _is_one_group(bare):
                message = f"the field {item.key} goes on behind its closing brace"
                line = (item.start_line or entry.start_line or 0) + 1
                hint = "see whether a comma is missing"
                yield Doubt("I110", message, hint, line)


def _literal(value: str, words: Mapping[str, str]) -> str:
    """Return a value without its braces, abbreviations and parts put together."""
    value = value.strip()
    if value[:1] == "{" and _is_one_group(value):
        return value[1:-1].strip()
    parts = _parts(value)
    if len(parts) == 1:
        return _part(value, words).strip()
    return "".join(_part(part, words) for part in parts).strip()


def _parts(value: str) -> list[str]:
    """Return what stands between the signs that put texts together."""
    parts, depth, quoted, start = list[str](), 0, False, 0
    for at, sign in enumerate(value):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            parts.append(value[start:at])
            start = at + 1
    return [*parts, value[start:]]


def _part(part: str, words: Mapping[str, str]) -> str:
    """Return one text: in braces, in quotation marks, a number or an abbreviation."""
    bare = part.strip()
    if len(bare) > 1 and bare[0] + bare[-1] in {'""', "{}"}:
        return bare[1:-1]
    return words.get(bare.lower(), bare)


def _is_one_group(value: str) -> bool:
    """Tell whether the first brace of a value is closed by its last."""
    depth = 0
    for sign in _BRACE.finditer(value):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return sign.end() == len(value)
    return False


def _with_parent(item: _Report, parents: Mapping[str, dict[str, str]]) -> _Report:
    """Return an entry with the fields of the entry that it stands in."""
    key = item.fields.get("crossref")
    if not key:
        return item
    parent = parents.get(key.lower())
    if parent is None:
        message = f"the entry refers to {key!r}, which is not in the file"
        doubt = Doubt("I110", message, "type what is missing", item.line)
        return item._replace(doubts=[*item.doubts, doubt])
    taken = {_FROM_VOLUME.get(name, name): text for name, text in parent.items()}
    taken |= {name: parent[name] for name in ("booktitle",) if name in parent}
    dropped = {"doi", "url", "pages", "author", "note", "crossref"}
    whole = {name: text for name, text in taken.items() if name not in dropped}
    return item._replace(fields=whole | item.fields)


def _reference(item: _Report) -> Reference:
    """Return one report."""
    kind, fields, line = item.kind, item.fields, item.line
    names, unclear = authors(fields.get("author", ""), line)
    given = Given(
        line=line,
        known=_KINDS.get(kind),
        called=f"BibTeX: {kind}",
        left_out=(_LEFT_OUT,),
        doubts=[*item.doubts, *unclear],
    )
    skipped = {("kind", "type")} if kind.endswith("thesis") else set()
    if _ADDRESS.search(fields.get("howpublished", "")):
        skipped.add(("book", "howpublished"))
    for name, keys in _FIELDS.items():
        read = address_in_latex if name in _VERBATIM else without_latex
        for key in keys.split():
            if key in fields and (name, key) not in skipped:
                given.add(name, Said(key, read(fields[key]), line))
    subtitle = without_latex(fields.get("subtitle", ""))
    if subtitle and given.first("title"):
        title = given.fields["title"][0]
        given.fields["title"] = [title._replace(value=f"{title.value}: {subtitle}")]
    for key in _GROUPS:
        if key in fields:
            given.add("groups", Said(key, without_latex(fields[key]), line))
    given.names = (*names, *(said.value for said in given.all("groups")))
    _tell_preprint(given, fields)
    return assembled(given)


def _tell_preprint(given: Given, fields: Mapping[str, str]) -> None:
    """Say that an entry is a preprint where only its server tells it."""
    servers = ("eprinttype", "archiveprefix", "howpublished", "publisher", "journal")
    server = next((fields[key] for key in servers if key in fields), "")
    if given.known is None and _PREPRINT.search(server):
        given.called += f", on the preprint server {without_latex(server)}"
    if given.known == "article" and not given.first("journal", "book"):
        server = fields.get("eprinttype") or fields.get("archiveprefix") or ""
        if _PREPRINT.search(server):
            given.known = None
            given.called += f", on the preprint server {without_latex(server)}"


_AND = re.compile(r"([{}])|(\s+and\s+)", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.? al\.?)", re.IGNORECASE)
#: "Doe J" and "Doe J. A.", which BibTeX itself would read the other way round.
_INITIALS_LAST = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_PIECE = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}\S*|\S+")
_HINT = "see the page, and write surname and initials"
_LONGEST_INITIALS = 3


def authors(value: str, line: int) -> tuple[tuple[str, ...], list[Doubt]]:
    """Return the authors of a field as records write them, and doubts about them.

    Parameters
    ----------
    value : str
        "Doe, Jane and {SLE Cell Study Group} and others", in LaTeX.
    line : int
        Of the entry, for the doubts.
    """
    names: list[str] = []
    doubts: list[Doubt] = []
    for said in _apart(value):
        if _OTHERS.fullmatch(said):
            message = f"author: the list ends with {said!r}"
            doubts.append(Doubt("I104", message, _HINT, line))
            continue
        found, doubt = _one(said)
        names += found
        if doubt:
            doubts.append(Doubt("I104", f"author: {doubt}", _HINT, line))
    return tuple(names), doubts


def _apart(value: str) -> list[str]:
    """Return the names between those "and" that stand in no braces."""
    value = " ".join(value.split())
    found, depth, start = list[str](), 0, 0
    for sign in _AND.finditer(value):
        if sign[1]:
            depth += 1 if sign[1] == "{" else -1
        elif depth <= 0:
            found.append(value[start : sign.start()])
            start = sign.end()
    return [name for name in (*found, value[start:]) if name.strip(" ,{}")]


def _one(said: str) -> tuple[tuple[str, ...], str]:
    """Return the author of one name: by a comma, by braces, or by BibTeX's grammar."""
    braced = said[:1] == "{" and said[-1:] == "}" and len(_PIECE.findall(said)) == 1
    name = without_latex(said)
    if braced and "," not in name:
        return (name,), ""
    bare = re.sub(r"\{[^{}]*\}", "", said)
    if "," in name or is_group(name):
        if "," not in bare and "," in name and is_group(name):
            return (name,), ""
        found = people(name)
        return found.names, found.doubt
    words = [without_latex(piece) for piece in _PIECE.findall(said)]
    short = words[-1].replace(".", "").replace("-", "")
    initials = short.isupper() and len(short) <= _LONGEST_INITIALS
    if len(words) == 1 or (initials and _INITIALS_LAST.fullmatch(words[-1])):
        found = people(name)
        return found.names, found.doubt
    suffix = ""
    if _is_suffix(words[-1]) and len(words) > 2:  # noqa: PLR2004 - and a name
        suffix = words.pop()
    particle = next(
        (at for at, word in enumerate(words[1:-1], 1) if word[:1].islower()), 0
    )
    last = particle or len(words) - 1
    surname, given = " ".join(words[last:]), " ".join(words[:last])
    return (author(surname, given, suffix),), ""


def _is_suffix(word: str) -> bool:
    """Tell whether a word stands behind a surname: "Jr.", "III"."""
    return re.fullmatch(r"(?:[JS]r\.?|I{2,3}|IV)", word) is not None
