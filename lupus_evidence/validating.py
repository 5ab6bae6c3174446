"""A YAML text to a model: every problem of it, with line, column and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from lupus_evidence.diagnostics import Diagnostic, Place, YamlProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

#: Problems of one file's form that are shown one by one.
MAX_SHOWN = 1_000

ModelT = TypeVar("ModelT", bound=BaseModel)


def parse(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the value of a YAML text; PyYAML is imported when one is parsed."""
    from lupus_evidence import yamltext

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
        from lupus_evidence import refused

        return [
            Diagnostic(
                Place(shown, 1, 1),
                "E107",
                "error",
                f"the file is {refused.kind_of(value)}, not a record",
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
    from lupus_evidence import refused
    from lupus_evidence.worded import as_recorded
    from lupus_evidence.yamltext import position

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
        f"{field}: {refused.why(item)}",
        refused.shown(item["input"]),
    )
