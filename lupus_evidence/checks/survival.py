"""Survival figures at one time against deaths and against other times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from lupus_evidence.checks.percentages import plain_count
from lupus_evidence.checks.rules import Finding, Verdict, check, months, share
from lupus_evidence.evidence.result_numbers import figure_of
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.records.study import Result, Study, Time


#: Denominators that everybody who died is in.
_EVERYBODY = ("enrolled", "treated", "evaluable", "unstated")

#: Bases of a time up to which everybody was counted, not a middle of follow-up.
_FIXED = ("visit", "kaplan-meier", "longest")


def _horizon(at: Time | None) -> float | None:
    """Return the month up to which events were counted, if the record says."""
    if at is None:
        return None
    if at.high is not None:
        return at.high
    return at.months if at.basis in _FIXED else None


def _plain_alive(result: Result, study: Study) -> int | None:
    """Return how many were alive, where a survival percentage is a plain share."""
    counted = figure_of(result).events
    return plain_count(result, study) if counted is None else counted


def _group(result: Result) -> tuple[object, ...]:
    """Return what results on the same people have in common."""
    return result.arm, result.subgroup, result.condition_specific, result.n


class _Tally:
    """Deaths in one group of people, by the month up to which they were counted.

    A survival percentage is held against the most deaths of any count that ends by
    its time, and the fewest of any that ends at its time or later: if it agrees with
    those, it agrees with all.
    """

    def __init__(self, deaths: list[Result]) -> None:
        counted = sorted(
            (until, result.events)
            for result in deaths
            if result.events is not None and (until := _horizon(result.at)) is not None
        )
        self._ends = [until for until, _ in counted]
        self._most = list(accumulate((dead for _, dead in counted), max))
        self._fewest = list(accumulate(reversed(counted), _fewer))[::-1]

    def contradictions(self, alive: Result, study: Study) -> Iterator[str]:
        """Say how a survival percentage and these deaths exclude each other."""
        when, n = _horizon(alive.at), alive.n
        if alive.percent is None or when is None or not n:
            return
        before = bisect_right(self._ends, when)
        if before:
            dead = self._most[before - 1]
            if alive.percent.window[0] > 100 * (n - dead) / n:
                yield (
                    f"{alive.percent} % alive at {months(when)}, but {dead} of {n} had "
                    f"died by then: at most {share(n - dead, n)}"
                )
                return
        after = bisect_left(self._ends, when)
        count = _plain_alive(alive, study) if after < len(self._ends) else None
        if count is not None:
            until, dead = self._fewest[after]
            if n - count > dead:
                yield (
                    f"{alive.percent} % of {n} is {count} alive at {months(when)}, so "
                    f"{n - count} had died, but {dead} deaths are counted up to "
                    f"{months(until)}"
                )


def _fewer(one: tuple[float, int], two: tuple[float, int]) -> tuple[float, int]:
    """Return the count, by month and deaths, with fewer deaths."""
    return one if one[1] < two[1] else two


@check("W215", "study")
def survival_against_deaths(study: Study) -> Verdict:
    """A survival percentage that the deaths contradict.

    What it checks
    --------------
    A survival percentage is no higher than the deaths counted by that time allow: a
    Kaplan-Meier estimate is never above the share of people not known to have died.
    Where the percentage is a plain count, or a Kaplan-Meier figure that equals one
    (W211), the deaths it implies are no more than those counted up to a later time.

    Why it matters
    --------------
    Survival is what is asked first, and a death is missing from one of the figures.

    Example
    -------
        - {endpoint: overall-survival, at: {months: 84, basis: kaplan-meier}, n: 17,
           percent: "82.4", se: "9.2", kind: kaplan-meier}
        - {endpoint: death, at: {months: 89, basis: median-follow-up, high: 110},
           events: 2, n: 17}

    82.4 % of 17 is 14 alive and 3 dead; the paper describes two deaths.

    Source
    ------
    Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am
    Stat Assoc 1958;53:457-81. doi 10.1080/01621459.1958.10501452.
    Song 2011 prints this.
    """
    survival = [
        (index, result)
        for index, result in enumerate(study.results)
        if result.endpoint == "overall-survival" and result.percent is not None
    ]
    deaths: dict[tuple[object, ...], list[Result]] = {}
    for result in study.results:
        if result.endpoint == "death" and result.among in _EVERYBODY:
            deaths.setdefault(_group(result), []).append(result)
    tallies = {group: _Tally(counted) for group, counted in deaths.items()}
    found = []
    for index, alive in survival:
        tally = tallies.get(_group(alive))
        for message in tally.contradictions(alive, study) if tally else ():
            path = ("results", index, "percent")
            hint = "see whether a death is missing, or a denominator differs"
            found.append(Finding(path, message, hint))
    return found if survival and deaths else None


@check("E223", "study")
def survival_rises(study: Study) -> Verdict:
    """A survival curve that rises.

    What it checks
    --------------
    Kaplan-Meier survival of one group is at a later time no higher than before.

    Why it matters
    --------------
    Nobody returns from death: the figures are of different people, or swapped.

    Example
    -------
        - {endpoint: overall-survival, at: {months: 12, basis: kaplan-meier},
           percent: "84", kind: kaplan-meier}
        - {endpoint: overall-survival, at: {months: 60, basis: kaplan-meier},
           percent: "90", kind: kaplan-meier}

    Source
    ------
    Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am
    Stat Assoc 1958;53:457-81. doi 10.1080/01621459.1958.10501452.
    """
    curves: dict[tuple[object, ...], list[tuple[float, int, Result]]] = {}
    for index, result in enumerate(study.results):
        if (
            result.kind == "kaplan-meier"
            and topic().endpoints[result.endpoint].family == "survival"
            and result.percent is not None
            and result.at is not None
            and result.at.months is not None
        ):
            key = (
                result.endpoint,
                result.arm,
                result.subgroup,
                result.condition_specific,
                result.definition,
            )
            curves.setdefault(key, []).append((result.at.months, index, result))
    found = []
    for points in curves.values():
        points.sort()
        for (before, _, first), (after, index, second) in pairwise(points):
            if first.percent is None or second.percent is None:
                continue
            if second.percent.window[0] > first.percent.window[1]:
                message = (
                    f"{first.percent} % at {months(before)}, then "
                    f"{second.percent} % at {months(after)}"
                )
                path = ("results", index, "percent")
                found.append(Finding(path, message, "survival cannot rise"))
    return found if curves else None
