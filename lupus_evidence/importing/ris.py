"""RIS, which every reference manager writes: what its tags say of a report.

References
----------
https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.importing import field_values, identifiers
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.field_values import Taken, said
from lupus_evidence.importing.reference import Reference, kind_of
from lupus_evidence.importing.tagged import RIS, TaggedReference, read_tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.vocabulary import Publication


_KINDS: dict[str, Publication] = {
    "JOUR": "article",
    "JFULL": "article",
    "EJOUR": "article",
    "INPR": "article",
    "JOURNAL": "article",
    "JOURNAL ARTICLE": "article",
    "ABST": "conference-abstract",
    "CONF": "conference-abstract",
    "CPAPER": "conference-abstract",
    "THES": "thesis",
    "ELEC": "web-page",
    "WEB": "web-page",
    "ICOMM": "web-page",
    "BLOG": "web-page",
}
#: What some databases say more closely of an article, in M3.
_CLOSER: dict[str, Publication | None] = {
    "letter": "letter",
    "meeting abstract": "conference-abstract",
    "conference abstract": "conference-abstract",
    "preprint": None,
}
#: A number of an issue, as against the name of a conference or of a town.
_ISSUE = re.compile(
    r"(?:(?:no|nr|num|number|issue|iss|heft|part|pt|spec(?:ial)?|suppl?|supplement)\b"
    r"\W*)*[a-z]{0,2}[0-9]{1,4}[a-z]?(?:\s?[-–/&,+]\s?[a-z]?[0-9]{1,4}[a-z]?)*"
    r"(?:\W*(?:part|pt|suppl?|supplement)\b\W*[a-z]?[0-9]{0,3}[a-z]?)*\W*"
    r"|(?:spec(?:ial)?\W*)?(?:suppl?|supplement|issue|iss)\W*",
    re.IGNORECASE,
)
#: The number of an article in a field for anything.
_NAMED_NUMBER = re.compile(
    r"\W*(?:art(?:icle)?\b\W{0,2}(?:no|num|number|id)?\b)\W{0,3}[\w.-]*[0-9][\w.-]*\W*",
    re.IGNORECASE,
)
_LEFT_OUT = (
    "not carried over: abstract, keywords, notes, files, names of conferences, numbers "
    "of other databases (figures are typed from the page, with their place)"
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
        If a reference has more fields than any has.
    """
    return map(_reference, read_tagged(text, RIS))


def _reference(item: TaggedReference) -> Reference:
    """Return one report."""
    entries = map(identifiers.cited_entry, item.all("UR", "L2", "URL"))
    entry = next(filter(None, entries), None)
    own = next(filter(None, map(identifiers.own_registrations, item.all("N1"))), ())
    names, unclear = field_values.authors(said(item, "AU", "A1"))
    dated = [one for tag in ("PY", "Y1", "DA", "YR") for one in said(item, tag)]
    year, undated = field_values.year(dated)
    pages, doi, issue = _pages(item), _doi(item), _issue(item)
    number = pubmed_number(item)
    journal = field_values.words(item.first("JF", "T2", "JO", "JA", "J2", "J1", "BT"))
    kind, called = _kind(item, journal)
    return Reference(
        authors=names,
        title=field_values.words(item.first("TI", "T1", "CT")),
        journal=journal or (identifiers.REGISTRY if entry else None),
        year=year,
        volume=field_values.words(item.first("VL")),
        issue=issue.value,
        pages=pages.value,
        doi=doi.value,
        pmid=number.value,
        pmcid=central_number(item),
        url=next(filter(None, map(identifiers.url, item.all("UR", "L2", "URL"))), None),
        language=identifiers.language(item.first("LA", "LANG")),
        registrations=tuple(dict.fromkeys((*own, *([entry] if entry else ())))),
        publication="registry-entry" if entry else kind,
        said_kind=called,
        left_out=(_LEFT_OUT,),
        doubts=(
            *item.doubts,
            *unclear,
            *undated,
            *issue.doubts,
            *pages.doubts,
            *doi.doubts,
            *number.doubts,
        ),
        key=item.first("ID") or "",
    )


def _kind(item: TaggedReference, journal: str | None) -> tuple[Publication | None, str]:
    """Return the kind of a report, and the file's words for it."""
    word = item.first("TY") or "no TY"
    known = _KINDS.get(word.upper())
    if known == "article":
        for more in item.all("M3"):
            if more.lower() in _CLOSER:
                return _CLOSER[more.lower()], f"RIS: {word}, {more}"
    return kind_of(known, journal, f"RIS: {word}")


def _pages(item: TaggedReference) -> Taken:
    """Return first and last page as one text, or the number of the article."""
    first, last = item.first("SP"), item.first("EP")
    whole = first or last
    if first and last and last not in (first, first.rpartition("-")[2]):
        whole = f"{first}-{last}"
    named = (
        one
        for one in said(item, "M1", "M2", "N1")
        if _NAMED_NUMBER.fullmatch(one.value)
    )
    numbers = (
        one
        for one in said(item, "C7", "AR", "SE")
        if not field_values.is_item(one.value)
    )
    return field_values.pages_or_number(whole or item.first("PG"), (*numbers, *named))


def _issue(item: TaggedReference) -> Taken:
    """Return the issue; CP is another tag for it, and Web of Science's conference."""
    issue = field_values.words(item.first("IS"))
    for field in said(item, "CP"):
        if issue is None and _ISSUE.fullmatch(field.value):
            return Taken(field_values.words(field.value))
        if (
            issue is None
            and _KINDS.get(item.first("TY") or "") != "conference-abstract"
        ):
            message = f"CP: {field.value!r} is no issue's number: left out"
            hint = "see whether it is a conference, and the report its abstract"
            return Taken(None, (Doubt("I107", message, hint, field.line),))
    return Taken(issue)


def _doi(item: TaggedReference) -> Taken:
    """Return the DOI from its own tags, or from where some programs put it."""
    elsewhere = (
        "M3",
        "L3",
        "UR",
        "URL",
        "L2",
        "LK",
        "L1",
        "M1",
        "M2",
        "C1",
        "ID",
        "N1",
    )
    texts = (text for tag in elsewhere for text in item.all(tag))
    return field_values.doi(said(item, "DO", "DI", "DOI"), texts)


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


def pubmed_number(item: TaggedReference) -> Taken:
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


def central_number(item: TaggedReference) -> str | None:
    """Return PubMed Central's number; EndNote keeps it in a custom field."""
    for text in item.all("PMCID", "PMC"):
        if number := identifiers.pmcid(text):
            return number
    tags = _CUSTOM if _is_ours(item) else (*_CUSTOM, *_LINKS)
    found = _CENTRAL.search(" ".join(item.all(*tags)))
    return f"PMC{found[1]}" if found else None
