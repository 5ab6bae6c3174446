"""Results that must add up: parts and wholes, arms, the living and the dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.checked_parts import group, moment, once_a_study
from lupus_evidence.checks.rules import Finding, Path, Verdict, check
from lupus_evidence.vocabulary import Endpoint, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.records.study import Result, Study

    Placed = tuple[int, Result]
    Together = dict[tuple[object, ...], dict[str, Placed]]


def _included() -> Iterator[tuple[str, str]]:
    """Yield pairs of endpoints: whoever has the first has the second too."""
    for name, row in topic().endpoints.items():
        for wider in row.within:
            yield name, wider


@once_a_study
def same_people(study: Study) -> Together:
    """Group the results on the same people at the same time, by endpoint."""
    together: Together = {}
    for index, result in enumerate(study.results):
        key = (*group(result), result.n, moment(result.at))
        together.setdefault(key, {}).setdefault(result.endpoint, (index, result))
    return together


def _events(found: dict[str, Placed], endpoint: str) -> int | None:
    """Return the events of an endpoint among grouped results, if counted."""
    placed = found.get(endpoint)
    return None if placed is None else placed[1].events


def _places(results: dict[str, Placed], endpoints: Iterable[str]) -> list[Path]:
    """Return where the counts of some endpoints stand, of those that are there."""
    return [
        ("results", results[name][0], "events") for name in endpoints if name in results
    ]


def _not_adding_up(results: dict[str, Placed], total: Endpoint) -> Iterator[Finding]:
    """Say where the parts of an endpoint, it and its opposite do not fit together."""
    hint = "see which of them is printed"
    parts = {name: _events(results, name) for name in total.parts}
    known = [count for count in parts.values() if count is not None]
    whole = _events(results, total.name)
    if len(known) == len(parts):
        if whole is not None and sum(known) != whole:
            told = " and ".join(
                f"{count} {name.partition('-')[0]}" for name, count in parts.items()
            )
            message = f"{told} make {sum(known)}, not {whole}"
            path, *against = _places(results, (total.name, *total.parts))
            yield Finding(path, message, hint, against=tuple(against))
        whole = sum(known) if whole is None else whole
    opposite = results.get(total.opposite or "")
    if opposite is None or whole is None:
        return
    others, n = opposite[1].events, opposite[1].n
    if others is not None and n is not None and whole + others > n:
        message = (
            f"{whole} with and {others} without make {whole + others}, more than {n}"
        )
        names = (total.opposite or "", total.name, *total.parts)
        path, *against = _places(results, names)
        yield Finding(path, message, hint, against=tuple(against))


@check("E212", "study")
def parts_differ_from_any(study: Study) -> Verdict:
    """Complete and partial do not make up any.

    What it checks
    --------------
    For one arm, time, scope and denominator, complete and partial remission add up to
    any remission, and those with and without remission are no more people than there
    are.
    The same for major, partial and any response.

    Why it matters
    --------------
    Any remission is worked out from its parts where a paper does not print it, so the
    parts must be parts.

    Example
    -------
        - {endpoint: complete-remission, at: 12, events: 5, n: 20}
        - {endpoint: partial-remission, at: 12, events: 6, n: 20}
        - {endpoint: any-remission, at: 12, events: 12, n: 20}

    Source
    ------
    Follows from what the endpoints mean: nobody is in complete and in partial
    remission at once.
    """
    found: list[Finding] = []
    for results in same_people(study).values():
        if len(results) > 1:
            for total in topic().endpoints.values():
                if total.parts:
                    found += _not_adding_up(results, total)
    return found if study.results else None


def _exceeds(narrow: Result, wide: Result) -> str | None:
    """Say by which figures the narrower endpoint is above the wider, if it is."""
    if narrow.events is not None and wide.events is not None:
        if narrow.events > wide.events:
            return f"{narrow.events} is above {wide.events}"
        return None
    first, second = narrow.percent, wide.percent
    if first is None or second is None or narrow.kind != wide.kind:
        return None
    if first.window[0] > second.window[1]:
        return f"{first} % is above {second} %"
    return None


@check("E213", "study")
def narrow_above_wide(study: Study) -> Verdict:
    """A narrower endpoint above the one that includes it.

    What it checks
    --------------
    For one arm, time and denominator: complete remission is at most any remission,
    survival without disease at most survival, death related to treatment at most
    death, and so on.

    Why it matters
    --------------
    The two figures cannot be of the same people at the same time.

    Example
    -------
        - {endpoint: treatment-related-mortality, at: 12, events: 3, n: 20}
        - {endpoint: death, at: 12, events: 2, n: 20}

    Source
    ------
    Follows from what the endpoints mean.
    """
    found = []
    for results in same_people(study).values():
        for narrow, wide in _included():
            if narrow not in results or wide not in results:
                continue
            index, result = results[narrow]
            figures = _exceeds(result, results[wide][1])
            if figures is not None:
                field = "events" if result.events is not None else "percent"
                message = f"{narrow} counts as {wide} too, but {figures}"
                path = ("results", index, field)
                against = (("results", results[wide][0]),)
                hint = "compare times and denominators"
                found.append(Finding(path, message, hint, against=against))
    return found if study.results else None


@check("E214", "study")
def alive_and_dead(study: Study) -> Verdict:
    """Those alive and those who died are not everybody.

    What it checks
    --------------
    For one arm, time and denominator, people alive and people who died add up to `n`,
    apart from those counted as lost to follow-up.

    Why it matters
    --------------
    Survival is worked out from deaths where a paper prints only those.

    Example
    -------
        - {endpoint: overall-survival, at: 60, events: 84, n: 87}
        - {endpoint: death, at: 60, events: 5, n: 87}

    Source
    ------
    Follows from what the endpoints mean.
    """
    found = []
    for results in same_people(study).values():
        alive = _events(results, "overall-survival")
        dead = _events(results, "death")
        if alive is None or dead is None:
            continue
        _, result = results["overall-survival"]
        n, lost = result.n or 0, _events(results, "lost-to-follow-up") or 0
        if not n - lost <= alive + dead <= n:
            message = f"{alive} alive and {dead} dead make {alive + dead}, not {n}"
            path, *against = _places(results, ("overall-survival", "death"))
            hint = "see which of them is printed"
            found.append(Finding(path, message, hint, against=tuple(against)))
    return found if study.results else None


@check("W224", "study")
def same_result_twice(study: Study) -> Verdict:
    """The same result twice.

    What it checks
    --------------
    No two results share arm, endpoint, scope, subgroup, time, kind, denominator,
    definition and place in the source.
    What a conference abstract and a paper say differently may both be recorded.

    Why it matters
    --------------
    One of them is a copy, or they differ in something that the record does not say.

    Example
    -------
        - {endpoint: relapse, at: 12, events: 10, n: 83, among: followed}
        - {endpoint: relapse, at: 12, events: 7, n: 83, among: followed}

    Source
    ------
    The convention of this evidence base.
    """
    found = []
    seen: dict[tuple[object, ...], int] = {}
    for index, result in enumerate(study.results):
        key = (
            result.endpoint,
            result.name,
            *group(result),
            moment(result.at),
            result.kind,
            result.definition,
            result.where,
        )
        first = seen.setdefault(key, index)
        if first != index:
            message = (
                f"{result.endpoint} is given twice for the same people and time "
                f"(results {first + 1} and {index + 1})"
            )
            hint = "keep one, or say what they differ in"
            found.append(Finding(("results", index), message, hint))
    return found if study.results else None


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
