"""Therapies side by side within one study: what is told, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.report.page import SideBySide
from lupus_evidence.vocabulary import ENDPOINTS, family_of

if TYPE_CHECKING:
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trials import DirectEvidence
    from lupus_evidence.report.choices import ReportChoices
    from lupus_evidence.vocabulary import Family

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
            tuple(sorted(items, key=lambda item: _told(item, choices))),
        )
        for (study, therapies), items in groups.items()
    ]
    return tuple(sorted(found, key=lambda trial: (not trial.randomised, -trial.people)))


def _told(item: DirectEvidence, choices: ReportChoices) -> tuple[int, int, bool, bool]:
    """Return the place of a result within its study: what was asked for first."""
    asked = choices.outcomes
    place = asked.index(item.endpoint) if item.endpoint in asked else len(asked)
    return (
        place,
        _TOLD_FIRST.index(family_of(item.endpoint)),
        choices.scope is not None and item.scope != choices.scope,
        not ENDPOINTS[item.endpoint].parts,
    )
