"""Commands that show what has been published: list, show, table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lupus_evidence.catalogue.filters import StudyFilter
from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.option_groups import (
    NoOptions,
    asked_parts,
    flags_of,
    with_options,
)
from lupus_evidence.cli.records import find_study, finish, load_records
from lupus_evidence.documents.document import Document, Table
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.stats.proportions import IntervalMethod  # noqa: TC001 - Typer reads it
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.records.study import Study


@dataclass(frozen=True)
class _Filters:
    """Which studies and results, as one types it."""

    therapy: opt.TherapyOption = None
    endpoint: opt.EndpointOption = None
    scope: opt.ScopeOption = None
    design: opt.DesignOption = None
    status: opt.StatusOption = None
    reading: opt.ReadingOption = None
    max_bias: opt.MaxBiasOption = None
    country: opt.CountryOption = None
    since: opt.SinceOption = None
    min_people: opt.MinPeopleOption = None
    text: opt.TextOption = None


def _filters(
    *,
    since: int | None,
    min_people: int | None,
    max_bias: str | None,
    **names: list[str] | None,
) -> StudyFilter:
    """Return what a person asked for, after making sure that each name exists."""
    return StudyFilter(
        therapies=opt.known_therapies(names["therapy"]),
        endpoints=opt.known_endpoints(names["endpoint"]),
        scopes=opt.known_scopes(names["scope"]),
        designs=opt.known_designs(names["design"]),
        statuses=opt.known_statuses(names["status"]),
        readings=opt.known_readings(names["reading"]),
        countries=opt.known_countries(names["country"]),
        max_bias=opt.known_limit(max_bias),
        since=since,
        min_people=min_people,
        text=tuple(names["text"] or ()),
    )


_STUDY_ORDERS = ("id", "year", "people", "therapy", "design")
_RATE_ORDERS = ("study", "therapy", "months", "people", "rate", "year")


def _order_option(names: tuple[str, ...]) -> Any:  # noqa: ANN401 - Typer's own
    """Return the option that puts rows in an order."""
    both = (*names, *(f"-{name}" for name in names))

    def complete(incomplete: str) -> list[str]:
        return [name for name in both if name.startswith(incomplete)]

    return typer.Option(
        "--sort",
        metavar=f"<{'|'.join(names)}>",
        autocompletion=complete,
        help="Order, smallest first; with a minus, as in --sort -year, largest first.",
    )


def _known_order(asked: str, names: tuple[str, ...]) -> str:
    """Return the order asked for, after making sure that it exists.

    Raises
    ------
    UnknownNameError
        If it does not.
    """
    if asked and asked.removeprefix("-") not in names:
        raise UnknownNameError("order", asked, names)
    return asked


def _table_answer(base: EvidenceBase, table: Table) -> Answer:
    """Return a table as an answer: a page that holds nothing else."""
    return Answer(
        base.receipt,
        pages=lambda: [Document("", "", (table,))],
        tables=lambda: [table],
    )


@delivers("pages", "tables", "data")
@with_options("wanted", _filters, _Filters)
def list_studies(
    *,
    wanted: StudyFilter,
    sort: Annotated[str, _order_option(_STUDY_ORDERS)] = "",
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """List the studies, one line each.

    For example:
      lupus-evidence list --therapy msc --sort -year
      lupus-evidence list --design randomised-trial
      lupus-evidence list --text nanjing -f csv > nanjing.csv
    """
    from lupus_evidence.catalogue.study_list import studies_table

    order = _known_order(sort, _STUDY_ORDERS)
    base = load_records(studies)
    found = [study for study in base.studies if wanted.accepts(study)]
    to.deliver(_table_answer(base, studies_table(found, order or "id")))
    finish(base)


_PARTS = {
    "source": "How, where and when it was done, and every address of the report.",
    "people": "Who the people were.",
    "treatment": "What each group was given, in full.",
    "results": "Each result with its denominator and its place in the source.",
    "measurements": "Disease activity, protein in urine and the like.",
    "meaning": "What the source meant by its figures.",
    "appraisal": "Risk of bias: each judgement with its reason and who judged.",
    "overlaps": "Studies of the same people.",
    "discrepancies": "Where the source disagrees with itself or others.",
    "failing": "Printed figures that fail a check, and why they stay.",
    "notes": "What to mind.",
    "full": "All of these.",
}


@delivers("pages", "data")
@with_options(
    "parts", lambda **asked: asked_parts(asked), NoOptions, **flags_of(_PARTS)
)
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
    parts: frozenset[str],
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Show studies: people, treatment, results; each other part by its name.

    For example:
      lupus-evidence show wang-2013
      lupus-evidence show wang-2013 --overlaps --notes
      lupus-evidence show burt-2006 alchi-2013 --full -f markdown
    """
    from lupus_evidence.catalogue.brief import study_brief, study_parts
    from lupus_evidence.catalogue.card import card_data, study_card

    base = load_records(studies)
    found = [find_study(base, name) for name in study]

    def page(one: Study) -> Document:
        if "full" in parts:
            return study_card(one, base.studies)
        if parts:
            return study_parts(one, base.studies, parts)
        return study_brief(one, base.studies)

    to.deliver(
        Answer(
            base.receipt,
            pages=lambda: [page(one) for one in found],
            data=lambda: {
                "documents": [card_data(item, base.studies) for item in found]
            },
        )
    )
    finish(base)


@delivers("pages", "tables", "data")
@with_options("wanted", _filters, _Filters)
def table(
    *,
    wanted: StudyFilter,
    at: opt.AtOption = None,
    interval: Annotated[
        IntervalMethod, typer.Option(help="Interval of each study's own rate.")
    ] = "wilson",
    sort: Annotated[str, _order_option(_RATE_ORDERS)] = "",
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="What the paper meant, what to mind and how it was read, nothing cut.",
        ),
    ] = False,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Tabulate the published rates, one line for each result.

    An order is that of the results under each heading.

    For example:
      lupus-evidence table --endpoint complete-remission --therapy msc
      lupus-evidence table -e overall-survival --at 60 --sort -people
      lupus-evidence table -f csv > rates.csv
    """
    from lupus_evidence.catalogue.rates import rates_table, reported_rates
    from lupus_evidence.catalogue.rates_page import rates_page

    order = _known_order(sort, _RATE_ORDERS)
    base = load_records(studies)
    found = reported_rates(
        [study for study in base.studies if wanted.accepts(study)],
        wanted,
        bands=opt.known_bands(at),
        method=interval,
        sort=order,
    )
    to.deliver(
        Answer(
            base.receipt,
            pages=lambda: [rates_page(found, full=full)],
            tables=lambda: [rates_table(found)],
        )
    )
    finish(base)
