"""Survival over time as a figure for a journal: SVG, PDF or PNG through matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.text import visible
from lupus_evidence.writers.curve_drawing import drawn_curve
from lupus_evidence.writers.curve_parts import curve_description
from lupus_evidence.writers.plot_figure import About, figure_file

if TYPE_CHECKING:
    from lupus_evidence.curve import CurvePlot


def render_curve(plot: CurvePlot, kind: str, *, notes: bool = True) -> bytes:
    """Return a picture of survival over time as the bytes of a file.

    Parameters
    ----------
    plot : CurvePlot
        The picture.
    kind : {"svg", "pdf", "png"}
        Kind of file; a leading point and capitals are allowed.
    notes : bool
        Whether anything stands below its table; the description always says it.

    Raises
    ------
    OutputError
        If there is no such kind of figure.
    EvidenceError
        If matplotlib is not installed.
    """
    told = (plot.caption, *plot.notes, plot.footer, plot.receipt)
    subject = visible(" ".join(filter(None, told)))
    about = About(plot.title, curve_description(plot), subject)
    return figure_file(lambda: drawn_curve(plot, notes=notes), kind, about)
