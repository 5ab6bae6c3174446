"""What a first look needs of a comparison: a line for each main outcome, or main rows.

Lines stand in answers, where one figure of each therapy is enough; rows where several
times of one outcome are seen side by side. Nothing is decided here about what is
pooled. The rows left to `--all` are counted on the screen, and CSV and JSON always
hold every row.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Cell, NoStudy, Pooled, Row
from lupus_evidence.vocabulary import NOT_STATED, Scope, is_judged, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.trials import TrialsAnswer


#: Families whose events only ever become more: the time tells as much as the rate.
GROWING = frozenset({"survival", "harm"})


@dataclass(frozen=True)
class MainFigure:
    """One therapy's figure on a line.

    Parameters
    ----------
    row : Row
        Where it stands: at which time, judged on what.
    cell : Cell
        The figure.
    """

    row: Row
    cell: Cell


@dataclass(frozen=True)
class MainLine:
    """One main outcome with a figure of every therapy that has one.

    Parameters
    ----------
    endpoint : str
        What is counted.
    figures : tuple of MainFigure or None
        One for each therapy, in the order asked; None where it has no figure at all.
    together : bool
        Whether all of them are of one time and judged on one thing.
    """

    endpoint: str
    figures: tuple[MainFigure | None, ...]
    together: bool

    @property
    def row(self) -> Row:
        """The row of the first figure."""
        return next(item.row for item in self.figures if item is not None)


def shown_lines(rows: Sequence[Row], *, every: bool = False) -> tuple[MainLine, ...]:
    """Return the lines of an answer: of main outcomes, or of every row.

    What is judged on an organ stands before the rest where that alone was asked.

    Parameters
    ----------
    rows : sequence of Row
        All rows of a comparison.
    every : bool
        Whether each row has a line; so it is too where none is about a main outcome.
    """
    lines = every_line(rows) if every else first_look(rows) or every_line(rows)
    if any(is_judged(x.endpoint) and x.row.scope == topic().whole for x in lines):
        return lines
    return tuple(sorted(lines, key=lambda line: not is_judged(line.endpoint)))


def without_answered(
    lines: Sequence[MainLine], answers: Sequence[TrialsAnswer]
) -> tuple[MainLine, ...]:
    """Return the lines that say more than trials do.

    Parameters
    ----------
    lines : sequence of MainLine
        Of an answer.
    answers : sequence of TrialsAnswer
        What trials say about two of its therapies.
    """
    known = {
        (item.question.endpoint, item.question.scope, trial.study)
        for item in answers
        for trial in item.trials
    }
    return tuple(
        line
        for line in lines
        if not all(
            (line.endpoint, figure.row.scope, item.study) in known
            for figure in line.figures
            if figure is not None
            for item in figure.cell.selection.included
        )
    )


def first_look(rows: Sequence[Row]) -> tuple[MainLine, ...]:
    """Return a line for each main outcome, and one for each main time.

    The row is the one in which most therapies have a figure, at a stated time before
    an unknown one, of the whole disease before an organ, on most people; a therapy
    without a figure in it is told at its own best. Survival and relapse have a line for
    each time at which several therapies have a figure.

    Parameters
    ----------
    rows : sequence of Row
        All rows of a comparison.

    Returns
    -------
    tuple of MainLine
        In the order of the vocabulary.
    """
    found = []
    for endpoint, known in topic().endpoints.items():
        if known.look != "first":
            continue
        fit = [row for row in rows if row.endpoint == endpoint and sayable(row)]
        if fit:
            found += _lines(_main(fit), fit)
    return tuple(found)


def every_line(rows: Sequence[Row]) -> tuple[MainLine, ...]:
    """Return each row as a line of its own.

    Parameters
    ----------
    rows : sequence of Row
        Rows to show.
    """
    return tuple(
        MainLine(
            row.endpoint,
            tuple(
                MainFigure(row, cell) if cell.k or reported(cell) else None
                for cell in row.cells
            ),
            together=True,
        )
        for row in rows
    )


def sayable(row: Row) -> list[Cell]:
    """Return the cells of a row with something to say: an interval or a bound."""
    return [cell for cell in row.cells if says(cell)]


def reported(cell: Cell) -> bool:
    """Tell whether a therapy's studies speak about it, if only to be left out."""
    return bool(cell.selection.excluded)


def says(cell: Cell) -> bool:
    """Tell whether a figure has an interval, or is a bound.

    Parameters
    ----------
    cell : Cell
        Its cell.
    """
    if cell.ci is not None:
        return True
    return isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is not None


def _main(fit: Sequence[Row]) -> list[Row]:
    """Return the rows of one endpoint that get a line."""
    best = max(fit, key=telling)
    known = topic().endpoints[best.endpoint]
    if known.family not in GROWING or not known.clock:
        return [best]
    shared = [
        row
        for row in fit
        if len(sayable(row)) > 1
        and row.band.months is not None
        and row.scope == best.scope
    ]
    return shared or [best]


def telling(row: Row) -> tuple[int, bool, bool, float, float]:
    """Order rows by how much a reader learns from one.

    Six people beside sixty tell less than thirty beside eighteen: what there is least
    of counts before how much there is in all.

    Parameters
    ----------
    row : Row
        A row with a figure.
    """
    return (
        len(sayable(row)),
        row.band != NOT_STATED,
        row.scope == topic().whole,
        min((cell.selection.people for cell in sayable(row)), default=0),
        sum(cell.selection.people for cell in row.cells),
    )


def _lines(main: Sequence[Row], fit: Sequence[Row]) -> list[MainLine]:
    """Return rows as lines; who has a figure on none of them is told on the first."""
    lines = []
    for number, row in enumerate(main):
        figures: list[MainFigure | None] = []
        for place, cell in enumerate(row.cells):
            told = any(says(item.cells[place]) for item in main)
            others = [item for item in fit if says(item.cells[place])]
            if says(cell) or (not others and reported(cell)):
                figures.append(MainFigure(row, cell))
            elif others and not told and number == 0:
                best = max(others, key=telling)
                figures.append(MainFigure(best, best.cells[place]))
            else:
                figures.append(None)
        rows = {(f.row.band, f.row.scope) for f in figures if f is not None}
        lines.append(MainLine(row.endpoint, tuple(figures), together=len(rows) == 1))
    return lines


def main_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows for a first look, in their order.

    Of each main endpoint and scope these are the times at which at least two
    therapies have a figure; where there is none, each therapy's figure on the most
    people, the later one of equals, and if that has no stated time the best one that
    has.

    Parameters
    ----------
    rows : sequence of Row
        All rows of a comparison.

    Returns
    -------
    tuple of Row
        All of them where none is about a main endpoint.
    """
    groups: dict[tuple[str, Scope], list[Row]] = defaultdict(list)
    for row in rows:
        if topic().endpoints[row.endpoint].look == "first":
            groups[row.endpoint, row.scope].append(row)
    kept = {id(row) for group in groups.values() for row in _main_times(group)}
    return tuple(row for row in rows if id(row) in kept) or tuple(rows)


def _main_times(group: list[Row]) -> list[Row]:
    """Choose among the times of one endpoint."""
    shared = [
        row
        for row in group
        if sum(not isinstance(cell.figure, NoStudy) for cell in row.cells) > 1
    ]
    if shared:
        return shared
    dated = [row for row in group if row.band is not NOT_STATED]
    return [*_on_most_people(group), *_on_most_people(dated)]


def _on_most_people(group: list[Row]) -> list[Row]:
    """Return each therapy's row with the figure on the most people."""
    best: dict[str, tuple[int, Row]] = {}
    for row in group:
        for cell in row.cells:
            least, _ = best.get(cell.therapy, (0, row))
            people = cell.selection.people
            if not isinstance(cell.figure, NoStudy) and people >= least:
                best[cell.therapy] = people, row
    return [row for _, row in best.values()]
