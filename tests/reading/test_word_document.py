"""What is read of a Word document: its paragraphs by their styles, and its tables."""

import pytest
from paper import WORD, docx, packed

from lupus_evidence.reading import word_document
from lupus_evidence.reading.refusals import PROBLEMS, Refusal
from lupus_evidence.reading.word_document import MAIN, holds_document, read_word

SAID = "Half of the people were well, it is said."
OFFICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def run(text, properties=""):
    """Return a stretch of text with its properties."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text, properties=""):
    """Return a paragraph of one stretch, with its properties."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def table(*rows):
    """Return a table of cells that hold paragraphs, or what is XML already."""
    written = ""
    for row in rows:
        cells = (cell if "<" in cell else paragraph(cell) for cell in row)
        written += f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl>{written}</w:tbl>"


def blocks(body, styles=""):
    """Return kind and text of each block below a first sentence."""
    found = read_word(docx(paragraph(SAID) + body, styles)).blocks
    assert (found[0].kind, found[0].text) == ("paragraph", SAID)
    return [(block.kind, block.text) for block in found[1:]]


def texts(body):
    """Return the text of each block below a first sentence."""
    return [text for _, text in blocks(body)]


def styled(name):
    """Return the properties of a paragraph that has a style."""
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Title", "title"),
        ("Titel", "title"),
        ("Titre", "title"),
        ("heading 1", "heading"),
        ("Heading1", "heading"),
        ("heading_2", "heading"),
        (" Überschrift 3", "heading"),
        ("Titre 1", "heading"),
        ("Subtitle", "heading"),
        ("List Bullet", "item"),
        ("Listenabsatz", "item"),
        ("Normal", "paragraph"),
        ("A heading", "paragraph"),
    ],
)
def test_a_style_tells_what_a_paragraph_is(name, kind):
    """By its name among the document's styles, or else by its own."""
    styles = f'<w:style w:styleId="a"><w:name w:val="{name}"/></w:style>'
    assert blocks(paragraph("Harms", styled("a")), styles) == [(kind, "Harms")]
    assert blocks(paragraph("Harms", styled(name))) == [(kind, "Harms")]


def based(other, name="x", own="s0"):
    """Return a style that is based on another."""
    return (
        f'<w:style w:styleId="{own}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{other}"/></w:style>'
    )


def chain(count, top="heading 1"):
    """Return styles each based on the next, the last of which has a name that tells."""
    links = "".join(based(f"s{n + 1}", own=f"s{n}") for n in range(count))
    return links + f'<w:style w:styleId="s{count}"><w:name w:val="{top}"/></w:style>'


@pytest.mark.parametrize(
    ("styles", "kind"),
    [
        (chain(1), "heading"),
        (chain(3, "List Bullet"), "item"),
        (chain(3, "Normal"), "paragraph"),
        (chain(19), "heading"),
        (chain(20), "paragraph"),
        # based on one another
        (
            based("s0"),
            "paragraph",
        ),
        # its own name comes first, and the first name
        (
            based("s1", 'List"/><w:name w:val="Title') + chain(0).replace("s0", "s1"),
            "item",
        ),
        # what it is based on may be unknown
        (
            based("s7"),
            "paragraph",
        ),
        ('<w:name w:val="Title"/><w:basedOn w:val="s0"/>', "paragraph"),
    ],
)
def test_a_style_is_what_it_is_based_on(styles, kind):
    """Up to twenty styles are asked."""
    assert blocks(paragraph("Harms", styled("s0")), styles) == [(kind, "Harms")]


NUMBERED = '<w:numPr><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (NUMBERED, "item"),
        (styled("Normal") + NUMBERED, "item"),
        (styled("Heading1") + NUMBERED, "heading"),
        (NUMBERED + styled("Heading1"), "heading"),
        (NUMBERED + styled("Normal"), "item"),
    ],
)
def test_numbers_make_items_of_paragraphs(properties, kind):
    """And leave headings headings."""
    assert blocks(paragraph("Harms", properties)) == [(kind, "Harms")]


def raised(text):
    """Return raised text."""
    return run(text, '<w:vertAlign w:val="superscript"/>')


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        (run("half") + run(" of  them "), "half of them"),
        (run("a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d"), "a b c d"),
        (run("a</w:t><w:noBreakHyphen/><w:t>b"), "a-b"),
        (run("a</w:t><w:sym/>x<w:t>b"), "ab"),
        (run("half") + "<w:r><w:delText>not</w:delText></w:r>", "half"),
        (run("not", "<w:vanish/>") + run("half"), "half"),
        (run("not", '<w:vanish w:val="1"/>') + run("half"), "half"),
        (run("half", '<w:vanish w:val="0"/>'), "half"),
        (run("half", '<w:vanish w:val="false"/>'), "half"),
        (run("half", '<w:vanish w:val="off"/>'), "half"),
        (run("1 × 10") + raised("6") + run(" cells"), "1 × 10⁶ cells"),
        (run("1 × ") + run("10") + raised("6"), "1 × 10⁶"),
        (run("for") + run("m") + raised("2") + run("s"), "forms"),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H2O"),
        (run("half") + raised("12") + run(" of 12"), "half of 12"),
        (run("half") + "<!-- not --><?x not?>", "half"),
        ("<w:hyperlink><w:ins>" + run("half") + "</w:ins></w:hyperlink>", "half"),
        ('<m:t xmlns:m="urn:m">not</m:t>' + run("half"), "half"),
    ],
)
def test_of_a_paragraph_its_visible_text_is_read(inside, read_as):
    """Not what was deleted or is hidden; exponents are raised, notes are left out."""
    assert texts(f"<w:p>{inside}</w:p>") == [read_as]


def test_text_outside_of_paragraphs_and_empty_ones_are_none():
    """What belongs nowhere is not read."""
    assert texts(f"<w:t>no</w:t>no{paragraph(' ')}<w:p/>{paragraph('half')}") == [
        "half"
    ]


def test_what_older_programs_show_in_the_place_of_a_box_is_passed_over():
    """It is the box's text once more."""
    box = f"<w:txbxContent>{paragraph('in a box')}</w:txbxContent>"
    choice = (
        f'<mc:AlternateContent xmlns:mc="{OFFICE}"><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}<mc:Fallback>{box}</mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = f"<w:p>{run('half')}<w:r>{choice}</w:r>{run(' of them')}</w:p>"
    assert texts(body + paragraph("were well")) == [
        *("in a box", "half of them", "were well"),
    ]


LONG, LONGER = "x" * 300, "x" * 301


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            table(("Death", "3 %"), ("Cure", "1 %")),
            [("cell", "Death | 3 %"), ("cell", "Cure | 1 %")],
        ),
        (table(("Death", "", "3 %")), [("cell", "Death | 3 %")]),
        (
            table((paragraph("of") + paragraph("all"), "3 %")),
            [("cell", "of all | 3 %")],
        ),
        (table((LONG, "3 %")), [("cell", f"{LONG} | 3 %")]),
        (table((LONGER, "3 %")), [("paragraph", LONGER), ("paragraph", "3 %")]),
        (table(("Death",), ("3 %",)), [("paragraph", "Death"), ("paragraph", "3 %")]),
        (
            table((paragraph("Harms", styled("Heading1")),)),
            [("heading", "Harms")],
        ),
        (table(("",)), []),
        (
            table(("Death", table(("3 %", "4 %"), ("5 %", "6 %"))), ("Cure", "1 %")),
            [("cell", "Death | 3 % 4 % 5 % 6 %"), ("cell", "Cure | 1 %")],
        ),
        (
            table(("a", "1")) + paragraph("of all.") + table(("b", "2")),
            [("cell", "a | 1"), ("paragraph", "of all."), ("cell", "b | 2")],
        ),
    ],
)
def test_rows_of_short_cells_are_blocks(body, expected):
    """A table of one column, or of long cells, only lays out the page."""
    assert blocks(body) == expected


def test_the_strict_form_is_read_like_the_usual_one():
    """Its names stand in another space, its files are the same."""
    harms = paragraph("Harms", styled("a"))
    styles = '<w:style w:styleId="a"><w:name w:val="heading 1"/></w:style>'
    data = docx(paragraph(SAID) + harms + paragraph("None."), styles, space=STRICT)
    page = read_word(data)
    assert [block.kind for block in page.blocks] == [
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert page.source == "docx"


MAIN_XML = f'<w:document xmlns:w="{WORD}">{paragraph(SAID)}</w:document>'


def test_text_before_the_first_stretch_is_none():
    """What stands in a paragraph and in no stretch of it is white space."""
    page = read_word(docx(f"<w:p>no{run(SAID)}</w:p>"))
    assert [block.text for block in page.blocks] == [SAID]


def test_a_document_may_have_no_styles():
    """Its paragraphs are read without them."""
    page = read_word(packed({MAIN: MAIN_XML}))
    assert [block.text for block in page.blocks] == [SAID]


def test_a_long_document_is_read_to_its_end():
    """In parts that nobody sees."""
    text = "half of them " * 20_000
    (block,) = read_word(docx(paragraph(text))).blocks
    assert block.text == text.strip()


@pytest.mark.parametrize(
    "data",
    [
        packed({MAIN: "half"}),
        packed({MAIN: MAIN_XML[:-4]}),
        packed({MAIN: "<!DOCTYPE d>" + MAIN_XML}),
        packed({MAIN: "<!DOCTYPE d [<!ENTITY a 'x'>]>" + MAIN_XML}),
        packed({MAIN: MAIN_XML, "word/styles.xml": "half"}),
        packed({"word/other.xml": MAIN_XML}),
        packed({MAIN: MAIN_XML})[:-30],
        b"half",
    ],
)
def test_broken_documents_are_refused(data):
    """Without a text that is whole there is no article."""
    with pytest.raises(Refusal) as refused:
        read_word(data)
    assert refused.value.code == "A102"
    assert refused.value.hint


def test_an_archive_is_a_document_by_what_it_holds():
    """A broken one by the name of a document's text in it."""
    assert holds_document(packed({MAIN: ""})) is True
    assert holds_document(packed({"xl/workbook.xml": ""})) is False
    assert holds_document(packed({"xl/workbook.xml": ""})[:-30]) is False
    with pytest.raises(Refusal) as refused:
        holds_document(packed({MAIN: ""})[:-30])
    assert refused.value.code == "A102"


def test_no_more_than_the_manual_says_is_unpacked(monkeypatch):
    """A document of that size is read, one of a byte more is not."""
    assert word_document.MOST_UNPACKED == 10_000_000
    assert "10 MB of text unpacked" in PROBLEMS["A105"][1]
    data = packed({MAIN: MAIN_XML})
    monkeypatch.setattr(word_document, "MOST_UNPACKED", len(MAIN_XML))
    assert read_word(data).blocks
    monkeypatch.setattr(word_document, "MOST_UNPACKED", len(MAIN_XML) - 1)
    with pytest.raises(Refusal) as refused:
        read_word(data)
    assert refused.value.code == "A105"
    assert f" {len(MAIN_XML) - 1} " in refused.value.message


def test_an_archive_has_a_limited_number_of_files(monkeypatch):
    """None is opened before they are counted."""
    data = packed({MAIN: "", "a": "", "b": ""})
    monkeypatch.setattr(word_document, "_MOST_FILES", 3)
    assert holds_document(data)
    monkeypatch.setattr(word_document, "_MOST_FILES", 2)
    with pytest.raises(Refusal) as refused:
        holds_document(data)
    assert refused.value.code == "A105"
    assert " 2 " in refused.value.message
