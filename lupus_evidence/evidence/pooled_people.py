"""Which people one pooled figure may hold: of one denominator, and nobody twice.

The largest set of studies that share nobody is an exact maximum-weight independent
set of the graph in which two studies are joined when they share people. It is found
by branching on the study with the most overlaps, one connected part of the graph at a
time, every part solved once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import DENOMINATORS, Among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lupus_evidence.evidence.selection import OverlapRule
    from lupus_evidence.records.study import Arm, Study


#: People who entered, could be judged or were still followed stand for those treated
#: while the numbers differ by no more than this share of those treated. Without
#: "followed" in this rule, 2 of 3 people treated would stand where 23 of 83 followed,
#: of 87 treated, are known.
NEARLY_TREATED = 0.10


#: A question about those who had responded, and its opposite.
RELAPSE = frozenset({"relapse", "no-relapse"})


def treated_people(study: Study, arms: Iterable[str]) -> int | None:
    """Return how many people with lupus were treated in these arms, if known.

    Parameters
    ----------
    study : Study
        The record.
    arms : iterable of str
        Names of its arms.
    """
    names = tuple(arms)
    counts = [_treated(study.arms[name]) for name in names]
    known = [count for count in counts if count is not None]
    if len(known) == len(counts):
        return sum(known)
    if any(study.arms[name].enrolled is not None for name in names):
        return None  # some who entered may not have been treated
    return study.population.with_condition if len(names) == len(study.arms) else None


def _treated(arm: Arm) -> int | None:
    """Return how many people with lupus were treated in one arm, if known."""
    if arm.n is None and arm.enrolled is not None:
        return None  # its people with lupus are those who entered
    return arm.n if arm.with_condition is None else arm.with_condition


def comparable_kind(
    endpoint: str, among: Among, n: float | None, treated: int | None
) -> Among:
    """Return the kind of denominator that a result counts as.

    People enrolled, evaluable or followed count as treated where their number is
    within 10 % of those treated. Survivors and an unnamed group count as treated only
    where they are exactly as many: then everyone treated is among them, whatever the
    source calls them. Responders stay responders for relapse, where that is the
    question asked.

    Parameters
    ----------
    endpoint : str
        What is counted.
    among : str
        The kind as recorded.
    n : float or None
        People in the denominator.
    treated : int or None
        People with lupus treated in the same arms.
    """
    if n is None or not treated or (among == "responders" and endpoint in RELAPSE):
        return among
    if DENOMINATORS[among].nearly_treated:
        near = abs(n - treated) <= NEARLY_TREATED * treated
        return "treated" if near else among
    return "treated" if n == treated else among


def preferred_kind(endpoint: str, offered: Iterable[Among]) -> Among | None:
    """Return the kind of denominator that a figure is pooled on.

    The first that any study offers, in the vocabulary's order. Relapse is a question
    about those who had responded, so it is asked among them first.

    Parameters
    ----------
    endpoint : str
        What is counted.
    offered : iterable of str
        The kinds that studies offer.
    """
    kinds = set(offered)
    if endpoint in RELAPSE and "responders" in kinds:
        return "responders"
    return next((kind for kind in DENOMINATORS if kind in kinds), None)


#: Follow-up is compared in tenths of a month, so that sums are exact.
_TENTHS = 10


@dataclass(frozen=True)
class Report:
    """What decides between studies that share people.

    Parameters
    ----------
    study : str
        Its id.
    weight : int
        What it adds: people in a figure's denominator, person-months of a curve.
    follow_up : float
        Months; 0 if unknown.
    year : int
        Of publication; 0 if unknown.
    """

    study: str
    weight: int
    follow_up: float = 0.0
    year: int = 0


def independent_reports(
    reports: Sequence[Report],
    shared: Collection[tuple[str, str]],
    rule: OverlapRule = "largest",
) -> tuple[str, ...]:
    """Return the studies to count so that nobody is counted twice.

    Parameters
    ----------
    reports : sequence of Report
        One for each study.
    shared : collection of (str, str)
        Pairs of ids that share people; the order within a pair does not matter.
    rule : {"largest", "latest", "keep-all"}
        The most people, or person-time, in all (ties: the longer follow-up, the later
        publication, then the id that comes first in the alphabet); or each time the
        latest report that shares nobody with those already taken; or every study.

    Returns
    -------
    tuple of str
        Ids in alphabetical order.
    """
    ordered = sorted(reports, key=lambda report: report.study)
    if rule == "keep-all":
        return tuple(report.study for report in ordered)
    graph = _Graph.build(ordered, shared)
    chosen = graph.latest() if rule == "latest" else graph.heaviest()
    return tuple(ordered[index].study for index in chosen)


@dataclass(frozen=True)
class _Graph:
    """Reports as bits of a mask, with the mask of each one's neighbours."""

    reports: tuple[Report, ...]
    neighbours: tuple[int, ...]

    @classmethod
    def build(
        cls, reports: Sequence[Report], shared: Collection[tuple[str, str]]
    ) -> _Graph:
        """Join the reports that share people."""
        place = {report.study: index for index, report in enumerate(reports)}
        masks = [0] * len(reports)
        for one, other in shared if len(reports) > 1 else ():
            if one in place and other in place and one != other:
                masks[place[one]] |= 1 << place[other]
                masks[place[other]] |= 1 << place[one]
        return cls(tuple(reports), tuple(masks))

    def weight(self, index: int) -> tuple[int, int, int, int]:
        """Return what a report adds: weight, follow-up, year, place in the order."""
        report = self.reports[index]
        # the last part is a different power of two for each, so no two sets tie
        place = 1 << (len(self.reports) - index)
        return report.weight, int(report.follow_up * _TENTHS), report.year, place

    def latest(self) -> list[int]:
        """Take reports from the latest back, skipping those that share people."""
        taken: list[int] = []
        blocked = 0
        order = sorted(
            range(len(self.reports)),
            key=lambda i: (-self.reports[i].year, -self.reports[i].weight, i),
        )
        for index in order:
            if not blocked >> index & 1:
                taken.append(index)
                blocked |= self.neighbours[index]
        return sorted(taken)

    def heaviest(self) -> list[int]:
        """Return the independent set with the greatest weight."""

        @cache
        def best(mask: int) -> tuple[tuple[int, int, int, int], int]:
            """Return weight and members of the heaviest set within one part."""
            degrees = {i: (self.neighbours[i] & mask).bit_count() for i in _bits(mask)}
            pivot = max(degrees, key=lambda i: (degrees[i], -i))
            if degrees[pivot] == 0:
                return self.weight(pivot), 1 << pivot
            without = together(mask & ~(1 << pivot))
            rest = together(mask & ~(1 << pivot) & ~self.neighbours[pivot])
            with_pivot = _added(rest, (self.weight(pivot), 1 << pivot))
            return max(without, with_pivot)

        def together(mask: int) -> tuple[tuple[int, int, int, int], int]:
            """Add up the heaviest sets of each connected part."""
            total = ((0, 0, 0, 0), 0)
            for part in self._parts(mask):
                total = _added(total, best(part))
            return total

        return list(_bits(together((1 << len(self.reports)) - 1)[1]))

    def _parts(self, mask: int) -> Iterator[int]:
        """Yield the connected parts of the graph within a mask."""
        while mask:
            part, frontier = 0, mask & -mask
            while frontier:
                part |= frontier
                reach = 0
                for index in _bits(frontier):
                    reach |= self.neighbours[index]
                frontier = reach & mask & ~part
            yield part
            mask &= ~part


def _bits(mask: int) -> Iterator[int]:
    """Yield the places of the ones in a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _added(
    a: tuple[tuple[int, int, int, int], int], b: tuple[tuple[int, int, int, int], int]
) -> tuple[tuple[int, int, int, int], int]:
    """Put two sets without common members together."""
    people, follow_up, year, place = (x + y for x, y in zip(a[0], b[0], strict=True))
    return (people, follow_up, year, place), a[1] | b[1]
