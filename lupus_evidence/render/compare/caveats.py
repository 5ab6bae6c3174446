"""What a reader must know of a figure before setting it beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.selection.denominators import AMONG_WORDS
from lupus_evidence.selection.rules import Reason

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell

#: What keeps a count from being a rate at one time.
_UNEVEN = "follow-up was shorter for some people than for others"
_EVER = "the best state ever reached was counted, even if it did not last"


def about_another_group(cell: Cell) -> list[str]:
    """Name what a figure leaves out so that all of it has one kind of denominator."""
    return [
        f"{item.study} ({item.result.n} {AMONG_WORDS[item.result.among]})"
        for item in cell.selection.excluded
        if item.reason is Reason.DENOMINATOR and item.result.n is not None
    ]


def about_its_time(cell: Cell) -> list[str]:
    """Say what keeps a figure from being a rate at one time, in how many studies."""
    included = cell.selection.included
    counted = (
        (_UNEVEN, sum(item.uneven for item in included)),
        (_EVER, sum(item.ever for item in included)),
    )
    return [
        text if cell.k == 1 else f"in {count} of {cell.k} studies {text}"
        for text, count in counted
        if count
    ]
