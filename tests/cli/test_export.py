"""`export`: every form, and what a reader of each needs."""

import csv
import io
import json
from pathlib import Path

import bibtexparser
import openpyxl
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from invented import study_text

from lupus_evidence.records.load import load

STUDIES = load().studies


def test_ris_is_read_by_a_reference_manager_s_parser(run):
    """Rispy finds every study with its title, first author, year and DOI."""
    entries = rispy.loads(run("export", "-f", "ris").output)
    assert len(entries) == len(STUDIES)
    for entry, study in zip(entries, STUDIES, strict=True):
        assert entry["title"] == study.title
        assert entry.get("doi") == study.citation.doi
        assert entry["type_of_reference"] in {"JOUR", "ABST", "THES", "ELEC"}
        assert entry["id"] == study.id
        assert entry.get("year") == (str(study.citation.year or "") or None)
        assert len(entry.get("authors", [])) == len(study.citation.authors)


def test_bibtex_is_read_by_a_parser(run):
    """Bibtexparser finds every study under its own key, nothing skipped."""
    library = bibtexparser.parse_string(run("export", "-f", "bibtex").output)
    assert not library.failed_blocks
    found = library.entries_dict
    assert set(found) == {study.id for study in STUDIES}
    jayne = found["jayne-2004"]
    fields = {field.key: field.value for field in jayne.fields}
    assert (fields["year"], fields["volume"]) == ("2004", "13")
    assert fields["author"].startswith("Jayne")


@pytest.mark.parametrize(
    ("doi", "printed", "opened"),
    [
        ("10.1007/978-3-030-1_12", "10.1007/978-3-030-1_12", "978-3-030-1_12"),
        ("10.1000/1#2%3&4$5", "10.1000/1#2%3&4$5", "1%232%253&4$5"),
        ("10.1000/1{2", "10.1000/1%7B2", "1%7B2"),
    ],
)
def test_bibtex_has_doi_and_address_as_they_are(doi, printed, opened, run, tmp_path):
    """Both are verbatim: a backslash of LaTeX would be part of them, a brace an end."""
    text = study_text().replace("10.1000/doe-2020", f"'{doi}'")
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    output = run("export", "-f", "bibtex", "--studies", tmp_path).output
    library = bibtexparser.parse_string(output)
    assert not library.failed_blocks
    fields = {field.key: field.value for field in library.entries[0].fields}
    assert fields["doi"] == printed
    assert fields["url"] == f"https://doi.org/{doi.partition('/')[0]}/{opened}"


#: Authors as records write them, and as RIS, BibTeX and CSL want them.
NAMES = (
    ("van Laar JM", "van Laar, J. M.", "van Laar, J. M.", ("van Laar", "J. M.")),
    ("Müller Ä", "Müller, Ä.", "Müller, Ä.", ("Müller", "Ä.")),
    ("Smith J-P", "Smith, J.-P.", "Smith, J.-P.", ("Smith", "J.-P.")),
    ("Smith JA Jr", "Smith, J. A., Jr", "Smith, Jr, J. A.", ("Smith", "J. A.", "Jr")),
    ("Doe K 3rd", "Doe, K., 3rd", "Doe, 3rd, K.", ("Doe", "K.", "3rd")),
    ("孙 凌云", "孙, 凌云", "孙, 凌云", ("孙", "凌云")),
    ("Barbado", "Barbado", "{Barbado}", None),
    ("Invented Lupus Group", "Invented Lupus Group", "{Invented Lupus Group}", None),
    (
        "Working Party of the EBMT",
        "Working Party of the EBMT",
        "{Working Party of the EBMT}",
        None,
    ),
    (
        "European Group for Blood and Marrow Transplantation",
        "European Group for Blood and Marrow Transplantation",
        "{European Group for Blood and Marrow Transplantation}",
        None,
    ),
)


def test_people_are_divided_and_groups_are_not(run, tmp_path):
    """Suffixes, hyphens and accents are understood; a group is one name in braces."""
    written = ", ".join(f'"{name}"' for name, *_ in NAMES)
    text = study_text().replace("[Doe J]", f"[{written}]")
    assert written in text
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")

    def exported(form):
        return run("export", "-f", form, "--studies", tmp_path).output

    lines = exported("ris").splitlines()
    people = [line[6:] for line in lines if line.startswith("AU")]
    assert people == [ris for _, ris, _, _ in NAMES]
    people = " and ".join(bibtex for _, _, bibtex, _ in NAMES)
    assert f"  author = {{{people}}},\n" in exported("bibtex")
    (item,) = json.loads(exported("csl-json"))
    keys = ("family", "given", "suffix")
    assert item["author"] == [
        {"literal": name} if parts is None else dict(zip(keys, parts, strict=False))
        for name, _, _, parts in NAMES
    ]


def test_csl_json_names_type_and_date(run):
    """CSL items carry a type, family names and the year as a date part."""
    items = {
        item["id"]: item for item in json.loads(run("export", "-f", "csl-json").output)
    }
    assert items["jayne-2004"]["type"] == "article-journal"
    assert items["jayne-2004"]["issued"] == {"date-parts": [[2004]]}
    assert items["jayne-2004"]["author"][0]["family"] == "Jayne"


def test_csl_json_makes_a_bibliography(run):
    """A citation processor finds nothing amiss and prints every study's reference."""
    items = json.loads(run("export", "-f", "csl-json").output)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = [str(entry) for entry in bibliography.bibliography()]
    assert len(printed) == len(STUDIES)
    (jayne,) = [entry for entry in printed if entry.startswith("Jayne")]
    for part in ("Jayne, D. et al. (2004)", "Lupus, 13(3), pp. 168–76"):
        assert part in jayne


def test_jsonl_holds_one_record_a_line_with_printed_decimals(run):
    """Each line is one record; a printed 87.5 stays the text it was."""
    lines = run("export", "-f", "jsonl").output.splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    assert len(records) == len(STUDIES)
    percents = [result.get("percent") for result in records["leng-2017"]["results"]]
    assert "87.5" in percents


@pytest.mark.thorough
def test_workbook_keeps_numbers_as_numbers(run, tmp_path):
    """The results sheet holds figures a spreadsheet can count with, in percent."""
    path = tmp_path / "evidence.xlsx"
    assert run("export", "-f", "xlsx", "-o", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["results"]
    header = [cell.value for cell in sheet[1]]
    rate, study = header.index("rate"), header.index("study")
    rows = [
        row for row in sheet.iter_rows(min_row=2) if row[study].value == "wang-2013"
    ]
    half = next(row for row in rows if row[header.index("n")].value == 6)
    assert isinstance(half[rate].value, float | int)
    assert half[rate].number_format == "0.0%"
    assert sheet.freeze_panes == "B2"
    assert book.sheetnames == [
        "studies",
        "results",
        "measurements",
        "appraisals",
        "comparison",
        "left out",
        "audit",
        "about",
        "dictionary",
    ]
    assert book["comparison"].max_row > 50
    assert book["left out"].max_row > 5
    assert book["audit"].max_row > 17
    assert book["appraisals"].max_row > 500


@pytest.mark.thorough
def test_workbook_is_the_same_bytes_twice(run, tmp_path):
    """Identical records give identical files."""
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        run("export", "-f", "xlsx", "-o", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("form", ["ris", "bibtex", "csl-json", "jsonl", "csv", "xlsx"])
def test_hostile_titles_stay_text(run, folder, tmp_path, form):
    """Braces, formulas and escapes in a title neither break a format nor act."""
    title = r"'=HYPERLINK(\"x\") } @article{evil, \\input{x} % & <b>'"
    text = study_text(id="evil-2020", title=title.replace('\\"', '"'))
    (folder / "evil-2020.yaml").write_text(text, encoding="utf-8")
    path = tmp_path / f"out.{form}"
    result = run("export", "-f", form, "-o", path, "--studies", folder)
    assert result.exit_code == 0, result.output
    if form == "bibtex":
        library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
        keys = [entry.key for entry in library.entries]
        assert keys == ["doe-2020", "evil-2020", "roe-2021"]
        assert not library.failed_blocks
    elif form == "xlsx":
        cells = openpyxl.load_workbook(path)["studies"]
        assert all(cell.data_type != "f" for row in cells.iter_rows() for cell in row)
    elif form == "ris":
        assert len(rispy.loads(path.read_text(encoding="utf-8"))) == 3
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        assert len(rows) == 3
    elif form == "jsonl":
        assert len(Path(path).read_text(encoding="utf-8").splitlines()) == 3


def test_export_writes_csv_unless_told_otherwise(run):
    """Without a form it is the table of results that spreadsheets read."""
    assert run("export").stdout == run("export", "-f", "csv").stdout


@pytest.mark.thorough
def test_the_ending_of_the_file_says_the_form(run, tmp_path):
    """An .xlsx is a spreadsheet file, a .ris citations; another ending is refused."""
    assert run("export", "-o", tmp_path / "a.xlsx").exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert run("export", "-o", tmp_path / "a.ris").exit_code == 0
    assert (tmp_path / "a.ris").read_text(encoding="utf-8").startswith("TY  - ")
    refused = run("export", "-o", tmp_path / "a.jpg")
    assert refused.exit_code == 2
    assert ".xlsx" in refused.stderr
    assert not (tmp_path / "a.jpg").exists()


@pytest.mark.thorough
def test_the_workbook_says_of_its_own_records_what_is_true_of_them(
    run, folder, tmp_path
):
    """No word of shared people, or of a licence, where these records have none."""

    def about(target, *words):
        assert run("export", "-o", target, *words).exit_code == 0
        sheet = openpyxl.load_workbook(target)["about"]
        return {row[0].value: row[1].value for row in sheet.iter_rows()}

    own = about(tmp_path / "own.xlsx", "--studies", folder)
    assert "mind" not in own
    assert "licence of the records" not in own
    bundled = about(tmp_path / "bundled.xlsx")
    assert "share people" in bundled["mind"]
    assert bundled["licence of the records"] == "CC0-1.0"
