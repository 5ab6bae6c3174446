"""The numbers behind each figure of a comparison, one row a study, as metafor reads it.

`xi` and `ni` are metafor's names for people with the outcome and people. The rows of
one value of `figure` belong together: they are what was pooled, nobody in them twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.evidence.number import StudyNumber
    from lupus_evidence.values import Value

_MEANINGS = {
    "figure": "Rows with the same text here belong to one figure",
    "therapy": "What the people were given",
    "endpoint": "What is counted",
    "scope": "What it was judged on",
    "band": "Time band in months; empty where it is no stretch of time",
    "when": "Name of the time band: months, any-time, best-ever or not-stated",
    "study": "Name of the record",
    "arms": "Arms that the number covers, separated by spaces",
    "xi": "People with the outcome; effective people for an estimate",
    "ni": "People; effective people for an estimate",
    "people": "People it is about; more than ni for an estimate",
    "form": "count, derived (worked out exactly) or effective (from a curve)",
    "among": "Kind of denominator",
    "months": "Months after treatment",
    "year": "Of publication",
    "reading": "How the figure was seen",
    "file": "File of the record",
    "line": "Line in the file",
    "place": "Place in the source",
}
COLUMNS = tuple(Column(key, "", text, "data") for key, text in _MEANINGS.items())


def counted_table(comparison: Comparison) -> Table:
    """Return every number that entered a figure.

    Parameters
    ----------
    comparison : Comparison
        Figures of one study are there too: pooling them is nothing to do.
    """
    return Table(
        "counted",
        COLUMNS,
        tuple(
            _counted(row, cell, item)
            for row in comparison.rows
            for cell in row.cells
            for item in cell.selection.included
        ),
    )


def _counted(row: Row, cell: Cell, item: StudyNumber) -> dict[str, Value]:
    """Return a number's row, by column."""
    return {
        "figure": f"{cell.therapy}, {row.endpoint}, {row.scope}, {row.band.label}",
        "therapy": cell.therapy,
        "endpoint": row.endpoint,
        "scope": row.scope,
        "band": row.band.months,
        "when": row.band.name,
        "study": item.study,
        "arms": " ".join(item.arms),
        "xi": item.events,
        "ni": item.n,
        "people": item.people,
        "form": item.form,
        "among": item.among,
        "months": item.months,
        "year": item.year,
        "reading": item.reading,
        "file": item.place.file,
        "line": item.place.line,
        "place": item.where,
    }
