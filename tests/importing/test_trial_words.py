import pytest

from lupus_evidence.importing.ctgov import (
    completion,
    design_of,
    funded_by,
    in_words,
    notes_of,
    registry_status,
)
from lupus_evidence.importing.ctgov_study import Protocol, Sponsors, Status
from lupus_evidence.importing.record_yaml import Blank


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
