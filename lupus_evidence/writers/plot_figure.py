"""A picture as a figure for a journal: SVG, PDF or PNG through matplotlib.

The same data give the same bytes: no date, no random ids. Text stays text in SVG and
PDF; the SVG has a title and a description for screen readers.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lupus_evidence.errors import EvidenceError, OutputError
from lupus_evidence.text import capital, visible
from lupus_evidence.writers.plot_drawing import drawn_figure

if TYPE_CHECKING:
    from lupus_evidence.plot import Plot

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


def render_figure(plot: Plot, kind: str, *, notes: bool = True) -> bytes:
    """Return a picture as the bytes of a file.

    Parameters
    ----------
    plot : Plot
        The picture.
    kind : {"svg", "pdf", "png"}
        Kind of file; a leading point and capitals are allowed.
    notes : bool
        Whether the picture has anything below its axis; its description always says
        what stands there.

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
    stream = BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = drawn_figure(plot, notes=notes)
        figure.savefig(stream, format=name, dpi=DPI, metadata=_metadata(plot, name))
    data = stream.getvalue()
    return _described(data, plot) if name == "svg" else data


def figure_description(plot: Plot) -> str:
    """Return a picture in words, for those who cannot see it.

    Parameters
    ----------
    plot : Plot
        The picture.
    """
    parts = []
    for panel in plot.panels:
        parts += [f"{panel.title}."] if panel.title else []
        for group in panel.groups:
            said = [" ".join(filter(None, line.texts[:3])) for line in group.lines]
            among = f" ({group.among})" if group.among else ""
            parts.append(f"{capital(group.name)}{among}: {'; '.join(said)}.")
            parts += [f"{group.spread}."] if group.spread else []
            out = "; ".join(f"{line.label} ({line.note})" for line in group.left_out)
            parts += [f"Left out: {out}."] if out else []
    return visible(" ".join((*parts, *plot.notes, *plot.method, plot.receipt)))


def _metadata(plot: Plot, kind: str) -> dict[str, str | None]:
    """Return what the file says about itself, without a date."""
    if kind == "svg":
        return {"Title": plot.title, "Date": None, "Creator": "lupus-evidence"}
    if kind == "pdf":
        return {
            "Title": plot.title,
            "Subject": " ".join((*plot.notes, *plot.method, plot.receipt)),
            "Creator": "lupus-evidence",
            "Producer": None,
            "CreationDate": None,
        }
    return {
        "Title": plot.title,
        "Description": figure_description(plot),
        "Software": None,
    }


def _described(data: bytes, plot: Plot) -> bytes:
    """Give an SVG its role, title and description."""
    text = data.decode("utf-8")
    start = text.index("<svg ")
    end = text.index(">", start) + 1
    opening = text[start : end - 1] + ' role="img" aria-labelledby="title desc">'
    inner = (
        f'\n <title id="title">{escape(visible(plot.title))}</title>'
        f'\n <desc id="desc">{escape(figure_description(plot))}</desc>'
    )
    return (text[:start] + opening + inner + text[end:]).encode("utf-8")
