"""Survival in a comparison: each therapy's curve at the times that people ask for.

Where a curve has ended, or there is none, the figure of the studies of that time stands
in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.certainty import survival_certainty
from lupus_evidence.compare.first_look import MainFigure, says
from lupus_evidence.compare.survival import COMPARED_MONTHS, survival_answer
from lupus_evidence.evidence.survival import ALIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Certainty, Row
    from lupus_evidence.compare.first_look import MainLine
    from lupus_evidence.compare.survival import (
        CurveChoices,
        SurvivalAnswer,
        SurvivalAt,
    )
    from lupus_evidence.evidence.therapies import TherapyEvidence
    from lupus_evidence.vocabulary import Band


@dataclass(frozen=True)
class SurvivalFigure:
    """One therapy's curve at one time.

    Parameters
    ----------
    answer : SurvivalAnswer
        The curve.
    at : SurvivalAt
        The figure; it has an estimate.
    certainty : Certainty
        How sure anyone can be of it.
    """

    answer: SurvivalAnswer
    at: SurvivalAt
    certainty: Certainty


@dataclass(frozen=True)
class SurvivalLine:
    """Survival at one time, a figure for each therapy.

    Parameters
    ----------
    months : float
        After treatment.
    figures : tuple of SurvivalFigure, MainFigure or None
        The curve, else the studies' own figure, in the order of the therapies.
    """

    months: float
    figures: tuple[SurvivalFigure | MainFigure | None, ...]

    @property
    def curved(self) -> tuple[SurvivalFigure, ...]:
        """The figures that come from a curve."""
        return tuple(x for x in self.figures if isinstance(x, SurvivalFigure))

    @property
    def beside(self) -> tuple[MainFigure, ...]:
        """The figures of studies that stand in the place of a curve."""
        return tuple(x for x in self.figures if isinstance(x, MainFigure))


@dataclass(frozen=True)
class SurvivalCompared:
    """Survival of some therapies in a comparison.

    Parameters
    ----------
    answers : tuple of SurvivalAnswer
        One for each therapy, in the order asked.
    lines : tuple of SurvivalLine
        The times at which any curve has a figure.
    """

    answers: tuple[SurvivalAnswer, ...] = ()
    lines: tuple[SurvivalLine, ...] = ()

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
            if line.endpoint != ALIVE or line.row.band.months not in told
        )


def survival_compared(
    evidence: Sequence[TherapyEvidence],
    rows: Sequence[Row],
    bands: Sequence[Band] | None,
    choices: CurveChoices,
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
    """
    asked: tuple[float, ...] = COMPARED_MONTHS
    if bands is not None:
        asked = tuple(float(band.months) for band in bands if band.months)
    if not asked:
        return SurvivalCompared()
    answers = tuple(survival_answer(item, choices) for item in evidence)
    lines = (_line(months, answers, rows) for months in asked)
    return SurvivalCompared(answers, tuple(line for line in lines if line.curved))


def _line(
    months: float, answers: Sequence[SurvivalAnswer], rows: Sequence[Row]
) -> SurvivalLine:
    """Return survival at one time."""
    row = next(
        (row for row in rows if row.endpoint == ALIVE and row.band.months == months),
        None,
    )
    figures: list[SurvivalFigure | MainFigure | None] = []
    for place, answer in enumerate(answers):
        at = answer.at(months)
        if at.estimate is not None:
            certainty = survival_certainty(answer.selection, at)
            figures.append(SurvivalFigure(answer, at, certainty))
        elif row is not None and says(row.cells[place]):
            figures.append(MainFigure(row, row.cells[place]))
        else:
            figures.append(None)
    return SurvivalLine(months, tuple(figures))
