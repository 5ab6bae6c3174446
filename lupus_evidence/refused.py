"""Why a value cannot stand where it stands, in the words of who writes records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lupus_evidence.fields import WRITTEN

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: What should stand there, by the kind of pydantic's finding.
_SHOULD = {
    "bool": "true or false",
    "dict": "fields of its own, each with a value",
    "model": "fields of its own, each with a value",
    "tuple": "a list, such as [one, another]",
    "list": "a list, such as [one, another]",
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "finite": "a number",
}
_LIMITS = {
    "greater_than_equal": "{ge:.0f} or more",
    "greater_than": "more than {gt:.0f}",
    "less_than_equal": "{le:.0f} or less",
    "less_than": "less than {lt:.0f}",
    "string_too_short": "{min_length} characters long or longer",
    "string_too_long": "{max_length} characters long or shorter",
    "too_short": "a list of {min_length} or more",
    "too_long": "a list of {max_length} or fewer",
}
_KINDS = {bool: "true or false", str: "text", int: "a number", list: "a list"}
#: Characters of a value that a hint shows.
_MOST_SHOWN = 60


def why(item: ErrorDetails) -> str:
    """Return why a value is refused, to stand behind its field's name.

    Parameters
    ----------
    item : ErrorDetails
        What pydantic found, with its context.
    """
    kind, context = item["type"], item.get("ctx", {})
    wanted = _SHOULD.get(kind.partition("_")[0])
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        wanted = context["expected"].replace("'", "")
    elif kind == "string_pattern_mismatch":
        wanted = WRITTEN[context["pattern"]]
    elif kind in _LIMITS:
        wanted = _LIMITS[kind].format(**context)
    if kind == "string_too_short" and not item["input"]:
        return "is empty"
    if kind == "missing":
        return "is missing"
    return f"should be {wanted}" if wanted else item["msg"]


def kind_of(value: Any) -> str:  # noqa: ANN401 - whatever a file holds
    """Return what a value is, for a sentence: "text", "a list", "empty"."""
    return "empty" if value is None else _KINDS.get(type(value), "no text")


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a file holds
    """Return what stands there, short enough for one line."""
    if value is None:
        return "nothing stands there"
    if isinstance(value, (dict, list)) and len(value) > _MOST_SHOWN:
        return f"{len(value):,} items stand there"
    if isinstance(value, str):
        text = repr(value[:_MOST_SHOWN])
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    cut = text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."
    return f"the value is {cut}"
