"""Survival in a comparison: each therapy's curve at the times that people ask for.

Where a curve has ended, or there is none, the figure of the studies of that time stands
in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lupus_evidence.compare.certainty import survival_certainty
from lupus_evidence.compare.first_look import MainFigure, MainLine, reported, says
from lupus_evidence.compare.survival import COMPARED_MONTHS, survival_answer
from lupus_evidence.evidence.survival_selection import ALIVE, DEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Certainty, Row
    from lupus_evidence.compare.survival import (
        CurveChoices,
        CurveFigure,
        SurvivalAnswer,
        SurvivalAt,
    )
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.vocabulary import Band


@dataclass(frozen=True)
class SurvivalFigure:
    """One therapy's curve at one time.

    Parameters
    ----------
    answer : SurvivalAnswer
        The curve.
    at : SurvivalAt
        The time, and the studies that reach it.
    figure : CurveFigure
        What the curve says of it.
    certainty : Certainty
        How sure anyone can be of that.
    """

    answer: SurvivalAnswer
    at: SurvivalAt
    figure: CurveFigure
    certainty: Certainty

    @property
    def people(self) -> int:
        """How many people the studies treated that reach the time."""
        return int(sum(item.people for item in self.at.reaching))

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies that reach the time."""
        return tuple(item.study for item in self.at.reaching)

    @property
    def ended(self) -> tuple[str, ...]:
        """The other studies of the curve, which speak of earlier times alone."""
        every = (item.study for item in self.answer.selection.included)
        return tuple(study for study in every if study not in self.studies)


@dataclass(frozen=True)
class SurvivalLine:
    """Survival at one time, a figure for each therapy.

    Parameters
    ----------
    months : float
        After treatment.
    figures : tuple of SurvivalFigure, MainFigure or None
        The curve, else the studies' own figure, in the order of the therapies.
    endpoint : str
        "overall-survival", or "death" where those who died are told.
    """

    months: float
    figures: tuple[SurvivalFigure | MainFigure | None, ...]
    endpoint: str = ALIVE

    @property
    def curved(self) -> tuple[SurvivalFigure, ...]:
        """The figures that come from a curve."""
        return tuple(x for x in self.figures if isinstance(x, SurvivalFigure))

    @property
    def beside(self) -> tuple[MainFigure, ...]:
        """The figures of studies that stand in the place of a curve."""
        return tuple(x for x in self.figures if isinstance(x, MainFigure))

    @property
    def alone(self) -> SurvivalLine:
        """The same without figures of studies, for a page that has them anyway."""
        curved = (x if isinstance(x, SurvivalFigure) else None for x in self.figures)
        return replace(self, figures=tuple(curved))


@dataclass(frozen=True)
class SurvivalCompared:
    """Survival of some therapies in a comparison.

    Parameters
    ----------
    answers : tuple of SurvivalAnswer
        One for each therapy, in the order asked.
    lines : tuple of SurvivalLine
        The times at which any curve has a figure.
    endpoint : str
        "overall-survival", or "death" where those who died are told.
    """

    answers: tuple[SurvivalAnswer, ...] = ()
    lines: tuple[SurvivalLine, ...] = ()
    endpoint: str = ALIVE

    def entering(self, place: int) -> set[str]:
        """Return the studies behind one therapy's figures from its curve.

        Parameters
        ----------
        place : int
            Of the therapy, in the order asked.
        """
        told = (line.figures[place] for line in self.lines)
        curved = next((x for x in told if isinstance(x, SurvivalFigure)), None)
        return set() if curved is None else {*curved.studies, *curved.ended}

    def beside(self, lines: Sequence[MainLine]) -> tuple[MainLine, ...]:
        """Return main lines without those that a curve tells.

        Parameters
        ----------
        lines : sequence of MainLine
            Of an answer.
        """
        told = {line.months for line in self.lines}
        return tuple(
            line
            for line in lines
            if line.endpoint != self.endpoint or line.row.band.months not in told
        )


def survival_compared(
    evidence: Sequence[TherapyEvidence],
    rows: Sequence[Row],
    bands: Sequence[Band] | None,
    choices: CurveChoices,
    endpoint: str = ALIVE,
) -> SurvivalCompared:
    """Return survival of therapies side by side.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        One for each therapy.
    rows : sequence of Row
        The comparison's rows.
    bands : sequence of Band or None
        The times asked for; 1, 2 and 5 years if None.
    choices : CurveChoices
        How curves are worked out.
    endpoint : str
        "overall-survival", or "death" for its complement.
    """
    asked: tuple[float, ...] = COMPARED_MONTHS
    if bands is not None:
        asked = tuple(float(band.months) for band in bands if band.months)
    if not asked:
        return SurvivalCompared(endpoint=endpoint)
    answers = tuple(survival_answer(item, choices) for item in evidence)
    if endpoint == DEAD:
        answers = tuple(item.of_deaths() for item in answers)
    same = [row for row in rows if row.endpoint == endpoint]
    lines = (_line(months, answers, same, endpoint) for months in asked)
    told = tuple(line for line in lines if line.curved)
    return SurvivalCompared(answers, told, endpoint)


def _line(
    months: float, answers: Sequence[SurvivalAnswer], rows: Sequence[Row], endpoint: str
) -> SurvivalLine:
    """Return survival at one time."""
    row = next((row for row in rows if row.band.months == months), None)
    figures: list[SurvivalFigure | MainFigure | None] = []
    for place, answer in enumerate(answers):
        at = answer.at(months)
        if at.figure is not None:
            certainty = survival_certainty(answer.selection, at)
            figures.append(SurvivalFigure(answer, at, at.figure, certainty))
        elif row is not None and any(f(row.cells[place]) for f in (says, reported)):
            figures.append(MainFigure(row, row.cells[place]))
        else:
            figures.append(None)
    return SurvivalLine(months, tuple(figures), endpoint)
