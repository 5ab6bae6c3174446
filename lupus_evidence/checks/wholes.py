"""Subgroups and arms against the whole that they are part of."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.parts import moment
from lupus_evidence.checks.registry import Finding, Verdict, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.models import Result, Study

    Placed = tuple[int, Result]


def _families(study: Study) -> Iterator[tuple[Placed, list[Placed], str]]:
    """Yield each whole with its parts: an arm's subgroups, or a study's arms."""
    wholes: dict[tuple[object, ...], Placed] = {}
    subgroups: dict[tuple[object, ...], list[Placed]] = {}
    arms: dict[tuple[object, ...], list[Placed]] = {}
    for index, result in enumerate(study.results):
        rest = (
            result.endpoint,
            result.name,
            result.scope,
            result.among,
            moment(result.at),
        )
        if result.subgroup is not None:
            subgroups.setdefault((result.arm, *rest), []).append((index, result))
            continue
        wholes.setdefault((result.arm, *rest), (index, result))
        if result.arm is not None:
            arms.setdefault((None, *rest), []).append((index, result))
    for parts, word in ((subgroups, "subgroup"), (arms, "arm")):
        for key, members in parts.items():
            if key in wholes:
                yield wholes[key], members, word


def _above(part: Result, whole: Result, word: str) -> tuple[str, str] | None:
    """Return field and sentence if a part holds more people than its whole."""
    if part.n is None or whole.n is None:
        return None
    if part.n > whole.n:
        return "n", f"the {word} counts {part.n:,} people, the whole {whole.n:,}"
    if part.events is None or whole.events is None:
        return None
    if part.events > whole.events:
        message = f"the {word} has {part.events:,} events, the whole {whole.events:,}"
        return "events", message
    without = part.n - part.events
    if without > whole.n - whole.events:
        return "events", (
            f"{without:,} people of the {word} had no event, but only "
            f"{whole.n - whole.events:,} of the whole"
        )
    return None


@check("E216", "study")
def part_above_whole(study: Study) -> Verdict:
    """A part with more people than the whole.

    What it checks
    --------------
    For one endpoint, time and kind of denominator, a subgroup has at most as many
    people, events and people without event as its arm, and an arm as all arms
    together.

    Why it matters
    --------------
    Figures of different analyses have been mixed.

    Example
    -------
        - {arm: msc, endpoint: relapse, at: 12, events: 5, n: 20}
        - {arm: msc, endpoint: relapse, at: 12, subgroup: women, events: 6, n: 18}

    Source
    ------
    Follows from what a part is.
    """
    found = []
    for (_, whole), parts, word in _families(study):
        for index, part in parts:
            above = _above(part, whole, word)
            if above is not None:
                path = ("results", index, above[0])
                found.append(Finding(path, above[1], "compare the two analyses"))
    return found if study.results else None


@check("W217", "study")
def parts_do_not_sum(study: Study) -> Verdict:
    """Parts that make up the whole, but whose events do not.

    What it checks
    --------------
    Where the people of two or more subgroups add up to those of the arm, or the arms'
    to those of all arms together, so do their events.

    Why it matters
    --------------
    Somebody is counted in two parts, or in none.

    Example
    -------
        - {endpoint: relapse, at: 12, events: 5, n: 20}
        - {endpoint: relapse, at: 12, subgroup: women, events: 3, n: 16}
        - {endpoint: relapse, at: 12, subgroup: men, events: 1, n: 4}

    3 and 1 make 4, but 5 of the 20 relapsed.

    Source
    ------
    Follows from addition; warned of only, because subgroups may overlap.
    """
    found = []
    for (index, whole), parts, word in _families(study):
        pairs = [(part.events, part.n) for _, part in parts]
        if len(parts) == 1 or whole.events is None or whole.n is None:
            continue
        events = [each for each, _ in pairs if each is not None]
        people = [each for _, each in pairs if each is not None]
        complete = len(events) == len(people) == len(parts)
        if complete and sum(people) == whole.n and sum(events) != whole.events:
            terms = " + ".join(str(each) for each in events)
            message = (
                f"the {word}s have all {whole.n:,} people, but {terms} events make "
                f"{sum(events):,}, not {whole.events:,}"
            )
            path = ("results", index, "events")
            found.append(Finding(path, message, "compare the two analyses"))
    return found if study.results else None
