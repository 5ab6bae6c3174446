"""Tables for an export: arms, shared people, continuous outcomes, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.catalogue.filters import therapies_of
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.documents.values import Receipt, Value
    from lupus_evidence.records.study import Arm, Measurement, Study
    from lupus_evidence.records.study_parts import Distribution


_OVERLAPS = (
    Column("study", "study", "Record that says so"),
    Column("other", "other", "Record that shares people with it"),
    Column("certainty", "certainty", "Whether a source says so, or it is inferred"),
    Column("because", "because", "Why"),
)


def _arm_columns() -> tuple[Column, ...]:
    """Return the columns of arms, that of the condition by its own name."""
    condition = topic().condition
    return (
        Column("id", "arm", "Record and arm; the name of the row"),
        Column("study", "study", "Record the arm is from"),
        Column("arm", "arm", "The record's name for the arm"),
        Column("therapy", "therapy", "What the people were given"),
        Column("label", "label", "The arm in the paper's words"),
        Column("n", "people", "People treated"),
        Column("enrolled", "enrolled", "People who entered the arm"),
        Column(
            condition.field,
            condition.field,
            f"Of n, people with {condition.name}, where not all have it",
        ),
        Column("donor", "donor", "Whose the cells were"),
        Column("sources", "sources", "Where the cells came from"),
        Column("dose", "dose", "Cells or drug given, as printed"),
        Column("infusions", "infusions", "How many infusions and when"),
        Column("mobilisation", "mobilisation", "Drugs that moved stem cells"),
        Column("conditioning", "conditioning", "Drugs given before the graft"),
        Column("graft", "graft", "What was done to the graft"),
        Column("background", "background", "Treatment given on top"),
        Column("note", "note", "Anything else about the arm"),
    )


def arm_name(study: str, arm: str | None) -> str | None:
    """Return what an arm is called among those of all records; None for all arms.

    Parameters
    ----------
    study : str
        The record's id.
    arm : str or None
        The record's name for the arm.
    """
    return None if arm is None else f"{study}/{arm}"


def result_name(study: str, index: int) -> str:
    """Return what programs call a result of a record: "doe-2020/1" is its first.

    Parameters
    ----------
    study : str
        The record's id.
    index : int
        Which of its results, from 0.
    """
    return f"{study}/{index + 1}"


def _arm(study: Study, name: str, arm: Arm) -> dict[str, Value]:
    """Return one arm's values by column."""
    return {
        "id": arm_name(study.id, name),
        "study": study.id,
        "arm": name,
        "therapy": arm.therapy,
        "label": arm.label,
        "n": arm.n,
        "enrolled": arm.enrolled,
        topic().condition.field: arm.with_condition,
        "donor": arm.donor,
        "sources": "; ".join(arm.sources),
        "dose": arm.dose,
        "infusions": arm.infusions,
        "mobilisation": arm.mobilisation,
        "conditioning": arm.conditioning,
        "graft": arm.graft,
        "background": arm.background,
        "note": arm.note,
    }


def arms_table(studies: Sequence[Study]) -> Table:
    """Return every arm of the studies, one row each.

    Parameters
    ----------
    studies : sequence of Study
        Those to show.
    """
    rows = (
        _arm(study, name, arm) for study in studies for name, arm in study.arms.items()
    )
    return Table("arms", _arm_columns(), tuple(rows))


def overlaps_table(studies: Sequence[Study]) -> Table:
    """Return every pair of studies that share people, as one of them records it.

    Parameters
    ----------
    studies : sequence of Study
        Those to show.
    """
    rows = (
        {
            "study": study.id,
            "other": item.study,
            "certainty": item.certainty,
            "because": item.because,
        }
        for study in studies
        for item in study.overlaps
    )
    return Table("overlaps", _OVERLAPS, tuple(rows))


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


COLUMNS = (
    Column("fact", "fact", "What is stated"),
    Column("value", "value", "Its value"),
)


def about_table(receipt: Receipt, *, sharing: int, licence: str | None) -> Table:
    """Return program version, data hash, version of the records and last search.

    Parameters
    ----------
    receipt : Receipt
        What the tables rest on.
    sharing : int
        How many of the studies share people with another one.
    licence : str or None
        Of the records, as their ``_base.yaml`` states it.
    """
    rows = [
        ("program", f"lupus-evidence {receipt.version}"),
        ("data hash", receipt.data_hash),
        ("records version", receipt.records_version),
        ("last search", receipt.searched),
    ]
    if licence:
        rows.append(("licence of the records", licence))
    if sharing:
        text = f"{sharing} of the studies share people: do not add their rows up."
        rows.append(("mind", text))
    return Table(
        "about",
        COLUMNS,
        tuple({"fact": fact, "value": value} for fact, value in rows),
    )
