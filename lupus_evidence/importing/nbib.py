"""PubMed's own format, saved as .nbib: what its tags say of a report.

References
----------
https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.importing import identifiers
from lupus_evidence.importing.names import inverted
from lupus_evidence.importing.reference import Reference
from lupus_evidence.importing.tagged import NBIB, TaggedReference, read_tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        If a field stands outside a reference.
    """
    return map(_reference, read_tagged(text, NBIB))


def _reference(item: TaggedReference) -> Reference:
    """Return one report."""
    types = item.all("PT")
    full = tuple(inverted(name) for name in item.all("FAU"))
    numbers = tuple(identifiers.databank_number(text) for text in item.all("SI"))
    randomised = _RANDOMISED in types and "Clinical Trial Protocol" not in types
    said = ", ".join(kind for kind in types if kind.startswith(_DESIGN_TYPES))
    return Reference(
        authors=item.all("AU", "CN") if item.all("AU") else (*full, *item.all("CN")),
        title=_title(item.first("TI", "BTI")),
        journal=item.first("JT", "TA"),
        year=identifiers.year(item.first("DP", "DEP")),
        volume=item.first("VI"),
        issue=item.first("IP"),
        pages=item.first("PG"),
        doi=_doi(item),
        pmid=identifiers.pmid(item.first("PMID")),
        pmcid=identifiers.pmcid(item.first("PMC")),
        language=identifiers.language(item.first("LA")),
        registrations=tuple(dict.fromkeys(number for number in numbers if number)),
        publication="letter" if "Letter" in types else "article",
        design="randomised-trial" if randomised else None,
        said_design=f"PubMed: {said}" if said else "",
        retracted="marked by PubMed" if "Retracted Publication" in types else "",
        left_out=(*_doubts(types), _LEFT_OUT),
    )


def _title(text: str | None) -> str | None:
    """Return a title without the full stop that PubMed adds."""
    return text.removesuffix(".") if text else None


def _doi(item: TaggedReference) -> str | None:
    """Return the DOI among the article's identifiers, "10.1000/182 [doi]"."""
    for text in item.all("LID", "AID"):
        value, _, kind = text.rpartition(" ")
        if kind == "[doi]":
            return identifiers.doi(value)
    return None


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
