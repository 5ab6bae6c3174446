import copy
import json
import re
from pathlib import Path

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import import_records
from lupus_evidence.importing.ctgov import read_ctgov
from lupus_evidence.records.load import load_paths
from lupus_evidence.records.yamltext import parse

SAMPLE = Path(__file__).parent / "samples" / "trial.json"
TRIAL = json.loads(SAMPLE.read_text(encoding="utf-8"))


def changed(changes, **top):
    """Return the sample with modules of its protocol updated."""
    trial = copy.deepcopy(TRIAL) | top
    for module, fields in changes.items():
        trial["protocolSection"][module] = (
            trial["protocolSection"].get(module, {}) | fields
        )
    return trial


@pytest.fixture
def record(tmp_path):
    """Import one trial and return its record as data, with the notes."""

    def imported(trial):
        path = tmp_path / "trial.json"
        path.write_text(json.dumps(trial), encoding="utf-8")
        (found,) = import_records(path)
        then = re.search(r"the status is: (.*)\.\n", found.text)
        filled = {"status": then[1]} if then else {}
        return parse(found.text) | filled, found.notes

    return imported


def test_what_the_registry_says_comes_over(record):
    """Numbers, title, design, status, who pays, where, since when, how many."""
    found, _ = record(TRIAL)
    assert found["id"] == "nct09999991"
    assert found["title"].startswith("A Phase 2 Trial of Invented")
    assert found["citation"] == {"year": 2015, "journal": "ClinicalTrials.gov"}
    assert found["registrations"] == ["NCT09999991", "EudraCT 2015-001234-56"]
    assert found["design"] == "randomised-trial"
    assert found["status"] == "registered"
    assert (found["publication"], found["reading"]) == ("registry-entry", "registry")
    assert found["registry_status"] == (
        "Active, not recruiting, no results posted (entry of 2025-08-21)"
    )
    assert found["funding"] == (
        "Invented University (sponsor), with Invented Institutes of Health and "
        "Invented Foundation"
    )
    assert found["setting"] == {
        "countries": ["US", "KR"],
        "centres": [
            "Invented University Hospital, Springfield",
            "Invented Clinic, Atlantis",
        ],
        "centres_count": 3,
        "recruitment": {"start": "2018-10-26"},
    }
    assert found["population"]["enrolled"] == 81
    assert "planned" not in found["population"]


def test_arms_come_without_people_and_without_a_guess_at_the_therapy(record):
    """Labels and descriptions come over; therapy is a blank, n is not there."""
    found, _ = record(TRIAL)
    assert found["arms"] == {
        "low-dose-cells": {
            "therapy": "...",
            "label": "Low dose cells",
            "note": "One infusion of 1 million cells per kg.",
        },
        "placebo": {"therapy": "...", "label": "Placebo"},
    }
    assert "results" not in found


def test_the_record_is_valid_once_its_blanks_are_filled(tmp_path):
    """Nothing but the blanks is missing, and `check` counts them."""
    from lupus_evidence.checks import run

    (found,) = import_records(SAMPLE)
    path = tmp_path / "nct09999991.yaml"
    path.write_text(found.text, encoding="utf-8")
    base = load_paths([path])
    assert not base.diagnostics
    (waiting,) = base.unread
    assert waiting.blanks == found.text.count(": ...") == 3
    text = found.text.replace("status: to-read", "status: registered")
    text = text.replace("therapy: ...", "therapy: uc-msc", 1)
    text = text.replace("therapy: ...", "therapy: placebo")
    path.write_text(text.replace("lupus: ...", "lupus: 81"), encoding="utf-8")
    report = run(load_paths([path]))
    assert report.exit_status(strict=False) == 0, report.diagnostics


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"count": 81, "type": "ACTUAL"}, {"enrolled": 81, "lupus": "..."}),
        ({"count": 40, "type": "ESTIMATED"}, {"planned": 40}),
        ({"count": 0, "type": "ACTUAL"}, {"enrolled": 0}),
        ({"count": 50}, {"enrolled": "..."}),
        ({}, {"enrolled": "..."}),
    ],
)
def test_planned_and_actual_enrolment_are_not_mixed_up(record, info, expected):
    """Where the registry does not say which it is, a person has to."""
    found, _ = record(changed({"designModule": {"enrollmentInfo": info}}))
    del found["population"]["note"]
    assert found["population"] == expected


def test_an_estimated_start_is_no_recruitment(record):
    """Nobody has entered yet: the date stands in a note."""
    start = {"date": "2027-03", "type": "ESTIMATED"}
    found, _ = record(changed({"statusModule": {"startDateStruct": start}}))
    assert "recruitment" not in found["setting"]
    assert "The registry estimates the start for 2027-03." in found["notes"]


def test_a_year_alone_is_a_start(record):
    """Old entries know no month."""
    found, _ = record(changed({"statusModule": {"startDateStruct": {"date": "1996"}}}))
    assert found["setting"]["recruitment"] == {"start": 1996}


@pytest.mark.parametrize(
    ("top", "status", "expected"),
    [
        ({"hasResults": False}, "WITHDRAWN", "withdrawn"),
        ({"hasResults": True}, "COMPLETED", "published"),
        ({"hasResults": False}, "COMPLETED", "registered"),
        (
            {"hasResults": None},
            "COMPLETED",
            "published, registered (no results) or withdrawn",
        ),
        ({"resultsSection": {"outcomeMeasuresModule": {}}}, "COMPLETED", "published"),
    ],
)
def test_status(record, top, status, expected):
    """Results posted or not decides; where the file does not say, a person does."""
    found, _ = record(changed({"statusModule": {"overallStatus": status}}, **top))
    assert found["status"] == expected


def test_posted_results_are_asked_for_and_never_taken(record):
    """A trial with results gets blanks for them, whatever its results section says."""
    section = {"outcomeMeasuresModule": {"outcomeMeasures": [{"title": "x", "n": 9}]}}
    found, _ = record(changed({}, resultsSection=section, hasResults=True))
    (result,) = found["results"]
    assert result.pop("arm") == "low-dose-cells"
    assert set(result.values()) == {"..."}
    assert found["arms"]["placebo"]["n"] == "..."


def test_what_cannot_stand_in_a_record_is_said(record):
    """An unknown country and a number that is none are named, not dropped silently."""
    numbers = [{"id": "RBR-abc", "type": "REGISTRY", "domain": "ReBEC"}]
    found, notes = record(
        changed({"identificationModule": {"secondaryIdInfos": numbers}})
    )
    assert found["registrations"] == ["NCT09999991"]
    assert "the number 'RBR-abc' cannot stand under registrations" in notes
    assert "the country 'Atlantis' has no code known here: add it by hand" in notes


def test_numbers_of_other_registries(record):
    """A number of digits gets its registry's name in front, a grant is no number."""
    numbers = [
        {"id": "2022-502046-28-00", "type": "REGISTRY", "domain": "EU CT"},
        {"id": "2022-500001-10-00", "type": "CTIS"},
        {"id": "ChiCTR2000030000", "type": "REGISTRY", "domain": "ChiCTR"},
        {"id": "R01AI000000", "type": "NIH"},
    ]
    found, _ = record(changed({"identificationModule": {"secondaryIdInfos": numbers}}))
    assert found["registrations"] == [
        "NCT09999991",
        "EU CT 2022-502046-28-00",
        "CTIS 2022-500001-10-00",
        "ChiCTR2000030000",
    ]


def test_an_entry_that_says_almost_nothing(record):
    """The number alone gives a record of blanks."""
    found, _ = record(
        {"protocolSection": {"identificationModule": {"nctId": "nct00000001"}}}
    )
    assert found["id"] == "nct00000001"
    assert found["title"] == "..."
    assert found["arms"] == {"treated": {"therapy": "..."}}
    assert found["setting"] == {"countries": ["..."], "centres": ["..."]}
    assert found["design"] == "..."
    assert "registry_status" not in found


def test_a_search_and_a_list_hold_several_trials():
    """The API's answer to a search is read like a list of studies."""
    assert len(list(read_ctgov({"studies": [TRIAL, TRIAL]}))) == 2
    assert len(list(read_ctgov([TRIAL, TRIAL, TRIAL]))) == 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"identificationModule": {"nctId": "NCT1"}}, "'NCT1' is not a"),
        ({"identificationModule": {"nctId": "../../x"}}, "is not a ClinicalTrials"),
        ({"identificationModule": {"nctId": 7}}, "identificationModule.nctId"),
        ({"designModule": {"enrollmentInfo": {"count": "81"}}}, "enrollmentInfo.count"),
        ({"designModule": {"enrollmentInfo": {"count": True}}}, "enrollmentInfo.count"),
        ({"designModule": {"enrollmentInfo": {"count": -1}}}, "enrollmentInfo.count"),
        ({"armsInterventionsModule": {"armGroups": {}}}, "armGroups"),
        ({"statusModule": {"startDateStruct": "2018"}}, "startDateStruct"),
    ],
)
def test_wrong_shapes_are_named_by_place(changes, message):
    """A person sees which study and which field is wrong."""
    with pytest.raises(EvidenceError, match=message.replace(".", r"\.")):
        list(read_ctgov(changed(changes)))
