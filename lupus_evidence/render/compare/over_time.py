"""Figures of one outcome at several times: that they are no course, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Sentences
from lupus_evidence.render.compare.words import capital
from lupus_evidence.text import percent
from lupus_evidence.vocabulary import ENDPOINTS, family_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.over_time import OverTime
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.vocabulary import Band, Scope

    Key = tuple[str, Scope, str, Band]


def over_time_block(comparison: Comparison, rows: Sequence[Row]) -> Iterator[Sentences]:
    """Yield a line for each outcome and therapy whose figures are no course.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    rows : sequence of Row
        Rows that are shown; times that are not are not spoken of.
    """
    cells: dict[Key, Cell] = {
        (row.endpoint, row.scope, cell.therapy, row.band): cell
        for row in rows
        for cell in row.cells
        if cell.k
    }
    lines = []
    for item in comparison.over_time:
        if _told(item, comparison.over_time, cells):
            continue
        key = item.endpoint, item.scope, item.therapy
        shown = {
            band: cells[*key, band] for band in item.bands if (*key, band) in cells
        }
        first, *more = (*_shared(item, shown), *_impossible(item, shown), "")
        if first:
            said = " ".join([first, *map(capital, more)]).rstrip()
            label = ENDPOINTS[item.endpoint].label
            judged = "" if item.scope == "lupus" else f" ({item.scope})"
            lines.append(f"{item.therapy}, {label}{judged}: {said}")
    if lines:
        yield Sentences("One outcome at several times", tuple(lines))


def _told(
    item: OverTime, others: Sequence[OverTime], cells: Mapping[Key, Cell]
) -> bool:
    """Tell whether the opposite outcome says it already: the dead are not the alive."""
    opposite = ENDPOINTS[item.endpoint].opposite
    before = others[: others.index(item)]
    return any(
        (other.endpoint, other.scope, other.therapy)
        == (opposite, item.scope, item.therapy)
        and all(
            (opposite, item.scope, item.therapy, band) in cells for band in item.bands
        )
        for other in before
    )


def _shared(item: OverTime, shown: dict[Band, Cell]) -> Iterator[str]:
    """Say that figures at several times rest on some of the same people."""
    pairs = [pair for pair in item.shared if pair[0] in shown and pair[1] in shown]
    if not pairs:
        return
    bands = [band for band in shown if any(band in pair for pair in pairs)]
    cells = [shown[band] for band in bands]
    studies = {study.study for cell in cells for study in cell.selection.included}
    at = f"the figures at {_listed(bands)} months rest on"
    if len(studies) > 1:
        yield (
            f"{at} different studies that partly share people; they are not the "
            "course of one group."
        )
    elif len({(cell.selection.kind, cell.selection.people) for cell in cells}) > 1:
        yield (
            f"{at} one study, but not on the same people each time; they are not the "
            "course of one group."
        )


def _impossible(item: OverTime, shown: dict[Band, Cell]) -> Iterator[str]:
    """Say where survival seems to rise, or deaths to fall."""
    survival = family_of(item.endpoint) == "survival"
    seems = "survival seems to rise" if survival else "deaths seem to fall"
    for before, after in item.impossible:
        if before in shown and after in shown:
            cells = shown[before], shown[after]
            rates = [percent(cell.estimate or 0.0) for cell in cells]
            if rates[0] == rates[1]:
                continue
            studies = [{one.study for one in cell.selection.included} for cell in cells]
            others = "studies"
            if studies[0] == studies[1]:
                others = "people, or there is a mistake"
            yield (
                f"from {before.name} to {after.name} months {seems} "
                f"({rates[0]} to {rates[1]} %); it cannot: these are other {others}."
            )


def _listed(bands: Sequence[Band]) -> str:
    """Return "6, 24 and 60"."""
    names = [band.name for band in bands]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
