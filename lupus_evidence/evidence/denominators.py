"""Kinds of denominator, and which of them one pooled figure may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import DENOMINATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.records.study import Arm, Study
    from lupus_evidence.vocabulary import Among

#: People who entered, could be judged or were still followed stand for those treated
#: while the numbers differ by no more than this share of those treated. Without
#: "followed" in this rule, 2 of 3 people treated would stand where 23 of 83 followed,
#: of 87 treated, are known.
NEARLY_TREATED = 0.10


#: A question about those who had responded, and its opposite.
RELAPSE = frozenset({"relapse", "no-relapse"})


def treated_people(study: Study, arms: Iterable[str]) -> int | None:
    """Return how many people with lupus were treated in these arms, if known.

    Parameters
    ----------
    study : Study
        The record.
    arms : iterable of str
        Names of its arms.
    """
    names = tuple(arms)
    counts = [_treated(study.arms[name]) for name in names]
    known = [count for count in counts if count is not None]
    if len(known) == len(counts):
        return sum(known)
    if any(study.arms[name].enrolled is not None for name in names):
        return None  # some who entered may not have been treated
    return study.population.with_condition if len(names) == len(study.arms) else None


def _treated(arm: Arm) -> int | None:
    """Return how many people with lupus were treated in one arm, if known."""
    if arm.n is None and arm.enrolled is not None:
        return None  # its people with lupus are those who entered
    return arm.n if arm.with_condition is None else arm.with_condition


def comparable_kind(
    endpoint: str, among: Among, n: float | None, treated: int | None
) -> Among:
    """Return the kind of denominator that a result counts as.

    People enrolled, evaluable or followed count as treated where their number is
    within 10 % of those treated. Survivors and an unnamed group count as treated only
    where they are exactly as many: then everyone treated is among them, whatever the
    source calls them. Responders stay responders for relapse, where that is the
    question asked.

    Parameters
    ----------
    endpoint : str
        What is counted.
    among : str
        The kind as recorded.
    n : float or None
        People in the denominator.
    treated : int or None
        People with lupus treated in the same arms.
    """
    if n is None or not treated or (among == "responders" and endpoint in RELAPSE):
        return among
    if DENOMINATORS[among].nearly_treated:
        near = abs(n - treated) <= NEARLY_TREATED * treated
        return "treated" if near else among
    return "treated" if n == treated else among


def preferred_kind(endpoint: str, offered: Iterable[Among]) -> Among | None:
    """Return the kind of denominator that a figure is pooled on.

    The first that any study offers, in the vocabulary's order. Relapse is a question
    about those who had responded, so it is asked among them first.

    Parameters
    ----------
    endpoint : str
        What is counted.
    offered : iterable of str
        The kinds that studies offer.
    """
    kinds = set(offered)
    if endpoint in RELAPSE and "responders" in kinds:
        return "responders"
    return next((kind for kind in DENOMINATORS if kind in kinds), None)
