"""Names that lead nowhere, or back: arms, studies, identifiers."""

from dataclasses import replace

import pytest
from checks.conftest import RESULT, STUDY, study_file

from lupus_evidence.checks.rules import LISTED, catalogue
from lupus_evidence.records.load import EvidenceBase
from lupus_evidence.records.study import Study


def looked(code, *files):
    """Make one check of some records together: id, path and words of each finding."""
    verdict = catalogue()[code].function(EvidenceBase(".", files, (), None))
    return [(item.file.study.id, item.path, item.message) for item in verdict]


def of_arm(arm, arms):
    """Hold the arm of an only result against those of its study."""
    values = {"arms": {name: {"therapy": "msc"} for name in arms}}
    study = Study.model_validate(STUDY | values | {"results": [RESULT | {"arm": arm}]})
    return catalogue()["E401"].function(study.results[0], study)


def test_an_arm_is_one_of_the_studys():
    """All arms together need no name; one that is there is right."""
    assert of_arm(None, ["one", "two"]) is None
    assert list(of_arm("two", ["one", "two"])) == []
    (item,) = of_arm("thre", ["one", "two", "three"])
    assert item.path == ("arm",)
    assert "'thre'" in item.message
    assert "Did you mean three?" in item.message
    assert "one, two, three" in item.hint


@pytest.mark.parametrize(("count", "near"), [(LISTED, True), (LISTED + 1, False)])
def test_the_nearest_arm_is_looked_for_among_few(count, near):
    """In a study of very many arms the list alone has to do."""
    (item,) = of_arm("arm-1x", [f"arm-{number}" for number in range(count)])
    assert ("Did you mean" in item.message) is near


def overlapping(name, *others):
    """Return a record that names others as sharing people with it."""
    entries = [
        {"study": other, "certainty": "likely", "because": "same hospital"}
        for other in others
    ]
    return study_file(id=name, overlaps=entries)


def test_an_overlap_with_a_study_that_is_not_there():
    """Only the names that lead nowhere, at their places, with the nearest there is."""
    first = overlapping("doe-2020", "roe-2021", "roe-2012", "poe-1999")
    said = looked("E402", first, study_file(id="roe-2021"))
    assert [item[:2] for item in said] == [
        ("doe-2020", ("overlaps", 1, "study")),
        ("doe-2020", ("overlaps", 2, "study")),
    ]
    assert "no study named 'roe-2012'" in said[0][2]
    assert "roe-2021" in said[0][2]
    assert "'poe-1999'" in said[1][2]


def test_a_record_of_that_name_in_the_folder_is_enough(tmp_path):
    """Loaded or not; only in the same folder, and only a record."""
    file = overlapping("doe-2020", "roe-2021", "poe-2021", "moe-2021")
    file = replace(file, file=str(tmp_path / "doe-2020.yaml"))
    (tmp_path / "roe-2021.yaml").write_text("id: roe-2021\n")
    (tmp_path / "poe-2021.txt").write_text("id: poe-2021\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "moe-2021.yaml").write_text("id: moe-2021\n")
    said = looked("E402", file)
    assert [path for _, path, _ in said] == [
        ("overlaps", 1, "study"),
        ("overlaps", 2, "study"),
    ]


def test_the_nearest_study_is_looked_for_a_hundred_times():
    """What comes after is named alone: comparing takes its time."""
    names = [f"roe-2021-{number}" for number in range(102)]
    said = looked("E402", overlapping("doe-2020", *names), study_file(id="roe-2021"))
    near = [message.endswith("mean roe-2021?") for *_, message in said]
    assert near == [True] * 100 + [False] * 2


@pytest.mark.parametrize(
    ("others", "at"),
    [
        (("roe-2021",), []),
        (("roe-2021", "doe-2020"), [1]),
        (("doe-2020", "roe-2021", "doe-2020"), [0, 2]),
    ],
)
def test_a_study_does_not_overlap_with_itself(others, at):
    """Each entry that names its own record."""
    found = catalogue()["E403"].function(overlapping("doe-2020", *others).study)
    assert [item.path for item in found] == [("overlaps", i, "study") for i in at]
    assert all("doe-2020" in item.message for item in found)


def cited(name, **citation):
    """Return a record with these identifiers."""
    return study_file(id=name, citation={"year": 2020} | citation)


@pytest.mark.parametrize(
    ("one", "two", "names"),
    [
        ({"doi": "10.1000/A"}, {"doi": "10.1000/a"}, ["doi"]),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}, []),
        ({"pmid": "12345678"}, {"pmid": "12345678"}, ["pmid"]),
        ({"pmid": "12345678"}, {"pmid": "12345679"}, []),
        ({"pmcid": "PMC12345"}, {"pmcid": "PMC12345"}, ["pmcid"]),
        ({"pmcid": "PMC12345"}, {"pmcid": "PMC12346"}, []),
        ({"pmid": "12345678"}, {"pmcid": "PMC12345678"}, []),
        ({"doi": "10.1000/a", "pmcid": "PMC1"}, {"pmcid": "PMC1"}, ["pmcid"]),
        ({}, {}, []),
    ],
)
def test_an_identifier_stands_for_one_report(one, two, names):
    """At the second record, and named with the first and the identifier."""
    said = looked("E406", cited("doe-2020", **one), cited("roe-2021", **two))
    assert [item[:2] for item in said] == [
        ("roe-2021", ("citation", name)) for name in names
    ]
    for (_, path, message), name in zip(said, names, strict=True):
        assert path[-1] in message.split()
        assert two[name] in message
        assert "doe-2020" in message


def test_a_third_record_with_an_identifier_is_held_against_the_first():
    """Two findings, both of the record that had it first."""
    files = [cited(name, doi="10.1000/a") for name in ("aoe-1", "boe-1", "coe-1")]
    said = looked("E406", *files)
    assert [name for name, *_ in said] == ["boe-1", "coe-1"]
    assert all("aoe-1" in message for *_, message in said)
