"""Which lines of plain text are one paragraph, which a list, a heading, a title."""

import re

import pytest

from lupus_evidence.reading.page import Piece, lines_of
from lupus_evidence.reading.plain_text import (
    chunks_of,
    continues,
    cuts_sentence,
    is_heading,
    own_parts,
    read_plain,
    row,
    wrapped_at,
)


def blocks(text):
    """Return kind and text of each block."""
    return [(block.kind, block.text) for block in read_plain(text).blocks]


@pytest.mark.parametrize(
    ("line", "following", "cut"),
    [
        ("Half of the people", "were well", True),
        ("Half of the people", "  were well", True),
        ("Half of the people", "étaient well", True),
        ("Half of the people.", "were well", False),
        ('They said "well."', "and that", False),
        ("They were well.12 ", "and that", False),
        ("They were well (or so they said.)", "and that", False),
        ("Half of the people:", "were well", False),
        ("Half of the people", "Nobody died", False),
        ("Half of the people", "_ were well", False),
        ("Half of the people", "", False),
        ("x" * 39, "12 of them", False),
        ("x" * 40, "12 of them", True),
        ("x" * 40, "(31 %) of them", True),
        ("x" * 39 + ".", "12 of them", False),
    ],
)
def test_a_small_letter_goes_on_with_a_sentence(line, following, cut):
    """A figure only behind a line that is as long as lines that are broken."""
    assert cuts_sentence(line, following) is cut


#: 60 characters that end a sentence; at a width of 80 a word of 8 had no room.
LINE = "x" * 59 + "."


@pytest.mark.parametrize(
    ("line", "following", "width", "one"),
    [
        ("Half of the people", "were well", 0, True),
        ("Half were well,", "Nobody died", 0, True),
        ("Half were well -", "Nobody died", 0, True),
        ("Half were well – ", "Nobody died", 0, True),
        ("Half were well (", "Nobody died", 0, True),
        ("Half were well)", "Nobody died", 0, False),
        (LINE, "Nobodies died", 80, True),
        (LINE + "   ", "Nobodies died", 80, True),
        (LINE, "Nobody's", 80, True),
        (LINE, "Nothing died", 80, False),
        (LINE, "Nobodies died", 0, False),
        ("x" * 33 + ".", "A b", 40, True),
        ("x" * 33 + ".", "A b", 39, False),
        ("x" * 179 + ".", "A b", 180, True),
        ("x" * 179 + ".", "A b", 181, False),
        ("x" * 180 + ".", "A b", 180, False),
    ],
)
def test_lines_are_joined_that_were_broken_at_a_width(line, following, width, one):
    """Where the next word did not fit, or a sentence is not at its end."""
    assert continues(line, following, width) is one


def lines(*texts):
    """Return lines that follow one another."""
    return lines_of("\n".join(texts))


@pytest.mark.parametrize(
    ("chunk", "width"),
    [
        (lines("Half of"), 0),
        (lines("Half of  ", "them."), 7),
        (lines("Half were well.", "Nobody died."), 0),
        # of ten breaks three cut a sentence, or two
        (lines(*["were of"] * 4, *["Well."] * 7), 7),
        (lines(*["were of"] * 3, *["Well."] * 8), 0),
        # what begins an item is on a line of its own at any width
        (lines("Half of", "them", "- One.", "- Two.", "- Three."), 7),
        (lines("Rates:", "- Half", "of"), 6),
        (lines("Rates", "-----", "Harms", "-----", "Half of", "them"), 7),
        # nine in ten of the lines are at most so wide
        (lines(*["x" * size for size in range(41, 61)], "x"), 59),
    ],
)
def test_the_width_is_that_of_nearly_all_lines(chunk, width):
    """If enough breaks cut a sentence; else each line is a paragraph."""
    assert wrapped_at([chunk]) == width


def test_the_width_is_one_for_the_whole_text():
    """Of all paragraphs together, whose last lines do not count."""
    assert wrapped_at([]) == 0
    assert wrapped_at([lines("half of", "them"), lines("and half of", "it all")]) == 11


def test_empty_lines_part_stretches():
    """Each with the number of its first line."""
    found = chunks_of("\none\ntwo\n \n\nthree")
    assert found == [(2, [Piece("one", 1), Piece("two", 5)]), (6, [Piece("three", 12)])]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Harms", True),
        ("What are the harms?", True),
        ("The harms:", True),
        ("Nobody died.", False),
        ("Nobody died. ", False),
        ("Nobody died!", False),
        ("Nobody died;", False),
        ("Nobody died,", False),
        ("50 % were well", False),
        ("2024", False),
        ("", False),
        ("x" * 90, True),
        ("x" * 91, False),
        ("a " * 14, True),
        ("a " * 15, False),
    ],
)
def test_a_heading_is_short_and_no_sentence(text, heading):
    """It has a letter, and no percentage."""
    assert is_heading(text) is heading


def test_a_title_may_have_a_percentage():
    """A heading may not."""
    assert is_heading("50 % were well", title=True) is True
    assert is_heading("50 % were well.", title=True) is False


SAID = "Half of the people were well, it is said."
DASH = "- so their doctors say, and they do so too - were well"
OPEN = "Of the people who were given the cells of a donor about one half of them"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Half were well", [("paragraph", "Half were well")]),
        ("Cells\n\n" + SAID, [("title", "Cells"), ("paragraph", SAID)]),
        ("5 % died\n\n" + SAID, [("title", "5 % died"), ("paragraph", SAID)]),
        ("Cells\n=====\n" + SAID, [("title", "Cells"), ("paragraph", SAID)]),
        ("\u200b\n\nCells\n\n" + SAID, [("title", "Cells"), ("paragraph", SAID)]),
        (f"{SAID}\n\nHarms", [("paragraph", SAID), ("heading", "Harms")]),
        (f"{SAID}\n\nHarms\n-----", [("paragraph", SAID), ("heading", "Harms")]),
        # what is underlined ends there
        ("Harms\n*****\nor none", [("title", "Harms"), ("paragraph", "or none")]),
        (f"{SAID}\n-----\nor not", [("paragraph", SAID), ("paragraph", "or not")]),
        (f"{OPEN}\n-----\nare", [("paragraph", OPEN), ("paragraph", "are")]),
        # two lines are not underlined
        ("half\nof them\n-----\nare", [("paragraph", "half of them are")]),
        # a line of signs is nothing
        ("-----\n" + SAID, [("paragraph", SAID)]),
        (f"{SAID}\n* * *\n{SAID}", [("paragraph", SAID)] * 2),
        (f"{SAID}\n......\n{SAID}", [("paragraph", SAID)] * 2),
        # of short lines the one before a long one is its heading
        (
            f"{SAID}\n\nMonday\nHarms\n{SAID}",
            [
                *(("paragraph", SAID), ("paragraph", "Monday")),
                *(("heading", "Harms"), ("paragraph", SAID)),
            ],
        ),
        (f"{SAID}\n\n{SAID}\nDoe", [("paragraph", SAID)] * 2 + [("paragraph", "Doe")]),
        (
            f"{SAID}\n\nMonday\nDoe",
            [("paragraph", SAID), ("paragraph", "Monday"), ("paragraph", "Doe")],
        ),
        (
            f"{SAID}\n\nA half\nof it\n{SAID}",
            [("paragraph", SAID), ("paragraph", "A half of it"), ("paragraph", SAID)],
        ),
    ],
)
def test_headings_stand_alone_above_or_over_a_line(text, expected):
    """The first is the title, if anything stands below it."""
    assert blocks(text) == expected
    title = expected[0][1] if expected and expected[0][0] == "title" else ""
    assert read_plain(text).title == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one", [("item", "one")]),
        ("• one\n◦ two", [("item", "one"), ("item", "two")]),
        ("1. one\n(2) two\n3) 12", [("item", "one"), ("item", "two"), ("item", "12")]),
        ("a) one\nb. two", [("item", "one"), ("item", "two")]),
        ("- half of\n  them\n- one", [("item", "half of them"), ("item", "one")]),
        ("- Half.\nNobody.", [("item", "Half."), ("paragraph", "Nobody.")]),
        ("Of those:\n- one", [("heading", "Of those:"), ("item", "one")]),
        # a dash may go on with a sentence, unless there are two of them
        (
            f"{OPEN}\n{DASH}\nagain",
            [("paragraph", f"{OPEN} {DASH} again")],
        ),
        (
            f"{OPEN}\n- one\n- two",
            [("paragraph", OPEN), ("item", "one"), ("item", "two")],
        ),
        ("- one\n- two\n", [("item", "one"), ("item", "two")]),
        ("-one was.", [("paragraph", "-one was.")]),
    ],
)
def test_items_begin_with_a_mark(text, expected):
    """A bullet, a number or a letter; what goes on belongs to them."""
    assert blocks(f"{SAID}\n\n{text}")[1:] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Death\t3 %\nCure\t1 %", [("cell", "Death | 3 %"), ("cell", "Cure | 1 %")]),
        ("Death   3 %\nCure   1 %", [("cell", "Death | 3 %"), ("cell", "Cure | 1 %")]),
        (
            "Death  3 %\nCure  1 %",
            [("paragraph", "Death 3 %"), ("paragraph", "Cure 1 %")],
        ),
        ("Death\t3 %", [("paragraph", "Death 3 %")]),
        # a line above and a line below, or two, but not three
        (
            "Rates\na\t1\nb\t2\nof all",
            [
                *(("heading", "Rates"), ("cell", "a | 1"), ("cell", "b | 2")),
                ("paragraph", "of all"),
            ],
        ),
        (
            "Rates\nof\na\t1\nb\t2\nof all",
            [("paragraph", "Rates of a 1 b 2 of all")],
        ),
    ],
)
def test_rows_stand_in_columns(text, expected):
    """If nearly all lines do, and more than one."""
    assert blocks(f"{SAID}\n\n{text}")[1:] == expected


def test_a_first_row_is_no_title():
    """Nor is a first item."""
    assert blocks("a\tb\n1\t2") == [("cell", "a | b"), ("cell", "1 | 2")]
    assert blocks("- one\n\nHalf were well.")[0] == ("item", "one")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Death\t3 %", [("Death", 100), ("3 %", 106)]),
        (" Death \t 3 %", [("Death", 101), ("3 %", 109)]),
        ("\tDeath\t \t3 %\t", [("Death", 101), ("3 %", 109)]),
        ("Death", [("Death", 100)]),
        ("", []),
    ],
)
def test_cells_keep_their_places(text, places):
    """Between two is a mark that stands where the gap ends, just before the second."""
    found = row(Piece(text, 100), re.compile(r"\t"))
    assert [tuple(piece) for piece in found[::4]] == places
    marks = [piece for number, piece in enumerate(found) if number % 4]
    gap = places[-1][1] - 1 - (text[: places[-1][1] - 100][-1:] == " ") if marks else 0
    assert marks == [Piece(sign, gap) for sign in " | "][: len(marks)]


def test_blocks_know_their_lines():
    """Paragraphs, items and cells begin where their first character stands."""
    text = "Cells\n\n- one\n2) two\n\n\na\tb\nc\td\n\nHalf of\nthem"
    page = read_plain(text)
    assert [block.line for block in page.blocks] == [1, 3, 4, 7, 8, 10]
    assert [text[block.first :][:3] for block in page.blocks] == [
        *("Cel", "one", "two", "a\tb", "c\td", "Hal"),
    ]
    assert page.source == "text"
    assert page.text == text


TITLE, OWN, OTHERS = ("paragraph", "Cells"), ("paragraph", SAID), ("item", "Doe J.")
REFERENCES = ("heading", "References")


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ([], []),
        ([OWN], [OWN]),
        ([TITLE, OWN], [("title", "Cells"), OWN]),
        ([("heading", "Cells"), OWN], [("title", "Cells"), OWN]),
        ([("heading", "50 % of all"), OWN], [("title", "50 % of all"), OWN]),
        ([OTHERS, TITLE], [OTHERS, TITLE]),
        ([TITLE, ("title", "Lupus")], [TITLE, ("title", "Lupus")]),
        ([("title", "Lupus"), TITLE], [("title", "Lupus"), TITLE]),
        ([OWN, OWN, REFERENCES, OTHERS], [OWN, OWN]),
        ([OWN, REFERENCES], [OWN]),
        ([OWN, REFERENCES, OWN], [OWN]),
        ([OWN, REFERENCES, OWN, OWN], [OWN, REFERENCES, OWN, OWN]),
        ([OWN, OWN, REFERENCES, REFERENCES], [OWN, OWN, REFERENCES]),
        ([OWN, ("paragraph", "7. BIBLIOGRAPHY"), OTHERS], [OWN]),
        (
            [OWN, ("paragraph", "References to God")],
            [OWN, ("paragraph", "References to God")],
        ),
    ],
)
def test_the_list_of_references_is_others_words(parts, kept):
    """From its heading on, in the second half; a short first line is the title."""
    assert own_parts(parts) == kept
