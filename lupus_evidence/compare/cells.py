"""One row of a comparison: a cell for each therapy, and their differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from lupus_evidence.evidence.selection import Selection
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.stats.estimates import NotPooled, PooledEstimate
    from lupus_evidence.stats.indirect_contrasts import IndirectContrast
    from lupus_evidence.vocabulary import Band, Scope

CertaintyLevel = Literal["high", "moderate", "low", "very low"]
Domain = Literal[
    "risk-of-bias",
    "inconsistency",
    "indirectness",
    "imprecision",
    "publication-bias",
]
DOMAINS: tuple[Domain, ...] = get_args(Domain)
KindOfEvidence = Literal["uncontrolled", "randomised", "concurrent"]
Ends = tuple[float, float]

#: A figure whose interval moves by this much between priors is made by the prior.
PRIOR_DECIDES = 0.10


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
    study : StudyNumber
        The study and its count.
    low, high : float
        Exact interval of that study's rate, proportions in 0-1.
    level : float
        Confidence level in 0-1.
    """

    study: StudyNumber
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
    """What one of GRADE's domains takes away.

    Parameters
    ----------
    domain : str
        "risk-of-bias", "inconsistency", "indirectness", "imprecision" or
        "publication-bias".
    levels : int
        How many levels it takes.
    codes : tuple of str
        The reasons, stable, for programs.
    """

    domain: Domain
    levels: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Certainty:
    """How sure anyone can be of a figure.

    Parameters
    ----------
    level : {"high", "moderate", "low", "very low"}
        After the downgrades.
    start : {"high", "low"}
        Where this kind of evidence on this question starts.
    evidence : {"uncontrolled", "randomised", "concurrent"}
        What kind it is.
    downgrades : tuple of Downgrade
        One a domain, in GRADE's order.
    """

    level: CertaintyLevel
    start: CertaintyLevel
    evidence: KindOfEvidence
    downgrades: tuple[Downgrade, ...]

    @property
    def question(self) -> Literal["rate", "effect"]:
        """What is rated: how often something happens, or what a treatment does."""
        return "rate" if self.evidence == "uncontrolled" else "effect"

    @property
    def codes(self) -> tuple[str, ...]:
        """Every reason."""
        return tuple(code for item in self.downgrades for code in item.codes)


@dataclass(frozen=True)
class PriorRange:
    """A pooled figure under a tighter and a wider prior of the spread.

    Parameters
    ----------
    scales : tuple of float
        Scales of the half-normal prior of tau, the tighter first.
    intervals : tuple of (float, float)
        The figure's interval under each, proportions in 0-1.
    """

    scales: tuple[float, float]
    intervals: tuple[Ends, Ends]

    @property
    def moved(self) -> float:
        """How far the end that moves most moves, a proportion in 0-1."""
        tight, wide = self.intervals
        return max(abs(wide[0] - tight[0]), abs(wide[1] - tight[1]))

    @property
    def decides(self) -> bool:
        """Whether the prior makes the interval more than the studies do."""
        return self.moved >= PRIOR_DECIDES


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
    priors : PriorRange or None
        The figure under other priors; None where no prior enters.
    without : tuple of LeftOutStudy
        The figure without each study in turn; only on request.
    """

    selection: Selection
    figure: Figure
    certainty: Certainty | None
    priors: PriorRange | None = None
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
    def mean(self) -> float | None:
        """What becomes of people over all centres, where that is another number.

        The marginal mean of a pooled figure, a proportion in 0-1; the rate of a
        single study is its own people's.
        """
        match self.figure:
            case Pooled(estimate):
                return estimate.mean
            case SingleStudy(study):
                return study.rate
            case _:
                return None

    @property
    def at_least(self) -> tuple[int, int] | None:
        """Of everybody treated, how many had the outcome at the least.

        Events and people treated, where the figure's rate leaves some of those
        treated out: whoever is not counted may or may not have had it. None where
        everybody treated is counted, or how many were treated is not known.
        """
        included = self.selection.included
        if not included or self.selection.kind == "treated":
            return None
        if any(item.treated is None or item.form == "effective" for item in included):
            return None
        events = sum(int(item.events) for item in included)
        return events, sum(item.treated or 0 for item in included)

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
    shared : tuple of (str, str)
        Studies of the two sides that share people with each other; a study with arms
        on both sides stands beside itself.
    """

    first: str
    second: str
    indirect: IndirectContrast
    shared: tuple[tuple[str, str], ...]

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
        One for each pair of therapies whose figures can be set against each other:
        at one known time, with one kind of denominator.
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
