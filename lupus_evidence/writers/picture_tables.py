"""Pictures as tables, for where nothing can be drawn and for a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.documents.curve import CurvePlot, CurveRow, DrawnCurve
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.flowchart import FlowChart
from lupus_evidence.documents.text import capital, small
from lupus_evidence.writers.curve_labels import alive_said, new_said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.documents.plot import Plot, PlotLine, PlotPanel
    from lupus_evidence.documents.values import Value


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


def curve_table(plot: CurvePlot) -> Table:
    """Return the rows of all curves: words for a person, proportions for a sheet.

    Parameters
    ----------
    plot : CurvePlot
        The picture; its title and notes stand elsewhere.
    """
    alive = f"{small(plot.measured).removesuffix(' people')} (95 %)"
    columns = (
        Column("name", "therapy", "What the people were given", "screen"),
        Column("therapy", "", "Therapy, by its short name", "data"),
        Column("months", "months", "Months after treatment", align="right"),
        Column("said", alive, "In a typical centre", "screen", align="right"),
        _share("alive", "In a typical centre"),
        _share("low", "Lower end of its 95 % interval"),
        _share("high", "Upper end of its 95 % interval"),
        Column("new", "new centre", "Where it lies", "screen", align="right", drop=2),
        _share("new_low", "Lower end of where a new centre would lie"),
        _share("new_high", "Upper end of where a new centre would lie"),
        Column(
            "people",
            "watched",
            "People in the studies that reach this time",
            align="right",
            drop=1,
        ),
        Column("studies", "studies", "Studies that reach it", align="right", drop=3),
        Column("single_alive", "", "Counted in the only study that reaches it", "data"),
        Column("single_people", "", "People of that study", "data"),
    )
    rows = tuple(_row(curve, row) for curve in plot.curves for row in curve.rows)
    silent = tuple(
        f"{capital(curve.name)}: no curve, {curve.why_none}."
        for curve in plot.curves
        if not curve.points
    )
    return Table("survival", columns, rows, group_by="name", notes=silent)


def _share(key: str, meaning: str) -> Column:
    """Return a column of proportions, for a sheet."""
    return Column(key, "", meaning, "data", proportion=True)


def _row(curve: DrawnCurve, row: CurveRow) -> Mapping[str, Value]:
    """Return a row for a person and for a sheet."""
    rate, single = row.alive, row.single
    return {
        "name": capital(curve.name),
        "therapy": curve.therapy,
        "months": row.months,
        "said": alive_said(row, curve) or None,
        "alive": rate.estimate if rate else None,
        "low": rate.low if rate else None,
        "high": rate.high if rate else None,
        "new": new_said(row) or None,
        "new_low": row.new_low,
        "new_high": row.new_high,
        "people": row.people,
        "studies": row.studies,
        "single_alive": single.events if single else None,
        "single_people": single.n if single else None,
    }


def flow_table(chart: FlowChart) -> Table:
    """Return a diagram as a table, for where nothing can be drawn.

    Parameters
    ----------
    chart : FlowChart
        The diagram.
    """
    names = dict(chart.phases)
    columns = (
        Column("way", "found by", "Databases and registers, or other methods"),
        Column("phase", "phase", "Identification, screening, included"),
        Column("box", "reports", "What is counted", wrap=True),
        Column("side", "left the way", "What is not counted any further", wrap=True),
    )
    steps = [(column.title, step) for column in chart.columns for step in column.steps]
    rows = tuple(
        {
            "way": way,
            "phase": names[step.phase],
            "box": _joined(step.box),
            "side": _joined(step.side),
        }
        for way, step in (*steps, ("", chart.last))
    )
    return Table("flow", columns, rows, title="", empty="")


def _joined(texts: Sequence[str]) -> str:
    """Return the texts of a box in one line, those under a heading behind it."""
    if texts and texts[0].endswith(":"):
        return f"{texts[0]} {'; '.join(texts[1:])}"
    return "; ".join(texts)
