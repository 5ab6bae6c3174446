"""What changed between two sets of records, and which figures moved, as a page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from lupus_evidence.documents.document import Block, Column, Document, Sentences, Table
from lupus_evidence.documents.text import plural
from lupus_evidence.documents.values import Rate, Value
from lupus_evidence.records.revisions import FieldChange, RecordsDifference
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.compare.figure_changes import MovedFigure, Standing


_FIELDS = (
    Column("study", "study", "Record"),
    Column("field", "field", "Which of its fields", wrap=True),
    Column("old", "was", "Value before", wrap=True),
    Column("new", "is", "Value now", wrap=True),
)
_FIGURES = (
    Column("therapy", "therapy", "Which therapy"),
    Column("figure", "figure", "Endpoint, scope and months", wrap=True),
    Column("old_size", "was", "Studies and people before"),
    Column("old", "rate (95 % interval)", "Rate before", align="right"),
    Column("new_size", "is", "Studies and people now"),
    Column("new", "rate (95 % interval)", "Rate now", align="right"),
    Column("because", "because of", "Studies in, out or changed", wrap=True),
)


def _rate(standing: Standing) -> Rate:
    """Return a figure's rate for the screen."""
    low, high = standing.ci or (None, None)
    return Rate(standing.rate, low, high)


def _size(standing: Standing) -> str:
    """Return "90 in 3", or that there was nothing."""
    return f"{standing.people:g} in {standing.k}" if standing.k else "none"


def _figure(item: MovedFigure) -> dict[str, Value]:
    """Return one moved figure's cells."""
    scope = "" if item.scope == topic().whole else f", {item.scope}"
    return {
        "therapy": item.therapy,
        "figure": f"{topic().endpoints[item.endpoint].label}{scope}, {item.band.label}",
        "old_size": _size(item.old),
        "old": _rate(item.old),
        "new_size": _size(item.new),
        "new": _rate(item.new),
        "because": ", ".join(item.because),
    }


#: One of these stands in every result, measurement and overlap: where it comes or goes,
#: the whole item does.
_ALWAYS = {".endpoint", ".measure", ".study"}


def _whole_items(changes: Iterable[FieldChange]) -> Iterator[FieldChange]:
    """Yield changes, an item that was added or removed as one of them."""
    for (study, item), group in groupby(changes, key=_item_of):
        parts = list(group)
        added = all(part.old is None for part in parts)
        removed = all(part.new is None for part in parts)
        whole = {part.field.removeprefix(item) for part in parts} & _ALWAYS
        if not item or not whole or not (added or removed):
            yield from parts
            continue
        said = "; ".join(
            f"{part.field.removeprefix(f'{item}.')} {part.new or part.old}"
            for part in parts
        )
        yield FieldChange(study, item, None if added else said, said if added else None)


def _item_of(change: FieldChange) -> tuple[str, str]:
    """Return the record and the list item that a field belongs to, if to any."""
    item, bracket, _ = change.field.partition("].")
    return change.study, f"{item}]" if bracket else ""


def _plain_standing(standing: Standing) -> dict[str, Any]:
    """Return a figure's standing for JSON."""
    return {
        "k": standing.k,
        "people": standing.people,
        "rate": standing.rate,
        "ci": standing.ci,
    }


def changes_data(
    records: RecordsDifference, moved: tuple[MovedFigure, ...], read: str = ""
) -> dict[str, Any]:
    """Return what changed as plain values.

    Parameters
    ----------
    records : RecordsDifference
        Records added, removed and changed.
    moved : tuple of MovedFigure
        Figures that are not what they were.
    read : str
        Where revisions were read; empty where folders were.
    """
    return {
        "read": read,
        "added": list(records.added),
        "removed": list(records.removed),
        "changes": [
            {"study": c.study, "field": c.field, "old": c.old, "new": c.new}
            for c in records.changes
        ],
        "figures": [
            {
                "therapy": item.therapy,
                "endpoint": item.endpoint,
                "scope": item.scope,
                "band": item.band.months,
                "old": _plain_standing(item.old),
                "new": _plain_standing(item.new),
                "because": list(item.because),
            }
            for item in moved
        ],
    }


def changes_page(
    old: str,
    new: str,
    records: RecordsDifference,
    moved: tuple[MovedFigure, ...],
    read: str = "",
) -> Document:
    """Return what changed as a page.

    Parameters
    ----------
    old, new : str
        What the two sets are called.
    records : RecordsDifference
        Records added, removed and changed.
    moved : tuple of MovedFigure
        Figures that are not what they were.
    read : str
        Where revisions were read: "studies/ of the repository /home/doe/review".
    """
    blocks: list[Block] = [
        Table(
            "figures",
            _FIGURES,
            tuple(_figure(item) for item in moved),
            title="Figures that moved",
            empty="No figure moved.",
            notes=("'90 in 3' is 90 people in 3 studies.",) if moved else (),
        ),
        *(
            Sentences(title, names)
            for title, names in (
                ("Records added", records.added),
                ("Records removed", records.removed),
            )
            if names
        ),
        Table(
            "changes",
            _FIELDS,
            tuple(
                {"study": c.study, "field": c.field, "old": c.old, "new": c.new}
                for c in _whole_items(records.changes)
            ),
            title="Fields changed",
            empty="No field changed.",
        ),
    ]
    summary = (
        f"{plural(len(records.added), 'record')} added, "
        f"{len(records.removed)} removed, {len(records.changed)} changed; "
        f"{plural(len(moved), 'figure')} moved."
    )
    if read:
        summary += f" Read from {read}."
    return Document(f"From {old} to {new}", summary, tuple(blocks))
