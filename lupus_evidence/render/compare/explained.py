"""What became of every study in every cell, down to file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.document import Sentences
from lupus_evidence.render import reasons
from lupus_evidence.render.compare import words
from lupus_evidence.text import between, number, percent, points
from lupus_evidence.vocabulary import KINDS, TIME_BASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.compare.summary import Explanation
    from lupus_evidence.evidence.choice import Considered, Excluded
    from lupus_evidence.evidence.number import StudyNumber


def explained_blocks(explanations: Sequence[Explanation]) -> Iterator[Sentences]:
    """Yield a list of studies for each cell.

    Parameters
    ----------
    explanations : sequence of Explanation
        One for each cell.
    """
    for item in explanations:
        lines = [
            *_spoken(item.considered),
            *_silent(item.considered),
            *_spread(item.cell),
            *_certainty(item.cell),
        ]
        yield Sentences(words.cell_title(item.row, item.cell), tuple(lines))


def _spoken(considered: Sequence[Considered]) -> Iterator[str]:
    """Yield the results that were there to choose from."""
    for item in considered:
        if item.included is not None:
            yield f"counted: {included_in_words(item.included)}"
            for text in item.included.record.discrepancies:
                yield f"{item.study}, source against itself or another: {text}"
    for item in considered:
        for excluded in item.excluded:
            yield f"left out: {excluded_in_words(excluded)}"


def _silent(considered: Sequence[Considered]) -> Iterator[str]:
    """Yield the studies that had nothing to choose from, by reason."""
    groups: dict[str, list[str]] = {}
    for item in considered:
        if item.reason is not None:
            why = reasons.why(item.reason, item.particulars)
            groups.setdefault(why, []).append(item.study)
    for text, studies in groups.items():
        yield f"{text}: {', '.join(studies)}"


def _spread(cell: Cell) -> Iterator[str]:
    """Yield how much the studies differ, and what the assumption of it does."""
    if not isinstance(cell.figure, Pooled):
        return
    estimate, parts = cell.figure.estimate, []
    if estimate.tau is not None:
        parts.append(f"tau {number(estimate.tau, 2)}")
    if estimate.i2 is not None:
        parts.append(f"I² {percent(estimate.i2)} %")
    if parts:
        yield f"spread between studies: {', '.join(parts)}"
    if cell.priors is not None:
        said = "; ".join(
            f"{number(scale, 2)}: {between(*ends)} %"
            for scale, ends in zip(
                cell.priors.scales, cell.priors.intervals, strict=True
            )
        )
        moved = points(cell.priors.moved)
        yield f"interval by tau's prior, {said}; an end moves by {moved} points"


def _certainty(cell: Cell) -> Iterator[str]:
    """Yield how sure anyone can be, and what each of GRADE's domains takes."""
    certainty = cell.certainty
    if certainty is None:
        return
    about = reasons.kind_of_evidence(certainty.evidence)
    parts = [f"certainty {certainty.level}: starts at {certainty.start}, from {about}"]
    for item in certainty.downgrades:
        codes = [code for code in item.codes if code != reasons.UNJUDGED]
        if codes:
            why = ", ".join(map(reasons.less_certain, codes))
            parts.append(f"{reasons.domain(item.domain)} -{item.levels}: {why}")
    yield "; ".join(parts)


def included_in_words(item: StudyNumber) -> str:
    """Return a counted number with its time, its making and its place.

    Parameters
    ----------
    item : StudyNumber
        The number.
    """
    months = (
        "time not stated" if item.months is None else f"month {number(item.months)}"
    )
    basis = ""
    if item.basis not in (None, "visit"):
        basis = f" ({TIME_BASES[item.basis].label})"
    group = words.group_of(item.among)
    if item.form == "effective":
        count = (
            f"{KINDS[item.kind]}, {number(item.events)} of {number(item.n)} effective "
            f"people, for {number(item.people)} {group}"
        )
    else:
        count = f"{words.count_of(item)} {group}"
    parts = [
        f"{item.study}, {count}, {months}{basis}",
        reasons.steps(item.number),
        item.where or "",
        item.reading,
        f"{item.place.file}:{item.place.line}",
    ]
    return "; ".join(part for part in parts if part)


def excluded_in_words(item: Excluded) -> str:
    """Return a result that was left out with its reason and its place.

    Parameters
    ----------
    item : Excluded
        The result.
    """
    printed = item.result.printed
    shown = f" ({printed})" if printed else ""
    label = reasons.label(item.reason)
    why = dict.fromkeys((label, reasons.why(item.reason, item.particulars)))
    return f"{item.study}{shown}: {'; '.join(why)}; {item.place.file}:{item.place.line}"
