"""Command that shows what changed between two sets of records: diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.records import chosen_folder, finish
from lupus_evidence.load import load
from lupus_evidence.vocabulary import topic
from lupus_evidence.writers.formats import Answer


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
    from lupus_evidence.difference import difference
    from lupus_evidence.revision import records_at, repository_of

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
