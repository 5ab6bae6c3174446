"""The shapes of `patterns.yaml`, ready to be looked for."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

from lupus_evidence.reading.numbers import BARE, DIGITS, NUMBER
from lupus_evidence.reading.words import whole_words, word_lists
from lupus_evidence.yamltext import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

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
