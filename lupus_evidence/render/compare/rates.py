"""The rates as a table: one line for each therapy at each endpoint and time."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy, Pooled
from lupus_evidence.document import Column, Table
from lupus_evidence.render.compare import words
from lupus_evidence.render.compare.caveats import UNEVEN
from lupus_evidence.text import number, plural
from lupus_evidence.vocabulary import ANY_TIME, BEST_EVER, ENDPOINTS, NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison

#: Stands beside an interval that the prior decides.
PRIOR_MARK = "*"
#: Nothing, where a dash would say that something is missing.
BLANK = " "

Line = tuple[str | None, ...]


def rates_table(comparison: Comparison, shown: Sequence[Row] | None = None) -> Table:
    """Return the rates: a line for each therapy at each endpoint and time.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    shown : sequence of Row, optional
        The rows to show, all with a figure if omitted; the rest is counted.
    """
    rows = comparison.rows if shown is None else tuple(shown)
    level = one_level(rows)
    lines = tuple(_lines(rows, comparison, certainty=level is None))
    every = tuple(_lines(comparison.rows, comparison, certainty=True))
    columns = (
        Column("question", "", "Endpoint and scope"),
        Column("months", "months", "Time band", align="right"),
        Column("therapy", "with", "What the people were given"),
        Column("people", "people", "People, and whom the rate leaves out", wrap=True),
        Column("rate", "rate", "Rate with its interval"),
        Column("besides", "also", "Over all people; a new centre", wrap=True),
        Column("certainty", "certainty", "How sure anyone can be"),
    )
    return Table(
        "rates",
        columns,
        tuple(
            dict(zip((c.key for c in columns), line, strict=True))
            for line in _without_dashes(lines)
        ),
        title=f"What was seen; certainty: {level}" if level else "What was seen",
        group_by="question",
        empty="No study of these therapies gives a figure for this that can be used.",
        notes=(
            tuple(_notes(rows, comparison, len(every) - len(lines))) if rows else ()
        ),
    )


def _without_dashes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines in which a remark that is not needed is blank, no dash."""
    besides = 5
    if not any(line[besides] for line in lines):
        return tuple(lines)
    return tuple(
        (*line[:besides], line[besides] or BLANK, *line[besides + 1 :])
        for line in lines
    )


def one_level(rows: Sequence[Row]) -> str | None:
    """Return how sure anyone can be of every figure of these rows, if that is one.

    Parameters
    ----------
    rows : sequence of Row
        Rows that are shown.

    Returns
    -------
    str or None
        "very low for every figure"; None where the figures differ.
    """
    found = [cell.certainty.level for cell in figures(rows) if cell.certainty]
    if len(set(found)) != 1:
        return None
    return f"{found[0]} for every figure" if len(found) > 1 else found[0]


def figures(rows: Sequence[Row]) -> list[Cell]:
    """Return the cells of these rows that have studies."""
    return [cell for row in rows for cell in row.cells if cell.k]


def _lines(
    rows: Sequence[Row], comparison: Comparison, *, certainty: bool
) -> Iterator[Line]:
    """Yield a line for each figure, and one for each therapy without any."""
    for (endpoint, scope), group in groupby(rows, key=_about):
        question = words.question(endpoint, scope)
        answered = set()
        for row in group:
            for cell in row.cells:
                if cell.k or _reported(cell):
                    answered.add(cell.therapy)
                    yield question, *_line(row, cell, certainty=certainty)
        elsewhere = {
            cell.therapy
            for row in comparison.rows
            if _about(row) == (endpoint, scope)
            for cell in row.cells
            if cell.k
        }
        for therapy in comparison.therapies:
            if therapy not in answered:
                where = "other times: --all" if therapy in elsewhere else "no study"
                yield (question, None, therapy, None, where, None, None)


def _about(row: Row) -> tuple[str, str]:
    """Return what a group of lines is about."""
    return row.endpoint, row.scope


def _reported(cell: Cell) -> bool:
    """Tell whether a therapy's studies report it without a usable figure."""
    return isinstance(cell.figure, NoStudy) and cell.figure.reported > 0


def _line(row: Row, cell: Cell, *, certainty: bool) -> Line:
    """Return one figure."""
    level = cell.certainty.level if cell.certainty and certainty else None
    return (
        words.months(row.band),
        cell.therapy,
        words.people_and_mark(cell) if cell.k else None,
        words.figure_of(cell) + (PRIOR_MARK if _prior_decides(cell) else ""),
        "; ".join(words.besides(cell)) or None,
        level,
    )


def _prior_decides(cell: Cell) -> bool:
    """Tell whether a figure's interval depends on the assumed spread."""
    return cell.priors is not None and cell.priors.decides


def _notes(rows: Sequence[Row], comparison: Comparison, hidden: int) -> Iterator[str]:
    """Yield what a reader must know of the table, each thing only where it occurs."""
    if hidden:
        more = plural(hidden, "more line")
        yield f"Main outcomes and times only; --all shows {more}."
    yield _how_to_read(rows, comparison)
    yield from prior_sentence(rows)
    yield from _marks(rows)


def _how_to_read(rows: Sequence[Row], comparison: Comparison) -> str:
    """Return what people, brackets and months stand for."""
    cells = figures(rows)
    level = number(comparison.receipt.level * 100)
    pooled = any(isinstance(cell.figure, Pooled) for cell in cells)
    parts = []
    if pooled:
        parts.append("'90 in 3': 90 people in 3 studies, pooled.")
    kinds = _kinds_of_interval(comparison, pooled=pooled)
    parts.append(f"In brackets the {level} % interval: {kinds}.")
    if any(words.mean_apart(cell) for cell in cells):
        parts.append(
            "A pooled rate is that of a typical centre; 'over all people' is the mean "
            "over centres, shown where it is 2 points or more away."
        )
    if any(words.new_centre(cell) for cell in cells):
        parts.append("'new centre': where the rate of a new study would lie.")
    if any(cell.at_least for cell in cells):
        parts.append(
            "'at least': whoever of those treated is not counted may or may not have "
            "had it."
        )
    bands = [row.band for row in rows]
    parts.append(words.bands_in_words(bands))
    parts += [
        f"{words.months(band)}: {band.label}."
        for band in (ANY_TIME, BEST_EVER, NOT_STATED)
        if band in bands
    ]
    return " ".join(part for part in parts if part)


def _kinds_of_interval(comparison: Comparison, *, pooled: bool) -> str:
    """Say what an interval is: a posterior one is no confidence interval."""
    one = "one study, exact confidence"
    if not pooled:
        return one
    several = "confidence"
    if comparison.receipt.method == "bayes":
        several = "posterior (credible), for a typical centre"
    return f"{one}; several, {several}"


def prior_sentence(rows: Sequence[Row]) -> Iterator[str]:
    """Yield which intervals the assumed spread between centres makes, if any.

    Parameters
    ----------
    rows : sequence of Row
        Rows that are shown.
    """
    pooled = [cell for cell in figures(rows) if isinstance(cell.figure, Pooled)]
    moved = [cell for cell in pooled if _prior_decides(cell)]
    if not moved:
        return
    names = f"all {plural(len(pooled), 'pooled figure')}"
    if len(pooled) == 1:
        names = "the pooled figure"
    elif len(moved) < len(pooled):
        names = "; ".join(_name(cell) for cell in moved)
    yield (
        f"{PRIOR_MARK} An end of the interval moves by 10 points or more when the "
        f"assumed spread between centres is halved or doubled: {names}."
    )


def _name(cell: Cell) -> str:
    """Return which figure a cell is, in a few words."""
    chosen = cell.selection
    label = ENDPOINTS[chosen.endpoint].label
    judged = "" if chosen.scope == "lupus" else f", {chosen.scope}"
    return f"{cell.therapy} {label}{judged}, {words.at_time(chosen.band)}"


def _marks(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what a mark in the table means, if it occurs."""
    cells = figures(rows)
    estimates = [
        cell.figure.estimate for cell in cells if isinstance(cell.figure, Pooled)
    ]
    if any(item.noted("too-different") for item in estimates):
        yield "(vary): these studies differ too much for one number."
    if any(item.noted("spread-assumed") for item in estimates):
        yield (
            "An interval pooled from two or three studies rests on how much centres "
            "are assumed to differ: too narrow where tau is above about 1.2."
        )
    if any(
        item.noted("prediction-assumed") and item.prediction_shown for item in estimates
    ):
        yield (
            "Pooled from three or four studies, the range for a new centre rests on "
            "how much centres are assumed to differ."
        )
    bounds = [item.bound for item in estimates if item.bound is not None]
    if bounds:
        yield (
            "A bound alone: everyone or no one had the outcome in every study; "
            f"one-sided {number(bounds[0].level * 100)} % bound, no estimate."
        )
    included = [item for cell in cells for item in cell.selection.included]
    if any(item.form == "effective" for item in included):
        yield words.ESTIMATE_MEANING
    assumed = sorted({item.study for item in included if item.assumed})
    if assumed:
        yield (
            "No error is printed with the estimate of "
            f"{', '.join(assumed)}: what it is worth is assumed from its follow-up."
        )
    if any(
        item.uneven and cell.selection.band.months is not None
        for cell in cells
        for item in cell.selection.included
    ):
        yield (
            f"In some studies {UNEVEN}: their counts are no rates at one time; "
            "--explain says which."
        )
