"""What a selection is: the results that enter, those that do not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.diagnostics import Place
    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Result
    from lupus_evidence.selection.candidates import Form
    from lupus_evidence.selection.rules import Reason
    from lupus_evidence.vocabulary import Among, Band, Basis, Reading, Scope

#: Times of counts over follow-up that differs from person to person.
_VARYING_FOLLOW_UP = frozenset({"median-follow-up", "mean-follow-up", "longest"})


@dataclass(frozen=True)
class Included:
    """A study's number in a pooled figure.

    Parameters
    ----------
    study : str
        Its id.
    arms : tuple of str
        Arms that the number covers.
    events, n : float
        People with the outcome, and people; effective people for an estimate.
    people : int
        People the figure is about.
    form : {"count", "derived", "effective"}
        A printed count, one worked out exactly, or an estimate's effective count.
    how : str
        What was done to get the number; empty for a printed count.
    among : str
        Kind of denominator as recorded.
    months : float or None
        Months after treatment.
    basis : str or None
        Kind of time.
    reading : str
        How the figure was seen.
    year : int or None
        Of publication.
    indexes : tuple of int
        The record's results behind it, from 0.
    source : StudyFile
        The record.
    """

    study: str
    arms: tuple[str, ...]
    events: float
    n: float
    people: int
    form: Form
    how: str
    among: Among
    months: float | None
    basis: Basis | None
    reading: Reading
    year: int | None
    indexes: tuple[int, ...]
    source: StudyFile = field(repr=False, compare=False)

    @property
    def rate(self) -> float:
        """Proportion in 0-1."""
        return self.events / self.n

    @property
    def uneven(self) -> bool:
        """Whether follow-up ended sooner for some people than for others.

        Such a count is no rate at the one time under which it stands: some people were
        not followed for as long, others had longer to be counted.
        """
        return self.basis in _VARYING_FOLLOW_UP

    @property
    def ever(self) -> bool:
        """Whether it counts the best state reached by then, lasting or not."""
        return self.basis == "best-ever"

    @property
    def results(self) -> tuple[Result, ...]:
        """The record's results behind the number."""
        return tuple(self.source.study.results[index] for index in self.indexes)

    @property
    def where(self) -> str | None:
        """The places in the source, as recorded."""
        return _together(result.where for result in self.results)

    @property
    def printed(self) -> str | None:
        """The figure as the source prints it."""
        return _together(result.printed for result in self.results)

    @property
    def definition(self) -> str | None:
        """What the source meant."""
        return _together(result.definition for result in self.results)

    @property
    def place(self) -> Place:
        """File and line of the first result behind the number."""
        return self.source.place("results", self.indexes[0])


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
    text : str
        The reason in one phrase, with its particulars.
    source : StudyFile
        The record.
    """

    study: str
    index: int
    reason: Reason
    text: str
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
    included : tuple of Included
        In order of study id.
    excluded : tuple of Excluded
        In order of study id and line.
    other_times : tuple of str
        Studies that report this only for other times.
    """

    therapy: str
    endpoint: str
    scope: Scope
    band: Band
    kind: Among | None
    offered: tuple[Among, ...]
    included: tuple[Included, ...]
    excluded: tuple[Excluded, ...]
    other_times: tuple[str, ...]

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
        return sum(item.people for item in self.included)


def _together(texts: Iterable[str | None]) -> str | None:
    """Join different texts, leaving out empty ones."""
    known = dict.fromkeys(text for text in texts if text)
    return "; ".join(known) or None
