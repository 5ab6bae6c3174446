"""Therapies side by side within studies: what is told, and in what order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.report.page import SideBySide
from lupus_evidence.vocabulary import family_of, topic

if TYPE_CHECKING:
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.report.choices import ReportChoices
    from lupus_evidence.vocabulary import Family, Scope

#: What a study is told about first, unless somebody asks for something else.
_TOLD_FIRST: tuple[Family, ...] = (
    "remission",
    "response",
    "survival",
    "harm",
    "other",
)


def side_by_side(
    comparison: Comparison, choices: ReportChoices
) -> tuple[SideBySide, ...]:
    """Return the studies that treated people side by side.

    Those where chance decided who got what come first, and of those the largest.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    choices : ReportChoices
        Which outcomes and which scope a person asked for.
    """
    groups: dict[tuple[str, tuple[str, str]], list[DirectEvidence]] = {}
    for item in comparison.direct:
        groups.setdefault((item.study, item.therapies), []).append(item)
    found = [
        SideBySide(
            study,
            therapies,
            items[0].contrast.kind == "randomised",
            int(max(item.first.people + item.second.people for item in items)),
            tuple(
                sorted(items, key=lambda x: told_place(x.endpoint, x.scope, choices))
            ),
        )
        for (study, therapies), items in groups.items()
    ]
    return tuple(sorted(found, key=lambda trial: (not trial.randomised, -trial.people)))


def pooled_answers(
    comparison: Comparison, choices: ReportChoices
) -> tuple[TrialsAnswer, ...]:
    """Return what several trials together say, what is to be told first first.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    choices : ReportChoices
        Which outcomes and which scope a person asked for.
    """

    def place(answer: TrialsAnswer) -> tuple[object, ...]:
        asked = answer.question
        told = told_place(asked.endpoint, asked.scope, choices)
        beside = answer.therapies[1] not in comparison.therapies
        return beside, not answer.randomised, told, -answer.people

    several = (answer for answer in comparison.trials if answer.k > 1)
    return tuple(sorted(several, key=place))


def without_pooled(
    trials: tuple[SideBySide, ...], pooled: tuple[TrialsAnswer, ...]
) -> tuple[SideBySide, ...]:
    """Return what single studies found that is in no pooled effect.

    Parameters
    ----------
    trials : tuple of SideBySide
        Studies that treated people side by side.
    pooled : tuple of TrialsAnswer
        What several of them together say.
    """
    told = [item for answer in pooled for item in answer.trials]
    kept = (
        replace(
            trial, results=tuple(item for item in trial.results if item not in told)
        )
        for trial in trials
    )
    return tuple(trial for trial in kept if trial.results)


def told_place(
    endpoint: str, scope: Scope, choices: ReportChoices
) -> tuple[int, int, bool, bool]:
    """Return the place of an outcome among others: what was asked for first.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    choices : ReportChoices
        What a person asked for.
    """
    asked = choices.outcomes
    place = asked.index(endpoint) if endpoint in asked else len(asked)
    return (
        place,
        _TOLD_FIRST.index(family_of(endpoint)),
        choices.scope is not None and scope != choices.scope,
        not topic().endpoints[endpoint].parts,
    )
