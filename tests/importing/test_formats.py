"""Which form a file has: told by its content, opened, or refused in a sentence."""

import contextlib
import io
import re
import zipfile
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import FORMS, import_records
from lupus_evidence.importing.exported_table import MAX_ROWS
from lupus_evidence.importing.formats import (
    FORM_NAMES,
    MAX_FILE_BYTES,
    Form,
    form_of,
    no_text,
    opened,
)
from lupus_evidence.importing.records import MAX_RECORDS
from lupus_evidence.records.field_types import MAX_TEXT
from lupus_evidence.records.yamltext import parse

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("citations.nbib", "nbib"),
        ("citations.ris", "ris"),
        ("citations.csl.json", "csl"),
        ("trial.json", "ctgov"),
        ("table.csv", "csv"),
    ],
)
def test_the_content_tells_the_format(name, form):
    """Names of files do not matter."""
    assert form_of((SAMPLES / name).read_text(encoding="utf-8")) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('\n{"studies": []}', "ctgov"),
        ('[{"protocolSection": {}}]', "ctgov"),
        ('{"type": "article-journal"}', "csl"),
        ('"study","endpoint"\r\n', "csv"),
        ("study;endpoint\n", "csv"),
        ("sep=;\r\nstudy;endpoint\r\n", "csv"),
        ("n\tstudy\tendpoint\n", "csv"),
        ("OWN - ERIC\nTI  - A\n", "nbib"),
        ("\nPMC - PMC6000001\nPMID- 30000001\n", "nbib"),
        ("TI  - A\nER  - \n", "ris"),
        ('{"items": [{"type": "book", "title": "A"}]}', "csl"),
        ('[{"title": "A", "author": [{"family": "Doe"}]}]', "csl"),
        ("PMID- 1\n", "nbib"),
        ("\nPMID - 1\n", "nbib"),
        ("TY  - JOUR\nAN  - 1\nPMID- 1\n", "ris"),
        ("PMID- 1\nTY  - JOUR\n", "ris"),
        ("@article{a, title={b}}", "bibtex"),
        ("words\n  @InProceedings (a, title={b})", "bibtex"),
        ("@article{a,\n note={\nPMID- 1}}", "bibtex"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\n", "wos"),
        ("PT J\nAU Doe, J\n", "wos"),
        ("<?xml version='1.0'?>\n<xml><records><record>", "endnote"),
        ("%0 Journal Article\n", "enw"),
        ("%T A title\n%A Doe, J.\n", "enw"),
        ("Title,Year\n", "citations"),
        ("My search\n\nTitle;Authors\n", "citations"),
        ("Title\tDOI\n", "citations"),
        ("study,outcome,n\n", "csv"),
        ("Title,Year,study,outcome,n\n", "csv"),
    ],
)
def test_the_least_that_tells_a_format(text, form):
    """One field is enough; a PubMed number in RIS does not mislead."""
    assert form_of(text) == form


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("just words", "not known here"),
        ("title;endpoint\n", "its first line has semicolons"),
        ("title\tendpoint\n", "its first line has tabs"),
        ("{\\rtf1\\ansi TY  - JOUR}", "RTF"),
        ('[{"itemType": "journalArticle", "title": "A"}]', "Zotero's own JSON"),
        ('[{"title": "A", "authors": "Doe"}]', "neither references nor trials"),
        (
            "<?xml version='1.0'?><PubmedArticleSet><PubmedArticle>",
            "PubMed's XML: save it in the format PubMed",
        ),
        ("<modsCollection><mods>", "MODS"),
        ("<!doctype html><p>", "web page"),
        ("<TEI/>", "XML that is not read"),
        ("%PDF-1.7", "PDF"),
        ("1. Doe J, Roe A. Cells in lupus. Lupus 2021.", "a list of references"),
        ("id: doe-2021\ntitle: Cells\n", "a record of lupus-evidence"),
        ("PK\x03\x04", "spreadsheets"),
        ("[]", "neither references nor trials"),
        ("[1]", "neither references nor trials"),
        ('{"a": 1}', "neither references nor trials"),
        ('{"FullStudiesResponse": {}}', "old form of ClinicalTrials.gov"),
        ("{", "not JSON"),
    ],
)
def test_other_files_are_refused_with_advice(text, message):
    """What people have instead is named, with what to do."""
    with pytest.raises(EvidenceError, match=message):
        form_of(text)


def test_the_command_offers_the_formats_that_are_read():
    """One list of formats, in the library and on the command line."""
    assert get_args(Form) == FORMS
    assert set(FORM_NAMES) == set(FORMS)


def archive(*names):
    """Return an archive that holds files of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (archive("[Content_Types].xml", "xl/workbook.bin"), "spreadsheet (Excel)"),
        (archive("[Content_Types].xml", "word/document.xml"), "Word document"),
        (archive("citations.ris"), "archives"),
        (
            b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"),
            "spreadsheet (Excel 97)",
        ),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word document"),
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"SQLite format 3\0", "database"),
        (b"\x89PNG\r\n", "picture"),
        (b"T\0Y\0 \0", "no text"),
    ],
)
def test_what_is_no_text_is_named(data, message, tmp_path):
    """A spreadsheet is not told to be saved as UTF-8, but as CSV."""
    path = tmp_path / "file"
    path.write_bytes(data)
    assert message in (no_text(data) or "")
    with pytest.raises(EvidenceError, match=re.escape(message)):
        import_records(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16"], ids=["plain", "mark", "utf-16"]
)
def test_text_as_programs_save_it(encoding, tmp_path):
    """With or without a byte order mark."""
    path = tmp_path / "file"
    path.write_bytes("Müller\n".encode(encoding))
    assert opened(path) == ("Müller\n", (), False)


def test_lines_of_old_programs(tmp_path):
    """A carriage return alone ends a line."""
    path = tmp_path / "file"
    path.write_bytes(b"PT J\rTI A\r")
    assert opened(path).text == "PT J\nTI A\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Müller".encode("cp1252"), "line 1: not UTF-8: byte 0xfc; save the file"),
        (b"\xff\xfea", "broken UTF-16"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"PK\x03\x04xl/", "broken spreadsheet"),
    ],
)
def test_what_is_no_text_is_refused(data, message, tmp_path):
    """With what it is and what to do."""
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(EvidenceError, match=message):
        opened(path)


def test_a_file_that_is_not_there(tmp_path):
    """The system's word for it."""
    with pytest.raises(EvidenceError, match="it cannot be read: no such file"):
        opened(tmp_path / "file")


ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


def test_the_example_is_what_is_written():
    """The record on the page is the one that the sample gives."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (record,) = import_records(ROOT / "tests/importing/samples/trial.json")
    assert block == record.text


def test_formats_and_limits_are_the_programs_own():
    """Numbers and names on the page are those in the code."""
    assert f"`-f {'|'.join(FORMS)}`" in PAGE
    for limit in (MAX_FILE_BYTES, MAX_RECORDS, MAX_ROWS, MAX_TEXT):
        assert f"{limit:,}" in PAGE


TEXTS = {
    "bibtex": '@article{a, author={Doe, J. and {A Group}}, title={{\\"U}ber \\& $\\a$},'
    " year=2021}\n@string{b={c}}\n@book{d, title=b # { e}, crossref={a}}\n",
    "wos": "FN x\nVR 1.0\nPT J\nAU Doe, J\n   Roe, A\nTI Cells\nPY 2021\nER\n\nEF\n",
    "endnote": '<?xml version="1.0"?><xml><records><record><ref-type name="Journal '
    'Article">17</ref-type><titles><title>A &amp; B</title></titles></record></records>'
    "</xml>",
    "enw": "%0 Journal Article\n%A Doe, J.\n%T Cells\n%D 2021\n\n%T B\n",
    "rates": "study;therapy;outcome;events;n;months\nDoe 2021;msc;death;7;20;12\n",
}


def _workbook():
    """Return a small spreadsheet."""
    book = openpyxl.Workbook()
    book.active.append(["Title", "Authors", "Year"])
    book.active.append(["Cells", "Doe, J.", 2021])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FILES = {
    **{name: text.encode() for name, text in TEXTS.items()},
    "workbook": _workbook(),
    **{
        path.name: path.read_bytes()
        for path in sorted(SAMPLES.rglob("*"))
        if path.is_file()
    },
}
WORDS = (b"PT J\n", b"%0 ", b"ER  - \n", b"@article{", b"{" * 3_000, b"=1+1", b",;")
SIGNS = (b"{", b"}", b'"', b"\n\n", b"\t", b"\\", b"$", b"\0", b"\xff", b"<!DOCTYPE x>")
SPLICES = st.sampled_from([*SIGNS, *WORDS])


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_broken_files_end_in_records_or_in_a_message(name, data, tmp_path):
    """Whatever form the person says that they are of."""
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4), label="changes")):
        at = data.draw(st.integers(0, len(content)), label="at")
        if data.draw(st.booleans(), label="cut"):
            del content[at : at + data.draw(st.integers(1, 80), label="size")]
        else:
            content[at:at] = data.draw(SPLICES, label="splice")
    if data.draw(st.booleans(), label="cut off"):
        content = content[: len(content) // 2]
    path = tmp_path / "file"
    path.write_bytes(bytes(content))
    form = data.draw(st.sampled_from([None, None, *FORMS]), label="form")
    with contextlib.suppress(EvidenceError):
        records = import_records(path, form=form)
        assert records
        assert all(parse(record.text) for record in records)
