"""PubMed's own format, saved as .nbib: what its tags say of a report.

References
----------
https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.importing import field_values, identifiers
from lupus_evidence.importing.field_values import Said, Taken, said
from lupus_evidence.importing.reference import Reference, kind_of
from lupus_evidence.importing.tagged import NBIB, TaggedReference, read_tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.vocabulary import Publication

#: Publication types that say how a study was done.
#: https://www.nlm.nih.gov/mesh/pubtypes.html
_RANDOMISED = "Randomized Controlled Trial"
_DESIGN_TYPES = (
    _RANDOMISED,
    "Pragmatic Clinical Trial",
    "Equivalence Trial",
    "Adaptive Clinical Trial",
    "Controlled Clinical Trial",
    "Clinical Trial",
    "Observational Study",
    "Multicenter Study",
    "Comparative Study",
    "Case Reports",
    "Clinical Trial Protocol",
)
#: Publication types that say where a report stands.
_KINDS: dict[str, Publication] = {
    "letter": "letter",
    "meeting abstract": "conference-abstract",
    "meeting abstracts": "conference-abstract",
    "academic dissertation": "thesis",
    "dissertations, academic": "thesis",
}
#: Publication types of what is no article, and for which the records have no word.
_NO_ARTICLE = (
    "abstracts",
    "address",
    "book",
    "book chapter",
    "collected work",
    "congress",
    "dataset",
    "interactive tutorial",
    "interview",
    "lecture",
    "monograph",
    "news",
    "newspaper article",
    "patent",
    "patient education handout",
    "preprint",
    "technical report",
    "unpublished work",
    "video-audio media",
    "webcast",
)
#: Publication types of texts that report no group of people of their own.
_NO_STUDY = (
    "Review",
    "Systematic Review",
    "Meta-Analysis",
    "Comment",
    "Editorial",
    "Practice Guideline",
    "Guideline",
    "Clinical Trial Protocol",
    "Retraction of Publication",
    "Published Erratum",
)
#: Pages in "J Invent. 2020 Mar 5;10(2):e1234. doi: ...", and the DOI.
_IN_SOURCE = re.compile(r";[^;:]*:\s*([A-Za-z]{0,4}[0-9][\w-]*)(?=[.;,\s]|$)")
_ADDRESS = re.compile(r"https?:|\W*(?:doi\W*)?10\.[0-9]{4}", re.IGNORECASE)
_DOI_IN_SOURCE = re.compile(r"doi:\s*\S+", re.IGNORECASE)
_LEFT_OUT = (
    "not carried over: abstract, affiliations, keywords, grants (figures are typed "
    "from the page, with their place)"
)


def read_nbib(text: str) -> Iterator[Reference]:
    """Yield the reports that a PubMed file cites.

    Parameters
    ----------
    text : str
        A whole file, references one after another.

    Raises
    ------
    EvidenceError
        If a reference has more fields than any has.
    """
    return map(_reference, read_tagged(text, NBIB))


def _reference(item: TaggedReference) -> Reference:
    """Return one report."""
    types = tuple(filter(None, map(field_values.words, item.all("PT"))))
    numbers = tuple(identifiers.databank_number(text) for text in item.all("SI"))
    randomised = _RANDOMISED in types and "Clinical Trial Protocol" not in types
    said_design = ", ".join(kind for kind in types if kind.startswith(_DESIGN_TYPES))
    person = "AU" if item.all("AU") else "FAU"
    names, unclear = field_values.authors(said(item, person, "CN"))
    dated = [one for tag in ("DP", "DEP", "DA") for one in said(item, tag)]
    year, undated = field_values.year(dated)
    title, journal = _title_and_journal(item)
    pages, doi = _pages(item), _doi(item)
    kind, called = _kind(types, item, journal)
    return Reference(
        authors=names,
        title=title,
        journal=journal,
        year=year,
        volume=field_values.words(item.first("VI")),
        issue=field_values.words(item.first("IP")),
        pages=pages.value,
        doi=doi.value,
        pmid=identifiers.pmid(item.first("PMID")),
        pmcid=identifiers.pmcid(item.first("PMC")),
        language=identifiers.language(item.first("LA")),
        registrations=tuple(dict.fromkeys(number for number in numbers if number)),
        publication=kind,
        said_kind=called,
        design="randomised-trial" if randomised else None,
        said_design=f"PubMed: {said_design}" if said_design else "",
        retracted="marked by PubMed" if "Retracted Publication" in types else "",
        left_out=(*_doubts(types), _LEFT_OUT),
        doubts=(*item.doubts, *unclear, *undated, *pages.doubts, *doi.doubts),
    )


def _title_and_journal(item: TaggedReference) -> tuple[str | None, str | None]:
    """Return a title without the full stop that PubMed adds, and where it appeared."""
    title = field_values.words(item.first("TI"))
    book = field_values.words(item.first("BTI"))
    journal = field_values.words(item.first("JT", "TA"))
    if title is None:
        title, book = book, field_values.words(item.first("CTI"))
    return title and title.removesuffix("."), journal or (
        book and book.removesuffix(".")
    )


def _kind(
    types: tuple[str, ...], item: TaggedReference, journal: str | None
) -> tuple[Publication | None, str]:
    """Return the kind of a report, and PubMed's words for it."""
    lower = [kind.lower() for kind in types]
    word = f"PubMed: {', '.join(types)}"
    if any(kind in _NO_ARTICLE for kind in lower):
        return None, word
    found = next((_KINDS[kind] for kind in lower if kind in _KINDS), None)
    if found:
        return found, word
    if item.first("BTI") and not item.first("JT", "TA"):
        return None, f"{word}; in a book"
    return kind_of("article", journal, word)


def _pages(item: TaggedReference) -> Taken:
    """Return pages, or what PubMed gives for an article that has none."""
    placed = [
        field._replace(value=field.value.removesuffix("[pii]").strip())
        for field in said(item, "LID")
        if not field.value.endswith("[doi]")
    ]
    placed = [
        field
        for field in placed
        if not (field_values.is_item(field.value) or _ADDRESS.match(field.value))
    ]
    source = _IN_SOURCE.search(item.first("SO") or "")
    if source:
        placed.append(Said("SO", source[1]))
    pages = item.first("PG")
    if pages and not pages.startswith("1-"):
        placed = []  # the same number again, or an item of the publisher
    return field_values.pages_or_number(pages, placed[:1])


def _doi(item: TaggedReference) -> Taken:
    """Return the DOI among the article's identifiers, "10.1000/182 [doi]"."""
    places = said(item, "LID", "AID")
    marked = [field for field in places if "[doi]" in field.value.lower()]
    elsewhere = [field.value for field in places if "[pii]" not in field.value]
    source = _DOI_IN_SOURCE.search(item.first("SO") or "")
    return field_values.doi(marked[:1], (*elsewhere, *([source[0]] if source else ())))


def _doubts(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the person who imports should look at."""
    found = [kind for kind in types if kind in _NO_STUDY]
    doubts = []
    if found:
        called = ", ".join(found)
        doubts.append(f"PubMed calls it {called}: a record is one report of one group")
    if "Retracted Publication" in types:
        doubts.append("PubMed marks it as retracted")
    if _RANDOMISED in types:
        doubts.append("the design is PubMed's publication type: see that it is so")
    return tuple(doubts)
