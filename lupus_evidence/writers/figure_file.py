"""A picture as a figure for a journal: SVG, PDF or PNG through matplotlib.

The same data give the same bytes: no date, no random ids. Text stays text in SVG and
PDF; the SVG has a title and a description for screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lupus_evidence.documents.curve import CurvePlot
from lupus_evidence.documents.flowchart import FlowChart
from lupus_evidence.documents.text import capital, visible
from lupus_evidence.errors import EvidenceError, OutputError
from lupus_evidence.writers.curve_figure import drawn_curve
from lupus_evidence.writers.curve_labels import curve_description
from lupus_evidence.writers.flow_diagram import drawn_flow
from lupus_evidence.writers.plot_figure import drawn_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from lupus_evidence.documents.plot import Plot, PlotLine


KINDS = ("svg", "pdf", "png")

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


@dataclass(frozen=True)
class About:
    """What a file says about itself.

    Parameters
    ----------
    title : str
        What the figure shows.
    description : str
        All of it in words, for those who cannot see it.
    subject : str
        What a reader must know, and what it rests on.
    """

    title: str
    description: str
    subject: str


def render_figure(
    picture: Sequence[Plot] | CurvePlot | FlowChart, kind: str, *, notes: bool = True
) -> bytes:
    """Return a picture as the bytes of a file.

    Parameters
    ----------
    picture : sequence of Plot, CurvePlot or FlowChart
        Plots stand on one sheet from top to bottom; the title of the first is the
        sheet's.
    kind : {"svg", "pdf", "png"}
        Kind of file; a leading point and capitals are allowed.
    notes : bool
        Whether anything stands below the picture; the description always says it.

    Raises
    ------
    OutputError
        If there is no such kind of figure.
    EvidenceError
        If matplotlib is not installed.
    """
    name = kind.lower().removeprefix(".")
    if name not in KINDS:
        raise OutputError(f"a figure is one of {', '.join(KINDS)}, not {kind!r}")
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise EvidenceError(
            "figures need matplotlib: pip install 'lupus-evidence[figures]'"
        ) from error
    about = _about(picture)
    stream = BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = _drawn(picture, notes=notes)
        figure.savefig(stream, format=name, dpi=DPI, metadata=_metadata(about, name))
    data = stream.getvalue()
    return _described(data, about) if name == "svg" else data


def _drawn(picture: Sequence[Plot] | CurvePlot | FlowChart, *, notes: bool) -> Figure:
    """Return a picture drawn."""
    if isinstance(picture, CurvePlot):
        return drawn_curve(picture, notes=notes)
    if isinstance(picture, FlowChart):
        return drawn_flow(picture, notes=notes)
    return drawn_figure(picture, notes=notes)


def _about(picture: Sequence[Plot] | CurvePlot | FlowChart) -> About:
    """Return what the file of a picture says about itself."""
    if isinstance(picture, CurvePlot):
        told = (picture.caption, *picture.notes, picture.footer, picture.receipt)
        subject = visible(" ".join(filter(None, told)))
        return About(picture.title, curve_description(picture), subject)
    if isinstance(picture, FlowChart):
        subject = visible(" ".join((*picture.notes, picture.receipt)))
        return About(picture.title, visible(picture.described()), subject)
    said = [text for plot in picture for text in (*plot.notes, *plot.method)]
    subject = " ".join((*said, *_receipts(picture)))
    return About(picture[0].title, figure_description(picture), subject)


def figure_description(plots: Sequence[Plot]) -> str:
    """Return pictures in words, for those who cannot see them.

    Parameters
    ----------
    plots : sequence of Plot
        The pictures.
    """
    parts = [part for plot in plots for part in _said_of(plot)]
    return visible(" ".join((*parts, *_receipts(plots))))


def _said_of(plot: Plot) -> list[str]:
    """Return a picture in words."""
    parts = []
    for panel in plot.panels:
        parts += [f"{panel.title}."] if panel.title else []
        for group in panel.groups:
            said = [_said_of_line(line, plot) for line in group.lines]
            among = f" ({group.among})" if group.among else ""
            parts.append(f"{capital(group.name)}{among}: {'; '.join(said)}.")
            parts += [f"{group.spread}."] if group.spread else []
            out = "; ".join(f"{line.label} ({line.note})" for line in group.left_out)
            parts += [f"Left out: {out}."] if out else []
    return [*parts, *plot.notes, *plot.method]


def _said_of_line(line: PlotLine, plot: Plot) -> str:
    """Return a line in words."""
    said = " ".join(filter(None, line.texts[:3]))
    judged = plot.judged(line)
    return f"{said}, risk of bias: {judged}" if judged else said


def _receipts(plots: Sequence[Plot]) -> tuple[str, ...]:
    """Return what pictures rest on, each thing once."""
    return tuple(dict.fromkeys(plot.receipt for plot in plots))


def _metadata(about: About, kind: str) -> dict[str, str | None]:
    """Return what the file says about itself, without a date."""
    title = about.title
    if kind == "svg":
        return {"Title": title, "Date": None, "Creator": "lupus-evidence"}
    if kind == "pdf":
        return {
            "Title": title,
            "Subject": about.subject,
            "Creator": "lupus-evidence",
            "Producer": None,
            "CreationDate": None,
        }
    return {
        "Title": title,
        "Description": about.description,
        "Software": None,
    }


def _described(data: bytes, about: About) -> bytes:
    """Give an SVG its role, title and description."""
    text = data.decode("utf-8")
    start = text.index("<svg ")
    end = text.index(">", start) + 1
    opening = text[start : end - 1] + ' role="img" aria-labelledby="title desc">'
    inner = (
        f'\n <title id="title">{escape(visible(about.title))}</title>'
        f'\n <desc id="desc">{escape(about.description)}</desc>'
    )
    return (text[:start] + opening + inner + text[end:]).encode("utf-8")
