"""What a column may hold whose values are a field of the records, from its model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from lupus_evidence import bias, models, parts
from lupus_evidence.bundle import Rule
from lupus_evidence.schema import field_meanings

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _models() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every model of a record, by its name."""
    schema = models.Study.model_json_schema()
    return {"Study": schema, **schema["$defs"]}


def _kinds(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the kinds of value that a field may hold."""
    for kind in part.get("anyOf", ()):
        yield from _kinds(kind)
    if "anyOf" not in part:
        yield part


def stated(name: str) -> Rule:
    """Return what a column may hold whose values are a field of a model.

    Lists are texts there, with a separator between their items. A number that records
    keep as printed is a number.

    Parameters
    ----------
    name : str
        Model and field: "Result.among".
    """
    model, _, name = name.partition(".")
    part = _models()[model]["properties"][name]
    kinds = list(_kinds(part))
    types = {kind.get("type") for kind in kinds}
    named = next((kind["enum"] for kind in kinds if "enum" in kind), ())
    meaning = field_meanings(models.__file__, parts.__file__, bias.__file__)
    told = Rule(
        meaning=meaning[model][name],
        required=not types & {"null", "array"},
        names=tuple(named),
    )
    return _with_values(told, kinds, types)


def _with_values(told: Rule, kinds: list[dict[str, Any]], types: set[Any]) -> Rule:
    """Return the rule with the kind of the values and their bounds."""
    from dataclasses import replace

    for kind in ("boolean", "number", "integer", "string"):
        if kind not in types or (kind == "integer" and "string" in types):
            continue
        own = next(item for item in kinds if item.get("type") == kind)
        return replace(
            told,
            kind=kind,
            low=own.get("minimum"),
            high=own.get("maximum"),
            pattern=own.get("pattern", ""),
        )
    return told
