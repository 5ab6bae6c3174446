"""What a column may hold whose values are a field of the records, from its model."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from lupus_evidence import models
from lupus_evidence.bundle import Kind, Rule
from lupus_evidence.schema import OF_STUDIES, field_meanings, in_topic_words
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.vocabulary import Topic


def _models() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every model of a record, by its name."""
    return _models_of(topic())


@cache
def _models_of(now: Topic) -> dict[str, dict[str, Any]]:  # noqa: ARG001 - in force
    """Return the JSON Schema of every model of a record, for the topic in force."""
    schema = models.Study.model_json_schema()
    return {"Study": schema, **schema["$defs"]}


def _kinds(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the kinds of value that a field may hold."""
    for kind in part.get("anyOf", ()):
        yield from _kinds(kind)
    if "anyOf" not in part:
        yield part


def stated(path: str) -> Rule:
    """Return what a column may hold whose values are a field of a model.

    Lists are texts there, with semicolons between their items. A number that records
    keep as printed is a number.

    Parameters
    ----------
    path : str
        Model and field: "Result.among". Before it may stand, with spaces between, what
        it is a part of: "FollowUp FollowUp.mean" is a mean of follow-up, and says so;
        a record may leave it out with what it is a part of.
    """
    *around, name = path.split()
    part = _part(name)
    kinds = list(_kinds(part))
    types = {kind.get("type") for kind in kinds}
    meaning = " ".join(map(_meaning, (*around, name)))
    if "array" in types:
        meaning += " Separated by semicolons."
    told = Rule(
        meaning=meaning,
        required=not around and not types & {"null", "array"},
        names=tuple(next((kind["enum"] for kind in kinds if "enum" in kind), ())),
    )
    for kind in get_args(Kind):
        own = next((item for item in kinds if item.get("type") == kind), None)
        if own is None or (kind == "integer" and "string" in types):
            continue
        return replace(
            told,
            kind=kind,
            low=own.get("minimum"),
            high=own.get("maximum"),
            pattern=own.get("pattern", ""),
        )
    return told


def _part(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a field."""
    model, _, field = name.partition(".")
    part: dict[str, Any] = _models()[model]["properties"][field]
    return part


def _meaning(name: str) -> str:
    """Return what a model or a field means, as its manual says."""
    model, _, field = name.partition(".")
    if not field:
        return str(_models()[model]["description"])
    return in_topic_words(field_meanings(*OF_STUDIES)[model][field])
