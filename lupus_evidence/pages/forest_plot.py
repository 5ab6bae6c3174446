"""From the rows of a comparison to pictures: every text of them, made once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy, Unpooled
from lupus_evidence.documents.plot import (
    Headings,
    Plot,
    PlotGroup,
    PlotLine,
    PlotPanel,
    sign_of,
)
from lupus_evidence.documents.text import capital, number, percent, plural
from lupus_evidence.documents.values import Rate, Share
from lupus_evidence.pages import phrases
from lupus_evidence.pages.caveats import kind_of_studies, reading_marks
from lupus_evidence.pages.reasons import less_certain, steps, why
from lupus_evidence.pages.templates import sentence
from lupus_evidence.vocabulary import (
    BIAS_LEVELS,
    DENOMINATORS,
    KINDS,
    colours_of,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.documents.plot import LineKind
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.evidence.trial_selection import TrialQuestion
    from lupus_evidence.forest import (
        ForestGroup,
        ForestPanel,
        ForestPlot,
        ForestRow,
    )
    from lupus_evidence.vocabulary import Band, BiasLevel, Scope

TEMPLATE = "forest.j2"

#: Reasons to be less certain that stand beside how much the studies differ.
_SPREAD = ("too-different", "prior-decides")

#: Notes of an estimate that the picture says in words of its own.
_SAID = frozenset(
    {
        "tau-prior",
        "uniform-prior",
        "spread-assumed",
        "prediction-assumed",
        "prediction-wide",
        "too-different",
        "no-events",
        "all-events",
    }
)


def plots_of(forest: ForestPlot, title: str = "") -> tuple[Plot, ...]:
    """Return a forest plot as pictures: what trials say first, then the rates.

    Parameters
    ----------
    forest : ForestPlot
        Its rows and trials.
    title : str
        Instead of what is counted and when.
    """
    from lupus_evidence.pages.trial_plot import trial_plots

    asked = forest.questions
    alone = len(asked) == 1 and not title
    name = phrases.question(forest.endpoint, topic().whole)
    if alone:
        name = _question(*asked[0], forest.endpoint)
    trials = trial_plots(forest, title or name, full=bool(title), alone=alone)
    if trials and not forest.panels:
        return trials
    return *trials, _rates(forest, title or name, full=bool(title), alone=alone)


def _rates(forest: ForestPlot, title: str, *, full: bool, alone: bool) -> Plot:
    """Return the rates of a forest plot as a picture."""
    panels = forest.panels
    beside = sentence(TEMPLATE, "each_alone") if forest.trials and alone else ""
    drawn = tuple(
        replace(
            plot_panel(panel, forest.therapies, forest.names),
            title=panel_title(panel.row, full=full, alone=alone) or beside,
        )
        for panel in panels
    )
    return Plot(
        title,
        drawn,
        Headings(sentence(TEMPLATE, "rates", forest.receipt.level)),
        legend(panels, forest.receipt.method),
        tuple(_notes(forest)),
        tuple(_method(forest)),
        _footer(forest),
        receipt_line(forest),
        bias=bias_legend(drawn),
    )


def plot_panel(
    panel: ForestPanel, therapies: Sequence[str], names: Mapping[str, str]
) -> PlotPanel:
    """Return one row of a comparison as a part of a picture.

    Parameters
    ----------
    panel : ForestPanel
        The row with its studies.
    therapies : sequence of str
        All therapies of the picture, for their colours.
    names : mapping of str to str
        What each study is called, by id.
    """
    colours = dict(zip(therapies, colours_of(therapies), strict=True))
    return PlotPanel(
        when(panel.row),
        tuple(
            _group(group, colours[group.cell.therapy], names) for group in panel.groups
        ),
    )


def when(row: Row | TrialQuestion) -> str:
    """Return what was judged on what and when: "Kidney, at 24 months"."""
    organ = "" if row.scope == topic().whole else f"{row.scope}, "
    return capital(f"{organ}{phrases.at_time(row.band)}")


def legend(
    panels: Sequence[ForestPanel], method: str
) -> tuple[tuple[LineKind, str], ...]:
    """Return the kinds of lines that occur in pictures, each with its meaning.

    Parameters
    ----------
    panels : sequence of ForestPanel
        What is shown.
    method : str
        Estimator of the pooled rates, which is named unless it is the usual one.
    """
    cells = [group.cell for panel in panels for group in panel.groups]
    kinds: dict[LineKind, bool] = {
        "study": any(cell.k for cell in cells),
        "pooled": any(_is_pooled(cell, bound=False) for cell in cells),
        "bound": any(_is_pooled(cell, bound=True) for cell in cells),
        "prediction": any(map(phrases.new_centre, cells)),
    }
    return tuple(
        (kind, sentence(TEMPLATE, "meaning", kind, method))
        for kind, occurs in kinds.items()
        if occurs
    )


def bias_legend(panels: Sequence[PlotPanel]) -> tuple[tuple[str, str], ...]:
    """Return the signs of risk of bias that occur in a picture, with their meaning.

    Parameters
    ----------
    panels : sequence of PlotPanel
        What is drawn; nothing is returned where nobody judged any of its studies.
    """
    levels: tuple[BiasLevel | None, ...] = (*BIAS_LEVELS, None)
    found = {
        line.bias for panel in panels for line in panel.lines if line.kind == "study"
    }
    if not found - {None}:
        return ()
    return tuple(
        (sign_of(level), sentence(TEMPLATE, "bias_meaning", level))
        for level in levels
        if level in found
    )


def _is_pooled(cell: Cell, *, bound: bool) -> bool:
    """Tell whether a figure is pooled, to a bound or to a number."""
    return (
        isinstance(cell.figure, Pooled)
        and (phrases.bound_of(cell) is not None) is bound
    )


def _question(scope: Scope, band: Band, endpoint: str) -> str:
    """Return "Alive, at 24 months"."""
    return f"{phrases.question(endpoint, scope)}, {phrases.at_time(band)}"


def panel_title(row: Row | TrialQuestion, *, full: bool, alone: bool) -> str:
    """Return what stands over a panel below the title of the picture.

    Parameters
    ----------
    row : Row or TrialQuestion
        What is asked.
    full : bool
        Whether the title does not say what is counted.
    alone : bool
        Whether the title says all of it.
    """
    if alone:
        return ""
    return _question(row.scope, row.band, row.endpoint) if full else when(row)


def receipt_line(forest: ForestPlot) -> str:
    """Return what a forest plot rests on, in one line.

    Parameters
    ----------
    forest : ForestPlot
        The plot.
    """
    return sentence(TEMPLATE, "receipt", forest.receipt, bool(forest.trials))


def _group(group: ForestGroup, colour: int, names: Mapping[str, str]) -> PlotGroup:
    """Return a therapy's lines."""
    cell = group.cell
    known = topic().therapies[cell.therapy]
    kind = cell.selection.kind
    among = f"of {DENOMINATORS[kind].words}" if kind else ""
    left_out = (left_out_line(item, names) for item in cell.selection.excluded)
    return PlotGroup(
        cell.therapy,
        known.label,
        known.short or capital(known.label),
        colour,
        "; ".join(filter(None, (among, phrases.at_least(cell)))),
        _spread(cell),
        (*(_study(row, names) for row in group.rows), *_summary(cell)),
        tuple(dict.fromkeys(left_out)),
    )


def _study(row: ForestRow, names: Mapping[str, str]) -> PlotLine:
    """Return one study's line."""
    item = row.item
    place = item.place
    # the folder is the reader's own; a page stays the same wherever it lies
    spot = f"{PurePath(place.file).name}:{place.line}"
    return PlotLine(
        "study",
        names[item.study],
        people=phrases.count(item),
        rate=Rate(item.rate, row.low, row.high),
        point=item.rate,
        low=row.low,
        high=row.high,
        weight=Share(row.share) if row.share < 1 else None,
        study=item.study,
        where=f"{item.where}, {spot}" if item.where else spot,
        note=steps(item.number),
        bias=item.bias,
    )


def _summary(cell: Cell) -> Iterator[PlotLine]:
    """Yield what a therapy's studies come to; one study says it itself."""
    match cell.figure:
        case SingleStudy():
            return
        case Unpooled() | NoStudy():
            yield PlotLine("silent", sentence(TEMPLATE, "silence", cell.figure))
            return
    estimate = cell.figure.estimate
    shown = PlotLine(
        "pooled",
        f"Pooled, {plural(estimate.k, 'study', 'studies')}",
        people=cell.selection.people,
        rate=phrases.rate_of(cell),
        point=estimate.estimate,
    )
    if estimate.bound is not None:
        end = estimate.bound.model
        low, high = (end, 1.0) if estimate.bound.side == "lower" else (0.0, end)
        yield replace(shown, kind="bound", low=low, high=high)
        return
    ends = estimate.ci or (None, None)
    yield replace(shown, low=ends[0], high=ends[1])
    if estimate.prediction is not None:
        low, high = estimate.prediction
        told = Rate(None, low, high) if estimate.prediction_shown else "almost any"
        yield PlotLine("prediction", "A new centre", rate=told, low=low, high=high)


def left_out_line(item: Excluded, names: Mapping[str, str]) -> PlotLine:
    """Return a result that is in no figure, with its reason.

    Parameters
    ----------
    item : Excluded
        The result.
    names : mapping of str to str
        What each study is called, by id.
    """
    about = item.particulars
    called = tuple((names.get(study, study), sure) for study, sure in about.studies)
    reason = why(item.reason, replace(about, studies=called))
    return PlotLine("left-out", names[item.study], study=item.study, note=reason)


def _spread(cell: Cell) -> str:
    """Return how much the pooled studies differ, and what that does to the figure.

    "tau 0.74, I² 53 %, over all people 83 %; the interval depends on what is assumed".
    """
    if not isinstance(cell.figure, Pooled):
        return ""
    estimate = cell.figure.estimate
    parts = []
    if estimate.tau is not None:
        parts.append(f"tau {number(estimate.tau, 2)}")
    if estimate.i2 is not None:
        parts.append(f"I² {percent(estimate.i2)} %")
    if cell.mean is not None and phrases.mean_apart(cell):
        parts.append(f"over all people {percent(cell.mean)} %")
    codes = cell.certainty.codes if cell.certainty else ()
    words = [less_certain(code) for code in _SPREAD if code in codes]
    return "; ".join(filter(None, (", ".join(parts), *words)))


def _notes(forest: ForestPlot) -> Iterator[str]:
    """Yield what a reader must know before anything is compared."""
    cells = _counted(forest)
    if forest.silent:
        yield sentence(TEMPLATE, "nobody", forest.silent)
    pooled = [c.figure.estimate for c in cells if isinstance(c.figure, Pooled)]
    yield from dict.fromkeys(
        note.text for item in pooled for note in item.notes if note.code not in _SAID
    )
    sides = _sides(cells, forest.names)
    if len(sides) > 1:
        designs = Counter[str](
            item.record.design for cell in cells for item in cell.selection.included
        )
        yield sentence("trials.j2", "lead", kind_of_studies(designs, sides))


def _method(forest: ForestPlot) -> Iterator[str]:
    """Yield how the figures were made, each thing only where it occurs."""
    cells = _counted(forest)
    kinds = {
        item.kind
        for cell in cells
        for item in cell.selection.included
        if item.form == "effective"
    }
    estimates = [words for kind, words in KINDS.items() if kind in kinds - {"count"}]
    marks = reading_marks(cells)
    if cells:
        yield sentence(TEMPLATE, "how", marks, forest.receipt)
        yield from filter(None, [sentence(TEMPLATE, "rests_on", marks, estimates)])


def _footer(forest: ForestPlot) -> str:
    """Return what must stand below the picture wherever it is pasted."""
    cells = _counted(forest)
    sides = _sides(cells, forest.names)
    several = any(side != sides[0] for side in sides)
    marks = reading_marks(cells)
    return sentence(TEMPLATE, "footer", marks, forest.receipt, several)


def _counted(forest: ForestPlot) -> list[Cell]:
    """Return the cells that have studies."""
    return phrases.figures(panel.row for panel in forest.panels)


def _sides(cells: Sequence[Cell], names: Mapping[str, str]) -> list[set[str]]:
    """Return the names of the studies that each therapy has figures from."""
    sides: dict[str, set[str]] = {}
    for cell in cells:
        found = {names[item.study] for item in cell.selection.included}
        sides.setdefault(cell.therapy, set()).update(found)
    return list(sides.values())
