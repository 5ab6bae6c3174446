"""The program that reads a PDF's pages, called in this process and without limits."""

import io
import json
import sys

import pypdf
import pytest
from paper import pdf
from pypdf.errors import DependencyError

from lupus_evidence.reading import pdf_text
from lupus_evidence.reading.refusals import PROBLEMS

WELL = "Half of the people were well."


def locked(password):
    """Return a PDF that opens with a password, maybe an empty one."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf(WELL)))
    writer.encrypt(password, "other", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_each_page_is_a_text():
    """In order; one without words is empty."""
    assert pdf_text.text_of(pdf(WELL, b"0 0 m", "Nobody died.")) == {
        "pages": [WELL, "", "Nobody died."]
    }


def test_a_pdf_with_a_wrong_table_is_read():
    """What can be mended by looking for it is no reason to refuse."""
    data = pdf(WELL)
    start = data.index(b"startxref") + len(b"startxref\n")
    assert pdf_text.text_of(data[:start] + b"7\n%%EOF\n") == {"pages": [WELL]}


def test_no_password_is_asked_for():
    """One that opens without is read."""
    assert pdf_text.text_of(locked("")) == {"pages": [WELL]}
    refused = pdf_text.text_of(locked("lupus"))
    assert refused["code"] == "A103"
    assert refused["message"]


@pytest.mark.parametrize("error", [DependencyError, NotImplementedError])
def test_a_cipher_that_is_not_known_stays_locked(monkeypatch, error):
    """Whatever software it would need."""

    def decrypt(*_):
        raise error

    data = locked("")
    monkeypatch.setattr(pypdf.PdfReader, "decrypt", decrypt)
    assert pdf_text.text_of(data)["code"] == "A103"


def test_limits_are_those_of_the_manual(monkeypatch):
    """Up to which a PDF is read, and above which it is refused."""
    limits = PROBLEMS["A105"][1]
    assert f"a PDF {pdf_text.MOST_PAGES} pages" in limits
    assert f"{pdf_text.MOST_CHARACTERS:,} characters" in limits
    assert f"{pdf_text.SECONDS} seconds and {pdf_text.MEMORY // 10**6} MB" in limits
    data = pdf(WELL, WELL)
    for name, most in (("MOST_PAGES", 2), ("MOST_CHARACTERS", 2 * len(WELL))):
        with monkeypatch.context() as patch:
            patch.setattr(pdf_text, name, most)
            assert pdf_text.text_of(data) == {"pages": [WELL, WELL]}
            patch.setattr(pdf_text, name, most - 1)
            refused = pdf_text.text_of(data)
            assert refused["code"] == "A105"
            assert f" {most - 1} " in refused["message"]


@pytest.fixture
def limited(monkeypatch):
    """Return the limits that are set, by what they limit, beside a hard limit."""
    resource = pytest.importorskip("resource")
    limits = {}

    def begin(hard):
        monkeypatch.setattr(resource, "getrlimit", lambda _: (1, hard))
        monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
        pdf_text._limit()  # noqa: SLF001 - the program's own limits
        return limits[resource.RLIMIT_CPU], limits[resource.RLIMIT_DATA]

    return begin


def test_the_system_stops_what_takes_too_much(limited):
    """By the program's limits, or by lower ones that it may not raise."""
    import resource

    endless = resource.RLIM_INFINITY
    assert limited(endless) == ((4, endless), (170_000_000, endless))
    assert limited(1_000) == ((4, 1_000), (1_000, 1_000))
    assert limited(3) == ((3, 3), (3, 3))


def test_where_the_system_has_no_limits_none_are_set(monkeypatch):
    """Whoever started the program stops it there."""
    monkeypatch.setitem(sys.modules, "resource", None)
    assert pdf_text._limit() is None  # noqa: SLF001 - as above


def test_the_program_reads_a_pdf_and_writes_json(monkeypatch, capsys):
    """One object, after its limits are set."""
    order = []
    file = io.TextIOWrapper(io.BytesIO(pdf(WELL)))
    monkeypatch.setattr(sys, "stdin", file)
    monkeypatch.setattr(pdf_text, "_limit", lambda: order.append("limit"))
    pdf_text.main()
    assert json.loads(capsys.readouterr().out) == {"pages": [WELL]}
    assert order == ["limit"]
