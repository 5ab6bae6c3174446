"""One row per continuous outcome: disease activity, protein in urine, ..."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.results import Column, Table, Value
from lupus_evidence.views.filters import therapies_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.models import Measurement, Study
    from lupus_evidence.parts import Distribution

_PARTS = ("mean", "median", "sd", "se", "plus_minus", "low", "high", "q1", "q3")
_STAGES = {
    "baseline": "before treatment",
    "value": "at that time",
    "change": "change since the start",
}

COLUMNS = (
    Column("study", "study", "Record the measurement is from"),
    Column("therapy", "therapy", "What the people were given"),
    Column("arm", "arm", "The record's name for the arm"),
    Column("measure", "measure", "What was measured"),
    Column("name", "name", "What was measured, for 'other'"),
    Column("unit", "unit", "Unit of the figures"),
    Column("months", "months", "Months after treatment"),
    Column("time_basis", "", "Kind of time"),
    *(
        Column(f"{stage}_{part}", "", f"{part.replace('_', ' ')}, {words}")
        for stage, words in _STAGES.items()
        for part in (*_PARTS, "n")
    ),
    Column("direction", "direction", "Which way it went, in the source's words"),
    Column("p", "P", "P value as printed"),
    Column("lupus_specific", "", "False: other diseases included"),
    Column("subgroup", "", "Part of the arm it is about"),
    Column("reading", "read from", "How the figure was seen"),
    Column("where", "where", "Place in the source"),
)


def _numbers(value: Distribution | None) -> tuple[float | None, ...]:
    """Return a distribution's numbers in the order of the columns."""
    if value is None:
        return (None,) * (len(_PARTS) + 1)
    printed = (getattr(value, part) for part in _PARTS)
    return (*(None if item is None else item.value for item in printed), value.n)


def _row(study: Study, item: Measurement) -> tuple[Value, ...]:
    """Return one measurement's values in the order of `COLUMNS`."""
    return (
        study.id,
        ", ".join(therapies_of(study, item.arm)),
        item.arm,
        item.measure,
        item.name,
        item.unit,
        item.at.months if item.at else None,
        item.at.basis if item.at else None,
        *_numbers(item.baseline),
        *_numbers(item.value),
        *_numbers(item.change),
        item.direction,
        item.p,
        item.lupus_specific,
        item.subgroup,
        item.reading or study.reading,
        item.where,
    )


def measurements_table(studies: Sequence[Study]) -> Table:
    """Return every measurement of the studies, one row each."""
    return Table(
        "measurements",
        COLUMNS,
        tuple(_row(study, item) for study in studies for item in study.measurements),
        empty="No measurement has been recorded.",
    )
