"""Findings as GitHub's workflow commands, read back the way the runner reads them."""

import re

import pytest

from lupus_evidence.checks import CheckReport
from lupus_evidence.records.files import Diagnostic, Place
from lupus_evidence.writers.check_findings import render_github

#: What the runner turns back, in data and in properties (actions/runner,
#: ActionCommand.cs); the percent sign comes last.
DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def decoded(text, mapping):
    """Text as the runner shows it."""
    for escape, character in mapping.items():
        text = text.replace(escape, character)
    return text


def annotations(output):
    """Level, properties and message of every workflow command of an output."""
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        if not line.startswith("::"):
            continue
        head, _, data = line[2:].partition("::")
        level, _, rest = head.partition(" ")
        pairs = (item.split("=", 1) for item in rest.split(","))
        properties = {key: decoded(value, PROPERTY) for key, value in pairs}
        found.append((level, properties, decoded(data, DATA)))
    return found


def shown(*findings):
    """The output of `check -f github` for these findings."""
    report = CheckReport(findings, len(findings), 0, 0)
    return render_github(report)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("studies/doe-2020.yaml", "100 % of people: 5 of 4, too many"),
        ("a,line=9::error file=b.yaml", "::error file=c::no, 50%0A and %25"),
        ("100%/ü:ber, 2.yaml", "%3A stays, %2C stays, :: stays"),
    ],
)
def test_the_runner_reads_what_was_meant(file, message):
    """Percent signs, colons and commas of names and messages come back unchanged."""
    output = shown(Diagnostic(Place(file, 3, 7), "E203", "error", message, "Look."))
    properties = {"file": file, "line": "3", "col": "7", "title": "E203"}
    assert annotations(output) == [("error", properties, f"{message}. Look.")]


def test_line_ends_start_no_command_of_their_own():
    """A name or a message with line ends stays one annotation on one line."""
    hostile = "x\n::error file=evil::run\r\n::stop-commands::token\r"
    output = shown(Diagnostic(Place(hostile), "W101", "warning", hostile, hostile))
    ((level, properties, message),) = annotations(output)
    assert level == "warning"
    assert set(properties) == {"file", "title"}
    assert message.startswith("x ::error file=evil::run")
    assert "\x1b" not in output


def test_acknowledged_findings_are_no_annotations():
    """What a record gives a reason for does not mark a pull request."""
    place = Place("doe-2020.yaml", 1, 1)
    known = Diagnostic(place, "E203", "error", "wrong", acknowledged="as printed")
    assert not annotations(shown(known))
