"""The times of a sentence, in months after treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lupus_evidence.reading.lexicon import lower
from lupus_evidence.reading.patterns import BARE, part, pattern, printed

#: No claim is about so many months.
LONGEST = 1_200.0
#: Months in a unit of time; a month is a twelfth of 365.25 days.
_MONTHS = {"year": 12.0, "month": 1.0, "week": 12 / 52.18, "day": 12 / 365.25}


@dataclass(frozen=True)
class When:
    """A time after treatment.

    Parameters
    ----------
    start, end : int
        Characters of the sentence, from 0; the end is left out.
    months : float
        Months after treatment.
    word : {"at", "within", "up-to", "at-least"}
        The word in front of it.
    follow_up : bool
        Whether it is how long people were followed.
    """

    start: int
    end: int
    months: float
    word: Literal["at", "within", "up-to", "at-least"] = "at"
    follow_up: bool = False


_WORDED_MONTHS = {
    "a year and a half": 18.0,
    "eighteen months": 18.0,
    "one and a half years": 18.0,
    "two and a half years": 30.0,
    "three and a half years": 42.0,
    "half a year": 6.0,
    "a half year": 6.0,
    "a decade": 120.0,
    "a month": 1.0,
    "one month": 1.0,
    "the month following": 1.0,
    "the month after": 1.0,
    "the first hundred days": 3.3,
    "first hundred days": 3.3,
    "the first 100 days": 3.3,
    "first 100 days": 3.3,
    "a hundred days": 3.3,
}
_TIME = pattern("times.time")
#: "72 (60-80) months", "21 months (range, 6 months to 36 months)".
_IS_RANGE = pattern("times.is_range")
_BRACKETS = pattern("times.brackets")
_UNIT = re.compile(part("unit"), re.VERBOSE)

_BARE_AT = pattern("times.bare_at")

#: What stands before a time that is none of an outcome's.
_NO_OUTCOME_BEFORE = pattern("times.no_outcome_before")
#: What stands after it.
_NO_OUTCOME_AFTER = pattern("times.no_outcome_after")
_WITHIN = pattern("times.within")
_UP_TO = pattern("times.up_to")
_AT_LEAST = pattern("times.at_least")
_FOLLOW_UP_BEFORE = pattern("times.follow_up_before")
_FOLLOW_UP_AFTER = pattern("times.follow_up_after")
_OUTCOME_BEFORE = pattern("times.outcome_before")
_OUTCOME_AFTER = pattern("times.outcome_after")


def times(text: str) -> tuple[When, ...]:
    """Return the times after treatment that a sentence tells, in order.

    Not ages, not how long people had been ill, not "in the last ten years".

    Parameters
    ----------
    text : str
        The sentence.
    """
    small = _BRACKETS.sub(lambda match: " " * len(match[0]), lower(text))
    found = [item for match in _TIME.finditer(small) for item in _times(match, small)]
    found += _without_unit(small, found)
    return tuple(sorted(found, key=lambda item: item.start))


def _without_unit(small: str, found: list[When]) -> list[When]:
    """Return "at four" after "at two years"."""
    more = []
    for match in _BARE_AT.finditer(small if found else ""):
        if any(item.start <= match.start("n") < item.end for item in found):
            continue
        ahead = [item for item in found if item.end <= match.start()]
        near = ahead[-1] if ahead else found[0]
        if unit := _UNIT.search(small, near.start, near.end):
            months = float(printed(match["n"])) * _MONTHS[_unit(unit["unit"])]
            if months <= LONGEST:
                more.append(When(*match.span("n"), _whole(months)))
    return more


def _times(match: re.Match[str], small: str) -> Iterator[When]:
    """Yield what one mention of time says, of a list each."""
    before = small[max(0, match.start() - 60) : match.start()]
    after = small[match.end() : match.end() + 40]
    if _NO_OUTCOME_BEFORE.search(before) or _NO_OUTCOME_AFTER.search(after):
        return
    follow_up = bool(_FOLLOW_UP_BEFORE.search(before) or _FOLLOW_UP_AFTER.search(after))
    if _IS_RANGE.search(match[0]):
        return
    near = _OUTCOME_BEFORE.search(before) or _OUTCOME_AFTER.search(after) or not before
    if not (near or follow_up or match["before"]):
        return
    word = _word(before)
    for start, end, months in _months(match):
        if months > LONGEST:
            continue
        yield When(start, end, months, word, follow_up)


def _word(before: str) -> Literal["at", "within", "up-to", "at-least"]:
    """Return the word in front of a time."""
    if _WITHIN.search(before):
        return "within"
    if _UP_TO.search(before):
        return "up-to"
    return "at-least" if _AT_LEAST.search(before) else "at"


def _months(match: re.Match[str]) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and months of each time in a mention."""
    if match["worded"]:
        yield *match.span(), _WORDED_MONTHS.get(match["worded"], 12.0)
    elif match["before"]:
        months = float(printed(match["number"])) * _MONTHS[match["before"]]
        yield *match.span(), _whole(months)
    else:
        unit = _MONTHS[_unit(match["unit"])]
        numbers = list(re.finditer(BARE, match["list"]))
        for item in numbers:
            start = match.start("list") + item.start()
            last = item is numbers[-1]
            end = match.end() if last else match.start("list") + item.end()
            yield start, end, _whole(float(printed(item[0])) * unit)


def _whole(months: float) -> float:
    """Return months to one decimal: 24 weeks are 5.5, as records have them.

    Parameters
    ----------
    months : float
        Worked out from weeks or days, or a number of months or years.
    """
    return int(10 * months + 0.5) / 10


def _unit(word: str) -> str:
    """Return the unit that a word or an abbreviation is."""
    return {"y": "year", "m": "month", "w": "week", "d": "day"}[word[0]]
