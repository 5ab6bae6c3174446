"""What the report shows, as frozen values, and what a person may choose about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.vocabulary import Among, Band, Scope, band_of, topic

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Audit
    from lupus_evidence.compare.cells import Cell, Certainty, CertaintyLevel, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.survival import Curves
    from lupus_evidence.compare.survival_lines import SurvivalFigure
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.forest import ForestPanel
    from lupus_evidence.records.files import Diagnostic
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Base, Study
    from lupus_evidence.report.body_of_evidence import BiasOfFigures
    from lupus_evidence.stats.pooling import Method


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


Shared = Literal["all", "some", "none"]


@dataclass(frozen=True)
class Hundred:
    """What a figure says of 100 people.

    Parameters
    ----------
    best : float or None
        Mean rate over all centres, or the one study's own; proportion in 0-1. 0 or 1
        where no one, or everyone, had the outcome; None where the range is all that
        the method gives.
    low, high : float
        Ends of the 95 % interval, proportions in 0-1: of a typical centre's rate, or
        of the one study's.
    single : bool
        Whether it is one study's own rate.
    """

    best: float | None
    low: float
    high: float
    single: bool


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
    hundred : Hundred or None
        What that says of 100 people.
    reported : tuple of str
        Studies that report the outcome, where none gives a usable figure.
    curve : SurvivalFigure or None
        The figure where it comes from a survival curve; there is no cell then.
    earlier : tuple of SurvivalFigure
        Survival from the therapy's curve at the usual earlier times.
    """

    therapy: str
    row: Row | None
    cell: Cell | None
    hundred: Hundred | None = None
    reported: tuple[str, ...] = ()
    curve: SurvivalFigure | None = None
    earlier: tuple[SurvivalFigure, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a figure."""
        return self.cell is not None or self.curve is not None

    @property
    def band(self) -> Band | None:
        """When it was counted; None where there is no figure."""
        if self.curve is not None:
            return band_of(self.curve.at.months)
        return None if self.row is None else self.row.band

    @property
    def studies(self) -> frozenset[str]:
        """The studies in the figure; of a curve, those that reach its time."""
        if self.curve is not None:
            return frozenset(self.curve.studies)
        if self.cell is None:
            return frozenset()
        return frozenset(item.study for item in self.cell.selection.included)

    @property
    def people(self) -> int:
        """How many people the figure is about."""
        if self.curve is not None:
            return self.curve.people
        return 0 if self.cell is None else self.cell.selection.people

    @property
    def kind(self) -> Among:
        """Whom the figure counts."""
        counted = None if self.cell is None else self.cell.selection.kind
        return counted or "treated"

    @property
    def certainty(self) -> Certainty | None:
        """How sure anyone can be of it."""
        if self.curve is not None:
            return self.curve.certainty
        return None if self.cell is None else self.cell.certainty


@dataclass(frozen=True)
class FactRow:
    """One outcome of the fact box, for every therapy.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    benefit : bool
        Whether more is better for the person.
    facts : tuple of Fact
        One for each therapy, in the order asked.
    """

    endpoint: str
    scope: Scope
    benefit: bool
    facts: tuple[Fact, ...]

    @property
    def answered(self) -> tuple[Fact, ...]:
        """The therapies with a figure."""
        return tuple(fact for fact in self.facts if fact.answered)

    @property
    def same_time(self) -> bool:
        """Whether all figures are for the same time."""
        return len({fact.band for fact in self.answered}) < 2  # noqa: PLR2004 - one time or none

    @property
    def shared(self) -> Shared:
        """Which of the studies behind these figures stand behind all of them.

        All of them where fewer than two therapies have a figure.
        """
        sets = [fact.studies for fact in self.answered]
        if len(set(sets)) < 2:  # noqa: PLR2004 - one set or none
            return "all"
        return "some" if frozenset.intersection(*sets) else "none"


@dataclass(frozen=True)
class SideBySide:
    """One study that treated people side by side: two of its arms.

    Parameters
    ----------
    study : str
        Which.
    therapies : tuple of str
        What its two arms were given.
    randomised : bool
        Whether chance decided who got what.
    people : int
        People in both arms, of the result about the most.
    results : tuple of DirectEvidence
        What was counted in both, the main one first.
    """

    study: str
    therapies: tuple[str, str]
    randomised: bool
    people: int
    results: tuple[DirectEvidence, ...]

    @property
    def clear(self) -> bool:
        """Whether the interval of the main difference leaves out no difference."""
        low, high = self.results[0].contrast.risk_difference.ci
        return low > 0 or high < 0


@dataclass(frozen=True)
class Finding:
    """What is said under the title.

    Parameters
    ----------
    together : tuple of SideBySide
        Studies in which compared therapies stand side by side, the strongest first.
    together_pooled : TrialsAnswer or None
        What several of them say, where that is to be told before a single one.
    controlled : tuple of SideBySide
        Randomised trials of one of them against a control, the largest first.
    controlled_pooled : TrialsAnswer or None
        The same of these.
    deaths : tuple of Fact
        Deaths from the treatment, of the therapies with a figure.
    levels : tuple of str
        The certainties that occur, the surest first.
    """

    together: tuple[SideBySide, ...]
    together_pooled: TrialsAnswer | None
    controlled: tuple[SideBySide, ...]
    controlled_pooled: TrialsAnswer | None
    deaths: tuple[Fact, ...]
    levels: tuple[CertaintyLevel, ...]


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
class OverlapFamily:
    """Studies that are linked by shared people, directly or through others.

    Parameters
    ----------
    name : str
        The centre that most of them name, or the first study.
    members : tuple of str
        Their ids, in order.
    """

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything the report page shows.

    Parameters
    ----------
    choices : ReportChoices
        What was asked.
    comparison : Comparison
        The therapies side by side.
    finding : Finding
        What is said under the title.
    facts : tuple of FactRow
        The answer, one row for each main outcome.
    curves : Curves or None
        Survival over time, where any therapy has a curve.
    pooled : tuple of TrialsAnswer
        What several studies that treated people side by side say together.
    trials : tuple of SideBySide
        What single ones found beside that, the strongest first.
    evidence_map : tuple of MapRow
        Who has been counted for what, when.
    panels : tuple of ForestPanel
        Every row of the comparison with its studies.
    studies : tuple of StudyFile
        Every record, in order of id.
    counted : frozenset of str
        Studies with a result in a figure.
    bias : BiasOfFigures
        How far those may be off.
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

    choices: ReportChoices
    comparison: Comparison
    finding: Finding
    facts: tuple[FactRow, ...]
    curves: Curves | None
    pooled: tuple[TrialsAnswer, ...]
    trials: tuple[SideBySide, ...]
    evidence_map: tuple[MapRow, ...]
    panels: tuple[ForestPanel, ...]
    studies: tuple[StudyFile, ...]
    counted: frozenset[str]
    bias: BiasOfFigures
    families: tuple[OverlapFamily, ...]
    sharing: dict[str, tuple[tuple[str, str], ...]]
    audit: Audit
    unpublished: tuple[Study, ...]
    base: Base | None
    diagnostics: tuple[Diagnostic, ...]
