"""The figures of a sentence: percentages, shares, counts, words such as "half"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lupus_evidence.reading.lexicon import literals, lower
from lupus_evidence.reading.patterns import BARE, names, part, pattern, printed, whole

Form = Literal["percentage", "share", "counted", "count", "all", "none", "amount"]


@dataclass(frozen=True)
class Figure:
    """A figure that may be a rate.

    Parameters
    ----------
    start, end : int
        Characters of the sentence, from 0; the end is left out.
    form : str
        How it is written: "50 %", "half", "3 of 6", "five (died)", "all", "none",
        "most".
    percent : str or None
        Percentage with its decimals as printed; for a share in words what it is.
    to : str or None
        The other end of a range.
    amount : str or None
        The word for it, by the name that claims files have.
    bound : str or None
        The word in front: about, over, at-least, up-to, under, nearly.
    events, people : int or None
        People with the outcome, and out of how many.
    """

    start: int
    end: int
    form: Form
    percent: str | None = None
    to: str | None = None
    amount: str | None = None
    bound: str | None = None
    events: int | None = None
    people: int | None = None


#: Stretches that hold numbers but no rate: intervals, P values, errors, references,
#: changes by so much.
_NO_RATES = pattern("around_figures.no_rates")
#: The shares that people say in words, in percent with one decimal.
_SHARES = {
    ("one", "third"): "33.3",
    ("two", "third"): "66.7",
    ("one", "quarter"): "25",
    ("three", "quarter"): "75",
    ("one", "half"): "50",
    ("one", "fifth"): "20",
    ("two", "fifth"): "40",
    ("three", "fifth"): "60",
    ("four", "fifth"): "80",
    ("one", "tenth"): "10",
    ("nine", "tenth"): "90",
    ("one", "sixth"): "16.7",
    ("five", "sixth"): "83.3",
    ("one", "eighth"): "12.5",
}
_AMOUNT_OF = {
    "50": "half",
    "33.3": "a-third",
    "66.7": "two-thirds",
    "25": "a-quarter",
    "75": "three-quarters",
}
#: After a share comes of whom it is, what they did, or nothing.
_ORDER = names("figures")


def without_other_numbers(text: str) -> str:
    """Return a sentence in small letters, blanks where numbers are no rates.

    Parameters
    ----------
    text : str
        The sentence; what is left out are intervals, P values, references, and how
        much something changed by.
    """
    return _NO_RATES.sub(_blank, lower(text))


def _blank(match: re.Match[str]) -> str:
    """Return blanks for what is no rate; the sign behind an error is the rate's."""
    text = match[0]
    if text.startswith(("\u00b1", "+/-")) and text.endswith("%"):
        return "%" + " " * (len(text) - 1)
    return " " * len(text)


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a sentence that may be rates, in order.

    Parameters
    ----------
    text : str
        The sentence.
    """
    small = without_other_numbers(text)
    left = list(small)
    found: list[Figure] = []
    for name in _ORDER:
        for match in pattern(f"figures.{name}").finditer("".join(left)):
            for item in _made(name, match):
                found.append(item)
                left[item.start : item.end] = "\0" * (item.end - item.start)
    found += _vague("".join(left))
    return tuple(
        _merged([_bounded(item, small) for item in sorted(found, key=_start)], small)
    )


def _start(item: Figure) -> int:
    """Sort figures as they stand."""
    return item.start


#: How far the percentage may be off the count that it stands beside, in points.
_OFF = 2.5
_BESIDE = pattern("around_figures.beside")


def _merged(found: list[Figure], small: str) -> list[Figure]:
    """Return figures without those that say again what another does: "20 of 87 (23 %)".

    Parameters
    ----------
    found : list of Figure
        In order.
    small : str
        The sentence in small letters.
    """
    kept: list[Figure] = []
    for item in found:
        last = kept[-1] if kept else None
        if last is not None and _BESIDE.fullmatch(small[last.end : item.start]):
            joined = _joined(last, item)
            if joined is not None:
                kept[-1] = joined
                continue
        kept.append(item)
    return kept


def _joined(one: Figure, other: Figure) -> Figure | None:
    """Return a percentage and a count as one figure, if they say the same."""
    counted, share = (one, other) if one.events is not None else (other, one)
    if counted.events is None or not counted.people or share.percent is None:
        return None
    if share.events is not None or counted.percent is not None:
        return None
    if abs(100 * counted.events / counted.people - float(share.percent)) > _OFF:
        return None
    return replace(
        one,
        form="percentage" if share.form == "percentage" else "share",
        percent=share.percent,
        amount=share.amount,
        bound=share.bound,
        events=counted.events,
        people=counted.people,
    )


def _made(name: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield what a pattern found."""
    start, end = match.span()
    if name == "list":
        yield from _list(match)
    elif name == "share":
        yield from _share(match)
    elif name == "share_range":
        low, high = _end_in_percent(match["low"]), _end_in_percent(match["high"])
        if low and high and float(low) < float(high):
            yield Figure(start, end, "percentage", low, to=high)
    elif "p" in match.re.groupindex:
        yield from _percentage(match)
    elif name in ("between", "range", "hundred_range"):
        low, high = printed(match["low"]), printed(match["high"])
        if float(low) < float(high) <= _WHOLE:
            yield Figure(start, end, "percentage", low, to=high)
    elif name in ("one_in", "counted", "slash"):
        yield from _counted(name, match)
    elif name == "both":
        yield Figure(start, end, "all", "100", amount="all", events=2, people=2)
    else:
        yield from _words(name, match)


def _words(name: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield "half", "all", "none", and of how many people."""
    start, end = match.span()
    people = whole(match["n"]) if "n" in match.re.groupindex else None
    if name.startswith("half"):
        yield Figure(start, end, "share", "50", amount="half", people=people)
    elif name.startswith("all"):
        yield Figure(start, end, "all", "100", None, "all", None, people, people)
    else:
        events = None if people is None else 0
        yield Figure(start, end, "none", "0", None, "none", None, events, people)


_WHOLE = 100.0


#: "At 3 and 40 %" is no list of two percentages.
_NOT_FIRST = pattern("around_figures.not_first")


def _list(match: re.Match[str]) -> Iterator[Figure]:
    """Yield the percentages of a list of which only the last has its sign."""
    numbers = list(pattern("around_figures.number").finditer(match[0]))
    values = [re.match(BARE, item[0]) for item in numbers]
    texts = [printed(item[0]) for item in values if item is not None]
    if any(float(text) > _WHOLE for text in texts) or _NOT_FIRST.search(
        match.string[max(0, match.start() - 12) : match.start()]
    ):
        numbers, texts = numbers[-1:], texts[-1:]
    for item, text in zip(numbers, texts, strict=True):
        start = match.start() + item.start()
        yield Figure(start, match.start() + item.end(), "percentage", text)


def _share(match: re.Match[str]) -> Iterator[Figure]:
    """Yield "two thirds"."""
    percent = _share_in_percent(match["a"], match["b"])
    if percent is not None:
        amount = _AMOUNT_OF.get(percent)
        yield Figure(*match.span(), "share", percent, amount=amount)


def _share_in_percent(first: str, part: str) -> str | None:
    """Return "a third" in percent, in its two words; "half" alone has but one."""
    return _SHARES.get(("one" if first in ("a", "an", "") else first, part))


def _end_in_percent(text: str) -> str | None:
    """Return one end of "a third to a half" in percent."""
    first, _, part = text.replace("-", " ").rpartition(" ")
    return _share_in_percent(first, part.removesuffix("s"))


def _percentage(match: re.Match[str]) -> Iterator[Figure]:
    """Yield a percentage, with people where they are told."""
    percent = printed(match["p"])
    if float(percent) > _WHOLE:
        return
    groups = match.groupdict()
    events = whole(groups["e"]) if groups.get("e") else None
    people = whole(groups["n"]) if groups.get("n") else None
    if events is not None and people is not None and events > people:
        return
    yield Figure(*match.span(), "percentage", percent, events=events, people=people)


#: "Nine in ten" is a share of however many, "nine of eleven" counts eleven people.
_ROUND = frozenset({2, 3, 4, 5, 10, 100})
_ROUND_IN = _ROUND | {6, 8, 20}


#: "Three patients out of six" are people, "three out of six" may be a share.
_SPOKEN_OF = re.compile(part("people"), re.VERBOSE)


def _counted(name: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield "3 of 6", or "one in four", which counts nobody."""
    events, people = whole(match["e"]), whole(match["n"])
    if events is None or people is None or events > people or people == 1:
        return
    in_words = not match["e"][0].isdigit() and not match["n"][0].isdigit()
    out_of = "out of" in match[0]
    everybody = events == people and out_of
    in_words = in_words and not everybody and _SPOKEN_OF.search(match[0]) is None
    round_numbers = _ROUND if out_of else _ROUND_IN
    if name == "one_in" and people in round_numbers and (not out_of or in_words):
        percent = _in_percent(events, people)
        amount = _AMOUNT_OF.get(percent)
        yield Figure(*match.span(), "share", percent, amount=amount)
    elif name != "one_in" or out_of:
        yield Figure(*match.span(), "counted", events=events, people=people)


def _in_percent(events: int, people: int) -> str:
    """Return a share in percent, with one decimal where it needs one."""
    return f"{100 * events / people:.1f}".removesuffix(".0")


def _any_of(words: Iterable[str]) -> str:
    """Return the shape of any of some literal words."""
    return "|".join(map(re.escape, words))


#: Where a word such as "most" speaks of people.
_VAGUE = re.compile(
    rf"(?<![\w-])(?<!how\s)(?P<w>{_any_of(literals('amounts'))})(?!\w)"
    rf"(?:{part('after_amount')})",
    re.VERBOSE,
)


def _vague(small: str) -> Iterator[Figure]:
    """Yield "most patients", "the majority"; "some drugs" is none."""
    for match in _VAGUE.finditer(small):
        yield Figure(*match.span(), "amount", amount=literals("amounts")[match["w"]])


#: What may stand in front of a figure.
_BOUND_BEFORE = re.compile(
    rf"(?:^|(?<![\w.]))(?P<w>{_any_of(literals('bounds'))})\s?(?:the\s|a\s)?\(?$"
)
_AFTER = {" or more": "at-least", " or so": "about", " or less": "up-to", "+": "over"}


def _bounded(item: Figure, small: str) -> Figure:
    """Return a figure with the word in front of it, if there is one."""
    for words, bound in _AFTER.items():
        if small.startswith(words, item.end):
            return replace(item, bound=bound)
    before = small[max(0, item.start - 28) : item.start]
    match = _BOUND_BEFORE.search(before)
    if match is None or item.form in ("none", "amount"):
        return item
    bound = literals("bounds")[match["w"]]
    start = item.start - len(before) + match.start()
    if item.form != "all":
        return replace(item, bound=bound, start=start)
    if bound != "nearly":
        return item
    return replace(item, percent=None, amount="nearly-all", events=None, start=start)
