"""RIS, which every reference manager writes: what its tags say of a report.

References
----------
https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.importing import identifiers, ris_numbers, taking
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.reference import Reference, kind_of
from lupus_evidence.importing.tagged import RIS, TaggedReference, read_tagged
from lupus_evidence.importing.taking import Taken, said

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    names, unclear = taking.authors(said(item, "AU", "A1"))
    dated = [one for tag in ("PY", "Y1", "DA", "YR") for one in said(item, tag)]
    year, undated = taking.year(dated)
    pages, doi, issue = _pages(item), _doi(item), _issue(item)
    number = ris_numbers.pubmed(item)
    journal = taking.words(item.first("JF", "T2", "JO", "JA", "J2", "J1", "BT"))
    kind, called = _kind(item, journal)
    return Reference(
        authors=names,
        title=taking.words(item.first("TI", "T1", "CT")),
        journal=journal or (identifiers.REGISTRY if entry else None),
        year=year,
        volume=taking.words(item.first("VL")),
        issue=issue.value,
        pages=pages.value,
        doi=doi.value,
        pmid=number.value,
        pmcid=ris_numbers.central(item),
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
        one for one in said(item, "C7", "AR", "SE") if not taking.is_item(one.value)
    )
    return taking.pages_or_number(whole or item.first("PG"), (*numbers, *named))


def _issue(item: TaggedReference) -> Taken:
    """Return the issue; CP is another tag for it, and Web of Science's conference."""
    issue = taking.words(item.first("IS"))
    for field in said(item, "CP"):
        if issue is None and _ISSUE.fullmatch(field.value):
            return Taken(taking.words(field.value))
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
    return taking.doi(said(item, "DO", "DI", "DOI"), texts)
