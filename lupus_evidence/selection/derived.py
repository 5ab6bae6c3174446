"""Results that follow from others by exact arithmetic.

Alive is everyone but the dead; any remission is complete plus partial. Nothing is
derived unless time, denominator, scope and arms are the same, because only then is
it arithmetic and not an estimate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.selection.candidates import Candidate, Number
from lupus_evidence.vocabulary import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Callable

#: Each endpoint with the one that is true of everybody else.
COMPLEMENTS: dict[str, str] = {
    "overall-survival": "death",
    "death": "overall-survival",
    "any-remission": "no-remission",
    "no-remission": "any-remission",
    "any-response": "no-response",
    "no-response": "any-response",
}
#: Each total with its two parts, which nobody belongs to both of.
TOTALS: dict[str, tuple[str, str]] = {
    "any-remission": ("complete-remission", "partial-remission"),
    "any-response": ("major-response", "partial-response"),
}


def sources_of(endpoint: str) -> tuple[str, ...]:
    """Return the endpoints that can say something about another one.

    Parameters
    ----------
    endpoint : str
        What is asked for.
    """
    found = [COMPLEMENTS[endpoint]] if endpoint in COMPLEMENTS else []
    found += TOTALS.get(endpoint, ())
    for total, parts in TOTALS.items():
        if endpoint in parts:
            found += (total, *(part for part in parts if part != endpoint))
    return tuple(found)


def derived_candidates(
    endpoint: str, usable: Callable[[str], list[Candidate]]
) -> list[Candidate]:
    """Return what a study says about an endpoint without printing it.

    Parameters
    ----------
    endpoint : str
        What is asked for.
    usable : callable
        Gives the study's own usable candidates for an endpoint, in one time band
        and scope.
    """
    found: list[Candidate] = []
    if endpoint in COMPLEMENTS:
        other = COMPLEMENTS[endpoint]
        found += [_everyone_else(item, other) for item in usable(other)]
    if endpoint in TOTALS:
        first, second = (usable(part) for part in TOTALS[endpoint])
        found += [
            _combined(a, b, 1, TOTALS[endpoint])
            for a in first
            for b in second
            if _same_people(a, b) and a.number.events + b.number.events <= a.number.n
        ]
    for total, (first_part, second_part) in TOTALS.items():
        if endpoint in (first_part, second_part):
            rest = second_part if endpoint == first_part else first_part
            found += [
                _combined(a, b, -1, (total, rest))
                for a in usable(total)
                for b in usable(rest)
                if _same_people(a, b) and a.number.events >= b.number.events
            ]
    return found


def _everyone_else(item: Candidate, other: str) -> Candidate:
    """Return the people who did not have the other endpoint."""
    number = item.number
    how = f"{number.n:g} less {number.events:g} ({ENDPOINTS[other].label})"
    form = number.form
    if form == "effective":
        how = f"everyone but: {ENDPOINTS[other].label}; {number.how}"
    elif form == "count":
        form = "derived"
    else:
        how = f"{how}; {number.how}"
    return replace(item, number=Number(number.n - number.events, number.n, form, how))


def _same_people(a: Candidate, b: Candidate) -> bool:
    """Tell whether two counts are about the same people at the same stated time."""
    return (
        a.arms == b.arms
        and a.time is not None
        and a.time == b.time
        and a.among == b.among
        and a.number.n == b.number.n
        and "effective" not in (a.number.form, b.number.form)
    )


def _combined(
    a: Candidate, b: Candidate, sign: int, names: tuple[str, str]
) -> Candidate:
    """Add or subtract two counts of the same people."""
    events = a.number.events + sign * b.number.events
    first, second = (ENDPOINTS[name].label for name in names)
    word = "plus" if sign > 0 else "less"
    steps = [f"{a.number.events:g} ({first}) {word} {b.number.events:g} ({second})"]
    steps += [item.number.how for item in (a, b) if item.number.how]
    return replace(
        a,
        indexes=tuple(sorted({*a.indexes, *b.indexes})),
        number=Number(events, a.number.n, "derived", "; ".join(steps)),
        reading=a.reading if a.reading == "secondary" else b.reading,
    )
