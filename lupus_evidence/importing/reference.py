"""What a reference manager knows of a report, and the draft of a record made of it.

The draft has a name, which may be taken already, and the record's skeleton: what the
reference says, and blanks for what it does not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.record_yaml import Blank, Node
from lupus_evidence.records.naming import surname
from lupus_evidence.vocabulary import Design, Publication, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lupus_evidence.importing.doubts import Doubt


PUBLICATIONS = (
    "article, letter, conference-abstract, thesis, registry-entry, web-page; leave "
    "out for an article"
)
#: Servers on which reports stand before anybody has reviewed them.
_PREPRINTS = re.compile(
    r"\b(?:(?:medr|bior|ar|chemr|psyar|socar|africar|engr|techr|china)xiv|ssrn|preprints?(?:\.org)?)\b"
    r"|^research square",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reference:
    """A citation as far as a file carries it.

    Parameters
    ----------
    authors : tuple of str
        Surname and initials, first author first.
    title, journal, volume, issue, pages : str or None
        As the file has them.
    year : int or None
        Of publication.
    doi, pmid, pmcid, url, language : str or None
        As records write them.
    registrations : tuple of str
        Trial registry numbers.
    publication : Publication or None
        What kind of report it is; None if the file's word for it fits none.
    said_kind : str
        The file's word for it.
    design : Design or None
        Only where the file names it.
    said_design : str
        What the file says that bears on the design.
    retracted : str
        Who marks the report as retracted; empty where nobody does.
    notes : tuple of str
        For the record: what its reader should know.
    left_out : tuple of str
        For the person who imports: what was not carried over and why.
    doubts : tuple of Doubt
        What a person should look at in the file.
    key : str
        What the file calls it.
    """

    authors: tuple[str, ...] = ()
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    language: str | None = None
    registrations: tuple[str, ...] = ()
    publication: Publication | None = "article"
    said_kind: str = ""
    design: Design | None = None
    said_design: str = ""
    retracted: str = ""
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    key: str = ""

    @property
    def name(self) -> str:
        """A name for the record, not yet made unique."""
        if self.authors:
            return record_name(_first(self.authors[0]), self.year, self.title or "")
        if self.registrations:
            return record_name(self.registrations[0], None, "")
        return record_name("", self.year, self.title or "")


def _first(author: str) -> str:
    """Return the surname of the first author, also of several in one text."""
    parts = [part.strip() for part in author.split(",")]
    return surname(next((part for part in parts if len(part) > 1), author))


def kind_of(
    known: Publication | None, journal: str | None, said: str
) -> tuple[Publication | None, str]:
    """Return the kind of a report and the file's word for it, preprints told apart.

    Parameters
    ----------
    known : Publication or None
        By the file's word.
    journal : str or None
        Servers of preprints are no journals.
    said : str
        The file's word.
    """
    if known == "article" and _PREPRINTS.search(journal or ""):
        return None, f"{said}, on the preprint server {journal}"
    return known, said


def skeleton(reference: Reference) -> dict[str, Node]:
    """Return a record's fields: the citation, and blanks for all that was found.

    Parameters
    ----------
    reference : Reference
        Citations say nothing about people, arms and figures: these stay blank.
    """
    entry = _is_entry(reference)
    fields: dict[str, Node] = {
        "title": reference.title or Blank(),
        "citation": _citation(reference),
    }
    if reference.retracted:
        notice: dict[str, Node] = {"kind": "retraction", "source": reference.retracted}
        fields["notices"] = [notice]
    if reference.registrations:
        fields["registrations"] = reference.registrations
    fields["design"] = reference.design or Blank(reference.said_design)
    fields["status"] = Blank() if entry else "published"
    if reference.publication is None:
        fields["publication"] = Blank(f"{reference.said_kind}; {PUBLICATIONS}")
    elif reference.publication != "article":
        fields["publication"] = reference.publication
    fields["reading"] = "registry" if entry else Blank()
    fields |= {
        "setting": {"countries": Blank(), "centres": Blank()},
        "population": {"enrolled": Blank(), topic().condition.field: Blank()},
        "arms": {"treated": {"therapy": Blank(), "n": Blank()}},
        "results": [blank_result("treated")],
    }
    if reference.notes:
        fields["notes"] = reference.notes
    return fields


def blank_result(arm: str) -> dict[str, Node]:
    """Return a result of which only the arm's name is known."""
    return {
        "endpoint": Blank(),
        "arm": arm,
        "at": Blank(),
        "events": Blank(),
        "n": Blank(),
        "among": Blank(),
        "where": Blank(),
    }


def _is_entry(reference: Reference) -> bool:
    """Tell whether a registry's own entry is cited."""
    return reference.publication == "registry-entry"


def _citation(reference: Reference) -> dict[str, Node]:
    """Return the citation's fields in the records' order."""
    fields: dict[str, Node] = {}
    if reference.authors or not _is_entry(reference):
        fields["authors"] = reference.authors or Blank()
    fields["year"] = reference.year or Blank()
    fields["journal"] = reference.journal or Blank()
    numbered = reference.doi or reference.pmid or reference.registrations
    rest = {
        "volume": reference.volume,
        "issue": reference.issue,
        "pages": reference.pages,
        "doi": reference.doi,
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "url": None if numbered else reference.url,
        "language": reference.language,
    }
    return fields | {name: value for name, value in rest.items() if value}


@dataclass(frozen=True)
class Draft:
    """A record before it has its own name and text.

    Parameters
    ----------
    name : str
        What it would like to be called.
    fields : mapping of str to Node
        All fields but the id, in order.
    notes : tuple of str
        What was left out or needs a look, for the person who imports.
    doubts : tuple of Doubt
        What was not understood, with its line.
    key : str
        What the file calls it.
    """

    name: str
    fields: Mapping[str, Node]
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    key: str = ""


#: Letters that have no base letter with an accent in Unicode.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "ð": "d",
        "đ": "d",
        "Đ": "d",
        "ł": "l",
        "Ł": "l",
        "ı": "i",
        "þ": "th",
        "Þ": "th",
    }
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
#: Leaves room for a year and a number within the 60 characters of an identifier.
_MAX_WORD = 45
#: Shorter words of a title are mostly "a", "the" and "for".
_MIN_TITLE_WORD = 4
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MIN_IDENTIFIER, _MAX_IDENTIFIER = 2, 60


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words with hyphens; empty if none is left.

    Examples
    --------
    >>> slug("Gómez-Almaguer")
    'gomez-almaguer'
    >>> slug("O'Brien")
    'obrien'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = _APOSTROPHES.sub("", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_MAX_WORD].strip("-")


def record_name(first: str, year: int | None, title: str) -> str:
    """Return a name for a record: the first author's surname and the year.

    Parameters
    ----------
    first : str
        The first author's surname, a registry number, or nothing.
    year : int or None
        Of publication.
    title : str
        Without the first, its first word of some length is taken.

    Examples
    --------
    >>> record_name("van Laar", 2009, ""), record_name("", 2010, "A survey of us")
    ('van-laar-2009', 'survey-2010')
    """
    long = (slug(word) for word in title.split())
    word = slug(first) or next(
        (word for word in long if len(word) >= _MIN_TITLE_WORD), "study"
    )
    name = word if year is None else f"{word}-{year}"
    return name if len(name) >= _MIN_IDENTIFIER else f"study-{name}"


def is_identifier(name: str) -> bool:
    """Tell whether a name can be a record's or an arm's, and so a file's."""
    return (
        _IDENTIFIER.fullmatch(name) is not None
        and _MIN_IDENTIFIER <= len(name) <= _MAX_IDENTIFIER
    )


class Names:
    """Names that are taken.

    Parameters
    ----------
    taken : iterable of str
        Names that exist already.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def unused(self, name: str) -> str:
        """Return the name, or with -2, -3, ... if it is taken, and take it.

        Raises
        ------
        EvidenceError
            If the name is as long as a name may be and taken.
        """
        found, number = name, self._next.get(name, 2)
        while found in self._taken:
            found = f"{name}-{number}"
            number += 1
        if not is_identifier(found):
            raise EvidenceError(f"{found!r} cannot be a record's name: it is too long")
        self._next[name] = number
        self._taken.add(found)
        return found
