"""The fact box: the same 100 people for each therapy, in pictures and plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled, SingleStudy
from lupus_evidence.pages.phrases import evidence_in_words
from lupus_evidence.pages.reasons import less_certain, weaknesses
from lupus_evidence.render.html import anchors, lay
from lupus_evidence.text import of_hundred, percent, plural
from lupus_evidence.vocabulary import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.report.page import Fact, FactRow, Report
    from lupus_evidence.stats.estimates import Bound

#: People in one line of an icon array; five lines make a hundred.
ACROSS = 20
#: Size of one person in the picture.
WIDE, TALL = 12, 16
HUNDRED = 100


@dataclass(frozen=True)
class Block:
    """A run of alike people within one line of an icon array.

    Parameters
    ----------
    style : {"sure", "likely", "maybe", "none"}
        Counted even at the low end, up to the best single number, only up to the
        high end, or not at all.
    x, y, width : int
        Its place in the picture.
    """

    style: str
    x: int
    y: int
    width: int


@dataclass(frozen=True)
class FactView:
    """One therapy's answer to one question, in words and a picture.

    Parameters
    ----------
    therapy, name : str
        The therapy and its short name.
    place : int
        Its place among the therapies, for its colour.
    number, group, when, span, least, evidence : str
        The answer, whom and when it is about, the range around it, what is known of
        everybody treated, what it rests on.
    dots, sure, sure_means, reasons : str
        How sure anyone can be: full dots of four, in words, what that means, and why
        not surer.
    blocks : tuple of Block
        The picture; empty without a figure.
    described : str
        The picture in words.
    link : str
        Where the studies behind it stand on the page.
    """

    therapy: str
    name: str
    place: int
    number: str = ""
    group: str = ""
    when: str = ""
    span: str = ""
    least: str = ""
    evidence: str = ""
    dots: str = ""
    sure: str = ""
    sure_means: str = ""
    reasons: str = ""
    blocks: tuple[Block, ...] = ()
    described: str = ""
    link: str = ""


@dataclass(frozen=True)
class FactRowView:
    """One question of the fact box.

    Parameters
    ----------
    name, term, when : str
        In plain words, the field's own term, and the time where it is one.
    mixed : str
        Why the therapies' figures may not be compared; empty where there is nothing
        to compare.
    facts : tuple of FactView
        One for each therapy.
    """

    name: str
    term: str
    when: str
    mixed: str
    facts: tuple[FactView, ...]


def fact_views(report: Report, *, benefit: bool) -> tuple[FactRowView, ...]:
    """Return the benefits, or the harms, of the fact box.

    Parameters
    ----------
    report : Report
        The report.
    benefit : bool
        Which of the two.
    """
    return tuple(_row(row) for row in report.facts if row.benefit is benefit)


def _row(row: FactRow) -> FactRowView:
    """Return one question."""
    bands = [fact.row.band for fact in row.facts if fact.row]
    when = lay.later(bands[0]) if bands and row.same_time else ""
    facts = tuple(_fact(row, fact, place) for place, fact in enumerate(row.facts))
    name = ENDPOINTS[row.endpoint].lay
    return FactRowView(name, lay.term(row.endpoint), when, _mixed(row), facts)


def _mixed(row: FactRow) -> str:
    """Say why therapies may not be compared, where more than one has a figure."""
    cells = [fact.cell for fact in row.facts if fact.cell]
    studies = [{item.study for item in cell.selection.included} for cell in cells]
    if len(cells) < 2 or set.intersection(*studies):  # noqa: PLR2004 - nothing to compare
        return ""
    reasons = (
        "" if row.same_time else "not at the same time",
        "" if row.same_people else "not out of the same kind of people",
    )
    text = "; ".join(filter(None, reasons)) or "other people in other studies"
    return text[:1].upper() + text[1:]


def _fact(row: FactRow, fact: Fact, place: int) -> FactView:
    """Return one therapy's answer."""
    name = lay.short_name(fact.therapy)
    if fact.row is None or fact.cell is None:
        return FactView(fact.therapy, name, place, evidence=_silence(fact))
    cell = fact.cell
    number, span = _number(cell), _span(cell)
    group, when = lay.group(cell.selection.kind), lay.later(fact.row.band)
    certainty = cell.certainty
    sure, means = lay.CERTAINTY[certainty.level] if certainty else ("", "")
    outcome = ENDPOINTS[row.endpoint].lay.lower()
    return FactView(
        fact.therapy,
        name,
        place,
        number,
        group,
        when,
        span,
        _least(cell),
        evidence_in_words(cell),
        lay.DOTS[certainty.level] if certainty else "",
        sure,
        means,
        weaknesses(certainty) if certainty else "",
        tuple(_blocks(*_ends(cell))),
        f"{name}: {number} {group}, {when}: {outcome}. {span}.",
        anchors.forest(row.endpoint, fact.row.scope, fact.row.band),
    )


def _silence(fact: Fact) -> str:
    """Say why there is no figure."""
    if not fact.reported:
        return "No study here says."
    count = plural(len(fact.reported), "study speaks", "studies speak")
    return f"{count} of it, without a number that can be used here."


def _bound(cell: Cell) -> Bound | None:
    """Return the bound of a figure where everyone, or no one, had the outcome."""
    return cell.figure.estimate.bound if isinstance(cell.figure, Pooled) else None


def _range(cell: Cell) -> tuple[float, float]:
    """Return the low and the high end of a figure, proportions in 0-1."""
    bound = _bound(cell)
    if bound is not None:
        return (bound.model, 1.0) if bound.side == "lower" else (0.0, bound.model)
    return cell.ci or (0.0, 1.0)


def _best(cell: Cell) -> float | None:
    """Return what becomes of people over all centres, or in a typical one.

    None where no one, or everyone, had the outcome: a range is all that can be said.
    """
    best = cell.estimate if cell.mean is None else cell.mean
    return None if best in (0, 1) else best


def _number(cell: Cell) -> str:
    """Return the answer in people of 100."""
    best = _best(cell)
    if best is None:
        return lay.of_hundred_words(*_range(cell))
    return f"about {percent(best)}"


def _span(cell: Cell) -> str:
    """Return the range around the answer, and what it is the range of."""
    words = lay.of_hundred_words(*_range(cell))
    if _best(cell) is None:
        share = cell.selection.events[0] / cell.selection.sizes[0]
        where = "this study" if cell.k == 1 else "these studies"
        who = "All" if share else "None"
        return f"{who} of those in {where} {ENDPOINTS[cell.selection.endpoint].verb}"
    if isinstance(cell.figure, SingleStudy):
        return f"Allowing for chance: {words}"
    differ = cell.certainty is not None and "too-different" in cell.certainty.codes
    return f"In a typical centre: {words}" + (
        f"; {less_certain('too-different')}" if differ else ""
    )


def _least(cell: Cell) -> str:
    """Say what is known of everybody treated, where a figure leaves some out."""
    if cell.selection.kind == "treated":
        return ""
    if cell.at_least is None:
        return "How many of everybody treated is not known."
    events, treated = cell.at_least
    verb = ENDPOINTS[cell.selection.endpoint].verb
    share = percent(events / treated)
    return (
        f"Of everybody treated, at least {events} of {treated} {verb} ({share} of 100)."
    )


def _ends(cell: Cell) -> tuple[int, int, int]:
    """Return how many icons are sure, likely and perhaps, each with those before."""
    low, high = map(of_hundred, _range(cell))
    best = _best(cell)
    middle = low if best is None else of_hundred(best)
    return min(low, middle), middle, max(high, middle)


def _blocks(sure: int, likely: int, maybe: int) -> Iterator[Block]:
    """Yield the runs of alike people of an icon array, line by line."""
    for start in range(0, HUNDRED, ACROSS):
        y = start // ACROSS * TALL
        for style, first, last in (
            ("sure", 0, sure),
            ("likely", sure, likely),
            ("maybe", likely, maybe),
            ("none", maybe, HUNDRED),
        ):
            left, right = max(first, start), min(last, start + ACROSS)
            if left < right:
                yield Block(style, (left - start) * WIDE, y, (right - left) * WIDE)
