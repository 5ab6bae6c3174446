"""What a summary-of-findings table holds, after GRADE: frozen values, no words.

What trials found within themselves is an effect, with a relative and an absolute side.
Figures of different studies are rates, each by itself: they have neither, and nothing
here could be taken for one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from lupus_evidence.compare.first_look import (
    every_line,
    shown_lines,
    without_answered,
)
from lupus_evidence.compare.summary import Comparison, ComparisonReceipt, LeftOut
from lupus_evidence.compare.survival_lines import SurvivalFigure, SurvivalLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lupus_evidence.compare.cells import (
        Cell,
        Certainty,
        CertaintyLevel,
        Downgrade,
        Row,
    )
    from lupus_evidence.compare.first_look import MainLine
    from lupus_evidence.compare.trials import TrialsAnswer


@dataclass(frozen=True)
class EffectsOfPair:
    """What trials of two therapies found, a finding for each outcome.

    Parameters
    ----------
    therapies : tuple of str
        Treatment and control.
    randomised : bool
        Whether chance decided who got what.
    findings : tuple of TrialsAnswer
        Benefits before harms.
    """

    therapies: tuple[str, str]
    randomised: bool
    findings: tuple[TrialsAnswer, ...]


@dataclass(frozen=True)
class TherapyRate:
    """One therapy's own rate.

    Parameters
    ----------
    therapy : str
        The therapy.
    cell : Cell or None
        None where no study speaks of it.
    """

    therapy: str
    cell: Cell | None


@dataclass(frozen=True)
class RatesOfOutcome:
    """One outcome at one time, each therapy by itself.

    Parameters
    ----------
    row : Row
        What is counted, judged on what, and when.
    rates : tuple of TherapyRate
        Of the therapies that are told here.
    """

    row: Row
    rates: tuple[TherapyRate, ...]


@dataclass(frozen=True)
class NotShown:
    """What is not in a table, counted.

    Parameters
    ----------
    results : tuple of LeftOut
        Published results that are in no figure, by therapy and reason.
    of_trials : tuple of LeftOut
        Results of trials that are in none of their effects, by treatment and reason.
    no_lot : int
        Effects without a lot, where trials by lot answer the same question.
    lines : int
        Further outcomes and times that have a figure.
    unanswered : int
        Those that are reported, none of them with a usable figure.
    registered : int
        Registered studies without a published result.
    """

    results: tuple[LeftOut, ...]
    of_trials: tuple[LeftOut, ...]
    no_lot: int
    lines: int
    unanswered: int
    registered: int


@dataclass(frozen=True)
class FindingsTable:
    """A summary of findings.

    Parameters
    ----------
    therapies : tuple of str
        In the order asked.
    effects : tuple of EffectsOfPair
        What trials found.
    survival : tuple of SurvivalLine
        Survival from each therapy's curve, which is not compared.
    rates : tuple of RatesOfOutcome
        What different studies saw, which is not compared.
    reasons : tuple of Downgrade
        Each distinct reason to be less sure once, in the order in which it is met.
    not_shown : NotShown
        What else there is.
    receipt : ComparisonReceipt
        What all this rests on.
    """

    therapies: tuple[str, ...]
    effects: tuple[EffectsOfPair, ...]
    survival: tuple[SurvivalLine, ...]
    rates: tuple[RatesOfOutcome, ...]
    reasons: tuple[Downgrade, ...]
    not_shown: NotShown
    receipt: ComparisonReceipt

    @property
    def of_effects(self) -> tuple[Certainty, ...]:
        """How sure anyone can be of each effect."""
        return tuple(_of_effects(self.effects))

    @property
    def of_rates(self) -> tuple[Certainty, ...]:
        """How sure anyone can be of each rate."""
        return (*_of_survival(self.survival), *_of_rates(self.rates))

    @property
    def level(self) -> CertaintyLevel | None:
        """How sure anyone can be of everything; None where that differs."""
        levels = {item.level for item in (*self.of_effects, *self.of_rates)}
        return levels.pop() if len(levels) == 1 else None

    def places(self, certainty: Certainty) -> tuple[int, ...]:
        """Return where the reasons of one certainty stand in `reasons`.

        Parameters
        ----------
        certainty : Certainty
            Of an effect or a rate in the table.
        """
        return tuple(sorted(map(self.reasons.index, certainty.downgrades)))


def findings_table(comparison: Comparison, *, every: bool = False) -> FindingsTable:
    """Return the summary of findings of a comparison.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    every : bool
        Whether every row has its rates; otherwise the main outcomes have.

    Notes
    -----
    Where trials by lot answer a question, studies with a control group that was not
    drawn by lot do not answer it beside them. A rate that says nothing but what a trial
    in the table says is left to the trial.
    """
    effects = tuple(_effects(comparison.answering))
    shown = [item for pair in effects for item in pair.findings]
    lines = shown_lines(comparison.rows, every=every)
    survival = comparison.survival.lines
    if every:
        survival = tuple(line.alone for line in survival)
    else:
        lines = comparison.survival.beside(lines)
    all_lines = every_line(comparison.rows)
    if shown:
        lines = without_answered(lines, shown)
        all_lines = without_answered(all_lines, shown)
    rates = tuple(chain.from_iterable(map(_rates_of, _told(lines, comparison))))
    told = {id(item.row) for item in rates}
    sure = chain(_of_effects(effects), _of_survival(survival), _of_rates(rates))
    taken = (item.downgrades for item in sure)
    return FindingsTable(
        comparison.therapies,
        effects,
        survival,
        rates,
        tuple(dict.fromkeys(chain.from_iterable(taken))),
        NotShown(
            comparison.left_out,
            tuple(_left_out_of(shown)),
            len(comparison.answering) - len(shown),
            sum(id(line.row) not in told for line in all_lines),
            len(comparison.unanswered),
            len(comparison.registered),
        ),
        comparison.receipt,
    )


def _effects(answers: Sequence[TrialsAnswer]) -> Iterator[EffectsOfPair]:
    """Yield the effects of each pair, those by lot before the others."""
    for pair in dict.fromkeys(item.therapies for item in answers):
        of_pair = [item for item in answers if item.therapies == pair]
        by_lot = {item.question for item in of_pair if item.randomised}
        for randomised in (True, False):
            found = tuple(
                item
                for item in of_pair
                if item.randomised == randomised
                and (randomised or item.question not in by_lot)
            )
            if found:
                yield EffectsOfPair(pair, randomised, found)


def _told(
    lines: Iterable[MainLine], comparison: Comparison
) -> Iterator[list[tuple[str, Row, Cell | None]]]:
    """Yield each line as its therapies, each with its row and its figure there."""
    for line in lines:
        yield [
            (name, line.row, None) if found is None else (name, found.row, found.cell)
            for name, found in zip(comparison.therapies, line.figures, strict=True)
        ]


def _rates_of(line: list[tuple[str, Row, Cell | None]]) -> Iterator[RatesOfOutcome]:
    """Yield a line's rates by their rows: what is of two times is told apart."""
    rows = {id(row): row for _, row, _ in line}
    for key, row in rows.items():
        rates = tuple(TherapyRate(name, c) for name, r, c in line if id(r) == key)
        yield RatesOfOutcome(row, rates)


def _of_effects(effects: Iterable[EffectsOfPair]) -> Iterator[Certainty]:
    """Yield how sure anyone can be of each effect."""
    for pair in effects:
        yield from (item.certainty for item in pair.findings)


def _of_survival(lines: Iterable[SurvivalLine]) -> Iterator[Certainty]:
    """Yield how sure anyone can be of survival, from a curve or beside it."""
    for line in lines:
        for figure in line.figures:
            if isinstance(figure, SurvivalFigure):
                yield figure.certainty
            elif figure is not None and figure.cell.certainty is not None:
                yield figure.cell.certainty


def _of_rates(rates: Iterable[RatesOfOutcome]) -> Iterator[Certainty]:
    """Yield how sure anyone can be of each rate."""
    for outcome in rates:
        for item in outcome.rates:
            if item.cell is not None and item.cell.certainty is not None:
                yield item.cell.certainty


def _left_out_of(answers: Iterable[TrialsAnswer]) -> Iterator[LeftOut]:
    """Yield the results of trials that are in none of these effects, by reason."""
    entering = {
        (pair.study, index)
        for answer in answers
        for pair in answer.selection.included
        for side in (pair.first, pair.second)
        for index in side.indexes
    }
    seen = {
        (answer.therapies[0], one.study, one.index): one
        for answer in answers
        for one in answer.selection.excluded
        if (one.study, one.index) not in entering
    }
    counts = Counter((therapy, one.reason) for (therapy, *_), one in seen.items())
    for (therapy, reason), count in counts.most_common():
        studies = {
            one.study
            for (name, *_), one in seen.items()
            if (name, one.reason) == (therapy, reason)
        }
        yield LeftOut(therapy, reason, count, tuple(sorted(studies)))
