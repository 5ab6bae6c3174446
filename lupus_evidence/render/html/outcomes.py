"""The comparison table: endpoints and times down, therapies across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.main_rows import main_rows
from lupus_evidence.render.compare import words
from lupus_evidence.render.html import anchors, lay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Contrast, Row
    from lupus_evidence.report.page import Report


@dataclass(frozen=True)
class SideView:
    """One therapy in one line of the table.

    Parameters
    ----------
    who, people, rate, new_centre, certainty : str
        Its texts.
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
    reasons: str
    answered: bool


@dataclass(frozen=True)
class LineView:
    """One time of one endpoint.

    Parameters
    ----------
    when : str
        The time band.
    sides : tuple of SideView
        One for each therapy.
    differences : tuple of str
        Unadjusted differences in words.
    link : str
        The forest table behind the line.
    """

    when: str
    sides: tuple[SideView, ...]
    differences: tuple[str, ...]
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
    hidden : int
        Lines in the second part.
    """

    first: tuple[QuestionView, ...]
    more: tuple[QuestionView, ...]
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
    return OutcomesView(_questions(first), _questions(more), len(more))


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
        words.capital(words.at_time(row.band).removeprefix("at ")),
        tuple(_side(cell) for cell in row.cells),
        tuple(text for item in row.contrasts if (text := _difference(item))),
        anchors.forest(row.endpoint, row.scope, row.band),
    )


def _difference(contrast: Contrast) -> str:
    """Return an unadjusted difference in words."""
    effect = contrast.indirect.risk_difference
    if effect.estimate is None:
        return ""
    size = words.difference(effect.estimate, effect.ci, contrast.indirect.level)
    mark = ", other denominator" if contrast.denominators_differ else ""
    return f"{contrast.first} {size}{mark}"


def _side(cell: Cell) -> SideView:
    """Return one therapy's texts."""
    certainty = cell.certainty
    return SideView(
        lay.short_name(cell.therapy),
        words.people_of(cell),
        words.figure_of(cell),
        words.new_centre(cell) or "",
        certainty.level if certainty else "",
        "; ".join(item.text for item in certainty.downgrades) if certainty else "",
        bool(cell.k),
    )
