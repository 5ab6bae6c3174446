"""What is read of the pages of a PDF, and what becomes of a reader that stops."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lupus_evidence.reading import pdf
from lupus_evidence.reading.pdf_text import SECONDS
from lupus_evidence.reading.refusals import Refusal


@pytest.fixture
def of_pages(monkeypatch):
    """Return what is read of a PDF of pages with these texts."""

    def read(*pages):
        monkeypatch.setattr(pdf, "pages_of", lambda _: list(pages))
        return pdf.read_pdf(b"")

    return read


@pytest.fixture
def ended(monkeypatch):
    """Return what is made of a reader's end: its status, and what it wrote."""

    def pages(status=0, out=b"", err=b""):
        done = subprocess.CompletedProcess([], status, out, err)
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
        return pdf.pages_of(b"")

    return pages


def test_the_reader_is_a_program_of_its_own(monkeypatch):
    """One of ours, with nothing beside it on Python's path, and a time to end."""
    asked = {}

    def run(command, **options):
        asked.update(options, command=command)
        return subprocess.CompletedProcess(command, 0, b'{"pages": ["half", "of"]}')

    monkeypatch.setattr(subprocess, "run", run)
    assert pdf.pages_of(b"%PDF-") == ["half", "of"]
    program = Path(pdf.__file__).parent / "pdf_text.py"
    assert asked.pop("command") == [sys.executable, "-P", "-X", "utf8", str(program)]
    assert asked.pop("timeout") > SECONDS
    assert asked == {"input": b"%PDF-", "capture_output": True, "check": False}


@pytest.mark.parametrize(
    ("status", "err", "code"),
    [
        (1, b"PdfReadError", "A102"),
        (1, b"MemoryError", "A105"),
        (1, b"LimitReachedError", "A105"),
        (-9, b"", "A105"),
        (-24, b"PdfReadError", "A105"),
    ],
)
def test_a_reader_that_fails_says_why(ended, status, err, code):
    """Stopped, out of memory, or with a file that is broken."""
    with pytest.raises(Refusal) as refused:
        ended(status, b'{"pages": []}', err)
    assert refused.value.code == code
    assert refused.value.hint


@pytest.mark.parametrize("error", [subprocess.TimeoutExpired("x", 8), OSError()])
def test_a_reader_that_does_not_end_takes_too_long(monkeypatch, error):
    """Nor does one end that never began."""

    def run(*_, **__):
        raise error

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Refusal) as refused:
        pdf.pages_of(b"")
    assert refused.value.code == "A105"


def test_the_readers_own_refusal_is_handed_on(ended):
    """With something to do about it."""
    said = {"code": "A103", "message": "is locked"}
    with pytest.raises(Refusal) as refused:
        ended(out=json.dumps(said).encode())
    assert (refused.value.code, refused.value.message) == ("A103", "is locked")
    assert refused.value.hint


@pytest.mark.parametrize(
    ("pages", "read"),
    [
        (["x" * 20], True),
        (["x" * 19 + "."], False),
        (["x" * 40, ""], True),
        (["x" * 39, "12"], False),
        ([], False),
    ],
)
def test_pages_with_hardly_a_letter_are_pictures(of_pages, pages, read):
    """Twenty a page, on average."""
    if read:
        assert of_pages(*pages).source == "pdf"
        return
    with pytest.raises(Refusal) as refused:
        of_pages(*pages)
    assert refused.value.code == "A104"
    assert refused.value.hint


#: Sentences that end on their line, so that each is a paragraph.
OWN = "\n".join(f"Sentence {word} of the page ends here." for word in ("a", "b", "c"))


def lines(page):
    """Return the text of each block below an empty title."""
    return [block.text for block in page.blocks]


@pytest.mark.parametrize(
    ("number", "left_out"),
    [
        *(("7", True), ("Page 7", True), ("- 7 -", True), ("| 7 |", True)),
        *(("7 of 12", True), ("page 7/12", True), ("1234", True)),
        *(("12345", False), ("Page seven.", False), ("7 of them.", False)),
    ],
)
def test_numbers_of_pages_are_left_out(of_pages, number, left_out):
    """At the top and the bottom, on its last or its second line."""
    own = OWN.splitlines()
    for page in ([number, *own], [own[0], number, *own[1:]], [*own, number]):
        found = lines(of_pages("\n".join(page)))
        assert (number not in " ".join(found)) is left_out
    assert lines(of_pages("\n".join([*own[:2], "7", *own[:2]])))[2] == "7"


@pytest.mark.parametrize(
    ("count", "on", "left_out"),
    [(2, 2, False), (3, 3, True), (7, 3, True), (8, 3, False), (8, 4, True)],
)
def test_heads_and_feet_are_left_out(of_pages, count, on, left_out):
    """Lines at an edge of three pages and of half of all, whatever their numbers."""
    own = [OWN.replace("the", letter) for letter in "abcdefgh"[:count]]
    heads = [f"  Journal {n} (2020)\n{text}" for n, text in enumerate(own[:on])]
    found = lines(of_pages(*heads, *own[on:]))
    assert (not any("Journal" in text for text in found)) is left_out
    assert sum("page ends here." in text for text in found) == 3 * count
    feet = [f"{text}\nLeft {n}.\nRight." for n, text in enumerate(own[:on])]
    found = lines(of_pages(*feet, *own[on:]))
    assert (not any("Left" in text for text in found)) is left_out
    assert (not any("Right" in text for text in found)) is left_out


def test_a_line_that_is_repeated_within_pages_stays(of_pages):
    """Also three times on one page; a blank line is none."""
    page = OWN.replace("Sentence b", "So they say.\nSentence b\n \nSo they say.")
    pages = [f"One {word}.\n\n{page}\nEnd {word}." for word in ("x", "y", "z")]
    found = " ".join(lines(of_pages(*pages)))
    assert found.count("So they say.") == 6
    assert found.count("One x.") == 1
    twice = "Half of all.\nHalf of all.\nHalf of all."
    assert lines(of_pages(twice, OWN, OWN.upper()))[0] == "Half of all."


def test_half_a_character_is_replaced(of_pages):
    """It could not be printed."""
    assert lines(of_pages("Half \ud835 of the people were well.")) == [
        "Half ? of the people were well."
    ]


def test_the_list_of_references_is_left_out(of_pages):
    """And a first line is the title."""
    page = of_pages("Cells for lupus", OWN, f"{OWN}\nReferences\nDoe J. Half.")
    assert page.title == "Cells for lupus"
    assert "Doe J. Half." not in lines(page)
