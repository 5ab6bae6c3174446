"""The comparison table: endpoints and times down, therapies across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.first_look import main_rows
from lupus_evidence.pages import phrases as words
from lupus_evidence.pages.reasons import weaknesses
from lupus_evidence.render.html import anchors, lay
from lupus_evidence.text import people, percent
from lupus_evidence.vocabulary import DENOMINATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.report.page import Report


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
        lay.column(row.band),
        row.band.months is not None,
        tuple(_side(cell) for cell in row.cells),
        anchors.forest(row.endpoint, row.scope, row.band),
    )


def _side(cell: Cell) -> SideView:
    """Return one therapy's texts."""
    certainty = cell.certainty
    mark = DENOMINATORS[cell.selection.kind or "treated"].mark
    apart = cell.mean is not None and words.mean_apart(cell)
    return SideView(
        lay.short_name(cell.therapy),
        people(words.people_of(cell)),
        words.figure_of(cell),
        words.new_centre(cell) or "",
        certainty.level if certainty else "",
        "; ".join(filter(None, (mark, words.at_least(cell)))),
        f"over all people {percent(cell.mean or 0.0)} %" if apart else "",
        weaknesses(certainty) if certainty else "",
        bool(cell.k),
    )
