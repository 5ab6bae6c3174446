"""What is read of an article, block by block, and the way back to where it stood."""

import subprocess
import sys
from pathlib import Path

import pytest
from paper import docx, pdf

from lupus_evidence.reading.articles import page_of, read_page
from lupus_evidence.reading.page import Page
from lupus_evidence.records.files import Diagnostic

SAVED = Path(__file__).parent / "saved"


def read(text, suffix=".txt"):
    """Return an article that can be read."""
    data = text if isinstance(text, bytes) else text.encode()
    page = page_of(data, "article", suffix)
    assert isinstance(page, Page), page
    return page


def blocks(page):
    """Return kind and text of each block."""
    return [(block.kind, block.text) for block in page.blocks]


@pytest.mark.parametrize("path", sorted(SAVED.glob("*.html")), ids=lambda p: p.stem)
def test_of_a_web_page_the_article_is_read_and_nothing_else(path):
    """Menus, notices, shares, comments, footers and other articles are left out."""
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    page = read(path.read_bytes(), ".html")
    assert blocks(page) == [tuple(line.split("\t")) for line in lines]
    assert page.source == "html"
    assert page.title == lines[0].split("\t")[1]
    assert page.text.splitlines() == [line.split("\t")[1] for line in lines]


WRAPPED = """\
Stem cells for lupus

A new trial shows that half of the patients were in com-
plete remission at four years, and that the stem-
cell treatment was safe in nearly all of them. Nobody
died.

Results
Of the 87 people who were treated, 12 of 39
(31\u00a0%) were in remi\u00adssion at two years.  Ef\ufb01cacy was good.

- half were well
- a third
  relapsed later
"""


def test_broken_lines_are_one_paragraph():
    """A cut word is mended, a compound keeps its hyphen, a heading stays alone."""
    assert blocks(read(WRAPPED)) == [
        ("title", "Stem cells for lupus"),
        (
            "paragraph",
            (
                "A new trial shows that half of the patients were in complete "
                "remission at four years, and that the stem-cell treatment was safe in "
                "nearly all of them. Nobody died."
            ),
        ),
        ("heading", "Results"),
        (
            "paragraph",
            (
                "Of the 87 people who were treated, 12 of 39 (31 %) were in remission "
                "at two years. Efficacy was good."
            ),
        ),
        ("item", "half were well"),
        ("item", "a third relapsed later"),
    ]


@pytest.mark.parametrize(
    ("word", "place", "stands"),
    [
        ("complete", (3, 53), "com-\nplete"),
        ("stem-cell", (4, 45), "stem-\ncell"),
        ("Nobody died", (5, 48), "Nobody\ndied"),
        ("31 %", (10, 2), "31\u00a0%"),
        ("remission at two", (10, 16), "remi\u00adssion at two"),
        ("Efficacy", (10, 42), "Ef\ufb01cacy"),
        ("relapsed", (14, 3), "relapsed"),
    ],
)
def test_every_character_leads_back_to_the_file(word, place, stands):
    """Line, column and the words as they stand, counted by hand."""
    page = read(WRAPPED)
    block = next(block for block in page.blocks if word in block.text)
    start = block.text.index(word)
    assert page.place(block, start) == place
    assert page.quote(block, start, start + len(word)) == stands
    assert page.text == WRAPPED


def test_the_first_short_line_is_the_title():
    """Also with more below it, or with a percentage; not where it is all there is."""
    leaflet = "CELLS FOR LUPUS\nFor patients\n\nHalf of the people were well.\n"
    assert blocks(read(leaflet))[:2] == [
        ("title", "CELLS FOR LUPUS"),
        ("paragraph", "For patients"),
    ]
    assert read("50 % in remission\n\nSo it is said.\n").title == "50 % in remission"
    assert blocks(read("half of them were well")) == [
        ("paragraph", "half of them were well")
    ]


def test_windows_line_ends_are_one_line_end_each():
    """Lines are counted as an editor counts them."""
    page = read(WRAPPED.replace("\n", "\r\n"))
    assert blocks(page) == blocks(read(WRAPPED))
    assert [block.line for block in page.blocks] == [1, 3, 8, 9, 12, 13]


def test_text_from_a_browser_has_a_paragraph_a_line():
    """Lines that end with their sentences are not joined."""
    text = (
        "Half of the patients were in complete remission after four years, it says.\n"
        "Nobody died. The treatment is safe and well tolerated.\n"
        "What does it cost?\n"
        "Nothing for those who take part in the trial.\n"
    )
    assert blocks(read(text)) == [
        ("paragraph", text.splitlines()[0]),
        ("paragraph", "Nobody died. The treatment is safe and well tolerated."),
        ("heading", "What does it cost?"),
        ("paragraph", "Nothing for those who take part in the trial."),
    ]


def test_columns_are_rows_of_cells():
    """Tabs and wide gaps part cells; each row keeps its line."""
    page = read("Outcome\tHSCT\tMSC\nRemission\t50 %\t30 %\nDeath    3 %    2 %\n")
    assert blocks(page) == [
        ("cell", "Outcome | HSCT | MSC"),
        ("cell", "Remission | 50 % | 30 %"),
        ("cell", "Death | 3 % | 2 %"),
    ]
    assert page.place(page.blocks[1], 12) == (2, 11)


MARKDOWN = """\
---
title: "Stem cells & lupus"
date: 2024-01-01
---

With **bold** text, *half* of `n` = 87 [patients](http://x.org/a_(b)) were
in_remission\\* at 4&nbsp;years.[^1] It is ![a wolf](wolf.png)<b>safe</b>; 5 * 3 = 15.

Results
-------
> A quotation of two
> lines.

* one **item**
  goes on
  - one inside

| Outcome | HSCT |
|:--------|-----:|
| Remission | **50 %** |

```python
half = 1
```
<!-- a note
to the editor -->
[ref]: http://example.org "title"
[^1]: A note.

### Cost ###
See [the study][ref].
"""


def test_markdown_is_read_without_its_marks():
    """Front matter, code, comments, pictures, notes and addresses are no text."""
    page = read(MARKDOWN, ".md")
    assert page.source == "markdown"
    assert blocks(page) == [
        ("title", "Stem cells & lupus"),
        (
            "paragraph",
            (
                "With bold text, half of n = 87 patients were in_remission* at 4 "
                "years. It is safe; 5 * 3 = 15."
            ),
        ),
        ("heading", "Results"),
        ("paragraph", "A quotation of two lines."),
        ("item", "one item goes on"),
        ("item", "one inside"),
        ("cell", "Outcome | HSCT"),
        ("cell", "Remission | 50 %"),
        ("heading", "Cost"),
        ("paragraph", "See the study."),
    ]
    assert page.place(page.blocks[1], page.blocks[1].text.index("patients")) == (6, 41)
    assert page.place(page.blocks[1], page.blocks[1].text.index("years")) == (7, 26)
    assert page.place(page.blocks[7], 12) == (20, 17)


def test_markdown_is_known_by_its_signs():
    """Also where a file is not named so; a text with one star is plain."""
    signs = "# Lupus\n\nThe study of **cells** was small.\n"
    assert read(signs, "").source == "markdown"
    assert read("The study was small.*\n\n* twelve people\n", "").source == "text"


STYLES = """
<w:style w:styleId="a1"><w:name w:val="Title"/></w:style>
<w:style w:styleId="b1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="c1"><w:name w:val="Ours"/><w:basedOn w:val="b1"/></w:style>
"""


def paragraph(text, style="", run=""):
    """Return a paragraph of a Word document."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def test_word_documents_are_read_by_their_styles():
    """Headings by name or kinship, lists by numbering, rows, notes, deleted words."""
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    text = (
        "<w:p><w:r><w:t>Half of the people were in remission</w:t></w:r>"
        f"{raised.format('12')}<w:r><w:t>. The dose was 1 × 10</w:t></w:r>"
        f"{raised.format('6')}<w:r><w:delText>not</w:delText><w:t> cells.</w:t></w:r>"
        "</w:p>"
    )
    numbered = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>nobody died</w:t></w:r></w:p>"
    )
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in (("Outcome", "MSC"), ("Remission", "30 %"))
    )
    data = docx(
        paragraph("Cells for lupus", "a1")
        + paragraph("Results", "b1")
        + text
        + numbered
        + paragraph("Harms", "c1")
        + paragraph("secret", run="<w:vanish/>")
        + f"<w:tbl>{rows}</w:tbl>",
        STYLES,
    )
    page = read(data, "")
    assert page.source == "docx"
    assert page.title == "Cells for lupus"
    assert blocks(page) == [
        ("title", "Cells for lupus"),
        ("heading", "Results"),
        (
            "paragraph",
            "Half of the people were in remission. The dose was 1 × 10⁶ cells.",
        ),
        ("item", "nobody died"),
        ("heading", "Harms"),
        ("cell", "Outcome | MSC"),
        ("cell", "Remission | 30 %"),
    ]


def test_pages_of_a_pdf_are_one_text():
    """Heads, feet and page numbers go; cut words and cut paragraphs are mended."""
    pages = [
        (
            "Journal of Invented Medicine\nCells for lupus\n"
            "Half of the people who were given cells had a com-\n"
            "plete remission after four years; nobody was asked\n1"
        ),
        (
            "Journal of Invented Medicine\n"
            "how they felt about it in all of these years.\n"
            "In the second year 12 % of those who were treated\nhad a relapse.\n2"
        ),
        "Journal of Invented Medicine\nReferences\n1. Doe J. Half of all. 2020.\n3",
    ]
    page = read(pdf(*pages), ".pdf")
    assert page.source == "pdf"
    assert blocks(page) == [
        ("title", "Cells for lupus"),
        (
            "paragraph",
            (
                "Half of the people who were given cells had a complete remission "
                "after four years; nobody was asked how they felt about it in all of "
                "these years. In the second year 12 % of those who were treated had a "
                "relapse."
            ),
        ),
    ]


SENTENCE = "Café “half” of the people’s lupus was in remission – 50 %."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_any_encoding_is_read(encoding):
    """With a mark or without."""
    (block,) = read(SENTENCE.encode(encoding)).blocks
    assert block.text == 'Café "half" of the people\'s lupus was in remission – 50 %.'


def test_a_web_page_may_declare_its_encoding():
    """In its head; Latin-1 is read as Windows-1252, as browsers do."""
    page = "<html><head><meta charset={}></head><body><p>Ґ «½» naïve</p></body></html>"
    cyrillic = page.format("windows-1251").replace("½", "").replace("ï", "i")
    assert "Ґ «» naive" in read(cyrillic.encode("cp1251")).text
    western = page.format("iso-8859-1").replace("Ґ", "’")
    assert "' «½» naïve" in read(western.encode("cp1252")).text


def test_a_web_page_may_hold_control_characters():
    """Written out or as a number; found by the fuzzer beside what is left out."""
    page = (
        "<html><body><p>One or another of all those who were asked was well, at least "
        "for the time that they were asked about.</p><p>Half of the people</p>\x01&#1; "
        "were well\ufffe.<script>x</script>\x02 Nobody died.<nav>Home</nav>\x03"
        "</body></html>"
    )
    assert (
        read(page, ".html").text.partition("\n")[2]
        == "Half of the people\nwere well. Nobody died.\n"
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("ef\ufb01cacy of \ufb02uids", "efficacy of fluids"),
        ("0.8 g/m² and ½ of 10⁶", "0.8 g/m² and ½ of 10⁶"),
        ("re\u00admis\u200bsion\ufeff", "remission"),
        ("50\u202f% in\u00a03\u2009years", "50 % in 3 years"),
        ("５０％ of 87", "50% of 87"),
        ("non\u2011responders", "non-responders"),
        ("a \u200b \u200b b", "a b"),
    ],
)
def test_characters_are_those_that_rules_expect(written, read_as):
    """Ligatures and full width, blanks of any width, what nobody sees."""
    assert read(written).blocks[0].text == read_as


def test_content_tells_the_kind_before_the_name():
    """A PDF called .txt is a PDF; a page called .txt is a page."""
    assert read(pdf("Half of the people were in remission."), ".txt").source == "pdf"
    assert read("<!DOCTYPE html><p>Half were well.</p>", ".txt").source == "html"
    assert read(docx(paragraph("Half were well.")), ".pdf").source == "docx"


def test_an_article_is_read_from_a_file(tmp_path):
    """And a missing one is a diagnostic."""
    path = tmp_path / "article.md"
    path.write_text("# Lupus\n\nHalf were well.\n", encoding="utf-8")
    page = read_page(path, "article.md")
    assert isinstance(page, Page)
    assert page.title == "Lupus"
    missing = read_page(tmp_path / "none.txt", "none.txt")
    assert isinstance(missing, Diagnostic)
    assert missing.code == "E101"


@pytest.mark.thorough
def test_no_parser_is_loaded_before_it_is_needed():
    """Plain text and PDF are read without lxml and pypdf in the process."""
    code = (
        "import sys\n"
        "from lupus_evidence.reading.articles import page_of\n"
        "page_of(b'Half of the people were well.', 'x')\n"
        "page_of(sys.stdin.buffer.read(), 'x')\n"
        "print(sorted({'lxml', 'pypdf', 'pydantic', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pdf("Half of the people were in remission."),
        capture_output=True,
        check=True,
    )
    assert done.stdout.strip() == b"[]"
