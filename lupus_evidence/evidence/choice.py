"""What a selection is: the results that enter, those that do not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupus_evidence.diagnostics import Place
    from lupus_evidence.evidence.figure import Missing
    from lupus_evidence.evidence.number import StudyNumber
    from lupus_evidence.evidence.rules import Reason
    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Result
    from lupus_evidence.vocabulary import Among, Band, Scope


@dataclass(frozen=True)
class Counted:
    """A number as a sentence about it needs it.

    Parameters
    ----------
    events, n : float
        People with the outcome, and people; effective people for an estimate.
    people : float
        People it is about.
    among : str
        Kind of denominator as recorded.
    estimate : bool
        Whether it is an estimate and no count.
    """

    events: float
    n: float
    people: float
    among: Among
    estimate: bool


def counted(item: StudyNumber) -> Counted:
    """Return what a sentence needs of a study's number."""
    estimate = item.form == "effective"
    return Counted(item.events, item.n, item.people, item.among, estimate)


@dataclass(frozen=True)
class Particulars:
    """What a reason's sentence needs beyond its code; each reason has its own.

    Parameters
    ----------
    words : str
        What the record itself says: a subgroup, an outcome's name, a design, a
        reading, a scope, a level of bias, the date of a retraction.
    codes : tuple of str
        Checks that are failed.
    missing : Missing or None
        Why there is no usable number.
    here : Counted or None
        The number that is left out.
    instead : Counted or None
        The number of the same study that counts.
    wanted : str or None
        Kind of denominator of the figure.
    studies : tuple of (str, str)
        Counted studies that share people, with the certainty.
    times : tuple of Band
        When the study reports it.
    results : int
        How many results it has for other times or organs.
    """

    words: str = ""
    codes: tuple[str, ...] = ()
    missing: Missing | None = None
    here: Counted | None = None
    instead: Counted | None = None
    wanted: Among | None = None
    studies: tuple[tuple[str, str], ...] = ()
    times: tuple[Band, ...] = ()
    results: int = 0


@dataclass(frozen=True)
class Excluded:
    """A published result that does not enter, and why.

    Parameters
    ----------
    study : str
        Its id.
    index : int
        Which of the record's results, from 0.
    reason : Reason
        Stable code.
    particulars : Particulars
        What its sentence needs.
    source : StudyFile
        The record.
    """

    study: str
    index: int
    reason: Reason
    particulars: Particulars
    source: StudyFile = field(repr=False, compare=False)

    @property
    def result(self) -> Result:
        """The record's result."""
        return self.source.study.results[self.index]

    @property
    def place(self) -> Place:
        """Its file and line."""
        return self.source.place("results", self.index)


@dataclass(frozen=True)
class Selection:
    """The choice of results for one therapy, endpoint, scope and time band.

    Parameters
    ----------
    therapy, endpoint, scope : str
        What is asked.
    band : Band
        At what time.
    kind : str or None
        Kind of denominator that the figure is about; None if nothing enters.
    offered : tuple of str
        The kinds that any study offers.
    included : tuple of StudyNumber
        In order of study id.
    excluded : tuple of Excluded
        In order of study id and line.
    other_times : tuple of str
        Studies that report this only for other times.
    unreported : int
        People of registered studies of the therapy without a result.
    """

    therapy: str
    endpoint: str
    scope: Scope
    band: Band
    kind: Among | None
    offered: tuple[Among, ...]
    included: tuple[StudyNumber, ...]
    excluded: tuple[Excluded, ...]
    other_times: tuple[str, ...]
    unreported: int = 0

    @property
    def events(self) -> tuple[float, ...]:
        """People with the outcome in each study."""
        return tuple(item.events for item in self.included)

    @property
    def sizes(self) -> tuple[float, ...]:
        """People, or effective people, in each study."""
        return tuple(item.n for item in self.included)

    @property
    def uneven(self) -> bool:
        """Whether any study's follow-up ended sooner for some than for others."""
        return any(item.uneven for item in self.included)

    @property
    def ever(self) -> bool:
        """Whether any study counts the best state reached, lasting or not."""
        return any(item.ever for item in self.included)

    @property
    def people(self) -> int:
        """People the figure is about, all studies together."""
        return int(sum(item.people for item in self.included))


@dataclass(frozen=True)
class Considered:
    """One study and what became of it.

    Parameters
    ----------
    study : str
        Its id.
    included : StudyNumber or None
        Its number, where it enters.
    excluded : tuple of Excluded
        Its results for this endpoint and time that do not enter.
    reason : Reason or None
        Why the study as a whole has no result to choose from.
    particulars : Particulars
        What that reason's sentence needs.
    """

    study: str
    included: StudyNumber | None
    excluded: tuple[Excluded, ...]
    reason: Reason | None = None
    particulars: Particulars = Particulars()
