"""JSON files: references wherever they stand in them, and values in typed shapes.

A wrong shape is a sentence, never a traceback.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from lupus_evidence.documents.text import visible
from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.validation import why

ItemT = TypeVar("ItemT")
ShapeT = TypeVar("ShapeT", bound="Shape")

#: More than the longest list of authors or places.
MAX_LISTED = 5_000
#: The most wrong places that one message names.
_MAX_NAMED = 3


class Shape(BaseModel):
    """Part of a file: what is not named here is not looked at."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        defer_build=True,
        alias_generator=to_camel,
        str_strip_whitespace=True,
    )


Many = Annotated[
    tuple[ItemT, ...],
    Field(max_length=MAX_LISTED),
    BeforeValidator(lambda value: () if value is None else value),
]


def json_value(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what a JSON text holds.

    Raises
    ------
    EvidenceError
        If it is not JSON, nested too deeply, or holds text that UTF-8 cannot say.
    """
    try:
        return from_json(text)
    except ValueError as error:
        raise EvidenceError(f"not JSON: {error}") from error


def shaped(model: type[ShapeT], value: Any, shown: str) -> ShapeT:  # noqa: ANN401 - whatever the file holds
    """Return a value in its shape.

    Parameters
    ----------
    model : type of Shape
        What it should be.
    value : object
        What the file holds.
    shown : str
        What it is, in words, for the message.

    Raises
    ------
    EvidenceError
        With the places that are not as they should be.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
        places = [
            f"{'.'.join(str(part) for part in item['loc']) or 'all of it'}: {why(item)}"
            for item in details[:_MAX_NAMED]
        ]
        more = len(details) - len(places)
        rest = f"; and {more} more" if more else ""
        raise EvidenceError(visible(f"{shown}: {'; '.join(places)}{rest}")) from error


#: How deep references may stand in objects of the program that wrote them.
_MAX_DEPTH = 4
#: Fields that a reference has and an object around references has not.
_OF_REFERENCES = frozenset(
    {"title", "author", "container-title", "DOI", "issued", "URL", "publisher"}
)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,\n]', re.DOTALL)

Path = tuple[str | int, ...]


def is_reference(value: Any) -> bool:  # noqa: ANN401 - whatever the file holds
    """Tell whether a value has the look of a reference in CSL."""
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("type"), str):
        return not _OF_REFERENCES.isdisjoint(value)
    authors = value.get("author")
    named = isinstance(authors, list) and all(isinstance(one, dict) for one in authors)
    return "title" in value and (named or isinstance(value.get("issued"), dict))


def references_in(value: Any) -> tuple[list[Path], list[Any]]:  # noqa: ANN401 - whatever the file holds
    """Return the references of a JSON value, and the path to each.

    Parameters
    ----------
    value : object
        A reference; a list of them; or an object in which either stands, by whatever
        name: "items", "references", "message", or a key for each.
    """
    found = _found(value, ())
    if not found:
        items = value if isinstance(value, list) else [value]
        found = [((at,), item) for at, item in enumerate(items)]
    return [path for path, _ in found], [item for _, item in found]


def _found(value: Any, path: Path) -> list[tuple[Path, Any]]:  # noqa: ANN401 - as above
    """Return the references below a path; where one of a list is, all others count."""
    if is_reference(value):
        return [(path, value)]
    if len(path) > _MAX_DEPTH:
        return []
    if isinstance(value, dict):
        return [
            one for key, part in value.items() for one in _found(part, (*path, key))
        ]
    if not isinstance(value, list):
        return []
    inner = [_found(part, (*path, at)) for at, part in enumerate(value)]
    if not any(inner):
        return []
    return [
        one
        for at, found in enumerate(inner)
        for one in found or [((*path, at), value[at])]
    ]


class Lines:
    """The lines on which the references of a JSON text start.

    Parameters
    ----------
    text : str
        The whole file.
    value : object
        What it holds.
    """

    def __init__(self, text: str, value: Any) -> None:  # noqa: ANN401 - whatever it is
        self._text = text
        self._paths = references_in(value)[0]

    def __call__(self, at: int) -> int:
        """Return the line of a reference by its place; 0 if it is not found."""
        return _starts(self._text).get(self._paths[at], 0)


@cache
def _starts(text: str) -> dict[Path, int]:
    """Return the line on which every object and list of a JSON text starts."""
    found: dict[Path, int] = {}
    keys: list[str | int] = []
    word, line = "", 1
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "\n":
            line += 1
        elif sign in "[{":
            if len(keys) <= _MAX_DEPTH:
                found[tuple(keys)] = line
            keys.append(0 if sign == "[" else "")
        elif sign in "]}":
            keys = keys[:-1]
        elif sign == ":" and keys:
            keys[-1] = word
        elif sign == "," and keys:
            last = keys[-1]
            keys[-1] = last + 1 if isinstance(last, int) else ""
        else:
            word = token[0][1:-1]
    return found
