"""Commands for those who keep records: check, explain, new, init, schema, diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import emit, make_folder, say, terminal_look, write_file
from lupus_evidence.cli.records import (
    chosen_folder,
    finish,
    load_given,
    read_in_topic_of,
)
from lupus_evidence.errors import OutputError, UnknownNameError
from lupus_evidence.records.files import SUFFIXES
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import topic
from lupus_evidence.writers.formats import Answer

#: Forms that show acknowledged findings, and so need their places.
_PLACED = frozenset({"json", "sarif"})


def _beginnings(given: list[str] | None) -> tuple[str, ...]:
    """Return how codes begin, in capitals, after making sure that some do."""
    from lupus_evidence.checks import codes

    known = codes()
    found = tuple(
        part.strip().upper() for word in given or () for part in word.split(",")
    )
    for beginning in found:
        if not beginning or not any(code.startswith(beginning) for code in known):
            where = "`lupus-evidence explain checks` lists them."
            raise UnknownNameError("check", beginning, known, where=where)
    return found


@delivers("text", "data", "github", "sarif")
def check(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Record files or folders, - for standard input; the bundled records "
            "by default.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings count as errors.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="CODE",
            autocompletion=completing.complete_code,
            help="Only this check, or those whose code begins so, such as E2; may be "
            "repeated.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="CODE",
            autocompletion=completing.complete_code,
            help="Not this check, or those whose code begins so; may be repeated.",
        ),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="How many findings each check has."),
    ] = False,
    retractions: Annotated[
        Path | None,
        typer.Option(
            "--retractions",
            metavar="FILE.csv",
            help="Retraction Watch's file: name the reports that are in it.",
        ),
    ] = None,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Check records: form, arithmetic, dates, overlaps, sources.

    The exit status is 1 if there are errors; with --strict also for warnings. What
    --select and --ignore leave out does not count.

    For example:
      lupus-evidence check
      lupus-evidence check my-studies/ --strict
      lupus-evidence check --select E2 --ignore E204 --statistics
      lupus-evidence check --retractions retraction_watch.csv
      lupus-evidence check - < doe-2026.yaml
      lupus-evidence check -f github
    """
    from lupus_evidence.checks import run
    from lupus_evidence.writers.check_findings import findings_answer

    form = to.format.name
    if statistics and form != "text":
        raise OutputError("--statistics is for people: leave -f out")
    chosen, left_out = _beginnings(select), _beginnings(ignore)
    base = load_given(paths or ([studies] if studies else []))
    report = run(
        base, place_acknowledged=form in _PLACED, retractions=retractions
    ).only(chosen, left_out)
    look = terminal_look(to_file=not to.to_screen)
    to.deliver(findings_answer(report, base.receipt, look, statistics=statistics))
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
    from lupus_evidence.explanations.lookup import explanations
    from lupus_evidence.pages.definitions import explained_answer

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
        from lupus_evidence.audit.articles import claims_template as template
    else:
        from lupus_evidence.records.schema import study_template as template
    if output is not None and str(output) != "-":
        read_in_topic_of(output)
    text = template(name)
    if str(output) == "-":
        emit(text)
        return
    path = _new_folder(output, "claims" if claims else "studies") / f"{name}.yaml"
    write_file(path, text, force=force)
    then = "audit" if claims else "check"
    say(f"wrote {path}: fill it in, then run `lupus-evidence {then} {path}`")


def init(
    *,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The new base's folder, made if need be."),
    ],
    condition: Annotated[
        str,
        typer.Option(
            "--condition",
            metavar="NAME",
            help="What people have, such as 'systemic sclerosis'.",
        ),
    ] = "the condition",
    title: Annotated[
        str,
        typer.Option(
            "--title",
            metavar="TEXT",
            help="A few words that head every page, such as 'Stem cells for systemic "
            "sclerosis'; made from the condition unless told.",
        ),
    ] = "",
    force: opt.Force = False,
) -> None:
    """Start a base of your own, on any condition.

    It gets a topic (what the base is about), a first record to fill in, a page that
    says how to go on, a Git hook and a CI file; `check` can be run at once.

    For example:
      lupus-evidence init my-base --condition "systemic sclerosis"
      cd my-base && lupus-evidence check
    """
    from lupus_evidence.records.schema import base_templates

    files = base_templates(condition, title)
    taken = [place for place in files if (folder / place).exists()]
    if taken and not force:
        raise OutputError(
            f"{folder} has {', '.join(taken)} already: choose another folder, or "
            "replace them with --force"
        )
    for place, text in files.items():
        path = folder / place
        for above in reversed(path.parents[: place.count("/") + 1]):
            make_folder(above)
        write_file(path, text, force=force)
        if place.startswith(".githooks"):
            path.chmod(0o755)
        say(f"wrote {path}")
    say(f"next: cd {folder}, change studies/_topic.yaml, run `lupus-evidence check`")


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


@delivers("data")
def schema(
    *,
    subject: Annotated[
        Literal["study", "claims", "topic"],
        typer.Argument(metavar="study|claims|topic", help="What the schema describes."),
    ],
    to: Destination,
) -> None:
    """Print the JSON Schema of records, claims files or a topic, for editors.

    For example:
      lupus-evidence schema study > study.schema.json
      lupus-evidence schema claims -o claims.schema.json
    """
    if subject == "claims":
        from lupus_evidence.audit.articles import claims_schema as described
    elif subject == "topic":
        from lupus_evidence.records.schema import topic_schema as described
    else:
        from lupus_evidence.records.schema import study_schema as described
    to.deliver(Answer(None, texts={"json": described}))


@delivers("pages", "data")
def diff(
    *,
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="A folder of records or a git revision."),
    ],
    new: Annotated[
        str,
        typer.Argument(metavar="NEW", help="A folder of records or a git revision."),
    ],
    therapy: opt.SidesOption = None,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Show which records and figures differ between two revisions.

    A revision is git's name of a state of the records, such as HEAD~1: of ./studies,
    or of the folder that --studies names. A folder of records will do as well.

    For example:
      lupus-evidence diff HEAD~1 HEAD
      lupus-evidence diff v1.0 HEAD --studies my-review/studies
      lupus-evidence diff last-year/ studies/ -f markdown
    """
    from lupus_evidence.catalogue.record_changes import changes_data, changes_page
    from lupus_evidence.compare.comparison import compare
    from lupus_evidence.compare.figure_changes import moved_figures
    from lupus_evidence.records.revisions import difference, records_at, repository_of

    revisions = [name for name in (old, new) if not Path(name).is_dir()]
    where = repository_of(chosen_folder(studies), revisions) if revisions else None
    with records_at(old, where) as before, records_at(new, where) as after:
        was, now = load(before), load(after)
        names = opt.known_therapies(therapy) or topic().compared
        records = difference(was, now)
        moved = moved_figures(compare(was, names), compare(now, names))
    read = str(where or "")
    to.deliver(
        Answer(
            now.receipt,
            pages=lambda: [changes_page(old, new, records, moved, read=read)],
            data=lambda: {"documents": [changes_data(records, moved, read=read)]},
        )
    )
    finish(now)
