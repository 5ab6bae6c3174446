"""Markdown without its marks, each character with its place."""

import pytest

from lupus_evidence.reading.markdown import looks_like_markdown, read_markdown

SAID = "Half of the people were well, it is said."
OWN = ("paragraph", SAID)


def blocks(text):
    """Return kind and text of each block."""
    return [(block.kind, block.text) for block in read_markdown(text).blocks]


SIGNS = {
    "heading": "# Cells",
    "link": "See [this](http://x.org).",
    "strong": "Half were **well**.",
    "code": "```",
    "other code": "~~~",
    "quotation": "> Half were well.",
    "table": "|---|---|",
    "bare table": "--- | ---",
}


@pytest.mark.parametrize("name", SIGNS)
def test_a_text_is_markdown_by_two_kinds_of_signs(name):
    """One kind is in plain texts too, however often."""
    other = SIGNS["strong" if name != "strong" else "heading"]
    assert looks_like_markdown(f"Lupus\n\n{SIGNS[name]}\n\n{other}\n") is True
    assert looks_like_markdown(f"Lupus\n\n{SIGNS[name]}\n{SIGNS[name]}\n") is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Cells", [("title", "Cells")]),
        ("Cells\n=====", [("title", "Cells")]),
        (f"{SAID}\n\n## *Harms* ##", [OWN, ("heading", "Harms")]),
        (f"{SAID}\n\n   ###### Harms", [OWN, ("heading", "Harms")]),
        (f"{SAID}\n\n#one of them", [OWN, ("paragraph", "#one of them")]),
        ("# Cells\nhalf of them", [("title", "Cells"), ("paragraph", "half of them")]),
        ("Cells\n-----\nhalf of", [("title", "Cells"), ("paragraph", "half of")]),
        (f"{SAID}\n\n- one\n--", [OWN, ("item", "one"), ("paragraph", "--")]),
        (f"# A\n--\n\n{SAID}", [("title", "A"), ("paragraph", "--"), OWN]),
        # lines of a paragraph
        (f"{SAID}\nHalf.", [OWN, ("paragraph", "Half.")]),
        ("half of\n  them", [("paragraph", "half of them")]),
        ("half of\n\nthem", [("paragraph", "half of"), ("paragraph", "them")]),
        # rules
        (f"{SAID}\n\n* * *\n\n{SAID}", [OWN, OWN]),
        (f"{SAID}\n\n---\n\n{SAID}", [OWN, OWN]),
        (f"___\n{SAID}\n***\n{SAID}", [OWN, OWN]),
        # definitions, and what only looks like one
        (f"[a]: http://x.org 'X'\n{SAID}", [OWN]),
        (f"{SAID}\n[a]: x\n{SAID}", [OWN, OWN]),
        ("[a] is one.", [("paragraph", "[a] is one.")]),
    ],
)
def test_headings_paragraphs_and_rules(text, expected):
    """The heading that stands first is the title."""
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one\n+ two", ["one", "two"]),
        ("* one\n  of all\n* two", ["one of all", "two"]),
        ("1. one\n2) two", ["one", "two"]),
        ("- [x] one\n- [ ] two", ["one", "two"]),
        ("> - one\n> - two", ["one", "two"]),
        ("• **one**", ["one"]),
        ("- \\- one", ["- one"]),
    ],
)
def test_items_of_lists(text, expected):
    """With a bullet, a number or a box; what goes on belongs to them."""
    assert blocks(text) == [("item", item) for item in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> Half of\n> them", [("paragraph", "Half of them")]),
        (">> Half of\nthem", [("paragraph", "Half of them")]),
        # in a quotation a dash goes on with the sentence, below a paragraph it does not
        ("> half of,\n> - it is said", [("paragraph", "half of, - it is said")]),
        ("half of\n- one", [("paragraph", "half of"), ("item", "one")]),
        ("> half of\n- one", [("paragraph", "half of"), ("item", "one")]),
        (f"> {SAID}\n>\n> {SAID}", [OWN, OWN]),
    ],
)
def test_quotations(text, expected):
    """Their marks are left out on every line."""
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|a|b|\n|-|-|\n|1|*2*|", [("cell", "a | b"), ("cell", "1 | 2")]),
        ("a | b\n:-- | --:\n | 2", [("cell", "a | b"), ("cell", "2")]),
        ("Rates\n|a|b|\n|-|-|", [("paragraph", "Rates"), ("cell", "a | b")]),
        ("a | b", [("paragraph", "a | b")]),
        ("a | b\n-", [("paragraph", "a | b"), ("paragraph", "-")]),
        (
            "|a|b|\n|-|-|\n|1|2|\nof all",
            [("cell", "a | b"), ("cell", "1 | 2"), ("paragraph", "of all")],
        ),
        ("|a|b|\n|-|-|\n\nx | y", [("cell", "a | b"), ("paragraph", "x | y")]),
    ],
)
def test_tables_have_a_line_below_their_head(text, expected):
    """Without one, what has bars is text."""
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("half of `n` = 87", "half of n = 87"),
        ("a \\*star\\*", "a *star*"),
        ("a\\b", "a\\b"),
        ("half ![a wolf](w.png)were ![x][y]well![z]", "half were well"),
        ("half[^1] were [^a note]well", "half were well"),
        ("see [the **study**](http://x.org/a_(b)) of", "see the study of"),
        ("see [the study][ref] of [it][]", "see the study of it"),
        ("see <http://x.org> and <mailto:a@x.org> here", "see and here"),
        ("half<br/> were <b class='x'>well</b><!-- x -->", "half were well"),
        ("3 < 5 and 7 > 5", "3 < 5 and 7 > 5"),
        ("A&amp;B &#8211; &#x41; &lt; 5", "A&B – A < 5"),
        ("A&B; and R&D", "A&B; and R&D"),
        ("**half** of *them* ~~not~~ ==well==", "half of them not well"),
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("_half_ of in_remission", "half of in_remission"),
        ("![a wolf](w.png)", None),
    ],
)
def test_within_a_line_only_what_is_seen_is_read(text, seen):
    """Letters of links, of code, of emphasis; no picture, note, address or tag."""
    expected = [OWN, ("paragraph", seen)] if seen else [OWN]
    assert blocks(f"{SAID}\n\n{text}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\none = 1\n```",
        "```python\none = 1\n```",
        "~~~\none = 1\n```\ntwo\n~~~",
        "````\none\n```\ntwo\n````",
        "```\none\n```two\nthree\n````",
        "```\n<!-- one\n```",
        "<!-- one -->",
        "<!-- one\n\n```\n-->",
        "  <!--\none\n-->",
        "```\none\n\ntwo\n```",
    ],
)
def test_code_and_comments_are_no_text(text):
    """Up to a mark that ends them, whatever stands in them; a paragraph ends there."""
    assert blocks(f"{SAID}\n{text}\n{SAID}") == [OWN, OWN]
    parted = [("paragraph", "half of"), ("paragraph", "them")]
    assert blocks(f"half of\n{text}\nthem") == parted


def test_code_without_an_end_is_all_that_follows():
    """As every program shows it."""
    assert blocks(f"{SAID}\n```\n{SAID}\n\n{SAID}") == [OWN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: Cells\n---\n", [("title", "Cells"), OWN]),
        ("+++\ntitle: Cells\n+++\n", [("title", "Cells"), OWN]),
        ("---\ntitle: Cells\n...\n", [("title", "Cells"), OWN]),
        ("---\na: b\ntitle: 'My \"cells\"'\n---\n", [("title", 'My "cells"'), OWN]),
        ('---\ntitle:   "Cells" \n---\n', [("title", "Cells"), OWN]),
        ("---\nsubtitle: Cells\n---\n", [OWN]),
        ("---\ntitle: A\n---\n\n# B\n", [("title", "B"), OWN]),
        ("---\ntitle: A\n---\n<!-- x -->\n# B\n", [("title", "B"), OWN]),
        ("---\ntitle: A\n---\n```\n# B\n```\n", [("title", "A"), OWN]),
        ("---\ntitle: A\ntitle: B\n---\n", [("title", "A"), OWN]),
        # what has no end within 200 lines is no front matter
        ("---\n" + "a: b.\n" * 198 + "---\n", [OWN]),
        (
            "---\n" + "a.\n" * 199 + "...\n",
            [*[("paragraph", "a.")] * 199, ("paragraph", "..."), OWN],
        ),
        ("title: Cells.\n\n", [("paragraph", "title: Cells."), OWN]),
    ],
)
def test_front_matter_is_no_text(text, expected):
    """But for a title, if no heading stands first below it."""
    assert blocks(text + SAID) == expected


def test_front_matter_alone_has_no_title():
    """Nothing stands below it."""
    assert blocks("---\ntitle: Cells\n---\n") == []


@pytest.mark.parametrize(
    ("text", "part", "place"),
    [
        ("a\n\n  ## Harms", "Harms", (3, 6)),
        ("> - [x] half", "half", (1, 9)),
        ("> *half* of", "of", (1, 10)),
        ("see [a \\* **b**](c) now", "b", (1, 13)),
        ("see [a \\* **b**](c) now", "*", (1, 9)),
        ("see &amp; now", "&", (1, 5)),
        ("see &amp; now", "now", (1, 11)),
        ("|a|b|\n|-|-|\n| 1 |  2 of **3** |", "1", (3, 3)),
        ("|a|b|\n|-|-|\n| 1 |  2 of **3** |", "2", (3, 8)),
        ("|a|b|\n|-|-|\n| 1 |  2 of **3** |", "3", (3, 15)),
        ("|a|b|\n|-|-|\n| 1 |  2 of **3** |", "|", (3, 5)),
        ("---\ntitle: 'Cells'\n---\nhalf", "Cells", (2, 9)),
        ("---\na: b\n---\n\nhalf of\nthem", "half", (5, 1)),
        ("half of\nthem", "them", (2, 1)),
        ("```\nx\n```\n> half", "half", (4, 3)),
    ],
)
def test_characters_lead_back_to_the_file(text, part, place):
    """To line and column, counted by hand."""
    page = read_markdown(text)
    block = next(block for block in reversed(page.blocks) if part in block.text)
    assert page.place(block, block.text.index(part)) == place
    assert block.line <= place[0]
    assert page.source == "markdown"


def test_blocks_know_their_lines():
    """Whatever is left out above them."""
    text = "---\ntitle: A\n---\n\n- one\n\n## B\n|a|b|\n|-|-|\n|1|2|\nhalf of\nthem"
    assert [block.line for block in read_markdown(text).blocks] == [2, 5, 7, 8, 10, 11]
