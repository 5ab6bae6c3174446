"""Which reports are asked whether they share people."""

import pytest
from checks.conftest import HALF, RESULT, study_file

from lupus_evidence.checks import run
from lupus_evidence.records.load import EvidenceBase

HOSPITAL = "Invented Hospital, Nowhere"


def report(name, year, *, start=None, end=None, therapy="msc", **fields):
    """Return an invented report of one hospital."""
    return {
        "id": name,
        "citation": {"year": year, "doi": f"10.1000/{name}"},
        "setting": {
            "centres": [HOSPITAL],
            "recruitment": {"start": start, "end": end},
        },
        "arms": {
            "treated": {"therapy": therapy, "n": 100},
            "msc": {"therapy": "placebo"},
        },
        "population": {"lupus": 100},
    } | fields


FIRST = report("aa-2010", 2010, start="2005", end="2008")


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        (report("bb-2014", 2014, start="2008", end="2012"), True),
        (report("bb-2014", 2014, start="2009", end="2012"), False),
        (report("bb-2014", 2014, end="2007"), True),
        (report("bb-2014", 2014), True),
        (report("bb-2014", 2014, start="2009"), False),
        (report("bb-2014", 2014, start="2008", therapy="uc-msc"), True),
        (report("bb-2014", 2014, start="2008", therapy="hsct"), False),
        (report("bb-2014", 2014, start="2008", population={"lupus": 2}), False),
        (report("bb-2014", 2014, start="2008", population={}), True),
        (report("bb-2014", 2014, start="2008", setting={"centres": ["X"]}), False),
    ],
)
def test_same_centre_therapy_and_years(together, second, asked):
    """All three must meet, and the report must be large enough to be pooled."""
    found = [each for each in together(FIRST, second) if each[1] == "W408"]
    assert bool(found) is asked
    for name, _, message in found:
        assert name == "bb-2014"
        assert "aa-2010" in message


def test_months_are_compared_where_both_are_known(together):
    """January to September of one year is no overlap, a bare year might be."""
    closed = report("aa-2006", 2006, start="1997-04", end="2005-01")
    later = report("bb-2018", 2018, start="2005-09-23")
    assert together(closed, later) == []
    vague = report("bb-2018", 2018, start="2005")
    assert [code for _, code, _ in together(closed, vague)] == ["W408"]


def test_cord_and_marrow_cells_are_different_people(together):
    """Two narrow therapies meet only where one includes the other."""
    marrow = report("aa-2010", 2010, start="2005", therapy="bm-msc")
    cord = report("bb-2011", 2011, start="2006", therapy="uc-msc")
    assert together(marrow, cord) == []
    either = report("bb-2011", 2011, start="2006", therapy="msc")
    assert len(together(marrow, either)) == 1


def test_follow_up_that_everybody_had_moves_the_last_entry_back(together):
    """Published in 2018 with five years for everybody: entry ended by 2013."""
    old = report("aa-2018", 2018, start="2007", follow_up={"fixed": 60})
    new = report("bb-2020", 2020, start="2014", end="2019")
    assert together(old, new) == []
    assert len(together(old | {"follow_up": {"fixed": 12}}, new)) == 1


@pytest.mark.parametrize("holder", ["aa-2010", "bb-2014"])
def test_a_recorded_overlap_is_not_asked_again(together, holder):
    """It counts from whichever side it is recorded."""
    studies = {each["id"]: each for each in (FIRST, report("bb-2014", 2014))}
    other = next(name for name in studies if name != holder)
    overlap = {"study": other, "certainty": "likely", "because": "same hospital"}
    studies[holder] = studies[holder] | {"overlaps": [overlap]}
    codes = [code for _, code, _ in together(*studies.values())]
    assert codes == (["W405"] if holder == "aa-2010" else [])


def test_one_finding_names_all_earlier_reports(together):
    """The later report is asked once, about everything before it."""
    found = together(FIRST, report("bb-2012", 2012), report("cc-2014", 2014))
    assert [(name, code) for name, code, _ in found] == [
        ("bb-2012", "W408"),
        ("cc-2014", "W408"),
    ]
    assert "aa-2010 (" in found[1][2]
    assert "bb-2012 (" in found[1][2]


def test_trial_numbers_are_compared_without_case(together):
    """A registration copied in small letters is the same registration."""
    first = FIRST | {"registrations": ["NCT00000001"]}
    second = report("bb-2030", 2030, start="2029", registrations=["nct00000001"])
    (found,) = together(first, second)
    assert found[:2] == ("bb-2030", "W407")


def says(together, *studies, code):
    """Return who is told what by one check of these studies together."""
    return [(name, text) for name, found, text in together(*studies) if found == code]


def recorded(study, other, certainty="likely"):
    """Return a study with an overlap."""
    entry = {"study": other, "certainty": certainty, "because": "same hospital"}
    return study | {"overlaps": [*study.get("overlaps", ()), entry]}


def test_an_overlap_recorded_twice_is_told_with_both_certainties(together):
    """The second entry names the first, and what each says."""
    first = recorded(FIRST, "bb-2014", "certain")
    second = recorded(report("bb-2014", 2014), "aa-2010")
    assert says(together, first, second, code="E404") == [
        (
            "bb-2014",
            (
                "the overlap with aa-2010 (likely here) is also recorded in aa-2010 "
                "(certain there)"
            ),
        )
    ]


def test_an_overlap_in_the_earlier_report_is_told_with_years(together):
    """The later one is named with its year."""
    first = recorded(FIRST, "bb-2014")
    assert says(together, first, report("bb-2014", 2014), code="W405") == [
        ("aa-2010", "bb-2014 (2014) is later than this (2010)")
    ]
    undated = report("bb-2014", 2014) | {"citation": {"doi": "10.1000/x"}}
    assert says(together, first, undated, code="W405") == []


def test_an_identifier_in_two_records_is_named_with_its_owner(together):
    """DOI, PubMed and PubMed Central numbers are told apart, case is not."""
    first = FIRST | {"citation": {"year": 2010, "doi": "10.1000/A", "pmid": "12345"}}
    second = report("bb-2014", 2014) | {
        "citation": {"year": 2014, "doi": "10.1000/a", "pmid": "12345"}
    }
    assert says(together, first, second, code="E406") == [
        ("bb-2014", "doi 10.1000/a is also that of aa-2010"),
        ("bb-2014", "pmid 12345 is also that of aa-2010"),
    ]


def test_a_trial_number_in_two_records_is_named_with_its_owner(together):
    """The number and the earlier report stand in the message."""
    first = FIRST | {"registrations": ["NCT00000001"]}
    second = report("bb-2030", 2030, start="2029", registrations=["NCT00000001"])
    assert says(together, first, second, code="W407") == [
        ("bb-2030", "NCT00000001 is also a registration of aa-2010")
    ]
    third = recorded(second, "aa-2010")
    assert says(together, first, third, code="W407") == []


@pytest.mark.parametrize(
    ("second", "years"),
    [
        (report("bb-2014", 2014, start="2006", end="2012"), "2006-2008"),
        (report("bb-2014", 2014, start="2008-03", end="2012"), "2008"),
        (report("bb-2014", 2014, end="2012"), "2005-2008?"),
        (report("bb-2014", 2014, start="2007-05", end="2007-09"), "2007"),
    ],
)
def test_the_years_in_which_people_may_be_shared_are_told(together, second, years):
    """Entry of both from the later start to the earlier end; a guess is marked."""
    assert says(together, FIRST, second, code="W408") == [
        (
            "bb-2014",
            (
                f"may share people with aa-2010 ({years}): same centre ({HOSPITAL}), "
                "therapy and years of entry"
            ),
        )
    ]


def test_entry_without_an_end_or_a_year_of_print_lasts_fifteen_years(together):
    """Entry from 2005 may have lasted until 2020, not until 2021."""
    open_end = report("aa-2005", 2005, start="2005") | {
        "citation": {"doi": "10.1000/open"}
    }
    late = report("bb-2024", 2024, start="2020", end="2022")
    assert says(together, open_end, late, code="W408")
    later = report("bb-2024", 2024, start="2021", end="2022")
    assert not says(together, open_end, later, code="W408")


def test_two_hospitals_in_common_are_asked_about_once(together):
    """A pair that shares two centres is one question."""
    both = {"centres": [HOSPITAL, "Second Hospital"]}
    first = FIRST | {"setting": FIRST["setting"] | both}
    other = report("bb-2014", 2014, start="2008", end="2012")
    second = other | {"setting": other["setting"] | both}
    ((_, text),) = says(together, first, second, code="W408")
    assert text.count("aa-2010") == 1


def test_the_question_stands_at_the_centres_of_the_later_report():
    """Where one sees what both have in common."""
    later = report("bb-2014", 2014, start="2008", end="2012")
    half = [RESULT | HALF]
    files = tuple(study_file(results=half, **each) for each in (FIRST, later))
    found = run(EvidenceBase(".", files, (), None)).diagnostics
    (item,) = [item for item in found if item.code == "W408"]
    assert item.place.file == "bb-2014.yaml"
    assert '"centres"' in files[1].text.splitlines()[item.place.line - 1]
