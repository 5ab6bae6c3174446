"""What became of every study in every cell, down to file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.render.cells import number
from lupus_evidence.render.compare import words
from lupus_evidence.results import Sentences
from lupus_evidence.selection.denominators import AMONG_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.summary import Explanation
    from lupus_evidence.selection.chosen import Excluded, Included
    from lupus_evidence.selection.considered import Considered


def explained_blocks(explanations: Sequence[Explanation]) -> Iterator[Sentences]:
    """Yield a list of studies for each cell.

    Parameters
    ----------
    explanations : sequence of Explanation
        One for each cell.
    """
    for item in explanations:
        row = item.row
        title = words.cell_title(row, item.cell)
        lines = [*_spoken(item.considered), *_silent(item.considered)]
        certainty = item.cell.certainty
        if certainty is not None:
            why = "; ".join(reason.text for reason in certainty.downgrades)
            lines.append(
                f"certainty {certainty.level}: starts at {certainty.start}, about "
                f"{certainty.start_reason}{'; ' + why if why else ''}"
            )
        yield Sentences(title, tuple(lines))


def _spoken(considered: Sequence[Considered]) -> Iterator[str]:
    """Yield the results that were there to choose from."""
    for item in considered:
        if item.included is not None:
            yield f"counted: {included_in_words(item.included)}"
    for item in considered:
        for excluded in item.excluded:
            yield f"left out: {excluded_in_words(excluded)}"


def _silent(considered: Sequence[Considered]) -> Iterator[str]:
    """Yield the studies that had nothing to choose from, by reason."""
    groups: dict[str, list[str]] = {}
    for item in considered:
        if item.reason is not None:
            groups.setdefault(item.text, []).append(item.study)
    for text, studies in groups.items():
        yield f"{text}: {', '.join(studies)}"


def included_in_words(item: Included) -> str:
    """Return a counted number with its time, its making and its place."""
    months = (
        "time not stated" if item.months is None else f"month {number(item.months)}"
    )
    basis = f" ({item.basis})" if item.basis not in (None, "visit") else ""
    if item.form == "effective":
        count = (
            f"{number(item.events)} of {number(item.n)} effective people, for "
            f"{item.people}"
        )
    else:
        count = words.count_of(item)
    parts = [
        f"{item.study}, {count} {AMONG_WORDS[item.among]}, {months}{basis}",
        item.how,
        item.where or "",
        item.reading,
        f"{item.place.file}:{item.place.line}",
    ]
    return "; ".join(part for part in parts if part)


def excluded_in_words(item: Excluded) -> str:
    """Return a result that was left out with its reason and its place."""
    printed = item.result.printed
    shown = f" ({printed})" if printed else ""
    why = dict.fromkeys((item.reason.label, item.text))
    return f"{item.study}{shown}: {'; '.join(why)}; {item.place.file}:{item.place.line}"
