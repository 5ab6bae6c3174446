"""From the report's content to one HTML file."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from lupus_evidence.document import Facts, Sentences, Table
from lupus_evidence.pages.comparison_tables import left_out_table, people_table
from lupus_evidence.pages.sentences import (
    bands_in_words,
    direct_in_words,
    lead,
    over_time_in_words,
)
from lupus_evidence.render.html import (
    answer,
    bubbles,
    closing,
    facts,
    forests,
    lay,
    outcomes,
    studies,
    timeline,
    verdicts,
)
from lupus_evidence.render.html.linking import linked
from lupus_evidence.text import visible
from lupus_evidence.vocabulary import THERAPIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from lupus_evidence.render.html.linking import Piece
    from lupus_evidence.report.page import Report

TITLE = "Stem cells for lupus: what the studies show"

#: Pictures may only come from the file itself; nothing at all from elsewhere.
_POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)


def render_report(report: Report) -> str:
    """Return the report as one self-contained HTML page.

    The same report gives the same text: no date, no random names.

    Parameters
    ----------
    report : Report
        Everything the page shows.
    """
    environment = _environment(frozenset(item.study.id for item in report.studies))
    page = environment.get_template("page.html")
    return page.render(_content(report), policy=_policy(environment)) + "\n"


def _environment(ids: frozenset[str]) -> Environment:
    """Make the templates' environment: everything escaped, nothing undefined."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        """Make a text visible: no control, bidi or hidden characters."""
        if value is None:
            return ""
        if isinstance(value, str) and not isinstance(value, Markup):
            return visible(value)
        return value

    def pieces(text: str) -> Iterator[Piece]:
        """Split a text where it names an address or a study."""
        return linked(text, ids)

    environment = Environment(
        loader=PackageLoader("lupus_evidence.render.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = pieces
    environment.filters["cells"] = _cells
    environment.filters["interval"] = forests.interval
    environment.tests["facts"] = lambda block: isinstance(block, Facts)
    environment.tests["sentences"] = lambda block: isinstance(block, Sentences)
    environment.tests["grid"] = lambda block: isinstance(block, Table)
    return environment


def _cells(table: Table) -> dict[str, Any]:
    """Return a table's screen columns and rows as texts."""
    from lupus_evidence.text import cell

    shown = table.screen_columns()
    return {
        "columns": shown,
        "rows": [[cell(row.get(c.key)) for c in shown] for row in table.rows],
    }


def _named(table: Table) -> Table:
    """Return a table whose columns are therapies, under their short names."""
    columns = tuple(
        replace(column, heading=lay.short_name(column.heading))
        if column.heading in THERAPIES
        else column
        for column in table.columns
    )
    return replace(table, columns=columns)


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
    listed = studies.study_views(report)
    return {
        "title": TITLE,
        "receipt": comparison.receipt,
        "therapies": [
            {"name": name, "short": lay.short_name(name), "means": lay.meaning(name)}
            for name in comparison.therapies
        ],
        "points": answer.key_points(report),
        "more_points": answer.more_points(report),
        "benefits": facts.fact_views(report, benefit=True),
        "harms": facts.fact_views(report, benefit=False),
        "outcomes": outcomes.outcomes_view(report),
        "people": _named(people_table(comparison)),
        "direct": [direct_in_words(item) for item in comparison.direct],
        "over_time": over_time_in_words(comparison),
        "left_out": left_out_table(comparison),
        "unadjusted": lead(comparison),
        "bands": bands_in_words(),
        "maps": bubbles.map_views(report),
        "forests": forests.forest_views(report),
        "forest_axis": forests.axis(),
        "forest_legend": forests.legend(report.panels),
        "studies": listed,
        "choices": studies.filter_choices(listed),
        "timeline": timeline.timeline_view(report),
        "articles": verdicts.article_views(report),
        "verdicts": verdicts.verdict_meanings(report),
        "trials": closing.trial_views(report),
        "methods": closing.methods(report),
        "overlap_rule": closing.overlap_rule(report),
        "receipt_pairs": closing.receipt_pairs(report),
        "search_notes": closing.search_notes(report),
        "citation": closing.citation(report),
        "bibtex": closing.bibtex(report),
        "unused": sorted(
            {PurePath(item.place.file).name for item in report.diagnostics}
        ),
    }
