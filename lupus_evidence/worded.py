"""Fields that a topic names: what its records say, and what the models call it.

A record of lupus says ``lupus: 18``, one of another condition ``nephritis: 18``; the
models call both `with_condition`. Reading renames what the file says, and writing
renames it back, so that nobody meets a name that is not of the topic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from lupus_evidence.parts import Record
from lupus_evidence.vocabulary import topic

#: What the models call the fields that a topic names.
WITH_CONDITION, SPECIFIC = "with_condition", "condition_specific"
GROUPS, SCORE = "groups", "score"


#: Parts of a record with such fields.
_PARTS = frozenset({("population",), ("arms",), ("results",), ("measurements",)})


def own_names() -> dict[str, str]:
    """Return the topic's names of fields, and what the models call them."""
    now = topic()
    score = {now.score.field: SCORE} if now.score else {}
    condition = now.condition
    return {condition.field: WITH_CONDITION, condition.specific: SPECIFIC, **score}


def as_recorded(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the way to a value as its record says it.

    Parameters
    ----------
    path : tuple of str or int
        As the models have it.
    """
    if path[:1] not in _PARTS:
        return path
    names = {ours: theirs for theirs, ours in own_names().items()}
    population = path[:1] == ("population",)
    kept = (
        step
        for at, step in enumerate(path)
        if not (step == GROUPS and population and at + 1 < len(path))
    )
    return tuple(
        names.get(step, step) if isinstance(step, str) else step for step in kept
    )


def recorded_fields(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a part as records name them, in order.

    Parameters
    ----------
    model : type of Record
        The part.
    """
    names = {ours: theirs for theirs, ours in own_names().items()}
    found: list[str] = []
    for field in model.model_fields:
        if field == GROUPS:
            found += topic().groups
        elif field != SCORE or topic().score is not None:
            found.append(names.get(field, field))
    return tuple(found)


class Worded(Record):
    """A part of a record with fields that the topic names."""

    @model_validator(mode="before")
    @classmethod
    def _from_record(cls, value: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        """Rename the fields that the topic names."""
        if not isinstance(value, dict):
            return value
        names = own_names()
        groups = topic().groups if GROUPS in cls.model_fields else {}
        if names.keys().isdisjoint(value) and groups.keys().isdisjoint(value):
            return value
        renamed: dict[str, Any] = {}
        for key, found in value.items():
            if key in groups:
                renamed.setdefault(GROUPS, {})[key] = found
            else:
                ours = names.get(key, key)
                renamed[ours if ours in cls.model_fields else key] = found
        return renamed

    if not TYPE_CHECKING:  # a checker knows the models' own names

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field
            """Return a value by the topic's name of its field: ``population.lupus``."""
            ours = own_names().get(name)
            if ours in type(self).model_fields:
                return getattr(self, ours)
            if GROUPS in type(self).model_fields and name in topic().groups:
                return self.groups.get(name)
            return super().__getattr__(name)

    @model_serializer(mode="wrap")
    def _to_record(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Rename them back, in their places."""
        names = {ours: theirs for theirs, ours in own_names().items()}
        renamed: dict[str, Any] = {}
        for key, value in write(self).items():
            if key == GROUPS and isinstance(value, dict):
                renamed |= value
            elif not (key == "scope" and value == topic().whole):
                renamed[names.get(key, key)] = value
        return renamed
