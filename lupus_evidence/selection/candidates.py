"""From a study's results to the numbers that could stand for it in a pooled figure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from lupus_evidence.reported import possible_counts
from lupus_evidence.selection.denominators import comparable_kind, treated_people
from lupus_evidence.selection.effective import effective_count
from lupus_evidence.selection.rules import PRIMARY_READINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Result, Time
    from lupus_evidence.reported import Reported
    from lupus_evidence.selection.evidence import StudyResult
    from lupus_evidence.vocabulary import Among, Band, Reading

Form = Literal["count", "derived", "effective"]

_FORMS: tuple[Form, ...] = ("count", "derived", "effective")
_FOLLOW_UP_TIMES = frozenset({"median-follow-up", "mean-follow-up"})


@dataclass(frozen=True)
class Number:
    """A count, or an estimate as an effective count.

    Parameters
    ----------
    events, n : float
        People with the outcome, and people.
    form : {"count", "derived", "effective"}
        Printed as a count, worked out exactly, or an estimate's effective count.
    how : str
        What was done to get it; empty for a printed count.
    """

    events: float
    n: float
    form: Form = "count"
    how: str = ""


@dataclass(frozen=True)
class Candidate:
    """One number that could stand for a study in a cell.

    Parameters
    ----------
    source : StudyFile
        The record.
    indexes : tuple of int
        The results behind it, from 0.
    arms : tuple of str
        Arms it covers.
    number : Number
        Events and people.
    people : float
        People it is about; more than the effective number of an estimate.
    kind : str
        Kind of denominator for comparison.
    among : str
        Kind of denominator as recorded.
    time : Time or None
        When it was counted.
    reading : str
        How the figure was seen.
    complete : bool
        Whether it covers all of the study's arms with the therapy.
    """

    source: StudyFile = field(repr=False)
    indexes: tuple[int, ...]
    arms: tuple[str, ...]
    number: Number
    people: float
    kind: Among
    among: Among
    time: Time | None
    reading: Reading
    complete: bool

    def rank(self, band: Band) -> tuple[object, ...]:
        """Return the sort key of the study's best number: the lowest comes first.

        All arms of the therapy before some of them. A figure for one time (a visit,
        a survival curve) before a count over follow-up of varying length, before
        best-ever. Then a printed count before a derived one before an effective
        one; a first-hand reading before a second-hand one; the time nearest the
        middle of the band; more people; the earlier line of the record.

        Parameters
        ----------
        band : Band
            The time band of the cell.
        """
        months = self.time.months if self.time else None
        distance = 0.0
        if months is not None and band.months is not None:
            distance = abs(months - band.months)
        return (
            not self.complete,
            _time_class(self.time),
            _FORMS.index(self.number.form),
            self.reading not in PRIMARY_READINGS,
            distance,
            -self.people,
            self.indexes,
        )


def _time_class(time: Time | None) -> int:
    """Rank how well a time is defined."""
    if time is None or time.basis in _FOLLOW_UP_TIMES:
        return 1
    return 2 if time.basis in {"best-ever", "longest"} else 0


def usable_number(result: Result, people: int | None = None) -> Number | str:
    """Return the count behind a result, or why it has none.

    A count is used as printed. A percentage of a stated number of people becomes a
    count where it is one and exactly one count prints as that percentage. Any other
    estimate enters through its effective count.

    Parameters
    ----------
    result : Result
        The record's result.
    people : int or None
        People it is about, where the result does not say.
    """
    n, percent = result.n, result.percent
    counted = result.kind in ("count", "unstated")
    if counted and result.events is not None and n:
        if result.events > n:
            return "more people with the outcome than people"
        return Number(float(result.events), float(n))
    if percent is None:
        return _what_is_missing(result)
    if result.kind == "count" and n:
        implied = _implied_count(percent, n)
        if not isinstance(implied, str) or (result.se is None and result.ci is None):
            return implied
    found = effective_count(
        percent,
        se=result.se,
        ci=result.ci,
        level=result.level / 100,
        people=n or people,
    )
    if isinstance(found, str):
        return found
    how = f"estimate of {percent} % as effective people, {found.how}"
    return Number(found.events, found.n, "effective", how)


def _implied_count(percent: Reported, n: int) -> Number | str:
    """Return the only count that prints as a percentage, or why there is not one."""
    fits = possible_counts(percent, n)
    if not fits:
        return f"no count out of {n} prints as {percent} %"
    if len(fits) > 1:
        return f"{len(fits)} counts out of {n} print as {percent} %"
    how = f"the only count out of {n} that prints as {percent} %"
    return Number(float(fits[0]), float(n), "derived", how)


def _what_is_missing(result: Result) -> str:
    """Say which part of a count is not there."""
    if result.events is None and not result.n:
        return "neither a count nor a percentage"
    if result.events is None:
        return "people, but neither how many had the outcome nor a percentage"
    if not result.n:
        return "a count of people without the number they are out of"
    return "a survival estimate given only as a count"


def candidate(item: StudyResult, number: Number, *, whole: int) -> Candidate:
    """Return a result's number as a candidate.

    Parameters
    ----------
    item : StudyResult
        The result.
    number : Number
        Its count or effective count.
    whole : int
        How many arms of the study have the therapy.
    """
    result = item.result
    treated = treated_people(item.study, item.arms)
    n = number.n if number.form != "effective" else result.n
    people = n if n is not None else treated
    return Candidate(
        item.source,
        (item.index,),
        item.arms,
        number,
        float(people) if people is not None else number.n,
        comparable_kind(result.endpoint, result.among, n, treated),
        result.among,
        item.time,
        result.reading or item.study.reading,
        complete=len(item.arms) == whole,
    )


def summed_arms(
    candidates: Sequence[Candidate], whole: tuple[str, ...]
) -> list[Candidate]:
    """Return counts of arms with the same therapy, added up where that is exact.

    Exact means: printed or derived counts, the same stated time, the same kind of
    denominator, no arm twice, and together no more people than the arms have.

    Parameters
    ----------
    candidates : sequence of Candidate
        Of one study and one endpoint.
    whole : tuple of str
        All arms of the study with the therapy.
    """
    singles = [
        item
        for item in candidates
        if len(item.arms) == 1 and item.number.form != "effective" and item.time
    ]
    singles.sort(key=_same_time)
    sums = []
    for _, group in groupby(singles, key=_same_time):
        arms: dict[str, Candidate] = {}
        for item in sorted(group, key=lambda one: (one.number.form, one.indexes)):
            arms.setdefault(item.arms[0], item)
        if len(arms) > 1:
            total = _sum(list(arms.values()), whole)
            study = total.source.study
            known = study.population.lupus or study.population.enrolled
            if known is None or total.number.n <= known:
                sums.append(total)
    return sums


def _same_time(item: Candidate) -> tuple[str, str, str]:
    """Return what must agree for arms to be added up."""
    return item.kind, item.among, repr(item.time)


def _sum(parts: list[Candidate], whole: tuple[str, ...]) -> Candidate:
    """Add up the counts of several arms."""
    how = f"{len(parts)} arms added up: " + ", ".join(
        f"{part.arms[0]} {part.number.events:g} of {part.number.n:g}" for part in parts
    )
    secondary = [part for part in parts if part.reading not in PRIMARY_READINGS]
    return replace(
        parts[0],
        indexes=tuple(sorted({index for part in parts for index in part.indexes})),
        arms=tuple(part.arms[0] for part in parts),
        number=Number(
            sum(part.number.events for part in parts),
            sum(part.number.n for part in parts),
            "derived",
            how,
        ),
        people=sum(part.people for part in parts),
        reading=(secondary or parts)[0].reading,
        complete=len(parts) == len(whole),
    )
