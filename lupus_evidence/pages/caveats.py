"""What must be said beside a comparison's figures before anyone reads them.

What kind of studies stand side by side, which marks in the tables have to be
explained, and that figures at several times are no course.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.documents.text import percent, plural
from lupus_evidence.pages import phrases
from lupus_evidence.vocabulary import (
    ANY_TIME,
    BEST_EVER,
    CONTROLLED_DESIGNS,
    NOT_STATED,
    family_of,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.compare.people import OverTime
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.survival import SurvivalAnswer
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.vocabulary import Band, Scope

    Key = tuple[str, Scope, str, Band]


@dataclass(frozen=True)
class StudiesCompared:
    """What kind of studies a comparison sets side by side.

    Parameters
    ----------
    studies : int
        How many.
    both : tuple of str
        Those with arms of several of the compared therapies.
    control : {"none", "few", "some"}
        How many of them had a control group.
    sides : int
        How many therapies have any.
    """

    studies: int
    both: tuple[str, ...]
    control: str
    sides: int


def studies_compared(comparison: Comparison) -> StudiesCompared:
    """Return what kind of studies a comparison sets side by side.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    designs = Counter[str]()
    for item in comparison.people:
        designs.update(dict(item.designs))
    return kind_of_studies(designs, [set(item.studies) for item in comparison.people])


def kind_of_studies(
    designs: Counter[str], sides: Sequence[set[str]]
) -> StudiesCompared:
    """Return what kind of studies stand side by side.

    Parameters
    ----------
    designs : Counter of str
        Studies by design.
    sides : sequence of set of str
        The studies of each therapy.
    """
    studies = designs.total()
    controlled = sum(designs[name] for name in CONTROLLED_DESIGNS)
    control = "some" if 2 * controlled >= studies else "few" if controlled else "none"
    both = {
        study
        for place, side in enumerate(sides)
        for other in sides[place + 1 :]
        for study in side & other
    }
    return StudiesCompared(studies, tuple(sorted(both)), control, sum(map(bool, sides)))


@dataclass(frozen=True)
class ShownBand:
    """A stretch of time that a number of months stands for."""

    months: int | None
    low: float
    high: float
    last: bool


@dataclass(frozen=True)
class Marks:
    """What occurs in the tables, each thing to be said only where it does.

    Parameters
    ----------
    pooled, estimated, mean, new_centre, at_least, vary, uneven : bool
        Whether there is such a figure.
    spread_assumed, prediction_assumed : bool
        Whether an interval rests on the assumed spread.
    bands : list of ShownBand
        Stretches of time, in order.
    other_times : list of (str, str)
        What else stands in the column of months, with its meaning.
    prior : str
        Which figures' intervals the prior decides; empty if none.
    bound : float or None
        Level of the one-sided bounds in 0-1; None where there is none.
    error_assumed : list of str
        Studies whose estimate has no error of its own.
    concern : list of str
        Studies under an expression of concern.
    """

    pooled: bool
    estimated: bool
    mean: bool
    new_centre: bool
    at_least: bool
    vary: bool
    uneven: bool
    spread_assumed: bool
    prediction_assumed: bool
    bands: list[ShownBand]
    other_times: list[tuple[str, str]]
    prior: str
    bound: float | None
    error_assumed: list[str]
    concern: list[str]


def reading_marks(cells: Sequence[Cell], bands: Collection[Band] = ()) -> Marks:
    """Return what has to be explained.

    Parameters
    ----------
    cells : sequence of Cell
        The figures that are shown.
    bands : collection of Band
        The times that are shown as numbers of months.
    """
    pooled = [c.figure.estimate for c in cells if isinstance(c.figure, Pooled)]
    included = [item for cell in cells for item in cell.selection.included]
    bounds = [item.bound for item in pooled if item.bound is not None]
    return Marks(
        pooled=bool(pooled),
        estimated=any(item.form == "effective" for item in included),
        mean=any(map(phrases.mean_apart, cells)),
        new_centre=any(map(phrases.new_centre, cells)),
        at_least=any(cell.at_least for cell in cells),
        vary=any(item.noted("too-different") for item in pooled),
        uneven=any(map(phrases.uneven_studies, cells)),
        spread_assumed=any(item.noted("spread-assumed") for item in pooled),
        prediction_assumed=any(
            item.noted("prediction-assumed") and item.prediction_shown
            for item in pooled
        ),
        bands=shown_bands(bands),
        other_times=[
            (phrases.months(band), band.label)
            for band in (ANY_TIME, BEST_EVER, NOT_STATED)
            if band in bands
        ],
        prior=decided_by_the_prior(cells),
        bound=bounds[0].level if bounds else None,
        error_assumed=sorted({item.study for item in included if item.assumed}),
        concern=under_concern(*cells),
    )


def under_concern(*figures: Cell | TrialsAnswer | SurvivalAnswer) -> list[str]:
    """Return the studies behind figures whose journal has doubts about them.

    Parameters
    ----------
    *figures : Cell, TrialsAnswer or SurvivalAnswer
        What is shown.
    """
    return sorted(
        {
            item.study
            for figure in figures
            for item in figure.selection.included
            if item.record.concern
        }
    )


def doubted_studies(comparison: Comparison, cells: Iterable[Cell]) -> list[str]:
    """Return the doubted studies behind the answer of a comparison.

    Parameters
    ----------
    comparison : Comparison
        With its trials and curves.
    cells : iterable of Cell
        The figures that are shown of it.
    """
    survival = comparison.survival.answers
    return under_concern(*cells, *comparison.answering, *survival)


def shown_bands(bands: Collection[Band]) -> list[ShownBand]:
    """Return the stretches of time among bands, in order.

    Parameters
    ----------
    bands : collection of Band
        The times that are shown.
    """
    return [
        ShownBand(band.months, band.low, band.high, band == topic().bands[-1])
        for band in topic().bands
        if band in bands
    ]


def decided_by_the_prior(cells: Sequence[Cell]) -> str:
    """Name the figures whose interval the assumed spread between centres makes.

    Parameters
    ----------
    cells : sequence of Cell
        Figures that are shown.

    Returns
    -------
    str
        Empty where there is none.
    """
    pooled = [c for c in cells if isinstance(c.figure, Pooled)]
    moved = [cell for cell in pooled if phrases.prior_decides(cell)]
    if not moved:
        return ""
    if len(pooled) == 1:
        return "the pooled figure"
    if len(moved) == len(pooled):
        return f"all {plural(len(pooled), 'pooled figure')}"
    return "; ".join(map(_name, moved))


def _name(cell: Cell) -> str:
    """Return which figure a cell is, in a few words."""
    chosen = cell.selection
    label = topic().endpoints[chosen.endpoint].label
    judged = "" if chosen.scope == topic().whole else f", {chosen.scope}"
    return f"{cell.therapy} {label}{judged}, {phrases.at_time(chosen.band)}"


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
