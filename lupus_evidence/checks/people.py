"""Numbers of people in a study, in its arms and in parts of both."""

# Every check of a part is given its study too.

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import FINE, Finding, Verdict, check
from lupus_evidence.checks.words import people

if TYPE_CHECKING:
    from lupus_evidence.models import Arm, Study

#: Which numbers are part of which.
_PARTS = (
    ("lupus", "enrolled"),
    ("female", "enrolled"),
    ("analysed", "enrolled"),
    ("nephritis", "lupus"),
    ("neurological", "lupus"),
)


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
        population: {enrolled: 18, lupus: 18}
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
    People with lupus, women and people analysed are at most those enrolled; people
    with nephritis or with lupus of the nervous system at most those with lupus.

    Why it matters
    --------------
    The description of who took part is taken from another table or group.

    Example
    -------
        population: {enrolled: 20, lupus: 20, female: 21}

    Source
    ------
    Follows from what the numbers mean.
    """
    found = []
    looked = False
    for part, whole in _PARTS:
        few, many = getattr(study.population, part), getattr(study.population, whole)
        if few is None or many is None:
            continue
        looked = True
        if few > many:
            message = f"{part} is {few:,}, but {whole} is {many:,}"
            found.append(Finding(("population", part), message, "correct one of them"))
    return found if looked else None


@check("E226", "arm")
def part_of_arm_above_whole(arm: Arm, study: Study) -> Verdict:
    """More people treated than entered the arm, or more with lupus than treated.

    What it checks
    --------------
    In an arm, `n` is at most `enrolled`, and `lupus` at most `n`.

    Why it matters
    --------------
    These numbers are the denominators of everything that follows.

    Example
    -------
        msc: {therapy: msc, n: 20, lupus: 22}

    Source
    ------
    Follows from what the numbers mean.
    """
    if arm.n is None or (arm.lupus is None and arm.enrolled is None):
        return None
    found = []
    if arm.lupus is not None and arm.lupus > arm.n:
        message = f"lupus is {arm.lupus:,}, but n is {arm.n:,}"
        found.append(Finding(("lupus",), message, "correct one of them"))
    if arm.enrolled is not None and arm.n > arm.enrolled:
        message = f"n is {arm.n:,}, but enrolled is {arm.enrolled:,}"
        found.append(Finding(("n",), message, "correct one of them"))
    return found
