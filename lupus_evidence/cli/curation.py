"""Commands for those who keep records: check, explain, new, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import emit, make_folder, say, terminal_look, write_file
from lupus_evidence.cli.records import load_given
from lupus_evidence.errors import OutputError
from lupus_evidence.textfiles import SUFFIXES


class CheckFormat(StrEnum):
    """What the findings are for."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class SchemaOf(StrEnum):
    """What the schema describes."""

    STUDY = "study"
    CLAIMS = "claims"


def check(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Record files or folders, - for standard input; the bundled records "
            "by default.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings count as errors.")
    ] = False,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="Form of the findings.")
    ] = CheckFormat.TEXT,
    output: opt.Output = None,
    force: opt.Force = False,
    studies: opt.Studies = None,
) -> None:
    """Check records: form, arithmetic, dates, overlaps, sources.

    The exit status is 1 if there are errors; with --strict also for warnings.

    For example:
      lupus-evidence check
      lupus-evidence check my-studies/ --strict
      lupus-evidence check - < doe-2026.yaml
      lupus-evidence check -f github
    """
    from lupus_evidence.checks import run
    from lupus_evidence.writers.findings import render_findings

    base = load_given(paths or ([studies] if studies else []))
    report = run(base, place_acknowledged=form is CheckFormat.JSON)
    emit(render_findings(report, form.value, terminal_look()), output, force=force)
    status = report.exit_status(strict=strict)
    if status:
        raise typer.Exit(status)


@delivers("pages", "data")
def explain(
    *,
    subject: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CODE|TERM",
            autocompletion=completing.complete_subject,
            help="A check's code, such as E203; a word, such as certainty; or a kind "
            "of words, such as therapies. Without any: what can be asked.",
            show_default=False,
        ),
    ] = None,
    to: Destination,
) -> None:
    """Explain a check's code or a word that records and outputs use.

    For example:
      lupus-evidence explain
      lupus-evidence explain therapies
      lupus-evidence explain E203
      lupus-evidence explain new centre
    """
    from lupus_evidence.explain import explanations
    from lupus_evidence.pages.explained import explained_answer

    to.deliver(explained_answer(explanations(subject or ())))


def new(
    *,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="First author and year, or an article's short name."
        ),
    ],
    claims: Annotated[
        bool, typer.Option("--claims", help="A file for an article's claims instead.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder for ID.yaml, made if need be; ./studies (for claims ./claims) "
            "where there is one, or else this folder; - for the screen.",
            show_default=False,
        ),
    ] = None,
    force: opt.Force = False,
) -> None:
    """Write a template for a new record or for an article's claims.

    For example:
      lupus-evidence new doe-2026
      lupus-evidence new doe-2026 -o my-studies
      lupus-evidence new clinic-page --claims
    """
    if claims:
        from lupus_evidence.audit.claims_files import claims_template as template
    else:
        from lupus_evidence.template import study_template as template
    text = template(name)
    if str(output) == "-":
        emit(text)
        return
    path = _new_folder(output, "claims" if claims else "studies") / f"{name}.yaml"
    write_file(path, text, force=force)
    then = "audit" if claims else "check"
    say(f"wrote {path}: fill it in, then run `lupus-evidence {then} {path}`")


def _new_folder(asked: Path | None, usual: str) -> Path:
    """Return the folder that a new file belongs in, made if it was asked for."""
    if asked is None:
        return Path(usual) if Path(usual).is_dir() else Path()
    if asked.suffix in SUFFIXES:
        raise OutputError(
            f"{asked} is no folder: -o names one, and the file is ID.yaml"
        )
    make_folder(asked)
    return asked


def schema(
    *,
    subject: Annotated[
        SchemaOf,
        typer.Argument(metavar="study|claims", help="What the schema describes."),
    ],
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Print the JSON Schema of records or claims files, for editors.

    For example:
      lupus-evidence schema study > study.schema.json
      lupus-evidence schema claims -o claims.schema.json
    """
    if subject is SchemaOf.CLAIMS:
        from lupus_evidence.audit.claims_files import claims_schema as described
    else:
        from lupus_evidence.schema import study_schema as described
    emit(described(), output, force=force)
