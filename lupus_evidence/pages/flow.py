"""From searches to records as an answer: a diagram, a page, tables and data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.flowchart import FlowChart, FlowColumn, FlowStep
from lupus_evidence.pages.flow_prisma import prisma_csv
from lupus_evidence.pages.templates import document, sentence
from lupus_evidence.screening.reports import reports_of
from lupus_evidence.text import capital
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lupus_evidence.document import Document
    from lupus_evidence.flowchart import Phase
    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.screening.files import SearchLog
    from lupus_evidence.screening.flow import Flow, Number, Path
    from lupus_evidence.screening.reports import Report
    from lupus_evidence.values import Value

TEMPLATE = "flow.j2"
#: What one can ask for by name.
SECTIONS = ("searches", "excluded", "receipt")
_STEPS = ("screened", "excluded", "sought", "missed", "waiting", "assessed")
_PHASES: tuple[Phase, ...] = ("identification", "screening", "included")

_COUNTS = (
    Column("phase", "phase", "Identification, screening, included"),
    Column("route", "route", "Databases and registers, or other methods"),
    Column("item", "item", "What is counted, by a stable name"),
    Column("detail", "detail", "Which source, or which reason", wrap=True),
    Column("n", "n", "How many; empty where nobody knows", align="right"),
    Column("named", "named", "How many the table names", align="right"),
)
_EXCLUDED = (
    Column("report", "report", "Title, or a number of it", wrap=True),
    Column("year", "year", "Year of publication", align="right", drop=2),
    Column("stage", "stage", "Title and abstract, or full text", drop=1),
    Column("decision", "decision", "What was decided"),
    Column("reason", "reason", "Why", wrap=True),
    Column("by", "by", "Who decided", drop=3),
    Column("doi", "", "DOI", audience="data"),
    Column("pmid", "", "PubMed number", audience="data"),
    Column("found_by", "", "Searches that found it", audience="data"),
)


def flow_answer(
    flow: Flow,
    base: EvidenceBase,
    log: SearchLog,
    *,
    notes: bool = True,
    sections: Collection[str] = (),
) -> Answer:
    """Return the way from searches to records in all its forms.

    Parameters
    ----------
    flow : Flow
        Its counts.
    base, log : EvidenceBase, SearchLog
        What they were counted from.
    notes : bool
        Whether page and figure say what to mind.
    sections : collection of str
        Which of `SECTIONS` follow on the page.
    """
    chart = flow_chart(flow)

    def pages() -> list[Document]:
        return [_page(flow, chart, base, log, noted=notes, sections=sections)]

    def tables() -> list[Table]:
        counts = tuple(_counts(flow))
        return [Table("flow", _COUNTS, counts), _excluded_table(base, log)]

    def data() -> dict[str, object]:
        return {"flow": _data(flow)}

    def figure(kind: str) -> bytes:
        from lupus_evidence.writers.flow_drawing import render_flow

        return render_flow(chart, kind, notes=notes)

    own = {"prisma": lambda: prisma_csv(flow)}
    return Answer(flow.receipt, pages, tables, data, figure, own)


def _page(
    flow: Flow,
    chart: FlowChart,
    base: EvidenceBase,
    log: SearchLog,
    *,
    noted: bool,
    sections: Collection[str],
) -> Document:
    """Return the page."""
    return document(
        "flow_page.j2",
        {"chart": chart, "excluded": _excluded_table(base, log)},
        title=chart.title,
        notes=chart.notes if noted else (),
        searches=[sentence(TEMPLATE, "searched", one.search) for one in log.searches],
        sections=sections,
        more=[f"--{name}" for name in SECTIONS] if flow.kept else [],
        receipt=chart.receipt,
    )


def flow_chart(flow: Flow) -> FlowChart:
    """Return the diagram of PRISMA 2020.

    Parameters
    ----------
    flow : Flow
        The counts.
    """
    last = [
        _plain("studies", flow.studies),
        _plain("reports", flow.reports),
    ]
    if flow.silent:
        last.append(_plain("silent", flow.silent))
    if flow.unscreened and flow.kept:
        last.append(_plain("unscreened", flow.unscreened))
    columns = tuple(
        FlowColumn(sentence(TEMPLATE, "column", path.route), tuple(_steps(path)))
        for path in flow.paths
    )
    return FlowChart(
        sentence(TEMPLATE, "title"),
        columns,
        FlowStep("included", "included", tuple(last)),
        tuple((name, sentence(TEMPLATE, "phase", name)) for name in _PHASES),
        (
            *(sentence(TEMPLATE, "note", code) for code in _noted(flow, columns)),
            *([sentence(TEMPLATE, "read", flow.readings)] if flow.readings else []),
        ),
        sentence(TEMPLATE, "receipt", flow.receipt),
    )


def _noted(flow: Flow, columns: tuple[FlowColumn, ...]) -> Iterator[str]:
    """Yield codes of what a reader must know."""
    if not flow.kept:
        yield "nothing"
    said = [t for column in columns for s in column.steps for t in (*s.box, *s.side)]
    if any("n = ?" in text for text in said):
        yield "unknown"
    yield "studies"
    if any(path.waiting.named for path in flow.paths):
        yield "waiting"
    yield "form"


def _label(name: str) -> str:
    """Return what stands in a box."""
    return sentence(TEMPLATE, "label", name)


def _plain(name: str, count: int) -> str:
    """Return a label with a number that is known."""
    return sentence(TEMPLATE, "plain", _label(name), count)


def _counted(name: str, number: Number) -> str:
    """Return a label with its number."""
    return sentence(TEMPLATE, "counted", _label(name), number)


def _steps(path: Path) -> Iterator[FlowStep]:
    """Yield the boxes of one column."""
    if path.is_empty:
        text = sentence(TEMPLATE, "nothing", path.route)
        yield FlowStep("identification", "identified", (text,))
        return
    found = [_counted(one.kind, one.hits) for one in path.found]
    if path.unknown:
        found.append(_plain("unknown", path.unknown))
    removed = _label("removed"), _counted("duplicates", path.duplicates)
    yield FlowStep(
        "identification", "identified", (_label("identified"), *found), removed
    )
    if path.route == "databases" or path.excluded.named:
        yield FlowStep(
            "screening",
            "screened",
            (_counted("screened", path.screened),),
            (_counted("excluded", path.excluded),),
        )
    beside = [_counted("missed", path.missed)]
    if path.waiting.named:
        beside.append(_plain("waiting", path.waiting.named))
    sought = (_counted("sought", path.sought),)
    yield FlowStep("screening", "sought", sought, tuple(beside))
    reasons = [
        sentence(TEMPLATE, "plain", sentence(TEMPLATE, "reason", reason), count)
        for reason, count in path.reasons
    ]
    left_out = (_label("left-out"), *reasons) if reasons else ()
    assessed = (_counted("assessed", path.assessed),)
    yield FlowStep("screening", "assessed", assessed, left_out)


def _counts(flow: Flow) -> Iterator[dict[str, Value]]:
    """Yield every number as a row for programs."""

    def row(
        phase: Phase, route: str, item: str, number: Number | int, detail: str = ""
    ) -> dict[str, Value]:
        known = number if isinstance(number, int) else number.known
        named = number if isinstance(number, int) else number.named
        return {
            "phase": phase,
            "route": route,
            "item": item,
            "detail": detail,
            "n": known,
            "named": named,
        }

    for path in flow.paths:
        way = path.route
        for found in path.found:
            sources = dict.fromkeys(search.source for search in found.searches)
            source = "; ".join(sources)
            yield row("identification", way, found.kind, found.hits, source)
        if not path.is_empty:
            yield row("identification", way, "unknown", path.unknown)
        yield row("identification", way, "duplicates", path.duplicates)
        for name in _STEPS:
            yield row("screening", way, name, getattr(path, name))
        for reason, count in path.reasons:
            yield row("screening", way, "excluded-after-reading", count, reason)
        if not path.is_empty:
            yield row("included", way, "included-reports", path.included)
    for name in ("studies", "reports", "silent", "unscreened"):
        yield row("included", "", name, getattr(flow, name))


def _data(flow: Flow) -> dict[str, object]:
    """Return the counts as plain values; a number that nobody knows is null."""
    return {
        "routes": {path.route: _path_data(path) for path in flow.paths},
        "included": {
            "studies": flow.studies,
            "reports": flow.reports,
            "without_results": flow.silent,
            "in_no_search_and_no_table": flow.unscreened,
        },
    }


def _path_data(path: Path) -> dict[str, object]:
    """Return one column's counts as plain values."""
    names = ("duplicates", *_STEPS)
    return {
        "found": [
            {
                "kind": found.kind,
                "hits": asdict(found.hits),
                "searches": [
                    one.model_dump(mode="json", exclude_defaults=True)
                    for one in found.searches
                ],
            }
            for found in path.found
        ],
        "not_known_how_found": None if path.is_empty else path.unknown,
        **{name: asdict(getattr(path, name)) for name in names},
        "reasons": [{"reason": text, "n": count} for text, count in path.reasons],
        "included_reports": None if path.is_empty else path.included,
    }


def _excluded_table(base: EvidenceBase, log: SearchLog) -> Table:
    """Return the reports that are no records, each with the last decision."""
    known = reports_of(log, base).known
    rows = tuple(_excluded_row(one) for one in known if one.record is None)
    return Table("excluded", _EXCLUDED, rows, empty="Every report is a record.")


def _excluded_row(report: Report) -> dict[str, Value]:
    """Return a report's last decision, and what tells it from others."""
    last = report.rows[-1].report
    values = {
        name: next((v for r in report.rows if (v := getattr(r.report, name))), None)
        for name in ("year", "doi", "pmid")
    }
    return {
        "report": report.title,
        **values,
        "stage": last.stage,
        "decision": last.decision,
        "reason": capital(report.reason),
        "by": last.by,
        "found_by": "; ".join(report.found_by),
    }
