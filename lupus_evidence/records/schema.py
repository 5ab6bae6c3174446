"""What the models say of every field: for editors, for new records, for tables.

JSON Schema of the records, commented templates with blanks to fill in, and what a
column may hold whose values are a field of the records.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from lupus_evidence.documents.document import Kind, Rule
from lupus_evidence.errors import EvidenceError
from lupus_evidence.records import study, study_parts
from lupus_evidence.records.files import TOPIC_FILE
from lupus_evidence.records.study_parts import GROUPS, SCORE, own_names
from lupus_evidence.topics import TopicFile, read_topic
from lupus_evidence.topics import file as topic_file
from lupus_evidence.vocabulary import Group, Topic, filled, topic, using

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


#: Models with fields that the topic names.
_NAMED_BY_TOPIC = frozenset({"Population", "Arm", "Result", "Measurement"})
#: Where the models of a record are defined.
OF_STUDIES = (study.__file__, study_parts.__file__)

#: Draft that pydantic writes and editors read.
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def field_meanings(*modules: str) -> dict[str, dict[str, str]]:
    """Return the one-line meaning of every field, by class and field.

    Parameters
    ----------
    *modules : str
        Paths of the Python files in which the models are; the text under each field
        is its meaning. It is read only here: pydantic's `use_attribute_docstrings`
        makes every command 80 ms slower.
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
    return json_schema(study.Study, *OF_STUDIES)


def topic_schema() -> str:
    """Return the JSON Schema of a topic file."""
    return json_schema(TopicFile, topic_file.__file__)


def _models() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every model of a record, by its name."""
    return _models_of(topic())


@cache
def _models_of(now: Topic) -> dict[str, dict[str, Any]]:  # noqa: ARG001 - in force
    """Return the JSON Schema of every model of a record, for the topic in force."""
    schema = study.Study.model_json_schema()
    return {"Study": schema, **schema["$defs"]}


def _kinds(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the kinds of value that a field may hold."""
    for kind in part.get("anyOf", ()):
        yield from _kinds(kind)
    if "anyOf" not in part:
        yield part


def column_rule(path: str) -> Rule:
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


#: The longest name of a field.
_MAX_FIELD = 60
#: What YAML takes for text without quotes.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ '-]*[a-z0-9]")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def study_template(name: str) -> str:
    """Return the template of a study file.

    Parameters
    ----------
    name : str
        The record's id: lower-case letters, digits and single hyphens.

    Raises
    ------
    EvidenceError
        If the name cannot be an id.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise EvidenceError(
            f"{name!r} cannot be a study's name: use lower-case letters, digits and "
            "single hyphens, such as doe-2026"
        )
    file = resources.files("lupus_evidence.templates").joinpath("study.yaml")
    text = file.read_text(encoding="utf-8").replace("STUDY-ID", name)
    return _worded(text)


#: Names of therapies that a template shows.
_MOST_THERAPIES = 4


def _of_each_family(now: Topic) -> Iterator[str]:
    """Yield the first outcome of each family."""
    seen: dict[str, str] = {}
    for name in now.shown_endpoints:
        seen.setdefault(now.endpoints[name].family, name)
    yield from seen.values()


def _worded(text: str) -> str:
    """Return a template with the topic's fields and names in their places."""
    now = topic()
    own = [f"  # {name}: 60" for name, group in now.groups.items() if group.brief]
    if now.score is not None:
        own.append(f'  # {now.score.field}: {{mean: "12.2", sd: "3.3"}}')
    places = {
        "CONDITION-FIELD: ...": f"{now.condition.field}: ...".ljust(20),
        "CONDITION": now.condition.name,
        "  # GROUPS\n": "".join(f"{line}\n" for line in own),
        "THERAPIES": ", ".join(list(now.therapies)[:_MOST_THERAPIES]),
        "OUTCOMES": ", ".join(_of_each_family(now)),
        "MEASURE": next(iter(now.measures), "..."),
    }
    for place, words in places.items():
        text = text.replace(place, words)
    return text


#: Where each file of a new base goes, and its template.
_OF_A_BASE = {
    "studies/_topic.yaml": "topic.yaml",
    "README.md": "README.md",
    ".githooks/pre-commit": "pre-commit",
    ".github/workflows/check.yml": "check.yml",
}
#: The first record of a new base.
_FIRST = "doe-2026"


def _said(text: str, words: dict[str, str], *, yaml: bool) -> str:
    """Return a template with words in their places."""

    def word(match: re.Match[str]) -> str:
        return _in_yaml(words[match[0]]) if yaml else words[match[0]]

    return re.sub(rf"\b(?:{'|'.join(words)})\b", word, text)


def _in_yaml(text: str) -> str:
    """Return a text as it stands behind a key."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def base_templates(condition: str, title: str = "") -> dict[str, str]:
    """Return the files of a new base, by their place in its folder.

    Parameters
    ----------
    condition : str
        What people have, within a sentence: "systemic sclerosis".
    title : str
        A few words; made from the condition where empty.

    Raises
    ------
    EvidenceError
        If the condition has no letter, or takes more than a line.
    """
    field = re.sub(r"[^a-z0-9]+", "_", condition.lower()).strip("_")
    if not field[:1].isalpha() or len(field) > _MAX_FIELD or "\n" in condition + title:
        raise EvidenceError(
            "--condition takes a name as it stands within a sentence, such as systemic "
            f"sclerosis, and was given {condition!r}"
        )
    head = title or f"Treatment of {condition}"
    words = {
        "TITLE": head,
        "ABOUT": f"Published rates of what happened after treatment of {condition}",
        "CONDITION": condition,
        "FIELD": field,
    }
    folder = resources.files("lupus_evidence.templates").joinpath("base")
    files: dict[str, str] = {}
    for place, name in _OF_A_BASE.items():
        text = folder.joinpath(name).read_text(encoding="utf-8")
        files[place] = _said(text, words, yaml=place.endswith(TOPIC_FILE))
    found = read_topic(files[f"studies/{TOPIC_FILE}"], TOPIC_FILE)
    if not isinstance(found, Topic):
        raise EvidenceError(f"{condition!r} cannot be a condition: {found[0].message}")
    with using(found):
        files[f"studies/{_FIRST}.yaml"] = study_template(_FIRST)
    return files
