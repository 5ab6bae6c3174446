from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.importing.record_yaml import WIDTH, Blank, Inline, render_record
from lupus_evidence.records.yamltext import parse

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.text(" ab#:-'\"{}[],&*!|>%@`?=\n\t~\\.01", max_size=200)
    | st.lists(st.text("abc#:-=.12", max_size=9), max_size=40).map(" ".join)
)
VALUES = st.recursive(
    TEXTS | st.integers(-(10**14), 10**14) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXTS.filter(lambda name: len(name) < 100), inner, max_size=4)
    ),
    max_leaves=12,
)
KEYS = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_a_record_reads_back_as_what_was_meant(fields):
    """Whatever stands in the fields, the file's reader gets exactly that."""
    assert parse(render_record(fields, "a test")) == fields


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_comments_cannot_become_content(source, hint):
    """A source or a hint with line ends and signs stays a comment."""
    text = render_record({"a": Blank(hint), "b": 1}, source)
    assert parse(text) == {"a": "...", "b": 1}


def test_house_style():
    """Short lists stand in brackets, long texts are folded, arms below one another."""
    fields = {
        "id": "doe-2026",
        "title": "A trial of cells in lupus " + "that goes on and on " * 4 + "here",
        "citation": {"authors": ["Doe J", "Roe R"], "year": 2026, "volume": "33"},
        "setting": {
            "centres": ["Invented University Hospital, Some Long Town Somewhere"],
            "recruitment": Inline({"start": "2007-03", "end": 2010}),
        },
        "results": [
            {"endpoint": "death", "at": Inline({"months": Decimal("74.4")})},
            {"endpoint": "relapse", "ci": ["52", "80"]},
        ],
        "notes": ["A sentence with a comma, and too long for any pair of brackets."],
    }
    expected = """\
id: doe-2026
title: >-
  A trial of cells in lupus that goes on and on that goes on and on that goes on and on
  that goes on and on here
citation:
  authors: [Doe J, Roe R]
  year: 2026
  volume: "33"
setting:
  centres:
    - Invented University Hospital, Some Long Town Somewhere
  recruitment: {start: 2007-03, end: 2010}
results:
  - endpoint: death
    at: {months: 74.4}
  - endpoint: relapse
    ci: ["52", "80"]
notes:
  - A sentence with a comma, and too long for any pair of brackets.
"""
    text = render_record(fields, "a test")
    assert text.partition("id:")[2] == expected.partition("id:")[2]
    assert all(len(line) <= WIDTH for line in text.splitlines())


def test_blanks_carry_what_the_source_says_and_what_the_template_says():
    """A blank's comment begins with the hint and goes on with the template's words."""
    text = render_record({"design": Blank("PubMed: Case Reports")}, "a test")
    column = " " * 24
    assert text.splitlines()[2:] == [
        "design: ...             # PubMed: Case Reports",
        f"{column}# randomised-trial, controlled-trial, comparative-cohort,",
        f"{column}# single-arm-trial, cohort, registry, case-series, case-report",
    ]


def test_a_hint_of_any_length_stays_short():
    """A comment does not grow with what a file puts into a field."""
    text = render_record({"design": Blank("word " * 10_000)}, "a test")
    assert len(text) < 1500
    assert all(len(line) <= WIDTH for line in text.splitlines())
