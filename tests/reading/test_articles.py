"""What an article is taken for, by what it holds, and what keeps it from being read."""

import pytest
from paper import docx, packed, pdf

from lupus_evidence.reading import articles, pdf_text
from lupus_evidence.reading import pdf as pdf_reader
from lupus_evidence.reading.articles import page_of, read_page
from lupus_evidence.reading.page import Page
from lupus_evidence.reading.refusals import PROBLEMS
from lupus_evidence.records.files import Diagnostic

WELL = "Half of the people were well."
WORD = f"<w:p><w:r><w:t>{WELL}</w:t></w:r></w:p>"


@pytest.fixture(autouse=True)
def _without_processes(monkeypatch):
    """PDFs are read in this process."""
    monkeypatch.setattr(
        pdf_reader, "pages_of", lambda data: pdf_text.text_of(data)["pages"]
    )


def source(data, suffix=""):
    """Return what an article was read as, or the code of what keeps it from that."""
    found = page_of(data if isinstance(data, bytes) else data.encode(), "it", suffix)
    return found.source if isinstance(found, Page) else found.code


TAGS = "<p>" * 3 + "<b>" * 3 + WELL


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (pdf(WELL), "", "pdf"),
        (b"\n" * 1_019 + pdf(WELL), ".txt", "pdf"),
        (f"{WELL}{' ' * 1_024}%PDF-", "", "text"),
        (docx(WORD), "", "docx"),
        (docx(WORD), ".md", "docx"),
        # a page by its beginning
        (f"<!DOCTYPE html><p>{WELL}", "", "html"),
        (f"\n <HTML lang=en>{WELL}", ".txt", "html"),
        (f"<head><title>x</title></head>{WELL}", "", "html"),
        (f"<body class=x>{WELL}", ".md", "html"),
        (f"<?xml version='1.0'?><!-- x -->\n<html>{WELL}", "", "html"),
        (f"<headline>{WELL}", "", "text"),
        (f"{WELL} <html>", "", "text"),
        # by its name
        (WELL, ".html", "html"),
        (WELL, ".htm", "html"),
        (WELL, ".XHTML", "html"),
        (WELL, ".txt", "text"),
        # by its tags
        (TAGS, "", "html"),
        (TAGS.replace("<p>", "", 1), "", "text"),
        (TAGS, ".md", "markdown"),
        ("x" * (20_480 - 18) + TAGS, "", "html"),
        ("x" * (20_480 - 17) + TAGS, "", "text"),
        # Markdown by its name or by its signs
        (WELL, ".md", "markdown"),
        (WELL, ".markdown", "markdown"),
        (WELL, ".mdown", "markdown"),
        (WELL, ".Md", "markdown"),
        (f"# Cells\n\n**{WELL}**", ".txt", "markdown"),
        (f"# Cells\n\n{WELL}", ".txt", "text"),
    ],
)
def test_an_article_is_what_it_holds(data, suffix, kind):
    """Its name is asked where that leaves it open."""
    assert source(data, suffix) == kind


FORMS = {
    "old Word": b"\xd0\xcf\x11\xe0",
    "rich text": b"{\\rtf",
    "PNG": b"\x89PNG",
    "JPEG": b"\xff\xd8\xff",
    "GIF": b"GIF8",
    "film": b"RIFF",
    "packed": b"\x1f\x8b",
    "empty archive": b"PK\x05\x06",
}


@pytest.mark.parametrize("name", FORMS)
def test_other_files_are_named(name):
    """Also where what follows could be read; within a text such signs are words."""
    found = page_of(FORMS[name] + WELL.encode(), "it")
    assert isinstance(found, Diagnostic)
    assert (found.code, found.level, found.place.file) == ("A101", "error", "it")
    assert found.message != "is not text"
    assert not found.message.endswith("is ")
    assert found.hint
    if FORMS[name].isascii() and name != "empty archive":
        assert source(WELL.encode() + FORMS[name]) == "text"


@pytest.mark.parametrize(
    ("data", "kind"),
    [(packed({"a.txt": WELL}), "archive"), (bytes(range(256)) * 9, "text")],
)
def test_archives_and_bytes_are_no_articles(data, kind):
    """Whatever the name says."""
    found = page_of(data, "it", ".txt")
    assert found.code == "A101"
    assert kind in found.message
    assert found.hint


def test_limits_are_those_of_the_manual(monkeypatch):
    """Up to which an article is read, and above which it is refused."""
    limits = PROBLEMS["A105"][1]
    assert f"at most {articles.MOST_BYTES // 10**6} MB" in limits
    assert f"{articles.MOST_CHARACTERS:,} characters" in limits
    assert f"{articles.MOST_LINES:,} lines" in limits
    data = f"{WELL}\né\r\nü\r"
    limits = (
        *(("MOST_BYTES", len(data.encode())), ("MOST_CHARACTERS", len(data))),
        ("MOST_LINES", 3),
    )
    for name, most in limits:
        with monkeypatch.context() as patch:
            patch.setattr(articles, name, most)
            assert source(data) == "text"
            patch.setattr(articles, name, most - 1)
            found = page_of(data.encode(), "it")
            assert found.code == "A105"
            assert f" {most - 1} " in found.message


def test_the_text_of_a_page_has_the_same_limits(monkeypatch):
    """Whatever tags stand around it."""
    page = f"<html><body><p>{WELL}</p><p>{WELL}</p>"
    monkeypatch.setattr(articles, "MOST_CHARACTERS", 2 * len(WELL) + 2)
    assert source(page) == "html"
    monkeypatch.setattr(articles, "MOST_CHARACTERS", 2 * len(WELL) + 1)
    assert source(page) == "A105"


@pytest.mark.parametrize("data", ["", "12 - 39\n\n* * *", "<html><body>12</body>"])
def test_without_a_letter_there_is_no_article(data):
    """A page may have to be saved once its text is there."""
    found = page_of(data.encode(), "it")
    assert found.code == "A104"
    assert found.hint
    assert ("screen" in found.hint) is ("html" in data)


FRENCH = "La moitié des patients sont en rémission, et il ne faut pas que cela change."


def test_other_languages_are_refused():
    """And named; what to do is said, as for whatever else has no hint of its own."""
    found = page_of(FRENCH.encode(), "it")
    assert found.code == "A106"
    assert "French" in found.message
    assert "English" in found.message
    assert "--claims" in found.hint
    assert source("Remission, response.") == "text"


def test_a_file_is_read_by_its_name(tmp_path, monkeypatch):
    """No more of it than may be read."""
    path = tmp_path / "article.md"
    path.write_text(WELL, encoding="utf-8")
    assert read_page(path, "it").source == "markdown"
    missing = read_page(tmp_path / "none", "it")
    assert isinstance(missing, Diagnostic)
    assert missing.place.file == "it"
    monkeypatch.setattr(articles, "MOST_BYTES", len(WELL) - 1)
    assert isinstance(read_page(path, "it"), Diagnostic)
