"""Where one sentence ends and the next begins."""

import pytest

from lupus_evidence.reading.reader import sentences


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
