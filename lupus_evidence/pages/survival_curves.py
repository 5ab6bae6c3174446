"""Survival curves as an answer: a page, a figure, tables and data.

Every text of the picture is made here, once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lupus_evidence.compare.survival import (
    COMPARED_MONTHS,
    Curves,
    SurvivalAnswer,
    SurvivalAt,
)
from lupus_evidence.documents.curve import (
    CurvePlot,
    CurvePoint,
    CurveRow,
    DrawnCurve,
    PointKind,
    StudyPoint,
)
from lupus_evidence.documents.document import Column, Document, Table
from lupus_evidence.documents.text import between, capital, cell, number, time_span
from lupus_evidence.documents.values import People, Rate, Value
from lupus_evidence.evidence.survival_selection import DEAD, ReportKind, StudySurvival
from lupus_evidence.pages.caveats import under_concern
from lupus_evidence.pages.forest_plot import left_out_line
from lupus_evidence.pages.templates import document, sentence
from lupus_evidence.vocabulary import colours_of, topic
from lupus_evidence.writers.curve_labels import single_said
from lupus_evidence.writers.formats import Answer

#: What one can ask for by name.
SECTIONS = ("by-study", "left-out", "how", "receipt")

_ROWS = (
    Column("therapy", "", "What the people were given"),
    Column("after", "after", "Time after treatment"),
    Column("share", "of 100 people", "Of 100 people at a typical centre, interval"),
    Column("new_centre", "a new centre", "Where a new centre would lie", drop=2),
    Column(
        "people",
        "still watched",
        "People alive in studies that reach it",
        align="right",
    ),
    Column("studies", "studies", "Studies that reach it", align="right", drop=1),
)
_STUDIES = (
    Column("therapy", "", "What the people were given"),
    Column("study", "study", "Which study"),
    Column("said", "what it says", "Its reports in order of time", wrap=True),
    Column("until", "until", "Time about which it speaks last", drop=2),
    Column("people", "people", "Whom it is about", align="right", drop=3),
    Column("without", "without it", "The curve without it", drop=1),
)


def curve_answer(
    curves: Curves,
    *,
    title: str = "",
    remarks: bool = True,
    sections: Collection[str] = (),
) -> Answer:
    """Return survival curves in all their forms.

    Parameters
    ----------
    curves : Curves
        What they come to.
    title : str
        Instead of what is shown.
    remarks : bool
        Whether page and figure say what to mind; a figure's description always does.
    sections : collection of str
        Which of `SECTIONS` follow on the page.
    """

    def pages() -> list[Document]:
        return [curve_document(curves, title, remarks=remarks, sections=sections)]

    def tables() -> list[Table]:
        from lupus_evidence.pages.survival_data import curve_table

        return [curve_table(curves)]

    def data() -> dict[str, object]:
        from lupus_evidence.pages.survival_data import curve_data

        return curve_data(curves)

    def figure(kind: str) -> bytes:
        from lupus_evidence.writers.figure_file import render_figure

        return render_figure(curve_picture(curves, title), kind, notes=remarks)

    return Answer(curves.receipt, pages=pages, tables=tables, data=data, figure=figure)


def curve_document(
    curves: Curves,
    title: str = "",
    *,
    remarks: bool = True,
    sections: Collection[str] = (),
) -> Document:
    """Return survival curves as a page.

    Parameters
    ----------
    curves : Curves
        What they come to.
    title : str
        Instead of what is shown.
    remarks : bool
        Whether to say what to mind.
    sections : collection of str
        Which of `SECTIONS` follow.
    """
    names = curves.names
    picture = curve_picture(curves, title)
    return document(
        "curve_page.j2",
        {
            "picture": picture,
            "rows": _rows_table(picture),
            "studies": _studies_table(curves),
        },
        title=picture.title,
        answers=[answer_told(item) for item in curves.answers],
        singles=[x for item in curves.answers for x in _singles(item, names)],
        different=picture.caption,
        nobody=sentence(TEMPLATE, "nobody", curves.silent or ["any therapy asked for"]),
        noted=remarks,
        notes=list(notes(curves)),
        moves=[x for item in curves.answers for x in _moves(item, names)],
        more=[f"--{name}" for name in SECTIONS if name not in sections],
        left_out=list(_left_out(curves)),
        how=sentence(TEMPLATE, "how", curves.receipt),
        receipt=picture.receipt,
        sections=sections,
    )


def answer_told(answer: SurvivalAnswer) -> str:
    """Return what a curve says in one sentence.

    Parameters
    ----------
    answer : SurvivalAnswer
        The curve, or why there is none.
    """
    studies = len(answer.selection.included)
    known = [at for at in answer.told if at.figure is not None]
    if not known:
        return sentence(TEMPLATE, "no_curve", answer.therapy, studies, answer.people)
    main = [at for at in known if at.months in COMPARED_MONTHS] or known[-1:]
    return sentence(TEMPLATE, "answer", answer, main, studies)


def _singles(answer: SurvivalAnswer, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what one study alone says where the curve has ended."""
    for at in answer.told:
        if at.figure is not None or len(at.reaching) != 1:
            continue
        (study,) = at.reaching
        count = single_count(study, at.months, dead=answer.dead)
        if count is not None and not count.estimated:
            told = names[study.study], cell(count), at.months
            yield sentence(TEMPLATE, "single", answer, *told)


def _moves(answer: SurvivalAnswer, names: Mapping[str, str]) -> Iterator[str]:
    """Yield which study moves the curve most."""
    found = answer.moves_most
    if found is not None:
        yield sentence(TEMPLATE, "moves", answer, names[found.study], found)


def _rows_table(picture: CurvePlot) -> Table:
    """Return the figures at the usual times."""
    rows: list[dict[str, Value]] = [
        {
            "therapy": curve.therapy,
            "after": time_span(row.months),
            "share": _figure(row, curve),
            "new_centre": _ends(row),
            "people": number(row.people, 0),
            "studies": row.studies or None,
        }
        for curve in picture.curves
        for row in curve.rows
        if row.studies
    ]
    return Table("rows", _ROWS, tuple(rows), group_by="therapy", title=picture.measured)


def _figure(row: CurveRow, curve: DrawnCurve) -> str:
    """Return the figure, or what one study says where there is none."""
    rate = row.alive
    if rate is None or rate.estimate is None or rate.low is None or rate.high is None:
        return sentence(TEMPLATE, "beyond", row.studies, single_said(row, curve))
    return sentence(TEMPLATE, "figure", rate.estimate, (rate.low, rate.high))


def _ends(row: CurveRow) -> str | None:
    """Return where a new centre would lie."""
    if row.new_low is None or row.new_high is None:
        return None
    return between(row.new_low, row.new_high)


def _studies_table(curves: Curves) -> Table:
    """Return what each study says, and the curve without it."""
    rows = tuple(
        {
            "therapy": answer.therapy,
            "study": curves.names[item.study],
            "said": "; ".join(
                sentence(TEMPLATE, "said", report) for report in item.reports
            ),
            "until": time_span(item.until),
            "people": int(item.people),
            "without": _without(answer, item),
        }
        for answer in curves.answers
        for item in answer.selection.included
    )
    notes = tuple(
        sentence(TEMPLATE, "without_at", item.therapy, item.without_at)
        for item in curves.answers
        if item.without
    )
    return Table("studies", _STUDIES, rows, group_by="therapy", notes=notes)


def _without(answer: SurvivalAnswer, item: StudySurvival) -> str | None:
    """Return the curve without a study."""
    found = next((x for x in answer.without if x.study == item.study), None)
    if found is None:
        return None
    return sentence(TEMPLATE, "figure", found.estimate, found.ci)


def _left_out(curves: Curves) -> Iterator[dict[str, str]]:
    """Yield every result about deaths that is in no curve, with its reason."""
    for answer in curves.answers:
        for item in answer.selection.excluded:
            line = left_out_line(item, curves.names)
            yield {
                "label": line.label,
                "therapy": answer.therapy,
                "endpoint": topic().endpoints[item.result.endpoint].label,
                "note": line.note,
            }


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
