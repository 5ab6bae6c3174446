"""A YAML text to a model: every problem of it, with line, column and what to do.

Blanks of a skeleton that waits to be filled in are no problems.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from lupus_evidence.records.field_types import BLANK, TO_READ, WRITTEN
from lupus_evidence.records.files import Diagnostic, Place, YamlProblem
from lupus_evidence.records.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic_core import ErrorDetails


#: Problems of one file's form that are shown one by one.
MAX_SHOWN = 1_000

ModelT = TypeVar("ModelT", bound=BaseModel)


def parse(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the value of a YAML text; PyYAML is imported when one is parsed."""
    from lupus_evidence.records import yamltext

    return yamltext.parse(text)


def validate(
    model: type[ModelT], text: str, shown: str, parse: Callable[[str], Any] = parse
) -> ModelT | list[Diagnostic]:
    """Return the model that a YAML text describes, or everything wrong with it.

    Parameters
    ----------
    model : type of BaseModel
        `Study`, `Base` or another of the package's models.
    text : str
        YAML.
    shown : str
        The file's name in diagnostics.
    parse : callable, optional
        Makes the value of a text or raises `YamlProblem`; `yamltext.parse` if not
        given.
    """
    try:
        value = parse(text)
    except YamlProblem as problem:
        place = Place(shown, problem.line, problem.column)
        return [Diagnostic(place, problem.code, "error", problem.message, problem.hint)]
    return validate_value(model, value, text, shown)


def validate_value(
    model: type[ModelT],
    value: Any,  # noqa: ANN401 - whatever the file holds
    text: str,
    shown: str,
) -> ModelT | list[Diagnostic]:
    """Return the model that a YAML value describes, or everything wrong with it.

    Parameters
    ----------
    model : type of BaseModel
        As in `validate`.
    value : object
        What the text says.
    text, shown : str
        As in `validate`.
    """
    if not isinstance(value, dict):
        return [
            Diagnostic(
                Place(shown, 1, 1),
                "E107",
                "error",
                f"the file is {kind_of(value)}, not a record",
                "start from `lupus-evidence new ID`",
            )
        ]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [
            schema_diagnostic(item, text, shown) for item in details[:MAX_SHOWN]
        ]
        if len(details) > MAX_SHOWN:
            more = f"{len(details) - MAX_SHOWN:,} more problems in this file"
            problems.append(
                Diagnostic(Place(shown), "E112", "error", more, "mend these first")
            )
        return problems


def schema_diagnostic(item: ErrorDetails, text: str, shown: str) -> Diagnostic:
    """Turn one of pydantic's findings into ours."""
    from lupus_evidence.records.study_parts import as_recorded
    from lupus_evidence.records.yamltext import position

    path = as_recorded(tuple(item["loc"]))
    field = ".".join(str(part) for part in path)
    place = Place(shown, *position(text, path))
    if item["type"] == "extra_forbidden":
        return Diagnostic(
            place,
            "E110",
            "error",
            f"there is no field {field}",
            "see `lupus-evidence schema study`",
        )
    if item["type"] == "missing":
        return Diagnostic(
            place, "E111", "error", f"{field} is missing", f"add {path[-1]}"
        )
    return Diagnostic(
        place,
        "E112",
        "error",
        f"{field}: {why(item)}",
        shown_value(item["input"]),
    )


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


def shown_value(value: Any) -> str:  # noqa: ANN401 - whatever a file holds
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


@dataclass(frozen=True)
class Unread:
    """A record that waits to be filled in.

    Parameters
    ----------
    file : str
        Path as the user would type it.
    id, title : str
        As far as they are filled in.
    blanks : int
        How many blanks are left.
    text : str
        What the file said.
    """

    file: str
    id: str
    title: str
    blanks: int
    text: str = field(repr=False)


def is_unread(value: Any) -> bool:  # noqa: ANN401 - whatever the file holds
    """Tell whether a file's value is a record that waits to be filled in."""
    return isinstance(value, dict) and value.get("status") == TO_READ


def unread(
    value: dict[str, Any], file: str, text: str
) -> tuple[Unread, list[ErrorDetails]]:
    """Return a record that waits, and what is wrong with what it says already.

    Parameters
    ----------
    value : dict
        What `is_unread` accepts.
    file : str
        Its name as the user would type it.
    text : str
        What it says.
    """
    missing, wrong = 0, []
    try:
        Study.model_validate(value | {"status": "published"})
    except ValidationError as error:
        for item in error.errors(include_url=False):
            if item["type"] == "missing":
                missing += 1
            elif not any(_blanks(item["input"])):
                wrong.append(item)
    said = {name: str(value.get(name) or "") for name in ("id", "title")}
    blanks = sum(_blanks(value)) + missing
    return Unread(file, **said, blanks=blanks, text=text), wrong


def _blanks(value: Any) -> Iterable[bool]:  # noqa: ANN401 - whatever the file holds
    """Yield True for each blank in a value; files nest no deeper than 20."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _blanks(item)
    elif isinstance(value, list):
        for item in value:
            yield from _blanks(item)
    elif value == BLANK:
        yield True
