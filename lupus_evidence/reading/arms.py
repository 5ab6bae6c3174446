"""How many people each arm of a trial had: "ABT-204 (n=28) or placebo (n=14)"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.reading.numbers import whole
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.reading.treatments import treatment_at
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.reading.mentions import Mentions

_NUMBERED = pattern("arms.numbered")
_GIVEN = pattern("arms.given")


@dataclass(frozen=True)
class Arms:
    """The people of a trial's two arms.

    Parameters
    ----------
    treated, compared : int
        People given the treatment, and people given what it is compared with.
    """

    treated: int
    compared: int

    def given(self, therapy: str | None) -> int:
        """Return how many people were given a treatment.

        Parameters
        ----------
        therapy : str or None
            Its name; whatever is no comparator is what was tried.
        """
        return self.compared if therapy in topic().comparators else self.treated


def arms_in(mentions: Mentions) -> Arms | None:
    """Return the people of both arms; None where a sentence does not tell them apart.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    """
    for counted in (_numbered(mentions), _given(mentions), _rated(mentions)):
        treated = {people for people, compared in counted if not compared}
        compared = {people for people, compared in counted if compared}
        if len(treated) == len(compared) == 1:
            return Arms(treated.pop(), compared.pop())
    return None


def _numbered(mentions: Mentions) -> list[tuple[int, bool]]:
    """Return the arms of "cells (n = 24) or placebo (n = 22)"."""
    found, start = [], 0
    for match in _NUMBERED.finditer(mentions.small):
        before = [m for m in mentions.therapies if start <= m.start < match.start()]
        compared = bool(before) and before[-1].name in topic().comparators
        found.append((int(match["n"]), compared))
        start = match.end()
    return found


def _given(mentions: Mentions) -> list[tuple[int, bool]]:
    """Return the arms of "21 received cells and 11 received placebo"."""
    found = []
    for match in _GIVEN.finditer(mentions.small):
        people = whole(match["n"])
        if people:
            named = [m for m in mentions.therapies if m.start == match.end()]
            compared = bool(named) and named[0].name in topic().comparators
            found.append((people, compared))
    return found


def _rated(mentions: Mentions) -> list[tuple[int, bool]]:
    """Return the arms of "16 of 37 treated with cells, against 10 of 37 on placebo"."""
    found = []
    for figure in mentions.figures:
        if figure.people and figure.form != "all":
            named = treatment_at(mentions, figure)
            found.append(
                (figure.people, named is not None and named.name in topic().comparators)
            )
    return found
