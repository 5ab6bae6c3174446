"""What results, records and bases leave unsaid, and what settles it."""

from dataclasses import replace

import pytest
from checks.conftest import RESULT, STUDY, study_file

from lupus_evidence.checks.rules import catalogue
from lupus_evidence.records.load import EvidenceBase
from lupus_evidence.records.study import Study
from lupus_evidence.vocabulary import topic


def found(code, result=None, **fields):
    """Make one check of an invented study or its only result: paths, or None."""
    results = [] if result is None else [RESULT | {"note": None} | result]
    study = Study.model_validate(STUDY | fields | {"results": results})
    check = catalogue()[code]
    given = (study,) if check.scope == "study" else (study.results[0], study)
    verdict = check.function(*given)
    return None if verdict is None else [item.path for item in verdict]


@pytest.mark.parametrize(
    ("result", "paths"),
    [
        # 73 and 74 of 150 are both 49 %, only 75 is 50 %; none of 7 is 50 %: E205's
        ({"percent": "49", "n": 150, "kind": "count"}, [("percent",)]),
        ({"percent": "50", "n": 150, "kind": "count"}, []),
        ({"percent": "50", "n": 7, "kind": "count"}, []),
        ({"percent": "50", "n": 150, "kind": "kaplan-meier"}, [("percent",)]),
        ({"percent": "50", "n": 0, "kind": "count"}, [("percent",)]),
        ({"percent": "50", "kind": "count"}, [("percent",)]),
        ({"percent": "50", "events": 0}, []),
        ({"percent": "50", "se": "0"}, []),
        ({"percent": "50", "ci": ["40", "60"]}, []),
        ({"percent": "50", "note": "no interval is printed"}, []),
        ({"events": 5}, None),
    ],
)
def test_what_says_how_sure_a_percentage_is(result, paths):
    """A count, an error, an interval, one count that fits alone, or a note."""
    assert found("W501", result) == paths


@pytest.mark.parametrize(
    ("endpoint", "own", "study", "paths"),
    [
        ("overall-survival", None, "secondary", [()]),
        ("complete-remission", None, "secondary", [()]),
        ("any-response", None, "secondary", [()]),
        ("relapse", None, "secondary", None),
        ("overall-survival", "primary-abstract", "secondary", []),
        ("overall-survival", "secondary", "primary-abstract", [()]),
        ("overall-survival", None, "registry", []),
    ],
)
def test_what_was_read_second_hand(endpoint, own, study, paths):
    """What the result says of its reading goes before what the study says."""
    result = {"endpoint": endpoint, "reading": own}
    assert found("W502", result, reading=study) == paths


@pytest.mark.parametrize(
    ("result", "paths"),
    [
        ({}, [()]),
        ({"events": 0}, []),
        ({"percent": "0"}, []),
        ({"note": "few"}, []),
        ({"printed": "few"}, []),
        ({"n": 20}, [()]),
    ],
)
def test_a_result_says_a_number_or_why_not(result, paths):
    """Nobody is a number; of how many alone is none."""
    assert found("W504", result) == paths


@pytest.mark.parametrize(
    ("endpoint", "name", "paths"),
    [
        ("other", None, [("endpoint",)]),
        ("other-harm", None, [("endpoint",)]),
        ("other", "gout", []),
        ("other-harm", "gout", []),
        ("relapse", "gout", [("name",)]),
        ("relapse", None, []),
    ],
)
def test_other_outcomes_have_a_name(endpoint, name, paths):
    """And no known one has."""
    assert found("E505", {"endpoint": endpoint, "name": name}) == paths


@pytest.mark.parametrize(
    ("result", "paths"),
    [
        ({"n": 0}, [("n",)]),
        ({"n": 20, "percent": "0"}, []),
        ({"n": 20, "events": 0}, []),
        ({"events": 0}, [("events",)]),
        ({"events": 0, "percent": "0"}, [("events",)]),
        ({"se": "1"}, [("se",)]),
        ({"ci": ["1", "2"]}, [("ci",)]),
        ({"se": "1", "ci": ["1", "2"]}, [("se",)]),
        ({"ci": ["1", "2"], "events": 5, "n": 20}, []),
        ({"ci": ["1", "2"], "percent": "0"}, []),
        ({"events": 3, "note": "of how many is not told"}, []),
        ({}, []),
    ],
)
def test_the_other_half_of_a_figure_is_missing(result, paths):
    """The half that is there is pointed at; a note settles it."""
    assert found("W510", result) == paths


@pytest.mark.parametrize(
    ("fields", "result", "paths"),
    [
        ({"status": "registered"}, {"events": 1}, [("status",)]),
        ({"status": "withdrawn"}, {"events": 1}, [("status",)]),
        ({"status": "withdrawn"}, None, []),
        ({"status": "published"}, {"events": 1}, None),
    ],
)
def test_a_registered_study_has_no_results(fields, result, paths):
    """Nor has one that was withdrawn."""
    assert found("W506", result, **fields) == paths


@pytest.mark.parametrize(
    ("fields", "result", "paths"),
    [
        ({"notes": []}, None, [("status",)]),
        ({"notes": ["only an abstract"]}, None, []),
        ({"notes": []}, {"events": 1}, []),
        ({"notes": [], "measurements": [{"measure": "sledai", "arm": "msc"}]},
         None, []),
        ({"notes": [], "status": "registered"}, None, None),
    ],
)  # fmt: skip
def test_a_published_study_says_something(fields, result, paths):
    """Results, measurements, or a note that says why there are none."""
    assert found("W507", result, **fields) == paths


@pytest.mark.parametrize(
    ("citation", "fine"),
    [
        ({}, False),
        ({"year": 2020, "journal": "J"}, False),
        ({"doi": "10.1000/182"}, True),
        ({"pmid": "12345678"}, True),
        ({"pmcid": "PMC123456"}, True),
        ({"url": "https://example.org/report"}, True),
    ],
)
def test_one_identifier_is_enough_to_find_a_study(citation, fine):
    """DOI, PubMed or PubMed Central number, address, or registration."""
    assert found("W508", citation=citation) == ([] if fine else [("citation",)])
    assert found("W508", citation=citation, registrations=["NCT00000001"]) == []


@pytest.mark.parametrize(
    ("unconfirmed", "at"),
    [
        (["year"], []),
        (["year", "volume"], [1]),
        (["volume", "year", "issue"], [0, 2]),
        (["title"], []),
        (["unconfirmed"], [0]),
        (["year", "titel", "title"], [1]),
    ],
)
def test_what_is_unconfirmed_is_a_field_that_holds_something(unconfirmed, at):
    """The list itself is nothing to doubt; the title is the study's."""
    citation = {"year": 2020, "unconfirmed": unconfirmed}
    paths = [("citation", "unconfirmed", index) for index in at]
    assert found("W511", citation=citation) == paths
    assert found("W511", citation={"year": 2020}) is None


def test_a_field_is_either_unknown_or_empty():
    """Whoever mends it reads which of the two, and the name."""
    citation = {"unconfirmed": ["unconfirmed", "volume"]}
    study = Study.model_validate(STUDY | {"citation": citation})
    unknown, empty = catalogue()["W511"].function(study)
    assert "no field called unconfirmed" in unknown.message
    assert "volume" in empty.message
    assert "empty" in empty.message


def test_a_base_says_what_it_is_about(tmp_path):
    """One finding for the whole folder, at its first file; single files have none."""
    files = (study_file(), study_file(id="roe-2021"))
    named = EvidenceBase(".", files, (), None, root=tmp_path)
    silent = replace(named, topic=replace(topic(), is_named=False))
    look = catalogue()["W521"].function
    (item,) = look(silent)
    assert (item.file, item.path) == (files[0], ())
    assert list(look(named)) == []
    assert look(replace(silent, root=None)) is None
    assert look(replace(silent, files=())) is None
