"""A way to check one invented study given as plain values."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from lupus_evidence.checks import run
from lupus_evidence.records.load import EvidenceBase, StudyFile
from lupus_evidence.records.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = 100

STUDY: dict[str, Any] = {
    "id": "doe-2020",
    "title": "An invented study",
    "citation": {"year": 2020, "doi": "10.1000/182"},
    "design": "cohort",
    "status": "published",
    "reading": "primary-abstract",
    "population": {"enrolled": PEOPLE, "lupus": PEOPLE},
    "arms": {"msc": {"therapy": "msc", "n": PEOPLE}},
    "notes": ["invented"],
}

RESULT: dict[str, Any] = {
    "endpoint": "relapse",
    "arm": "msc",
    "at": 12,
    "among": "treated",
    "where": "Abstract",
    "note": "invented",
}


def study_file(**fields: Any) -> StudyFile:
    """Return an invented study, with a text that holds the same values."""
    values = STUDY | fields
    study = Study.model_validate(values)
    return StudyFile(study, f"{study.id}.yaml", json.dumps(values, indent=1))


@pytest.fixture
def raised() -> Callable[..., Counter[str]]:
    """Check an invented study with these results; return its codes and how often."""

    def check(*results: dict[str, Any], **fields: Any) -> Counter[str]:
        file = study_file(results=[RESULT | each for each in results], **fields)
        report = run(EvidenceBase(".", (file,), (), None))
        return Counter(item.code for item in report.diagnostics)

    return check


@pytest.fixture
def said() -> Callable[..., list[tuple[str, str, str]]]:
    """Check an invented study; return code, field pointed at and message."""

    def check(*results: dict[str, Any], **fields: Any) -> list[tuple[str, str, str]]:
        file = study_file(results=[RESULT | each for each in results], **fields)
        lines = file.text.splitlines()
        report = run(EvidenceBase(".", (file,), (), None))
        return [
            (item.code, _field(lines[item.place.line - 1]), item.message)
            for item in report.diagnostics
        ]

    return check


def _field(line: str) -> str:
    """Return the key that stands in a line of the invented study's text."""
    return line.partition(":")[0].strip(' "{')


@pytest.fixture
def together() -> Callable[..., list[tuple[str, str, str]]]:
    """Check invented studies as one base; return file, code and message."""

    def check(*studies: dict[str, Any]) -> list[tuple[str, str, str]]:
        files = tuple(study_file(results=[RESULT | HALF], **each) for each in studies)
        ordered = tuple(sorted(files, key=lambda file: file.study.id))
        report = run(EvidenceBase(".", ordered, (), None))
        return [
            (item.place.file.removesuffix(".yaml"), item.code, item.message)
            for item in report.diagnostics
        ]

    return check


HALF = {"events": 50, "n": PEOPLE}
