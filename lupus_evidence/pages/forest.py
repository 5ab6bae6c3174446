"""A forest plot as an answer: a page, a figure, tables and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Collection

    from lupus_evidence.document import Document, Table
    from lupus_evidence.forest.plot import ForestPlot
    from lupus_evidence.vocabulary import Band

#: What one can ask for by name.
SECTIONS = ("left-out", "how", "receipt")


def forest_answer(
    forest: ForestPlot,
    *,
    title: str = "",
    notes: bool = True,
    sections: Collection[str] = (),
) -> Answer:
    """Return a forest plot in all its forms.

    Parameters
    ----------
    forest : ForestPlot
        The plot.
    title : str
        Instead of what is counted and when.
    notes : bool
        Whether page and figure say what a reader must know. The description of a
        figure always does.
    sections : collection of str
        Which of `SECTIONS` follow on the page.
    """

    def pages() -> list[Document]:
        return [forest_document(forest, title, notes=notes, sections=sections)]

    def tables() -> list[Table]:
        from lupus_evidence.pages.forest_data import forest_table

        return [forest_table(forest)]

    def data() -> dict[str, object]:
        from lupus_evidence.pages.forest_data import forest_data

        return forest_data(forest)

    def figure(kind: str) -> bytes:
        from lupus_evidence.pages.forest_plot import plots_of
        from lupus_evidence.writers.plot_figure import render_figure

        return render_figure(plots_of(forest, title), kind, notes=notes)

    return Answer(forest.receipt, pages=pages, tables=tables, data=data, figure=figure)


def forest_document(
    forest: ForestPlot,
    title: str = "",
    *,
    notes: bool = True,
    sections: Collection[str] = (),
) -> Document:
    """Return a forest plot as a page.

    Parameters
    ----------
    forest : ForestPlot
        The plot.
    title : str
        Instead of what is counted and when.
    notes : bool
        Whether to say what a reader must know.
    sections : collection of str
        Which of `SECTIONS` follow.
    """
    from lupus_evidence.pages.forest_plot import plots_of
    from lupus_evidence.pages.templates import document
    from lupus_evidence.vocabulary import topic

    plots = plots_of(forest, title)
    drawn = {f"plot_{place}": plot for place, plot in enumerate(plots) if plot.panels}
    left_out = [(plot.left_out, plot.of_trials) for plot in plots if plot.left_out]
    named = [([x for x in out if x.names], which) for out, which in left_out]
    offered = ["left-out"] if left_out else []
    offered += ["how", "receipt"] if drawn else []
    return document(
        "forest_page.j2",
        drawn,
        title=plots[0].title,
        drawn=list(drawn),
        noted=notes,
        notes=dict.fromkeys(note for plot in plots for note in plot.notes),
        left_out=left_out,
        named=[(groups, which) for groups, which in named if groups],
        more=[f"--{name}" for name in offered if name not in sections],
        method=dict.fromkeys(text for plot in plots for text in plot.method),
        elsewhere=_elsewhere(forest),
        therapies=forest.therapies or forest.silent,
        label=topic().endpoints[forest.endpoint].label,
        sections=sections,
        receipt=plots[0].receipt,
    )


def _elsewhere(forest: ForestPlot) -> list[str]:
    """Return the scopes and times that have a figure too."""
    from lupus_evidence.pages.templates import sentence

    scopes: dict[str, list[Band]] = {}
    for scope, band in forest.elsewhere:
        scopes.setdefault(scope, []).append(band)
    return [
        sentence(
            "forest.j2",
            "elsewhere",
            scope,
            [band.name for band in bands if band.months],
            [band.label for band in bands if not band.months],
        )
        for scope, bands in scopes.items()
    ]
