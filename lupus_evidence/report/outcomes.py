"""The compared outcomes on the page: the table of rates, and survival over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.first_look import MainFigure, main_rows
from lupus_evidence.compare.survival_lines import SurvivalFigure
from lupus_evidence.documents.text import cell as cell_text
from lupus_evidence.documents.text import people, percent, time_span
from lupus_evidence.pages import phrases as words
from lupus_evidence.pages.phrases import count_of, rate_of
from lupus_evidence.pages.reasons import weaknesses
from lupus_evidence.pages.survival_curves import TEMPLATE, curve_picture
from lupus_evidence.pages.templates import sentence
from lupus_evidence.report import links, plain_language
from lupus_evidence.vocabulary import DENOMINATORS
from lupus_evidence.writers.inline_svg import curve_legend, curve_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.survival import SurvivalAnswer
    from lupus_evidence.documents.curve import CurvePlot
    from lupus_evidence.evidence.survival_selection import StudySurvival
    from lupus_evidence.report.contents import Report


@dataclass(frozen=True)
class SideView:
    """One therapy in one line of the table.

    Parameters
    ----------
    who, people, rate, new_centre, certainty : str
        Its texts.
    least, mean : str
        Whom the rate is about and what is known of everybody treated, where those are
        not the same; and the mean rate over all centres, where it is another number.
    reasons : str
        Why it is no more certain.
    answered : bool
        Whether there is a figure.
    """

    who: str
    people: str
    rate: str
    new_centre: str
    certainty: str
    least: str
    mean: str
    reasons: str
    answered: bool


@dataclass(frozen=True)
class LineView:
    """One time of one endpoint.

    Parameters
    ----------
    when : str
        The time band.
    months : bool
        Whether it is one of months.
    sides : tuple of SideView
        One for each therapy.
    link : str
        The forest table behind the line.
    """

    when: str
    months: bool
    sides: tuple[SideView, ...]
    link: str


@dataclass(frozen=True)
class QuestionView:
    """One endpoint and scope with its times.

    Parameters
    ----------
    name : str
        What is counted, and what it was judged on.
    lines : tuple of LineView
        One for each time.
    """

    name: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class OutcomesView:
    """The comparison table in two parts.

    Parameters
    ----------
    first, more : tuple of QuestionView
        What to look at first, and all the rest.
    lines, hidden : int
        Lines in both parts, and in the second.
    """

    first: tuple[QuestionView, ...]
    more: tuple[QuestionView, ...]
    lines: int
    hidden: int


def outcomes_view(report: Report) -> OutcomesView:
    """Return the comparison table.

    Parameters
    ----------
    report : Report
        The report.
    """
    rows = report.comparison.rows
    shown = {id(row) for row in main_rows(rows)}
    first = [row for row in rows if id(row) in shown]
    more = [row for row in rows if id(row) not in shown]
    return OutcomesView(_questions(first), _questions(more), len(rows), len(more))


def _questions(rows: Sequence[Row]) -> tuple[QuestionView, ...]:
    """Return rows under their endpoints."""
    groups: dict[str, list[LineView]] = {}
    for row in rows:
        name = words.question(row.endpoint, row.scope)
        groups.setdefault(name, []).append(_line(row))
    return tuple(QuestionView(name, tuple(lines)) for name, lines in groups.items())


def _line(row: Row) -> LineView:
    """Return one row."""
    return LineView(
        plain_language.column(row.band),
        row.band.months is not None,
        tuple(_side(cell) for cell in row.cells),
        links.forest_anchor(row.endpoint, row.scope, row.band),
    )


def _side(cell: Cell) -> SideView:
    """Return one therapy's texts."""
    certainty = cell.certainty
    mark = DENOMINATORS[cell.selection.kind or "treated"].mark
    apart = cell.mean is not None and words.mean_apart(cell)
    return SideView(
        plain_language.short_name(cell.therapy),
        people(words.people_of(cell)),
        words.figure_of(cell),
        words.new_centre(cell) or "",
        certainty.level if certainty else "",
        "; ".join(filter(None, (mark, words.at_least(cell)))),
        f"over all people {percent(cell.mean or 0.0)} %" if apart else "",
        weaknesses(certainty) if certainty else "",
        bool(cell.k),
    )


@dataclass(frozen=True)
class ShownFigure:
    """One figure, with the count of the one study that it is of, or who reaches it."""

    text: str
    study: str = ""
    people: int = 0
    studies: int = 0


@dataclass(frozen=True)
class SurvivalView:
    """The section.

    Parameters
    ----------
    answers : tuple of SurvivalAnswer
        Of the therapies with a curve.
    lines : tuple of (str, tuple of ShownFigure)
        At 1, 2 and 5 years, a figure for each therapy.
    plot : CurvePlot
        Both curves.
    picture : Markup
        They as they are drawn.
    legend : str
        What its marks stand for.
    studies : tuple of (StudySurvival, str)
        By therapy, and what each says.
    """

    answers: tuple[SurvivalAnswer, ...]
    lines: tuple[tuple[str, tuple[ShownFigure, ...]], ...]
    plot: CurvePlot
    picture: Markup
    legend: str
    studies: tuple[tuple[StudySurvival, str], ...]


def survival_view(report: Report) -> SurvivalView | None:
    """Return the section; None where no therapy has a curve.

    Parameters
    ----------
    report : Report
        What the page shows.
    """
    from markupsafe import Markup

    curves = report.curves
    if curves is None:
        return None
    plot = curve_picture(curves)
    return SurvivalView(
        tuple(item for item in curves.answers if item.curve is not None),
        tuple(
            (time_span(line.months), tuple(map(_shown, line.figures)))
            for line in report.comparison.survival.lines
        ),
        plot,
        Markup(curve_svg(plot)),  # noqa: S704 - its texts are escaped
        curve_legend(plot),
        tuple(
            (item, "; ".join(sentence(TEMPLATE, "said", one) for one in item.reports))
            for answer in curves.answers
            for item in answer.selection.included
        ),
    )


def _shown(figure: SurvivalFigure | MainFigure | None) -> ShownFigure:
    """Return one figure: from the curve, or of the studies that stand beside."""
    if figure is None:
        return ShownFigure(sentence(TEMPLATE, "no_study"))
    if isinstance(figure, SurvivalFigure):
        return ShownFigure(
            sentence(TEMPLATE, "figure", figure.figure.estimate, figure.figure.ci),
            people=figure.people,
            studies=len(figure.studies),
        )
    cell = figure.cell
    if cell.k == 1:
        text = sentence(TEMPLATE, "figure", cell.estimate, cell.ci)
        return ShownFigure(text, count_of(cell.selection.included[0]))
    return ShownFigure(cell_text(rate_of(cell, compact=True)))
