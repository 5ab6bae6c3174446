"""A picture of survival over time, before anything is drawn.

One curve for each therapy with what its studies say themselves; every writer draws the
same picture: in characters, as a figure for a journal, in a page.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal

from lupus_evidence.documents.text import number

if TYPE_CHECKING:
    from lupus_evidence.documents.values import People, Rate


#: How a study's own point came about: people counted at a time that was the same for
#: everybody, an estimate read off its curve, people counted over follow-up that ended
#: sooner for some, or early deaths alone.
PointKind = Literal["counted", "estimated", "over-follow-up", "early-deaths"]

#: What the parts of a picture are, in the words that stand beside them.
CURVE, BAND, NEW = "a typical centre", "95 % interval", "where a new centre would lie"
HOLLOW = "its people are in another study"

#: Years that may have a mark on the axis of time, and months where it is short.
_YEARS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30)
_MONTHS = (0, 3, 6, 12, 18, 24)
#: An axis up to here is marked in months.
_SHORT = 24.0
#: An upright axis may begin here where nothing lies below.
_HALF = 0.5


@dataclass(frozen=True)
class CurvePoint:
    """Survival at one time.

    Parameters
    ----------
    months : float
        After treatment.
    alive : float
        Median of a typical centre, proportion in 0-1.
    low, high : float
        Its interval.
    new_low, new_high : float
        Where a new centre would lie.
    """

    months: float
    alive: float
    low: float
    high: float
    new_low: float
    new_high: float


@dataclass(frozen=True)
class StudyPoint:
    """What one study says of survival at one time.

    Parameters
    ----------
    study, label : str
        Its id, and what it is called: "Jayne 2004".
    months : float
        After treatment; the mean or median where follow-up ended sooner for some.
    alive : float
        Proportion in 0-1.
    kind : {"counted", "estimated", "over-follow-up", "early-deaths"}
        How it came about.
    people : float
        How many people it is about; the area of what is drawn grows with it.
    pooled : bool
        Whether the study is in the curve; its people are in another study's else.
    """

    study: str
    label: str
    months: float
    alive: float
    kind: PointKind
    people: float
    pooled: bool = True


@dataclass(frozen=True)
class CurveRow:
    """One row of the table below the picture.

    Parameters
    ----------
    months : float
        After treatment.
    alive : Rate or None
        Of a typical centre, with its interval; None beyond the curve's end.
    new_low, new_high : float or None
        Where a new centre would lie, proportions in 0-1.
    people : float
        People alive in the studies that reach this time.
    studies : int
        How many studies reach it.
    single : People or None
        Where one study alone reaches it: its own count or percentage.
    """

    months: float
    alive: Rate | None
    new_low: float | None
    new_high: float | None
    people: float
    studies: int
    single: People | None = None


@dataclass(frozen=True)
class DrawnCurve:
    """One therapy's curve.

    Parameters
    ----------
    therapy, name, short : str
        Which one, as typed, in full, and in few words.
    colour : int
        Number of its colour, from 0, in `vocabulary.colours`.
    points : tuple of CurvePoint
        Increasing times from 0 to where the curve ends; empty where nothing is drawn.
    studies : tuple of StudyPoint
        What its studies say themselves.
    rows : tuple of CurveRow
        The table.
    why_none : str
        Why no curve is drawn; empty where one is.
    """

    therapy: str
    name: str
    short: str
    colour: int
    points: tuple[CurvePoint, ...]
    studies: tuple[StudyPoint, ...]
    rows: tuple[CurveRow, ...]
    why_none: str = ""

    @property
    def end(self) -> CurvePoint | None:
        """Where it ends; None where nothing is drawn."""
        return self.points[-1] if self.points else None

    def at(self, months: float) -> CurvePoint | None:
        """Return survival at a time, on a straight line between two points.

        Parameters
        ----------
        months : float
            After treatment.

        Returns
        -------
        CurvePoint or None
            None before the curve's start and beyond its end.
        """
        times = [point.months for point in self.points]
        if not times or not times[0] <= months <= times[-1]:
            return None
        place = bisect_left(times, months)
        after = self.points[place]
        if after.months == months:
            return after
        before = self.points[place - 1]
        share = (months - before.months) / (after.months - before.months)

        def between(one: float, other: float) -> float:
            return one + share * (other - one)

        return CurvePoint(
            months,
            between(before.alive, after.alive),
            between(before.low, after.low),
            between(before.high, after.high),
            between(before.new_low, after.new_low),
            between(before.new_high, after.new_high),
        )


@dataclass(frozen=True)
class CurvePlot:
    """A picture of one curve or several on the same axes.

    Parameters
    ----------
    title : str
        What it shows.
    curves : tuple of DrawnCurve
        One for each therapy, in the order asked.
    measured : str
        Name of the upright axis: "Alive, of 100 people".
    caption : str
        What a reader must know before comparing: different studies, different people.
    legend : tuple of (PointKind, str)
        Kinds of studies' own points that occur, each with its meaning.
    notes : tuple of str
        What else to mind.
    footer : str
        The most needed of it, short enough to stand in a figure.
    receipt : str
        What it rests on, in one line.
    """

    title: str
    curves: tuple[DrawnCurve, ...]
    measured: str
    caption: str
    legend: tuple[tuple[PointKind, str], ...]
    notes: tuple[str, ...] = ()
    footer: str = ""
    receipt: str = ""

    @property
    def last(self) -> float:
        """Months at which the axis ends: a whole number of years."""
        times = [
            *(point.months for curve in self.curves for point in curve.points),
            *(point.months for curve in self.curves for point in curve.studies),
        ]
        return 12.0 * max(1, ceil(max(times, default=12.0) / 12))

    @property
    def in_months(self) -> bool:
        """Whether the axis of time is so short that it is marked in months."""
        return self.last <= _SHORT

    @property
    def time(self) -> str:
        """Name of the axis of time."""
        return f"{'months' if self.in_months else 'years'} after treatment"

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Months that may have a mark on the axis of time, with what stands there."""
        unit = 1.0 if self.in_months else 12.0
        marks = _MONTHS if self.in_months else _YEARS
        return tuple(
            (mark * unit, number(mark)) for mark in marks if mark * unit <= self.last
        )

    @property
    def floor(self) -> float:
        """Where an upright axis may begin, 0 or 0.5, so that nothing lies below it.

        A picture whose axis does not begin at 0 has to say so.
        """
        shares = [
            *(point.low for curve in self.curves for point in curve.points),
            *(point.alive for curve in self.curves for point in curve.studies),
        ]
        return _HALF if shares and min(shares) > _HALF else 0.0

    @property
    def has_hollow(self) -> bool:
        """Whether a study is drawn whose people are in another study."""
        return any(not one.pooled for curve in self.curves for one in curve.studies)
