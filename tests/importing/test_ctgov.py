"""ClinicalTrials.gov's entries as records: design, arms, dates, status."""

import copy
import json
import re
from pathlib import Path

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import import_records
from lupus_evidence.importing.ctgov import (
    arm_labels,
    arms_of,
    completion,
    design_of,
    funded_by,
    in_words,
    notes_of,
    read_ctgov,
    registry_status,
)
from lupus_evidence.importing.ctgov_study import Protocol, Sponsors, Status
from lupus_evidence.importing.record_yaml import Blank
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


def protocol(arms=2, status=None, **module):
    """Return a protocol with a design and some arms."""
    return Protocol.model_validate(
        {
            "identificationModule": {"nctId": "NCT00000001"},
            "statusModule": status or {},
            "designModule": module,
            "armsInterventionsModule": {"armGroups": [{"label": "a"}] * arms},
        }
    )


@pytest.mark.parametrize(
    ("arms", "allocation", "model", "expected"),
    [
        (2, "RANDOMIZED", "PARALLEL", "randomised-trial"),
        (2, "RANDOMIZED", "CROSSOVER", "randomised-trial"),
        (1, None, "SINGLE_GROUP", "single-arm-trial"),
        (1, "NA", "SINGLE_GROUP", "single-arm-trial"),
        (2, "NON_RANDOMIZED", "PARALLEL", "controlled-trial"),
        (1, "RANDOMIZED", "SINGLE_GROUP", None),
        (2, "RANDOMIZED", "SINGLE_GROUP", None),
        (1, "RANDOMIZED", "PARALLEL", None),
        (3, "NON_RANDOMIZED", "SEQUENTIAL", None),
        (2, "NA", "SINGLE_GROUP", None),
        (2, None, None, None),
    ],
)
def test_designs_only_where_codes_and_arms_agree(arms, allocation, model, expected):
    """Contradictions and gaps stay blank, with the registry's words beside them."""
    info = {"allocation": allocation, "interventionModel": model}
    found = design_of(protocol(arms, studyType="INTERVENTIONAL", designInfo=info))
    if expected is not None:
        assert found == expected
    else:
        assert isinstance(found, Blank)
        assert found.hint.startswith("registry: Interventional")


def test_observational_studies():
    """A registry of patients is one; a cohort may be of many kinds."""
    registry = protocol(studyType="OBSERVATIONAL", patientRegistry=True)
    assert design_of(registry) == "registry"
    info = {"observationalModel": "COHORT"}
    cohort = design_of(protocol(studyType="OBSERVATIONAL", designInfo=info))
    assert cohort == Blank("registry: Observational, Cohort")


@pytest.mark.parametrize(
    ("fields", "posted", "expected"),
    [
        ({"overallStatus": "RECRUITING"}, None, "Recruiting"),
        (
            {"overallStatus": "COMPLETED", "lastUpdateSubmitDate": "2019-02-04"},
            True,
            "Completed, results posted (entry of 2019-02-04)",
        ),
        (
            {
                "overallStatus": "UNKNOWN",
                "lastKnownStatus": "ACTIVE_NOT_RECRUITING",
                "statusVerifiedDate": "2003-11",
            },
            None,
            "Unknown; active, not recruiting when last verified in 2003-11",
        ),
        (
            {"overallStatus": "WITHDRAWN", "whyStopped": "Lack of\naccrual."},
            False,
            "Withdrawn: Lack of accrual, no results posted",
        ),
        ({"overallStatus": "SOME_NEW_CODE"}, None, "Some new code"),
        ({}, False, ""),
    ],
)
def test_registry_status(fields, posted, expected):
    """The status in words, why it stopped, results, and the entry's date."""
    assert registry_status(Status.model_validate(fields), posted=posted) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "A (sponsor)"),
        (["B"], "A (sponsor), with B"),
        (["B", "C", "D"], "A (sponsor), with B, C and D"),
    ],
)
def test_funding(others, expected):
    """Sponsor first, then the others."""
    sponsors = Sponsors.model_validate(
        {
            "leadSponsor": {"name": "A"},
            "collaborators": [{"name": name} for name in others],
        }
    )
    assert funded_by(sponsors) == expected
    assert funded_by(Sponsors()) == ""


@pytest.mark.parametrize(
    ("phases", "masking", "expected"),
    [
        (["PHASE2"], "NONE", "Phase 2, open label."),
        (["PHASE1", "PHASE2"], "DOUBLE", "Phase 1 and 2, double masking."),
        (["EARLY_PHASE1"], None, "Early phase 1."),
        (["NA"], "NONE", "Open label."),
    ],
)
def test_phase_and_masking(phases, masking, expected):
    """One sentence, as in the records."""
    info = {"maskingInfo": {"masking": masking}}
    assert notes_of(protocol(phases=phases, designInfo=info)) == [expected]


def test_ends_and_papers():
    """Completion dates with their kind; papers only where they report results."""
    status = {
        "primaryCompletionDateStruct": {"date": "2007-11"},
        "completionDateStruct": {"date": "2012-04", "type": "ACTUAL"},
    }
    known = protocol(status=status)
    assert notes_of(known) == ["Primary completion 2007-11."]
    assert completion(known.status_module) == {"actual": "2012-04"}
    untold = protocol(status={"completionDateStruct": {"date": "2012"}})
    assert notes_of(untold) == ["End of study 2012."]
    assert completion(untold.status_module) == {}
    planned = {"completionDateStruct": {"date": "2031", "type": "ESTIMATED"}}
    assert completion(protocol(status=planned).status_module) == {"planned": 2031}
    papers = [{"pmid": "1", "type": "RESULT"}, {"pmid": "2", "type": "BACKGROUND"}]
    found = protocol().model_copy(
        update={
            "references_module": Protocol.model_validate(
                {
                    "identificationModule": {"nctId": "NCT00000001"},
                    "referencesModule": {"references": papers},
                }
            ).references_module
        }
    )
    assert notes_of(found) == ["The entry names as reports of results: PMID 1."]


def test_words():
    """Codes become words with a capital."""
    assert in_words("NON_RANDOMIZED") == "Non randomized"
    assert in_words(None) == ""


def protocol_of_arms(groups, interventions=()):
    """Return a protocol with these arms and interventions."""
    return Protocol.model_validate(
        {
            "identificationModule": {"nctId": "NCT00000001"},
            "armsInterventionsModule": {
                "armGroups": list(groups),
                "interventions": list(interventions),
            },
        }
    )


def test_names_are_unique_identifiers():
    """Labels alike, empty, short or in another script still give different names."""
    groups = [{"label": text} for text in ("MSC", "msc", "A", "", "高剂量", "x" * 200)]
    assert list(arm_labels(protocol_of_arms(groups))) == [
        "msc",
        "msc-2",
        "arm-a",
        "arm",
        "arm-2",
        "x" * 45,
    ]


def test_what_is_given_stands_beside_the_blank():
    """Kind of arm and interventions are a hint, not a therapy."""
    group = {
        "label": "Cells",
        "type": "EXPERIMENTAL",
        "interventionNames": ["Biological: UC-MSC", "Drug: MMF"],
    }
    found = arms_of(protocol_of_arms([group]), posted=False)
    assert found["cells"] == {
        "therapy": Blank("Experimental; Biological: UC-MSC; Drug: MMF"),
        "label": "Cells",
    }


def test_old_entries_list_no_arms():
    """One arm stands for them, with all interventions as its hint."""
    given = [{"type": "BIOLOGICAL", "name": "UC-MSC"}, {"name": "Steroids"}]
    found = arms_of(protocol_of_arms([], given), posted=True)
    assert found == {
        "treated": {"therapy": Blank("Biological: UC-MSC; Steroids"), "n": Blank()}
    }
