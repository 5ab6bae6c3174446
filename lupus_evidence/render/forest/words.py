"""The texts of a forest plot, the same on a terminal, in a figure and on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy, Unpooled
from lupus_evidence.pages.phrases import (
    at_least,
    at_time,
    count_of,
    figure_of,
    mean_apart,
    new_centre,
    question,
)
from lupus_evidence.pages.reasons import less_certain, why
from lupus_evidence.text import number, percent, plural, rate, visible
from lupus_evidence.values import Rate
from lupus_evidence.vocabulary import DENOMINATORS, KINDS

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.forest.plot import ForestPanel, ForestPlot, ForestRow

Ends = tuple[float, float]

NO_STUDY = "no study reports it"

#: Reasons to be less certain that stand beside how much the studies differ.
_SPREAD = ("too-different", "prior-decides")


@dataclass(frozen=True)
class Drawn:
    """One line of a forest plot, ready to be drawn.

    Parameters
    ----------
    name, people, rate, share : str
        Its texts.
    kind : {"study", "pooled", "bound", "new-centre", "nothing"}
        How it is drawn.
    estimate : float or None
        Proportion in 0-1; None where there is no one number.
    ends : tuple of float or None
        Ends of its interval, proportions in 0-1.
    weight : float
        Share of the information, 0-1.
    """

    name: str
    people: str
    rate: str
    share: str
    kind: str
    estimate: float | None = None
    ends: Ends | None = None
    weight: float = 0.0


def panel_title(panel: ForestPanel) -> str:
    """Return "Alive, at 24 months"."""
    return f"{question(panel.endpoint, panel.scope)}, {at_time(panel.band)}"


def study_line(row: ForestRow) -> Drawn:
    """Return one study's line."""
    item = row.item
    return Drawn(
        item.study,
        count_of(item),
        rate(Rate(item.rate, row.low, row.high)),
        f"{percent(row.share)} %" if row.share < 1 else "",
        "study",
        item.rate,
        (row.low, row.high),
        row.share,
    )


def summary_lines(cell: Cell) -> tuple[Drawn, ...]:
    """Return the lines below a therapy's studies: what they come to.

    Parameters
    ----------
    cell : Cell
        One study has none: its own line says everything.
    """
    figure = cell.figure
    match figure:
        case SingleStudy():
            return ()
        case NoStudy(reported):
            reason = NO_STUDY
            if reported:
                count = plural(reported, "study reports", "studies report")
                reason = f"{count} it, none usably"
            return (Drawn(reason, "", "", "", "nothing"),)
        case Unpooled():
            return (Drawn("not pooled", "", "", "", "nothing"),)
    return _pooled_lines(cell, figure)


def _pooled_lines(cell: Cell, figure: Pooled) -> tuple[Drawn, ...]:
    """Return the pooled figure, and where a new centre would lie."""
    estimate = figure.estimate
    people = number(cell.selection.people)
    name = f"pooled, {plural(estimate.k, 'study', 'studies')}"
    if estimate.bound is not None:
        lower = estimate.bound.side == "lower"
        end = estimate.bound.model
        ends = (end, 1.0) if lower else (0.0, end)
        return (Drawn(name, people, figure_of(cell), "", "bound", None, ends),)
    shown = name, people, figure_of(cell), "", "pooled"
    lines = [Drawn(*shown, estimate.estimate, estimate.ci)]
    words = new_centre(cell)
    if words is not None:
        reach = estimate.prediction
        lines.append(Drawn("a new centre", "", words, "", "new-centre", None, reach))
    return tuple(lines)


def spread(cell: Cell) -> str:
    """Return how much the pooled studies differ, and what that does to the figure.

    "tau 0.74, I² 53 %, over all people 83 %; the interval depends on what is assumed".
    """
    if not isinstance(cell.figure, Pooled):
        return ""
    estimate = cell.figure.estimate
    parts = []
    if estimate.tau is not None:
        parts.append(f"tau {number(estimate.tau, 2)}")
    if estimate.i2 is not None:
        parts.append(f"I² {percent(estimate.i2)} %")
    if cell.mean is not None and mean_apart(cell):
        parts.append(f"over all people {percent(cell.mean)} %")
    codes = cell.certainty.codes if cell.certainty else ()
    words = [less_certain(code) for code in _SPREAD if code in codes]
    return "; ".join(filter(None, (", ".join(parts), *words)))


def denominator(cell: Cell) -> str:
    """Return whom the rates are divided by, and what is known of everybody treated."""
    kind = cell.selection.kind
    if kind is None:
        return ""
    return "; ".join(filter(None, (f"of {DENOMINATORS[kind].words}", at_least(cell))))


def remarks(cell: Cell) -> tuple[str, ...]:
    """Return what a reader of the pooled figure must know, in sentences."""
    if not isinstance(cell.figure, Pooled):
        return ()
    return tuple(note.text for note in cell.figure.estimate.notes)


def left_out(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Return the results that are not in a figure: study and reason, each once."""
    return tuple(
        dict.fromkeys(
            (item.study, visible(why(item.reason, item.particulars)))
            for item in cell.selection.excluded
        )
    )


def estimate_meaning(plot: ForestPlot) -> tuple[str, ...]:
    """Return what "est." means, if any study entered through an estimate."""
    found = {
        row.item.kind
        for panel in plot.panels
        for group in panel.groups
        for row in group.rows
        if row.item.form == "effective"
    }
    if not found:
        return ()
    kinds = [words for kind, words in KINDS.items() if kind in found - {"count"}]
    named = f" ({'; '.join(kinds)})" if kinds else ""
    return (f"est.: an estimate about so many people{named}, weighted by its error.",)


def elsewhere(plot: ForestPlot) -> str:
    """Return the scopes and times that have a figure too, or nothing."""
    if not plot.elsewhere:
        return ""
    parts = [
        (f"{scope}, " if scope != "lupus" else "") + at_time(band)
        for scope, band in plot.elsewhere
    ]
    return f"There are figures too for: {'; '.join(parts)}."


def receipt_line(plot: ForestPlot) -> str:
    """Return what the plot rests on, in one line."""
    receipt = plot.receipt
    prior = (
        f", tau ~ HalfNormal({number(receipt.tau_prior, 2)})"
        if receipt.method == "bayes"
        else ""
    )
    return (
        f"lupus-evidence {receipt.version}, records {receipt.records_version or '?'} "
        f"({receipt.data_hash}), last search {receipt.searched or 'not stated'}; "
        f"pooling: {receipt.method}{prior}; one study: exact interval; "
        f"level {number(receipt.level * 100)} %; overlap: {receipt.rules.overlap}."
    )


UNADJUSTED = (
    "Different studies of different people, mostly without a control group: a "
    "difference between therapies is not an effect of one over the other."
)
SHARE_MEANING = "share: of the information in the pooled figure, not of the people."
