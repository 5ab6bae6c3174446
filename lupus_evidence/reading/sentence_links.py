"""What belongs together in a sentence: a figure, its outcome, time, treatment, people.

Each figure goes with the outcome to which the way is shortest, in words, with a toll at
each comma, each "while" and each other figure on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from lupus_evidence.reading.lexicon import Mention, word_lists
from lupus_evidence.reading.mentions import Group, Mentions
from lupus_evidence.reading.nearness import (
    WORD,
    treatment_at,
    way_to_outcome,
    way_to_time,
)
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.reading.figures import Figure
    from lupus_evidence.reading.times import When


T = TypeVar("T")


@dataclass(frozen=True)
class Linked:
    """A figure of a sentence with what the sentence says of it.

    Parameters
    ----------
    figure : Figure
        The figure.
    outcome : Mention
        Where the outcome stands.
    endpoint : str
        Which it is, by the vocabulary's name: the opposite where it is denied.
    when : When or None
        Its time.
    therapy : Mention or None
        Its treatment.
    group : Group or None
        The people whom the sentence counts.
    among : str or None
        Of whom it is a share, where not of all that were treated.
    """

    figure: Figure
    outcome: Mention
    endpoint: str
    when: When | None
    therapy: Mention | None
    group: Group | None
    among: str | None


#: "Most" and "all" stand close to what they did.
_NEAR = 9.0
#: No way is longer than this.
_FARTHEST, _FARTHEST_TIME = 24.0, 60.0


def linked(mentions: Mentions, before: str | None = None) -> tuple[Linked, ...]:
    """Return the figures of a sentence that have an outcome, each with all it has.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    before : str, optional
        The outcome spoken of in the sentence before, which "then it was 28 %" means.
    """
    pairs = _with_outcomes(mentions)
    if before is not None and not mentions.outcomes and not mentions.measures:
        pairs = _with_outcome_before(mentions, before)
    figures = list(dict.fromkeys(figure for figure, _ in pairs))
    whens = _in_order(mentions, figures, mentions.times)
    given = _in_order(mentions, figures, _kinds(mentions))
    found = []
    for figure, outcome in pairs:
        endpoint = _endpoint(mentions, figure, outcome)
        if endpoint is None:
            continue
        among = _among(mentions, figure)
        group = None if figure.people else _group(mentions, figure, among)
        when = whens[figure] if whens else _nearest_time(mentions, figure)
        therapy = given[figure] if given else treatment_at(mentions, figure)
        of = None if among is None else among.name
        found.append(Linked(figure, outcome, endpoint, when, therapy, group, of))
    return tuple(found)


def denied(mentions: Mentions) -> frozenset[Figure]:
    """Return the figures of an outcome that is denied and whose opposite has no name.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    """
    return frozenset(
        figure
        for figure, outcome in _with_outcomes(mentions)
        if _endpoint(mentions, figure, outcome) is None
    )


def _kinds(mentions: Mentions) -> list[Mention]:
    """Return the treatments that "respectively" tells apart, each once."""
    if "respectively" not in mentions.small:
        return []
    return list({item.name: item for item in mentions.therapies}.values())


def _with_outcomes(mentions: Mentions) -> list[tuple[Figure, Mention]]:
    """Return each figure with its outcome, and a second one that it shares."""
    shares = mentions.figures
    matched = _in_order(mentions, shares, mentions.outcomes)
    if matched:
        return list(matched.items())
    pairs: list[tuple[Figure, Mention]] = []
    for figure in shares:
        if is_no_rate(mentions, figure):
            continue
        ways = [
            (way_to_outcome(mentions, figure, item), item) for item in mentions.outcomes
        ]
        best = min(ways, key=lambda way: way[0], default=None)
        if figure.form in ("amount", "all") and best is not None and best[0] > _NEAR:
            continue
        if best is not None and best[0] <= _FARTHEST:
            pairs.append((figure, best[1]))
        elif pairs and _goes_on(mentions, pairs[-1], figure):
            pairs.append((figure, pairs[-1][1]))
    return sorted([*pairs, *_second_outcomes(mentions, pairs)], key=_place)


#: In one breath with the figure before: "nine of twelve, against five of six".
_BREATH = 120


def _goes_on(
    mentions: Mentions, before: tuple[Figure, Mention], figure: Figure
) -> bool:
    """Tell whether a figure has the outcome of the one before: "14 %, later 9 %"."""
    start = before[0].end
    gap = mentions.small[start : figure.start]
    others = any(
        start <= item.start < figure.start and item is not before[1]
        for item in mentions.outcomes
    )
    return (
        len(gap) <= _BREATH
        and not others
        and figure.form in ("percentage", "share", "counted")
    )


def _with_outcome_before(
    mentions: Mentions, before: str
) -> list[tuple[Figure, Mention]]:
    """Return figures with the outcome of the sentence before, where they go on."""
    counted = [
        figure
        for figure in mentions.figures
        if figure.form in ("percentage", "share", "counted")
    ]
    goes_on = frozenset(word_lists()["goes_on"])
    spots: list[Figure | When | Mention | Group] = [
        *mentions.figures,
        *mentions.times,
        *mentions.therapies,
        *mentions.groups,
    ]
    rest = [
        match[0]
        for match in WORD.finditer(mentions.plain)
        if not any(item.start <= match.start() < item.end for item in spots)
    ]
    if any(word not in goes_on and not word.isdigit() for word in rest):
        return []
    return [(figure, Mention(figure.end, figure.end, before)) for figure in counted]


_NO_RATE = pattern("linking.no_rate")


_WHO_THEY_WERE = pattern("linking.who_they_were")


def is_no_rate(mentions: Mentions, figure: Figure) -> bool:
    """Tell whether a figure is of how a trial was planned, of money, or of women."""
    if _WHO_THEY_WERE.match(mentions.small, figure.end):
        return True
    return bool(
        _NO_RATE.search(mentions.small[max(0, figure.start - 25) : figure.start])
    )


def _place(pair: tuple[Figure, Mention]) -> tuple[int, int]:
    """Sort pairs as they stand."""
    return pair[0].start, pair[1].start


#: Between two outcomes of the same figure: "survived and went into remission".
_AND_ALSO = pattern("linking.and_also")


def _second_outcomes(
    mentions: Mentions, pairs: Sequence[tuple[Figure, Mention]]
) -> list[tuple[Figure, Mention]]:
    """Return outcomes that a figure has besides: "all survived and responded"."""
    used = {outcome for _, outcome in pairs}
    found: list[tuple[Figure, Mention]] = []
    for outcome in mentions.outcomes:
        if outcome in used:
            continue
        for figure, first in (*pairs, *found):
            between = mentions.small[first.end : outcome.start]
            if figure.end <= first.start and _AND_ALSO.fullmatch(between):
                found.append((figure, outcome))
    return found


_IN_LIST = pattern("linking.in_list")


def _listed(mentions: Mentions, spots: Sequence[Figure | Mention | When]) -> bool:
    """Tell whether spots stand in one list: "1, 3 and 5 years"."""
    return all(
        _IN_LIST.fullmatch(mentions.small[one.end : other.start])
        for one, other in pairwise(spots)
    )


def _in_order(
    mentions: Mentions, figures: Sequence[Figure], items: Sequence[T]
) -> dict[Figure, T] | None:
    """Return one item for each figure, where a sentence lists both in order.

    Either says "respectively", or both are lists of the same length.
    """
    if len(figures) <= 1 or len(items) != len(figures):
        return None
    lists = _listed(mentions, figures) and _listed(mentions, items)  # type: ignore[arg-type]
    if not lists and "respectively" not in mentions.small:
        return None
    return dict(zip(figures, items, strict=True))


def _nearest_time(mentions: Mentions, figure: Figure) -> When | None:
    """Return the time that stands nearest to a figure."""
    ways = [(way_to_time(mentions, figure, item), item) for item in mentions.times]
    near = [way for way in ways if way[0] <= _FARTHEST_TIME]
    best = min(near, key=lambda way: way[0], default=None)
    return best[1] if best is not None else None


def _endpoint(mentions: Mentions, figure: Figure, outcome: Mention) -> str | None:
    """Return the endpoint of an outcome, its opposite where it is denied."""
    before = mentions.small[max(0, outcome.start - 30) : outcome.start]
    if figure.start < outcome.start:
        before = mentions.small[max(figure.end, outcome.start - 30) : outcome.start]
    if not _DENIED.search(before):
        return outcome.name
    return topic().endpoints[outcome.name].opposite


_DENIED = pattern("linking.denied")


#: "Of the responders" stands at most so many letters from its figure.
_BESIDE = 12


def _among(mentions: Mentions, figure: Figure) -> Mention | None:
    """Return of whom a figure is a share, where that stands at it."""
    for item in mentions.among:
        behind = figure.start <= item.start <= figure.end + _BESIDE
        if behind or item.end <= figure.start <= item.end + _BESIDE:
            return item
    return None


_OF_GROUP = pattern("linking.of_group")
_AMONG_GROUP = pattern("linking.among_group")
_STARTS_AMONG = pattern("linking.starts_among")


def _follows(mentions: Mentions, figure: Figure, group: Group) -> bool:
    """Tell whether a figure is said of the people behind it: "no deaths among 30"."""
    gap = mentions.small[figure.end : group.start]
    among = _STARTS_AMONG.match(mentions.small, group.start) is not None
    return (_AMONG_GROUP if among else _OF_GROUP).fullmatch(gap) is not None


def _group(mentions: Mentions, figure: Figure, among: Mention | None) -> Group | None:
    """Return the people whom the sentence counts, nearest before the figure.

    Of those among whom the figure is a share only their own number counts.
    """
    if among is not None:
        inside = (g for g in mentions.groups if among.start <= g.start < among.end)
        return next(inside, None)
    before = [item for item in mentions.groups if item.end <= figure.start]
    if before:
        return next((item for item in before[::-1] if not item.part), before[-1])
    after = [
        item
        for item in mentions.groups
        if item.start >= figure.end and _follows(mentions, figure, item)
    ]
    if after:
        return after[0]
    wholes = [
        Group(item.start, item.end, item.people)
        for item in mentions.figures
        if item.form == "all" and item.people and item.end <= figure.start
    ]
    return wholes[-1] if wholes else None
