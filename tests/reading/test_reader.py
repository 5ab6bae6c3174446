"""Where a sentence ends, and where in the text a claim stands."""

import re

import pytest

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.reader import read_claims, sentences
from lupus_evidence.records.load import load


def texts(block):
    """Return the sentences of a block as text."""
    return [item.text for item in sentences(block)]


@pytest.mark.parametrize(
    "block",
    [
        "Dr. Wang treated 87 people.",
        "Prof. Li of St. Mary's spoke of it.",
        "Some drugs, e.g. steroids, help.",
        "Half of them, i.e. six people, were well.",
        "It fell from 3.5 g to 1.4 g a day.",
        "It was 50 % vs. 40 % in the other group.",
        "It was approx. 50 % in the end.",
        "Wang et al. found that half were well.",
        "Fig. 2 shows the rates.",
        "Smith J. and Doe A. wrote it.",
        "Patient no. 12 was ill.",
        "The U.S. trial ended early.",
        "Half were well; nobody died.",
        "Half were well… nobody knows why.",
        "Nobody knows...",
        "x",
    ],
)
def test_what_looks_like_an_end_is_none(block):
    """Titles, initials, abbreviations, decimals, semicolons."""
    assert texts(block) == [block]


@pytest.mark.parametrize(
    "parts",
    [
        ["Half were well.", "Nobody died."],
        ["Was it good?", "Yes!", "It was."],
        ["The dose was 3.5 g.", "It fell to 1.4 g."],
        ["Wang et al. found 50 %.", "They were glad."],
        ["Half were well.[12]", "Nobody died."],
        ["Half were well [12].", "Nobody died."],
        ["Half were well. [12, 13]", "Nobody died."],
        ['He said "It is good."', "She left."],
        ["(Half were well.)", "Nobody died."],
        ["This was after 6 mo.", "They were well."],
        ["Half were well…", "Nobody knows why."],
        ["it was bad.", "then it got better.", "lol"],
        ["they gave me steroids etc.", "Nobody asked."],
        ["Half were well.", "50 % is much."],
    ],
)
def test_sentences_end_at_their_marks(parts):
    """With what closes them, and in small letters too, as people type in forums."""
    assert texts(" ".join(parts)) == parts


@pytest.mark.parametrize("block", ["", " ", "   "])
def test_nothing_has_no_sentence(block):
    """An empty block has none."""
    assert sentences(block) == ()


def test_a_sentence_knows_its_place():
    """Blanks around it are not part of it."""
    block = "  Half were well.   Nobody died. "
    assert [(item.start, item.end) for item in sentences(block)] == [(2, 17), (20, 32)]
    assert all(block[item.start : item.end] == item.text for item in sentences(block))


TEXT = """\
Cells for lupus

Nobody knows much. After MSC half of the lupus
patients were in com-
plete remission. Later\u00a0on
a third   of the patients relapsed.

Harms

- After MSC 5 % of lupus patients had a serious infec\u00adtion.
"""
MARKDOWN = """\
# Cells for lupus

Nobody knows. After **MSC** half of the *lupus*
patients were in [complete](http://x.org/a) remission.

| Outcome | Mesenchymal cells |
|---------|-------------------|
| Relapse | 30 % |
"""
HTML = """\
<!DOCTYPE html>
<html><head><title>Cells for lupus</title></head><body><article>
<h1>Cells for lupus</h1>
<p>Nobody knows. After <b>MSC</b> half of the
lupus patients were in <a href="x">complete</a> remission. In lupus 30&nbsp;% of
those given MSC relapsed.</p>
</article></body></html>
"""


@pytest.fixture(scope="module")
def index():
    """The bundled records by what pages call them."""
    return StudyIndex.of(load())


def stands(page, spot):
    """Return what stands in the page's text at a claim's place."""
    lines = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", page.text))]
    start = lines[spot.line - 1]
    return page.text[start + spot.first - 1 : start + spot.last]


def places(text, suffix, index):
    """Return line, first and last of each claim, and what stands there."""
    page = page_of(text.encode(), "article", suffix)
    found = read_claims(page, index)
    spots = [claim.spot for claim in found.claims]
    return [(s.line, s.first, s.last, stands(page, s)) for s in spots]


def test_of_plain_text_the_place_is_that_of_the_file(index):
    """Also where a sentence runs over line ends, or a word was cut in two."""
    assert places(TEXT, ".txt", index) == [
        (
            *(3, 20, 85),
            "After MSC half of the lupus\npatients were in com-\nplete remission.",
        ),
        (5, 18, 61, "Later\u00a0on\na third   of the patients relapsed."),
        (10, 3, 59, "After MSC 5 % of lupus patients had a serious infec\u00adtion."),
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_are_counted_like_an_editor_counts_them(end, index):
    """A sentence over two lines is longer by what parts them."""
    text = TEXT.replace("\n", end)
    found = places(text, ".txt", index)
    assert [item[0] for item in found] == [3, 5, 10]
    assert found[0][3].split() == [
        *("After", "MSC", "half", "of", "the", "lupus", "patients", "were", "in"),
        *("com-", "plete", "remission."),
    ]


def test_of_markdown_the_place_is_that_of_the_file(index):
    """Its marks are part of what stands there."""
    assert places(MARKDOWN, ".md", index) == [
        (
            *(3, 15, 102),
            (
                "After **MSC** half of the *lupus*\n"
                "patients were in [complete](http://x.org/a) remission."
            ),
        ),
        (8, 3, 16, "Relapse | 30 %"),
    ]


def test_of_a_web_page_the_place_is_that_of_its_text(index):
    """One line a block, without tags."""
    assert places(HTML, ".html", index) == [
        (
            *(2, 15, 78),
            "After MSC half of the lupus patients were in complete remission.",
        ),
        (2, 80, 121, "In lupus 30 % of those given MSC relapsed."),
    ]


def test_a_figure_that_is_no_claim_has_its_place_too(index):
    """By the same counting."""
    text = (
        "Lupus.\n\nIt is a question that many people have asked. Will the half, or\n"
        "50 %, of those with lupus relapse after MSC? Nobody knows that as yet.\n"
    )
    page = page_of(text.encode(), "x")
    items = read_claims(page, index).not_understood
    assert {(item.spot.line, item.spot.first) for item in items} == {(3, 47)}
    assert stands(page, items[0].spot) == (
        "Will the half, or\n50 %, of those with lupus relapse after MSC?"
    )


def test_a_claim_knows_the_heading_it_stands_under(index):
    """The nearest above; none for what stands above all headings."""
    text = (
        "# Lupus\n\n## One\n\nHSCT killed nobody with lupus, as 10 % died.\n\n"
        "## Two\n\nAfter MSC 30 % of lupus patients relapsed.\n"
    )
    found = read_claims(page_of(text.encode(), "x", ".md"), index)
    assert found.claims[-1].spot.heading == "Two"
    plain = read_claims(page_of(b"In lupus 30 % relapsed after MSC.", "x"), index)
    assert [claim.spot.heading for claim in plain.claims] == [""]
