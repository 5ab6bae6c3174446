"""How far it is from one spot of a sentence to another: in words, with tolls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.reading.patterns import pattern

if TYPE_CHECKING:
    from lupus_evidence.reading.figures import Figure
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.times import When
    from lupus_evidence.reading.words import Mention

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
