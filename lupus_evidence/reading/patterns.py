"""The shapes of `patterns.yaml` ready to be looked for, and the numbers in them.

Numbers stand in digits, or in words below a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import cast

from lupus_evidence.reading.lexicon import whole_words, word_lists
from lupus_evidence.records.yamltext import parse

_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")


@cache
def _sources() -> Mapping[str, Mapping[str, str]]:
    """Return the shapes by section and name."""
    text = resources.files("lupus_evidence.reading").joinpath("patterns.yaml")
    read = parse(text.read_text(encoding="utf-8"))
    return cast("Mapping[str, Mapping[str, str]]", read)


@cache
def _parts() -> Mapping[str, str]:
    """Return what the parts of a shape stand for."""
    lists = word_lists()
    return {
        **_sources()["parts"],
        "number": NUMBER,
        "bare": BARE,
        "digits": DIGITS,
        "anybody": whole_words(lists["people"]),
        "denials": "|".join(lists["denials"]).replace(" ", r"\s"),
    }


def _whole(source: str) -> str:
    """Return a shape with what its parts stand for in their place."""
    parts = _parts()
    while _PART.search(source):
        source = _PART.sub(lambda match: parts[match[1]], source)
    return source


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a shape, ready.

    Parameters
    ----------
    name : str
        Its section and its name: "times.within".
    """
    section, _, own = name.partition(".")
    return re.compile(_whole(_sources()[section][own]), re.VERBOSE)


def names(section: str) -> tuple[str, ...]:
    """Return the names of a section's shapes, in order."""
    return tuple(_sources()[section])


def part(name: str) -> str:
    """Return a part of a shape, for shapes that are put together elsewhere."""
    return _whole(_parts()[name])


_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    "zero": 0,
    "a": 1,
    "and": 0,
    **{word: value for value, word in enumerate(_ONES, 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ \-\u2010\u2011](?:{'|'.join(_ONES[:9])}))?"
    rf"|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
)
_HUNDREDS = (
    rf"(?:a|{'|'.join(_ONES[:9])})\shundred"
    rf"(?:\s(?:and\s)?{_BELOW_HUNDRED}\b(?!\shundred))?+"
)
#: Of "two thousand and ten" no part is read.
_WORDS = (
    r"(?<!thousand\s)(?<!thousand\sand\s)"
    rf"(?:{_HUNDREDS}|{_BELOW_HUNDRED}|zero)(?!\s(?:hundred|thousand)\b)"
)
#: A number in digits: 900, 1,000, 28.1.
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,7})(?:\.[0-9]{1,4})?"
#: A number in digits or words; of more than seven digits none is read.
NUMBER = rf"(?<![\w.,/])(?:{DIGITS}|{_WORDS})(?![\w]|\.\d)"
#: The same where a percent sign or a unit may follow at once.
BARE = rf"(?<![\w.,])(?:{DIGITS}|{_WORDS})"

_INTEGER = re.compile(r"[0-9]+")
#: More people than a claim may be about.
MOST_PEOPLE = 1_000_000


def printed(text: str) -> str:
    """Return a number in digits, its decimals as they are.

    Parameters
    ----------
    text : str
        What `NUMBER` found, in small letters.
    """
    plain = text.replace(",", "")
    if plain.lstrip("-")[:1].isdigit():
        return plain
    value = 0
    for word in re.split(r"[ \-\u2010\u2011]+", plain):
        value = 100 * value if word == "hundred" else value + _VALUES[word]
    return str(value)


def whole(text: str) -> int | None:
    """Return a number of people; None where it is none.

    Parameters
    ----------
    text : str
        What `NUMBER` found, in small letters.
    """
    digits = printed(text)
    if not _INTEGER.fullmatch(digits) or int(digits) > MOST_PEOPLE:
        return None
    return int(digits)
