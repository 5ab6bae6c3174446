"""Numbers of PubMed and PubMed Central in RIS, where databases keep them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.importing import identifiers
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.taking import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.importing.tagged import TaggedReference

#: Databases whose accession number is PubMed's.
_PUBMED = ("pubmed", "medline", "nlm")
_OWN = ("PMID", "PM", "PUBMED")
#: Fields that each program fills as it likes.
_CUSTOM = (
    *(f"C{number}" for number in range(1, 9)),
    *(f"U{number}" for number in range(1, 6)),
    *("M1", "M2", "M3", "AN", "ID", "XR", "UT", "AV", "L4"),
)
_LINKS = ("UR", "URL", "L1", "L2", "L3", "L4", "LK")
_IN_WORDS = re.compile(
    r"\b(?:PMID|PM(?=:)|(?:PubMed|MEDLINE)(?=[^0-9]*[0-9]{5}))"
    r"(?:[ _-]?(?:ID|PMID|number|no|UID|accession))*"
    r"[\s:=#.(-]*([0-9]{1,9})(?![0-9])",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"(?<![0-9])([0-9]{4,9})\s*[\[(](?:PMID|PubMed)\b", re.IGNORECASE
)
#: The same in a note that says nothing else: other notes name other papers.
_NOTE = re.compile(r"^\W*" + _IN_WORDS.pattern + r"\W*$", re.IGNORECASE)
_LINKED = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"|europepmc\.org/(?:article|abstract)/med/)([0-9]{1,9})(?![0-9])",
    re.IGNORECASE,
)
_CENTRAL = re.compile(r"\bPMC([0-9]{3,9})(?![0-9])", re.IGNORECASE)
#: Where a database keeps the number without a word, and the digits that it has there:
#: other programs keep other numbers in the same fields.
_KEPT_BY = {"embase": "C5", "scopus": "C2"}
_LIKE = re.compile(r"[0-9]{7,8}")
_BARE = re.compile(r"[0-9]{5,9}")


def pubmed(item: TaggedReference) -> Taken:
    """Return PubMed's number, or a doubt about a number that may be it."""
    number = next(_pubmed_numbers(item), None)
    if number is not None:
        return Taken(number)
    asked = [
        (field, "accession number" if field.tag == "AN" else f"number in {field.tag}")
        for field in item.each("AN", *_KEPT_BY.values())
        if (identifiers.pmid if field.tag == "AN" else _LIKE.fullmatch)(field.value)
    ]
    for field, name in asked:
        message = f"the {name} {field.value} is left out: is it PubMed's?"
        hint = "if it is, write it as `pmid` into the citation"
        return Taken(None, (Doubt("I106", message, hint, field.line),))
    return Taken(None)


def _pubmed_numbers(item: TaggedReference) -> Iterator[str]:
    """Yield PubMed's number from wherever it stands, the surest place first."""
    yield from _matches(_IN_WORDS, (f"PMID {text}" for text in item.all(*_OWN)))
    database = " ".join(item.all("DB", "DP")).lower()
    ours = _is_ours(item)
    accession = next(filter(None, map(identifiers.pmid, item.all("AN"))), None)
    if accession and (ours or any(name in database for name in _PUBMED)):
        yield accession
    yield from _matches(_IN_WORDS, item.all(*_CUSTOM))
    yield from _matches(_IN_BRACKETS, item.all(*_CUSTOM, "N1"))
    links = " ".join(item.all(*_LINKS))
    for name, tag in _KEPT_BY.items():
        if name in database or f"{name}.com" in links:
            yield from (text for text in item.all(tag) if _BARE.fullmatch(text))
    yield from _matches(_NOTE, item.all("N1"))
    if not ours:
        linked = _matches(_LINKED, [links])
        yield from (number for number in linked if accession in (None, number))


def _is_ours(item: TaggedReference) -> bool:
    """Tell whether this package wrote a reference.

    Its address may then be the page of another report, on which the figures stand.
    """
    notes = item.all("N1")
    return any(identifiers.own_registrations(text) is not None for text in notes)


def _matches(pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    """Yield the number that a pattern finds in each of some texts."""
    return (found[1] for found in map(pattern.search, texts) if found)


def central(item: TaggedReference) -> str | None:
    """Return PubMed Central's number; EndNote keeps it in a custom field."""
    for text in item.all("PMCID", "PMC"):
        if number := identifiers.pmcid(text):
            return number
    tags = _CUSTOM if _is_ours(item) else (*_CUSTOM, *_LINKS)
    found = _CENTRAL.search(" ".join(item.all(*tags)))
    return f"PMC{found[1]}" if found else None
