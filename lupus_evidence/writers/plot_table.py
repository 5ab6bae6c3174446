"""A picture as tables, for where nothing can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.curve import CurvePlot
from lupus_evidence.document import Column, Table
from lupus_evidence.flowchart import FlowChart
from lupus_evidence.text import capital, small
from lupus_evidence.writers.curve_table import curve_table
from lupus_evidence.writers.flow_text import flow_table

if TYPE_CHECKING:
    from lupus_evidence.plot import Plot, PlotLine, PlotPanel


def block_tables(block: Plot | CurvePlot | FlowChart | Table) -> tuple[Table, ...]:
    """Return a table as it is, a picture as one for each panel or for all curves.

    Parameters
    ----------
    block : Plot, CurvePlot, FlowChart or Table
        Of a document.
    """
    if isinstance(block, Table):
        return (block,)
    if isinstance(block, CurvePlot):
        return (curve_table(block),)
    if isinstance(block, FlowChart):
        return (flow_table(block),)
    columns = (
        Column("therapy", "therapy", "What the people were given"),
        Column("label", "study", "Which study, or what studies come to"),
        Column("people", small(block.headings.people), "People", align="right"),
        Column("rate", block.headings.rate, "Number with its interval"),
        Column("weight", "share", "Share of the information", align="right"),
        Column("bias", "bias", "Risk of bias, where anybody has judged it"),
    )
    return tuple(_table(panel, block, columns) for panel in block.panels)


def _table(panel: PlotPanel, plot: Plot, columns: tuple[Column, ...]) -> Table:
    """Return one panel, and below it what else effects come to where that is told."""
    rows = tuple(
        {
            "therapy": ", ".join(filter(None, (capital(group.name), group.among))),
            "label": line.label,
            "people": line.texts[1] if line.control else line.people,
            "rate": line.rate,
            "weight": line.weight,
            "bias": _bias(line, plot),
        }
        for group in panel.groups
        for line in group.lines
    )
    notes = tuple(capital(group.spread) for group in panel.groups if plot.of_trials)
    return Table(
        "lines", columns, rows, title=panel.title, group_by="therapy", notes=notes
    )


def _bias(line: PlotLine, plot: Plot) -> str | None:
    """Return the sign of a study's risk of bias with its word: "x high"."""
    sign = plot.sign(line)
    return f"{sign} {plot.judged(line)}" if sign else None
