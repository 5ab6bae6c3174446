"""Numbers of people in a study, in its arms and in parts of both."""

# Every check of a part is given its study too.

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import FINE, Finding, Verdict, check
from lupus_evidence.checks.words import people
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.models import Arm, Study
    from lupus_evidence.population import Population


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
