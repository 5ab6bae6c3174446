"""Records that wait to be filled in: skeletons with blanks, which are no mistakes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lupus_evidence.fields import BLANK, TO_READ
from lupus_evidence.models import Study

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails


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
            elif not _holds_blank(item["input"]):
                wrong.append(item)
    said = {name: str(value.get(name) or "") for name in ("id", "title")}
    blanks = sum(_blanks(value)) + missing
    return Unread(file, **said, blanks=blanks, text=text), wrong


def _holds_blank(value: Any) -> bool:  # noqa: ANN401 - whatever the file holds
    """Tell whether a blank stands in a value."""
    return any(_blanks(value))


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
