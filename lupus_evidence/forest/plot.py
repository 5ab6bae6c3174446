"""What a forest plot shows: rows of a comparison, every study beside its figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import ComparisonReceipt
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.vocabulary import Band, Scope


@dataclass(frozen=True)
class ForestRow:
    """One study's rate.

    Parameters
    ----------
    item : StudyNumber
        The study and its count.
    low, high : float
        Exact interval of that study's rate, proportions in 0-1.
    share : float
        Its share of the information in the group's figure, 0-1.
    """

    item: StudyNumber
    low: float
    high: float
    share: float


@dataclass(frozen=True)
class ForestGroup:
    """The studies of one therapy and the figure they come to.

    Parameters
    ----------
    cell : Cell
        Selection, figure and certainty.
    rows : tuple of ForestRow
        The studies that enter, in order of publication.
    """

    cell: Cell
    rows: tuple[ForestRow, ...]


@dataclass(frozen=True)
class ForestPanel:
    """One row of a comparison with its studies.

    Parameters
    ----------
    row : Row
        What is counted, judged on what, at what time.
    groups : tuple of ForestGroup
        One for each therapy, in the order asked.
    """

    row: Row
    groups: tuple[ForestGroup, ...]


@dataclass(frozen=True)
class ForestPlot:
    """One endpoint for some therapies.

    Parameters
    ----------
    endpoint : str
        What is counted.
    therapies : tuple of str
        Those shown, in the order asked.
    silent : tuple of str
        Those asked for that have nothing to show.
    panels : tuple of ForestPanel
        The times and scopes shown.
    trials : tuple of TrialsAnswer
        What studies with both arms found: of two of the therapies asked for, and of
        each against other treatments.
    elsewhere : tuple of (str, Band)
        Scopes and times that have a figure too but are not shown.
    names : mapping of str to str
        What each study is called, by id.
    receipt : ComparisonReceipt
        What all this rests on.
    """

    endpoint: str
    therapies: tuple[str, ...]
    silent: tuple[str, ...]
    panels: tuple[ForestPanel, ...]
    trials: tuple[TrialsAnswer, ...]
    elsewhere: tuple[tuple[Scope, Band], ...]
    names: Mapping[str, str]
    receipt: ComparisonReceipt

    @property
    def questions(self) -> tuple[tuple[Scope, Band], ...]:
        """The scopes and times of all that is shown, each once."""
        rows = [(panel.row.scope, panel.row.band) for panel in self.panels]
        trials = [(one.question.scope, one.question.band) for one in self.trials]
        return tuple(dict.fromkeys((*trials, *rows)))
