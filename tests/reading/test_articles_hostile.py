"""Files that are broken, locked or made to be slow: one sentence each, and no more."""

import io
import subprocess
import sys
import zipfile

import pytest
from paper import WORD, docx, packed, pdf

from lupus_evidence.explanations import lookup
from lupus_evidence.reading import articles, refusals
from lupus_evidence.reading.articles import page_of, read_page
from lupus_evidence.reading.page import Page
from lupus_evidence.records.files import Diagnostic

WELL = "Half of the people were in remission."


def bomb(size):
    """Return a Word document that unpacks to more than a thousand times its size."""
    return packed({"word/document.xml": "a" * size})


def laughs():
    """Return a Word document of entities that grow tenfold eight times over."""
    entities = '<!ENTITY a0 "lupus ">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)
    )
    body = f'<w:document xmlns:w="{WORD}"><w:p><w:t>&a8;</w:t></w:p></w:document>'
    return packed({"word/document.xml": f"<!DOCTYPE d [{entities}]>{body}"})


def without_main():
    """Return an archive that holds no document."""
    return packed({"xl/workbook.xml": "<workbook/>"})


def locked():
    """Return a PDF that says it is locked, in a way that no password opens."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O(%b)/U(%b)>>/ID[(a)(a)]"
    return pdf(WELL, trailer=lock % (b"x" * 32, b"y" * 32))


def damaged_archive():
    """Return a Word document with bytes changed in the middle of its text."""
    data = bytearray(docx(f"<w:p><w:r><w:t>{WELL * 50}</w:t></w:r></w:p>"))
    start = data.index(b"word/document.xml") + 30
    data[start : start + 20] = b"\xff" * 20
    return bytes(data)


def encrypted_archive():
    """Return a Word document whose flags say that it is locked."""
    data = bytearray(docx("<w:p/>"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    return bytes(data)


REFUSED = {
    "empty": (lambda: b"", "A104"),
    "only-blanks": (lambda: b" \n\t\n" * 100, "A104"),
    "only-marks": (lambda: b"--- *** ---\n" * 100, "A104"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "A101"),
    "old-word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "A101"),
    "rich-text": (lambda: rb"{\rtf1\ansi Half were well.}", "A101"),
    "spreadsheet": (without_main, "A101"),
    "zeros": (lambda: b"\0" * 100_000, "A101"),
    "bytes": (lambda: bytes(range(256)) * 1_000, "A101"),
    "script-only": (
        lambda: b"<!doctype html><body><div id=app></div><script>x</script>",
        "A104",
    ),
    "only-a-comment": (lambda: b"<html><!-- nothing -->", "A104"),
    "pdf-cut": (lambda: pdf(WELL)[:120], "A102"),
    "pdf-of-a-head": (lambda: b"%PDF-1.7\n", "A102"),
    "pdf-of-brackets": (lambda: b"%PDF-1.7\n" + b"[" * 1_000_000, "A102"),
    "pdf-locked": (locked, "A103"),
    "pdf-scan": (lambda: pdf(b"0 0 m 600 800 l S"), "A104"),
    "pdf-pages": (lambda: pdf(WELL, kids=1_000), "A105"),
    "pdf-bomb": (lambda: pdf(b"\0" * 300_000_000), "A105"),
    "docx-cut": (lambda: docx(f"<w:p><w:t>{WELL}</w:t></w:p>")[:-30], "A102"),
    "docx-damaged": (damaged_archive, "A102"),
    "docx-locked": (encrypted_archive, "A102"),
    "docx-no-xml": (lambda: packed({"word/document.xml": "half"}), "A102"),
    "docx-empty": (lambda: docx(""), "A104"),
    "docx-bomb": (lambda: bomb(200_000_000), "A105"),
    "docx-laughs": (laughs, "A102"),
    "docx-nested": (lambda: docx("<w:p>" * 100_000), "A102"),
    "docx-files": (lambda: docx("", **{str(n): "" for n in range(6_000)}), "A105"),
    "html-nested": (lambda: b"<html><body>" + b"<div>" * 100_000 + b"x", "A105"),
    "html-tags": (lambda: b"<html><body>" + b"<p>a" * 1_000_000, "A105"),
    "text-long": (lambda: b"word " * 1_900_000, "A105"),
    "text-lines": (lambda: b"a\n" * 60_000, "A105"),
    "text-large": (lambda: b"x" * (articles.MOST_BYTES + 1), "A105"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_sentence(name):
    """A code that has a page, a reason and something to do."""
    make, code = REFUSED[name]
    refused = page_of(make(), "article")
    assert isinstance(refused, Diagnostic)
    assert refused.code == code, refused
    assert refused.level == "error"
    assert refused.message.split()[0] in {"is", "has", "holds", "takes", "unpacks"}
    assert refused.hint


#: Patterns that take time where a rule looks back, or forward, from every character.
REPEATED = {
    "tabs": b"a\tb\n" * 49_000,
    "bullets": b"- a\n" * 49_000,
    "broken-words": b"com-\nplete\n" * 24_000,
    "rules": b". " * 490_000,
    "one-word": b"a" * 990_000,
    "blanks": b"a" + b" " * 990_000 + b"b",
    "unseen": "\u200b".encode() * 990_000 + b"a",
    "ligatures": "\ufb01".encode() * 300_000,
    "brackets": b"# a\n**b**\n" + b"[" * 900_000,
    "links": b"# a\n**b**\n" + b"[a](" * 240_000,
    "emphasis": b"# a\n**b**\n" + b"*a " * 300_000,
    "quotations": b"# a\n**b**\n" + b">" * 900_000,
    "cells": b"# a\n**b**\n|-|-|\n" + b"|" * 900_000,
    "dashes": b"# a\n**b**\n" + b"-:|" * 300_000,
    "tags": b"# a\n**b**\n" + b"<a" * 400_000,
    "sups": b"<html><body><p>" + b"<sup>2</sup><br>" * 24_000 + b"a",
    "headings": b"<html><body>" + b"<h2>References</h2><h3>x</h3>" * 20_000,
    "menus": b"<html><body>" + b"<div class=menu><p>b</p></div>" * 20_000,
    "classes": b'<html><body><p class="' + b"menu " * 900_000 + b'">x',
    "entities": b"<html><body>" + b"&#xD800;&#0;&lt;" * 50_000,
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", REPEATED)
def test_a_million_times_the_same_is_read_or_refused(name):
    """No rule takes more than a look at each character."""
    found = page_of(REPEATED[name], "article")
    assert isinstance(found, (Page, Diagnostic))


@pytest.mark.parametrize("name", REPEATED)
def test_every_place_is_within_the_text(name):
    """Whatever is read, its characters lead somewhere, in order."""
    page = page_of(REPEATED[name][:3_000], "article")
    for block in page.blocks if isinstance(page, Page) else ():
        places = [block.offset(index) for index in range(len(block.text))]
        assert places == sorted(places)
        assert 0 <= places[0] <= places[-1] < len(page.text)
        assert page.at(block.first)[0] == block.line


def test_a_pdf_that_takes_too_long_is_stopped(monkeypatch):
    """By the system, or else by who started its reader."""
    from lupus_evidence.reading import pdf as reader

    monkeypatch.setattr(reader, "_PATIENCE", 0)
    refused = page_of(pdf(WELL), "article")
    assert isinstance(refused, Diagnostic)
    assert refused.code == "A105"


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path):
    """Nor one without end; what is read stays within the limit."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    refused = read_page(path, "large.txt")
    assert isinstance(refused, Diagnostic)
    assert refused.message == "cannot be read: it is larger than 10,000,000 bytes"
    assert isinstance(read_page(tmp_path, "folder"), Diagnostic)


@pytest.mark.thorough
def test_an_article_may_come_through_a_pipe():
    """Standard input is read as a file is."""
    code = (
        "from lupus_evidence.reading.articles import read_page\n"
        "from lupus_evidence.records.files import STANDARD_INPUT\n"
        "print(read_page(STANDARD_INPUT, '<stdin>').blocks[0].text)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=WELL.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().strip() == WELL


def test_names_in_an_archive_lead_nowhere():
    """Only two files of a document are read, and none is written."""
    data = docx(f"<w:p><w:r><w:t>{WELL}</w:t></w:r></w:p>", **{"../../evil": "x"})
    page = page_of(data, "article")
    assert isinstance(page, Page)
    assert [block.text for block in page.blocks] == [WELL]
    assert "../../evil" in zipfile.ZipFile(io.BytesIO(data)).namelist()


@pytest.mark.parametrize("code", refusals.codes())
def test_every_code_has_a_page(code):
    """With every heading, and something under each."""
    page = lookup.explanation(code.lower())
    assert page.title.startswith(f"{code}: ")
    assert [heading for heading, _ in page.sections] == list(refusals.HEADINGS)
    assert all(text.endswith(".") for _, text in page.sections)


def test_every_refusal_is_tested():
    """No code without a file that gets it; language has tests of its own."""
    assert {code for _, code in REFUSED.values()} | {"A106"} == set(refusals.codes())
