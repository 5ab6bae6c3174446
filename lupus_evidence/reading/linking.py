"""What belongs together in a sentence: a figure, its outcome, time, treatment, people.

Each figure goes with the outcome to which the way is shortest, in words, with a toll at
each comma, each "while" and each other figure on the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lupus_evidence.reading.words import Mention, word_lists
from lupus_evidence.vocabulary import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.reading.figures import Figure
    from lupus_evidence.reading.mentions import Group, Mentions
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


#: Tolls on the way from a figure to what belongs to it, in words.
_COMMA, _STOP, _CLAUSE, _FIGURE, _OUTCOME, _AND = 2.0, 20.0, 8.0, 9.0, 5.0, 2.0
#: "Most" and "all" stand close to what they did.
_NEAR = 9.0
#: No way is longer than this.
_FARTHEST = 24.0
_WORD = re.compile(r"\w+")
_STOPS = re.compile(r"[;\u2014]|\s[-\u2013]\s|:\s")
#: Treatments that others are compared with.
COMPARATORS = frozenset(
    {"conventional", "placebo", "cyclophosphamide", "rituximab", "other-drug"}
)
_LEADS_TO_FIGURE = re.compile(
    r"(?:\s(?:rates?|probability|figures?))?(?:\s(?:of|for|at|after|by|within|over|in|"
    r"among|to)\s[^;.]{0,60}?)?\s?(?:,?\s?(?:was|were|is|are|of|in|at|by|reached|"
    r"stood at|came to|occurred in|"
    r"(?:was|were|is|has been|have been) (?:seen|reported|observed|achieved|found|"
    r"reached|recorded|noted|documented|put|estimated)(?: in| by| at| among)?|"
    r"(?:seen|reported|observed|achieved|found|reached|recorded|noted)(?: in| by| at)|"
    r"happened in|happened to|occurred|for|among|to|hit|\()|[:=(])"
    r"\s?(?:only|just|in|for|even|still|an?|the|respectively)?\s?"
)
_LEADS_TO_OUTCOME = re.compile(
    r"(?:\s(?:of|in)\s[^;.]{0,60}?)?,?\s(?:who\s|had\s|have\s|has\s|were\s|was\s|are\s|is\s|"
    r"went\s|achieved\s|reached\s|remained\s|stayed\s|showed\s|came\s|still\s|been\s|"
    r"got\s|saw\s|experienced\s|did\s|in\s|into\s|an?\s|the\s|from\s|to\s)*"
)
_ADJACENT = re.compile(r"[\s-]*(?:\d+-year\s|\w+-year\s|overall\s|five-year\s)?")


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
    whens = _in_order(
        mentions, [figure for figure, _ in pairs], mentions.times
    ) or _nearest_times(mentions, [figure for figure, _ in pairs])
    given = _in_order(mentions, [figure for figure, _ in pairs], _kinds(mentions))
    found = []
    for index, ((figure, outcome), when) in enumerate(zip(pairs, whens, strict=True)):
        endpoint = _endpoint(mentions, figure, outcome)
        if endpoint is None:
            continue
        among = _among(mentions, figure)
        group = None if among or figure.people else _group(mentions, figure)
        therapy = given[index] if given else _therapy(mentions, figure)
        found.append(Linked(figure, outcome, endpoint, when, therapy, group, among))
    return tuple(found)


def _kinds(mentions: Mentions) -> list[Mention]:
    """Return the treatments that "respectively" tells apart, each once."""
    if "respectively" not in mentions.small:
        return []
    return list({item.name: item for item in mentions.therapies}.values())


def _with_outcomes(mentions: Mentions) -> list[tuple[Figure, Mention]]:
    """Return each figure with its outcome, and a second one that it shares."""
    shares = mentions.figures
    matched = _in_order(mentions, list(shares), mentions.outcomes)
    if matched:
        return [
            (figure, outcome)
            for figure, outcome in zip(shares, matched, strict=True)
            if outcome is not None
        ]
    pairs: list[tuple[Figure, Mention]] = []
    for figure in shares:
        if _is_no_rate(mentions, figure):
            continue
        ways = [(_way(mentions, figure, item), item) for item in mentions.outcomes]
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
    return len(gap) <= _BREATH and not others and figure.form in ("percentage", "share", "counted")


#: Words that a sentence may have besides its figures, times and treatments, if it goes
#: on about the outcome of the sentence before.
_GOES_ON = frozenset(
    "and but then that it this was is were are at after by in on with for among those "
    "given the a an only just about of to up down from had has have risen fallen dropped "
    "rose fell later year years month months mark point compared against versus vs figure "
    "rate share number still even so did group arm patients people them these there s its "
    "more like out who same time received got treated corresponding respectively stood "
    "came went another further again now today lol tho though not or as high many ppl pts "
    "which means meant yet one whole whom their they be been put no better case cases read "
    "over under once".split()
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
    spots = [*mentions.figures, *mentions.times, *mentions.therapies, *mentions.groups]
    rest = [
        match[0]
        for match in _WORD.finditer(mentions.plain)
        if not any(item.start <= match.start() < item.end for item in spots)
    ]
    if any(word not in _GOES_ON and not word.isdigit() for word in rest):
        return []
    return [
        (figure, Mention(figure.end, figure.end, before)) for figure in counted
    ]


_NO_RATE = re.compile(
    r"(?:powered|power)\s\(?$|difference of\s(?:about\s)?$|(?:costs?|price|fee)\s\w*\s?$"
)


def _is_no_rate(mentions: Mentions, figure: Figure) -> bool:
    """Tell whether a figure is of how a trial was planned, or of money."""
    return bool(_NO_RATE.search(mentions.small[max(0, figure.start - 25) : figure.start]))


def _place(pair: tuple[Figure, Mention]) -> tuple[int, int]:
    """Sort pairs as they stand."""
    return pair[0].start, pair[1].start


#: Between two outcomes of the same figure: "survived and went into remission".
_AND_ALSO = re.compile(
    r",?\s(?:and|with|without)\s(?:(?:had|were|was|went|also|in|into|a|an|all|then|"
    r"achieved|reached|remained|are|stayed|showed|lived|been|have|has|is|no|needed|they|"
    r"both|to|none|came|later|still|now|be|on)\s)*"
)


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


def _between(mentions: Mentions, one: Figure, other: Mention | When | Group) -> str:
    """Return the text between two spots."""
    if one.end <= other.start:
        return mentions.small[one.end : other.start]
    return mentions.small[other.end : one.start]


def _tolls(mentions: Mentions, low: int, high: int) -> float:
    """Return the toll of a way: commas, stops, clauses, other figures and outcomes."""
    text = mentions.plain[low:high]
    clauses = sum(low <= item.start < high for item in mentions.clause_ends)
    others = [item for item in mentions.figures if low <= item.start < high]
    return (
        len(_WORD.findall(text))
        + _COMMA * text.count(",")
        + _STOP * len(_STOPS.findall(text))
        + _CLAUSE * clauses
        + _FIGURE * len(others)
        + _AND * len(re.findall(r"\band\b", text))
    )


def _way(mentions: Mentions, figure: Figure, outcome: Mention) -> float:
    """Return how far it is from a figure to an outcome, in words and tolls."""
    after = figure.end <= outcome.start
    low, high = (
        (figure.end, outcome.start) if after else (outcome.end, figure.start)
    )
    gap = mentions.plain[low:high]
    outcomes = sum(low <= item.start < high for item in mentions.outcomes)
    way = _tolls(mentions, low, high) + _OUTCOME * outcomes
    if after:
        if _ADJACENT.fullmatch(gap):
            return way - 4
        if _LEADS_TO_OUTCOME.fullmatch(gap):
            return way / 2 - 4
        return way
    if figure.form in ("count", "none", "all", "amount"):
        way += 6  # "five died": they stand in front of what they did
    if _LEADS_TO_FIGURE.fullmatch(gap):
        return way / 2 - 4
    return way


def _listed(mentions: Mentions, spots: Sequence[Figure | Mention | When]) -> bool:
    """Tell whether spots stand in one list: "1, 3 and 5 years"."""
    return all(
        re.fullmatch(
            r"[\s,]*(?:and|or|versus|vs\.?|as against|against|to|\u2013|-)?(?:\s(?:a|an|the|had|in|was|were|of|at|about|"
            r"around|nearly|rates? of|after|by))*\s*(?:\([^()]*\)[\s,]*(?:and\s*)?)?(?:rates?\s|and\s)*",
            mentions.small[one.end : other.start],
        )
        for one, other in zip(spots, spots[1:], strict=False)
    )


def _in_order(
    mentions: Mentions, owners: Sequence[Figure], items: Sequence[T]
) -> list[T | None] | None:
    """Return one item for each figure, where a sentence lists both in order.

    Either says "respectively", or both are lists of the same length.
    """
    distinct = list(dict.fromkeys(owners))
    if len(distinct) < 2 or len(items) != len(distinct):  # noqa: PLR2004 - one is no list
        return None
    lists = _listed(mentions, distinct) and _listed(mentions, list(items))  # type: ignore[arg-type]
    if not lists and "respectively" not in mentions.small:
        return None
    by_owner = dict(zip(distinct, items, strict=True))
    return [by_owner[owner] for owner in owners]


def _nearest_times(
    mentions: Mentions, figures: Sequence[Figure]
) -> list[When | None]:
    """Return the time that stands nearest to each figure."""
    return [
        min(
            mentions.times,
            key=lambda item: _time_way(mentions, figure, item),
            default=None,
        )
        for figure in figures
    ]


_AT = re.compile(r"[^,;.]{0,60}\b(?:at|after|by|within|in|over|for|during)\s(?:about\s|a\s|the\s|an?\s\w+\sof\s)*")


def _time_way(mentions: Mentions, figure: Figure, when: When) -> float:
    """Return how far it is from a figure to a time."""
    after = figure.end <= when.start
    low, high = (figure.end, when.start) if after else (when.end, figure.start)
    way = _tolls(mentions, low, high)
    if after and _AT.fullmatch(mentions.small[low:high]):
        way -= 4
    return way + 6 * when.follow_up


def _endpoint(mentions: Mentions, figure: Figure, outcome: Mention) -> str | None:
    """Return the endpoint of an outcome, its opposite where it is denied."""
    if figure.form == "none" and figure.end <= outcome.start:
        between = mentions.small[figure.end : outcome.start]
        if not _DENIED.search(between) or figure.amount != "none":
            return outcome.name
    before = mentions.small[max(0, outcome.start - 30) : outcome.start]
    if figure.start < outcome.start:
        before = mentions.small[max(figure.end, outcome.start - 30) : outcome.start]
    if not _DENIED.search(before):
        return outcome.name
    return ENDPOINTS[outcome.name].opposite


_DENIED = re.compile(
    rf"\b(?:{'|'.join(word_lists()['denials'])})\s(?:(?:a|an|the|in|into|in any|"
    r"go|gone|went|have|had|get|got|been|reach|reached|achieve|achieved|achieving|"
    r"reaching|any|were|stay|remain|complete|full|yet|single)\s)*$"
)


def _among(mentions: Mentions, figure: Figure) -> str | None:
    """Return of whom a figure is a share, where that stands at it."""
    for item in mentions.among:
        low, high = sorted((figure.end, item.start))
        if figure.end - 6 <= item.start and high - low <= 12 or (  # noqa: PLR2004 - "of the"
            item.end <= figure.start and figure.start - item.end <= 12  # noqa: PLR2004
        ):
            return item.name
    return None


def _group(mentions: Mentions, figure: Figure) -> Group | None:
    """Return the people whom the sentence counts, nearest before the figure."""
    before = [item for item in mentions.groups if item.end <= figure.start]
    if before:
        return before[-1]
    after = [
        item
        for item in mentions.groups
        if item.start >= figure.end
        and re.fullmatch(
            r"(?:\s\w+){0,8}\s?(?:of|in|among|for|\()\s?(?:the\s|all\s|our\s|these\s)?\(?",
            mentions.small[figure.end : item.start],
        )
    ]
    return after[0] if after else None


_NO_COMPARATOR = re.compile(
    r"(?:refractory|resistant|respond(?:ed|ing)?|resisted|unresponsive|addition|intolerant)\s+to\s+(?:\w+\s){0,3}$|"
    r"(?:failed|despite|after|on top of|plus|background|conditioning|such as|"
    r"including|alongside|than|unlike|stopped|without|off|like|and|or|need|needed|"
    r"beyond|try|tried|instead of|conditioned with|when|with|following|adding|"
    r"more|combined with|on|by|mobili[sz]ed with|prior|previous)\s+(?:\w+\s){0,2}$"
)
_CONTRAST = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|against|while|whereas|than|but|"
    r"in the|among those|of those)\b"
)


def _is_comparator(
    mentions: Mentions, figure: Figure, item: Mention, alone: bool
) -> bool:
    """Tell whether a drug or a placebo is what a figure's people were given."""
    gap = _gap(mentions, figure, item)
    before = mentions.small[max(0, item.start - 40) : item.start]
    if _is_attached(mentions, figure, item, gap):
        return True
    if alone and any(
        _is_attached(mentions, other, item, _gap(mentions, other, item))
        for other in mentions.figures
        if other is not figure
    ):
        return False
    if alone and ";" in gap:
        return False
    if alone:
        return not _NO_COMPARATOR.search(before) or bool(_GIVEN.search(before))
    if len(_WORD.findall(gap)) > 7 or _STOPS.search(gap):  # noqa: PLR2004 - words
        return False
    contrast = bool(_CONTRAST.search(mentions.small))
    return contrast and bool(
        _GIVEN.search(before) or not _NO_COMPARATOR.search(before)
    )


_GIVEN_BEHIND = re.compile(
    r"\s?(?:\([^()]*\)\s?)?(?:of (?:the |those )?)?(?:patients |people |women |participants |others |controls )?"
    r"(?:(?:who )?(?:were |had been |had |got |received )?(?:given|on|with|receiving|received|"
    r"got|in|taking|assigned to|randomi[sz]ed to|treated with|for|of|after)?\s?)"
    r"(?:only |just )?(?:the |a |an )?"
)
_GIVEN_AHEAD = re.compile(r"(?:\s(?:group|arm|patients|recipients|people|infusion|alone))*(?:,|\sit was|:|\swas|\swere|\shad|,\sit was|\()?\s?(?:only |just )?\(?")


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
    return ahead and bool(re.search(r"\b(?:in|on|with|for|given|among|of|than|against|the)\s(?:the\s|those\s|a\s)*$", before) or not before)


_GIVEN = re.compile(
    r"(?:compared with|versus|vs\.?|against|in the|among those|given|got|received|"
    r"receiving|with|on)\s(?:the\s|a\s|\w+\s)?$"
)


def _therapy(mentions: Mentions, figure: Figure) -> Mention | None:
    """Return the treatment nearest to a figure, a certain one before "stem cells"."""
    alone = all(item.name in COMPARATORS for item in mentions.therapies)
    found = [
        item
        for item in mentions.therapies
        if item.name not in COMPARATORS or _is_comparator(mentions, figure, item, alone)
    ]
    known = [item for item in found if item.name != "unspecified"]

    def way(item: Mention) -> float:
        low, high = (
            (figure.end, item.start)
            if figure.end <= item.start
            else (item.end, figure.start)
        )
        return _tolls(mentions, low, high) - (
            4 if item.name in COMPARATORS and figure.end <= item.start else 0
        )

    return min(known or found, key=way, default=None)
