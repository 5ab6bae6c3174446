"""JSON files into typed shapes; a wrong shape is a sentence, never a traceback."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from lupus_evidence.errors import EvidenceError
from lupus_evidence.refused import why
from lupus_evidence.text import visible

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


def _nothing_as_empty(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Let null stand for an empty list."""
    return () if value is None else value


Many = Annotated[
    tuple[ItemT, ...],
    Field(max_length=MAX_LISTED),
    BeforeValidator(_nothing_as_empty),
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
