"""What a reader should know first: who was compared, who died of it, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.report.page import Finding
from lupus_evidence.report.trials import told_place, without_pooled
from lupus_evidence.vocabulary import therapy_includes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import CertaintyLevel
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.report.choices import ReportChoices
    from lupus_evidence.report.page import FactRow, SideBySide

#: From the surest down, as GRADE names them.
LEVELS: tuple[CertaintyLevel, ...] = ("high", "moderate", "low", "very low")
DEATHS = "treatment-related-mortality"


def finding(
    comparison: Comparison,
    facts: Sequence[FactRow],
    trials: tuple[SideBySide, ...],
    pooled: tuple[TrialsAnswer, ...],
    choices: ReportChoices,
) -> Finding:
    """Return what is said under the title.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    facts : sequence of FactRow
        The fact box.
    trials : tuple of SideBySide
        The studies that treated people side by side, the strongest first.
    pooled : tuple of TrialsAnswer
        What several of them together say, what is to be told first first.
    choices : ReportChoices
        Which outcomes and which scope a person asked for.
    """
    sides = [_sides(trial, comparison.therapies) for trial in trials]
    together = tuple(
        trial for trial, side in zip(trials, sides, strict=True) if len(side) > 1
    )
    alone = tuple(
        trial
        for trial, side in zip(trials, sides, strict=True)
        if len(side) == 1 and trial.randomised
    )
    known = [answer for answer in pooled if answer.treated_risk is not None]
    between = [x for x in known if x.therapies[1] in comparison.therapies]
    beside = [x for x in known if x not in between and x.randomised]
    return Finding(
        together,
        _most_telling(between, together, choices),
        alone,
        _most_telling(beside, alone, choices),
        tuple(
            fact
            for row in facts
            if row.endpoint == DEATHS
            for fact in row.facts
            if fact.cell is not None
        ),
        _levels(facts, without_pooled(trials, pooled), pooled),
    )


def _most_telling(
    pooled: Sequence[TrialsAnswer],
    trials: Sequence[SideBySide],
    choices: ReportChoices,
) -> TrialsAnswer | None:
    """Return what several trials say, unless one found what is to be told before it.

    A trial by lot comes before studies without, and an outcome asked for before others.
    """
    if not pooled or not trials:
        return None
    answer, trial = pooled[0], trials[0]
    asked, own = answer.question, trial.results[0]
    together = not answer.randomised, told_place(asked.endpoint, asked.scope, choices)
    single = not trial.randomised, told_place(own.endpoint, own.scope, choices)
    return answer if together <= single else None


def _sides(trial: SideBySide, therapies: Sequence[str]) -> set[str]:
    """Return which of the compared therapies a study's two arms are."""
    return {
        wide
        for wide in therapies
        for name in trial.therapies
        if therapy_includes(wide, name)
    }


def _levels(
    facts: Sequence[FactRow],
    trials: Sequence[SideBySide],
    pooled: Sequence[TrialsAnswer],
) -> tuple[CertaintyLevel, ...]:
    """Return the certainties that occur on the page's first parts, the surest first."""
    found = {
        fact.certainty.level
        for row in facts
        for fact in row.facts
        if fact.certainty is not None
    }
    found |= {item.certainty.level for trial in trials for item in trial.results}
    found |= {answer.certainty.level for answer in pooled}
    return tuple(level for level in LEVELS if level in found)
