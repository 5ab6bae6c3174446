"""Loading for commands: the records, what was wrong with them, the receipt."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import typer

from lupus_evidence.cli.output import say
from lupus_evidence.cli.remembered import remembering
from lupus_evidence.load import EvidenceBase, load, load_paths, studies_here
from lupus_evidence.text import plural, visible
from lupus_evidence.vocabulary.resolving import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lupus_evidence.diagnostics import Diagnostic
    from lupus_evidence.models import Study


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
