"""Published and registered evidence that is in no figure, in tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Sentences, Table
from lupus_evidence.render.compare import words
from lupus_evidence.render.reasons import label
from lupus_evidence.text import number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.summary import Comparison, RegisteredTrial


def left_out_table(comparison: Comparison, *, names: bool = False) -> Table:
    """Return how many published results are in no figure, by reason.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    names : bool
        Whether to name the studies.
    """
    return Table(
        "left_out",
        (
            Column("therapy", "", "Therapy"),
            Column("reason", "reason", "Why", wrap=True),
            Column("results", "results", "How many", align="right"),
            Column("studies", "studies", "Of how many studies", align="right"),
            Column(
                "names",
                "names",
                "Of which studies",
                audience="screen" if names else "data",
                wrap=True,
            ),
        ),
        tuple(
            {
                "therapy": item.therapy,
                "reason": label(item.reason),
                "results": item.results,
                "studies": len(item.studies),
                "names": ", ".join(item.studies),
            }
            for item in comparison.left_out
        ),
        title="Left out, and why",
        group_by="therapy",
        empty="No published result of these therapies is left out.",
    )


def unanswered(comparison: Comparison) -> Iterator[Sentences]:
    """Yield the questions that studies speak about without a usable figure.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    lines = []
    for row in comparison.unanswered:
        sides = [
            f"{cell.therapy} {plural(len(studies), 'study', 'studies')}"
            for cell in row.cells
            if (studies := {item.study for item in cell.selection.excluded})
        ]
        lines.append(
            f"{words.question(row.endpoint, row.scope)}, {words.at_time(row.band)}: "
            f"{', '.join(sides)}"
        )
    if lines:
        yield Sentences("Reported, but no figure can be used", tuple(lines))


def registered(comparison: Comparison) -> Iterator[Sentences]:
    """Yield the trials without results, by therapy.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    lines = []
    for therapy in comparison.therapies:
        trials = [item for item in comparison.registered if therapy in item.therapies]
        if not trials:
            continue
        total = sum(item.people or 0 for item in trials)
        unknown = sum(item.people is None for item in trials)
        names = ", ".join(_trial(item) for item in trials)
        more = f", and {unknown} without a number" if unknown else ""
        lines.append(
            f"{therapy}: {plural(len(trials), 'trial')} with {number(total)} people "
            f"entered or planned{more}: {names}"
        )
    if lines:
        yield Sentences("Registered, without a published result", tuple(lines))


def _trial(item: RegisteredTrial) -> str:
    """Return a trial's name with its people."""
    if item.status == "withdrawn":
        return f"{item.study} (withdrawn)"
    return item.study if item.people is None else f"{item.study} ({item.people})"
