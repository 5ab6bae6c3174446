"""A record on its way: a name that may be taken, fields, what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupus_evidence.importing.doubts import Doubt
    from lupus_evidence.importing.writing import Node


@dataclass(frozen=True)
class Draft:
    """A record before it has its own name and text.

    Parameters
    ----------
    name : str
        What it would like to be called.
    fields : mapping of str to Node
        All fields but the id, in order.
    notes : tuple of str
        What was left out or needs a look, for the person who imports.
    doubts : tuple of Doubt
        What was not understood, with its line.
    key : str
        What the file calls it.
    """

    name: str
    fields: Mapping[str, Node]
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    key: str = ""
