"""Blocks of a page, their characters, and the bytes that these come from."""

import codecs
import unicodedata

import pytest

from lupus_evidence.reading.page import (
    Block,
    Page,
    Piece,
    between_cells,
    block_of,
    decoded,
    laid_out,
    lines_of,
    tidied,
    unhyphenated,
)


def tidy(text):
    """Return a text with one kind of blank, quote and hyphen."""
    return "".join(part for part, _ in tidied(text, 0))


BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
BLANKS += "".join(chr(code) for code in range(0x2000, 0x200B))
UNSEEN = (
    "\0\x01\x08\x0e\x1b\x7f\x80\x84\x86\x9f\xad\u034f\u061c\u180e\u200b\u200f\u202a"
)
UNSEEN += "\u202e\u2060\u206f\ufe00\ufe0f\ufeff\ufff9\ufffb\ufffe\uffff"


@pytest.mark.parametrize("sign", BLANKS, ids=ascii)
def test_every_blank_is_a_blank(sign):
    """However wide, and several are one."""
    assert tidy(f"a{sign}b") == "a b"
    assert tidy(f"a {sign}{sign}b") == "a b"
    assert tidy(sign) == " "


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_nothing(sign):
    """Within a word, between blanks and alone."""
    assert tidy(f"re{sign}mission") == "remission"
    assert tidy(f"a {sign} b") == "a b"
    assert tidy(sign * 2) == ""


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        *((sign, "'") for sign in "‘’‛ʼ′`´"),
        *((sign, '"') for sign in "“”„‟″"),
        *((sign, "-") for sign in "‐‑"),
        *((sign, sign) for sign in "X–—−²½©é\x7e…†中"),
        *(("！", "!"), ("～", "~"), ("０", "0"), ("｟", "｟"), ("\uff00", "\uff00")),
        *(("\ud800", "\ufffd"), ("\udfff", "\ufffd")),
        *(("\ud7ff", "\ud7ff"), ("\ue000", "\ue000")),
        *(("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")),
        *(("ﬅ", unicodedata.normalize("NFKC", "ﬅ")), ("ﬆ", "st"), ("ﬓ", "ﬓ")),
    ],
)
def test_signs_are_those_that_rules_expect(written, read_as):
    """One kind of quote and hyphen, half the width, letters apart; no other change."""
    assert tidy(f"a{written}b") == f"a{read_as}b"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("half", [("half", 10)]),
        ("", []),
        ("a\xadb", [("a", 10), ("b", 12)]),
        ("\xada", [("a", 11)]),
        ("aﬁb", [("a", 10), ("f", 11), ("i", 11), ("b", 12)]),
        ("a\u200b  b", [("a", 10), (" ", 12), ("b", 14)]),
        ("a  ", [("a", 10), (" ", 11)]),
    ],
)
def test_parts_know_their_places(text, parts):
    """A ligature's letters have one, and of several blanks the first."""
    assert list(tidied(text, 10)) == parts


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("in com-", "plete remission", True),
        ("in Com-", "plete", True),
        ("com-", "plete-ly", True),
        ("the stem-", "cell treatment", False),
        ("the Stem-", "cell", False),
        ("the over-", "all rate", True),
        # endings are no words of their own
        ("in any-", "bodies", True),
        ("of six-", "ty people", True),
        ("the organ-", "ism", True),
        ("the organ-", "isms", False),
        # a name, an abbreviation, a figure, no hyphen
        ("the non-", "Hodgkin", False),
        ("the anti-", "DNA", False),
        ("HLA-", "matched", False),
        ("CD4-", "positive", False),
        ("com-", "2 of", False),
        ("com-", "(plete)", False),
        ("com-", "", False),
        ("com -", "plete", False),
        ("com", "plete", False),
        ("com–", "plete", False),
        ("-", "plete", False),
    ],
)
def test_a_hyphen_at_a_lines_end_may_cut_a_word(before, after, cut):
    """Unless the first half is a word that is written with one."""
    assert unhyphenated(before, after) is cut


def block(*texts, kind="paragraph"):
    """Return the block of lines that follow one another, and its whole text."""
    lines, place = [], 0
    for text in texts:
        lines.append([Piece(text, place)])
        place += len(text) + 1
    return block_of(kind, lines, 7)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("half of", "them"), "half of them"),
        (("half of  ", "   them  "), "half of them"),
        (("  half",), "half"),
        (("in com-", "plete remission"), "in complete remission"),
        (
            ("2 in com-", "plete remis-", "sion"),
            "2 in complete remission",
        ),
        (("in com-  ", "  plete remission"), "in complete remission"),
        (("the stem-", "  cell treatment"), "the stem-cell treatment"),
        (("half -", "it is said"), "half - it is said"),
        (("half –", "it is said"), "half – it is said"),
        (("in com-", ""), "in com-"),
        (("half", "", "of"), "half of"),
        (("in com\xad-", "plete"), "in com-plete"),
        (("in com-",), "in com-"),
    ],
)
def test_lines_become_one(lines, text):
    """With a blank between them, or the two halves of a word put together."""
    assert block(*lines).text == text


def test_nothing_is_no_block():
    """Lines of blanks and of what nobody sees."""
    assert block("", "  ", "\u200b") is None
    assert block_of("item", [[Piece("a", 5)]], 7) == Block("item", "a", 7, 5, ((0, 5),))


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (("half",), [0, 1, 2, 3]),
        (("  half",), [2, 3, 4, 5]),
        (("a", "b"), [0, 1, 2]),
        (("a ", " b"), [0, 1, 4]),
        (("com-", " plete"), [0, 1, 2, 6, 7, 8, 9, 10]),
        (("a\xadb  c",), [0, 2, 3, 5]),
        (("aﬁ b",), [0, 1, 1, 2, 3]),
    ],
)
def test_each_character_has_its_place(lines, places):
    """And what follows the last one is just behind it."""
    found = block(*lines)
    assert [found.offset(index) for index in range(len(found.text))] == places
    assert found.first == places[0]
    assert found.offset(len(found.text)) == places[-1] + 1


@pytest.mark.parametrize(
    ("lines", "text", "runs"),
    [
        ([[("ha", 5), ("lf", 7)]], "half", ((0, 5),)),
        ([[("a", 5), ("b", 9), ("c", 10)]], "abc", ((0, 5), (1, 9))),
        ([[("a ", 5), (" b", 9)]], "a b", ((0, 5), (2, 10))),
        ([[("a ", 5), (" ﬁb", 9)]], "a fib", ((0, 5), (2, 10), (3, 10))),
        ([[("a ", 5), (" ", 9), ("b", 10)]], "a b", ((0, 5), (2, 10))),
        ([[("a", 5), ("b", 8)], [("c", 10)]], "ab c", ((0, 5), (1, 8))),
        ([[("a", 5), ("com-", 7)], [("plete", 12)]], "acomplete", None),
        ([[("com-", 5), ("a", 9)], [("plete", 12)]], "com-a plete", None),
    ],
)
def test_pieces_of_a_line_follow_one_another(lines, text, runs):
    """Without a blank but their own; what goes on where it stands is one run."""
    found = block_of("item", [[Piece(*piece) for piece in line] for line in lines], 1)
    assert found.text == text
    assert runs in {found.runs, None}


def test_cells_of_a_line_keep_their_pieces():
    """What stands between two is put in between, all of it at one place."""
    assert between_cells(3) == [Piece(" ", 3), Piece("|", 3), Piece(" ", 3)]
    found = block_of("cell", [[Piece("a", 2), *between_cells(3), Piece("b", 4)]], 1)
    assert found.text == "a | b"
    assert [found.offset(index) for index in range(5)] == [2, 3, 3, 3, 4]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [("", 0)]),
        ("a", [("a", 0)]),
        ("a\n\nb\n", [("a", 0), ("", 2), ("b", 3), ("", 5)]),
        ("a\r\nb\rc", [("a", 0), ("b", 3), ("c", 5)]),
        ("a\x0bb\u2028c", [("a\x0bb\u2028c", 0)]),
    ],
)
def test_lines_are_those_of_an_editor(text, lines):
    """Three kinds of ends, and no other."""
    assert lines_of(text) == [Piece(*line) for line in lines]


def test_places_are_counted_from_one():
    """Line and column of the text's first characters, of its last and behind it."""
    page = Page("", (), "ab\r\nc\n", "text")
    places = [page.at(offset) for offset in (0, 1, 4, 5, 6)]
    assert places == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]


def test_a_quotation_is_to_the_letter():
    """From the first of its characters to the last; of nothing it is nothing."""
    (part,) = [block_of("paragraph", [[Piece("half  of\xad it", 2)]], 1)]
    page = Page("", (part,), "# half  of\xad it", "markdown")
    assert part.text == "half of it"
    assert page.quote(part, 0, 7) == "half  of"
    assert page.quote(part, 3, 10) == "f  of\xad it"
    assert page.quote(part, 5, 6) == "o"
    assert page.quote(part, 5, 5) == ""
    assert page.quote(part, 0, 0) == ""
    assert page.quote(part, 6, 5) == ""
    assert page.place(part) == (1, 3)
    assert page.place(part, 5) == (1, 9)


@pytest.mark.parametrize(
    ("parts", "title", "expected"),
    [
        (
            [("title", "Cells"), ("paragraph", "  half \u200b of\nthem ")],
            "Other",
            [("title", "Cells", 0), ("paragraph", "half of them", 6)],
        ),
        (
            [("heading", "Harms"), ("title", "Cells"), ("title", "More")],
            "",
            [("heading", "Harms", 0), ("title", "Cells", 6), ("title", "More", 12)],
        ),
        (
            [("item", "half")],
            " Cel\xadls\u2019 ",
            [("title", "Cells'", 0), ("item", "half", 7)],
        ),
        ([("item", "half"), ("item", "\u200b")], "", [("item", "half", 0)]),
        ([("item", "half")], "\u200b", [("item", "half", 0)]),
        ([], "", []),
    ],
)
def test_files_without_lines_are_laid_out_one_line_a_block(parts, title, expected):
    """The title is that of a block, or becomes the first one."""
    page = laid_out(parts, title, "docx")
    found = [(block.kind, block.text, block.first) for block in page.blocks]
    assert found == expected
    assert [block.line for block in page.blocks] == list(range(1, len(expected) + 1))
    assert page.text == "".join(f"{text}\n" for _, text, _ in expected)
    titles = [text for kind, text, _ in expected if kind == "title"]
    assert page.title == (titles[0] if titles else "")
    for number, part in enumerate(page.blocks, 1):
        assert page.place(part, 2) == (number, 3)
    assert page.source == "docx"


SENTENCE = "Café “half” of the people’s lupus – 50 %."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
    ],
)
def test_bytes_are_text_in_some_encoding(mark, encoding):
    """By a mark, by their zeros, as UTF-8, or as browsers read them."""
    assert decoded(mark + SENTENCE.encode(encoding)) == SENTENCE
    assert decoded(mark) == ""


@pytest.mark.parametrize(
    ("mark", "broken"),
    [
        (codecs.BOM_UTF8, b"a\xff"),
        (codecs.BOM_UTF16_LE, b"a\0b"),
        (codecs.BOM_UTF32_LE, b"a\0\0\0b"),
        (b"", b"a\0b\0c\0d"),
        (b"", b"<meta charset=gb2312>\xb0\xff"),
    ],
)
def test_what_is_no_character_is_replaced(mark, broken):
    """And the rest is read."""
    found = decoded(mark + broken)
    assert "\ufffd" in found
    assert "a" in found


def test_zeros_in_many_places_are_halves_of_characters():
    """In more than three tenths of the second, or of the first, of each two."""
    assert decoded(b"x\0" * 31 + b"xx" * 69) == "x" * 31 + "\u7878" * 69
    assert decoded(b"\0x" * 31 + b"xx" * 69) == "x" * 31 + "\u7878" * 69


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ('<meta charset="windows-1251">', "cp1251", "Ґ"),
        ("<META http-equiv=x content='text/html; Charset = koi8-r'>", "koi8-r", "Ж"),
        ("<?xml version='1.0' encoding='iso-8859-2'?>", "iso8859-2", "ł"),
        ("<meta charset=big5>", "big5", "中"),
        ("<meta charset=gb18030>", "gb18030", "中"),
        ("<meta charset=euc-jp>", "euc-jp", "中"),
        ("<meta charset=shift_jis>", "shift-jis", "中"),
        ("<meta charset=macintosh>", "mac-roman", "é"),
        ("<meta charset=tis-620>", "tis-620", "ก"),
        # not what it says: Latin-1 by browsers' custom, no encoding, none of text
        ("<meta charset=iso-8859-1>", "cp1252", "’"),
        ("<meta charset=ours>", "cp1252", "’"),
        ("<meta charset=rot13>", "cp1252", "’"),
        ("<meta charset=utf-7>", "cp1252", "’"),
        ("<meta charset=utf-8>", "cp1252", "’"),
        ("charset=windows-1251", "cp1252", "’"),
        (" " * 4_096 + "<meta charset=koi8-r>", "cp1252", "’"),
        (" " * 4_075 + "<meta charset=koi8-r>", "koi8-r", "Ж"),
    ],
)
def test_a_page_may_say_its_encoding(declared, encoding, text):
    """At its beginning, if it is one of text on the web."""
    assert decoded(declared.encode() + text.encode(encoding)) == declared + text


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (b"x" * 98 + b"\x01" * 2, True),
        (b"x" * 97 + b"\x01" * 3, False),
        (b"x" * 97 + b"\x1b\t\n", True),
        (b"x" * 97 + b"\x7f\x1c\x08", False),
        (b"x" * 4_096 + b"\x01" * 1_000, True),
        (b"", True),
        # zeros in three of ten places of a half are none of two bytes a character
        (b"x\0" * 30 + b"xx" * 70, False),
        (b"\0x" * 30 + b"xx" * 70, False),
        (b"xy" * 97 + b"\0y" * 3, True),
    ],
)
def test_what_holds_many_control_characters_is_no_text(data, is_text):
    """More than two in a hundred of the first."""
    assert (decoded(data) is not None) is is_text
