"""One row per continuous outcome: disease activity, protein in urine, ..."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.views.filters import therapies_of
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.models import Measurement, Study
    from lupus_evidence.parts import Distribution
    from lupus_evidence.values import Value

#: What is printed of how a quantity was spread, and when it was measured.
PARTS = ("mean", "median", "sd", "se", "plus_minus", "low", "high", "q1", "q3")
STAGES = {
    "baseline": "before treatment",
    "value": "at that time",
    "change": "change since the start",
}


def columns() -> tuple[Column, ...]:
    """Return the columns, those about the condition by its own name."""
    condition = topic().condition
    return (
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
            for stage, words in STAGES.items()
            for part in (*PARTS, "n")
        ),
        Column("direction", "direction", "Which way it went, in the source's words"),
        Column("p", "P", "P value as printed"),
        Column(condition.specific, "", "False: other diseases included"),
        Column("subgroup", "", "Part of the arm it is about"),
        Column("reading", "read from", "How the figure was seen"),
        Column("where", "where", "Place in the source"),
    )


def _numbers(stage: str, value: Distribution | None) -> dict[str, float | None]:
    """Return a distribution's numbers by column."""
    if value is None:
        return {}
    printed = {f"{stage}_{part}": getattr(value, part) for part in PARTS}
    plain = {key: item and item.value for key, item in printed.items()}
    return {**plain, f"{stage}_n": value.n}


def _row(study: Study, item: Measurement) -> dict[str, Value]:
    """Return one measurement's values by column."""
    return {
        "study": study.id,
        "therapy": ", ".join(therapies_of(study, item.arm)),
        "arm": item.arm,
        "measure": item.measure,
        "name": item.name,
        "unit": item.unit,
        "months": item.at.months if item.at else None,
        "time_basis": item.at.basis if item.at else None,
        **_numbers("baseline", item.baseline),
        **_numbers("value", item.value),
        **_numbers("change", item.change),
        "direction": item.direction,
        "p": item.p,
        topic().condition.specific: item.condition_specific,
        "subgroup": item.subgroup,
        "reading": item.reading or study.reading,
        "where": item.where,
    }


def measurements_table(studies: Sequence[Study]) -> Table:
    """Return every measurement of the studies, one row each."""
    return Table(
        "measurements",
        columns(),
        tuple(_row(study, item) for study in studies for item in study.measurements),
        empty="No measurement has been recorded.",
    )
