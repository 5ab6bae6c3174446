"""The templates' environment: typed values in, escaped text out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lupus_evidence.document import Facts, Sentences, Table
from lupus_evidence.naming import study_names
from lupus_evidence.pages.phrases import (
    at_time,
    counted_in_words,
    question,
    when_counted,
)
from lupus_evidence.pages.reasons import less_certain, weaknesses
from lupus_evidence.render.html import anchors, forests, lay
from lupus_evidence.render.html.icons import icon_array
from lupus_evidence.render.html.linking import linked
from lupus_evidence.silence import length_in_words, silence_in_words
from lupus_evidence.text import (
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
from lupus_evidence.views.filters import therapies_of
from lupus_evidence.views.words import registry_link, standing_in_words
from lupus_evidence.vocabulary import (
    BIAS,
    DENOMINATORS,
    colour_of,
    colours_of,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from lupus_evidence.compare.cells import Row
    from lupus_evidence.render.html.linking import Piece
    from lupus_evidence.report.page import MapRow, Report
    from lupus_evidence.vocabulary import Band


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
        loader=PackageLoader("lupus_evidence.render.html", "templates"),
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
        "certainties": lay.CERTAINTY,
        "dots": lay.DOTS,
        "band_column": lay.column,
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
        "of_hundred_words": lay.of_hundred_words,
        "icons": icon_array,
        "interval": forests.interval,
        "axis": forests.axis,
        "cell": cell,
        "cells": _cells,
    }


def _words() -> dict[str, Any]:
    """Return filters that name what the vocabulary knows."""
    return {
        "small": small,
        "capital": capital,
        "short": lay.short_name,
        "within": lambda therapy: lay.within(lay.short_name(therapy)),
        "means": lay.meaning,
        "term": lay.term,
        "later": lay.later,
        "years": time_span,
        "country": lay.country,
        "group": lay.group,
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
        "forest_place": _forest_place,
        "study_place": anchors.study,
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


def _forest_place(row: Row | MapRow, band: Band) -> str:
    """Return where the studies behind a row stand on the page."""
    return anchors.forest(row.endpoint, row.scope, band)


def _cells(table: Table) -> dict[str, Any]:
    """Return a table's screen columns and rows as texts."""
    shown = table.screen_columns()
    return {
        "columns": shown,
        "rows": [[cell(row.get(c.key)) for c in shown] for row in table.rows],
    }
