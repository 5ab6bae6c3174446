"""Which treatment a figure is of: nearest, or attached to it, and no drug of before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.reading.patterns import pattern
from lupus_evidence.reading.ways import STOPS, WORD, tolls
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.reading.figures import Figure
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.words import Mention

#: A comparison stands at most so many words from its figure.
_NEAR = 7
#: What stands behind a figure is nearer by so much.
_BEHIND = 4.0

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
    known = [item for item in found if item.name != "unspecified"]

    def way(item: Mention) -> float:
        low, high = (
            (figure.end, item.start)
            if figure.end <= item.start
            else (item.end, figure.start)
        )
        return tolls(mentions, low, high) - (
            _BEHIND
            if item.name in topic().comparators and figure.end <= item.start
            else 0
        )

    return min(known or found, key=way, default=None)


def _is_comparator(
    mentions: Mentions, figure: Figure, item: Mention, alone: bool
) -> bool:
    """Tell whether a drug or a placebo is what a figure's people were given."""
    gap = _gap(mentions, figure, item)
    before = mentions.small[max(0, item.start - 40) : item.start]
    if _is_attached(mentions, figure, item, gap):
        return True
    said = bool(_GIVEN.search(before) or not _NO_COMPARATOR.search(before))
    if _CONDITIONED.search(before) or not said:
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
