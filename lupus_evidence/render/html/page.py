"""From the report's content to one HTML file."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from lupus_evidence.pages.comparison_tables import left_out_table, people_table
from lupus_evidence.pages.sentences import (
    bands_in_words,
    lead,
    over_time_in_words,
    receipt_facts,
)
from lupus_evidence.render.html import (
    bubbles,
    forests,
    lay,
    lights,
    outcomes,
    studies,
    trials,
    verdicts,
)
from lupus_evidence.render.html.environment import report_environment
from lupus_evidence.render.html.survival import survival_view
from lupus_evidence.silence import Silence, silence, today
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from lupus_evidence.document import Table
    from lupus_evidence.models import Study
    from lupus_evidence.report.page import Report

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
        replace(column, heading=lay.short_name(column.heading))
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
    listed = studies.study_views(report)
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
        "pooled": trials.pooled_views(report),
        "trials": report.trials,
        "waiting": [
            item for item in comparison.registered if item.status != "withdrawn"
        ],
        "articles": verdicts.article_views(report),
        "verdicts": verdicts.verdict_meanings(report),
        "outcomes": outcomes.outcomes_view(report),
        "people": _named(people_table(comparison)),
        "over_time": over_time_in_words(comparison),
        "left_out": left_out,
        "left_out_results": sum(item.results for item in comparison.left_out),
        "unadjusted": lead(comparison),
        "bands": bands_in_words(),
        "maps": bubbles.map_views(report),
        "forests": forests.forest_views(report),
        "forest_axis": forests.axis(),
        "forest_legend": forests.legend(report.panels, comparison.receipt.method),
        "bias": lights.bias_view(report),
        "studies": listed,
        "families": report.families,
        "filters": studies.filter_choices(listed),
        "unpublished": report.unpublished,
        "overdue": _overdue(report.unpublished),
        "receipt_pairs": receipt_facts(comparison).pairs,
        "base": report.base,
        "unused": sorted(
            {PurePath(item.place.file).name for item in report.diagnostics}
        ),
    }
