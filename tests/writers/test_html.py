"""Documents as HTML: what stands above what, and nothing but text in it."""

import re

from lupus_evidence.documents.document import Column, Document, Table
from lupus_evidence.documents.values import People
from lupus_evidence.writers.html import render_document, render_documents

TABLE = Table(
    "results",
    (
        Column("family", "family", "f"),
        Column("outcome", "outcome", "o"),
        Column("study", "study", "s"),
        Column("people", "people", "p", align="right"),
        Column("marks", "", "m"),
    ),
    (
        {
            "family": "survival",
            "outcome": "alive",
            "study": "<b>a-2001",
            "people": People(3, 6),
            "marks": "*",
        },
        {"family": "harm", "outcome": "relapse", "study": "b-2002"},
    ),
    group_by="outcome",
    part_by="family",
    notes=("* other diseases included",),
)


def texts(html, tag):
    """What stands in each element of a kind."""
    return re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", html)


def test_groups_stand_as_headings_over_all_columns():
    """As on a terminal; they are no columns of their own."""
    html = render_document(Document("Title", "", (TABLE,)))
    assert texts(html, "th") == [
        "study",
        "people",
        "",
        "Survival: alive",
        "Harm: relapse",
    ]
    assert '<th colspan="3">Harm: relapse</th>' in html


def test_figures_stand_at_the_right_and_a_missing_remark_is_empty():
    """A count that nobody knows is a dash; what there is nothing to say of is blank."""
    html = render_document(Document("Title", "", (TABLE,)))
    assert texts(html, "td") == ["&lt;b&gt;a-2001", "3 of 6", "*", "b-2002", "–", ""]
    assert '<td align="right">3 of 6</td>' in html


def test_a_file_has_a_style_and_a_notebook_none():
    """A fragment leaves the look to the page that it stands on."""
    page = Document("Title", "", (TABLE,))
    assert "<style>" in render_documents([page])
    assert "<style>" not in render_document(page)
