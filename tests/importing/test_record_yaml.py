"""Records as YAML that people fill in: text that reads back as what was given."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.importing.record_yaml import (
    WIDTH,
    Blank,
    Inline,
    blank_at,
    folded,
    key,
    on_one_line,
    plain,
    render_record,
    template_blanks,
)
from lupus_evidence.records.schema import study_template
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


@pytest.mark.thorough
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


#: Everything UTF-8 can say, and texts full of what YAML gives a meaning to.
ANY_TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text(" ab#:-'\"{}[],&*!|>%@`?=~\\.0123\n\t\r\0\x1b\x85\u2028\ufeff")
    | st.sampled_from(["", "...", "---", "null", "no", "~", "010", "1e3", "52.0", "-"])
)


@given(ANY_TEXTS, st.booleans())
def test_any_text_reads_back_as_itself(text, inside):
    """A text alone, in brackets, in braces and after a dash is the same text again."""
    written = on_one_line(text, inside=inside)
    assert parse(f"a: {written if not inside else on_one_line(text)}") == {"a": text}
    inner = on_one_line(text, inside=True)
    assert parse(f"[{inner}, {inner}]") == [text, text]
    assert parse(f"{{a: {inner}}}") == {"a": text}
    assert parse(f"- {inner}") == [text]


@given(ANY_TEXTS)
def test_any_name_can_be_a_key(name):
    """A key is the same text again; a thousand characters is where YAML ends them."""
    assert parse(f"{key(name)}: 1") == {name: 1}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (81, "81"),
        (True, "true"),
        (Decimal("74.4"), "74.4"),
        ("33", '"33"'),
        ("52.0", '"52.0"'),
        ("168-76", "168-76"),
        ("2007-03", "2007-03"),
        ("10.1000/182", "10.1000/182"),
        ("no", '"no"'),
        ("81 ± 8%", "81 ± 8%"),
        ('say "a"', r'"say \"a\""'),
        ("=1+1", '"=1+1"'),
        ("a: b # c", '"a: b # c"'),
        ("\x1b[31m", r'"\x1b[31m"'),
    ],
)
def test_values_stand_as_in_the_records(value, written):
    """Quotes stand where the records have them: at numbers kept as text, and signs."""
    assert on_one_line(value) == written


def test_a_comma_needs_quotes_only_between_brackets():
    """A comma divides items in a list and is a comma elsewhere."""
    assert plain("Charité, Berlin", inside=False)
    assert not plain("Charité, Berlin", inside=True)


@given(st.lists(st.text("ab:#-'\"=.", min_size=1, max_size=12), min_size=1))
def test_a_folded_text_reads_back_as_itself(words):
    """Words of any signs, folded, are the same line again."""
    text = " ".join(words)
    lines = folded(text, 2)
    assert lines is not None
    assert parse("\n".join(["a: >-", *lines, ""])) == {"a": text}
    assert all(len(line) <= WIDTH for line in lines)


@pytest.mark.parametrize("text", ["", " a", "a ", "a\nb", "a\tb", "a\xa0b", "a" * 5000])
def test_what_folding_would_change_is_not_folded(text):
    """Outer blanks, line ends and what no record may hold are left to quotes."""
    assert folded(text, 2) is None


def test_every_blank_of_the_template_is_found_once():
    """As many paths as lines of the template with three dots for a value."""
    text = study_template("doe-2026")
    marked = re.findall(r'^[ -]*[a-z_]+: \[?"?\.\.\.', text, re.MULTILINE)
    assert len(template_blanks()) == len(marked) > 15


def test_paths_lead_to_blanks_in_the_template_itself():
    """Each path, walked through the template as data, ends at three dots."""
    for path, blank in template_blanks().items():
        value = parse(study_template("doe-2026"))
        for part in path:
            if part != "*":
                value = value[part]
            else:
                value = value[0] if isinstance(value, list) else value["treated"]
        assert [value] == parse(f"- {blank.mark}"), path
        assert value in ("...", ["..."]), path


def test_comments_come_with_their_blank():
    """Comments of one line, of two lines, and none."""
    assert blank_at(("citation", "year")).comment == ("of publication",)
    assert len(blank_at(("design",)).comment) == 2
    assert blank_at(("citation", "journal")).comment == ()
    assert blank_at(("results", "*", "se")).mark == "..."
