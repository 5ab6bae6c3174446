"""What the studies saw, in plain sentences: people first, one sentence an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled, SingleStudy
from lupus_evidence.render.cells import percent
from lupus_evidence.render.compare.caveats import about_its_time
from lupus_evidence.render.compare.words import capital, count_of, evidence_in_words
from lupus_evidence.vocabulary import EARLY, THERAPIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.vocabulary import Among

#: How a plain sentence goes on, for the endpoints that matter most to a person.
_OUTCOMES = {
    "overall-survival": "were alive",
    "disease-free-survival": "were alive and disease-free",
    "complete-remission": "were in complete remission",
    "any-remission": "were in complete or partial remission",
    "major-response": "had a major clinical response",
    "any-response": "had a clinical response",
    "treatment-related-mortality": "had died because of the treatment",
    "relapse": "had relapsed",
    "serious-infection": "had had a serious infection",
}
_GROUPS: dict[Among, str] = {
    "treated": "people treated with",
    "enrolled": "people who entered a study of",
    "evaluable": "people who could be judged after",
    "followed": "people still followed after",
    "survivors": "survivors of",
    "responders": "people who had responded to",
    "unstated": "people given",
}


def plain_sentences(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what a lay reader should know of each main endpoint.

    The time is the one at which most therapies have a figure, then the one with the
    most people; a therapy without a figure at that time is told at its own.

    Parameters
    ----------
    rows : sequence of Row
        Rows of the comparison.
    """
    found = []
    for endpoint in _OUTCOMES:
        fit = [row for row in rows if row.endpoint == endpoint and _sayable(row)]
        if fit:
            found.append(_plain(max(fit, key=_telling), fit))
    return tuple(found)


def _telling(row: Row) -> tuple[int, bool, bool, float]:
    """Order rows by how much a lay reader learns from one."""
    return (
        len(_sayable(row)),
        row.band.months is not None,
        row.scope == "lupus",
        sum(cell.selection.people for cell in row.cells),
    )


def _sayable(row: Row) -> list[Cell]:
    """Return the cells with a number to say."""
    return [cell for cell in row.cells if cell.estimate is not None and cell.ci]


def _people_with(cell: Cell) -> str:
    """Return who had the outcome: of 100, or of the people of the only study."""
    group = (
        f"{_GROUPS[cell.selection.kind or 'unstated']} {THERAPIES[cell.therapy].label}"
    )
    low, high = (percent(end) for end in cell.ci or (0.0, 1.0))
    match cell.figure:
        case SingleStudy(study) if study.form == "effective":
            return (
                f"in one study of {study.people} {group}, an estimated "
                f"{percent(study.rate)} % ({low} to {high})"
            )
        case SingleStudy(study):
            share = f"{percent(study.rate)} %, {low} to {high}"
            return f"in one study, {count_of(study)} {group} ({share})"
        case Pooled(estimate) if estimate.noted("too-different"):
            size = (
                f"about {percent(cell.estimate or 0.0)} (between {low} and {high}; the "
                "studies are too different for one number)"
            )
        case _:
            size = f"about {percent(cell.estimate or 0.0)} (between {low} and {high})"
    return f"of 100 {group} in a typical centre, {size}"


def _plain(row: Row, others: Sequence[Row]) -> str:
    """Say a row in plain words, and of a therapy without a figure in it another one."""
    parts = [_cell_in_words(row, cell) for cell in _sayable(row)]
    sentences = [f"{capital('; '.join(parts))}."]
    silent = []
    for cell in row.cells:
        if cell.k:
            continue
        told = ((item, found) for item in others for found in _sayable(item))
        there = [pair for pair in told if pair[1].therapy == cell.therapy]
        if there:
            best = max(there, key=lambda pair: _telling(pair[0]))
            sentences.append(f"{capital(_cell_in_words(*best))}.")
        else:
            silent.append(cell.therapy)
    if len(sentences) > 1:
        sentences.append("Other times or organs: do not compare these.")
    if silent:
        sentences.append(f"For {' and '.join(silent)} there is no figure.")
    return " ".join(sentences)


def _cell_in_words(row: Row, cell: Cell) -> str:
    """Say what was seen with one therapy, when, and what it rests on."""
    when = (
        "at a time the studies do not state"
        if row.band.months is None
        else "within three months"
        if row.band == EARLY
        else f"about {row.band.label} later"
    )
    judged = "" if row.scope == "lupus" else f" of the {row.scope}"
    known = [evidence_in_words(cell)] if cell.k > 1 else []
    rests = "; ".join([*known, *about_its_time(cell)])
    said = f"{_people_with(cell)} {_OUTCOMES[row.endpoint]}{judged} {when}"
    return f"{said} ({rests})" if rests else said
