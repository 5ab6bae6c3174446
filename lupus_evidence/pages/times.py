"""What must be said of one outcome's figures at several times: they are no course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.text import percent
from lupus_evidence.vocabulary import family_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.compare.people import OverTime
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.vocabulary import Band, Scope

    Key = tuple[str, Scope, str, Band]


@dataclass(frozen=True)
class Step:
    """Two neighbouring times between which figures go a way that no group can go.

    Parameters
    ----------
    before, after : str
        Months.
    rates : tuple of float
        Then and later, proportions in 0-1.
    survival : bool
        Whether more are alive; otherwise fewer have died.
    one_study : bool
        Whether both figures are of the same study.
    """

    before: str
    after: str
    rates: tuple[float, float]
    survival: bool
    one_study: bool


@dataclass(frozen=True)
class ToldTimes:
    """What must be said of a therapy's figures of one outcome.

    Parameters
    ----------
    therapy, endpoint, scope : str
        Of what.
    shared : list of str
        Months whose figures share people, though they are not one group.
    several : bool
        Whether several studies are behind these.
    impossible : list of Step
        Steps that no group can take.
    """

    therapy: str
    endpoint: str
    scope: str
    shared: list[str]
    several: bool
    impossible: list[Step]


def times_told(comparison: Comparison) -> list[ToldTimes]:
    """Return what must be said of figures at several times, where anything must.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    cells: dict[Key, Cell] = {
        (row.endpoint, row.scope, cell.therapy, row.band): cell
        for row in comparison.rows
        for cell in row.cells
        if cell.k
    }
    found = []
    for item in comparison.over_time:
        if _said_already(item, comparison, cells):
            continue
        key = item.endpoint, item.scope, item.therapy
        shown = {b: cells[*key, b] for b in item.bands if (*key, b) in cells}
        months, several = _shared(item, shown)
        steps = list(_impossible(item, shown))
        if months or steps:
            told = ToldTimes(
                item.therapy, item.endpoint, item.scope, months, several, steps
            )
            found.append(told)
    return found


def _said_already(
    item: OverTime, comparison: Comparison, cells: Mapping[Key, Cell]
) -> bool:
    """Tell whether the opposite outcome says it already: the dead are not the alive."""
    opposite = topic().endpoints[item.endpoint].opposite
    others = comparison.over_time
    return any(
        (other.endpoint, other.scope, other.therapy)
        == (opposite, item.scope, item.therapy)
        and all((opposite, item.scope, item.therapy, b) in cells for b in item.bands)
        for other in others[: others.index(item)]
    )


def _shared(item: OverTime, shown: dict[Band, Cell]) -> tuple[list[str], bool]:
    """Return the months whose figures share people, and if studies differ."""
    pairs = [pair for pair in item.shared if pair[0] in shown and pair[1] in shown]
    bands = [band for band in shown if any(band in pair for pair in pairs)]
    cells = [shown[band] for band in bands]
    studies = {study.study for cell in cells for study in cell.selection.included}
    groups = {(cell.selection.kind, cell.selection.people) for cell in cells}
    several = len(studies) > 1
    told = several or len(groups) > 1
    return ([band.name for band in bands] if told else []), several


def _impossible(item: OverTime, shown: dict[Band, Cell]) -> Iterator[Step]:
    """Yield where survival seems to rise, or deaths to fall, by a whole percent."""
    for before, after in item.impossible:
        if before not in shown or after not in shown:
            continue
        cells = shown[before], shown[after]
        first, second = (cell.estimate or 0.0 for cell in cells)
        if percent(first) == percent(second):
            continue
        studies = [{one.study for one in cell.selection.included} for cell in cells]
        yield Step(
            before.name,
            after.name,
            (first, second),
            family_of(item.endpoint) == "survival",
            studies[0] == studies[1],
        )
