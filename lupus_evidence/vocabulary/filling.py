"""Words of the program with the condition's name put in where a topic has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupus_evidence.vocabulary.topic import Condition

#: Where the condition's name goes, within a sentence and at its start.
WITHIN, AT_START = "{condition}", "{Condition}"
#: Where its field of records goes, and that of results.
FIELD, SPECIFIC = "{field}", "{specific}"


def filled(text: str, condition: Condition) -> str:
    """Return a text with the condition's name in its places.

    Parameters
    ----------
    text : str
        Words with ``{condition}``, ``{Condition}`` at the start of a sentence, and
        ``{field}`` and ``{specific}`` for the fields that are named after it.
    condition : Condition
        The topic's.
    """
    for place, word in (
        (WITHIN, condition.name),
        (AT_START, condition.capital),
        (FIELD, condition.field),
        (SPECIFIC, condition.specific),
    ):
        text = text.replace(place, word)
    return text
