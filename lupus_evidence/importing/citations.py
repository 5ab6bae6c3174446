"""Tables of citations, as databases and programs write them, in CSV, TSV or a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.assembling import Given, assembled
from lupus_evidence.importing.columns import columns_of, is_of_citations
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.tables import (
    found_heading,
    rows_below,
    unknown_columns,
    unnamed,
    with_cells,
)
from lupus_evidence.importing.tags import RIS_GLUED
from lupus_evidence.importing.taking import Said
from lupus_evidence.text import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.importing.reference import Reference
    from lupus_evidence.importing.tables import Heading, Row

_LEFT_OUT = (
    "not carried over: abstract, keywords, notes, publisher, numbers of other "
    "databases (figures are typed from the page, with their place)"
)
#: Characters of a row that a message repeats.
_MAX_SHOWN = 60
#: Without any of these, a row is no report but a line below the table.
_OF_REPORTS = ("title", "authors", "full_names", "displayed", "doi", "pmid")


def read_citations(text: str) -> Iterator[Reference]:
    """Yield the reports that a table cites, one a row.

    Parameters
    ----------
    text : str
        A whole file; lines above the heading are skipped.

    Raises
    ------
    EvidenceError
        If no row is the heading of such a table, or cells do not end.
    """
    heading = found_heading(text, is_of_citations)
    if heading is None:
        raise EvidenceError(
            "no heading of a table of citations is found: it needs a column for the "
            "title, and one for authors, journal, year, DOI or PMID"
        )
    rows = list(rows_below(text, heading))
    places, unknown = columns_of(with_cells(heading, rows))
    doubts = unknown_columns(unknown, heading.line)
    kinds = "kind" in columns_of(heading.cells)[0]
    told = False
    waiting: Given | None = None
    for row in rows:
        loose = None if told else unnamed(heading.cells, row)
        if loose is not None:
            doubts.append(loose)
            told = True
        given = _given(row, heading, places)
        if not any(name in given.fields for name in _OF_REPORTS):
            doubts.append(_no_report(row))
            continue
        if not given.all("kind"):
            given.called = "the kind is empty" if kinds else "no column for the kind"
        if waiting is not None:
            yield assembled(waiting)
        given.doubts, doubts = doubts, []
        waiting = given
    if waiting is not None:
        waiting.doubts += doubts
        yield assembled(waiting)


def _no_report(row: Row) -> Doubt:
    """Say that a row cites nothing, as those below a table or between its parts."""
    cells = ", ".join(filter(None, row.cells))
    message = (
        "the row has neither a title nor authors nor a number and is not read: "
        f"{shortened(' '.join(cells.split()), _MAX_SHOWN)!r}"
    )
    return Doubt("I101", message, "see whether it belongs to a report", row.line)


def _given(row: Row, heading: Heading, places: Mapping[str, Sequence[int]]) -> Given:
    """Return what a row says of a report."""
    given = Given(line=row.line, left_out=(_LEFT_OUT,))
    for name, columns in places.items():
        for at in columns:
            text = row.cells[at] if at < len(row.cells) else ""
            said = " ".join(RIS_GLUED.split(text, maxsplit=1)[0].split())
            if said:
                shown = visible(one_line(heading.cells[at]) or name)
                given.add(name, Said(shown, said, row.line))
    return given
