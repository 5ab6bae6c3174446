"""What a browser would show of HTML, block by block."""

import pytest
from lxml import html

from lupus_evidence.reading.html_text import BLOCKS, Part, parts_of, raised


def body(source):
    """Return the body of a page."""
    return html.document_fromstring(f"<html><body>{source}</body></html>").find("body")


def parts(source):
    """Return kind, rank and text of each block of a page's body."""
    return [(part.kind, part.rank, part.text) for part in parts_of(body(source))]


def texts(source):
    """Return the text of each block of a page's body."""
    return [part.text for part in parts_of(body(source))]


@pytest.mark.parametrize(
    ("name", "rank"),
    [*((f"h{rank}", rank) for rank in range(1, 7)), ("summary", 7), ("dt", 7)],
)
def test_headings_have_a_rank(name, rank):
    """Six of HTML's own, then questions that unfold and terms that are explained."""
    assert parts(f"above<{name}>Harms</{name}>below") == [
        ("paragraph", 0, "above"),
        ("heading", rank, "Harms"),
        ("paragraph", 0, "below"),
    ]


@pytest.mark.parametrize("name", ["div", "blockquote", "section", "p", "pre", "dd"])
def test_blocks_part_text(name):
    """What stands before, in and behind a block are three; no blank has to be there."""
    assert name in BLOCKS
    assert texts(f"above<{name}>within</{name}>below") == ["above", "within", "below"]


def test_names_within_a_line_part_nothing():
    """Emphasis and links run on, also within a word; line ends are blanks."""
    source = "<p>Half of <b>the</b>\r\n\tpeo<i>ple</i> <a href=x>were</a>\n well.</p>"
    assert texts(source) == ["Half of the people were well."]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul><li>well</li><li>ill</li></ul>", [("item", "well"), ("item", "ill")]),
        ("<li><p>well</p><div>ill</div></li>", [("item", "well"), ("item", "ill")]),
        ("<li><section>well</section></li>", [("item", "well")]),
        (
            "<li><blockquote>well</blockquote>ill",
            [("paragraph", "well"), ("item", "ill")],
        ),
        ("<h2><div>Harms</div></h2>", [("heading", "Harms")]),
        ("<ol><li>well</li></ol>ill", [("item", "well"), ("paragraph", "ill")]),
    ],
)
def test_a_paragraph_is_of_the_kind_of_what_it_stands_in(source, expected):
    """An item or a heading; a quotation in an item is a paragraph of its own."""
    found = list(parts_of(body(source)))
    assert [(part.kind, part.text) for part in found] == expected
    assert {part.rank for part in found if part.kind != "heading"} <= {0}


def test_only_the_element_itself_is_read():
    """Not the text behind it, which is another's."""
    div = body("<div><section>within</section>behind</div>").find("div")
    assert [part.text for part in parts_of(div.find("section"))] == ["within"]
    assert [part.text for part in parts_of(div)] == ["within", "behind"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Half of them<br>were well", ["Half of them were well"]),
        ("Half were well.<br>Nobody died.", ["Half were well.", "Nobody died."]),
        ("Half of them<br><br>were well", ["Half of them", "were well"]),
        ("Half of them<br> \n<br>were well", ["Half of them", "were well"]),
        ("<br>Half were well<br>", ["Half were well"]),
        ("Street 1<br>Town<br>Land", ["Street 1", "Town", "Land"]),
        ("<br><br>", []),
    ],
)
def test_breaks_part_lines_where_no_sentence_goes_on(source, expected):
    """One break may be within a sentence, an empty line never is."""
    assert texts(f"<p>{source}</p>") == expected


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("<p>plain</p>", [0]),
        ("<p><a href=x>link</a> and more</p>", [4]),
        ("<p>see <a href=x>one</a> or <a href=x>two</a></p>", [6]),
        ("<p><a href=x>a <b>bold</b> link</a> more</p>", [11]),
        ("<p><a href=x>link</a></p><p>plain</p>", [4, 0]),
        ("<a href=x><p>one</p><p>two</p></a>", [3, 3]),
        # four of ten characters are linked, and so of four one and a bit are
        ("<p><a href=x>link</a><br><br>more</p>", [1, 1]),
    ],
)
def test_characters_in_links_are_counted(source, linked):
    """From a link's beginning to its end, for each block."""
    assert [part.linked for part in parts_of(body(source))] == linked


def test_an_element_within_a_line_is_read_like_a_block():
    """With what is in links, and without what stands behind it."""
    span = body("<p><span>all of <a href=x>them</a></span> were well</p>").find(
        ".//span"
    )
    assert list(parts_of(span)) == [Part("paragraph", "all of them", 0, 4)]


@pytest.mark.parametrize(
    ("text", "before", "read_as"),
    [
        ("6", "1 × 10", "⁶"),
        ("6", "1 x 10", "⁶"),
        (" 8 ", "2 ×10", "⁸"),
        ("-3", "× 10", "⁻³"),
        ("–3", "× 10", "⁻³"),
        ("2", "375 mg/m", "²"),
        ("3", "4 cm", "³"),
        ("2", "of all of them", ""),
        ("2", "60 of 110", ""),
        ("12", "remission", ""),
        ("a,b", "remission", ""),
        ("[3, 4]", "remission.", ""),
        ("†", "87", ""),
        ("*", "30 %", ""),
        ("a", "1.5 m", ""),
        ("th", "the 4", "th"),
        ("th", "in m", "th"),
        ("", "× 10", ""),
        ("+", "CD4", "+"),
    ],
)
def test_raised_characters_are_exponents_notes_or_letters(text, before, read_as):
    """A number is an exponent behind a unit or a ten alone, else a note's."""
    assert raised(text, before) == read_as


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("10<sup>6</sup> cells", "10⁶ cells"),
        ("<b>1 × </b><i>10</i><sup>6</sup> cells", "1 × 10⁶ cells"),
        ("the for<b>m</b><sup>2</sup> sent", "the form sent"),
        (
            "in remission<sup><a href=x>12</a></sup>. Nobody died.",
            "in remission. Nobody died.",
        ),
    ],
)
def test_of_notes_only_the_text_around_them_is_read(source, expected):
    """In a paragraph and in a table's cell; what is raised may be in two pieces."""
    assert texts(f"<p>{source}</p>") == [expected]
    table = f"<table><tr><td>Cells</td><td>{source}</td></tr></table>"
    assert texts(table) == [f"Cells | {expected}"]


def test_rows_of_a_table_are_blocks():
    """Its caption before them, once; empty cells and rows are left out."""
    source = """
    above
    <table><caption>Rates</caption>
    <tr><th>Outcome</th><th> </th><th>MSC</th></tr><tr><td></td></tr>
    <tr><td>Rem<b>iss</b>ion<div>complete</div>or<br>partial</td><td>30&nbsp;%</td></tr>
    </table>
    below
    """
    assert list(parts_of(body(source))) == [
        Part("paragraph", "above", 0, 0),
        Part("paragraph", "Rates", 0, 0),
        Part("cell", "Outcome | MSC", 0, 0),
        Part("cell", "Remission complete or partial | 30 %", 0, 0),
        Part("paragraph", "below", 0, 0),
    ]


TWO = "<td>one</td><td>two</td>"
#: Tables of figures with a row of one cell.
WITH_A_TITLE = (
    f"<table><tr><td>all</td></tr><tr>{TWO}</tr></table>",
    f"<table><tr>{TWO}</tr><tr><td>all</td></tr></table>",
)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (f"<table><tr>{TWO}</tr></table>", ["one | two"]),
        (f"<table role=presentation><tr>{TWO}</tr></table>", ["one", "two"]),
        (f"<table role=none><tr>{TWO}</tr></table>", ["one", "two"]),
        (f"<table role=grid><tr>{TWO}</tr></table>", ["one | two"]),
        ("<table><tr><td>one</td></tr><tr><td>two</td></tr></table>", ["one", "two"]),
        (f"<table><caption></caption><tr>{TWO}</tr></table>", ["one | two"]),
        (WITH_A_TITLE[0], ["all", "one | two"]),
        (WITH_A_TITLE[1], ["one | two", "all"]),
        (
            f"<table><tr><td>menu</td><td><table><tr>{TWO}</tr></table></td></tr></table>",
            ["menu", "one | two"],
        ),
    ],
)
def test_tables_that_lay_out_the_page_are_read_as_text(table, expected):
    """Those that say so, hold another table, or have one column."""
    rows = len(expected) == 1 or table in WITH_A_TITLE
    found = list(parts_of(body(table)))
    assert [part.text for part in found] == expected
    kinds = ["cell" if rows or " | " in text else "paragraph" for text in expected]
    assert [part.kind for part in found] == kinds


@pytest.mark.parametrize(("size", "count"), [(300, 1), (301, 2)])
def test_a_table_of_long_cells_lays_out_the_page(size, count):
    """A cell of figures has at most 300 characters."""
    table = f"<table><tr><td>one</td><td>{'x' * size}</td></tr></table>"
    assert len(parts(table)) == count
