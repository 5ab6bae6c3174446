"""The rates as a table: endpoints and times down, therapies across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.render.cells import NOTHING, number, percent
from lupus_evidence.render.compare import words
from lupus_evidence.results import Column, Table
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison


#: Therapies for which people and rates fit beside each other on 80 columns.
TWO_SIDES = 2


def rates_table(comparison: Comparison, hidden: int = 0) -> Table:
    """Return the rates: one row for each endpoint and time, columns by therapy.

    Parameters
    ----------
    comparison : Comparison
        Its rows with a figure are shown.
    hidden : int
        How many more rows there are.
    """
    columns = [
        Column("question", "", "Endpoint and scope"),
        Column("months", "months", "Time band", align="right"),
    ]
    # with three therapies and more, rates go before people on a narrow screen
    crowded = int(len(comparison.therapies) > TWO_SIDES)
    for therapy in comparison.therapies:
        heading = f"{therapy} people" if crowded else "people"
        columns += [
            Column(f"{therapy} people", heading, "People", align="right", drop=crowded),
            Column(f"{therapy} rate", therapy, "Rate"),
        ]
    for place, (_, heading, meaning) in enumerate(_MORE):
        columns += [
            Column(
                f"{therapy} {heading}", f"{therapy} {heading}", meaning, drop=place + 2
            )
            for therapy in comparison.therapies
        ]
    level = number(comparison.receipt.level * 100)
    notes = (
        (
            "'90 in 3' is 90 people in 3 studies, pooled; '12 of 39' is one study. In "
            f"brackets the {level} % interval: {_kinds_of_interval(comparison)}. "
            f"{words.bands_in_words()} "
            f"{NOTHING}: time not stated."
        ),
        *_marks(comparison),
        *_rest(hidden),
    )
    return Table(
        "rates",
        tuple(columns),
        tuple(_rates_row(row) for row in comparison.rows),
        title="What was seen",
        group_by="question",
        empty="No study of these therapies gives a figure for this that can be used.",
        notes=notes if comparison.rows else (),
    )


def _kinds_of_interval(comparison: Comparison) -> str:
    """Say what an interval is: a posterior one is no confidence interval."""
    several = "confidence"
    if comparison.receipt.method == "bayes":
        several = "posterior (credible), for a typical centre"
    return f"one study, exact confidence; several, {several}"


def _rest(hidden: int) -> Iterator[str]:
    """Yield how many rows a first look leaves out, if any."""
    if hidden:
        more = plural(hidden, "more line")
        yield f"Main outcomes and times only; --all shows {more}."


def _tau(cell: Cell) -> str | None:
    """Return the spread between studies on the logit scale."""
    if not isinstance(cell.figure, Pooled) or cell.figure.estimate.tau is None:
        return None
    return number(cell.figure.estimate.tau, 2)


def _i2(cell: Cell) -> str | None:
    """Return I²."""
    if not isinstance(cell.figure, Pooled) or cell.figure.estimate.i2 is None:
        return None
    return f"{percent(cell.figure.estimate.i2)} %"


def _level(cell: Cell) -> str | None:
    """Return how sure anyone can be."""
    return cell.certainty.level if cell.certainty else None


#: Columns for wide screens; the last is dropped first.
_MORE = (
    (words.new_centre, "new centre", "Where a new study's rate would lie"),
    (_level, "certainty", "How sure anyone can be"),
    (_tau, "tau", "Spread between studies on the logit scale"),
    (_i2, "I²", "Share of the variation that is not chance"),
)


def _rates_row(row: Row) -> tuple[str | None, ...]:
    """Return one line of the rates."""
    values: list[str | None] = [
        words.question(row.endpoint, row.scope),
        words.months(row.band),
    ]
    for cell in row.cells:
        values += [words.people_of(cell), words.figure_of(cell)]
    for show, _, _ in _MORE:
        values += [show(cell) for cell in row.cells]
    return tuple(values)


def _marks(comparison: Comparison) -> Iterator[str]:
    """Yield what a mark in the table means, if it occurs."""
    estimates = [
        cell.figure.estimate
        for row in comparison.rows
        for cell in row.cells
        if isinstance(cell.figure, Pooled)
    ]
    if any(item.noted("too-different") for item in estimates):
        yield "(vary): these studies differ too much for one number; see its interval."
    if any(item.noted("spread-assumed") for item in estimates):
        yield (
            "An interval pooled from two or three studies rests on how much centres "
            "are assumed to differ; where they differ more (tau above about 1.2), it "
            "is too narrow."
        )
    if any(
        item.noted("prediction-assumed") and item.prediction_shown for item in estimates
    ):
        yield (
            "With three or four studies, the range for a new centre mostly reflects "
            "that assumption."
        )
    bounds = [item.bound for item in estimates if item.bound is not None]
    if bounds:
        yield (
            "'at least', 'at most': everyone or no one had the outcome in every study; "
            f"a one-sided {number(bounds[0].level * 100)} % bound, no estimate."
        )
    included = [
        item
        for row in comparison.rows
        for cell in row.cells
        for item in cell.selection.included
    ]
    if any(item.form == "effective" for item in included):
        yield words.ESTIMATE_MEANING
    if any(item.uneven for item in included):
        yield (
            "Some figures are counts at the end of follow-up that was shorter for some "
            "people than for others, put at its median, mean or end: no rates at one "
            "time. --explain says which."
        )
    if any(item.ever for item in included):
        yield (
            "Some figures count the best state that people ever reached, even if it "
            "did not last; --explain says which."
        )
