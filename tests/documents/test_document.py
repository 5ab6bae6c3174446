"""Entries to read at a glance: number, what it comes to, what is said of it."""

import re

import pytest
from rich.cells import cell_len

from lupus_evidence.documents.document import Document, Entries, Entry
from lupus_evidence.documents.values import Toned
from lupus_evidence.writers import html, markdown, terminal
from lupus_evidence.writers.terminal import Look

LONG = "An article may say more than a line holds and go on. 狼疮狼疮 狼疮狼疮 狼疮"
PAGE = Document(
    "Claims",
    "",
    (
        Entries(
            "Judged",
            (
                Entry("9", Toned("✓ True", "good"), "Short.", ("Because of this.",)),
                Entry("10", Toned("✕ False", "worst"), LONG, ("One.", "Two <b>.")),
            ),
        ),
    ),
)


def shown(width=None, *, colour=False):
    """Return the lines of the page on a terminal."""
    return terminal.render_document(PAGE, Look(width, colour)).split("\n")


def test_labels_hang_at_the_left_and_lines_below_the_word():
    """Numbers end in one column; what is said starts where the sign stands."""
    assert shown(120)[3:6] == [
        " 9 ✓ True: Short.",
        "   Because of this.",
        f"10 ✕ False: {LONG}",
    ]


@pytest.mark.parametrize("width", [30, 50, 60, 70])
def test_what_it_is_about_takes_one_line(width):
    """Three dots stand for words of the middle, in any script."""
    line = shown(width)[5]
    assert cell_len(line) <= width
    head, dots, tail = line.split(": ", 1)[1].partition(" …")
    assert dots
    assert LONG.startswith(f"{head} ")
    assert LONG.endswith(tail.strip())


def test_a_pipe_has_all_of_it():
    """Nothing is cut where there is no width."""
    assert f"10 ✕ False: {LONG}" in shown()


def test_colour_only_adds():
    """Without the styles the lines are the same."""
    coloured = shown(60, colour=True)
    assert "\x1b[32m✓ True\x1b[0m" in coloured[3]
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == shown(60)


def test_markdown_and_html_hold_the_same():
    """A list with the word in bold; markup in a text is text."""
    text = markdown.render_document(PAGE)
    assert "- **9 ✓ True:** Short.  \n  Because of this.\n" in text
    assert "Two \\<b\\>." in text
    page = html.render_document(PAGE)
    assert "<dt>9 <strong>✓ True:</strong> Short.</dt><dd>Because of this.</dd>" in page
    assert "<b>" not in page
