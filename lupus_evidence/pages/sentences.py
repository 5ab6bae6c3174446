"""Single sentences of a comparison, for pages that place them themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Facts
from lupus_evidence.pages.reading_notes import shown_bands
from lupus_evidence.pages.studies_compared import studies_compared
from lupus_evidence.pages.templates import document, sentence
from lupus_evidence.pages.times import times_told
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.compare.summary import Comparison


def lead(comparison: Comparison) -> str:
    """Return what a reader must know before comparing; empty if nothing is compared.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    kind = studies_compared(comparison)
    return sentence("trials.j2", "lead", kind) if kind.studies else ""


def bands_in_words() -> str:
    """Return what every time band stands for."""
    return sentence("figures.j2", "bands", shown_bands(topic().bands))


def over_time_in_words(comparison: Comparison) -> list[str]:
    """Return what must be said of figures at several times.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    told = times_told(comparison)
    return [sentence("figures.j2", "over_time", item) for item in told]


def receipt_facts(comparison: Comparison) -> Facts:
    """Return what a comparison rests on, labelled.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    page = document("receipt.j2", receipt=comparison.receipt)
    facts = (block for block in page.blocks if isinstance(block, Facts))
    return Facts("", tuple(pair for block in facts for pair in block.pairs))
