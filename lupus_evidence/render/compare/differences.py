"""Unadjusted differences between therapies, printed only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Sentences
from lupus_evidence.render.compare.caveats import about_another_group, about_its_time
from lupus_evidence.render.compare.words import (
    at_time,
    difference,
    evidence_in_words,
    group_of,
    question,
)
from lupus_evidence.text import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Cell, Contrast, Row

#: Notes on one side of a difference without which it would mislead.
_ABOUT_A_SIDE = frozenset({"side-too-different", "uniform-side"})

NONE_POSSIBLE = (
    "None can be given: no outcome has two of these therapies at one known time with "
    "one kind of denominator."
)
ONE_TRIAL = "Where both figures are arms of one study, what it found stands above."


def difference_block(rows: Sequence[Row]) -> Sentences:
    """Return the unadjusted differences, or why there is none.

    Parameters
    ----------
    rows : sequence of Row
        Rows that are shown.
    """
    found = [
        contrast_in_words(row, contrast) for row in rows for contrast in row.contrasts
    ]
    if not found:
        found = [ONE_TRIAL if any(map(_one_trial, rows)) else NONE_POSSIBLE]
    return Sentences("Differences, unadjusted", tuple(text for text in found if text))


def _one_trial(row: Row) -> bool:
    """Tell whether several figures of a row all rest on one and the same study."""
    sides = [{item.study for item in cell.selection.included} for cell in row.cells]
    known = [side for side in sides if side]
    return len(known) > 1 and len(known[0]) == 1 and all(s == known[0] for s in known)


def contrast_in_words(row: Row, contrast: Contrast) -> str:
    """Return an unadjusted difference as a sentence that says so.

    Parameters
    ----------
    row : Row
        The row it belongs to.
    contrast : Contrast
        The difference.

    Returns
    -------
    str
        Empty where the model has no estimate of it.
    """
    cells = {cell.therapy: cell for cell in row.cells}
    first, second = cells[contrast.first], cells[contrast.second]
    effect = contrast.indirect.risk_difference
    if effect.estimate is None:
        return ""
    size = difference(effect.estimate, effect.ci, contrast.indirect.level)
    sized = f"{first.therapy} {size}, than {second.therapy}"
    if size.startswith("no "):
        sized = f"{first.therapy} and {second.therapy}, {size}"
    kind = first.selection.kind
    about = "" if kind == "treated" else f", of {group_of(kind)}"
    parts = [
        (
            f"{question(row.endpoint, row.scope)}, {at_time(row.band)}{about}: {sized} "
            f"({evidence_in_words(first)}; {evidence_in_words(second)})."
        ),
        "Unadjusted comparison of different studies.",
        *_not_the_rates(first, second),
        *_warnings(contrast, first, second),
    ]
    return " ".join(parts)


def _not_the_rates(first: Cell, second: Cell) -> Iterator[str]:
    """Say why a difference is not that of the two rates in the table."""
    if first.estimate is not None and second.estimate is not None:
        yield (
            f"Not {percent(first.estimate)} % less {percent(second.estimate)} %: on "
            "each side the typical centre is uncertain, and this is the median of the "
            "difference of two posteriors."
        )


def _warnings(contrast: Contrast, first: Cell, second: Cell) -> Iterator[str]:
    """Yield what else a reader of a difference must know."""
    for note in contrast.indirect.notes:
        if note.code in _ABOUT_A_SIDE:
            yield note.text
    for cell in (first, second):
        for text in about_its_time(cell):
            yield f"With {cell.therapy} {text}."
    for cell in (first, second):
        if others := about_another_group(cell):
            names = ", ".join(others)
            yield f"Not in {cell.therapy}, being about another group: {names}."
    arms = ", ".join(a for a, b in contrast.shared if a == b)
    pairs = ", ".join(f"{a} and {b}" for a, b in contrast.shared if a != b)
    if arms:
        yield f"Arms of one study stand on both sides: {arms}."
    if pairs:
        yield f"Some people may be on both sides: {pairs}."
