"""One row of a comparison: a cell for each therapy, and their differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lupus_evidence.selection.chosen import Included, Selection
    from lupus_evidence.stats.contrasts import IndirectContrast
    from lupus_evidence.stats.estimates import NotPooled, PooledEstimate
    from lupus_evidence.vocabulary import Among, Band, Scope

CertaintyLevel = Literal["high", "moderate", "low", "very low"]
Ends = tuple[float, float]


@dataclass(frozen=True)
class Pooled:
    """A figure pooled from two or more studies.

    Parameters
    ----------
    estimate : PooledEstimate
        With its intervals and notes.
    """

    estimate: PooledEstimate


@dataclass(frozen=True)
class SingleStudy:
    """One study's own rate, which is not a pooled figure.

    Parameters
    ----------
    study : Included
        The study and its count.
    low, high : float
        Exact interval of that study's rate, proportions in 0-1.
    level : float
        Confidence level in 0-1.
    """

    study: Included
    low: float
    high: float
    level: float


@dataclass(frozen=True)
class Unpooled:
    """Two or more studies that the method has no answer for.

    Parameters
    ----------
    why : NotPooled
        Stable code and one sentence.
    """

    why: NotPooled


@dataclass(frozen=True)
class NoStudy:
    """Nothing to show.

    Parameters
    ----------
    reported : int
        Studies that report the endpoint at this time, without a usable figure.
    """

    reported: int


Figure = Pooled | SingleStudy | Unpooled | NoStudy


@dataclass(frozen=True)
class Downgrade:
    """One reason to be less certain.

    Parameters
    ----------
    code : str
        Stable, for programs.
    text : str
        For a person.
    """

    code: str
    text: str


@dataclass(frozen=True)
class Certainty:
    """How sure anyone can be of a figure.

    Parameters
    ----------
    level : {"high", "moderate", "low", "very low"}
        After the downgrades.
    start : {"high", "low"}
        Where this kind of evidence starts, and
    start_reason : str
        why.
    downgrades : tuple of Downgrade
        Each takes one level, down to "very low".
    """

    level: CertaintyLevel
    start: CertaintyLevel
    start_reason: str
    downgrades: tuple[Downgrade, ...]


@dataclass(frozen=True)
class LeftOutStudy:
    """A pooled figure without one of its studies.

    Parameters
    ----------
    study : str
        The study that was left out.
    estimate : float or None
        Median rate without it, proportion in 0-1.
    ci : tuple of float or None
        Its interval.
    """

    study: str
    estimate: float | None
    ci: Ends | None


@dataclass(frozen=True)
class Cell:
    """One therapy at one endpoint, scope and time.

    Parameters
    ----------
    selection : Selection
        Which results enter and which do not.
    figure : Pooled, SingleStudy, Unpooled or NoStudy
        What they come to.
    certainty : Certainty or None
        None where there is no figure.
    without : tuple of LeftOutStudy
        The figure without each study in turn; only on request.
    """

    selection: Selection
    figure: Figure
    certainty: Certainty | None
    without: tuple[LeftOutStudy, ...] = ()

    @property
    def therapy(self) -> str:
        """The therapy."""
        return self.selection.therapy

    @property
    def k(self) -> int:
        """Studies in the figure."""
        return len(self.selection.included)

    @property
    def estimate(self) -> float | None:
        """Median rate, or the single study's rate; proportion in 0-1."""
        match self.figure:
            case Pooled(estimate):
                return estimate.estimate
            case SingleStudy(study):
                return study.rate
            case _:
                return None

    @property
    def ci(self) -> Ends | None:
        """Two-sided interval of the rate, proportions in 0-1."""
        match self.figure:
            case Pooled(estimate):
                return estimate.ci
            case SingleStudy(_, low, high):
                return low, high
            case _:
                return None


@dataclass(frozen=True)
class Contrast:
    """An unadjusted difference between two therapies in one row.

    Parameters
    ----------
    first, second : str
        Therapies; the difference is first minus second.
    indirect : IndirectContrast
        From different studies of different people, typed as such.
    kinds : tuple of str
        Kind of denominator of each side.
    shared : tuple of (str, str)
        Studies of the two sides that share people with each other; a study with arms
        on both sides stands beside itself.
    """

    first: str
    second: str
    indirect: IndirectContrast
    kinds: tuple[Among | None, Among | None]
    shared: tuple[tuple[str, str], ...]

    @property
    def denominators_differ(self) -> bool:
        """Whether the two rates are divided by different kinds of denominator."""
        return self.kinds[0] != self.kinds[1]

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves out no difference."""
        low, high = self.indirect.risk_difference.ci
        return low > 0 or high < 0


@dataclass(frozen=True)
class Row:
    """One endpoint, judged on one scope, at one time, for every therapy.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    band : Band
        At what time.
    cells : tuple of Cell
        One for each therapy, in the order asked.
    contrasts : tuple of Contrast
        One for each pair of therapies that both have a figure.
    """

    endpoint: str
    scope: Scope
    band: Band
    cells: tuple[Cell, ...]
    contrasts: tuple[Contrast, ...]

    @property
    def answered(self) -> bool:
        """Whether any therapy has a figure."""
        return any(cell.k for cell in self.cells)

    @property
    def reported(self) -> bool:
        """Whether any study reports it without a usable figure."""
        return any(
            isinstance(cell.figure, NoStudy) and cell.figure.reported
            for cell in self.cells
        )
