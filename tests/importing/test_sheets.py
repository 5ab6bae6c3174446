import io
import sys
import zipfile

import openpyxl
import pytest

from lupus_evidence.catalogue import rates
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import import_records, sheets
from lupus_evidence.importing.sheets import is_workbook, sheet_text
from lupus_evidence.records.load import load
from lupus_evidence.writers.tabular import render_separated, render_workbook


def workbook(**tables):
    """Return a workbook with these rows in sheets of these names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(**parts):
    """Return an archive of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(f"xl/{name}.xml", content)
    return buffer.getvalue()


CITATIONS = [
    ("Title", "Authors", "Year", "PMID"),
    ("Cells", "Doe, Jane", 2021, 39900001.0),
]


def test_the_sheet_with_a_table_is_read():
    """Numbers are written as people write them, rows on their own lines."""
    data = workbook(about=[("Hello",)], data=[("My search",), (), *CITATIONS])
    assert is_workbook(data)
    found = sheet_text(data)
    assert found.text.splitlines()[2:] == [
        "Title,Authors,Year,PMID",
        'Cells,"Doe, Jane",2021,39900001',
    ]
    assert found.doubts == ()


def test_other_sheets_with_tables_are_told():
    """One sheet is read at a time."""
    (doubt,) = sheet_text(workbook(one=CITATIONS, two=CITATIONS)).doubts
    assert doubt.code == "I112"
    assert "'one' is read; 'two' too" in doubt.message


def test_formulas_are_never_worked_out():
    """Their stored value counts; one without is told with its row."""
    data = workbook(one=[*CITATIONS, ("Roe's", "=1+1", 2022, None)])
    found = sheet_text(data)
    assert "1+1" not in found.text
    ((code, message, _, line),) = found.doubts
    assert (code, line) == ("I112", 3)
    assert "row 3" in message


def test_a_record_says_that_it_is_from_a_spreadsheet(tmp_path):
    """The doubts of the sheet are the first record's."""
    path = tmp_path / "file"
    path.write_bytes(workbook(one=[*CITATIONS, ("=1", "Roe, A.", 2022, None)]))
    first, *_ = import_records(path)
    assert first.text.startswith("# From a spreadsheet of citations.")
    assert [item.code for item in first.doubts] == ["I112"]


def test_our_own_workbook_comes_back(tmp_path):
    """The table of results, sheet or CSV, gives the same studies."""
    studies = [study for study in load().studies if study.results][:5]
    table = rates.rates_table(rates.reported_rates(studies))
    path = tmp_path / "table.xlsx"
    path.write_bytes(render_workbook([table]))
    again = {item.id: item.text for item in import_records(path)}
    path = tmp_path / "table.csv"
    path.write_text(render_separated(table), encoding="utf-8", newline="")
    assert again == {
        item.id: item.text.replace("a table", "a spreadsheet")
        for item in import_records(path)
    }


def test_percentages_are_what_is_shown():
    """A spreadsheet keeps 29% as 0.29, and only the cell's look says so."""
    book = openpyxl.Workbook()
    book.active.append(["study", "outcome", "%", "n"])
    book.active.append(["x", "death", 0.29, 20])
    book.active["C2"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    assert sheet_text(buffer.getvalue()).text.splitlines()[1] == "x,death,29%,20"


BOMB = archive(workbook="x", sharedStrings="0" * 3_000_000)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (archive(workbook="<!DOCTYPE x><x/>"), "broken spreadsheet"),
        (
            archive(workbook='<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")),
            "broken",
        ),
        (archive(workbook="<workbook/>"), "broken spreadsheet"),
        (workbook(one=[()]), "without any cells"),
        (workbook(one=CITATIONS)[:-200] + b"x" * 200, "spreadsheet"),
    ],
)
def test_hostile_and_broken_workbooks_are_refused(data, message, tmp_path):
    """With a message, whatever openpyxl makes of them."""
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(EvidenceError, match=message):
        import_records(path)


def test_what_a_workbook_unpacks_to_is_counted(monkeypatch):
    """Bytes, files and rows."""
    monkeypatch.setattr(sheets, "_MOST_BYTES", 1_000_000)
    with pytest.raises(EvidenceError, match="unpacks to more than 1,000,000 bytes"):
        sheet_text(BOMB)
    monkeypatch.setattr(sheets, "_MOST_FILES", 1)
    with pytest.raises(EvidenceError, match="more than 1 files"):
        sheet_text(BOMB)
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "_MOST_ROWS", 1)
    with pytest.raises(EvidenceError, match="a sheet of more than 1 rows"):
        sheet_text(workbook(one=CITATIONS))
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 3)
    with pytest.raises(EvidenceError, match="a sheet of more than 3 columns"):
        sheet_text(workbook(one=CITATIONS))


def test_without_openpyxl_the_way_to_get_it_is_told(monkeypatch):
    """It is an extra."""
    data = workbook(one=CITATIONS)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(EvidenceError, match=r"pip install 'lupus-evidence\[xlsx\]'"):
        sheet_text(data)
