"""Short phrases for figures, times and counts, for cells and inside sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy
from lupus_evidence.documents.text import (
    between,
    capital,
    number,
    people,
    percent,
    plural,
    small,
)
from lupus_evidence.documents.text import cell as cell_text
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.vocabulary import (
    ANY_TIME,
    BEST_EVER,
    DENOMINATORS,
    KINDS,
    NOT_STATED,
    TIME_BASES,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lupus_evidence.compare.cells import Cell, Contrast, Row
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.stats.estimates import Bound
    from lupus_evidence.vocabulary import Among, Band

#: A mean this far from the median is another number to a reader.
MEAN_APART = 0.02

_COLUMN = {ANY_TIME.name: "any", BEST_EVER.name: "best", NOT_STATED.name: "?"}


def cell_title(row: Row, cell: Cell) -> str:
    """Return what a cell is about, and its figure with all that belongs to it."""
    figure = ", ".join([figure_of(cell), *besides(cell)])
    if isinstance(cell.figure, SingleStudy):
        figure = f"{people(people_and_mark(cell))}, {figure}"
    return f"{cell_name(row, cell)}: {figure}"


def cell_name(row: Row, cell: Cell) -> str:
    """Return what a cell is about: "Alive, at 24 months, hsct"."""
    about = question(row.endpoint, row.scope)
    return f"{about}, {at_time(row.band)}, {cell.therapy}"


def named(therapy: str) -> str:
    """Return what a therapy is called in a title."""
    known = topic().therapies[therapy]
    return small(known.short or known.label)


def months(band: Band) -> str:
    """Return a time band for a column of months."""
    if band == topic().early:
        return f"under {number(topic().early.high)}"
    return _COLUMN.get(band.name, band.name)


def at_time(band: Band) -> str:
    """Return a time band as part of a phrase: "at 24 months"."""
    if band == topic().early:
        return f"before {number(topic().early.high)} months"
    return f"at {band.label}" if band.months is not None else band.label


def question(endpoint: str, scope: str) -> str:
    """Return what is counted and what it was judged on."""
    label = capital(topic().endpoints[endpoint].label)
    return label if scope == topic().whole else f"{label}, {scope}"


def people_of(cell: Cell) -> People:
    """Return how many people a figure rests on: 12 of 39, or 90 in 3 studies."""
    if isinstance(cell.figure, SingleStudy):
        return count(cell.figure.study)
    if cell.k:
        return People(None, cell.selection.people, studies=cell.k)
    return People(None, None)


def people_and_mark(cell: Cell) -> People:
    """Return "12 of 39 still followed": whom a rate leaves out is said with it."""
    mark = DENOMINATORS[cell.selection.kind or "treated"].mark
    return replace(people_of(cell), mark=mark)


def group_of(kind: Among | None) -> str:
    """Return whom a rate counts, as what follows a number: "people treated"."""
    row = DENOMINATORS[kind or "unstated"]
    return f"people {row.mark}" if row.name == "unstated" else row.words


def count(item: StudyNumber) -> People:
    """Return a study's count; of an estimate the people it is about."""
    if item.form == "effective":
        return People(None, item.people, estimated=True)
    return People(item.events, item.n)


def count_of(item: StudyNumber) -> str:
    """Return a study's count in words: "12 of 39", "est. of 28"."""
    return people(count(item))


def rate_of(cell: Cell, *, compact: bool = False) -> Rate | str:
    """Return a cell's rate with its interval, its bound, or why there is neither.

    Parameters
    ----------
    cell : Cell
        The cell.
    compact : bool
        In as few letters as can be.
    """
    low, high = cell.ci or (None, None)
    plain = Rate(cell.estimate, low, high, compact=compact)
    match cell.figure:
        case Pooled(estimate):
            if estimate.bound is not None:
                return bound_rate(estimate.bound)
            vary = "vary" if estimate.noted("too-different") else ""
            return replace(plain, remark=vary)
        case SingleStudy():
            return plain
        case NoStudy(reported):
            return "none usable" if reported else "no study"
        case _:
            return "not pooled"


def bound_rate(bound: Bound) -> Rate:
    """Return a one-sided bound: "at most 3 %"."""
    side: Literal["at least", "at most"]
    side = "at least" if bound.side == "lower" else "at most"
    return Rate(bound.model, bound=side)


def figure_of(cell: Cell) -> str:
    """Return a cell's rate in words: "50 % (19 to 81)"."""
    return cell_text(rate_of(cell))


def besides(cell: Cell) -> list[str]:
    """Return what belongs to a rate: its mean, its bound for all, a new centre."""
    found = []
    if mean_apart(cell):
        found.append(f"over all people {percent(cell.mean or 0.0)} %")
    if (bound := at_least(cell)) is not None:
        found.append(bound)
    if (rates := new_centre(cell)) is not None:
        found.append(f"new centre {rates}")
    return found


def mean_apart(cell: Cell) -> bool:
    """Tell whether a figure's mean is another number than its median."""
    if cell.mean is None or cell.estimate is None:
        return False
    return abs(cell.mean - cell.estimate) >= MEAN_APART


def at_least(cell: Cell) -> str | None:
    """Return "at least 12 of 87 treated, 14 %" where a rate leaves some out."""
    if cell.at_least is None:
        return None
    events, treated = cell.at_least
    share = f"{percent(events / treated)} %"
    return f"at least {people(People(events, treated))} treated, {share}"


def new_centre(cell: Cell) -> str | None:
    """Return where a new centre's rate would lie, where anything can be said."""
    figure = cell.figure
    if not isinstance(figure, Pooled) or figure.estimate.prediction is None:
        return None
    if not figure.estimate.prediction_shown:
        return "almost any"
    return f"{between(*figure.estimate.prediction)} %"


def evidence_in_words(cell: Cell) -> str:
    """Return "3 studies, 90 people"."""
    studies = plural(cell.k, "study", "studies")
    return f"{studies}, {plural(cell.selection.people, 'person', 'people')}"


def counted_in_words(item: StudyNumber) -> str:
    """Return a study's count, and whom it leaves out: "12 of 39 still followed"."""
    return f"{count_of(item)} {DENOMINATORS[item.denominator].mark}".rstrip()


def when_counted(endpoint: str, item: StudyNumber) -> str:
    """Return when a study's number was counted, and what kind of time that is.

    Parameters
    ----------
    endpoint : str
        What is counted.
    item : StudyNumber
        The number.
    """
    if item.months is None or item.basis is None:
        if item.ever:
            return BEST_EVER.label
        clock = topic().endpoints[endpoint].clock
        return NOT_STATED.label if clock else ANY_TIME.label
    return TIME_BASES[item.basis].phrase.format(f"{number(item.months)} months")


def uneven_studies(cell: Cell) -> int:
    """Return in how many studies follow-up was shorter for some than for others.

    None of them where the figure is of no one time anyway.
    """
    if cell.selection.band.months is None:
        return 0
    return sum(item.uneven for item in cell.selection.included)


def about_another_group(cell: Cell) -> list[str]:
    """Name what a figure leaves out so that all of it has one kind of denominator."""
    return [
        f"{item.study} ({item.result.n} {DENOMINATORS[item.result.among].words})"
        for item in cell.selection.excluded
        if item.reason is Reason.DENOMINATOR and item.result.n is not None
    ]


def bound_of(cell: Cell) -> Bound | None:
    """Return a figure's one-sided bound, where everyone or no one had the outcome."""
    return cell.figure.estimate.bound if isinstance(cell.figure, Pooled) else None


def too_different(cell: Cell) -> bool:
    """Tell whether a figure's studies have no common rate."""
    figure = cell.figure
    return isinstance(figure, Pooled) and bool(figure.estimate.noted("too-different"))


def arms_on_both(contrast: Contrast) -> list[str]:
    """Return the studies with arms on both sides of a difference."""
    return [first for first, second in contrast.shared if first == second]


def people_on_both(contrast: Contrast) -> list[str]:
    """Return the pairs of studies on its two sides that share people."""
    return [
        f"{first} and {second}" for first, second in contrast.shared if first != second
    ]


def figures(rows: Iterable[Row]) -> list[Cell]:
    """Return the cells of these rows that have studies."""
    return [cell for row in rows for cell in row.cells if cell.k]


def prior_decides(cell: Cell) -> bool:
    """Tell whether a figure's interval depends on the assumed spread."""
    return cell.priors is not None and cell.priors.decides


def one_level(rows: Sequence[Row]) -> str | None:
    """Return how sure anyone can be of every figure of these rows, if that is one.

    Parameters
    ----------
    rows : sequence of Row
        Rows that are shown.

    Returns
    -------
    str or None
        "very low for every figure"; None where the figures differ.
    """
    found = [cell.certainty.level for cell in figures(rows) if cell.certainty]
    if len(set(found)) != 1:
        return None
    return f"{found[0]} for every figure" if len(found) > 1 else found[0]


#: What templates call by name.
PHRASES: dict[str, Callable[..., object]] = {
    "about_another_group": about_another_group,
    "arms_on_both": arms_on_both,
    "at_least": at_least,
    "at_time": at_time,
    "bound": bound_of,
    "brief": lambda name: (
        topic().endpoints[name].brief.lower() or topic().endpoints[name].label
    ),
    "count_of": count_of,
    "counted": counted_in_words,
    "denominator": lambda kind: DENOMINATORS[kind or "unstated"],
    "endpoint": lambda name: topic().endpoints[name],
    "evidence_in_words": evidence_in_words,
    "figure_of": figure_of,
    "group_of": group_of,
    "kind_of_number": lambda kind: KINDS[kind],
    "kind_of_time": lambda basis: TIME_BASES[basis].label,
    "named": named,
    "people_on_both": people_on_both,
    "question": question,
    "said": lambda cell: cell.ci is not None or bound_of(cell) is not None,
    "too_different": too_different,
    "uneven_studies": uneven_studies,
    "when_counted": when_counted,
}
