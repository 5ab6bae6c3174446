"""What a reference manager knows of a report, and the record skeleton made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.importing.names import record_name
from lupus_evidence.importing.writing import Blank
from lupus_evidence.naming import surname

if TYPE_CHECKING:
    from lupus_evidence.importing.doubts import Doubt
    from lupus_evidence.importing.writing import Node
    from lupus_evidence.vocabulary import Design, Publication

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
        "population": {"enrolled": Blank(), "lupus": Blank()},
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
