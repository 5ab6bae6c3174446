"""How far the studies behind the figures may be off: each judgement that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.appraisal import tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.appraisal import Judgement, Tool
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.models import Study
    from lupus_evidence.vocabulary import BiasLevel

#: Of several judgements of one study the first of these is told; None: nobody judged.
_TOLD: tuple[BiasLevel | None, ...] = ("high", "unknown", None, "some", "low")


@dataclass(frozen=True)
class JudgedStudy:
    """A study and one judgement that counts for a figure.

    Parameters
    ----------
    study : Study
        The record.
    found : Judgement
        The judgement, of the whole study or of some of its results.
    """

    study: Study
    found: Judgement


@dataclass(frozen=True)
class JudgedWith:
    """The studies that were judged with one tool.

    Parameters
    ----------
    tool : Tool
        The tool.
    rows : tuple of JudgedStudy
        In order of the studies' names.
    """

    tool: Tool
    rows: tuple[JudgedStudy, ...]

    @property
    def domains(self) -> tuple[str, ...]:
        """What was asked; of groups only where a study has any."""
        asked = {name for row in self.rows for name in row.found.appraisal.domains}
        return tuple(
            name
            for name, domain in self.tool.domains.items()
            if name in asked or not domain.comparative
        )


@dataclass(frozen=True)
class BiasOfFigures:
    """What is known of the risk of bias of the studies behind figures.

    Parameters
    ----------
    levels : tuple of (str, str or None)
        Each study with its level, the worst where its results differ; None where
        nobody judged a result of it that is in a figure.
    abstracts : int
        Studies that were judged from nothing but an abstract.
    tools : tuple of JudgedWith
        The judgements, by tool; the tool of the most studies first.
    """

    levels: tuple[tuple[str, BiasLevel | None], ...]
    abstracts: int
    tools: tuple[JudgedWith, ...]

    def of(self, level: BiasLevel | None) -> int:
        """Return how many studies have a level.

        Parameters
        ----------
        level : str or None
            The level; None for studies that nobody judged.
        """
        return sum(found == level for _, found in self.levels)


def bias_of_figures(comparison: Comparison) -> BiasOfFigures:
    """Return how the studies behind the figures of a comparison were judged.

    Parameters
    ----------
    comparison : Comparison
        The comparison; studies behind what trials say count too.
    """
    numbers = sorted(_numbers(comparison), key=lambda item: item.study)
    levels: dict[str, set[BiasLevel | None]] = {}
    rows: dict[str, dict[tuple[str, int], JudgedStudy]] = {name: {} for name in tools()}
    abstracts = set()
    for item in numbers:
        levels.setdefault(item.study, set()).add(item.bias)
        found = item.judgement
        if found is None:
            continue
        row = JudgedStudy(item.record, found)
        rows[found.tool.name][item.study, found.index] = row
        if found.read(item.record.reading) == "primary-abstract":
            abstracts.add(item.study)
    found_with = [
        JudgedWith(tools()[name], tuple(own[key] for key in sorted(own)))
        for name, own in rows.items()
        if own
    ]
    return BiasOfFigures(
        tuple(
            (study, next(level for level in _TOLD if level in found))
            for study, found in levels.items()
        ),
        len(abstracts),
        tuple(sorted(found_with, key=lambda item: -len(item.rows))),
    )


def _numbers(comparison: Comparison) -> Iterator[StudyNumber]:
    """Yield every study's number behind a figure, or behind what trials say."""
    for row in comparison.rows:
        for cell in row.cells:
            yield from cell.selection.included
    for answer in comparison.trials:
        for item in answer.trials:
            yield item.first
