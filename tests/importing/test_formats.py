import io
import re
import zipfile
from pathlib import Path
from typing import get_args

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import FORMS, import_records
from lupus_evidence.importing.formats import FORM_NAMES, Form, form_of, no_text

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
