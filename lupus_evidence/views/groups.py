"""The groups of people in the studies, and which studies share people, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.models import Arm, Study
    from lupus_evidence.values import Value

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
