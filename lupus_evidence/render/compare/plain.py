"""What the studies saw, in plain sentences: people first, one sentence an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled, SingleStudy
from lupus_evidence.render.compare.caveats import about_its_time
from lupus_evidence.render.compare.words import (
    at_least,
    count_of,
    evidence_in_words,
    group_of,
)
from lupus_evidence.text import between, number, percent
from lupus_evidence.vocabulary import (
    ANY_TIME,
    BEST_EVER,
    DENOMINATORS,
    EARLY,
    ENDPOINTS,
    NOT_STATED,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.vocabulary import Band

#: When it was, for the bands that are no months after treatment.
_WHEN = {
    EARLY.name: f"within {number(EARLY.high)} months",
    ANY_TIME.name: "",
    BEST_EVER.name: "at their best, even if it did not last",
    NOT_STATED.name: "at a time the studies do not state",
}


def plain_sentences(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what a lay reader should know of each main endpoint.

    The time is the one at which most therapies have a figure, then the one with the
    most people; a therapy without a figure at that time is told at its own.

    Parameters
    ----------
    rows : sequence of Row
        Rows of the comparison.
    """
    found = []
    for endpoint, known in ENDPOINTS.items():
        if known.look != "first":
            continue
        fit = [row for row in rows if row.endpoint == endpoint and _sayable(row)]
        if fit:
            found.append(_plain(max(fit, key=_telling), fit))
    return tuple(found)


def _telling(row: Row) -> tuple[int, bool, bool, float]:
    """Order rows by how much a lay reader learns from one."""
    return (
        len(_sayable(row)),
        row.band != NOT_STATED,
        row.scope == "lupus",
        sum(cell.selection.people for cell in row.cells),
    )


def _sayable(row: Row) -> list[Cell]:
    """Return the cells with something to say."""
    return [cell for cell in row.cells if cell.ci is not None or _bounded(cell)]


def _bounded(cell: Cell) -> bool:
    """Tell whether a figure is a bound."""
    return isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is not None


def _plain(row: Row, others: Sequence[Row]) -> str:
    """Say a row in plain words, and of a therapy without a figure in it another one."""
    sentences = [_cell_in_words(row, cell) for cell in _sayable(row)]
    apart, silent = [], []
    for cell in row.cells:
        if cell in _sayable(row):
            continue
        told = ((item, found) for item in others for found in _sayable(item))
        there = [pair for pair in told if pair[1].therapy == cell.therapy]
        if there:
            best = max(there, key=lambda pair: _telling(pair[0]))
            apart.append(_cell_in_words(*best))
        else:
            silent.append(cell.therapy)
    if apart:
        apart.append("Other times or organs: do not compare these.")
    if silent:
        apart.append(f"For {' and '.join(silent)} there is no figure.")
    return " ".join([*sentences, *apart])


def _cell_in_words(row: Row, cell: Cell) -> str:
    """Say what was seen with one therapy, when, and what it rests on."""
    judged = "" if row.scope == "lupus" else f", judged on the {row.scope},"
    seen = f"{ENDPOINTS[row.endpoint].verb}{judged} {_when(row.band)}".rstrip(" ,")
    if isinstance(cell.figure, SingleStudy):
        text = f"{_in_one_study(cell.figure)} {seen}"
        rests = [at_least(cell)]
    else:
        text = f"{_of_a_hundred(cell)} {seen}"
        rests = [_typical(cell), evidence_in_words(cell), at_least(cell)]
    known = "; ".join(part for part in [*rests, *about_its_time(cell)] if part)
    return f"With {cell.therapy}, {text}{f' ({known})' if known else ''}."


def _when(band: Band) -> str:
    """Return when it was, in a lay reader's words."""
    return _WHEN.get(band.name, f"about {band.label} later")


def _in_one_study(figure: SingleStudy) -> str:
    """Return who had the outcome: some of the people of the only study."""
    item, group = figure.study, group_of(figure.study.denominator)
    low, high = percent(figure.low), percent(figure.high)
    if item.form == "effective":
        return (
            f"in one study of {number(item.people)} {group}, an estimated "
            f"{percent(item.rate)} % ({low} to {high})"
        )
    share = f"{percent(item.rate)} %, {low} to {high}"
    return f"in one study {count_of(item)} {group} ({share})"


def _of_a_hundred(cell: Cell) -> str:
    """Return who had the outcome, of 100 people: over all centres if that is known."""
    group = DENOMINATORS[cell.selection.kind or "unstated"].of_hundred
    if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is not None:
        bound = cell.figure.estimate.bound
        side = "at least" if bound.side == "lower" else "at most"
        return f"{group} in a typical centre, {side} {percent(bound.model)}"
    if cell.mean is not None:
        return f"{group}, {_about(cell.mean)}"
    if cell.estimate is not None:
        return f"{group} in a typical centre, {_about(cell.estimate)}"
    low, high = cell.ci or (0.0, 1.0)
    return f"{group} in a typical centre, {percent(low)} to {percent(high)}"


def _about(share: float) -> str:
    """Return a share of 100 people: "about 83", "fewer than 1"."""
    text = percent(share)
    if text.startswith("<"):
        return f"fewer than {text[1:]}"
    if text.startswith(">"):
        return f"more than {text[1:]}"
    return f"about {text}"


def _typical(cell: Cell) -> str:
    """Return what a pooled figure's interval is about, and what is wrong with it."""
    estimate = cell.figure.estimate if isinstance(cell.figure, Pooled) else None
    if estimate is None:
        return ""
    differ = estimate.noted("too-different")
    parts = ["the studies differ too much for one number"] if differ else []
    if cell.ci is not None and (cell.mean is not None or cell.estimate is not None):
        parts.insert(0, f"in a typical centre {between(*cell.ci)}")
    return "; ".join(parts)
