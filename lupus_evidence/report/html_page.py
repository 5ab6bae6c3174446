"""From the report's contents to one HTML file that needs no network and no script.

The templates' environment takes typed values and puts out escaped text.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from lupus_evidence.catalogue.filters import therapies_of
from lupus_evidence.catalogue.record_phrases import registry_link, standing_in_words
from lupus_evidence.documents.document import Facts, Sentences, Table
from lupus_evidence.documents.text import (
    between,
    capital,
    cell,
    number,
    percent,
    plural,
    points,
    small,
    time_span,
    visible,
)
from lupus_evidence.pages.caveats import shown_bands, studies_compared, times_told
from lupus_evidence.pages.comparison_tables import left_out_table, people_table
from lupus_evidence.pages.forest_plot import legend
from lupus_evidence.pages.phrases import (
    at_time,
    counted_in_words,
    question,
    when_counted,
)
from lupus_evidence.pages.reasons import less_certain, weaknesses
from lupus_evidence.pages.templates import document, sentence
from lupus_evidence.records.naming import study_names
from lupus_evidence.records.silence import (
    Silence,
    length_in_words,
    silence,
    silence_in_words,
    today,
)
from lupus_evidence.report import (
    audited_articles,
    links,
    outcomes,
    pictures,
    plain_language,
    study_cards,
)
from lupus_evidence.report.links import Piece, linked
from lupus_evidence.report.outcomes import survival_view
from lupus_evidence.report.pictures import icon_array
from lupus_evidence.vocabulary import BIAS, DENOMINATORS, colour_of, colours_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.records.study import Study
    from lupus_evidence.report.contents import Report


#: Pictures may only come from the file itself; nothing at all from elsewhere.
_POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)


def render_report(report: Report, *, appendix: bool = False) -> str:
    """Return the report as one self-contained HTML page.

    The same report gives the same text: no date, no random names.

    Parameters
    ----------
    report : Report
        Everything the page shows.
    appendix : bool
        Whether paper shows every part, also those that are closed on the screen.
    """
    environment = report_environment(report)
    page = environment.get_template("page.html")
    content = _content(report)
    return page.render(content, appendix=appendix, policy=_policy(environment)) + "\n"


def _overdue(studies: Sequence[Study]) -> dict[str, Silence]:
    """Return how long trials are silent past their end, the longest first."""
    on = today()
    waiting = {study.id: silence(study, on) for study in studies}
    past = {name: item for name, item in waiting.items() if item and item.overdue}
    return dict(sorted(past.items(), key=lambda pair: -pair[1].months))


def _named(table: Table) -> Table:
    """Return a table whose columns are therapies, under their short names."""
    columns = tuple(
        replace(column, heading=plain_language.short_name(column.heading))
        if column.heading in topic().therapies
        else column
        for column in table.columns
    )
    return replace(table, columns=columns, title="")


def _digest(text: str) -> str:
    """Return a text's digest as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _policy(environment: Environment) -> str:
    """Return the policy: this style sheet, this script, and nothing else."""
    return _POLICY.format(
        style=_digest(environment.get_template("style.css").render()),
        script=_digest(environment.get_template("script.js").render()),
    )


def _content(report: Report) -> dict[str, Any]:
    """Return what the templates show, by section."""
    comparison = report.comparison
    listed = study_cards.study_views(report)
    left_out = left_out_table(comparison)
    return {
        "choices": report.choices,
        "default_therapies": comparison.therapies == topic().compared,
        "receipt": comparison.receipt,
        "rules": comparison.receipt.rules,
        "therapies": comparison.therapies,
        "basis": comparison.people,
        "finding": report.finding,
        "facts": report.facts,
        "survival": survival_view(report),
        "pooled": pictures.pooled_views(report),
        "trials": report.trials,
        "waiting": [
            item for item in comparison.registered if item.status != "withdrawn"
        ],
        "articles": audited_articles.article_views(report),
        "verdicts": audited_articles.verdict_meanings(report),
        "outcomes": outcomes.outcomes_view(report),
        "people": _named(people_table(comparison)),
        "over_time": over_time_in_words(comparison),
        "left_out": left_out,
        "left_out_results": sum(item.results for item in comparison.left_out),
        "unadjusted": lead(comparison),
        "bands": bands_in_words(),
        "maps": pictures.map_views(report),
        "forests": pictures.forest_views(report),
        "forest_axis": pictures.axis(),
        "forest_legend": legend(report.panels, comparison.receipt.method),
        "bias": study_cards.bias_view(report),
        "studies": listed,
        "families": report.families,
        "filters": study_cards.filter_choices(listed),
        "unpublished": report.unpublished,
        "overdue": _overdue(report.unpublished),
        "receipt_pairs": receipt_facts(comparison).pairs,
        "base": report.base,
        "unused": sorted(
            {PurePath(item.place.file).name for item in report.diagnostics}
        ),
    }


def lead(comparison: Comparison) -> str:
    """Return what a reader must know before comparing; empty if nothing is compared.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    kind = studies_compared(comparison)
    return sentence("trials.j2", "lead", kind) if kind.studies else ""


def bands_in_words() -> str:
    """Return what every time band stands for."""
    return sentence("figures.j2", "bands", shown_bands(topic().bands))


def over_time_in_words(comparison: Comparison) -> list[str]:
    """Return what must be said of figures at several times.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    told = times_told(comparison)
    return [sentence("figures.j2", "over_time", item) for item in told]


def receipt_facts(comparison: Comparison) -> Facts:
    """Return what a comparison rests on, labelled.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    page = document("receipt.j2", receipt=comparison.receipt)
    facts = (block for block in page.blocks if isinstance(block, Facts))
    return Facts("", tuple(pair for block in facts for pair in block.pairs))


def report_environment(report: Report) -> Environment:
    """Return the environment in which a report's templates are rendered.

    Everything is escaped, and a name that is not there is an error.

    Parameters
    ----------
    report : Report
        The report, for the names of its studies and the colours of its therapies.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("lupus_evidence.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["facts"] = lambda block: isinstance(block, Facts)
    environment.tests["sentences"] = lambda block: isinstance(block, Sentences)
    environment.tests["grid"] = lambda block: isinstance(block, Table)
    environment.filters |= _numbers() | _words() | _of_report(report)
    environment.globals |= {
        "plural": plural,
        "topic": topic,
        "endpoints": topic().endpoints,
        "denominators": DENOMINATORS,
        "therapy_words": topic().therapies,
        "biases": BIAS,
        "certainties": plain_language.CERTAINTY,
        "dots": plain_language.DOTS,
        "band_column": plain_language.column,
    }
    return environment


def _shown(value: object) -> object:
    """Make a text visible: no control, bidi or hidden characters."""
    from markupsafe import Markup

    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _numbers() -> dict[str, Any]:
    """Return filters that round."""
    return {
        "percent": percent,
        "number": number,
        "points": points,
        "between": lambda ends: between(*ends),
        "of_hundred_words": plain_language.of_hundred_words,
        "icons": icon_array,
        "interval": pictures.interval,
        "axis": pictures.axis,
        "cell": cell,
        "cells": _cells,
    }


def _words() -> dict[str, Any]:
    """Return filters that name what the vocabulary knows."""
    return {
        "small": small,
        "capital": capital,
        "short": plain_language.short_name,
        "within": lambda therapy: plain_language.within(
            plain_language.short_name(therapy)
        ),
        "means": plain_language.meaning,
        "term": plain_language.term,
        "later": plain_language.later,
        "years": time_span,
        "country": plain_language.country,
        "group": plain_language.group,
        "weaknesses": weaknesses,
        "less_certain": less_certain,
        "counted": counted_in_words,
        "when_counted": lambda item: when_counted(item.endpoint, item.first),
        "therapies_of": lambda study: therapies_of(study, None),
        "registry_link": registry_link,
        "silence": silence_in_words,
        "silent_for": length_in_words,
        "standing": standing_in_words,
        "at_time": at_time,
        "question": lambda row: question(row.endpoint, row.scope),
        "forest_place": lambda row, band: links.forest_anchor(
            row.endpoint, row.scope, band
        ),
        "study_place": links.study_anchor,
    }


def _of_report(report: Report) -> dict[str, Any]:
    """Return filters that know the studies and therapies of this report."""
    names = study_names(item.study for item in report.studies)
    therapies = report.comparison.therapies
    colours = colours_of(therapies)

    def pieces(text: str) -> Iterator[Piece]:
        """Split a text where it names an address or a study."""
        return linked(text, names)

    return {
        "linked": pieces,
        "study_name": names.get,
        "colour": lambda therapy: colour_of(therapy, therapies),
        "place_colour": lambda place: colours[place],
    }


def _cells(table: Table) -> dict[str, Any]:
    """Return a table's screen columns and rows as texts."""
    shown = table.screen_columns()
    return {
        "columns": shown,
        "rows": [[cell(row.get(c.key)) for c in shown] for row in table.rows],
    }
