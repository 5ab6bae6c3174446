"""The figures of a sentence: percentages, shares, counts, words such as "half"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from lupus_evidence.reading.numbers import BARE, NUMBER, printed, whole
from lupus_evidence.reading.words import literals, lower

if TYPE_CHECKING:
    from collections.abc import Iterator

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


_PERCENT = r"\s?(?:%|per\s?cent\b|percent\b|pct\b)"
_DASH = r"\s?(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|to)\s?"
#: Stretches that hold numbers but no rate: intervals, P values, errors, references,
#: changes by so much.
_NO_RATES = re.compile(
    "|".join(
        (
            r"\(?\b9[059](?:\.\d)?\s?(?:%|per\s?cent|percent)[\s-]*(?:ci\b|confidence|"
            r"credible|interval|prediction)(?:[^()]{0,60}?(?=[);])|[^()]{0,30}?"
            rf"[\d.]+\s?%?{_DASH}[\d.]+\s?%?)?",
            r"\b(?:ci|iqr|range|hr|or|rr)\b[\s:=,]{0,3}-?[\d.]+\s?%?"
            rf"(?:{_DASH}|, ?)-?[\d.]+\s?%?",
            r"\bp\s?(?:[<>=\u2264\u2265]|less than|of)\s?0?\.\d+",
            r"(?:\u00b1|\+/-)\s?[\d.]+\s?%?",
            r"\[[\d,; \u2013-]+\]",
            rf"(?<=%)\s?\((?:range )?[\d.]+\s?%?{_DASH}[\d.]+\s?%?\)",
            rf"(?<!reached )(?<!achieved )(?<!met )(?<!seen )(?<!attained )(?<!shared )(?<!experienced )(?<!reported )\bby\s(?:[a-z]+\s){{0,3}}?(?:{BARE}{_PERCENT}(?!\sof\s(?:the\s)?(?:patients|people|those))|(?:a|one|two)[ -](?:third|half|quarter)s?|half\b)",
            rf"{BARE}(?:{_DASH}{BARE})?{_PERCENT}\s(?:(?:dose|mean|average|median|relative|greater|bigger)\s)?"
            r"(?:off\b|discount|reduction|decrease|increase|drop\b|fall\b|lower|higher|"
            r"less\b|more likely|cheaper|of normal|deposit|rise\b|decline|surcharge|"
            r"of the (?:dose|price|cost|cells|total dose))",
            r"\b(?:from|grew|rose|fell|dropped|increased|decreased|climbed|improved)\s"
            rf"from\s{BARE}{_PERCENT}?\sto\s{BARE}{_PERCENT}",
        )
    )
)
_NO_GROUP = (
    r"(?!\s(?:studies|trials|infusions|doses|months|years|days|weeks|centres|centers|"
    r"hospitals|treatments|cells|criteria|organs|countries|injections|points|cycles|"
    r"reports|papers|clinics|hours|parts|steps|phases))"
)
_OF = r"(?:\s(?:out\s)?of\s(?:the\s|a\stotal\sof\s|these\s|those\s|our\s|all\s|its\s|their\s|first\s|his\s|her\s|other\s|remaining\s|only\s)*)"
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
_AFTER_SHARE = (
    r"(?=\s(?:of|were|was|had|have|has|are|is|went|achieved|reached|showed|remained|"
    r"stayed|relapsed|died|survived|responded|improved|flared|got|did|could|who|in|at|"
    r"after|by|within|during|will|would|may|might|felt|came|again|still|experienced|"
    r"developed|needed|saw|the\s(?:patients|people|participants|group|children|women))\b"
    r"|\s?[.,;:)!?]|\s?$)"
)
_SHARE = r"(?:half|(?:a|one|two|three|four)[\s-](?:half|third|quarter|fifth|tenth)s?)"
_HALF_NOT = r"(?!\s(?:a|an|year|years|time|dose|life|hour|day|month|way|the\s(?:dose|price|cost|time|usual|amount|size|trial|study|story))\b|-(?:life|year|dose|matched|hour|time|way))"
_PEOPLE_WORDS = (
    r"(?:patients?|people|persons?|participants?|subjects?|volunteers?|women|men|"
    r"individuals|recipients|cases|children|kids|survivors|responders|pts|adults|"
    r"teenagers|girls|boys|folks)"
)
_ADJECTIVES = r"(?:(?:treated|lupus|sle|enrolled|surviving|study|trial|such|severe|refractory|adult|young|transplanted|evaluable|nephritis|remaining|other|our|first|our own|own|transplant|female)\s){0,3}"

_PATTERNS: dict[str, str] = {
    "between": rf"between\s(?P<low>{BARE})(?:{_PERCENT})?\sand\s(?P<high>{BARE}){_PERCENT}",
    "range": rf"(?P<low>{BARE})(?:{_PERCENT})?{_DASH}(?P<high>{BARE}){_PERCENT}",
    "list": rf"{BARE}(?:{_PERCENT})?(?:,\s(?:and\s)?{BARE}(?:{_PERCENT})?){{0,6}},?\s(?:and|or|&|versus|vs\.?|against)\s{BARE}{_PERCENT}",
    "hundred_range": rf"(?:between\s)?(?P<low>{NUMBER})(?:{_DASH}|\sand\s|\sor\s)(?P<high>{NUMBER})\s(?:people\s|patients\s)?(?:in|of|out\sof)\s(?:every|a|each)\s(?:hundred|100)\b",
    "hundred": rf"(?P<p>{NUMBER})\s(?:people\s|patients\s)?(?:in|of|out\sof)\s(?:every|a|each)\s(?:hundred|100)\b(?:\s{_PEOPLE_WORDS}\b)?",
    "percent_counted": rf"(?P<p>{BARE}){_PERCENT}\s?[(\[,]?\s?\(?(?P<e>{BARE})(?:\s?/\s?|{_OF})(?P<n>{BARE})(?:\s{_ADJECTIVES}{_PEOPLE_WORDS})?\s?[)\]]?",
    "counted_percent": rf"(?P<e>{BARE})(?:\s?/\s?|{_OF})(?P<n>{BARE})(?:\s{_ADJECTIVES}{_PEOPLE_WORDS})?(?:\s?[(\[,;:=]\s?|\sor\s|,\sor\s)(?:or\s|about\s|~)?(?P<p>{BARE}){_PERCENT}\s?[)\]]?",
    "count_percent_of": rf"(?P<e>{BARE})(?:\s{_ADJECTIVES}{_PEOPLE_WORDS})?\s?\((?P<p>{BARE}){_PERCENT}\)(?:{_OF}(?P<n>{BARE})\b{_NO_GROUP})?",
    "percent_of_people": rf"(?P<p>{BARE}){_PERCENT}{_OF}(?P<n>{BARE})\s{_ADJECTIVES}{_PEOPLE_WORDS}\b",
    "percent_of_number": rf"(?P<p>{BARE}){_PERCENT}\s(?:out\s)?of\s(?:the|these|those|all|all\sthe)\s(?P<n>{BARE})(?=\s(?:were|was|had|have|died|survived|responded|improved|relapsed|went|achieved|reached|are|remained|stayed|flared|got)\b|\s?[.,;)])",
    "percent": rf"(?P<p>{BARE}){_PERCENT}",
    "all_of": rf"\b(?:all|each|each\sone|every(?:\ssingle)?\sone|everyone)(?:\sof)?(?:\s(?:the|these|those|our|its|their))*\s(?P<n>{NUMBER})\b{_NO_GROUP}(?:\s{_ADJECTIVES}{_PEOPLE_WORDS}\b)?",
    "none_of": rf"\b(?:none|not\sone|not\sa\ssingle\sone|no\sone)\sof\s(?:the|these|those|our|its|their|all)?\s?(?P<n>{NUMBER})(?:\s{_ADJECTIVES}{_PEOPLE_WORDS}\b)?",
    "one_in": rf"(?P<e>{NUMBER})\s(?:{_PEOPLE_WORDS}\s)?(?:in|out\sof)\s(?:every\s)?(?P<n>{NUMBER})(?!\s?(?:%|per))",
    "counted": rf"(?P<e>{NUMBER})(?:\s{_PEOPLE_WORDS})?{_OF}(?P<n>{NUMBER})\b{_NO_GROUP}(?:\s{_ADJECTIVES}{_PEOPLE_WORDS}\b)?",
    "slash": r"(?<![\d/.\w])(?P<e>\d{1,4})\s?/\s?(?P<n>\d{1,4})(?![\d/]|\.\d|\s?mm|\s?weeks)",
    "share_range": rf"(?:between\s)?(?P<low>{_SHARE})(?:\sand\s(?:as\smany\sas\s)?|\sto\s)(?P<high>{_SHARE})\b",
    "share": rf"(?:(?P<a>one|two|three|four|five|nine|a|an)[\s-])(?P<b>third|quarter|fifth|tenth|sixth|eighth)s?\b(?:{_AFTER_SHARE})",
    "half_of": rf"\b(?:one[\s-])?half{_HALF_NOT}(?:\sof)?(?:\s(?:the|these|those|our|all|its))*\s(?P<n>{NUMBER})\s{_ADJECTIVES}{_PEOPLE_WORDS}\b",
    "half": rf"(?<!and\sa\s)(?<!second\s)(?<!first\s)(?<!other\s)(?<!-)\b(?:one[\s-]|a\s)?half\b{_HALF_NOT}(?:\sof)?",
    "both": rf"\bboth\s(?:{_ADJECTIVES}{_PEOPLE_WORDS}|(?=(?:survived|responded|improved|died|went|were|are|had|recovered|relapsed)\b))",
    "all": rf"(?<!at\s)(?<!after\s)(?<!\bnot\s)\b(?:all(?:\sof)?(?:\s(?:the|these|those|our|its))*\s{_ADJECTIVES}(?:{_PEOPLE_WORDS}|them)\b|every(?:\ssingle)?\s{_ADJECTIVES}(?:patient|person|participant|one|child|woman|recipient|subject)\b|everyone\b|everybody\b|all(?=\s(?:survived|responded|improved|went|were|are|had|have|recovered|reached|achieved|remained|stayed|but\sone|managed|came|got|felt|stopped)\b))",
    "none": rf"\b(?:none(?:\sof\s(?:the\s|these\s|those\s|our\s|its\s|their\s)?(?:{_ADJECTIVES}{_PEOPLE_WORDS}|them|whom)\b)?|nobody|no\sone|neither(?:\s(?:of\sthem|patient|person))?|not\sone\b(?!\s(?:of\sthe\s\d|size|but))|not\sa\ssingle\s(?:patient|person|participant|child|recipient|one)|(?:no|zero)\s{_ADJECTIVES}{_PEOPLE_WORDS}\b)(?!-)",
}
_ORDER = tuple(_PATTERNS)


@cache
def _compiled(name: str) -> re.Pattern[str]:
    """Return one of the patterns, ready."""
    return re.compile(_PATTERNS[name])


def without_other_numbers(text: str) -> str:
    """Return a sentence in small letters, blanks where numbers are no rates.

    Parameters
    ----------
    text : str
        The sentence; what is left out are intervals, P values, references, and how
        much something changed by.
    """
    return _NO_RATES.sub(lambda match: " " * len(match[0]), lower(text))


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
        for match in _compiled(name).finditer("".join(left)):
            for item in _made(name, match):
                found.append(item)
                left[item.start : item.end] = "\0" * (item.end - item.start)
    for item in _vague("".join(left)):
        found.append(item)
        left[item.start : item.end] = "\0" * (item.end - item.start)
    return tuple(
        _merged([_bounded(item, small) for item in sorted(found, key=_start)], small)
    )


def _start(item: Figure) -> int:
    """Sort figures as they stand."""
    return item.start


#: How far the percentage may be off the count that it stands beside, in points.
_OFF = 2.5
_BESIDE = re.compile(
    r"[^;.()]{0,90}[(\[]\s?(?:i\.e\.,?\s|or\s|about\s|=\s?)?$"
    r"|,?\s(?:or|i\.e\.|that is|meaning|just|only|nearly|about|=)?,?\s?(?:just\s|about\s)?$"
    r"|[^;.()]{0,60},\s$"
    r"|[^;.()]{0,40},\s(?:i\.e\.|or|that is),?\s(?:just\s|about\s)?$"
)


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
        low, high = _share_in_percent(match["low"]), _share_in_percent(match["high"])
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
_NOT_FIRST = re.compile(r"\b(?:at|after|by|in|age[ds]?|months?|years?|weeks?|days?|to)\s$")


def _list(match: re.Match[str]) -> Iterator[Figure]:
    """Yield the percentages of a list of which only the last has its sign."""
    numbers = list(re.finditer(rf"{BARE}(?:{_PERCENT})?", match[0]))
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
    first = "one" if match["a"] in ("a", "an") else match["a"]
    percent = _SHARES.get((first, match["b"]))
    if percent is not None:
        amount = _AMOUNT_OF.get(percent)
        yield Figure(*match.span(), "share", percent, amount=amount)


def _share_in_percent(text: str) -> str | None:
    """Return "a third" in percent."""
    first, _, part = re.sub(r"[\s-]", " ", text).rpartition(" ")
    word = "one" if first in ("a", "an", "") else first
    return _SHARES.get((word, part.removesuffix("s") if part != "half" else part))


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
    yield Figure(
        *match.span(), "percentage", percent, events=events, people=people
    )


#: "Nine in ten" is a share of however many, "nine of eleven" counts eleven people.
_ROUND = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 100})


def _counted(name: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield "3 of 6", or "one in four", which counts nobody."""
    events, people = whole(match["e"]), whole(match["n"])
    if events is None or people is None or events > people or people < 2:  # noqa: PLR2004 - one person is no group
        return
    in_words = not match["e"][0].isdigit() and not match["n"][0].isdigit()
    out_of = "out of" in match[0]
    if name == "one_in" and people in _ROUND and (not out_of or in_words):
        percent = _in_percent(events, people)
        amount = _AMOUNT_OF.get(percent)
        yield Figure(*match.span(), "share", percent, amount=amount)
    elif name != "one_in" or out_of:
        yield Figure(*match.span(), "counted", events=events, people=people)


def _in_percent(events: int, people: int) -> str:
    """Return a share in percent, with one decimal where it needs one."""
    return f"{100 * events / people:.1f}".removesuffix(".0")


def _vague(small: str) -> Iterator[Figure]:
    """Yield "most patients", "the majority"; "some drugs" is none."""
    pattern = _plain_vague()
    for match in pattern.finditer(small):
        word = literals("amounts")[match["w"] or match["v"]]
        yield Figure(*match.span(), "amount", amount=word)


@cache
def _plain_vague() -> re.Pattern[str]:
    """Return where a word such as "most" speaks of people."""
    words = "|".join(re.escape(word) for word in literals("amounts"))
    verbs = (
        "had|have|were|are|went|achieved|reached|showed|remained|stayed|relapsed|died|"
        "survived|responded|improved|flared|got|saw|experienced|felt|benefited|managed|"
        "kept|needed|came|lost|took|stopped|did"
    )
    return re.compile(
        rf"(?<![\w-])(?<!how )(?P<w>{words})(?!\w)(?:(?:\sof)?(?:\s(?:the|these|those|our|its))*"
        rf"\s{_ADJECTIVES}(?:{_PEOPLE_WORDS}|them|whom)\b|\sof\s(?:those|these)\b|(?=\s(?:{verbs})\b))"
        rf"|(?<![\w-])(?P<v>almost everyone|nearly everyone)(?!\w)"
    )


@cache
def _bound_before() -> re.Pattern[str]:
    """Return what may stand in front of a figure."""
    words = "|".join(re.escape(word) for word in literals("bounds"))
    return re.compile(rf"(?:^|(?<![\w.]))(?P<w>{words})\s?(?:the\s|a\s)?\(?$")


_AFTER = {" or more": "at-least", " or so": "about", " or less": "up-to", "+": "over"}


def _bounded(item: Figure, small: str) -> Figure:
    """Return a figure with the word in front of it, if there is one."""
    for words, bound in _AFTER.items():
        if small.startswith(words, item.end):
            return replace(item, bound=bound)
    before = small[max(0, item.start - 28) : item.start]
    match = _bound_before().search(before)
    if match is None or item.form in ("none", "amount"):
        return item
    bound = literals("bounds")[match["w"]]
    if item.form == "all":
        if bound != "nearly":
            return item
        return replace(item, percent=None, amount="nearly-all", events=None)
    return replace(item, bound=bound, start=item.start - len(before) + match.start())
