"""A list of retractions held against the records: what it names, and where."""

import pytest

from lupus_evidence.checks import run as check
from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.load import load

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
        (tmp_path / "studies").mkdir()
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


@pytest.mark.parametrize("kind", ["Expression of concern", "Correction"])
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


def test_another_file_is_refused_by_the_column_it_lacks(found):
    """A reader sees that the wrong file was named."""
    with pytest.raises(EvidenceError, match="no column RetractionNature"):
        found("", head="doi,title\n")


def test_a_missing_file_ends_with_status_2(run, tmp_path):
    """A mistyped name is a mistake of use, not a clean bill."""
    done = run("check", "--retractions", tmp_path / "none.csv")
    assert done.exit_code == 2
    assert "cannot be read" in done.stderr
