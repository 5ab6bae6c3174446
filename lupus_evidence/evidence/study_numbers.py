"""One study's number for one question: which people, what count, when, from where.

As printed, added up over arms, or derived by exact arithmetic. Alive is everyone but
the dead; any remission is complete plus partial. Nothing is derived unless time,
denominator, scope and arms are the same, because only then is it arithmetic and not an
estimate.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from lupus_evidence.appraisal import Judgement, judgement
from lupus_evidence.evidence.denominators import comparable_kind, treated_people
from lupus_evidence.evidence.result_numbers import Form, Number, Step
from lupus_evidence.evidence.selection import PRIMARY_READINGS
from lupus_evidence.vocabulary import TIME_BASES, siblings_of, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lupus_evidence.evidence.therapy_results import StudyResult
    from lupus_evidence.records.files import Place
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Result, Study, Time
    from lupus_evidence.vocabulary import Among, Band, Basis, BiasLevel, Kind, Reading


_FORMS: tuple[Form, ...] = ("count", "derived", "effective")


@dataclass(frozen=True)
class StudyNumber:
    """A number that can stand for a study in a figure.

    Parameters
    ----------
    source : StudyFile
        The record.
    indexes : tuple of int
        The record's results behind it, from 0.
    arms : tuple of str
        Arms it covers.
    number : Number
        Events and people.
    people : float
        People it is about; more than the effective people of an estimate.
    treated : int or None
        People with lupus treated in these arms, if known.
    denominator : str
        Kind of denominator for comparison: nearly everybody counts as everybody.
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
    treated: int | None
    denominator: Among
    among: Among
    time: Time | None
    reading: Reading
    complete: bool

    @property
    def record(self) -> Study:
        """The record."""
        return self.source.study

    @property
    def study(self) -> str:
        """The record's id."""
        return self.source.study.id

    @property
    def year(self) -> int | None:
        """Year of publication."""
        return self.source.study.citation.year

    @property
    def events(self) -> float:
        """People with the outcome; effective people for an estimate."""
        return self.number.events

    @property
    def n(self) -> float:
        """People; effective people for an estimate."""
        return self.number.n

    @property
    def form(self) -> Form:
        """A printed count, one worked out exactly, or an estimate."""
        return self.number.form

    @property
    def assumed(self) -> bool:
        """Whether it rests on an error that was assumed."""
        return self.number.assumed

    @property
    def rate(self) -> float:
        """Proportion in 0-1."""
        return self.number.events / self.number.n

    @property
    def months(self) -> float | None:
        """Months after treatment."""
        return self.time.months if self.time else None

    @property
    def basis(self) -> Basis | None:
        """Kind of time."""
        return self.time.basis if self.time else None

    @property
    def kind(self) -> Kind:
        """Whether the source counted or estimated, and how."""
        return self.results[0].kind

    @property
    def uneven(self) -> bool:
        """Whether follow-up ended sooner for some people than for others.

        Such a count is no rate at the one time under which it stands: some people were
        not followed for as long, others had longer to be counted.
        """
        return self.basis in ("median-follow-up", "mean-follow-up", "longest")

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

    @property
    def judgement(self) -> Judgement | None:
        """The appraisal that counts for it; None where nobody judged it."""
        return judgement(self.record, self.results[0])

    @property
    def bias(self) -> BiasLevel | None:
        """Its risk of bias; None where nobody judged it."""
        found = self.judgement
        return None if found is None else found.level

    def rank(self, band: Band | None) -> tuple[object, ...]:
        """Return the sort key of the study's best number: the lowest comes first.

        All arms of the therapy before some of them. A figure for one time (a visit,
        a survival curve) before a count over follow-up of varying length, before
        best-ever. Then a printed count before a derived one before an effective
        one; a first-hand reading before a second-hand one; the time nearest the
        middle of the band, or the latest where the band is no stretch of time; more
        people; the earlier line of the record.

        Parameters
        ----------
        band : Band or None
            The time band of the question; None for every time.
        """
        months = self.months or 0.0
        middle = None if band is None else band.months
        distance = -months if middle is None else abs(months - middle)
        return (
            not self.complete,
            1 if self.basis is None else TIME_BASES[self.basis].certainty,
            _FORMS.index(self.form),
            self.reading not in PRIMARY_READINGS,
            distance,
            -self.people,
            self.indexes,
        )


def study_number(item: StudyResult, number: Number, *, whole: int) -> StudyNumber:
    """Return a result's number with the people and the time it is about.

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
    return StudyNumber(
        item.source,
        (item.index,),
        item.arms,
        number,
        float(people) if people is not None else number.n,
        treated,
        comparable_kind(result.endpoint, result.among, n, treated),
        result.among,
        item.time,
        result.reading or item.study.reading,
        complete=len(item.arms) == whole,
    )


def summed_arms(
    numbers: Sequence[StudyNumber], whole: tuple[str, ...]
) -> list[StudyNumber]:
    """Return counts of arms with the same therapy, added up where that is exact.

    Exact means: printed or derived counts, the same time (where none is stated, the
    same place of the source), the same kind of denominator, no arm twice, and together
    no more people than the study has.

    Parameters
    ----------
    numbers : sequence of StudyNumber
        Of one study and one endpoint.
    whole : tuple of str
        All arms of the study with the therapy.
    """
    singles = [
        item
        for item in numbers
        if len(item.arms) == 1
        and item.form != "effective"
        and (item.time or item.where)
    ]
    singles.sort(key=_same_time)
    sums = []
    for _, group in groupby(singles, key=_same_time):
        arms: dict[str, StudyNumber] = {}
        for item in sorted(group, key=lambda one: (one.form, one.indexes)):
            arms.setdefault(item.arms[0], item)
        if len(arms) > 1:
            total = _sum(list(arms.values()), whole)
            study = total.source.study
            known = study.population.with_condition or study.population.enrolled
            if known is None or total.n <= known:
                sums.append(total)
    return sums


def _same_time(item: StudyNumber) -> tuple[str, str]:
    """Return what must agree for arms to be added up."""
    return item.denominator, repr(item.time) if item.time else f"in {item.where}"


def _sum(parts: list[StudyNumber], whole: tuple[str, ...]) -> StudyNumber:
    """Add up the counts of several arms."""
    arms = tuple(part.arms[0] for part in parts)
    step = Step("arms", arms, tuple(x for part in parts for x in (part.events, part.n)))
    second_hand = [part for part in parts if part.reading not in PRIMARY_READINGS]
    return replace(
        parts[0],
        indexes=tuple(sorted({index for part in parts for index in part.indexes})),
        arms=arms,
        number=Number(
            sum(part.events for part in parts),
            sum(part.n for part in parts),
            "derived",
            (step,),
        ),
        people=sum(part.people for part in parts),
        treated=treated_people(parts[0].record, arms),
        reading=(second_hand or parts)[0].reading,
        complete=len(parts) == len(whole),
    )


def _together(texts: Iterable[str | None]) -> str | None:
    """Join different texts, leaving out empty ones."""
    known = dict.fromkeys(text for text in texts if text)
    return "; ".join(known) or None


def sources_of(endpoint: str) -> tuple[str, ...]:
    """Return the endpoints that can say something about another one.

    Parameters
    ----------
    endpoint : str
        What is asked for.
    """
    row = topic().endpoints[endpoint]
    opposite = (row.opposite,) if row.opposite else ()
    return (*opposite, *row.parts, *siblings_of(endpoint))


def derived_numbers(
    endpoint: str, usable: Callable[[str], list[StudyNumber]]
) -> list[StudyNumber]:
    """Return what a study says about an endpoint without printing it.

    Parameters
    ----------
    endpoint : str
        What is asked for.
    usable : callable
        Gives the study's own usable numbers for an endpoint, in one time band and
        scope.
    """
    row = topic().endpoints[endpoint]
    found: list[StudyNumber] = []
    if row.opposite:
        found += [_everyone_else(item, row.opposite) for item in usable(row.opposite)]
    if row.parts:
        one, other = row.parts
        found += [
            _combined(a, b, 1, (one, other))
            for a in usable(one)
            for b in usable(other)
            if _same_people(a, b) and a.events + b.events <= a.n
        ]
    if total_and_rest := siblings_of(endpoint):
        total, rest = total_and_rest
        found += [
            _combined(a, b, -1, (total, rest))
            for a in usable(total)
            for b in usable(rest)
            if _same_people(a, b) and a.events >= b.events
        ]
    return found


def _everyone_else(item: StudyNumber, other: str) -> StudyNumber:
    """Return the people who did not have the other endpoint."""
    number = item.number
    step = Step("everyone-but", (other,), (number.n, number.events))
    form = "derived" if number.form == "count" else number.form
    rest = number.n - number.events
    return replace(item, number=Number(rest, number.n, form, (step, *number.steps)))


def _same_people(a: StudyNumber, b: StudyNumber) -> bool:
    """Tell whether two counts are about the same people at the same stated time."""
    return (
        a.arms == b.arms
        and a.time is not None
        and a.time == b.time
        and a.among == b.among
        and a.n == b.n
        and "effective" not in (a.form, b.form)
    )


def _combined(
    a: StudyNumber, b: StudyNumber, sign: int, names: tuple[str, str]
) -> StudyNumber:
    """Add or subtract two counts of the same people."""
    step = Step("plus" if sign > 0 else "less", names, (a.events, b.events))
    steps = (step, *a.number.steps, *b.number.steps)
    return replace(
        a,
        indexes=tuple(sorted({*a.indexes, *b.indexes})),
        number=Number(a.events + sign * b.events, a.n, "derived", steps),
        reading=a.reading if a.reading == "secondary" else b.reading,
    )
