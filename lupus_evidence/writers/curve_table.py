"""Survival over time as a table, for where nothing can be drawn and for a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.text import capital, small
from lupus_evidence.writers.curve_parts import alive_said, new_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupus_evidence.curve import CurvePlot, CurveRow, DrawnCurve
    from lupus_evidence.values import Value


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
