"""Values put into a text in place: every other character stays."""

import pytest

from lupus_evidence.records.yamledit import EditError, at, tree, with_entry, with_value
from lupus_evidence.records.yamltext import parse

ORDER = ("authors", "year", "journal", "doi")


def put(text, name, value, path=("citation",)):
    """A text with one more entry."""
    return with_entry(
        text,
        path,
        name,
        lines=lambda indent: [f"{' ' * indent}{name}: {value}"],
        inline=f"{name}: {value}",
        order=ORDER if path else ("id", "citation", "design"),
    )


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (
            "citation:\n  year: 2020 # seen\n  doi: 10.1/a\n",
            "journal",
            "citation:\n  year: 2020 # seen\n  journal: X\n  doi: 10.1/a\n",
        ),
        (
            (
                "citation:\n  year: 2020  # one\n              # two\n  # of the DOI\n"
                "  doi: 10.1/a\n"
            ),
            "journal",
            (
                "citation:\n  year: 2020  # one\n              # two\n  journal: X\n"
                "  # of the DOI\n  doi: 10.1/a\n"
            ),
        ),
        (
            "citation:\n  journal: >-\n    # no comment\n    A\n\n\ndesign: x\n",
            "doi",
            (
                "citation:\n  journal: >-\n    # no comment\n    A\n  doi: X\n\n\n"
                "design: x\n"
            ),
        ),
        (
            "citation:\n    doi: 10.1/a",
            "year",
            "citation:\n    year: X\n    doi: 10.1/a",
        ),
        ("citation:\n  year: 1", "doi", "citation:\n  year: 1\n  doi: X\n"),
        (
            "a: 1\r\ncitation:\r\n  year: 1\r\n",
            "doi",
            "a: 1\r\ncitation:\r\n  year: 1\r\n  doi: X\r\n",
        ),
        (
            "citation: {year: 2020 , doi: 10.1/a} # c\n",
            "journal",
            "citation: {year: 2020, journal: X , doi: 10.1/a} # c\n",
        ),
        ("citation: {doi: b}\n", "year", "citation: {year: X, doi: b}\n"),
        ("citation: {}\n", "year", "citation: {year: X}\n"),
        (
            "citation: {authors: [A,\n  B], doi: b}\n",
            "year",
            "citation: {authors: [A,\n  B], year: X, doi: b}\n",
        ),
    ],
)
def test_an_entry_goes_where_it_belongs_and_nothing_else_moves(before, name, after):
    """Behind those that stand before it in the order, below their comments."""
    assert put(before, name, "X") == after
    assert parse(after)["citation"][name] == "X"


def test_an_entry_of_the_whole_text():
    """The top of a record is a mapping like any other."""
    before = "# top\nid: a\n\n# of the design\ndesign: x\n"
    after = "# top\nid: a\ncitation: X\n\n# of the design\ndesign: x\n"
    assert put(before, "citation", "X", ()) == after


@pytest.mark.parametrize(
    ("before", "inline", "below", "after"),
    [
        ("a:\n  b: ...   # hint\nc: 1\n", "X", None, "a:\n  b: X   # hint\nc: 1\n"),
        ('a: {b: "...", c: 1}\n', "X", None, "a: {b: X, c: 1}\n"),
        ("a:\n  b: [...]\nc: 1\n", "[X, Y]", None, "a:\n  b: [X, Y]\nc: 1\n"),
        (
            "a:\n  b: [...]  # h\n            # more\n  c: 1\n",
            "",
            ["    - X", "    - Y"],
            "a:\n  b:   # h\n            # more\n    - X\n    - Y\n  c: 1\n",
        ),
        ("a:\n  b: ...\n", "", ["    - X"], "a:\n  b:\n    - X\n"),
        ("a:\n  b: >-\n    old\n    text\n\nc: 1\n", "X", None, "a:\n  b: X\n\nc: 1\n"),
    ],
)
def test_a_value_in_the_place_of_another(before, inline, below, after):
    """The comment beside a blank stays."""
    assert with_value(before, ("a", "b"), inline=inline, below=below) == after
    assert parse(after)["a"]["b"] in ("X", ["X"], ["X", "Y"])


@pytest.mark.parametrize(
    "text", ["a:\n  b: >- # why\n    old\n", "a:\n  b:\n    - x # why\n    - y\n"]
)
def test_a_comment_inside_a_value_is_never_lost(text):
    """Rather nothing is done."""
    with pytest.raises(EditError, match="has a comment in it"):
        with_value(text, ("a", "b"), inline="X")


def test_what_is_not_there_cannot_be_edited():
    """Neither an empty text nor a value that is no mapping."""
    with pytest.raises(EditError, match="empty"):
        tree("")
    with pytest.raises(EditError, match=r"no a\.b"):
        at(tree("a: 1\n"), ("a", "b"))
    with pytest.raises(EditError, match="has no fields"):
        put("citation: x\n", "doi", "X")


def test_places_hold_where_editors_see_one_line():
    """A line separator in a text ends no line."""
    before = "citation:\n  journal: a\u2028b\n  doi: 10.1/a\n"
    assert put(before, "year", "X") == "citation:\n  year: X\n" + before[10:]
