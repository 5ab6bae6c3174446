"""Loading for commands: the topic, the records, what was wrong, the receipt."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lupus_evidence.cli.output import say
from lupus_evidence.cli.yaml_cache import remembering
from lupus_evidence.documents.text import plural, visible
from lupus_evidence.records.load import EvidenceBase, load, load_paths, studies_here
from lupus_evidence.topics import bundled_file, bundled_topic, topic_beside, topic_file
from lupus_evidence.vocabulary import use_topic
from lupus_evidence.vocabulary.resolving import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.records.files import Diagnostic
    from lupus_evidence.records.study import Study


def chosen_folder(named: Path | None) -> Path | None:
    """Return the folder of records to read; None for the bundled one.

    Who named none and stands beside records of their own means those, and is told.
    """
    if named is not None:
        return named
    here = studies_here()
    if here is not None:
        say(f"reading ./{here}")
    return here


def load_records(named: Path | None) -> EvidenceBase:
    """Load the records that a command works on."""
    folder = chosen_folder(named)
    with remembering(folder) as parse:
        return load(folder, parse)


def load_given(paths: list[Path]) -> EvidenceBase:
    """Load the files and folders that a command names; its usual ones if none."""
    folder = paths[0] if len(paths) == 1 else None
    if paths and not (folder and folder.is_dir()):
        return load_paths(paths)
    return load_records(folder)


def say_what_fails(base: EvidenceBase, therapies: Sequence[str] = ()) -> None:
    """Tell on standard error how many results a failed check keeps out.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapies : sequence of str
        Only results of studies of these; of all where there are none.
    """
    from lupus_evidence.checks.running import failing_results
    from lupus_evidence.vocabulary import therapy_includes

    asked = {
        study.id
        for study in base.studies
        if not therapies
        or any(
            therapy_includes(wide, arm.therapy)
            for wide in therapies
            for arm in study.arms.values()
        )
    }
    count = sum(study in asked for study, _ in failing_results(base))
    if count:
        verb = "fails a check and is" if count == 1 else "fail a check and are"
        say(f"{plural(count, 'result')} {verb} left out: see `lupus-evidence check`")


def say_problems(problems: Iterable[Diagnostic]) -> None:
    """Tell on standard error what is wrong with files, and what to do about it."""
    for item in problems:
        text = f"{item.place}: {item.level} {item.code} {item.message}"
        say(visible(text), error=True)
        if item.hint:
            say(f"    {item.hint}", error=True)


def finish(base: EvidenceBase) -> None:
    """Name the files that could not be used, and exit with 1 if there are any.

    Records that wait to be filled in are told, and are no mistake.
    """
    if base.unread:
        say(f"{plural(len(base.unread), 'record')} to read, not used: see `check`")
    if not base.diagnostics:
        return
    files = sorted({item.place.file for item in base.diagnostics})
    for item in base.diagnostics:
        say(
            visible(f"{item.place}: {item.level} {item.code} {item.message}"),
            error=True,
        )
    say(f"not used because of errors: {len(files)} of the record files", error=True)
    raise typer.Exit(1)


def find_study(base: EvidenceBase, name: str) -> Study:
    """Return the study of this name, in any case: Wang 2013 is wang-2013.

    Raises
    ------
    AmbiguousNameError
        If it is an author of several; with these.
    UnknownNameError
        With the nearest name that exists.
    """
    by_id = {study.id: study for study in base.studies}
    begun = defaultdict(list)
    for known in by_id:
        begun[known.partition("-")[0]].append(known)
    authors = {author: tuple(names) for author, names in begun.items()}
    where = "`lupus-evidence list` shows all."
    return by_id[Lexicon("study", tuple(by_id), authors, where=where).resolve_one(name)]


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
