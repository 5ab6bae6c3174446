"""Notices about a report: their dates, and those that a list of retractions knows."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import FINE, Finding, Verdict, check, document
from lupus_evidence.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.records.study import Study
    from lupus_evidence.vocabulary import NoticeKind

#: The codes of what a list of retractions knows and a record does not.
RETRACTED, NOTICED = "E413", "W414"

#: Columns of Retraction Watch's file by what they are read for; their capitals and
#: blanks are ignored, for both have changed.
_DOI, _PMID, _NATURE = "originalpaperdoi", "originalpaperpubmedid", "retractionnature"
_DATE, _REASON, _NUMBER = "retractiondate", "reason", "recordid"
_NEEDED = {_NATURE: "RetractionNature", _DOI: "OriginalPaperDOI"}

_KINDS: dict[str, NoticeKind] = {
    "retraction": "retraction",
    "expression of concern": "expression-of-concern",
    "correction": "correction",
    "reinstatement": "reinstatement",
}
_AMERICAN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b.*")
_ADDRESS = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)


@check("E307", "study")
def notice_before_the_report(study: Study) -> Verdict:
    """A notice older than the report that it is about.

    What it checks
    --------------
    No retraction, expression of concern or correction under `notices` is dated before
    the year of publication.

    Why it matters
    --------------
    The notice is about another report, or a date is wrong; a retraction keeps the
    study out of every figure.

    Example
    -------
        citation: {authors: [Doe J], year: 2013}
        notices:
          - {kind: retraction, date: 2011-05, source: doi 10.1000/183}

    Source
    ------
    Follows from what the dates mean.
    """
    year = study.citation.year
    if year is None or not study.notices:
        return None
    return [
        Finding(
            ("notices", index, "date"),
            f"published in {year}, but the {notice.kind} is of {notice.date}",
            "see which report the notice is about",
        )
        for index, notice in enumerate(study.notices)
        if notice.date is not None and int(notice.date[:4]) < year
    ] or FINE


document(
    RETRACTED,
    """
    A retracted report, and the record does not say so.

    What it checks
    --------------
    With `check --retractions FILE.csv`, no report of a record has its DOI or PubMed
    number in a retraction of that file, unless the record has a retraction under
    `notices`.
    The file is Retraction Watch's, which Crossref publishes every working day.

    Why it matters
    --------------
    Figures that their own journal took back would be pooled with sound ones.
    A study with a retraction under `notices` is shown, and is in no figure.

    Example
    -------
        citation: {authors: [Doe J], year: 2013, doi: 10.1000/182}
        # and no `notices`, while the file has a retraction of 10.1000/182

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, section 4.4.6 (notices
    about studies); https://gitlab.com/crossref/retraction-watch-data
    """,
)
document(
    NOTICED,
    """
    A doubted or corrected report, and the record does not say so.

    What it checks
    --------------
    As E413, for expressions of concern, corrections and reinstatements.

    Why it matters
    --------------
    An expression of concern is a footnote to each figure with that study; a correction
    may have changed the very figure that is recorded.

    Example
    -------
        citation: {authors: [Doe J], year: 2013, pmid: "12345678"}
        # and no `notices`, while the file has a correction of that PubMed number

    Source
    ------
    https://gitlab.com/crossref/retraction-watch-data
    """,
)


@dataclass(frozen=True)
class Listed:
    """One notice of a list.

    Parameters
    ----------
    kind : str
        A kind of notice that records know.
    doi, pmid : str
        Of the report it is about, as in the list; empty where that has none.
    date, reason, number : str
        As far as the list says; `number` is the list's own.
    """

    kind: NoticeKind
    doi: str
    pmid: str
    date: str
    reason: str
    number: str


def listed_notices(path: Path, wanted: Iterable[str]) -> tuple[Listed, ...]:
    """Return the notices about some reports in a file of Retraction Watch.

    Parameters
    ----------
    path : Path
        The CSV file; it is read line by line, for it is large.
    wanted : iterable of str
        DOIs in small letters, and PubMed numbers.

    Raises
    ------
    EvidenceError
        If the file cannot be read or is another one.
    """
    reports = frozenset(wanted)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            return tuple(
                item
                for item in _notices(csv.reader(file), path)
                if item.doi in reports or item.pmid in reports
            )
    except OSError as error:
        why = (error.strerror or "unknown error").lower()
        raise EvidenceError(f"{path} cannot be read: {why}") from error
    except csv.Error as error:
        raise EvidenceError(f"{path} is not CSV: {error}") from error


def _notices(lines: Iterator[list[str]], path: Path) -> Iterator[Listed]:
    """Yield the notices of a list, in its order."""
    heads = [re.sub(r"\W", "", name).lower() for name in next(lines, [])]
    for head, name in _NEEDED.items():
        if head not in heads:
            raise EvidenceError(
                f"{path} has no column {name}: it is not Retraction Watch's file"
            )
    for line in lines:
        row = defaultdict(str, zip(heads, line, strict=False))
        kind = _KINDS.get(row[_NATURE].strip().lower())
        if kind is not None:
            yield Listed(
                kind,
                _ADDRESS.sub("", row[_DOI].strip()).lower(),
                row[_PMID].strip().lstrip("0"),
                _AMERICAN_DATE.sub(_iso, row[_DATE].strip()),
                _reasons(row[_REASON]),
                row[_NUMBER].strip(),
            )


def _iso(match: re.Match[str]) -> str:
    """Write a date that begins with the month as records do."""
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}"


def _reasons(text: str) -> str:
    """Return the reasons of a list, "+Concerns about Data;+Error;", in one phrase."""
    parts = (part.strip(" +") for part in text.split(";"))
    return "; ".join(part for part in parts if part)


def unrecorded(base: EvidenceBase, path: Path) -> list[tuple[str, Finding]]:
    """Return the notices of a list that records do not have, each with its code.

    Parameters
    ----------
    base : EvidenceBase
        Loaded records.
    path : Path
        Retraction Watch's CSV file.

    Raises
    ------
    EvidenceError
        If the file cannot be read or is another one.
    """
    reports = _reports(base)
    found: dict[tuple[str, NoticeKind], tuple[str, Finding]] = {}
    for item in listed_notices(path, reports):
        for name, value in (("doi", item.doi), ("pmid", item.pmid)):
            for file in reports.get(value, ()) if value else ():
                known = {notice.kind for notice in file.study.notices}
                if item.kind not in known:
                    code = RETRACTED if item.kind == "retraction" else NOTICED
                    finding = _finding(file, name, item)
                    found.setdefault((file.file, item.kind), (code, finding))
    return list(found.values())


def _reports(base: EvidenceBase) -> Mapping[str, list[StudyFile]]:
    """Return the records by DOI in small letters and by PubMed number."""
    found: dict[str, list[StudyFile]] = {}
    for file in base.files:
        citation = file.study.citation
        for value in (citation.doi, citation.pmid):
            if value is not None:
                found.setdefault(value.lower().lstrip("0"), []).append(file)
    return found


def _finding(file: StudyFile, name: str, item: Listed) -> Finding:
    """Say what a list knows of a report, and what to write."""
    kind = item.kind.replace("-", " ")
    when = f" of {item.date}" if item.date else ""
    why = f": {item.reason}" if item.reason else ""
    number = f" {item.number}" if item.number else ""
    field = {"doi": "DOI", "pmid": "PubMed number"}[name]
    dated = f", date: {item.date}" if item.date else ""
    return Finding(
        ("citation", name),
        f"Retraction Watch{number} has a {kind}{when} of this {field}{why}",
        f"read the notice; notices: [{{kind: {item.kind}{dated}, source: ...}}]",
        file,
    )
