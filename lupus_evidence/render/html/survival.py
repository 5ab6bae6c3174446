"""Survival over time on the page: the picture, its table, what each study says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.survival_lines import SurvivalFigure
from lupus_evidence.pages.curve_picture import TEMPLATE, curve_picture
from lupus_evidence.pages.phrases import count_of, rate_of
from lupus_evidence.pages.templates import sentence
from lupus_evidence.text import cell as cell_text
from lupus_evidence.text import time_span
from lupus_evidence.writers.curve_svg import curve_legend, curve_svg

if TYPE_CHECKING:
    from markupsafe import Markup

    from lupus_evidence.compare.first_look import MainFigure
    from lupus_evidence.report.page import Report


@dataclass(frozen=True)
class SurvivalTherapy:
    """Whom a therapy's curve rests on."""

    therapy: str
    people: int
    studies: int


@dataclass(frozen=True)
class ShownFigure:
    """One figure, with the count of the one study that it is of, or who reaches it."""

    text: str
    study: str = ""
    people: int = 0
    studies: int = 0


@dataclass(frozen=True)
class SurvivalTimes:
    """Survival at one time, a figure for each therapy."""

    after: str
    figures: tuple[ShownFigure, ...]


@dataclass(frozen=True)
class SaidOfSurvival:
    """What one study says."""

    study: str
    said: str
    people: float


@dataclass(frozen=True)
class SurvivalView:
    """The section.

    Parameters
    ----------
    therapies : tuple of SurvivalTherapy
        Those with a curve.
    lines : tuple of SurvivalTimes
        At 1, 2 and 5 years.
    picture : Markup
        Both curves.
    legend, caption : str
        What its marks stand for, and what must be known before comparing.
    studies : tuple of SaidOfSurvival
        By therapy.
    notes : tuple of str
        What to mind.
    """

    therapies: tuple[SurvivalTherapy, ...]
    lines: tuple[SurvivalTimes, ...]
    picture: Markup
    legend: str
    caption: str
    studies: tuple[SaidOfSurvival, ...]
    notes: tuple[str, ...]


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
        tuple(
            SurvivalTherapy(item.therapy, item.people, len(item.selection.included))
            for item in curves.answers
            if item.curve is not None
        ),
        tuple(
            SurvivalTimes(
                time_span(line.months),
                tuple(map(_shown, line.figures)),
            )
            for line in report.comparison.survival.lines
        ),
        Markup(curve_svg(plot)),  # noqa: S704 - its texts are escaped
        curve_legend(plot),
        plot.caption,
        tuple(
            SaidOfSurvival(
                item.study,
                "; ".join(sentence(TEMPLATE, "said", one) for one in item.reports),
                item.people,
            )
            for answer in curves.answers
            for item in answer.selection.included
        ),
        plot.notes,
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
