"""The number behind a result: the one answer that every part of the program uses.

A count is used as printed. A percentage of a stated number of people becomes a count
where it is one and exactly one count prints as that percentage. Any other estimate
enters through the count that carries the same information (`effective_count`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lupus_evidence.evidence.denominators import treated_people
from lupus_evidence.evidence.effective_counts import (
    EffectiveCount,
    ErrorSource,
    Flaw,
    effective_count,
)
from lupus_evidence.records.field_types import Reported, possible_counts
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.evidence.selection import AssumedError
    from lupus_evidence.records.study import Result, Study
    from lupus_evidence.stats.proportions import IntervalMethod


Form = Literal["count", "derived", "effective"]

#: Kinds of a survival percentage that is, or may be, read off a curve.
_ESTIMATED = ("kaplan-meier", "unstated")

Gap = Literal[
    "more-events-than-people",
    "nothing-counted",
    "no-events",
    "no-denominator",
    "curve-as-count",
    "impossible-count",
    "ambiguous-count",
    Flaw,
]


@dataclass(frozen=True)
class Missing:
    """Why a result has no number that can be used.

    Parameters
    ----------
    code : str
        Stable.
    percent : Reported or None
        The percentage that was printed.
    people : int or None
        People that it is out of.
    counts : int
        How many counts print as it.
    """

    code: Gap
    percent: Reported | None = None
    people: int | None = None
    counts: int = 0


@dataclass(frozen=True)
class Step:
    """One step from what is printed to a number.

    Parameters
    ----------
    code : str
        What was done: "implied" (the only count that prints as a percentage),
        "estimate" (an estimate as effective people), "everyone-but" (those without the
        other endpoint), "plus" and "less" (two endpoints), "arms" (added up).
    names : tuple of str
        Endpoints, or arms.
    numbers : tuple of float
        Their counts, in the same order; for arms events and people in turn.
    percent : Reported or None
        As printed.
    error : ErrorSource or None
        Where the standard error of an estimate came from.
    """

    code: Literal["implied", "estimate", "everyone-but", "plus", "less", "arms"]
    names: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    percent: Reported | None = None
    error: ErrorSource | None = None


@dataclass(frozen=True)
class Number:
    """A count, or an estimate as an effective count.

    Parameters
    ----------
    events, n : float
        People with the outcome, and people.
    form : {"count", "derived", "effective"}
        Printed as a count, worked out exactly, or an estimate's effective count.
    steps : tuple of Step
        How it came about, the last step first; none for a printed count.
    """

    events: float
    n: float
    form: Form = "count"
    steps: tuple[Step, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether it rests on an error that was assumed."""
        return any(step.error and step.error.code == "assumed" for step in self.steps)


@dataclass(frozen=True)
class Figure:
    """A result as a number, as far as it is one.

    Parameters
    ----------
    result : Result
        The record's result.
    number : Number or None
        What can be pooled.
    missing : Missing or None
        Why there is no such number.
    """

    result: Result
    number: Number | None
    missing: Missing | None = None

    @property
    def events(self) -> int | None:
        """People with the outcome, printed or implied; None for an estimate."""
        if self.number is not None and self.number.form == "effective":
            return None
        return self.result.events if self.number is None else int(self.number.events)

    @property
    def rate(self) -> float | None:
        """Proportion in 0-1, whether or not it can be pooled."""
        if self.number is not None and self.number.form != "effective":
            return self.number.events / self.number.n
        percent = self.result.percent
        return None if percent is None else percent.value / 100


@dataclass(frozen=True)
class RateInterval:
    """The interval of one result's rate.

    Parameters
    ----------
    low, high : float or None
        Proportions in 0-1.
    method : str
        How it was made; empty where there is none.
    """

    low: float | None = None
    high: float | None = None
    method: str = ""


def study_figure(
    study: Study, result: Result, assume: AssumedError = "middle"
) -> Figure:
    """Return the number behind a study's result, or why it has none.

    An estimate stands for no more people than were treated. A survival estimate
    printed without any error is worth as many people as its study's follow-up allows
    (`effective_counts`).

    Parameters
    ----------
    study : Study
        The record.
    result : Result
        One of its results.
    assume : {"middle", "everyone", "fewest", "none"}
        What a survival estimate without an error is worth: the middle of what
        follow-up allows, everyone, the fewest, or nothing.
    """
    arms = tuple(study.arms) if result.arm is None else (result.arm,)
    people = treated_people(study, [arm for arm in arms if arm in study.arms])
    found = figure_of(result, people)
    if found.missing is None or found.missing.code != "no-error":
        return found
    number = _assumed_number(study, result, result.n or people, assume)
    return found if number is None else Figure(result, number)


def _assumed_number(
    study: Study, result: Result, people: int | None, assume: AssumedError
) -> Number | None:
    """Return what a survival estimate without an error is taken to be worth."""
    at, percent, watched = result.at, result.percent, study.follow_up
    if assume == "none" or result.kind not in _ESTIMATED or not people:
        return None
    if watched is None or percent is None or at is None or not at.months:
        return None
    rate = percent.value / 100
    if not 0 < rate < 1 or topic().endpoints[result.endpoint].family != "survival":
        return None
    from lupus_evidence.evidence.effective_counts import assumed_effective_people

    fixed, longest = watched.fixed, watched.high.value if watched.high else None
    found = assumed_effective_people(
        people,
        rate,
        at.months,
        shortest=watched.low.value if watched.low else fixed,
        median=watched.median.value if watched.median else None,
        longest=next((x for x in (longest, fixed, watched.longest) if x), None),
    )
    if found.lower is None or found.middle is None:
        return None
    worth = {"middle": found.middle, "fewest": found.lower, "everyone": found.upper}
    size = worth[assume]
    error = ErrorSource("assumed", people=(found.lower, found.upper))
    step = Step("estimate", percent=percent, error=error)
    return Number(rate * size, size, "effective", (step,))


def figure_of(result: Result, people: int | None = None) -> Figure:
    """Return the number behind a result, or why it has none.

    Parameters
    ----------
    result : Result
        The record's result.
    people : int or None
        People it is about, where the result does not say: an estimate never stands
        for more.
    """
    found = _number(result, people)
    if isinstance(found, Missing):
        return Figure(result, None, found)
    return Figure(result, found)


def rate_interval(
    figure: Figure, method: IntervalMethod = "wilson", level: float = 0.95
) -> RateInterval:
    """Return the interval of one result's rate.

    A count gets a binomial interval. An estimate keeps its printed interval; one with
    only a standard error gets the binomial interval of its effective count.

    Parameters
    ----------
    figure : Figure
        The result's number.
    method : {"wilson", "exact", "jeffreys"}
        Binomial interval.
    level : float
        Confidence level in 0-1.
    """
    from lupus_evidence.stats.proportions import interval

    number = figure.number
    estimated = number is None or number.form == "effective"
    if estimated and figure.rate is not None and figure.result.ci is not None:
        low, high = (min(max(end.value / 100, 0), 1) for end in figure.result.ci)
        return RateInterval(low, high, "as printed")
    if number is None:
        return RateInterval()
    low, high = interval(number.events, number.n, method=method, level=level)
    how: str = method
    if number.assumed:
        how = f"{method} on effective people, error assumed"
    elif estimated:
        how = f"{method} on effective people"
    return RateInterval(low, high, how)


def _number(result: Result, people: int | None) -> Number | Missing:
    """Return the count or effective count behind a result, or why it has none."""
    n, percent = result.n, result.percent
    counted = result.kind in ("count", "unstated")
    if counted and result.events is not None and n:
        if result.events > n:
            return Missing("more-events-than-people", people=n)
        return Number(float(result.events), float(n))
    if percent is None:
        return _what_is_missing(result)
    if result.kind == "count" and n:
        implied = _implied_count(percent, n)
        certain = result.se is not None or result.ci is not None
        if isinstance(implied, Number) or not certain:
            return implied
    found = effective_count(
        percent,
        se=result.se,
        ci=result.ci,
        level=result.level / 100,
        people=n or people,
    )
    if not isinstance(found, EffectiveCount):
        return Missing(found, percent)
    step = Step("estimate", percent=percent, error=found.error)
    return Number(found.events, found.n, "effective", (step,))


def _implied_count(percent: Reported, n: int) -> Number | Missing:
    """Return the only count that prints as a percentage, or why there is not one."""
    fits = possible_counts(percent, n)
    if not fits:
        return Missing("impossible-count", percent, n)
    if len(fits) > 1:
        return Missing("ambiguous-count", percent, n, len(fits))
    step = Step("implied", numbers=(float(n),), percent=percent)
    return Number(float(fits[0]), float(n), "derived", (step,))


def _what_is_missing(result: Result) -> Missing:
    """Say which part of a count is not there."""
    if result.events is None and not result.n:
        return Missing("nothing-counted")
    if result.events is None:
        return Missing("no-events", people=result.n)
    if not result.n:
        return Missing("no-denominator")
    return Missing("curve-as-count", people=result.n)
