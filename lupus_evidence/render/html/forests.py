"""Forest tables: one for each endpoint, an interval drawn in every line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.naming import study_names
from lupus_evidence.pages.forest_plot import legend, plot_panel
from lupus_evidence.plot import RATES
from lupus_evidence.render.html import anchors
from lupus_evidence.text import capital, plural
from lupus_evidence.vocabulary import topic
from lupus_evidence.writers.plot_svg import axis_svg, interval_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from lupus_evidence.forest.plot import ForestPanel
    from lupus_evidence.plot import PlotLine, PlotPanel, Scale
    from lupus_evidence.report.page import Report


__all__ = ["axis", "forest_views", "interval", "legend"]


@dataclass(frozen=True)
class ForestView:
    """All tables of one endpoint.

    Parameters
    ----------
    anchor, name, size : str
        Its place on the page, what is counted, how much there is.
    first : bool
        Whether it is among what people ask first.
    panels : tuple of (str, PlotPanel)
        By scope and time, each with its place on the page.
    """

    anchor: str
    name: str
    size: str
    first: bool
    panels: tuple[tuple[str, PlotPanel], ...]


def forest_views(report: Report) -> tuple[ForestView, ...]:
    """Return the forest tables by endpoint, those that people ask first first.

    Parameters
    ----------
    report : Report
        The report.
    """
    groups: dict[str, list[ForestPanel]] = {}
    for panel in report.panels:
        groups.setdefault(panel.row.endpoint, []).append(panel)
    names = study_names(item.study for item in report.studies)
    therapies = report.comparison.therapies
    views = [
        _view(
            endpoint,
            [(panel, plot_panel(panel, therapies, names)) for panel in panels],
        )
        for endpoint, panels in groups.items()
    ]
    return tuple(sorted(views, key=lambda view: not view.first))


def _view(endpoint: str, panels: Sequence[tuple[ForestPanel, PlotPanel]]) -> ForestView:
    """Return one endpoint's tables."""
    studies = {line.study for _, drawn in panels for line in drawn.lines if line.study}
    size = f"{plural(len(studies), 'study', 'studies')}, {plural(len(panels), 'table')}"
    known = topic().endpoints[endpoint]
    return ForestView(
        f"forest-{endpoint}",
        capital(known.label),
        size,
        known.look == "first",
        tuple(
            (anchors.forest(endpoint, panel.row.scope, panel.row.band), drawn)
            for panel, drawn in panels
        ),
    )


def interval(line: PlotLine, scale: Scale = RATES) -> Markup:
    """Return a line's interval for the page, which colours it by its classes.

    Parameters
    ----------
    line : PlotLine
        The line.
    scale : Scale
        What its axis stands for.
    """
    from markupsafe import Markup

    return Markup(interval_svg(line, scale=scale))  # noqa: S704 - its texts are escaped


def axis(scale: Scale = RATES) -> Markup:
    """Return the numbers of an axis for the page.

    Parameters
    ----------
    scale : Scale
        What it stands for.
    """
    from markupsafe import Markup

    return Markup(axis_svg(scale=scale))  # noqa: S704 - numbers alone
