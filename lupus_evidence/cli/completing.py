"""What a shell offers when someone presses Tab: the names that can be typed there.

Each function receives what was typed so far and returns the names that start with it,
where there is something to say with a description, which zsh and fish show. A shell
starts the program anew for every Tab: nothing here may need the statistics.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from math import isfinite
from pathlib import Path

import typer  # noqa: TC002 - Typer reads the annotations at run time

from lupus_evidence.vocabulary import (
    BIAS,
    BIAS_LIMITS,
    DESIGNS,
    READINGS,
    STATUSES,
    topic,
)


def complete_study(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return record names of the folder in use: a record's name is its file's."""
    from lupus_evidence.records.files import OF_THE_BASE, SUFFIXES, record_files
    from lupus_evidence.records.load import bundled_folder, studies_here

    # While completing, not every Typer looks at the variable for the option.
    named = ctx.params.get("studies") or os.environ.get("LUPUS_EVIDENCE_STUDIES")
    folder = Path(named or studies_here() or bundled_folder("studies"))
    files = record_files(folder) if folder.is_dir() else ()
    return sorted(
        path.stem
        for path in files
        if path.stem.startswith(incomplete)
        and path.suffix in SUFFIXES
        and path.name not in OF_THE_BASE
    )


def _read_in_topic_of(ctx: typer.Context) -> None:
    """Put the topic in force of the folder that a line names so far."""
    from lupus_evidence.cli.records import read_in_topic_of

    named = ctx.params.get("studies")
    read_in_topic_of(Path(named) if named else None)


def complete_therapy(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return therapies with what they are called on the screen."""
    _read_in_topic_of(ctx)
    return _described(
        {name: therapy.label for name, therapy in topic().therapies.items()}, incomplete
    )


def complete_endpoint(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return endpoints with what they are called on the screen."""
    _read_in_topic_of(ctx)
    return _described(
        {name: endpoint.label for name, endpoint in topic().endpoints.items()},
        incomplete,
    )


def complete_country(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes of countries with their names."""
    from lupus_evidence.vocabulary.countries import COUNTRIES

    names = {code: names[0] for code, names in COUNTRIES.items()}
    return _described(names, incomplete)


def complete_months(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the months that stand for a stretch of time, with its first and last."""
    _read_in_topic_of(ctx)
    stretches = {
        str(band.months): f"from month {band.low:g}"
        + (f" to before {band.high:g}" if isfinite(band.high) else "")
        for band in topic().bands
    }
    return _described(stretches, incomplete)


def complete_design(incomplete: str) -> list[str]:
    """Return designs of studies."""
    return _starting(DESIGNS, incomplete)


def complete_status(incomplete: str) -> list[str]:
    """Return statuses of studies."""
    return _starting(STATUSES, incomplete)


def complete_reading(incomplete: str) -> list[str]:
    """Return the ways in which a figure was seen."""
    return _starting(READINGS, incomplete)


def complete_bias_limit(incomplete: str) -> list[tuple[str, str]]:
    """Return the limits of bias with what each level means."""
    return _described({name: BIAS[name].meaning for name in BIAS_LIMITS}, incomplete)


def complete_tool(incomplete: str) -> list[tuple[str, str]]:
    """Return tools of appraisal with what they judge."""
    from lupus_evidence.appraisal import tools

    return _described({name: tool.about for name, tool in tools().items()}, incomplete)


def complete_scope(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return what a remission or response can be judged on."""
    _read_in_topic_of(ctx)
    return _starting(topic().scope_names, incomplete)


def complete_verdict(incomplete: str) -> list[str]:
    """Return verdicts, with hyphens: a shell would split them at their spaces."""
    from lupus_evidence.audit.verdicts import VERDICTS
    from lupus_evidence.explanations.lookup import term_name

    return _starting(map(term_name, VERDICTS), incomplete)


def complete_code(incomplete: str) -> list[str]:
    """Return codes of checks."""
    from lupus_evidence.checks import codes

    return _starting(codes(), incomplete.upper())


def complete_subject(incomplete: str) -> list[str]:
    """Return codes and terms that can be explained."""
    from lupus_evidence.explanations.lookup import subjects

    return _starting(subjects(), incomplete)


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    """Return the names that start with what was typed."""
    return [name for name in names if name.startswith(incomplete)]


def _described(labels: dict[str, str], incomplete: str) -> list[tuple[str, str]]:
    """Return the names that start with what was typed, and their descriptions."""
    return [
        (name, label.replace("'", "’"))  # Typer's script for zsh drops the straight one
        for name, label in labels.items()
        if name.startswith(incomplete)
    ]
