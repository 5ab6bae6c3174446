"""From answers about survival to a picture of curves: every text of it, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.curve import (
    CurvePlot,
    CurvePoint,
    CurveRow,
    DrawnCurve,
    StudyPoint,
)
from lupus_evidence.evidence.survival_selection import DEAD
from lupus_evidence.pages.reading_notes import under_concern
from lupus_evidence.pages.templates import sentence
from lupus_evidence.text import capital
from lupus_evidence.values import People, Rate
from lupus_evidence.vocabulary import colours_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lupus_evidence.compare.survival import (
        Curves,
        SurvivalAnswer,
        SurvivalAt,
    )
    from lupus_evidence.curve import PointKind
    from lupus_evidence.evidence.survival_selection import ReportKind, StudySurvival

TEMPLATE = "curve.j2"

#: Months at which a curve is worked out to be drawn: closer together where it bends.
DRAWN_MONTHS = (
    1.0,
    2.0,
    3.0,
    4.5,
    6.0,
    9.0,
    *(6.0 * half for half in range(2, 41)),
)

_KINDS: dict[ReportKind, PointKind] = {
    "counted": "counted",
    "estimated": "estimated",
    "mean-follow-up": "over-follow-up",
    "median-follow-up": "over-follow-up",
    "early-deaths": "early-deaths",
}


def single_count(study: StudySurvival, months: float, *, dead: bool) -> People | None:
    """Return the count that one study alone has for a time.

    Parameters
    ----------
    study : StudySurvival
        The only one that reaches it.
    months : float
        The time.
    dead : bool
        Whether those who died are told instead of those alive.

    Returns
    -------
    People or None
        None where the study speaks of another time.
    """
    for report in study.reports:
        number = report.number
        if report.months == months and report.kind != "early-deaths":
            if number.form == "effective":
                return People(None, number.people, estimated=True)
            events = number.n - number.events if dead else number.events
            return People(events, number.n)
    return None


def curve_picture(curves: Curves, title: str = "") -> CurvePlot:
    """Return the picture of some therapies' curves.

    Parameters
    ----------
    curves : Curves
        What they come to.
    title : str
        Instead of what is shown.
    """
    dead = curves.endpoint == DEAD
    colours = colours_of([item.therapy for item in curves.answers])
    drawn = tuple(
        _drawn(item, colour, curves.names, dead=dead)
        for item, colour in zip(curves.answers, colours, strict=True)
    )
    own = {point.kind for curve in drawn for point in curve.studies}
    kinds = [kind for kind in dict.fromkeys(_KINDS.values()) if kind in own]
    return CurvePlot(
        title or sentence(TEMPLATE, "title", dead),
        drawn,
        sentence(TEMPLATE, "measured", dead),
        sentence(TEMPLATE, "different") if len(drawn) > 1 else "",
        tuple((kind, sentence(TEMPLATE, "kind", kind)) for kind in kinds),
        tuple(notes(curves)),
        sentence(TEMPLATE, "footer", curves.receipt, len(drawn) > 1),
        sentence(TEMPLATE, "receipt", curves.receipt),
    )


def notes(curves: Curves) -> Iterator[str]:
    """Yield what to mind of the studies behind curves, each thing once.

    Parameters
    ----------
    curves : Curves
        What they come to.
    """
    studies = [item for answer in curves.answers for item in answer.selection.included]
    early = any(
        report.kind == "early-deaths" for item in studies for report in item.reports
    )
    if any(item.approximate for item in studies):
        yield sentence(TEMPLATE, "note", "median")
    if any(item.assumed for item in studies):
        yield sentence(TEMPLATE, "note", "assumed")
    if early:
        yield sentence(TEMPLATE, "note", "early")
    doubted = under_concern(*curves.answers)
    if doubted:
        yield sentence("marks.j2", "under_concern", doubted)


def _drawn(
    answer: SurvivalAnswer, colour: int, names: Mapping[str, str], *, dead: bool
) -> DrawnCurve:
    """Return one therapy's curve."""
    known = topic().therapies[answer.therapy]
    selection = answer.selection
    why_none = ""
    if answer.curve is None:
        people = answer.people
        counted = len(selection.included)
        why_none = sentence(TEMPLATE, "too_few", counted, people)
    return DrawnCurve(
        answer.therapy,
        known.label,
        known.short or capital(known.label),
        colour,
        tuple(_points(answer)),
        (
            *_own(selection.included, names, pooled=True, dead=dead),
            *_own(selection.overlapping, names, pooled=False, dead=dead),
        ),
        tuple(_row(at, dead=dead) for at in answer.told),
        why_none,
    )


def _points(answer: SurvivalAnswer) -> Iterator[CurvePoint]:
    """Yield the curve from the start to where it ends."""
    if answer.curve is None:
        return
    start = 0.0 if answer.dead else 1.0
    yield CurvePoint(0.0, *(start,) * 5)
    times = {*(x for x in DRAWN_MONTHS if x < answer.until), answer.until}
    for months in sorted(times):
        found = answer.at(months).figure
        if found is not None:
            yield CurvePoint(months, found.estimate, *found.ci, *found.new_centre)


def _own(
    studies: tuple[StudySurvival, ...],
    names: Mapping[str, str],
    *,
    pooled: bool,
    dead: bool,
) -> Iterator[StudyPoint]:
    """Yield what studies say themselves."""
    for study in studies:
        for report in study.reports:
            yield StudyPoint(
                study.study,
                names[study.study],
                report.months,
                1 - report.alive if dead else report.alive,
                _KINDS[report.kind],
                report.number.people,
                pooled,
            )


def _row(at: SurvivalAt, *, dead: bool) -> CurveRow:
    """Return one row of the table."""
    figure, single = at.figure, None
    if figure is None and len(at.reaching) == 1:
        single = single_count(at.reaching[0], at.months, dead=dead)
    rate = None if figure is None else Rate(figure.estimate, *figure.ci)
    low, high = (None, None) if figure is None else figure.new_centre
    return CurveRow(at.months, rate, low, high, at.watched, len(at.reaching), single)
