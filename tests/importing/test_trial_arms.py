from lupus_evidence.importing.ctgov import arm_labels, arms_of
from lupus_evidence.importing.ctgov_study import Protocol
from lupus_evidence.importing.record_yaml import Blank


def protocol(groups, interventions=()):
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
    assert list(arm_labels(protocol(groups))) == [
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
    found = arms_of(protocol([group]), posted=False)
    assert found["cells"] == {
        "therapy": Blank("Experimental; Biological: UC-MSC; Drug: MMF"),
        "label": "Cells",
    }


def test_old_entries_list_no_arms():
    """One arm stands for them, with all interventions as its hint."""
    given = [{"type": "BIOLOGICAL", "name": "UC-MSC"}, {"name": "Steroids"}]
    found = arms_of(protocol([], given), posted=True)
    assert found == {
        "treated": {"therapy": Blank("Biological: UC-MSC; Steroids"), "n": Blank()}
    }
