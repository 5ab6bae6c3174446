"""The same differences under every other choice of estimator and of results."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from math import sqrt
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Ends, Pooled, SingleStudy
from lupus_evidence.compare.summary import Variant
from lupus_evidence.selection.rules import OVERLAP_RULES, PRIMARY_READINGS
from lupus_evidence.selection.select import select_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Figure, Row
    from lupus_evidence.compare.figures import Pooling
    from lupus_evidence.selection.chosen import Selection
    from lupus_evidence.selection.evidence import TherapyEvidence
    from lupus_evidence.selection.rules import SelectionRules
    from lupus_evidence.stats.pooling import Method


def variants(
    rows: Sequence[Row],
    evidence: Sequence[TherapyEvidence],
    rules: SelectionRules,
    pooling: Pooling,
) -> tuple[Variant, ...]:
    """Return each row's differences under every estimator and choice of results.

    Choices are: which of several overlapping studies count, second-hand readings in
    or out, conference abstracts in or out. The first variant of each difference is
    the main analysis; the others are marked where its message flips.

    Parameters
    ----------
    rows : sequence of Row
        Rows of the comparison; those with a difference are taken.
    evidence : sequence of TherapyEvidence
        One for each therapy, in the rows' order of cells.
    rules : SelectionRules
        Those of the main analysis.
    pooling : Pooling
        That of the main analysis.
    """
    from lupus_evidence.stats.pooling import METHODS

    methods = tuple(dict.fromkeys((pooling.method, *METHODS)))
    choices = tuple(dict.fromkeys((rules, *_choices(rules))))
    found = []
    for row in rows:
        if not row.contrasts:
            continue
        chosen = {
            choice: select_alike(evidence, row.endpoint, row.scope, row.band, choice)
            for choice in choices
        }
        for a, b in combinations(range(len(evidence)), 2):
            here: list[Variant] = []
            for choice, method in product(choices, methods):
                sides = chosen[choice][a], chosen[choice][b]
                variant = _variant(row, sides, choice, method, pooling)
                if variant is not None:
                    main = here[0] if here else variant
                    here.append(replace(variant, flips=_flips(main, variant)))
            found += here
    return tuple(found)


def _choices(rules: SelectionRules) -> Iterator[SelectionRules]:
    """Yield every combination of the choices that are varied."""
    for overlap, readings, abstracts in product(
        OVERLAP_RULES, (rules.readings, PRIMARY_READINGS), (True, False)
    ):
        yield replace(
            rules, overlap=overlap, readings=readings, include_abstracts=abstracts
        )


def _variant(
    row: Row,
    sides: tuple[Selection, Selection],
    rules: SelectionRules,
    method: Method,
    pooling: Pooling,
) -> Variant | None:
    """Work one difference out, where both sides have an estimate."""
    first, second = (_rate(pooling.figure(side, method), pooling) for side in sides)
    if first is None or second is None:
        return None
    return Variant(
        row.endpoint,
        row.scope,
        row.band,
        sides[0].therapy,
        sides[1].therapy,
        method,
        rules,
        (first[0], second[0]),
        (len(sides[0].included), len(sides[1].included)),
        first[0] - second[0],
        mover_interval(first, second),
        (),
    )


def _rate(figure: Figure, pooling: Pooling) -> tuple[float, Ends] | None:
    """Return a figure's rate and interval, where it has both.

    No estimator has anything to say about a single study's centre, so that one enters
    under each of them as in the main analysis.
    """
    from lupus_evidence.stats.contrasts import typical_rate

    match figure:
        case Pooled(estimate) if estimate.estimate is not None and estimate.ci:
            return estimate.estimate, estimate.ci
        case SingleStudy(study):
            typical = typical_rate(
                study.events, study.n, level=pooling.level, tau_prior=pooling.tau_prior
            )
            return None if typical.estimate is None else (typical.estimate, typical.ci)
        case _:
            return None


def mover_interval(first: tuple[float, Ends], second: tuple[float, Ends]) -> Ends:
    """Return the interval of a difference from each side's estimate and interval.

    The method of variance estimates recovery works for any estimator, because it
    takes each side's own interval as it is (Zou and Donner 2008, equation 5, doi
    10.1002/sim.3095).

    Parameters
    ----------
    first, second : tuple of float and (float, float)
        Rate and interval, proportions in 0-1; the interval holds the rate.

    Returns
    -------
    tuple of float
        Ends of the interval of first minus second, -1 to 1.
    """
    rate_1, (low_1, high_1) = first
    rate_2, (low_2, high_2) = second
    difference = rate_1 - rate_2
    below = sqrt((rate_1 - low_1) ** 2 + (high_2 - rate_2) ** 2)
    above = sqrt((high_1 - rate_1) ** 2 + (rate_2 - low_2) ** 2)
    return difference - below, difference + above


def _flips(main: Variant, other: Variant) -> tuple[str, ...]:
    """Say in what respect a variant's message differs from the main one's."""
    found = []
    if main.difference * other.difference < 0:
        found.append("direction")
    if _clear(main.ci) != _clear(other.ci):
        found.append("clarity")
    return tuple(found)


def _clear(ci: Ends) -> bool:
    """Tell whether an interval leaves out no difference."""
    return ci[0] > 0 or ci[1] < 0
