"""A list of retractions held against the records: what it names, and where."""

import pytest
from checks.conftest import STUDY, study_file

from lupus_evidence.checks import run as check
from lupus_evidence.checks.retractions import listed_notices, unrecorded
from lupus_evidence.checks.rules import catalogue
from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.load import EvidenceBase, load
from lupus_evidence.records.study import Study

RECORD = """id: doe-2020
title: An invented trial
citation:
  authors: [Doe J]
  year: 2020
  doi: 10.1000/ABC
  pmid: "12345678"
{notices}design: single-arm-trial
status: published
reading: primary-abstract
population: {{enrolled: 20, lupus: 20}}
arms:
  msc: {{therapy: msc, n: 20}}
results:
  - {{endpoint: relapse, arm: msc, at: 12, events: 5, n: 20, among: treated, where: p}}
"""
HEAD = (
    "Record ID,Title,Author,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason\n"
)
YAML = "{kind: retraction, date: 2021-03-04, source: ...}"
BY_DOI = (
    '7,"A, b",Doe;Roe,3/4/2021 0:00,https://doi.org/10.1000/abc,0,{},+Error;+Why;\n'
)
BY_NUMBER = "8,A,Doe,3/14/2022 0:00,unavailable,12345678,{},\n"


@pytest.fixture
def found(tmp_path):
    """Check one record against a list; return code, line, message and hint."""

    def find(lines, notices="", head=HEAD):
        (tmp_path / "studies").mkdir(exist_ok=True)
        record = tmp_path / "studies" / "doe-2020.yaml"
        record.write_text(RECORD.format(notices=notices))
        (tmp_path / "list.csv").write_text(head + lines, encoding="utf-8")
        base = load(tmp_path / "studies")
        report = check(base, retractions=tmp_path / "list.csv")
        return [(x.code, x.place.line, x.message, x.hint) for x in report.diagnostics]

    return find


def test_a_retraction_is_an_error_at_the_doi_with_its_reasons(found):
    """The DOI's address and capitals do not hide it; the line to write is given."""
    assert found(BY_DOI.format("Retraction")) == [
        (
            "E413",
            6,
            "Retraction Watch 7 has a retraction of 2021-03-04 of this DOI: Error; Why",
            f"read the notice; notices: [{YAML}]",
        )
    ]


@pytest.mark.parametrize(
    "kind", ["Expression of concern", "Correction", "Reinstatement"]
)
def test_what_is_no_retraction_is_a_warning_at_the_pubmed_number(found, kind):
    """An erratum is not a retraction."""
    ((code, line, message, _),) = found(BY_NUMBER.format(kind))
    assert (code, line) == ("W414", 7)
    assert f"a {kind.lower()} of 2022-03-14 of this PubMed number" in message


def test_a_notice_that_the_record_has_is_not_found_again(found):
    """The same retraction listed twice, known to the record: nothing to do."""
    notices = "notices: [{kind: retraction, source: doi 10.1000/183}]\n"
    lines = BY_DOI.format("Retraction") + BY_NUMBER.format("Retraction")
    assert found(lines, notices) == []


def test_one_retraction_listed_under_both_numbers_is_said_once(found):
    """A list may have a report twice."""
    lines = BY_DOI.format("Retraction") + BY_NUMBER.format("Retraction")
    assert [code for code, *_ in found(lines)] == ["E413"]


def test_reports_without_numbers_match_nothing(found):
    """Neither "unavailable" nor 0 names a paper, and other papers are other papers."""
    lines = "1,A,Doe,,unavailable,0,Retraction,\n2,B,Roe,,10.1000/abd,1,Retraction,\n"
    assert found(lines) == []


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("doi,title\n", "RetractionNature"),
        ("Retraction Nature,title\n", "OriginalPaperDOI"),
        ("", "RetractionNature"),
    ],
)
def test_another_file_is_refused_by_the_column_it_lacks(found, head, column):
    """A reader sees that the wrong file was named."""
    with pytest.raises(EvidenceError, match=rf"list\.csv has no column {column}:"):
        found("", head=head)


def test_a_missing_file_ends_with_status_2(run, tmp_path):
    """A mistyped name is a mistake of use, not a clean bill."""
    done = run("check", "--retractions", tmp_path / "none.csv")
    assert done.exit_code == 2
    assert "cannot be read" in done.stderr


def test_a_file_that_no_csv_can_be_is_named(found):
    """A field of more than 128 KB is a quote that was never closed."""
    with pytest.raises(EvidenceError, match=r"list\.csv is not CSV: field"):
        found('7,"' + "A" * 140_000)


@pytest.mark.parametrize("line", ["", "7", "7,A,Doe,3/4/2021,10.1000/abc,12345678"])
def test_a_line_that_ends_early_says_nothing(found, line):
    """The lines after it are read."""
    lines = f"{line}\n" + BY_DOI.format("Retraction")
    assert [code for code, *_ in found(lines)] == ["E413"]


def test_a_list_of_two_columns_is_enough(found):
    """Only kind and report have to be there; what is not told is left out."""
    head = "RetractionNature,OriginalPaperDOI\n"
    assert found("Correction,10.1000/abc\n", head=head) == [
        (
            "W414",
            6,
            "Retraction Watch has a correction of this DOI",
            "read the notice; notices: [{kind: correction, source: ...}]",
        )
    ]


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("3/4/2021 0:00", "2021-03-04"),
        ("12/31/1999", "1999-12-31"),
        ("3/4/20211", "3/4/20211"),
        ("spring 2021", "spring 2021"),
    ],
)
def test_dates_are_read_month_first(found, date, read):
    """As that file writes them; what is no such date is told as it stands."""
    lines = BY_DOI.format("Retraction").replace("3/4/2021 0:00", date)
    ((_, _, message, hint),) = found(lines)
    assert f" of {read} of this DOI" in message
    assert f"date: {read}, " in hint


@pytest.mark.parametrize("number", ["12345678", "012345678", " 12345678 "])
def test_zeros_before_a_pubmed_number_do_not_hide_it(found, number):
    """They are filled up in some lists."""
    lines = BY_NUMBER.format("Retraction").replace("12345678", number)
    ((code, line, *_),) = found(lines)
    assert (code, line) == ("E413", 7)


@pytest.mark.parametrize("doi", ["doi: 10.1000/ABC", "HTTP://dx.doi.org/10.1000/abc"])
def test_a_doi_is_found_however_it_is_introduced(found, doi):
    """Address, prefix and capitals are no part of it."""
    lines = BY_DOI.format("Retraction").replace("https://doi.org/10.1000/abc", doi)
    assert [(code, line) for code, line, *_ in found(lines)] == [("E413", 6)]


def test_a_correction_and_a_retraction_of_one_report_are_two_findings(found):
    """A notice of one kind does not settle another."""
    lines = BY_DOI.format("Retraction") + BY_NUMBER.format("Correction")
    assert [(code, line) for code, line, *_ in found(lines)] == [
        ("E413", 6),
        ("W414", 7),
    ]
    notices = "notices: [{kind: correction, source: doi 10.1000/183}]\n"
    assert [(code, line) for code, line, *_ in found(lines, notices)] == [("E413", 6)]


def test_a_study_without_a_year_or_a_dated_notice_has_nothing_to_contradict():
    """A notice in the year of print is no contradiction, the year before is one."""
    check_of = catalogue()["E307"].function

    def said(year, date):
        notice = {"kind": "retraction", "date": date, "source": "x"}
        fields = {"citation": {"year": year}, "notices": [notice]}
        return check_of(Study.model_validate(STUDY | fields))

    assert said(None, "2019") is None
    assert check_of(Study.model_validate(STUDY)) is None
    assert list(said(2020, None)) == []
    assert list(said(2020, "2020-01-01")) == []
    (item,) = said(2020, "2019-12-31")
    assert item.path == ("notices", 0, "date")
    assert {"2020,", "retraction", "2019-12-31"} <= set(item.message.split())


@pytest.mark.parametrize(
    ("name", "why"), [("none.csv", "no such file"), (".", "is a directory")]
)
def test_a_list_that_cannot_be_read_says_which_and_why(tmp_path, name, why):
    """In the words of the machine."""
    path = tmp_path / name
    with pytest.raises(EvidenceError) as refused:
        listed_notices(path, ())
    assert str(refused.value).startswith(f"{path} cannot be read: {why}")


def test_bytes_of_another_encoding_hide_nothing(tmp_path):
    """A name in Windows-1252 spoils its own letter; UTF-8 may be marked."""
    path = tmp_path / "list.csv"
    line = BY_DOI.format("Retraction").replace("Error", "Erreur avou\u00e9e")
    path.write_bytes((HEAD + line).encode("cp1252"))
    (item,) = listed_notices(path, {"10.1000/abc"})
    assert item.reason == "Erreur avou\ufffde; Why"
    path.write_bytes(("\ufeff" + HEAD + line).encode())
    (item,) = listed_notices(path, {"10.1000/abc"})
    assert item.reason == "Erreur avou\u00e9e; Why"


@pytest.mark.parametrize(
    ("pmid", "listed", "path"),
    [
        ("012345678", "12345678", ("citation", "pmid")),
        ("012345678", "012345678", ("citation", "pmid")),
        ("0", "0", None),
    ],
)
def test_zeros_in_the_record_do_not_hide_a_number(tmp_path, pmid, listed, path):
    """And zeros alone, which stand for "none", are no number."""
    lines = BY_NUMBER.format("Retraction").replace("12345678", listed)
    (tmp_path / "list.csv").write_text(HEAD + lines, encoding="utf-8")
    base = EvidenceBase(".", (study_file(citation={"pmid": pmid}),), (), None)
    found = [item.path for _, item in unrecorded(base, tmp_path / "list.csv")]
    assert found == ([] if path is None else [path])


def test_each_record_held_against_a_list_is_a_check_made(tmp_path):
    """The summary counts it, whatever was found."""
    (tmp_path / "list.csv").write_text(HEAD, encoding="utf-8")
    files = (study_file(), study_file(id="roe-2021"))
    base = EvidenceBase(".", files, (), None)
    held = check(base, retractions=tmp_path / "list.csv")
    assert held.checks_run == check(base).checks_run + 2
