"""What is written at curves of survival: in which words, and which of it has room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.documents.curve import HOLLOW
from lupus_evidence.documents.text import (
    between,
    capital,
    cell,
    number,
    people,
    percent,
    rounded,
    time_span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.documents.curve import (
        CurvePlot,
        CurveRow,
        DrawnCurve,
        StudyPoint,
    )
    from lupus_evidence.documents.values import Rate


#: Months that people ask for first; others have a mark only where these leave room.
FIRST = (0.0, 60.0, 12.0, 36.0, 120.0, 24.0, 6.0)

#: Where a text begins and ends.
Extent = tuple[float, float]


def fitting(
    places: Mapping[float, Sequence[Extent | None]], gap: float
) -> tuple[float, ...]:
    """Return the times whose texts do not touch each other, the earliest first.

    Parameters
    ----------
    places : mapping of float to sequence
        Months with the extent of a text in each line; None where there is none.
    gap : float
        What has to be free between two texts.
    """
    wanted = sorted(places, key=lambda one: (one not in FIRST, _weight(one), one))
    kept: list[float] = []
    for months in wanted:
        touched = any(
            one and other and one[0] < other[1] + gap and other[0] < one[1] + gap
            for before in kept
            for one, other in zip(places[months], places[before], strict=True)
        )
        if not touched:
            kept.append(months)
    return tuple(sorted(kept))


def _weight(months: float) -> int:
    """Return how early a time is asked for."""
    return FIRST.index(months) if months in FIRST else len(FIRST)


def label_places(plot: CurvePlot, wide: float, tall: float) -> dict[str, float]:
    """Return where the label of each curve's end stands, a proportion, by therapy.

    It stands at its curve's end, or as near to it as hides no other curve and no study;
    nor where a new centre would lie, if there is such a place.

    Parameters
    ----------
    plot : CurvePlot
        The picture.
    wide, tall : float
        Size of a label, in months and as a share of the upright axis.
    """
    places: dict[str, float] = {}
    boxes: list[tuple[float, float]] = []
    for curve in plot.curves:
        end = curve.end
        if end is None:
            continue
        steps = sorted((step * tall / 4 for step in range(-12, 13)), key=abs)
        free = (
            place
            for ranges in (True, False)
            for place in (end.alive + step for step in steps)
            if tall / 2 <= place <= 1 - tall / 2
            and not any(
                abs(share - place) < tall / 2
                for share in _drawn(plot, curve, end.months, wide, ranges=ranges)
            )
            and not any(
                abs(place - other) < tall and abs(end.months - months) < wide
                for months, other in boxes
            )
        )
        places[curve.therapy] = next(free, end.alive)
        boxes.append((end.months, places[curve.therapy]))
    return places


def _drawn(
    plot: CurvePlot, own: DrawnCurve, months: float, wide: float, *, ranges: bool
) -> Iterator[float]:
    """Yield the proportions at which something is drawn beside a curve's end."""
    for curve in plot.curves:
        for study in curve.studies:
            if months < study.months < months + wide:
                yield study.alive
        for part in range(9):
            at = curve.at(months + part * wide / 8)
            if curve is own or at is None:
                continue
            yield at.alive
            if ranges:
                yield from (at.new_low, at.new_high)


def interval_said(rate: Rate) -> str:
    """Return "76 to 91", or nothing where there is no interval.

    Parameters
    ----------
    rate : Rate
        How many are alive.
    """
    if rate.low is None or rate.high is None:
        return ""
    return between(rate.low, rate.high)


def single_said(row: CurveRow, curve: DrawnCurve) -> str:
    """Return what the only study that reaches a time says: "12 of 14", "est. 86".

    Parameters
    ----------
    row : CurveRow
        One row of the curve's table.
    curve : DrawnCurve
        The curve, which has the study's own point.
    """
    if row.single is None:
        return ""
    own = [one for one in curve.studies if one.pooled and one.months == row.months]
    if row.single.events is None and len(own) == 1:
        return f"est. {percent(own[0].alive)}"
    return people(row.single)


def alive_said(row: CurveRow, curve: DrawnCurve) -> str:
    """Return how many of 100 are alive with its interval, or one study's own count.

    Parameters
    ----------
    row : CurveRow
        One row of the curve's table.
    curve : DrawnCurve
        The curve.
    """
    rate = row.alive
    if rate is None or rate.estimate is None:
        single = single_said(row, curve)
        return f"one study: {single}" if single else ""
    bound = f"{rate.bound} " if rate.bound else ""
    ends = interval_said(rate)
    remark = f" ({rate.remark})" if rate.remark else ""
    return f"{bound}{percent(rate.estimate)}{f' ({ends})' if ends else ''}{remark}"


def new_said(row: CurveRow) -> str:
    """Return where a new centre would lie: "65 to 95"; empty where nobody can say.

    Parameters
    ----------
    row : CurveRow
        One row of a curve's table.
    """
    if row.new_low is None or row.new_high is None:
        return ""
    return between(row.new_low, row.new_high)


def study_said(study: StudyPoint, plot: CurvePlot) -> str:
    """Return what a study says itself, and of whom.

    Parameters
    ----------
    study : StudyPoint
        One study's own point.
    plot : CurvePlot
        The picture, whose legend says what its kind is.
    """
    kind = dict(plot.legend).get(study.kind, study.kind)
    hollow = "" if study.pooled else f"; {HOLLOW}"
    return (
        f"{study.label}: {percent(study.alive)} of 100 at "
        f"{time_span(study.months)}, {number(study.people)} people, {kind}{hollow}"
    )


def end_said(curve: DrawnCurve) -> tuple[str, str]:
    """Return what stands at a curve's end: therapy with number, and its interval.

    Parameters
    ----------
    curve : DrawnCurve
        One therapy's curve; both texts are empty where it has none.
    """
    end = curve.end
    if end is None:
        return "", ""
    number_there = f"{cell(curve.therapy)} {percent(end.alive)}"
    return number_there, f"({between(end.low, end.high)})"


def curve_description(plot: CurvePlot) -> str:
    """Return a picture in words, for those who cannot see it: every number of it.

    Parameters
    ----------
    plot : CurvePlot
        The picture.
    """
    parts = [f"{plot.measured}, by {plot.time}."]
    parts += [_curve_said(curve, plot) for curve in plot.curves]
    parts += [plot.caption, *plot.notes, plot.footer, plot.receipt]
    return cell(" ".join(dict.fromkeys(filter(None, parts))))


def _curve_said(curve: DrawnCurve, plot: CurvePlot) -> str:
    """Return a therapy's rows and its studies in words."""
    end = curve.end
    last = f"the curve ends at {time_span(end.months)}" if end else ""
    why = "" if end else f"no curve, {curve.why_none}"
    said = [*(_row_said(row, curve) for row in curve.rows), last, why]
    said += [study_said(study, plot) for study in curve.studies]
    return f"{capital(curve.name)}: {'; '.join(filter(None, said))}."


def _row_said(row: CurveRow, curve: DrawnCurve) -> str:
    """Return a row in words."""
    parts = [f"at {time_span(row.months)} {alive_said(row, curve) or 'no figure'}"]
    if new := new_said(row):
        parts.append(f"new centre {new}")
    studies = f"{row.studies} stud{'y' if row.studies == 1 else 'ies'}"
    parts.append(f"{rounded(row.people)} people watched in {studies}")
    return ", ".join(parts)
