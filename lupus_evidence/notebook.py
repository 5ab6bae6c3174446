"""Results as pages for an interactive session: HTML in a notebook, text in a terminal.

The same tables and sentences as on the command line; numbers are rounded where they
always are, and a record's text is text, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from lupus_evidence.audit.verdicts import Audit
from lupus_evidence.catalogue.study_list import studies_table
from lupus_evidence.compare.summary import Comparison
from lupus_evidence.documents.document import Block, Document, Facts, Sentences
from lupus_evidence.documents.text import number, percent, plural, rate
from lupus_evidence.documents.values import Rate
from lupus_evidence.evidence.selection import Selection
from lupus_evidence.pages.audit import claims_table
from lupus_evidence.pages.comparison_page import comparison_document
from lupus_evidence.pages.phrases import bound_rate
from lupus_evidence.pages.templates import sentence
from lupus_evidence.records.load import EvidenceBase
from lupus_evidence.stats.estimates import NotPooled, PooledEstimate
from lupus_evidence.writers import html
from lupus_evidence.writers.terminal import Look, render_document

#: What can be displayed.
DISPLAYED = (EvidenceBase, PooledEstimate, NotPooled, Selection, Comparison, Audit)


@singledispatch
def page_of(value: object) -> Document:
    """Return a result as a page.

    Parameters
    ----------
    value : EvidenceBase, PooledEstimate, NotPooled, Selection, Comparison or Audit
        What one of the functions of `lupus_evidence.api` returned.
    """
    raise TypeError(f"there is no page for a {type(value).__name__}")


@page_of.register
def _(value: EvidenceBase) -> Document:
    problems = tuple(
        f"{item.place}: {item.level} {item.code} {item.message}"
        for item in value.diagnostics
    )
    blocks: list[Block] = [studies_table(value.studies)]
    if problems:
        blocks.append(Sentences("Could not be loaded", problems))
    return Document(f"Records of {value.folder}", "", tuple(blocks))


@page_of.register
def _(value: PooledEstimate) -> Document:
    low, high = value.ci or (None, None)
    pairs = [
        ("method", f"{value.method}, interval {value.interval_method}"),
        ("studies", str(value.k)),
        ("people", number(value.n)),
    ]
    if value.estimate is not None:
        pairs.append(("median rate", rate(Rate(value.estimate, low, high))))
    if value.mean is not None:
        pairs.append(("over all people", f"{percent(value.mean)} %"))
    if value.bound is not None:
        pairs.append(("bound", rate(bound_rate(value.bound))))
    if value.prediction is not None and value.prediction_shown:
        pairs.append(("new centre", f"{' to '.join(map(percent, value.prediction))} %"))
    if value.tau is not None:
        pairs.append(("tau", number(value.tau, 2)))
    notes = Sentences("Notes", tuple(note.text for note in value.notes))
    facts = Facts("", tuple(pairs))
    title = f"{plural(value.k, 'study', 'studies')}, pooled"
    return Document(title, "", (facts, notes) if notes.items else (facts,))


@page_of.register
def _(value: NotPooled) -> Document:
    return Document("Not pooled", value.text, ())


@page_of.register
def _(value: Selection) -> Document:
    counted = Sentences("Counted", _said("included", value.included))
    left_out = Sentences("Left out", _said("excluded", value.excluded))
    return Document(
        f"{value.endpoint}, {value.scope}, {value.band.label}: {value.therapy}",
        f"{plural(len(value.included), 'study', 'studies')}, {value.people} people",
        tuple(block for block in (counted, left_out) if block.items),
    )


@page_of.register
def _(value: Comparison) -> Document:
    return comparison_document(value)


@page_of.register
def _(value: Audit) -> Document:
    title = "; ".join(article.title for article in value.articles)
    return Document(title or "No article", "", (claims_table(value),))


def _said(macro: str, items: Iterable[object]) -> tuple[str, ...]:
    """Return what a sentence says of each item."""
    return tuple(sentence("figures.j2", macro, item) for item in items)


def as_text(value: object, width: int = 80) -> str:
    """Return a result as text for a terminal.

    Parameters
    ----------
    value : object
        One of `DISPLAYED`.
    width : int
        Columns.
    """
    return render_document(page_of(value), Look(width))


def as_html(value: object) -> str:
    """Return a result as HTML for a notebook, without script and style.

    Parameters
    ----------
    value : object
        One of `DISPLAYED`.
    """
    return html.render_document(page_of(value))
