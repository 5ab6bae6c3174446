"""Counts of people: events, denominators, arms, parts of a population."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.checked_parts import Item, denominators, once_a_study
from lupus_evidence.checks.rules import FINE, Finding, Verdict, check, people
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.records.study import Arm, Result, Study
    from lupus_evidence.records.study_parts import Population


@once_a_study
def in_all_arms(study: Study) -> int | None:
    """Return how many people all arms together have; None if one does not say."""
    sizes = [each.n for each in study.arms.values()]
    return None if None in sizes else sum(n or 0 for n in sizes)


def largest_denominator(arm: Arm | None, among: str | None, study: Study) -> int | None:
    """Return how many people a figure of this arm could be about; None if unknown."""
    if arm is not None:
        known = [n for n in (arm.n, arm.enrolled) if n is not None]
        if among == "treated":
            return arm.n
        return max(known, default=None)
    summed = in_all_arms(study)
    enrolled = study.population.enrolled
    if among == "treated" and summed is not None:
        return summed
    return max((n for n in (summed, enrolled) if n is not None), default=None)


@check("E202", "item")
def denominator_above_arm(item: Item, study: Study) -> Verdict:
    """More people in a figure than in its arm.

    What it checks
    --------------
    The denominator of a result, and the number measured, is at most the number of
    people treated in the arm; where it may count others too, at most the number who
    entered.
    A figure for all arms together is held against their sum.

    Why it matters
    --------------
    A denominator from another table makes a rate of different people.

    Example
    -------
        arms:
          msc: {therapy: msc, n: 20}
        results:
          - {arm: msc, endpoint: relapse, events: 5, n: 21, among: treated}

    Source
    ------
    Follows from what the two numbers mean.
    """
    given = denominators(item)
    if not given or (item.arm is not None and item.arm not in study.arms):
        return None
    arm = None if item.arm is None else study.arms[item.arm]
    among = getattr(item, "among", None)  # a measurement does not say
    limit = largest_denominator(arm, among, study)
    if limit is None:
        return None
    whose = "all arms together have" if arm is None else f"the arm {item.arm} has"
    return [
        Finding(
            path,
            f"counts {people(n)}, but {whose} {limit:,}",
            "correct n, the arm or what `among` says",
        )
        for path, n in given
        if n > limit
    ]


@check("E203", "result")
def events_above_n(result: Result, study: Study) -> Verdict:
    """More events than people in the denominator.

    What it checks
    --------------
    `events` is at most `n`, and `n` is at least one person.

    Why it matters
    --------------
    Results count people, not episodes: a rate above 100 % is a slip or a count of
    something else.

    Example
    -------
        - {endpoint: infection, events: 21, n: 20}

    If 20 people had 21 infections, record the people who had at least one.

    Source
    ------
    Follows from what the two numbers mean.
    """
    if result.n is None or (result.events is None and result.n > 0):
        return None
    if result.n == 0:
        return [Finding(("n",), "a denominator of 0 people", "leave the result out")]
    if result.events is None or result.events <= result.n:
        return FINE
    message = f"{result.events:,} of {result.n:,}: more events than people"
    return [Finding(("events",), message, "count people, not episodes")]


@check("E220", "item")
def more_than_have_the_condition(item: Item, study: Study) -> Verdict:
    """A figure for {condition} on more people than have {condition}.

    What it checks
    --------------
    A figure that is not marked `{specific}: false` counts at most as many people
    as the arm, or the study, has with {condition}.

    Why it matters
    --------------
    Registries mix diseases: an 85 % survival of 900 people with autoimmune disease,
    85 of them with {condition}, is no figure for it and must not be pooled as one.

    Example
    -------
        population: {enrolled: 900, {field}: 85}
        results:
          - {endpoint: overall-survival, percent: "85", n: 900}

    Source
    ------
    Farge 2010, Haematologica, doi 10.3324/haematol.2009.013458: 900 people, 85 of
    them with the condition.
    """
    given = denominators(item)
    if not given or not item.condition_specific:
        return None
    arm = study.arms.get(item.arm) if item.arm is not None else None
    limit = arm.with_condition if arm is not None else None
    if limit is None:
        limit = study.population.with_condition
    if limit is None:
        return None
    condition = topic().condition
    return [
        Finding(
            path,
            f"counts {people(n)}, but only {limit:,} have {condition.name}",
            f"correct n, or add {condition.specific}: false",
        )
        for path, n in given
        if n > limit
    ]


def _parts(population: Population) -> Iterator[tuple[str, int | None, str, int | None]]:
    """Yield which numbers are part of which, by the names that records have."""
    field, having = topic().condition.field, population.with_condition
    enrolled = population.enrolled
    yield field, having, "enrolled", enrolled
    yield "female", population.female, "enrolled", enrolled
    yield "analysed", population.analysed, "enrolled", enrolled
    for name in topic().groups:
        yield name, population.groups.get(name), field, having


@check("E218", "study")
def arms_above_enrolled(study: Study) -> Verdict:
    """More people in the arms than entered the study.

    What it checks
    --------------
    The people treated in all arms together are at most the people enrolled.

    Why it matters
    --------------
    Either the study is larger than the record says, or somebody is in two arms.

    Example
    -------
        population: {enrolled: 18, {field}: 18}
        arms:
          msc: {therapy: msc, n: 12}
          placebo: {therapy: placebo, n: 8}

    Source
    ------
    Follows from what an arm is.
    """
    enrolled = study.population.enrolled
    counts = [arm.n for arm in study.arms.values() if arm.n is not None]
    if enrolled is None or not counts:
        return None
    if sum(counts) <= enrolled:
        return FINE
    terms = " + ".join(f"{n:,}" for n in counts)
    message = (
        f"the arms have {terms} = {people(sum(counts))}, enrolled are {enrolled:,}"
    )
    return [Finding(("population", "enrolled"), message, "see who is counted twice")]


@check("E219", "study")
def part_of_population_above_whole(study: Study) -> Verdict:
    """More people of a kind than people.

    What it checks
    --------------
    People with {condition}, women and people analysed are at most those enrolled;
    people of each group of the topic at most those with {condition}.

    Why it matters
    --------------
    The description of who took part is taken from another table or group.

    Example
    -------
        population: {enrolled: 20, {field}: 20, female: 21}

    Source
    ------
    Follows from what the numbers mean.
    """
    found = []
    looked = False
    for part, few, whole, many in _parts(study.population):
        if few is None or many is None:
            continue
        looked = True
        if few > many:
            message = f"{part} is {few:,}, but {whole} is {many:,}"
            found.append(Finding(("population", part), message, "correct one of them"))
    return found if looked else None


@check("E226", "arm")
def part_of_arm_above_whole(arm: Arm, study: Study) -> Verdict:
    """More people treated than entered the arm, or more with {condition} than treated.

    What it checks
    --------------
    In an arm, `n` is at most `enrolled`, and `{field}` at most `n`.

    Why it matters
    --------------
    These numbers are the denominators of everything that follows.

    Example
    -------
        msc: {therapy: msc, n: 20, {field}: 22}

    Source
    ------
    Follows from what the numbers mean.
    """
    if arm.n is None or (arm.with_condition is None and arm.enrolled is None):
        return None
    found, field = [], topic().condition.field
    if arm.with_condition is not None and arm.with_condition > arm.n:
        message = f"{field} is {arm.with_condition:,}, but n is {arm.n:,}"
        found.append(Finding((field,), message, "correct one of them"))
    if arm.enrolled is not None and arm.n > arm.enrolled:
        message = f"n is {arm.n:,}, but enrolled is {arm.enrolled:,}"
        found.append(Finding(("n",), message, "correct one of them"))
    return found
