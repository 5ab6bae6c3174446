"""A diagram of boxes from top to bottom, before anything is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

Phase = Literal["identification", "screening", "included"]


@dataclass(frozen=True)
class FlowStep:
    """A box on the way down, and what leaves the way there.

    Parameters
    ----------
    phase : {"identification", "screening", "included"}
        Which third of the diagram it stands in.
    name : str
        Steps of one name stand at one height: "identified", "screened", ...
    box : tuple of str
        What stands in it, each thing on a line of its own.
    side : tuple of str
        What leaves the way, in a box beside it; empty where nothing does.
    """

    phase: Phase
    name: str
    box: tuple[str, ...]
    side: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowColumn:
    """One way down.

    Parameters
    ----------
    title : str
        What comes this way.
    steps : tuple of FlowStep
        From top to bottom.
    """

    title: str
    steps: tuple[FlowStep, ...]


@dataclass(frozen=True)
class FlowChart:
    """The diagram.

    Parameters
    ----------
    title : str
        What it shows.
    columns : tuple of FlowColumn
        Ways down, the first at the left.
    last : FlowStep
        Where all of them end.
    phases : tuple of (Phase, str)
        Names of the thirds.
    notes : tuple of str
        What a reader must know.
    receipt : str
        What it rests on.
    """

    title: str
    columns: tuple[FlowColumn, ...]
    last: FlowStep
    phases: tuple[tuple[Phase, str], ...]
    notes: tuple[str, ...]
    receipt: str

    @property
    def heights(self) -> tuple[str, ...]:
        """Names of the steps of all columns from top to bottom, each once."""
        longest = max(self.columns, key=lambda column: len(column.steps))
        names = [step.name for step in longest.steps]
        for column in self.columns:
            names += [s.name for s in column.steps if s.name not in names]
        return tuple(names)

    def described(self) -> str:
        """Return all of it in words, for those who cannot see it."""
        parts = []
        for column in self.columns:
            said = "; ".join(_said(step) for step in column.steps)
            parts.append(f"{column.title}: {said}.")
        return " ".join((*parts, f"{_said(self.last)}.", *self.notes, self.receipt))


#: A number in brackets, in which no line ends.
_NUMBER = re.compile(r"\(n = [^()]*\)")
_UNBROKEN = "\N{NO-BREAK SPACE}"


def box_lines(text: str, letters: int) -> list[str]:
    """Return a text of a box in lines, the later ones indented, its number whole.

    Parameters
    ----------
    text : str
        The text.
    letters : int
        How many fit on a line.
    """
    kept = _NUMBER.sub(lambda found: found[0].replace(" ", _UNBROKEN), text)
    lines = wrap(kept, letters, subsequent_indent="  ")
    return [line.replace(_UNBROKEN, " ") for line in lines] or [""]


def _said(step: FlowStep) -> str:
    """Return a step in words."""
    aside = f" (beside it: {', '.join(step.side)})" if step.side else ""
    return f"{', '.join(step.box)}{aside}"
