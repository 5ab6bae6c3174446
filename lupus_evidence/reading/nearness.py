"""How near an outcome, a time or a treatment stands to a figure of a sentence.

Ways are counted in words, with tolls. The treatment of a figure is the nearest, or
the one attached to it, and no drug of before; so is that of each arm of a trial,
whose people are counted: "ABT-204 (n=28) or placebo (n=14)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.reading.patterns import pattern, whole
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.reading.figures import Figure
    from lupus_evidence.reading.lexicon import Mention
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.times import When


#: Tolls on the way, in words: at a comma, a semicolon or a dash, a "while", another
#: figure, another outcome, an "and".
_COMMA, _STOP, _CLAUSE, _FIGURE, _OUTCOME, _AND = 2.0, 20.0, 8.0, 9.0, 5.0, 2.0
#: What leads from one to the other makes the way shorter; what was counted before it
#: is named stands seldom behind its outcome; a follow-up is no visit.
_SHORTER, _BEHIND, _FOLLOW_UP = 4.0, 6.0, 6.0
WORD = re.compile(r"\w+")
STOPS = pattern("linking.stops")
_NAMES_OTHERS = pattern("linking.names_others")
#: Past these a time is hardly the figure's: further than any way within a sentence.
_ENDS, _FAR = re.compile("[;\u2014]"), 60.0
_LEADS_TO_FIGURE = pattern("linking.leads_to_figure")
_LEADS_TO_OUTCOME = pattern("linking.leads_to_outcome")
_ADJACENT = pattern("linking.adjacent")
_AT = pattern("linking.at")


def tolls(mentions: Mentions, low: int, high: int) -> float:
    """Return the toll of a way: commas, stops, clauses, other figures and outcomes."""
    text = mentions.plain[low:high]
    clauses = sum(low <= item.start < high for item in mentions.clause_ends)
    others = [item for item in mentions.figures if low <= item.start < high]
    return (
        len(WORD.findall(text))
        + _COMMA * text.count(",")
        + _STOP * len(STOPS.findall(text))
        + _CLAUSE * clauses
        + _FIGURE * len(others)
        + _AND * len(re.findall(r"\band\b", text))
    )


def way_to_outcome(mentions: Mentions, figure: Figure, outcome: Mention) -> float:
    """Return how far it is from a figure to an outcome, in words and tolls."""
    after = figure.end <= outcome.start
    low, high = (figure.end, outcome.start) if after else (outcome.end, figure.start)
    gap = mentions.plain[low:high]
    if not after and _NAMES_OTHERS.fullmatch(gap):
        return _FAR  # "adverse events were fever (40 %)" counts fevers
    outcomes = sum(low <= item.start < high for item in mentions.outcomes)
    way = tolls(mentions, low, high) + _OUTCOME * outcomes
    if after:
        if _ADJACENT.fullmatch(gap):
            return way - _SHORTER
        if _LEADS_TO_OUTCOME.fullmatch(gap):
            return way / 2 - _SHORTER
        return way
    if figure.form in ("count", "none", "all", "amount"):
        way += _BEHIND  # "five died": they stand in front of what they did
    if _LEADS_TO_FIGURE.fullmatch(gap):
        return way / 2 - _SHORTER
    return way


def way_to_time(mentions: Mentions, figure: Figure, when: When) -> float:
    """Return how far it is from a figure to a time."""
    after = figure.end <= when.start
    low, high = (figure.end, when.start) if after else (when.end, figure.start)
    way = tolls(mentions, low, high)
    if after and _AT.fullmatch(mentions.small[low:high]):
        way -= _SHORTER
    if _ENDS.search(mentions.plain, low, high):
        way += _FAR
    return way + _FOLLOW_UP * when.follow_up


#: A comparison stands at most so many words from its figure.
_NEAR = 7
#: What stands behind a figure is nearer by so much.
_TREATMENT_BEHIND = 4.0

_NO_COMPARATOR = pattern("linking.no_comparator")

_CONTRAST = pattern("linking.contrast")

_GIVEN_BEHIND = pattern("linking.given_behind")

_GIVEN_AHEAD = pattern("linking.given_ahead")

_CONDITIONED = pattern("linking.conditioned")
_GIVEN = pattern("linking.given")


def treatment_at(mentions: Mentions, figure: Figure) -> Mention | None:
    """Return the treatment nearest to a figure, a certain one before "stem cells"."""
    alone = all(item.name in topic().comparators for item in mentions.therapies)
    found = [
        item
        for item in mentions.therapies
        if item.name not in topic().comparators
        or _is_comparator(mentions, figure, item, alone)
    ]
    known = [item for item in found if item.name != "unspecified"] or found
    attached = [
        item
        for item in known
        if _is_attached(mentions, figure, item, _gap(mentions, figure, item))
    ]

    def way(item: Mention) -> float:
        low, high = (
            (figure.end, item.start)
            if figure.end <= item.start
            else (item.end, figure.start)
        )
        return tolls(mentions, low, high) - (
            _TREATMENT_BEHIND
            if item.name in topic().comparators and figure.end <= item.start
            else 0
        )

    return min(attached or known, key=way, default=None)


def _is_comparator(
    mentions: Mentions, figure: Figure, item: Mention, alone: bool
) -> bool:
    """Tell whether a drug or a placebo is what a figure's people were given."""
    before = mentions.small[max(0, item.start - 40) : item.start]
    if _CONDITIONED.search(before):
        return False
    gap = _gap(mentions, figure, item)
    if _is_attached(mentions, figure, item, gap):
        return True
    if _NO_COMPARATOR.search(before) and not _GIVEN.search(before):
        return False
    if alone:
        return ";" not in gap and not _is_of_another(mentions, figure, item)
    near = len(WORD.findall(gap)) <= _NEAR and not STOPS.search(gap)
    return near and _CONTRAST.search(mentions.small) is not None


def _is_of_another(mentions: Mentions, figure: Figure, item: Mention) -> bool:
    """Tell whether a treatment stands right at another figure of the sentence."""
    return any(
        _is_attached(mentions, other, item, _gap(mentions, other, item))
        for other in mentions.figures
        if other is not figure
    )


def _gap(mentions: Mentions, figure: Figure, item: Mention) -> str:
    """Return the text between a figure and a treatment."""
    if figure.end <= item.start:
        return mentions.small[figure.end : item.start]
    return mentions.small[item.end : figure.start]


def _is_attached(mentions: Mentions, figure: Figure, item: Mention, gap: str) -> bool:
    """Tell whether a treatment stands right at a figure: "5 of 6 given placebo"."""
    if figure.end <= item.start:
        return bool(_GIVEN_BEHIND.fullmatch(gap))
    before = mentions.small[max(0, item.start - 25) : item.start]
    ahead = _GIVEN_AHEAD.fullmatch(gap) is not None
    return ahead and bool(
        re.search(
            r"\b(?:in|on|with|for|given|among|of|than|against|the)\s(?:the\s|those\s|a\s)*$",
            before,
        )
        or not before
    )


_ARMS_NUMBERED = pattern("arms.numbered")
_ARMS_GIVEN = pattern("arms.given")


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
    for counted in (
        _arms_numbered(mentions),
        _arms_given(mentions),
        _arms_rated(mentions),
    ):
        treated = {people for people, compared in counted if not compared}
        compared = {people for people, compared in counted if compared}
        if len(treated) == len(compared) == 1:
            return Arms(treated.pop(), compared.pop())
    return None


def _arms_numbered(mentions: Mentions) -> list[tuple[int, bool]]:
    """Return the arms of "cells (n = 24) or placebo (n = 22)"."""
    found, start = [], 0
    for match in _ARMS_NUMBERED.finditer(mentions.small):
        before = [m for m in mentions.therapies if start <= m.start < match.start()]
        compared = bool(before) and before[-1].name in topic().comparators
        found.append((int(match["n"]), compared))
        start = match.end()
    return found


def _arms_given(mentions: Mentions) -> list[tuple[int, bool]]:
    """Return the arms of "21 received cells and 11 received placebo"."""
    found = []
    for match in _ARMS_GIVEN.finditer(mentions.small):
        people = whole(match["n"])
        if people:
            named = [m for m in mentions.therapies if m.start == match.end()]
            compared = bool(named) and named[0].name in topic().comparators
            found.append((people, compared))
    return found


def _arms_rated(mentions: Mentions) -> list[tuple[int, bool]]:
    """Return the arms of "16 of 37 treated with cells, against 10 of 37 on placebo"."""
    found = []
    for figure in mentions.figures:
        if figure.people and figure.form != "all":
            named = treatment_at(mentions, figure)
            found.append(
                (figure.people, named is not None and named.name in topic().comparators)
            )
    return found
