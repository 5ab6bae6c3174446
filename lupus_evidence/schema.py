"""JSON Schema of the records for editors, and commented templates for new ones."""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lupus_evidence import bias, models, parts, population
from lupus_evidence.topics import TopicFile
from lupus_evidence.topics import file as topic_file
from lupus_evidence.vocabulary import filled, topic
from lupus_evidence.worded import GROUPS, SCORE, own_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from lupus_evidence.vocabulary import Group

#: Models with fields that the topic names.
_NAMED_BY_TOPIC = frozenset({"Population", "Arm", "Result", "Measurement"})
#: Where the models of a record are defined.
OF_STUDIES = (
    models.__file__,
    parts.__file__,
    population.__file__,
    bias.__file__,
)

#: Draft that pydantic writes and editors read.
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def field_meanings(*modules: str) -> dict[str, dict[str, str]]:
    """Return the one-line meaning of every field, by class and field.

    Parameters
    ----------
    *modules : str
        Paths of the Python files in which the models are; the text under each field
        is its meaning. It is read only here, so that loading records stays fast.
    """
    trees = [ast.parse(Path(name).read_text(encoding="utf-8")) for name in modules]
    meanings: dict[str, dict[str, str]] = {}
    for node in (node for tree in trees for node in tree.body):
        if not isinstance(node, ast.ClassDef):
            continue
        fields = meanings.setdefault(node.name, {})
        for base in node.bases:
            fields |= meanings.get(getattr(base, "id", ""), {})
        for before, after in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(before, ast.AnnAssign)
                and isinstance(before.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                fields[before.target.id] = " ".join(str(after.value.value).split())
    return meanings


def json_schema(model: type[BaseModel], *modules: str) -> str:
    """Return a model's JSON Schema with the meaning of every field.

    Parameters
    ----------
    model : type of BaseModel
        The top model.
    *modules : str
        Paths of the files in which it and its parts are defined.
    """
    schema: dict[str, Any] = {"$schema": DIALECT, **model.model_json_schema()}
    meanings = field_meanings(*modules)
    definitions = {model.__name__: schema, **schema.get("$defs", {})}
    for name, part in definitions.items():
        for field, meaning in meanings.get(name, {}).items():
            if field in part.get("properties", {}):
                part["properties"][field]["description"] = in_topic_words(meaning)
        if name in _NAMED_BY_TOPIC:
            part["properties"] = dict(_own(part["properties"]))
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def in_topic_words(meaning: str) -> str:
    """Return a field's meaning in the words of the topic in force.

    Parameters
    ----------
    meaning : str
        As it stands under the field, with places for the topic's words.
    """
    score = topic().score
    if score is not None:
        meaning = meaning.replace("{score}", score.label)
    return filled(meaning, topic().condition)


def _own(properties: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield properties by the names that records have for them."""
    names = {ours: theirs for theirs, ours in own_names().items()}
    now = topic()
    for name, schema in properties.items():
        if name == GROUPS:
            for group in now.groups.values():
                yield group.name, _count(schema, group)
        elif name != SCORE or now.score is not None:
            yield names.get(name, name), _titled(name, schema, names.get(name))


def _count(schema: dict[str, Any], group: Group) -> dict[str, Any]:
    """Return the schema of how many people are of a group."""
    count = {**schema["additionalProperties"], "default": None}
    title = group.name.replace("_", " ").title()
    return {**count, "title": title, "description": group.about}


def _titled(name: str, schema: dict[str, Any], own: str | None) -> dict[str, Any]:
    """Return a property with its own title, and what it is unless a record says it."""
    if own is not None and "title" in schema:
        return {**schema, "title": own.replace("_", " ").title()}
    if name == "scope" and "default" not in schema:
        return {"default": topic().whole, **schema}
    return schema


def study_schema() -> str:
    """Return the JSON Schema of a study file."""
    return json_schema(models.Study, *OF_STUDIES)


def topic_schema() -> str:
    """Return the JSON Schema of a topic file."""
    return json_schema(TopicFile, topic_file.__file__)
