"""Where a topic names what it has not, or says what cannot be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.topics.file import TopicFile

#: How many outcomes add up to a total.
_HALVES = 2


def contradictions(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where a topic names what it has not, or what cannot be, and why."""
    yield from _unknown(file)
    yield from _circles(file)
    yield from _times(file)
    for index, name in enumerate(file.compare):
        if name in file.compare[:index]:
            yield ("compare", index), "stands there twice"
    for name in (*file.groups, file.condition.field):
        if name in _TAKEN:
            yield ("groups", name), f"{name} is a field that every record has"
    if file.whole in file.scopes:
        yield ("scopes", file.whole), "is the whole condition's own name"


def _times(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield stretches of time out of order, and names that lie outside their own."""
    starts = [item.start for item in file.times]
    for index, (before, after) in enumerate(pairwise(starts), 1):
        if after <= before:
            yield ("times", index, "from"), "begins before the one above it"
    for index, item in enumerate(file.times):
        end = starts[index + 1] if index + 1 < len(starts) else float("inf")
        if not item.start <= item.months < end:
            why = f"{item.months} months are not among those it stands for"
            yield ("times", index, "months"), why


#: Fields that a population has whatever the topic.
_TAKEN = frozenset(
    {
        "planned",
        "enrolled",
        "analysed",
        "female",
        "female_percent",
        "children",
        "age",
        "disease_duration",
        "refractory",
        "entry",
        "note",
    }
)


def _unknown(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield names that stand for nothing in the topic."""
    therapies, outcomes = file.therapies, file.outcomes
    scopes = {*file.scopes, file.whole}
    named: list[tuple[tuple[str | int, ...], str | None, Any, str]] = [
        (("compare", i), name, therapies, "therapy")
        for i, name in enumerate(file.compare)
    ]
    named += (
        (("controls", i), name, therapies, "therapy")
        for i, name in enumerate(file.controls)
    )
    named += (
        (("main_harms", i), name, outcomes, "outcome")
        for i, name in enumerate(file.main_harms)
    )
    named += (
        (("therapies", key, "wider"), row.wider, therapies, "therapy")
        for key, row in therapies.items()
    )
    named += (
        (("groups", key, "scope"), row.scope, scopes, "scope")
        for key, row in file.groups.items()
    )
    for key, row in outcomes.items():
        named.append((("outcomes", key, "opposite"), row.opposite, outcomes, "outcome"))
        named += (
            (("outcomes", key, field, i), name, outcomes, "outcome")
            for field in ("parts", "within", "told_by")
            for i, name in enumerate(getattr(row, field))
        )
    for path, name, known, kind in named:
        if name is not None and name not in known:
            yield path, f"there is no {kind} {name} in this topic"


def _circles(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield therapies that would include themselves, and opposites that disagree."""
    for name, row in file.therapies.items():
        seen, wider = {name}, row.wider
        while wider in file.therapies and wider not in seen:
            seen.add(wider)
            wider = file.therapies[wider].wider
        if wider == name:
            yield ("therapies", name, "wider"), "the therapy would include itself"
    for name, outcome in file.outcomes.items():
        if outcome.parts and len(outcome.parts) != _HALVES:
            yield ("outcomes", name, "parts"), "a total has two parts, or none"
        other = file.outcomes.get(outcome.opposite or "")
        if other is not None and other.opposite != name:
            why = f"{outcome.opposite} has another opposite: {other.opposite}"
            yield ("outcomes", name, "opposite"), why
        for field in ("parts", "within"):
            if name in getattr(outcome, field):
                yield ("outcomes", name, field), "an outcome is no part of itself"
