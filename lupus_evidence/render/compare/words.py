"""The parts of a comparison in words: times, figures, differences, plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy
from lupus_evidence.render.cells import (
    NOTHING,
    between,
    number,
    people,
    percent,
    points,
    rate,
)
from lupus_evidence.render.compare.caveats import about_another_group, about_its_time
from lupus_evidence.results import People, Rate
from lupus_evidence.selection.denominators import AMONG_WORDS
from lupus_evidence.vocabulary import BANDS, EARLY, ENDPOINTS, Band
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell, Contrast, Row
    from lupus_evidence.compare.summary import DirectEvidence
    from lupus_evidence.selection.chosen import Included
    from lupus_evidence.stats.estimates import Bound

ESTIMATE_MEANING = (
    "est.: an estimate from a survival curve of so many people, no count; weighted by "
    "its own error."
)
#: Notes on one side of a difference without which it would mislead.
_ABOUT_A_SIDE = frozenset({"side-too-different", "uniform-side"})


def cell_title(row: Row, cell: Cell) -> str:
    """Return what a cell is about, and its figure."""
    return (
        f"{question(row.endpoint, row.scope)}, {at_time(row.band)}, "
        f"{cell.therapy}: {figure_of(cell)}"
    )


def capital(text: str) -> str:
    """Return text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def months(band: Band) -> str:
    """Return a time band for a column of months."""
    if band == EARLY:
        return f"under {number(EARLY.high)}"
    return NOTHING if band.months is None else str(band.months)


def at_time(band: Band) -> str:
    """Return a time band as part of a phrase: "at 24 months"."""
    if band == EARLY:
        return f"before {number(EARLY.high)} months"
    return f"at {band.label}" if band.months is not None else "time not stated"


def bands_in_words() -> str:
    """Return what the time bands stand for."""
    parts = [
        f"{band.months} ({number(band.low)} to under {number(band.high)})"
        for band in BANDS[:-1]
    ]
    last = BANDS[-1]
    parts.append(f"{last.months} ({number(last.low)} or more)")
    return f"Months stand for a stretch of time: {', '.join(parts)}."


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


def count_of(item: Included) -> str:
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
            vary = " (vary)" if estimate.noted("too-different") else ""
            return f"{_rate(cell)}{vary}"
        case SingleStudy():
            return _rate(cell)
        case NoStudy(reported):
            return "none usable" if reported else "no study"
        case _:
            return "not pooled"


def _rate(cell: Cell) -> str:
    """Return "50 % (19 to 81)"."""
    low, high = cell.ci or (None, None)
    return rate(Rate(cell.estimate, low, high))


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
    unit = "percentage point" if size == "1" else "percentage points"
    if low > 0:
        return f"{size} {unit} higher, {name} {points(low)} to {points(high)}"
    if high < 0:
        return f"{size} {unit} lower, {name} {points(-high)} to {points(-low)}"
    way = "lower" if estimate < 0 and size != "0" else "higher"
    return f"{size} {unit} {way}, {name} {points(-low)} lower to {points(high)} higher"


def contrast_in_words(row: Row, contrast: Contrast) -> str:
    """Return an unadjusted difference as a sentence that says so."""
    cells = {cell.therapy: cell for cell in row.cells}
    first, second = cells[contrast.first], cells[contrast.second]
    effect = contrast.indirect.risk_difference
    if effect.estimate is None:
        return ""
    size = difference(effect.estimate, effect.ci, contrast.indirect.level)
    parts = [
        (
            f"{question(row.endpoint, row.scope)}, {at_time(row.band)}: "
            f"{first.therapy} {size}, than {second.therapy} "
            f"({evidence_in_words(first)}; {evidence_in_words(second)}). "
            "Unadjusted comparison of different studies."
        )
    ]
    parts += [
        note.text for note in contrast.indirect.notes if note.code in _ABOUT_A_SIDE
    ]
    if row.band.months is None:
        parts.append("The times are not stated and may be years apart.")
    parts += [
        f"With {cell.therapy} {text}."
        for cell in (first, second)
        for text in about_its_time(cell)
    ]
    parts += [
        f"Not in {cell.therapy}, being about another group: {', '.join(others)}."
        for cell in (first, second)
        if (others := about_another_group(cell))
    ]
    if contrast.denominators_differ:
        kinds = [AMONG_WORDS[kind] for kind in contrast.kinds if kind]
        parts.append(f"Not the same denominator: {' against '.join(kinds)}.")
    if contrast.shared:
        arms = ", ".join(a for a, b in contrast.shared if a == b)
        pairs = ", ".join(f"{a} and {b}" for a, b in contrast.shared if a != b)
        if arms:
            parts.append(f"Arms of one study stand on both sides: {arms}.")
        if pairs:
            parts.append(f"Some people may be on both sides: {pairs}.")
    return " ".join(parts)


def direct_in_words(item: DirectEvidence) -> str:
    """Return a difference within one study as a sentence."""
    contrast = item.contrast
    drawn = "randomised" if contrast.kind == "randomised" else "control group, no lot"
    effect = contrast.risk_difference
    size = difference(effect.estimate or 0.0, effect.ci, contrast.level, "CI")
    when = (
        "time not stated" if item.months is None else f"at {number(item.months)} months"
    )
    reasons = "; ".join(reason.text for reason in item.certainty.downgrades)
    return (
        f"{item.study} ({drawn}): {ENDPOINTS[item.endpoint].label}, "
        f"{'' if item.scope == 'lupus' else item.scope + ', '}{when}: "
        f"{count_of(item.first)} with {item.therapies[0]}, "
        f"{count_of(item.second)} with {item.therapies[1]}; {size}. "
        f"Certainty {item.certainty.level}{': ' + reasons if reasons else ''}."
    )
