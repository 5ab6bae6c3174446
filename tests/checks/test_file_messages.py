"""What is said of a record's file: its name, and another file with the same id."""

from dataclasses import replace

import pytest
from checks.conftest import study_file

from lupus_evidence.checks import run
from lupus_evidence.records.load import EvidenceBase


def findings(*files):
    """Code, file, line and message of every finding about these files."""
    report = run(EvidenceBase(".", files, (), None))
    return [
        (item.code, item.place.file, item.place.line, item.message)
        for item in report.diagnostics
        if item.code in ("E113", "E114")
    ]


def line_of_id(file):
    """The line on which the record says its id."""
    lines = file.text.splitlines()
    return next(number for number, line in enumerate(lines, 1) if '"id"' in line)


@pytest.mark.parametrize("name", ["doe-2021.yaml", "more/doe-2021.yaml"])
def test_a_file_named_otherwise_names_both_names(name):
    """The folder does not matter, the name does."""
    file = replace(study_file(id="doe-2020"), file=name)
    message = "the file is named doe-2021, the record doe-2020"
    assert findings(file) == [("E113", name, line_of_id(file), message)]
    assert findings(replace(file, file="more/doe-2020.yaml")) == []


def test_the_second_file_with_an_id_names_the_first():
    """At the id of the second."""
    first = replace(study_file(id="doe-2020"), file="hsct/doe-2020.yaml")
    second = replace(first, file="msc/doe-2020.yaml")
    message = "the id doe-2020 is also in hsct/doe-2020.yaml"
    expected = ("E114", "msc/doe-2020.yaml", line_of_id(second), message)
    assert findings(first, second) == [expected]
