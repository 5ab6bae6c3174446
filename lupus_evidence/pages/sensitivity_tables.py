"""The sensitivity analyses as tables: every choice one line, what moves is marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import between, number, percent, plural, points, rate
from lupus_evidence.documents.values import Rate, Value
from lupus_evidence.pages import phrases as words
from lupus_evidence.pages.comparison_tables import BLANK
from lupus_evidence.pages.phrases import bound_rate
from lupus_evidence.pages.templates import WORDS
from lupus_evidence.pages.trials import asked, difference_text, ratio_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.sensitivity import (
        Analysis,
        DifferenceVariant,
        FigureVariant,
    )
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trial_sensitivity import TrialVariant

    AnyVariant = TypeVar("AnyVariant", FigureVariant, DifferenceVariant)

UNFIT = "unfit for so few studies"

_FIGURES = (
    Column("question", "", "The figure"),
    Column("choice", "choice", "What is changed", wrap=True),
    Column("people", "people", "People, and studies"),
    Column("rate", "rate", "Rate with its interval"),
    Column("moves", "", "How far an end of the interval moves"),
)
_DIFFERENCES = (
    Column("question", "", "The difference"),
    Column("choice", "choice", "What is changed", wrap=True),
    Column("studies", "studies", "On each side", align="right", drop=1),
    Column("rates", "rates", "Of each side's typical centre, in percent"),
    Column("difference", "difference", "In percentage points"),
    Column("flips", "", "What flips against the first line"),
)
_TRIALS = (
    Column("question", "", "The effect"),
    Column("choice", "choice", "What is changed", wrap=True),
    Column("trials", "trials", "How many", align="right", drop=1),
    Column("difference", "of 100 people", "More or fewer of 100 people"),
    Column("ratio", "risk ratio", "With its interval"),
    Column("flips", "", "Whether it becomes clear, or ceases to be"),
)
_WITHOUT = (
    Column("question", "", "The figure"),
    Column("study", "without", "The study left out"),
    Column("rate", "rate", "Of the others"),
)
_FLIPS = {"direction": "DIRECTION", "clarity": "CLARITY"}


def sensitivity_tables(
    comparison: Comparison, rows: Sequence[Row], *, differences: bool
) -> Iterator[Table]:
    """Yield the sensitivity analyses, if they were asked for.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    rows : sequence of Row
        Rows that are shown.
    differences : bool
        Whether differences between therapies are shown.
    """
    if comparison.trial_variants:
        yield _trial_table(comparison.trial_variants)
    if comparison.variants:
        yield _figure_table(comparison, rows)
    if comparison.difference_variants and differences:
        yield _difference_table(comparison, rows)
    left = tuple(_without(rows))
    if left:
        yield Table(
            "without",
            _WITHOUT,
            _keyed(_WITHOUT, left),
            title="Without each study",
            group_by="question",
        )


def _trial_table(variants: Sequence[TrialVariant]) -> Table:
    """Return the effects of trials under other choices."""
    rows: list[dict[str, Value]] = [
        {
            "question": f"{asked(item.answer)}, "
            f"{words.at_time(item.answer.question.band)}: "
            f"{' against '.join(item.answer.therapies)}",
            "choice": _trial_choice(item),
            "trials": str(item.k),
            "difference": difference_text(item.difference),
            "ratio": ratio_text(item.ratio),
            "flips": "CLARITY" if item.flips else BLANK,
        }
        for item in variants
    ]
    return Table(
        "trial_variants", _TRIALS, tuple(rows), title="Trials", group_by="question"
    )


def _trial_choice(item: TrialVariant) -> str:
    """Return what an analysis of trials changes, in a few words."""
    return {
        "printed": "as printed",
        "tau-prior": f"tau's prior {item.value}",
        "without": f"without {item.value}",
        "bias": "without high risk of bias",
        "method": WORDS["trial_methods"].get(item.value, item.value),
    }[item.choice]


def _keyed(
    columns: Sequence[Column], lines: Sequence[tuple[Value, ...]]
) -> tuple[dict[str, Value], ...]:
    """Return lines as a table holds them."""
    keys = [column.key for column in columns]
    return tuple(dict(zip(keys, line, strict=True)) for line in lines)


def choice_in_words(analysis: Analysis) -> str:
    """Return what an analysis changes, in a few words.

    Parameters
    ----------
    analysis : Analysis
        One set of choices.
    """
    rules = analysis.rules
    curves = WORDS["assumed_errors"][rules.assumed_error]
    said = {
        "printed": "as printed",
        "tau-prior": f"tau's prior {number(analysis.tau_prior, 2)}",
        "overlap": f"overlap {rules.overlap}",
        "readings": "first-hand readings" if rules.readings else "all readings",
        "abstracts": f"abstracts {'in' if rules.include_abstracts else 'out'}",
        "fewest-people": f"at least {plural(rules.min_n, 'person', 'people')}",
        "failing": f"failing results {'in' if rules.include_failing else 'out'}",
        "assumed-error": f"curves without an error {curves}",
        "bias": "without high risk of bias",
        "estimator": analysis.method,
    }
    return said[analysis.choice]


def _figure_table(comparison: Comparison, rows: Sequence[Row]) -> Table:
    """Return the figures under other choices."""
    cells = {
        (row.endpoint, row.scope, row.band, cell.therapy): (row, cell)
        for row in rows
        for cell in row.cells
    }
    lines: list[tuple[Value, ...]] = []
    for key, group in groupby(comparison.variants, key=_figure):
        if key in cells:
            row, cell = cells[key]
            name = words.cell_name(row, cell)
            lines += [(name, *line) for line in _figure_lines(cell, list(group))]
    return Table(
        "variants",
        _FIGURES,
        _keyed(_FIGURES, lines),
        title="Under other choices",
        group_by="question",
    )


def _figure(item: FigureVariant) -> tuple[object, ...]:
    """Return of which figure a variant is."""
    return item.endpoint, item.scope, item.band, item.therapy


def _figure_lines(
    cell: Cell, variants: Sequence[FigureVariant]
) -> Iterator[tuple[Value, ...]]:
    """Yield a figure's lines: printed, other choices, what changes nothing."""
    printed, *others = variants
    yield (
        choice_in_words(printed.analysis),
        words.people_of(cell),
        words.figure_of(cell),
        BLANK,
    )
    groups = _alike(others, ("k", "people", "estimate", "ci", "bound", "unfit"))
    alike = [group for group in groups if _same_figure(group[0], printed)]
    for group in groups:
        item = group[0]
        if group not in alike:
            yield (
                _choices(group),
                f"{number(item.people)} in {item.k}" if item.k else None,
                _variant_rate(item),
                f"MOVES {points(item.moved or 0.0)} points" if item.marked else BLANK,
            )
    if alike:
        yield _no_change(alike, groups), BLANK, BLANK, BLANK


def _alike(
    variants: Sequence[AnyVariant], values: Sequence[str]
) -> list[list[AnyVariant]]:
    """Return variants with the same values together, in order."""
    groups: dict[tuple[object, ...], list[AnyVariant]] = {}
    for item in variants:
        key = tuple(getattr(item, name) for name in values)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _choices(group: Sequence[FigureVariant] | Sequence[DifferenceVariant]) -> str:
    """Return what is changed on one line, and whether that was found unfit."""
    names = ", ".join(choice_in_words(item.analysis) for item in group)
    fits = not group[0].unfit or not group[0].k
    return names if fits else f"{names}: {UNFIT}"


def _same_figure(item: FigureVariant, printed: FigureVariant) -> bool:
    """Tell whether a choice changes neither studies nor rate nor interval."""
    values = ("k", "people", "estimate", "ci", "bound")
    return all(getattr(item, name) == getattr(printed, name) for name in values)


def _variant_rate(item: FigureVariant) -> str:
    """Return a figure under another choice, or that there is none."""
    if item.bound is not None:
        return rate(bound_rate(item.bound))
    if item.estimate is None and item.ci is not None:
        return f"{between(*item.ci)} %"
    if item.estimate is None:
        return "no answer" if item.k else "no study"
    low, high = item.ci or (None, None)
    return rate(Rate(item.estimate, low, high))


def _no_change(
    alike: Sequence[Sequence[AnyVariant]], groups: Sequence[Sequence[AnyVariant]]
) -> str:
    """Return the choices that change nothing, in one line."""
    if len(alike) == len(groups):
        return "no change: every other choice"
    names = (choice_in_words(item.analysis) for group in alike for item in group)
    return f"no change: {', '.join(names)}"


def _difference_table(comparison: Comparison, rows: Sequence[Row]) -> Table:
    """Return the differences under other choices."""
    shown = {(row.endpoint, row.scope, row.band) for row in rows}
    lines: list[tuple[Value, ...]] = []
    variants = [
        item
        for item in comparison.difference_variants
        if (item.endpoint, item.scope, item.band) in shown
    ]
    for question, group in groupby(variants, key=_difference):
        lines += [(question, *line) for line in _difference_lines(list(group))]
    return Table(
        "difference_variants",
        _DIFFERENCES,
        _keyed(_DIFFERENCES, lines),
        title="Unadjusted differences under other choices",
        group_by="question",
    )


def _difference(item: DifferenceVariant) -> str:
    """Name a difference."""
    return (
        f"{words.question(item.endpoint, item.scope)}, {words.at_time(item.band)}: "
        f"{item.first} less {item.second}"
    )


def _difference_lines(
    variants: Sequence[DifferenceVariant],
) -> Iterator[tuple[Value, ...]]:
    """Yield a difference's lines: printed, other choices, what changes nothing."""
    printed, *others = variants
    groups = _alike(others, ("k", "rates", "difference", "ci", "unfit"))
    alike = [group for group in groups if _same_difference(group[0], printed)]
    for group in ([printed], *(one for one in groups if one not in alike)):
        item = group[0]
        yield (
            _choices(group),
            f"{item.k[0]}, {item.k[1]}",
            f"{percent(item.rates[0])}, {percent(item.rates[1])}",
            f"{points(item.difference)} ({points(item.ci[0])} to {points(item.ci[1])})",
            ", ".join(_FLIPS[flip] for flip in item.flips) or BLANK,
        )
    if alike:
        yield _no_change(alike, groups), BLANK, BLANK, BLANK, BLANK


def _same_difference(item: DifferenceVariant, printed: DifferenceVariant) -> bool:
    """Tell whether a choice changes neither studies nor difference nor interval."""
    values = ("k", "rates", "difference", "ci")
    return all(getattr(item, name) == getattr(printed, name) for name in values)


def _without(rows: Sequence[Row]) -> Iterator[tuple[Value, ...]]:
    """Yield each pooled figure without each of its studies."""
    for row in rows:
        for cell in row.cells:
            title = f"{words.cell_name(row, cell)}: {words.figure_of(cell)}"
            for item in cell.without:
                low, high = item.ci or (None, None)
                shown = rate(Rate(item.estimate, low, high))
                if item.estimate is None and item.ci:
                    shown = f"{between(*item.ci)} %"
                yield title, item.study, shown
