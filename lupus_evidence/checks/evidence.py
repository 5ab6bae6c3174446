"""A therapy's evidence with what fails a check marked, as every answer needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.running import failing_results
from lupus_evidence.evidence.therapy_results import TherapyEvidence, therapy_evidence

if TYPE_CHECKING:
    from lupus_evidence.load import EvidenceBase


def checked_evidence(base: EvidenceBase, therapy: str) -> TherapyEvidence:
    """Sort out what the records say about a therapy, and which results fail a check.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapy : str
        A name of the vocabulary.
    """
    return therapy_evidence(base.files, therapy, failing_results(base))
