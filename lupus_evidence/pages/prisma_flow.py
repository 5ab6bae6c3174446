"""From searches to records as an answer: a diagram, a page, tables and data.

One table is in the layout that the R package PRISMA2020 reads. A number that is not
known is ``NA`` there: the package leaves its line out, where a missing row would
become 0.

References
----------
Haddaway NR, Page MJ, Pritchard CC, McGuinness LA. PRISMA2020: an R package and Shiny
app for producing PRISMA 2020-compliant flow diagrams. Campbell Syst Rev 2022;18:e1230.
doi 10.1002/cl2.1230
"""

from __future__ import annotations

import csv
from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING

from lupus_evidence.documents.document import Column, Document, Table
from lupus_evidence.documents.flowchart import FlowChart, FlowColumn, FlowStep, Phase
from lupus_evidence.documents.text import capital
from lupus_evidence.pages.templates import document, sentence
from lupus_evidence.screening.files import KINDS, Kind, SearchLog
from lupus_evidence.screening.reports import Report, reports_of
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lupus_evidence.documents.values import Value
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.screening.flow import Flow, Number, Path


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
        from lupus_evidence.writers.figure_file import render_figure

        return render_figure(chart, kind, notes=notes)

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


_NOT_KNOWN = "NA"
_HEADS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")

#: The package's rows in its order: data, node, box, and what stands in the box.
_ROWS = (
    (_NOT_KNOWN, "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies in the previous version"),
    ("previous_reports", _NOT_KNOWN, "box1", "Reports of these studies"),
    (_NOT_KNOWN, "node6", "newstud", "Found in databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", _NOT_KNOWN, "box2", "Specific databases"),
    ("register_results", _NOT_KNOWN, "box2", "Registers"),
    ("register_specific_results", _NOT_KNOWN, "box2", "Specific registers"),
    (_NOT_KNOWN, "node16", "othstud", "Found by other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", _NOT_KNOWN, "box11", "Organisations"),
    ("citations_results", _NOT_KNOWN, "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", _NOT_KNOWN, "box3", "Records excluded by automation"),
    ("excluded_other", _NOT_KNOWN, "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "Studies included in review"),
    ("new_reports", _NOT_KNOWN, "box10", "Reports of included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", _NOT_KNOWN, "box16", "Reports of all included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
    ("total_studies_ma", "node23", "box17", "Studies in meta-analysis"),
    ("total_reports_ma", _NOT_KNOWN, "box17", "Reports in meta-analysis"),
)
_KIND_ROWS: dict[Kind, str] = {
    "database": "database_results",
    "register": "register_results",
    "website": "website_results",
    "organisation": "organisation_results",
    "citations": "citations_results",
}


def prisma_csv(flow: Flow) -> str:
    """Return the counts as the file that ``PRISMA_data(read.csv(...))`` reads.

    Parameters
    ----------
    flow : Flow
        The counts.
    """
    values = _values(flow)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for data, node, box, text in _ROWS:
        n = values.get(data, _NOT_KNOWN)
        writer.writerow((data, node, box, text, text, text, _NOT_KNOWN, n))
    return stream.getvalue()


def _values(flow: Flow) -> Mapping[str, str]:
    """Return what is known, by the package's name for it."""
    databases, other = flow.paths
    values = {
        "duplicates": _shown(databases.duplicates),
        "records_screened": _shown(databases.screened),
        "records_excluded": _shown(databases.excluded),
        "new_studies": str(flow.studies),
        "new_reports": str(flow.reports),
    }
    for path, begin in ((databases, "dbr"), (other, "other")):
        for found in path.found:
            values[_KIND_ROWS[found.kind]] = _shown(found.hits)
        values |= {
            f"{begin}_sought_reports": _shown(path.sought),
            f"{begin}_notretrieved_reports": _shown(path.missed),
            f"{begin}_assessed": _shown(path.assessed),
            f"{begin}_excluded": _reasons(path),
        }
    for kind in KINDS[:2]:
        values[f"{kind}_specific_results"] = _listed(
            (search.source, str(search.hits))
            for found in databases.found
            if found.kind == kind
            for search in found.searches
            if search.hits is not None
        )
    return values


def _shown(number: Number) -> str:
    """Return a number, or that it is not known."""
    return _NOT_KNOWN if number.known is None else str(number.known)


def _reasons(path: Path) -> str:
    """Return reasons with their numbers, where those numbers are all there are."""
    if path.assessed.known is None:
        return _NOT_KNOWN
    return _listed((text, str(count)) for text, count in path.reasons)


def _listed(items: Iterable[tuple[str, str]]) -> str:
    """Return texts with numbers as the package reads them: "Reason one, 3; ...".

    Its signs between them cannot stand in the texts.
    """
    plain = str.maketrans({",": " -", ";": " -", "\n": " "})
    parts = [f"{text.translate(plain)}, {number}" for text, number in items]
    return "; ".join(parts) or _NOT_KNOWN
