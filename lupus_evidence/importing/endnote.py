"""EndNote's two formats: XML, which Zotero and others write as well, and tagged lines.

The tagged format (.enw) is also called refer: a percent sign, a sign, a value.

References
----------
https://support.clarivate.com/Endnote/s/article/EndNote-XML-Document-Type-Definition
https://en.wikipedia.org/wiki/Refer_(software)
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_fields import Given, assembled
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.tagged import (
    MAX_FIELDS,
    Field,
    spaced_fields,
    unknown_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from lupus_evidence.importing.reference import Reference


#: Elements of a record, by what they are in a citation; the surest first.
_PATHS: dict[str, tuple[str, ...]] = {
    "authors": ("contributors/authors/author",),
    "title": ("titles/title",),
    "journal": (
        "periodical/full-title",
        "titles/secondary-title",
        "alt-periodical/full-title",
        "titles/alt-title",
        "periodical/abbr-1",
    ),
    "year": ("dates/year",),
    "date": ("dates/pub-dates/date",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages",),
    "article_number": ("electronic-article-number", "article-number", "custom7"),
    "doi": ("electronic-resource-num", "doi"),
    "pmcid": ("custom2",),
    "url": (
        "urls/related-urls/url",
        "urls/web-urls/url",
        "urls/text-urls/url",
        "urls/url",
    ),
    "language": ("language",),
    "kind": ("work-type",),
    "note": ("notes",),
}
_LEFT_OUT_OF_XML = (
    "not carried over: abstract, keywords, editors, publisher, files, research notes "
    "(figures are typed from the page, with their place)"
)
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
_NCBI = re.compile(r"pubmed|medline|nlm|ncbi", re.IGNORECASE)


def read_endnote(text: str) -> Iterator[Reference]:
    """Yield the reports that an XML file of EndNote cites.

    Parameters
    ----------
    text : str
        A whole file. Declarations of entities are refused: they may fetch other files
        or grow without bound.

    Raises
    ------
    EvidenceError
        If it is not well-formed, or declares a document type.
    """
    from lxml import etree

    body = _DECLARED.sub("", text, count=1)
    if "<!DOCTYPE" in body or "<!ENTITY" in body:
        raise EvidenceError(
            "XML with a document type (<!DOCTYPE ...>) is not read: delete that line"
        )
    lines = text[: len(text) - len(body)].count("\n")
    events = etree.iterparse(
        io.BytesIO(body.encode("utf-8", "replace")),
        events=("end",),
        tag="record",
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for number, (_, element) in enumerate(events, 1):
            yield _of_element(element, number, lines)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = (error.lineno or 0) + lines
        raise EvidenceError(
            f"line {line}: broken XML: {error.msg}; export it again"
        ) from error


def _of_element(element: _Element, number: int, lines: int) -> Reference:
    """Return one report."""
    line = (element.sourceline or 0) + lines
    kind = element.find("ref-type")
    word = (kind.get("name") or "").strip() if kind is not None else ""
    given = Given(line=line, left_out=(_LEFT_OUT_OF_XML,))
    given.called = "EndNote" if word else "EndNote: no ref-type"
    if word:
        given.add("kind", Said("ref-type", word, line))
    for name, paths in _PATHS.items():
        for path in paths:
            for found in element.findall(path)[:MAX_FIELDS]:
                said = " ".join("".join(found.itertext()).split())
                shown = f"record {number}, {path.rpartition('/')[2]}"
                given.add(name, Said(shown, said, line))
    accession = element.findtext("accession-num") or ""
    places = ("remote-database-name", "remote-database-provider", "database")
    database = " ".join(element.findtext(place) or "" for place in places)
    if _NCBI.search(database) or _NCBI.search(given.first("url") or ""):
        given.add("pmid", Said(f"record {number}, accession-num", accession, line))
    return assembled(given)


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
_LINE = re.compile(r"\s*%(?P<tag>[!-~])(?:\s+(?P<value>.*))?")
#: What a report begins with, behind an empty line.
_FIRST = frozenset("0TAF")
_LEFT_OUT_OF_TAGS = (
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
    for item in spaced_fields(text, _LINE):
        tags = {field.tag for field in open_}
        starts = item.apart and item.tag in _FIRST and "T" in tags
        if starts or (item.tag == "0" and "0" in tags):
            yield _of_tags(open_)
            open_ = []
        open_.append(item)
        if len(open_) > MAX_FIELDS:
            raise EvidenceError(f"a reference of more than {MAX_FIELDS:,} fields")
    if open_:
        yield _of_tags(open_)


def _of_tags(fields: Sequence[Field]) -> Reference:
    """Return one report."""
    given = Given(line=fields[0].line, left_out=(_LEFT_OUT_OF_TAGS,))
    given.called = "EndNote" if any(item.tag == "0" for item in fields) else "no %0"
    for item in fields:
        name = _FIELD_OF.get(item.tag)
        if name is not None:
            given.add(name, Said(f"%{item.tag}", item.value, item.line))
        elif item.tag not in _NOT_CARRIED and item.value:
            given.doubts.append(unknown_tag(item, "%"))
    return assembled(given)
