"""Templates: what a line's sign makes of it, and that a value is only ever text."""

import pytest
from jinja2 import DictLoader, UndefinedError
from jinja2.exceptions import TemplateNotFound

from lupus_evidence.documents.document import (
    Column,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.pages import templates

TABLE = Table("t", (Column("a", "a", ""),), ({"a": 1},))


@pytest.fixture
def made(monkeypatch):
    """Documents from a template given as text."""

    def document(text, tables=None, **values):
        environment = templates.environment().overlay(loader=DictLoader({"x": text}))
        monkeypatch.setattr(templates, "environment", lambda: environment)
        return templates.document("x", tables, **values)

    return document


def test_signs_make_blocks(made):
    """Title, what stands under it, paragraphs, lists, facts, notes, tables."""
    page = made(
        "# Title\n> under\n> it\n\none\ntwo\n\n### Things\n- a\n  b\n- c\n"
        "= key: value\n! note\n[[t]]\n",
        {"t": TABLE},
    )
    assert (page.title, page.subtitle) == ("Title", "it")
    assert page.blocks == (
        Paragraph("one two"),
        Sentences("Things", ("a b", "c")),
        Facts("", (("key", "value"),)),
        Paragraph("note", note=True),
        TABLE,
    )


def test_sections_have_a_name_and_empty_ones_are_left_out(made):
    """`## name: Heading` until the next; nothing below it, no section."""
    page = made("## one: First\ntext\n## two: Second\n## three: Third\n- item\n")
    assert page.blocks == (
        Section("one", "First", (Paragraph("text"),)),
        Section("three", "Third", (Sentences("", ("item",)),)),
    )
    assert page.only(("three",)).blocks == page.blocks[1:]


@pytest.mark.parametrize(
    "value", ["# title", "- item", "[[t]]", "= a: b", "## s: x", "! n", "a\n\n# b"]
)
def test_a_value_is_text_whatever_it_looks_like(made, value):
    """A record cannot add a heading, an item or a table."""
    page = made("{{ value }}\n", {"t": TABLE}, value=value)
    assert page.title == ""
    assert page.blocks == (Paragraph(" ".join(value.split())),)
    item = made("- {{ value }}\n", {"t": TABLE}, value=value)
    assert item.blocks == (Sentences("", (" ".join(value.split()),)),)


def test_a_value_cannot_reach_the_terminal(made):
    """Control characters become visible."""
    page = made("{{ value }}\n", value="\x1b[31mred\u202e")
    assert page.blocks == (Paragraph("\\x1b[31mred\\u202e"),)


def test_numbers_are_rounded_where_they_always_are(made):
    """Typed values show as in a table."""
    page = made(
        "{{ people }}, {{ rate }}, {{ share | percent }} %, {{ n | plural('study', "
        "'studies') }}\n",
        people=People(3, 6),
        rate=Rate(0.5, 0.19, 0.81),
        share=0.004,
        n=2,
    )
    assert page.blocks == (Paragraph("3 of 6, 50 % (19 to 81), <1 %, 2 studies"),)


def test_what_is_not_there_is_an_error(made):
    """A misspelt value, table or template is found by the first test that renders."""
    with pytest.raises(UndefinedError):
        made("{{ nothing }}\n")
    with pytest.raises(KeyError):
        made("[[u]]\n")
    with pytest.raises(TemplateNotFound):
        templates.document("missing.j2")
