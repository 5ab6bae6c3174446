"""Commands that show what has been published: list, show, table."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.records import find_study, finish, load_records, receipt_of
from lupus_evidence.document import Document
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from lupus_evidence.document import Table
    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.views.filters import StudyFilter


class Sort(StrEnum):
    """Order of the list."""

    ID = "id"
    YEAR = "year"
    PEOPLE = "people"
    THERAPY = "therapy"
    DESIGN = "design"


class Interval(StrEnum):
    """Interval of a single study's rate."""

    WILSON = "wilson"
    EXACT = "exact"
    JEFFREYS = "jeffreys"


def _filter(  # noqa: PLR0917 - the filters of a command, in its order
    therapy: list[str] | None,
    endpoint: list[str] | None,
    design: list[str] | None,
    status: list[str] | None,
    country: list[str] | None,
    since: int | None,
    min_lupus: int | None,
    text: list[str] | None,
) -> StudyFilter:
    """Return what a person asked for, after making sure that each name exists."""
    from lupus_evidence.views.filters import StudyFilter

    return StudyFilter(
        therapies=opt.known_therapies(therapy),
        endpoints=opt.known_endpoints(endpoint),
        designs=opt.known_designs(design),
        statuses=opt.known_statuses(status),
        countries=opt.known_countries(country),
        since=since,
        min_lupus=min_lupus,
        text=tuple(text or ()),
    )


def _table_answer(base: EvidenceBase, table: Table) -> Answer:
    """Return a table as an answer: a page that holds nothing else."""
    return Answer(
        receipt_of(base),
        pages=lambda: [Document("", "", (table,))],
        tables=lambda: [table],
    )


@delivers("pages", "tables", "data")
def list_studies(
    *,
    therapy: opt.TherapyOption = None,
    endpoint: opt.EndpointOption = None,
    design: opt.DesignOption = None,
    status: opt.StatusOption = None,
    country: opt.CountryOption = None,
    since: opt.SinceOption = None,
    min_lupus: opt.MinLupusOption = None,
    text: opt.TextOption = None,
    sort: Annotated[Sort, typer.Option(help="Order of the studies.")] = Sort.ID,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """List the studies, one line each.

    For example:
      lupus-evidence list --therapy msc --sort year
      lupus-evidence list --design randomised-trial
      lupus-evidence list --text nanjing -f csv > nanjing.csv
    """
    from lupus_evidence.views.listing import studies_table

    wanted = _filter(therapy, endpoint, design, status, country, since, min_lupus, text)
    base = load_records(studies)
    table = studies_table(
        [study for study in base.studies if wanted.accepts(study)], sort.value
    )
    to.deliver(_table_answer(base, table))
    finish(base)


@delivers("pages", "data")
def show(
    *,
    study: Annotated[
        list[str],
        typer.Argument(
            metavar="STUDY",
            autocompletion=completing.complete_study,
            help="Names of studies, as `list` shows them.",
        ),
    ],
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Show studies as cards: people, treatment, results, source.

    For example:
      lupus-evidence show wang-2013
      lupus-evidence show burt-2006 alchi-2013 -f markdown
    """
    from lupus_evidence.views.card import card_data, study_card

    base = load_records(studies)
    found = [find_study(base, name) for name in study]
    to.deliver(
        Answer(
            receipt_of(base),
            pages=lambda: [study_card(item, base.studies) for item in found],
            data=lambda: {
                "documents": [card_data(item, base.studies) for item in found]
            },
        )
    )
    finish(base)


@delivers("pages", "tables", "data")
def table(
    *,
    therapy: opt.TherapyOption = None,
    endpoint: opt.EndpointOption = None,
    at: Annotated[
        int | None,
        typer.Option(
            "--at",
            metavar="MONTHS",
            min=1,
            autocompletion=completing.complete_months,
            help=f"Only about this time: {opt.TIMES} months.",
            show_default=False,
        ),
    ] = None,
    interval: Annotated[
        Interval, typer.Option(help="Interval of each study's own rate.")
    ] = Interval.WILSON,
    design: opt.DesignOption = None,
    status: opt.StatusOption = None,
    country: opt.CountryOption = None,
    since: opt.SinceOption = None,
    min_lupus: opt.MinLupusOption = None,
    text: opt.TextOption = None,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Tabulate the published rates, one row for each result.

    For example:
      lupus-evidence table --endpoint complete-remission --therapy msc
      lupus-evidence table -e overall-survival --at 60
      lupus-evidence table -f csv > rates.csv
    """
    from lupus_evidence.views.rates import rates_table
    from lupus_evidence.vocabulary import band_of

    wanted = _filter(therapy, endpoint, design, status, country, since, min_lupus, text)
    base = load_records(studies)
    rows = rates_table(
        [study for study in base.studies if wanted.accepts(study)],
        wanted,
        band=None if at is None else band_of(at),
        method=interval.value,
    )
    to.deliver(_table_answer(base, rows))
    finish(base)
