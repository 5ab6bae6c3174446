"""What each study says of survival over time, and which studies enter one curve.

Counts at a time that is the same for everybody and estimates read off a curve are
points; deaths over a mean follow-up are deaths over person-time, and over a median one
nearly so; deaths by day 100 and deaths related to treatment are early ones. What one
study says of the same people is one history, in which nobody dies twice. Studies that
share people are settled once for the whole curve, by person-time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from lupus_evidence.evidence.overlapping_studies import Report, independent_reports
from lupus_evidence.evidence.rate_selection import (
    Question,
    follow_up_months,
    overlapping,
    study_numbers,
)
from lupus_evidence.evidence.selection import (
    Excluded,
    Particulars,
    Reason,
    SelectionRules,
    counted,
)
from lupus_evidence.stats.deaths import (
    EARLY_ENDS,
    AliveAt,
    DeathsOver,
    deaths_over,
    stretches,
)
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Study
    from lupus_evidence.stats.deaths import Observation


ReportKind = Literal[
    "counted", "estimated", "mean-follow-up", "median-follow-up", "early-deaths"
]
#: What a curve is made of.
ALIVE, DEAD, EARLY_DEATHS = "overall-survival", "death", "treatment-related-mortality"
#: Denominators that those who died may not be in, or that only some could enter.
_NOT_EVERYBODY = ("survivors", "responders", "followed")
#: Survival at two times that rises by less than this does not rise but for rounding.
_LEVEL = 1e-9


@dataclass(frozen=True)
class SurvivalReport:
    """One thing that a study says of deaths.

    Parameters
    ----------
    number : StudyNumber
        People alive, or people dead early.
    kind : str
        How it speaks about time.
    months : float
        After treatment; the mean or median where follow-up ended sooner for some.
    """

    number: StudyNumber
    kind: ReportKind
    months: float

    @property
    def alive(self) -> float:
        """Proportion alive in 0-1."""
        early = self.kind == "early-deaths"
        return 1 - self.number.rate if early else self.number.rate


@dataclass(frozen=True)
class StudySurvival:
    """One study's history: what it says of the same people, in order of time.

    Parameters
    ----------
    source : StudyFile
        The record.
    reports : tuple of SurvivalReport
        What it says.
    observations : tuple of DeathsBetween or DeathsOver
        The same, as the model hears it.
    person_months : float
        How long its people were watched, all together.
    """

    source: StudyFile = field(repr=False)
    reports: tuple[SurvivalReport, ...]
    observations: tuple[Observation, ...]
    person_months: float

    @property
    def record(self) -> Study:
        """The record."""
        return self.source.study

    @property
    def study(self) -> str:
        """The record's id."""
        return self.source.study.id

    @property
    def last(self) -> SurvivalReport:
        """What it says of the latest time."""
        return self.reports[-1]

    @property
    def until(self) -> float:
        """Months about which it says anything; the mean or median of a follow-up."""
        return self.last.months

    @property
    def people(self) -> float:
        """How many people it is about."""
        return self.last.number.people

    @property
    def alive_at_end(self) -> float:
        """How many of them are alive at the latest time."""
        return self.people * self.last.alive

    @property
    def assumed(self) -> bool:
        """Whether any of it rests on an error that was assumed."""
        return any(report.number.assumed for report in self.reports)

    @property
    def approximate(self) -> bool:
        """Whether a median stands for a mean."""
        return any(report.kind == "median-follow-up" for report in self.reports)


@dataclass(frozen=True)
class SurvivalSelection:
    """The studies of one therapy's curve.

    Parameters
    ----------
    therapy : str
        Narrower therapies are included.
    included : tuple of StudySurvival
        In order of study id; nobody is in two of them.
    overlapping : tuple of StudySurvival
        Studies that say something too and share people with those.
    excluded : tuple of Excluded
        Every other result about deaths, with its reason.
    unreported : int
        People of registered studies of the therapy without a result.
    """

    therapy: str
    included: tuple[StudySurvival, ...]
    overlapping: tuple[StudySurvival, ...]
    excluded: tuple[Excluded, ...]
    unreported: int

    @property
    def people(self) -> int:
        """How many people the curve is about, all studies together."""
        return int(sum(item.people for item in self.included))

    def reaching(self, months: float) -> tuple[StudySurvival, ...]:
        """Return the studies that say something about a time."""
        return tuple(item for item in self.included if item.until >= months)

    def watched(self, months: float) -> float:
        """Return how many people are alive in the studies that reach a time."""
        return sum(item.alive_at_end for item in self.reaching(months))


def survival_over_time(
    evidence: TherapyEvidence, rules: SelectionRules | None = None
) -> SurvivalSelection:
    """Choose what enters a therapy's curve.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about the therapy.
    rules : SelectionRules, optional
        What a person changed about the choice.
    """
    given = rules or SelectionRules()
    histories: dict[str, StudySurvival] = {}
    excluded: list[Excluded] = []
    for source in evidence.sources:
        history, left_out = study_survival(evidence, source, given)
        if history is not None:
            histories[history.study] = history
        excluded += left_out
    kept = independent_reports(
        [_report(item) for item in histories.values()],
        evidence.overlaps.keys(),
        given.overlap,
    )
    out = [item for study, item in histories.items() if study not in kept]
    excluded += [overlapping(item.last.number, kept, evidence.overlaps) for item in out]
    return SurvivalSelection(
        evidence.therapy,
        tuple(histories[study] for study in kept),
        tuple(out),
        tuple(sorted(excluded, key=lambda item: (item.study, item.index))),
        evidence.unreported,
    )


def study_survival(
    evidence: TherapyEvidence, source: StudyFile, rules: SelectionRules
) -> tuple[StudySurvival | None, list[Excluded]]:
    """Return what one study says of survival over time, and what it must leave out.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about the therapy.
    source : StudyFile
        The record.
    rules : SelectionRules
        What a person changed about the choice.
    """
    reports: list[SurvivalReport] = []
    question = Question(evidence, ALIVE, topic().whole, None, rules)
    # counts of deaths are offered as people alive; those refused are not
    out = {item.index: item for item in question.usable(source, DEAD)[1]}
    early = EARLY_DEATHS in topic().endpoints
    for endpoint in (ALIVE, EARLY_DEATHS)[: 1 + early]:
        offered = study_numbers(replace(question, endpoint=endpoint), source)
        out |= {item.index: item for item in offered.refused}
        for number in offered.numbers:
            report = _report_of(number)
            if isinstance(report, SurvivalReport):
                reports.append(report)
            else:
                for index in number.indexes:
                    out.setdefault(index, _left_out(source, index, *report))
    history = max(
        filter(None, map(_history, _same_people(reports))), key=_order, default=None
    )
    if history is None:
        return None, list(out.values())
    instead = Particulars(instead=counted(history.last.number))
    for report in reports:
        for index in report.number.indexes:
            out.setdefault(index, _left_out(source, index, Reason.SAME_STUDY, instead))
    used = {index for one in history.reports for index in one.number.indexes}
    return history, [item for index, item in out.items() if index not in used]


def _left_out(
    source: StudyFile, index: int, reason: Reason, about: Particulars
) -> Excluded:
    """Leave a result out."""
    return Excluded(source.study.id, index, reason, about, source)


def _report_of(number: StudyNumber) -> SurvivalReport | tuple[Reason, Particulars]:
    """Return what a number says about time, or why that is nothing."""
    here = Particulars(here=counted(number), wanted="treated")
    if number.denominator in _NOT_EVERYBODY:
        return Reason.DENOMINATOR, here
    if number.results[0].endpoint == EARLY_DEATHS:
        return _early(number, here)
    if number.months is None or number.months <= 0:
        return Reason.NO_TIME, here
    estimate = number.form == "effective"
    match number.basis:
        case "visit" | "kaplan-meier":
            kind: ReportKind = "estimated" if estimate else "counted"
        case "mean-follow-up" | "median-follow-up" as basis if not estimate:
            kind = basis
        case _:
            return Reason.VARYING_FOLLOW_UP, here
    return SurvivalReport(number, kind, number.months)


def _early(
    number: StudyNumber, here: Particulars
) -> SurvivalReport | tuple[Reason, Particulars]:
    """Return deaths related to treatment as early ones, unless they need not be.

    They are early by their nature wherever no later time is printed as the one up to
    which they were counted.
    """
    months = number.months or EARLY_ENDS
    fixed = number.basis in ("visit", "kaplan-meier")
    if fixed and months > EARLY_ENDS:
        return Reason.NOT_EARLY, here
    return SurvivalReport(number, "early-deaths", min(months, EARLY_ENDS))


def _same_people(reports: Iterable[SurvivalReport]) -> list[list[SurvivalReport]]:
    """Group reports about the same arms with one kind of denominator."""
    groups: dict[tuple[object, ...], list[SurvivalReport]] = {}
    for report in reports:
        key = report.number.arms, report.number.denominator
        groups.setdefault(key, []).append(report)
    return list(groups.values())


def _order(history: StudySurvival) -> tuple[object, ...]:
    """Return what makes one history of a study better than another."""
    number = history.last.number
    deaths = any(report.kind != "early-deaths" for report in history.reports)
    return number.complete, deaths, history.person_months


def _history(reports: Sequence[SurvivalReport]) -> StudySurvival | None:
    """Put together what one group of people is said to have lived through.

    Points with a known error and what follows them over a mean come first, then all
    points with what follows them over a median, then points alone: an error that is
    assumed is weaker than a mean, and stronger than a median. Early deaths are added
    where no point lies as early.
    """
    best = sorted(reports, key=lambda one: (one.months, one.number.rank(None)))
    points = _one_a_time(one for one in best if one.kind in ("counted", "estimated"))
    known = [one for one in points if not one.number.assumed]
    early = [one for one in best if one.kind == "early-deaths"]
    for kind, before in (("mean-follow-up", known), ("median-follow-up", points)):
        course = _course(early, before)
        for over in [one for one in best if one.kind == kind][-1:]:
            tail = _tail(course, over)
            if tail is not None:
                return _studied([*course, over], tail)
    course = _course(early, points)
    return _studied(course) if course else None


def _course(
    early: Sequence[SurvivalReport], points: Sequence[SurvivalReport]
) -> list[SurvivalReport]:
    """Return points with early deaths before them where none of them is as early."""
    if all(one.months > EARLY_ENDS for one in points):
        points = [*early[:1], *points]
    return _falling(points)


def _one_a_time(points: Iterable[SurvivalReport]) -> list[SurvivalReport]:
    """Return the best of the points at each time, in order of time."""
    found: dict[float, SurvivalReport] = {}
    for point in points:
        found.setdefault(point.months, point)
    return list(found.values())


def _falling(points: Sequence[SurvivalReport]) -> list[SurvivalReport]:
    """Return points without those after which more would be alive: later ones stay."""
    found: list[SurvivalReport] = []
    for point in points:
        while found and point.alive > found[-1].alive + _LEVEL:
            found.pop()
        found.append(point)
    return found


def _alive_at(points: Sequence[SurvivalReport]) -> list[AliveAt]:
    """Return points as the model hears them; rounding never makes survival rise."""
    found: list[AliveAt] = []
    for point in points:
        most = found[-1].alive if found else 1.0
        found.append(AliveAt(point.months, min(point.alive, most), point.number.n))
    return found


def _tail(points: Sequence[SurvivalReport], over: SurvivalReport) -> DeathsOver | None:
    """Return deaths over follow-up that points do not hold; None where that is none.

    People are taken to have been watched for the mean; what they lived through up to
    the last point is taken off.
    """
    n, deaths = over.number.n, over.number.n - over.number.events
    if not points:
        return deaths_over(deaths, n, over.months)
    last = points[-1]
    estimated = any(one.number.form == "effective" for one in points)
    if estimated or last.months >= over.months:
        return None
    course = [AliveAt(0.0, 1.0, n), *_alive_at(points)]
    lived = sum(
        n * (one.alive + two.alive) / 2 * (two.months - one.months)
        for one, two in pairwise(course)
    )
    rest, left = n * over.months - lived, deaths - n * (1 - last.alive)
    if left < -_LEVEL:
        return None
    early = min(rest, n * last.alive * max(0.0, EARLY_ENDS - last.months))
    return DeathsOver(max(left, 0.0), early, rest - early)


def _studied(
    reports: Sequence[SurvivalReport], tail: DeathsOver | None = None
) -> StudySurvival:
    """Return a history with how long its people were watched."""
    last = reports[-1]
    points = _alive_at(reports if tail is None else reports[:-1])
    observations: list[Observation] = [*stretches(points)]
    observations += [] if tail is None else [tail]
    months = last.months
    followed = follow_up_months(last.number.record)
    if last.kind == "estimated" and followed:
        months = min(months, followed)
    return StudySurvival(
        last.number.source,
        tuple(reports),
        tuple(observations),
        last.number.people * months,
    )


def _report(item: StudySurvival) -> Report:
    """Return what decides between a study and those that share its people."""
    number = item.last.number
    months = follow_up_months(number.record)
    return Report(item.study, int(item.person_months), months, number.year or 0)
