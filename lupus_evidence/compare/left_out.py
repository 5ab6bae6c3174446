"""Published and registered evidence that is in no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.summary import LeftOut, RegisteredTrial
from lupus_evidence.evidence.rules import Reason
from lupus_evidence.silence import silence, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.compare.cells import Row
    from lupus_evidence.evidence.therapies import TherapyEvidence


def left_out(rows: Iterable[Row]) -> tuple[LeftOut, ...]:
    """Count the results of these rows that are in no figure, by therapy and reason.

    A result that helps to work out one figure and is passed over in another is in a
    figure. One that is judged on another scope is in the row of its own scope.

    Parameters
    ----------
    rows : iterable of Row
        Rows with and without a figure.
    """
    cells = [cell for row in rows for cell in row.cells]
    used = {
        (cell.therapy, item.study, index)
        for cell in cells
        for item in cell.selection.included
        for index in item.indexes
    }
    found: dict[tuple[str, str, int], Reason] = {}
    for cell in cells:
        for item in cell.selection.excluded:
            key = (cell.therapy, item.study, item.index)
            if item.reason is not Reason.SCOPE and key not in used:
                found.setdefault(key, item.reason)
    groups: dict[tuple[str, Reason], list[str]] = {}
    for (therapy, study, _), reason in found.items():
        groups.setdefault((therapy, reason), []).append(study)
    counted = [
        LeftOut(therapy, reason, len(studies), tuple(sorted(set(studies))))
        for (therapy, reason), studies in groups.items()
    ]
    order = list(dict.fromkeys(cell.therapy for cell in cells))
    return tuple(
        sorted(
            counted,
            key=lambda item: (order.index(item.therapy), -item.results, item.reason),
        )
    )


def registered_trials(
    evidence: Sequence[TherapyEvidence],
) -> tuple[RegisteredTrial, ...]:
    """Return the trials of these therapies that have not published a result.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        One for each therapy.
    """
    found: dict[str, RegisteredTrial] = {}
    for item in evidence:
        for source in item.sources:
            study = source.study
            if study.status == "published" or study.results:
                continue
            known = found.get(study.id)
            therapies = (*(known.therapies if known else ()), item.therapy)
            people = study.population.enrolled
            found[study.id] = RegisteredTrial(
                study.id,
                therapies,
                study.status,
                study.population.planned if people is None else people,
                study.registrations,
                silence(study, today()),
            )
    return tuple(found[study] for study in sorted(found))
