"""RIS, which every reference manager writes: what its tags say of a report.

References
----------
https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.importing import identifiers
from lupus_evidence.importing.names import inverted
from lupus_evidence.importing.reference import Reference
from lupus_evidence.importing.tagged import RIS, TaggedReference, read_tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.vocabulary import Publication

_KINDS: dict[str, Publication] = {
    "JOUR": "article",
    "JFULL": "article",
    "EJOUR": "article",
    "INPR": "article",
    "ABST": "conference-abstract",
    "CONF": "conference-abstract",
    "CPAPER": "conference-abstract",
    "THES": "thesis",
    "ELEC": "web-page",
    "WEB": "web-page",
    "ICOMM": "web-page",
    "BLOG": "web-page",
}
#: Databases whose accession number is PubMed's.
_PUBMED = ("pubmed", "medline", "nlm")
_LEFT_OUT = (
    "not carried over: abstract, keywords, notes, files (figures are typed from the "
    "page, with their place)"
)


def read_ris(text: str) -> Iterator[Reference]:
    """Yield the reports that a RIS file cites.

    Parameters
    ----------
    text : str
        A whole file, references one after another.

    Raises
    ------
    EvidenceError
        If a field stands outside a reference.
    """
    return map(_reference, read_tagged(text, RIS))


def _reference(item: TaggedReference) -> Reference:
    """Return one report."""
    kind = item.first("TY") or ""
    address = item.first("UR", "L2")
    entry = identifiers.cited_entry(address)
    own = next(filter(None, map(identifiers.own_registrations, item.all("N1"))), ())
    number = _pubmed_number(item)
    return Reference(
        authors=tuple(inverted(name) for name in item.all("AU", "A1")),
        title=item.first("TI", "T1", "CT"),
        journal=item.first("JF", "T2", "JO", "JA", "J2", "J1", "BT")
        or (identifiers.REGISTRY if entry else None),
        year=identifiers.year(item.first("PY", "Y1", "DA")),
        volume=item.first("VL"),
        issue=item.first("IS", "CP"),
        pages=_pages(item),
        doi=_doi(item),
        pmid=number,
        pmcid=_central_number(item),
        url=identifiers.url(address),
        language=identifiers.language(item.first("LA")),
        registrations=tuple(dict.fromkeys((*own, *([entry] if entry else ())))),
        publication="registry-entry" if entry else _KINDS.get(kind),
        said_kind=f"RIS: {kind}",
        left_out=(*_accession(item, number), _LEFT_OUT),
    )


def _pages(item: TaggedReference) -> str | None:
    """Return first and last page as one text, or the number of the article."""
    first, last = item.first("SP"), item.first("EP")
    if first is None or last is None or last in (first, first.rpartition("-")[2]):
        return first or last
    return f"{first}-{last}"


def _doi(item: TaggedReference) -> str | None:
    """Return the DOI from its own tag, or from where some programs put it."""
    said = (text for tag in ("DO", "M3", "L3", "UR") for text in item.all(tag))
    return next(filter(None, map(identifiers.doi, said)), None)


def _pubmed_number(item: TaggedReference) -> str | None:
    """Return the accession number if the file shows that it is PubMed's."""
    number = identifiers.pmid(item.first("AN"))
    database = " ".join(item.all("DB", "DP")).lower()
    ours = any(
        identifiers.own_registrations(text) is not None for text in item.all("N1")
    )
    linked = any(
        f"pubmed.ncbi.nlm.nih.gov/{number}" in text
        or f"ncbi.nlm.nih.gov/pubmed/{number}" in text
        for text in item.all("UR", "L2")
    )
    known = ours or linked or any(name in database for name in _PUBMED)
    return number if known else None


def _central_number(item: TaggedReference) -> str | None:
    """Return the PubMed Central number; EndNote keeps it in a custom field."""
    for text in item.all("C2"):
        if text.upper().startswith("PMC"):
            return identifiers.pmcid(text)
    return None


def _accession(item: TaggedReference, number: str | None) -> tuple[str, ...]:
    """Name an accession number that may be another database's."""
    said = item.first("AN")
    if said is None or number is not None:
        return ()
    return (f"the accession number {said} is left out: is it PubMed's?",)
