"""What a forest plot shows: frozen values that every renderer receives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.values import Receipt

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.evidence.number import StudyNumber
    from lupus_evidence.evidence.rules import SelectionRules
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
    """The studies of one therapy, the figure they come to, and those left out.

    Parameters
    ----------
    cell : Cell
        Selection, figure and certainty.
    rows : tuple of ForestRow
        The studies that enter, in order of publication.
    """

    cell: Cell
    rows: tuple[ForestRow, ...]

    @property
    def therapy(self) -> str:
        """The therapy."""
        return self.cell.therapy


@dataclass(frozen=True)
class ForestPanel:
    """One endpoint, judged on one scope, at one time.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    band : Band
        At what time.
    groups : tuple of ForestGroup
        One for each therapy, in the order asked.
    """

    endpoint: str
    scope: Scope
    band: Band
    groups: tuple[ForestGroup, ...]


@dataclass(frozen=True)
class ForestReceipt(Receipt):
    """What a forest plot rests on.

    Parameters
    ----------
    method : str
        Estimator of the pooled rates.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies.
    level : float
        Level of every interval in 0-1.
    rules : SelectionRules
        Choice of results.
    """

    method: str
    tau_prior: float
    level: float
    rules: SelectionRules


@dataclass(frozen=True)
class ForestPlot:
    """One endpoint for some therapies.

    Parameters
    ----------
    endpoint : str
        What is counted.
    therapies : tuple of str
        In the order asked.
    panels : tuple of ForestPanel
        The times and scopes shown.
    elsewhere : tuple of (str, Band)
        Scopes and times that have a figure too but are not shown.
    receipt : ForestReceipt
        What all this rests on.
    """

    endpoint: str
    therapies: tuple[str, ...]
    panels: tuple[ForestPanel, ...]
    elsewhere: tuple[tuple[Scope, Band], ...]
    receipt: ForestReceipt
