"""A forest plot as a figure for a journal: SVG, PDF or PNG through matplotlib.

The same data give the same bytes: no date, no random ids. Text stays text in SVG and
PDF; the SVG has a title and a description for screen readers.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lupus_evidence.errors import EvidenceError, OutputError
from lupus_evidence.pages.phrases import question
from lupus_evidence.render.forest import words
from lupus_evidence.render.forest.drawing import drawn_figure
from lupus_evidence.render.forest.sheet import sheet_of
from lupus_evidence.text import visible
from lupus_evidence.vocabulary import THERAPIES

if TYPE_CHECKING:
    from lupus_evidence.forest.plot import ForestPlot

SUFFIXES = ("svg", "pdf", "png")

#: Dots per inch that journals ask of pictures with text.
DPI = 300

_SETTINGS: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica"],
    "svg.fonttype": "none",
    "svg.hashsalt": "lupus-evidence",
    "pdf.fonttype": 42,
    "pdf.compression": 9,
    "text.parse_math": False,
    "text.usetex": False,
}


def render_forest_figure(plot: ForestPlot, suffix: str) -> bytes:
    """Return a forest plot as the bytes of a picture file.

    Parameters
    ----------
    plot : ForestPlot
        The plot.
    suffix : {"svg", "pdf", "png"}
        Kind of file; a leading point and capitals are allowed.

    Raises
    ------
    OutputError
        If there is no such kind of figure.
    EvidenceError
        If matplotlib is not installed.
    """
    kind = suffix.lower().removeprefix(".")
    if kind not in SUFFIXES:
        raise OutputError(f"a figure is one of {', '.join(SUFFIXES)}, not {suffix!r}")
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise EvidenceError(
            "figures need matplotlib: pip install 'lupus-evidence[figures]'"
        ) from error
    stream = BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = drawn_figure(sheet_of(plot))
        figure.savefig(stream, format=kind, dpi=DPI, metadata=_metadata(plot, kind))
    data = stream.getvalue()
    return _described(data, plot) if kind == "svg" else data


def figure_title(plot: ForestPlot) -> str:
    """Return what the figure shows, in a few words."""
    return f"{question(plot.endpoint, 'lupus')}: {' and '.join(plot.therapies)}"


def figure_description(plot: ForestPlot) -> str:
    """Return the figure in words, for those who cannot see it."""
    parts = []
    for panel in plot.panels:
        parts.append(f"{words.panel_title(panel)}.")
        for group in panel.groups:
            lines = [words.study_line(row) for row in group.rows]
            lines += words.summary_lines(group.cell)
            said = "; ".join(
                " ".join(filter(None, (line.name, line.people, line.rate)))
                for line in lines
            )
            parts.append(f"{THERAPIES[group.therapy].label}: {said}.")
    return visible(" ".join(parts))


def _metadata(plot: ForestPlot, kind: str) -> dict[str, str | None]:
    """Return what the file says about itself, without a date."""
    title = figure_title(plot)
    if kind == "svg":
        return {"Title": title, "Date": None, "Creator": "lupus-evidence"}
    if kind == "pdf":
        return {
            "Title": title,
            "Subject": words.receipt_line(plot),
            "Creator": "lupus-evidence",
            "Producer": None,
            "CreationDate": None,
        }
    return {"Title": title, "Software": None}


def _described(data: bytes, plot: ForestPlot) -> bytes:
    """Give an SVG its role, title and description."""
    text = data.decode("utf-8")
    start = text.index("<svg ")
    end = text.index(">", start) + 1
    opening = text[start : end - 1] + ' role="img" aria-labelledby="title desc">'
    inner = (
        f'\n <title id="title">{escape(figure_title(plot))}</title>'
        f'\n <desc id="desc">{escape(figure_description(plot))}</desc>'
    )
    return (text[:start] + opening + inner + text[end:]).encode("utf-8")
