"""EndNote's XML, which Zotero and others write as well: what its elements say.

References
----------
https://support.clarivate.com/Endnote/s/article/EndNote-XML-Document-Type-Definition
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.assembling import Given, assembled
from lupus_evidence.importing.tagged import MAX_FIELDS
from lupus_evidence.importing.taking import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_LEFT_OUT = (
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
            yield _reference(element, number, lines)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = (error.lineno or 0) + lines
        raise EvidenceError(
            f"line {line}: broken XML: {error.msg}; export it again"
        ) from error


def _reference(element: _Element, number: int, lines: int) -> Reference:
    """Return one report."""
    line = (element.sourceline or 0) + lines
    kind = element.find("ref-type")
    word = (kind.get("name") or "").strip() if kind is not None else ""
    given = Given(line=line, left_out=(_LEFT_OUT,))
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
