"""The fact box: the same 100 people for each therapy, in pictures and plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.render.cells import of_hundred, percent
from lupus_evidence.render.compare.words import evidence_in_words
from lupus_evidence.render.html import anchors, lay
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.report.page import Fact, FactRow, Report

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
    style : {"sure", "maybe", "none"}
        Counted even at the low end, only up to the high end, or not at all.
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
    number, group, when, middle, evidence : str
        The answer, whom and when it is about, one number, what it rests on.
    dots, sure, sure_means : str
        How sure anyone can be: full dots of four, in words, and what that means.
    reasons : tuple of str
        Why not surer.
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
    middle: str = ""
    evidence: str = ""
    dots: str = ""
    sure: str = ""
    sure_means: str = ""
    reasons: tuple[str, ...] = ()
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
        Why the therapies' figures may not be compared; empty where nothing but the
        studies differs.
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
    name, term = lay.OUTCOMES[row.endpoint]
    bands = [fact.row.band for fact in row.facts if fact.row]
    when = lay.later(bands[0]) if bands and row.same_time else ""
    facts = tuple(_fact(row, fact, place) for place, fact in enumerate(row.facts))
    return FactRowView(name, term, when, _mixed(row), facts)


def _mixed(row: FactRow) -> str:
    """Say so where figures are for different times or different kinds of people."""
    reasons = (
        "" if row.same_time else "Not at the same time",
        "" if row.same_people else "Not out of the same kind of people",
    )
    return "; ".join(reason for reason in reasons if reason).capitalize()


def _fact(row: FactRow, fact: Fact, place: int) -> FactView:
    """Return one therapy's answer."""
    name = lay.short_name(fact.therapy)
    if fact.row is None or fact.cell is None:
        return FactView(fact.therapy, name, place, evidence=_silence(fact))
    cell = fact.cell
    low, high = _range(cell)
    number = lay.of_hundred_words(low, high)
    group, when = lay.group(cell.selection.kind), lay.later(fact.row.band)
    certainty = cell.certainty
    sure, means = lay.CERTAINTY[certainty.level] if certainty else ("", "")
    outcome = lay.OUTCOMES[row.endpoint][0].lower()
    return FactView(
        fact.therapy,
        name,
        place,
        number,
        group,
        when,
        _middle(cell),
        evidence_in_words(cell),
        lay.DOTS[certainty.level] if certainty else "",
        sure,
        means,
        tuple(item.text for item in certainty.downgrades) if certainty else (),
        tuple(_blocks(of_hundred(low), of_hundred(high))),
        f"{name}: {number} {group}, {when}: {outcome}",
        anchors.forest(row.endpoint, fact.row.scope, fact.row.band),
    )


def _silence(fact: Fact) -> str:
    """Say why there is no figure."""
    if not fact.reported:
        return "No study here says."
    count = plural(len(fact.reported), "study speaks", "studies speak")
    return f"{count} of it, without a number that can be used here."


def _range(cell: Cell) -> tuple[float, float]:
    """Return the low and the high end that a picture shows, proportions in 0-1."""
    if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is not None:
        bound = cell.figure.estimate.bound
        return (bound.model, 1.0) if bound.side == "lower" else (0.0, bound.model)
    return cell.ci or (0.0, 1.0)


def _middle(cell: Cell) -> str:
    """Return the one number in the middle, or why there is none."""
    figure = cell.figure
    if isinstance(figure, Pooled) and figure.estimate.bound is not None:
        side = figure.estimate.bound.side
        return "everyone in these studies" if side == "lower" else "nobody so far"
    if cell.estimate is None:
        return ""
    best = f"best single figure: {percent(cell.estimate)}"
    if isinstance(figure, Pooled) and figure.estimate.noted("too-different"):
        return f"{best}, but the studies differ too much for one number"
    return best


def _blocks(low: int, high: int) -> Iterator[Block]:
    """Yield the runs of alike people of an icon array, line by line."""
    for start in range(0, HUNDRED, ACROSS):
        y = start // ACROSS * TALL
        for style, first, last in (
            ("sure", 0, low),
            ("maybe", low, high),
            ("none", high, HUNDRED),
        ):
            left, right = max(first, start), min(last, start + ACROSS)
            if left < right:
                yield Block(style, (left - start) * WIDE, y, (right - left) * WIDE)
