"""What a comparison is: frozen values that every renderer receives, nothing rounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.documents.values import Receipt

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.people import OverTime
    from lupus_evidence.compare.sensitivity import DifferenceVariant, FigureVariant
    from lupus_evidence.compare.survival_lines import SurvivalCompared
    from lupus_evidence.compare.trial_sensitivity import TrialVariant
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.evidence.selection import Considered, Reason, SelectionRules
    from lupus_evidence.records.silence import Silence
    from lupus_evidence.vocabulary import Status


@dataclass(frozen=True)
class Characteristic:
    """How the studies of a therapy describe their people, in one respect.

    Parameters
    ----------
    key : str
        Stable name: "age", "female", "nephritis", "sledai", "follow_up".
    lowest, middle, highest : float
        Over the studies' means, medians or shares: lowest, median, highest.
    studies : tuple of str
        The studies that report it.
    """

    key: str
    lowest: float
    middle: float
    highest: float
    studies: tuple[str, ...]


@dataclass(frozen=True)
class TherapyPeople:
    """Who the people behind a therapy's figures were.

    Parameters
    ----------
    therapy : str
        The therapy.
    studies : tuple of str
        Every study that enters any figure.
    people : int
        People treated in those of them that share nobody: nobody twice.
    characteristics : tuple of Characteristic
        Those that any study reports.
    refractory : tuple of str
        Studies that say that earlier treatment had failed.
    countries : tuple of str
        ISO 3166 codes.
    recruited, published : tuple of int or None
        First and last year.
    designs : tuple of (str, int)
        Studies by design, the most frequent first.
    """

    therapy: str
    studies: tuple[str, ...]
    people: int
    characteristics: tuple[Characteristic, ...]
    refractory: tuple[str, ...]
    countries: tuple[str, ...]
    recruited: tuple[int, int] | None
    published: tuple[int, int] | None
    designs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LeftOut:
    """Published results of a therapy that are in no figure, by reason.

    Parameters
    ----------
    therapy : str
        The therapy.
    reason : Reason
        Stable code with its label.
    results : int
        How many results.
    studies : tuple of str
        Of which studies.
    """

    therapy: str
    reason: Reason
    results: int
    studies: tuple[str, ...]


@dataclass(frozen=True)
class RegisteredTrial:
    """A trial of one of the therapies without a published result.

    Parameters
    ----------
    study : str
        Its record.
    therapies : tuple of str
        Which of the compared therapies it gives.
    status : str
        "registered" or "withdrawn".
    people : int or None
        People enrolled or planned.
    registrations : tuple of str
        Registry numbers.
    silence : Silence or None
        Its end, where one is recorded.
    """

    study: str
    therapies: tuple[str, ...]
    status: Status
    people: int | None
    registrations: tuple[str, ...]
    silence: Silence | None


@dataclass(frozen=True)
class ComparisonReceipt(Receipt):
    """What a comparison rests on.

    Parameters
    ----------
    method : str
        Estimator of the pooled rates.
    priors : str
        Prior distributions, in one line.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies.
    level : float
        Level of every interval in 0-1.
    single_study_interval, direct_interval : str
        Interval of one study's rate, and of a difference within one study.
    trial_method : str
        How the effects of several trials are pooled.
    contrast_method : str
        How rates of different studies are compared.
    rules : SelectionRules
        Choice of results.
    survival_method : str or None
        Priors of survival from curves, which no choice of `method` changes; None where
        there is none.
    """

    method: str
    priors: str
    tau_prior: float
    level: float
    single_study_interval: str
    direct_interval: str
    trial_method: str
    contrast_method: str
    rules: SelectionRules
    survival_method: str | None = None


@dataclass(frozen=True)
class Comparison:
    """Therapies side by side.

    Parameters
    ----------
    therapies : tuple of str
        In the order asked.
    rows : tuple of Row
        Those in which a therapy has a figure, by family, endpoint, scope and time.
    unanswered : tuple of Row
        Those that studies report, none of them with a usable figure.
    people : tuple of TherapyPeople
        One for each therapy.
    trials : tuple of TrialsAnswer
        What studies with both arms say, pooled by question: those of two compared
        therapies first, then each against other treatments.
    doses : tuple of DirectEvidence
        What randomised trials found between doses or kinds of one therapy.
    over_time : tuple of OverTime
        Figures of one outcome at several times that share people or rise.
    survival : SurvivalCompared
        Survival from each therapy's curve, where it was asked.
    left_out : tuple of LeftOut
        By therapy and reason, the most frequent first.
    registered : tuple of RegisteredTrial
        Trials without results.
    variants : tuple of FigureVariant
        Each figure under other choices; only on request.
    difference_variants : tuple of DifferenceVariant
        Each difference under other choices; only on request.
    trial_variants : tuple of TrialVariant
        Each effect pooled over trials under other choices; only on request.
    receipt : ComparisonReceipt
        What all this rests on.
    """

    therapies: tuple[str, ...]
    rows: tuple[Row, ...]
    unanswered: tuple[Row, ...]
    people: tuple[TherapyPeople, ...]
    trials: tuple[TrialsAnswer, ...]
    doses: tuple[DirectEvidence, ...]
    over_time: tuple[OverTime, ...]
    survival: SurvivalCompared
    left_out: tuple[LeftOut, ...]
    registered: tuple[RegisteredTrial, ...]
    variants: tuple[FigureVariant, ...]
    difference_variants: tuple[DifferenceVariant, ...]
    trial_variants: tuple[TrialVariant, ...]
    receipt: ComparisonReceipt

    @property
    def direct(self) -> tuple[DirectEvidence, ...]:
        """Every difference within a study, randomised first."""
        from lupus_evidence.compare.trials import direct_evidence

        return direct_evidence(self.trials)

    @property
    def answering(self) -> tuple[TrialsAnswer, ...]:
        """What trials say about two of the compared therapies."""
        return tuple(
            item for item in self.trials if item.therapies[1] in self.therapies
        )


@dataclass(frozen=True)
class Explanation:
    """What became of every study of a therapy in one row.

    Parameters
    ----------
    row : Row
        The row.
    cell : Cell
        The therapy's cell in it.
    considered : tuple of Considered
        In order of study id.
    """

    row: Row
    cell: Cell
    considered: tuple[Considered, ...]
