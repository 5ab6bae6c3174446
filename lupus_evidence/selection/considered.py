"""What became of every study of a therapy in one pooled figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.selection.rules import Reason
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.selection.chosen import Excluded, Included, Selection
    from lupus_evidence.selection.evidence import TherapyEvidence


@dataclass(frozen=True)
class Considered:
    """One study and what became of it.

    Parameters
    ----------
    study : str
        Its id.
    included : Included or None
        Its number, where it enters.
    excluded : tuple of Excluded
        Its results for this endpoint and time that do not enter.
    reason : Reason or None
        Why the study as a whole has no result to choose from.
    text : str
        That reason with its particulars.
    """

    study: str
    included: Included | None
    excluded: tuple[Excluded, ...]
    reason: Reason | None = None
    text: str = ""


def considered(
    evidence: TherapyEvidence, selection: Selection
) -> tuple[Considered, ...]:
    """Return every study of the therapy with what became of it, in order of id.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about the selection's therapy.
    selection : Selection
        The choice that was made from it.
    """
    included = {item.study: item for item in selection.included}
    excluded: dict[str, list[Excluded]] = {}
    for item in selection.excluded:
        excluded.setdefault(item.study, []).append(item)
    found = []
    for source in evidence.sources:
        study = source.study
        entry = Considered(
            study.id, included.get(study.id), tuple(excluded.get(study.id, ()))
        )
        if entry.included is None and not entry.excluded:
            reason, text = _absence(evidence, selection, study.id, study.status)
            entry = Considered(study.id, None, (), reason, text)
        found.append(entry)
    return tuple(found)


def _absence(
    evidence: TherapyEvidence, selection: Selection, study: str, status: str
) -> tuple[Reason, str]:
    """Say why a study has nothing to offer for an endpoint and time."""
    if status != "published":
        return Reason.NO_RESULTS, f"{status}, without a result for this"
    if study in selection.other_times:
        times = {
            item.band.label
            for item in evidence.of(selection.endpoint, study)
            if item.result.scope == selection.scope
        }
        return Reason.OTHER_TIME, f"reports it for: {', '.join(sorted(times))}"
    reported = len(evidence.of(selection.endpoint, study))
    if reported:
        count = plural(reported, "figure")
        return Reason.OTHER_TIME, f"reports {count} for other times or organs"
    return Reason.NOT_REPORTED, Reason.NOT_REPORTED.label
