"""The parts of a comparison in words: times, figures, differences within a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy
from lupus_evidence.render.reasons import weaknesses
from lupus_evidence.text import (
    NOTHING,
    between,
    number,
    people,
    percent,
    plural,
    points,
    rate,
)
from lupus_evidence.values import People, Rate
from lupus_evidence.vocabulary import (
    ANY_TIME,
    BANDS,
    BEST_EVER,
    DENOMINATORS,
    EARLY,
    ENDPOINTS,
    NOT_STATED,
    TIME_BASES,
    Band,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import DirectEvidence
    from lupus_evidence.evidence.number import StudyNumber
    from lupus_evidence.stats.estimates import Bound
    from lupus_evidence.vocabulary import Among

ESTIMATE_MEANING = (
    "est.: an estimate read off a curve for so many people, no count; weighted by its "
    "own error."
)
#: A mean this far from the median is another number to a reader.
MEAN_APART = 0.02

_COLUMN = {ANY_TIME.name: "any", BEST_EVER.name: "best", NOT_STATED.name: "?"}


def cell_title(row: Row, cell: Cell) -> str:
    """Return what a cell is about, and its figure with all that belongs to it."""
    figure = ", ".join([figure_of(cell), *besides(cell)])
    if isinstance(cell.figure, SingleStudy):
        figure = f"{people_and_mark(cell)}, {figure}"
    return f"{cell_name(row, cell)}: {figure}"


def cell_name(row: Row, cell: Cell) -> str:
    """Return what a cell is about: "Alive, at 24 months, hsct"."""
    about = question(row.endpoint, row.scope)
    return f"{about}, {at_time(row.band)}, {cell.therapy}"


def capital(text: str) -> str:
    """Return text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def months(band: Band) -> str:
    """Return a time band for a column of months."""
    if band == EARLY:
        return f"under {number(EARLY.high)}"
    return _COLUMN.get(band.name, band.name)


def at_time(band: Band) -> str:
    """Return a time band as part of a phrase: "at 24 months"."""
    if band == EARLY:
        return f"before {number(EARLY.high)} months"
    return f"at {band.label}" if band.months is not None else band.label


def bands_in_words(shown: Collection[Band] | None = None) -> str:
    """Return what the time bands stand for.

    Parameters
    ----------
    shown : collection of Band, optional
        Those to explain; every one if omitted.

    Returns
    -------
    str
        One sentence; empty where no band is a stretch of time.
    """
    parts = []
    for band in BANDS:
        if shown is not None and band not in shown:
            continue
        last = band == BANDS[-1]
        end = "or more" if last else f"to under {number(band.high)}"
        parts.append(f"{band.months} ({number(band.low)} {end})")
    return f"Months stand for a stretch of time: {', '.join(parts)}." if parts else ""


def question(endpoint: str, scope: str) -> str:
    """Return what is counted and what it was judged on."""
    label = capital(ENDPOINTS[endpoint].label)
    return label if scope == "lupus" else f"{label}, {scope}"


def people_of(cell: Cell) -> str:
    """Return "12 of 39" for one study, "90 in 3" for several."""
    if isinstance(cell.figure, SingleStudy):
        return count_of(cell.figure.study)
    if cell.k:
        return f"{number(cell.selection.people)} in {cell.k}"
    return NOTHING


def people_and_mark(cell: Cell) -> str:
    """Return "12 of 39 still followed": whom a rate leaves out is said with it."""
    mark = DENOMINATORS[cell.selection.kind or "treated"].mark
    return f"{people_of(cell)} {mark}".rstrip()


def group_of(kind: Among | None) -> str:
    """Return whom a rate counts, as what follows a number: "people treated"."""
    row = DENOMINATORS[kind or "unstated"]
    return f"people {row.mark}" if row.name == "unstated" else row.words


def count_of(item: StudyNumber) -> str:
    """Return a study's count; of an estimate "est. of 28", the people it is about."""
    if item.form == "effective":
        return f"est. {people(People(None, item.people))}"
    return people(People(item.events, item.n))


def figure_of(cell: Cell) -> str:
    """Return a cell's rate with its interval, its bound, or why there is neither."""
    match cell.figure:
        case Pooled(estimate):
            if estimate.bound is not None:
                return bound_in_words(estimate.bound)
            if estimate.noted("too-different"):
                return f"{_rate(cell)} (vary)"
            return _rate(cell)
        case SingleStudy():
            return _rate(cell)
        case NoStudy(reported):
            return "none usable" if reported else "no study"
        case _:
            return "not pooled"


def _rate(cell: Cell) -> str:
    """Return "50 % (19 to 81)"; the interval alone where there is no more."""
    if cell.estimate is None and cell.ci is not None:
        return f"{between(*cell.ci)} %"
    low, high = cell.ci or (None, None)
    return rate(Rate(cell.estimate, low, high))


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


def bound_in_words(bound: Bound) -> str:
    """Return "at most 3 %" or "at least 81 %"."""
    side = "at least" if bound.side == "lower" else "at most"
    return f"{side} {percent(bound.model)} %"


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


def difference(
    estimate: float,
    ci: tuple[float, float],
    level: float,
    interval: str = "interval",
) -> str:
    """Return "29 percentage points higher, 95 % interval 4 to 51".

    Parameters
    ----------
    estimate : float
        Difference of two proportions, -1 to 1.
    ci : tuple of float
        Its interval.
    level : float
        Level of the interval in 0-1.
    interval : str
        What kind of interval it is: "CI" only for a confidence interval, which a
        posterior interval is not.
    """
    name = f"{number(level * 100)} % {interval}"
    low, high = ci
    size = points(abs(estimate))
    if size == "0":
        return f"no difference, {name} {_ends(low, high)}"
    unit = "percentage point" if size == "1" else "percentage points"
    if low > 0:
        return f"{size} {unit} higher, {name} {points(low)} to {points(high)}"
    if high < 0:
        return f"{size} {unit} lower, {name} {points(-high)} to {points(-low)}"
    way = "lower" if estimate < 0 else "higher"
    return f"{size} {unit} {way}, {name} {_ends(low, high)}"


def _ends(low: float, high: float) -> str:
    """Return the ends of an interval of points, each with its direction."""
    texts = []
    for end in (low, high):
        size = points(abs(end))
        way = "" if size == "0" else " lower" if end < 0 else " higher"
        texts.append(f"{size}{way}")
    return " to ".join(texts)


def direct_in_words(item: DirectEvidence) -> str:
    """Return a difference within one study as sentences, with its certainty."""
    reasons = weaknesses(item.certainty)
    level = f"Certainty {item.certainty.level}{': ' + reasons if reasons else ''}."
    return f"{direct_difference(item)} {level}"


def direct_difference(item: DirectEvidence) -> str:
    """Return a difference within one study as a sentence."""
    contrast = item.contrast
    drawn = "randomised" if contrast.kind == "randomised" else "control group, no lot"
    effect = contrast.risk_difference
    size = difference(effect.estimate or 0.0, effect.ci, contrast.level, "CI")
    counts = (
        f"{counted_in_words(arm)} with {therapy}"
        for arm, therapy in zip((item.first, item.second), item.therapies, strict=True)
    )
    return (
        f"{item.study} ({drawn}): {ENDPOINTS[item.endpoint].label}, "
        f"{'' if item.scope == 'lupus' else item.scope + ', '}"
        f"{when_counted(item.endpoint, item.first)}: {', '.join(counts)}; {size}."
    )


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
        clock = ENDPOINTS[endpoint].clock
        return NOT_STATED.label if clock else ANY_TIME.label
    return TIME_BASES[item.basis].phrase.format(f"{number(item.months)} months")
