"""What the report shows: frozen values put together from records and analyses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit
    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.diagnostics import Diagnostic
    from lupus_evidence.forest.plot import ForestPanel
    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Base, Study
    from lupus_evidence.vocabulary import Band, Scope


@dataclass(frozen=True)
class Fact:
    """One therapy's figure for one outcome of the fact box.

    Parameters
    ----------
    therapy : str
        The therapy.
    row : Row or None
        The comparison's row that it is taken from; None without a usable figure.
    cell : Cell or None
        The therapy's cell in it.
    reported : tuple of str
        Studies that report the outcome, where none gives a usable figure.
    """

    therapy: str
    row: Row | None
    cell: Cell | None
    reported: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactRow:
    """One outcome of the fact box, for every therapy.

    Parameters
    ----------
    endpoint : str
        What is counted.
    benefit : bool
        Whether more is better for the person.
    facts : tuple of Fact
        One for each therapy, in the order asked.
    """

    endpoint: str
    benefit: bool
    facts: tuple[Fact, ...]

    @property
    def same_time(self) -> bool:
        """Whether all figures are for the same time."""
        return len({fact.row.band for fact in self.facts if fact.row}) < 2  # noqa: PLR2004 - one time or none

    @property
    def same_people(self) -> bool:
        """Whether all figures are divided by the same kind of people."""
        kinds = {fact.cell.selection.kind for fact in self.facts if fact.cell}
        return len(kinds) < 2  # noqa: PLR2004 - one kind or none


@dataclass(frozen=True)
class Bubble:
    """What is known about one therapy, endpoint, scope and time.

    Parameters
    ----------
    therapy : str
        The therapy.
    people : int
        People in the figure; 0 where no result can be used.
    studies : tuple of str
        The studies in the figure, or those that only report it.
    """

    therapy: str
    people: int
    studies: tuple[str, ...]


@dataclass(frozen=True)
class MapRow:
    """One endpoint and scope of the evidence map.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    cells : tuple of (Band, tuple of Bubble)
        Every time band of the map, with a bubble for each therapy that has any; for
        what is no function of the visit the one band of any time.
    """

    endpoint: str
    scope: Scope
    cells: tuple[tuple[Band, tuple[Bubble, ...]], ...]


@dataclass(frozen=True)
class Member:
    """A study of an overlap family, placed in time.

    Parameters
    ----------
    study : Study
        The study.
    start, end : float or None
        When its people entered, in years; None where not stated.
    counted : bool
        Whether any of its results is in a figure of the comparison.
    shares : tuple of (str, str)
        The studies that it shares people with, each with the certainty.
    """

    study: Study
    start: float | None
    end: float | None
    counted: bool
    shares: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OverlapFamily:
    """Studies that are linked by shared people, directly or through others.

    Parameters
    ----------
    name : str
        The centre that most of them name, or the first study.
    members : tuple of Member
        In order of entry or publication.
    """

    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Report:
    """Everything the report page shows.

    Parameters
    ----------
    comparison : Comparison
        The therapies side by side.
    facts : tuple of FactRow
        The answer, one row for each main outcome.
    evidence_map : tuple of MapRow
        Who has been counted for what, when.
    panels : tuple of ForestPanel
        Every row of the comparison with its studies.
    studies : tuple of StudyFile
        Every record, in order of id.
    counted : frozenset of str
        Studies with a result in a figure.
    families : tuple of OverlapFamily
        Studies that share people, the largest family first.
    sharing : dict
        For each study, those it shares people with.
    audit : Audit
        The verdicts on articles.
    unpublished : tuple of Study
        Registered or withdrawn trials without results, of any therapy.
    base : Base or None
        What the records say about themselves.
    diagnostics : tuple of Diagnostic
        Record files that could not be used.
    """

    comparison: Comparison
    facts: tuple[FactRow, ...]
    evidence_map: tuple[MapRow, ...]
    panels: tuple[ForestPanel, ...]
    studies: tuple[StudyFile, ...]
    counted: frozenset[str]
    families: tuple[OverlapFamily, ...]
    sharing: dict[str, tuple[tuple[str, str], ...]]
    audit: Audit
    unpublished: tuple[Study, ...]
    base: Base | None
    diagnostics: tuple[Diagnostic, ...]
