"""What a person may choose about a report: its title, therapies, outcomes, rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.vocabulary import Scope


@dataclass(frozen=True)
class ReportChoices:
    """What the report is about and how its figures come about.

    Parameters
    ----------
    title : str
        Above the page; named after the therapies where empty.
    therapies : tuple of str
        Two or more to set side by side; none part of another.
    outcomes : tuple of str
        Endpoints of the fact box in their order; the main ones if empty.
    scope : str or None
        What remissions and responses of the fact box are judged on, where a study
        judges them on it; None for lupus as a whole where any study does.
    rules : SelectionRules
        Choice of results.
    method : str
        Estimator, one of `stats.pooling.METHODS`.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies.
    level : float
        Level of every interval in 0-1.
    """

    title: str = ""
    therapies: tuple[str, ...] = field(default_factory=lambda: topic().compared)
    outcomes: tuple[str, ...] = ()
    scope: Scope | None = None
    rules: SelectionRules = field(default_factory=SelectionRules)
    method: Method = "bayes"
    tau_prior: float = 1.0
    level: float = 0.95
