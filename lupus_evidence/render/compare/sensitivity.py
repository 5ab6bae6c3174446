"""The sensitivity analyses as tables: every choice one line, flips marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lupus_evidence.render.cells import between, percent, points, rate
from lupus_evidence.render.compare import words
from lupus_evidence.results import Column, Rate, Sentences, Table
from lupus_evidence.selection.rules import PRIMARY_READINGS
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.summary import Comparison, Variant
    from lupus_evidence.results import Block, Value

_COLUMNS = (
    Column("question", "", "The difference"),
    Column("method", "estimator", "How rates were pooled"),
    Column("overlap", "overlap", "Which of overlapping studies count", wrap=True),
    Column("readings", "readings", "All, or first-hand only", wrap=True),
    Column("abstracts", "abstracts", "Conference abstracts"),
    Column("studies", "studies", "On each side", align="right", drop=2),
    Column("rates", "rates", "Of each side, in percent", drop=3),
    Column("difference", "difference", "In percentage points"),
    Column("flips", "flips", "What flips against the first line"),
)
#: Choices that make no difference.
_EVERY = {
    "largest/latest/keep-all": "any",
    "all/first-hand": "either",
    "in/out": "either",
}
_FLIPS = {"direction": "DIRECTION", "clarity": "CLARITY"}


def sensitivity_blocks(comparison: Comparison) -> Iterator[Block]:
    """Yield the sensitivity analyses, if they were asked for.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    if comparison.variants:
        yield Table(
            "variants",
            _COLUMNS,
            tuple(
                line
                for _, group in groupby(comparison.variants, key=_question)
                for line in _lines(list(group))
            ),
            title="Under other choices",
            group_by="question",
            notes=(
                (
                    "Differences in percentage points, with intervals made from each "
                    "side's own (MOVER); the first line of each group is the main "
                    "analysis. DIRECTION: the other therapy is ahead. CLARITY: the "
                    "interval now leaves out no difference, or no longer does. 'any', "
                    "'either': every overlap rule (largest, latest, keep-all), every "
                    "choice of readings or of abstracts comes to the same. A side with "
                    "one study stands under every estimator as in the main analysis, "
                    "by the default model."
                ),
            ),
        )
        yield Sentences("What flips", tuple(_summary(comparison)))
    left = tuple(_without(comparison))
    if left:
        yield Table(
            "without",
            (
                Column("question", "", "The figure"),
                Column("study", "without", "The study left out"),
                Column("rate", "rate", "Of the others"),
            ),
            left,
            title="Without each study",
            group_by="question",
        )


def _question(item: Variant) -> str:
    """Name a difference."""
    return (
        f"{words.question(item.endpoint, item.scope)}, {words.at_time(item.band)}: "
        f"{item.first} less {item.second}"
    )


def _lines(variants: Sequence[Variant]) -> Iterator[tuple[Value, ...]]:
    """Yield the analyses of one difference, those with the same studies in one line."""
    lines: list[tuple[Variant, tuple[str, ...]]] = [
        (item, _choices(item)) for item in variants
    ]
    for axis in range(len(_choices(variants[0]))):
        merged: dict[object, tuple[Variant, tuple[str, ...]]] = {}
        for item, choices in lines:
            rest = choices[:axis] + choices[axis + 1 :]
            key = (item.method, item.k, item.rates, item.ci, rest)
            if key in merged:
                first, known = merged[key]
                both = f"{known[axis]}/{choices[axis]}"
                merged[key] = first, (*known[:axis], both, *known[axis + 1 :])
            else:
                merged[key] = item, choices
        lines = list(merged.values())
    for item, choices in lines:
        yield (
            _question(item),
            item.method,
            *(_EVERY.get(choice, choice) for choice in choices),
            f"{item.k[0]}, {item.k[1]}",
            f"{percent(item.rates[0])}, {percent(item.rates[1])}",
            f"{points(item.difference)} ({points(item.ci[0])} to {points(item.ci[1])})",
            " ".join(_FLIPS[flip] for flip in item.flips),
        )


def _choices(item: Variant) -> tuple[str, ...]:
    """Return the choices of results that are varied, in words."""
    readings = "all"
    if item.rules.readings:
        first_hand = item.rules.readings == PRIMARY_READINGS
        readings = "first-hand" if first_hand else "as asked"
    return (
        item.rules.overlap,
        readings,
        "in" if item.rules.include_abstracts else "out",
    )


def _summary(comparison: Comparison) -> Iterator[str]:
    """Yield for each difference how many analyses flip."""
    for question, group in groupby(comparison.variants, key=_question):
        items = list(group)
        differences = [item.difference for item in items]
        counts = [
            f"{name.lower()} in {sum(flip in item.flips for item in items)}"
            for flip, name in _FLIPS.items()
        ]
        yield (
            f"{question}: {plural(len(items), 'analysis', 'analyses')}, differences "
            f"from {points(min(differences))} to {points(max(differences))} points; "
            f"flips: {', '.join(counts)}"
        )


def _without(comparison: Comparison) -> Iterator[tuple[Value, ...]]:
    """Yield each pooled figure without each of its studies."""
    for row in comparison.rows:
        for cell in row.cells:
            title = words.cell_title(row, cell)
            for item in cell.without:
                low, high = item.ci or (None, None)
                shown = rate(Rate(item.estimate, low, high))
                if item.estimate is None and item.ci:
                    shown = f"{between(*item.ci)} %"
                yield title, item.study, shown
