"""Overlap families as a timeline: when the people of each study entered."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from lupus_evidence.text import number, plural

if TYPE_CHECKING:
    from lupus_evidence.report.page import Member, OverlapFamily, Report

#: Width of the time axis in the picture's own units.
AXIS = 300.0
#: Years between two ticks of the axis.
STEP = 5


@dataclass(frozen=True)
class Tick:
    """A year on the axis.

    Parameters
    ----------
    x, year : str
        Its place, and the year.
    """

    x: str
    year: str


@dataclass(frozen=True)
class MemberView:
    """One study of a family.

    Parameters
    ----------
    id, people, entered : str
        Its name, people with lupus, when they entered.
    counted : bool
        Whether any of its results is in a figure.
    start, width : str
        The bar of entry; empty where not stated.
    open_end : bool
        Whether the end of entry is not stated, so that the bar runs to publication.
    published : str
        Place of its publication; empty if it has none.
    year : str
        Year of publication.
    shares : tuple of (str, str)
        Studies it shares people with, each with the certainty.
    """

    id: str
    people: str
    entered: str
    counted: bool
    start: str
    width: str
    open_end: bool
    published: str
    year: str
    shares: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FamilyView:
    """One family.

    Parameters
    ----------
    name, size : str
        Its centre, and how many studies.
    members : tuple of MemberView
        In order of entry or publication.
    """

    name: str
    size: str
    members: tuple[MemberView, ...]


@dataclass(frozen=True)
class TimelineView:
    """All families on one axis.

    Parameters
    ----------
    ticks : tuple of Tick
        The years.
    families : tuple of FamilyView
        The largest first.
    """

    ticks: tuple[Tick, ...]
    families: tuple[FamilyView, ...]


@dataclass(frozen=True)
class _Axis:
    """Years across the picture."""

    first: int
    last: int

    def place(self, year: float) -> float:
        """Return the place of a point in time."""
        return (year - self.first) / (self.last - self.first) * AXIS


def timeline_view(report: Report) -> TimelineView:
    """Return the timeline of all families.

    Parameters
    ----------
    report : Report
        The report.
    """
    times = [
        time
        for family in report.families
        for member in family.members
        for time in (member.start, member.end, member.study.citation.year)
        if time is not None
    ]
    if not times:
        return TimelineView((), ())
    axis = _Axis(floor(min(times) / STEP) * STEP, ceil((max(times) + 1) / STEP) * STEP)
    ticks = tuple(
        Tick(number(axis.place(year)), str(year))
        for year in range(axis.first, axis.last + 1, STEP)
    )
    return TimelineView(
        ticks, tuple(_family(family, axis) for family in report.families)
    )


def _family(family: OverlapFamily, axis: _Axis) -> FamilyView:
    """Return one family."""
    return FamilyView(
        family.name,
        plural(len(family.members), "study", "studies"),
        tuple(_member(member, axis) for member in family.members),
    )


def _member(member: Member, axis: _Axis) -> MemberView:
    """Return one study of a family."""
    study = member.study
    year = study.citation.year
    # a report of a year can come out at any time in it: the middle stands for it
    out = axis.place(year + 0.5) if year is not None else None
    start = width = ""
    if member.start is not None:
        left = axis.place(member.start)
        ends = out if out is not None else left
        right = axis.place(member.end) if member.end is not None else ends
        start, width = number(left), number(max(right - left, 2.0))
    span = study.setting.recruitment
    entered = "not stated"
    if span is not None and (span.start or span.end):
        entered = f"{span.start or '?'} to {span.end or '?'}"
    return MemberView(
        study.id,
        "" if study.population.lupus is None else str(study.population.lupus),
        entered,
        member.counted,
        start,
        width,
        member.start is not None and member.end is None,
        "" if out is None else number(out),
        "" if year is None else str(year),
        member.shares,
    )
