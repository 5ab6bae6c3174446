"""JSON Schema of the records for editors, and commented templates for new ones."""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lupus_evidence import bias, models, parts

if TYPE_CHECKING:
    from pydantic import BaseModel

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
                part["properties"][field]["description"] = meaning
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def study_schema() -> str:
    """Return the JSON Schema of a study file."""
    return json_schema(models.Study, models.__file__, parts.__file__, bias.__file__)
