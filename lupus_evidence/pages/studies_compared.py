"""What kind of studies stand side by side: whose people, with or without a control."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import CONTROLLED_DESIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.summary import Comparison


@dataclass(frozen=True)
class StudiesCompared:
    """What kind of studies a comparison sets side by side.

    Parameters
    ----------
    studies : int
        How many.
    both : tuple of str
        Those with arms of several of the compared therapies.
    control : {"none", "few", "some"}
        How many of them had a control group.
    sides : int
        How many therapies have any.
    """

    studies: int
    both: tuple[str, ...]
    control: str
    sides: int


def studies_compared(comparison: Comparison) -> StudiesCompared:
    """Return what kind of studies a comparison sets side by side.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    designs = Counter[str]()
    for item in comparison.people:
        designs.update(dict(item.designs))
    return kind_of_studies(designs, [set(item.studies) for item in comparison.people])


def kind_of_studies(
    designs: Counter[str], sides: Sequence[set[str]]
) -> StudiesCompared:
    """Return what kind of studies stand side by side.

    Parameters
    ----------
    designs : Counter of str
        Studies by design.
    sides : sequence of set of str
        The studies of each therapy.
    """
    studies = designs.total()
    controlled = sum(designs[name] for name in CONTROLLED_DESIGNS)
    control = "some" if 2 * controlled >= studies else "few" if controlled else "none"
    both = {
        study
        for place, side in enumerate(sides)
        for other in sides[place + 1 :]
        for study in side & other
    }
    return StudiesCompared(studies, tuple(sorted(both)), control, sum(map(bool, sides)))
