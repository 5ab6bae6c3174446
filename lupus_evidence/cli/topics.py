"""The topic that a command's words are read in, before any record is loaded."""

from __future__ import annotations

import os
from pathlib import Path

import typer  # noqa: TC002 - Typer reads the annotations at run time

from lupus_evidence.cli.remembered import remembering
from lupus_evidence.load import studies_here
from lupus_evidence.topics import bundled_file, bundled_topic, topic_beside, topic_file
from lupus_evidence.vocabulary import use_topic


def read_in_topic_of(place: Path | None = None) -> None:
    """Put the topic in force that a folder says, or else the bundled one.

    Names are looked up, completed and explained in it. A folder that says none is
    judged when its records are loaded.

    Parameters
    ----------
    place : Path or None
        A folder of records; None for where the command is run.
    """
    named = os.environ.get("LUPUS_EVIDENCE_STUDIES")
    said = place or (Path(named) if named else None)
    where = said or studies_here() or _studies_with_topic() or Path()
    file = topic_file(where)
    with remembering(file or bundled_file()) as parse:
        found = topic_beside(where, parse) if file else None
        use_topic(found or bundled_topic(parse))


def _studies_with_topic() -> Path | None:
    """Return ``studies`` of the current folder if it has a topic and no record."""
    here = Path("studies")
    own = topic_file(here)
    return here if own is not None and own != bundled_file().absolute() else None


def of_named_folder(ctx: typer.Context, value: Path | None) -> Path | None:
    """Read a command's other words in the topic of the folder that it names."""
    if value is not None and not ctx.resilient_parsing:
        read_in_topic_of(value)
    return value
