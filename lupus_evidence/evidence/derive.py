"""Results that follow from others by exact arithmetic.

Alive is everyone but the dead; any remission is complete plus partial. Nothing is
derived unless time, denominator, scope and arms are the same, because only then is
it arithmetic and not an estimate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.evidence.figure import Number, Step
from lupus_evidence.vocabulary import siblings_of, topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.evidence.number import StudyNumber


def sources_of(endpoint: str) -> tuple[str, ...]:
    """Return the endpoints that can say something about another one.

    Parameters
    ----------
    endpoint : str
        What is asked for.
    """
    row = topic().endpoints[endpoint]
    opposite = (row.opposite,) if row.opposite else ()
    return (*opposite, *row.parts, *siblings_of(endpoint))


def derived_numbers(
    endpoint: str, usable: Callable[[str], list[StudyNumber]]
) -> list[StudyNumber]:
    """Return what a study says about an endpoint without printing it.

    Parameters
    ----------
    endpoint : str
        What is asked for.
    usable : callable
        Gives the study's own usable numbers for an endpoint, in one time band and
        scope.
    """
    row = topic().endpoints[endpoint]
    found: list[StudyNumber] = []
    if row.opposite:
        found += [_everyone_else(item, row.opposite) for item in usable(row.opposite)]
    if row.parts:
        one, other = row.parts
        found += [
            _combined(a, b, 1, (one, other))
            for a in usable(one)
            for b in usable(other)
            if _same_people(a, b) and a.events + b.events <= a.n
        ]
    if total_and_rest := siblings_of(endpoint):
        total, rest = total_and_rest
        found += [
            _combined(a, b, -1, (total, rest))
            for a in usable(total)
            for b in usable(rest)
            if _same_people(a, b) and a.events >= b.events
        ]
    return found


def _everyone_else(item: StudyNumber, other: str) -> StudyNumber:
    """Return the people who did not have the other endpoint."""
    number = item.number
    step = Step("everyone-but", (other,), (number.n, number.events))
    form = "derived" if number.form == "count" else number.form
    rest = number.n - number.events
    return replace(item, number=Number(rest, number.n, form, (step, *number.steps)))


def _same_people(a: StudyNumber, b: StudyNumber) -> bool:
    """Tell whether two counts are about the same people at the same stated time."""
    return (
        a.arms == b.arms
        and a.time is not None
        and a.time == b.time
        and a.among == b.among
        and a.n == b.n
        and "effective" not in (a.form, b.form)
    )


def _combined(
    a: StudyNumber, b: StudyNumber, sign: int, names: tuple[str, str]
) -> StudyNumber:
    """Add or subtract two counts of the same people."""
    step = Step("plus" if sign > 0 else "less", names, (a.events, b.events))
    steps = (step, *a.number.steps, *b.number.steps)
    return replace(
        a,
        indexes=tuple(sorted({*a.indexes, *b.indexes})),
        number=Number(a.events + sign * b.events, a.n, "derived", steps),
        reading=a.reading if a.reading == "secondary" else b.reading,
    )
