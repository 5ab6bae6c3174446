"""What a reader should know first: who was compared, who died of it, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.report.page import Finding
from lupus_evidence.vocabulary import therapy_includes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import CertaintyLevel
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.report.page import FactRow, SideBySide

#: From the surest down, as GRADE names them.
LEVELS: tuple[CertaintyLevel, ...] = ("high", "moderate", "low", "very low")
DEATHS = "treatment-related-mortality"


def finding(
    comparison: Comparison, facts: Sequence[FactRow], trials: Sequence[SideBySide]
) -> Finding:
    """Return what is said under the title.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    facts : sequence of FactRow
        The fact box.
    trials : sequence of SideBySide
        The studies that treated people side by side, the strongest first.
    """
    sides = [_sides(trial, comparison.therapies) for trial in trials]
    together = tuple(
        trial for trial, side in zip(trials, sides, strict=True) if len(side) > 1
    )
    alone = (
        trial
        for trial, side in zip(trials, sides, strict=True)
        if len(side) == 1 and trial.randomised
    )
    return Finding(
        together,
        tuple(alone),
        tuple(
            fact
            for row in facts
            if row.endpoint == DEATHS
            for fact in row.facts
            if fact.cell is not None
        ),
        _levels(facts, trials),
    )


def _sides(trial: SideBySide, therapies: Sequence[str]) -> set[str]:
    """Return which of the compared therapies a study's two arms are."""
    return {
        wide
        for wide in therapies
        for name in trial.therapies
        if therapy_includes(wide, name)
    }


def _levels(
    facts: Sequence[FactRow], trials: Sequence[SideBySide]
) -> tuple[CertaintyLevel, ...]:
    """Return the certainties that occur on the page's first parts, the surest first."""
    found = {
        fact.cell.certainty.level
        for row in facts
        for fact in row.facts
        if fact.cell is not None and fact.cell.certainty is not None
    }
    found |= {item.certainty.level for trial in trials for item in trial.results}
    return tuple(level for level in LEVELS if level in found)
