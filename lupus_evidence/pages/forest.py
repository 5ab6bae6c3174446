"""A forest plot as an answer: a page, a figure, tables and data.

The data are those of a comparison, with every study beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lupus_evidence.appraisal import Judgement, judgement
from lupus_evidence.documents.document import Column, Document, Table
from lupus_evidence.pages.comparison_csv import COLUMNS, cell_values, trials_values
from lupus_evidence.pages.comparison_json import (
    band_data,
    cell_data,
    finite,
    trials_data,
)
from lupus_evidence.pages.reasons import steps, why
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lupus_evidence.compare.cells import Row
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.documents.values import Value
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.forest import ForestGroup, ForestPlot, ForestRow
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
        return [forest_table(forest)]

    def data() -> dict[str, object]:
        return forest_data(forest)

    def figure(kind: str) -> bytes:
        from lupus_evidence.pages.forest_plot import plots_of
        from lupus_evidence.writers.figure_file import render_figure

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


_MEANINGS = {
    "kind": "trial (one with both arms), effect (what the trials come to), study, "
    "figure (what the studies come to) or left-out",
    "study": "Name of the record; empty for an effect or figure",
    "name": "What the study is called: first author and year",
    "share": "Its share of the information in the effect or figure, 0-1",
    "form": "count, derived (worked out exactly) or effective (from a curve)",
    "months": "Months after treatment at which it was counted",
    "year": "Of publication",
    "reading": "How its number was seen",
    "how": "What was done to get its number",
    "reason": "Why it is left out: stable code",
    "reason_text": "The same in words",
    "file": "File of the record",
    "line": "Line in the file",
    "place": "Place in the source",
}
_OWN = tuple(Column(key, "", text, "data") for key, text in _MEANINGS.items())
_BIAS = (
    Column("bias", "", "Risk of bias: low, some, high, unknown; empty: unjudged"),
    Column("bias_tool", "", "Tool of that judgement"),
)


def forest_table(forest: ForestPlot) -> Table:
    """Return every line of a forest plot: studies, figures, results left out.

    A line for an effect or a figure holds what the comparison's own table holds for it.

    Parameters
    ----------
    forest : ForestPlot
        The plot.
    """
    return Table("lines", (*_OWN, *COLUMNS, *_BIAS), tuple(_lines(forest)))


def _lines(forest: ForestPlot) -> Iterator[dict[str, Value]]:
    """Yield the lines in the order of the picture."""
    for answer in forest.trials:
        yield from _trial_lines(answer, forest)
    for panel in forest.panels:
        for group in panel.groups:
            about = _about(panel.row, group)
            for row in group.rows:
                yield {**about, **_study(row), "name": forest.names[row.item.study]}
            yield {"kind": "figure", **cell_values(panel.row, group.cell)}
            for item in group.cell.selection.excluded:
                yield {**about, **_left_out(item), "name": forest.names[item.study]}


def _trial_lines(
    answer: TrialsAnswer, forest: ForestPlot
) -> Iterator[dict[str, Value]]:
    """Yield the lines of one question that trials answer."""
    effect = trials_values(answer)
    keys = "family", "endpoint", "scope", "band", "when", "therapy", "compared_with"
    about = {key: effect[key] for key in keys}
    weights = answer.effects.odds_ratio.weights
    for item, share in zip(answer.trials, weights, strict=True):
        yield {
            **about,
            **_trial(item),
            "name": forest.names[item.study],
            "share": share,
            "figure": effect["figure"],
        }
    yield {"kind": "effect", **effect}
    for out in answer.selection.excluded:
        yield {**about, **_left_out(out), "name": forest.names[out.study]}


def _trial(item: DirectEvidence) -> dict[str, Value]:
    """Return what one trial found, the people of both its arms, and where it stands."""
    first, second = item.first, item.second
    found = item.contrast.risk_difference
    low, high = found.ci
    return {
        "kind": "trial",
        "study": item.study,
        "form": first.form,
        "months": first.months,
        "year": first.year,
        "reading": first.reading,
        "how": steps(first.number),
        **_place(first.place.file, first.place.line, first.where),
        **_bias(first.judgement),
        "people": first.n,
        "events": first.events,
        "control_people": second.n,
        "control_events": second.events,
        "control_risk": second.rate,
        "difference": found.estimate,
        "difference_low": low,
        "difference_high": high,
        "level": item.contrast.level,
        "denominator": first.denominator,
        "certainty": item.certainty.level,
        "certainty_reasons": " ".join(item.certainty.codes),
    }


def _about(row: Row, group: ForestGroup) -> dict[str, Value]:
    """Return what a line is about."""
    values = cell_values(row, group.cell)
    keys = "family", "endpoint", "scope", "band", "when", "therapy"
    return {key: values[key] for key in keys}


def _study(row: ForestRow) -> dict[str, Value]:
    """Return one study's rate with where its number stands."""
    item = row.item
    counted = item.form != "effective"
    return {
        "kind": "study",
        "study": item.study,
        "share": row.share,
        "form": item.form,
        "months": item.months,
        "year": item.year,
        "reading": item.reading,
        "how": steps(item.number),
        **_place(item.place.file, item.place.line, item.where),
        **_bias(item.judgement),
        "people": int(item.people),
        "events": int(item.events) if counted else None,
        "effective_people": None if counted else item.n,
        "effective_events": None if counted else item.events,
        "estimate": item.rate,
        "ci_low": row.low,
        "ci_high": row.high,
        "denominator": item.denominator,
    }


def _left_out(item: Excluded) -> dict[str, Value]:
    """Return a result that is in no figure, with its reason."""
    return {
        "kind": "left-out",
        "study": item.study,
        "reason": item.reason.value,
        "reason_text": why(item.reason, item.particulars),
        **_place(item.place.file, item.place.line, item.result.where),
        **_bias(judgement(item.source.study, item.result)),
    }


def _place(file: str, line: int, where: str | None) -> dict[str, Value]:
    """Return where a number stands."""
    return {"file": file, "line": line, "place": where}


def _bias(found: Judgement | None) -> dict[str, Value]:
    """Return how a number was judged, and by which tool."""
    if found is None:
        return {"bias": None, "bias_tool": None}
    return {"bias": found.level, "bias_tool": found.tool.name}


def forest_data(forest: ForestPlot) -> dict[str, Any]:
    """Return a forest plot as plain values: cells as a comparison's JSON holds them.

    Parameters
    ----------
    forest : ForestPlot
        The plot.
    """
    return {
        "endpoint": forest.endpoint,
        "therapies": list(forest.therapies),
        "trials": [finite(_with_differences(one, forest)) for one in forest.trials],
        "rows": [
            _with_intervals(finite(cell_data(panel.row, group.cell)), group, forest)
            for panel in forest.panels
            for group in panel.groups
        ],
        "elsewhere": [
            {"scope": scope, "band": band_data(band)}
            for scope, band in forest.elsewhere
        ],
    }


def _with_differences(answer: TrialsAnswer, forest: ForestPlot) -> dict[str, Any]:
    """Return what trials say, each with its name and its own difference."""
    content = trials_data(answer)
    trials = [
        {
            **shown,
            "name": forest.names[item.study],
            "difference": item.contrast.risk_difference.estimate,
            "ci_low": item.contrast.risk_difference.ci[0],
            "ci_high": item.contrast.risk_difference.ci[1],
            **_bias(item.first.judgement),
        }
        for item, shown in zip(answer.trials, content["trials"], strict=True)
    ]
    return {**content, "trials": trials}


def _with_intervals(
    cell: dict[str, Any], group: ForestGroup, forest: ForestPlot
) -> dict[str, Any]:
    """Return a cell whose studies have their names, intervals and shares."""
    own = {
        row.item.study: {
            "name": forest.names[row.item.study],
            "ci_low": row.low,
            "ci_high": row.high,
            "share": row.share,
            **_bias(row.item.judgement),
        }
        for row in group.rows
    }
    included = [{**item, **own[item["study"]]} for item in cell["included"]]
    return {**cell, "included": included}
