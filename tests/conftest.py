"""Shared fixtures: a small invented set of records, and a way to run the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from lupus_evidence.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

STUDY = """\
id: {id}
title: {title}
citation: {{authors: [Doe J], year: {year}, journal: J Invented, doi: 10.1000/{id}}}
design: single-arm-trial
status: published
reading: primary-abstract
setting: {{countries: [CN], centres: ["{centre}"]}}
population: {{enrolled: {n}, lupus: {n}}}
arms:
  treated: {{therapy: {therapy}, n: {n}}}
follow_up: {{median: "30", low: "6", high: "60"}}
results:
  - endpoint: complete-remission
    arm: treated
    at: 12
    events: {events}
    n: {n}
    among: treated
    definition: {definition}
    where: Abstract
"""


def study_text(**changes: object) -> str:
    """Return a valid invented record with some values changed."""
    values: dict[str, object] = {
        "id": "doe-2020",
        "title": "An invented trial",
        "year": 2020,
        "centre": "Invented Hospital, Nowhere",
        "therapy": "msc",
        "n": 20,
        "events": 5,
        "definition": "SLEDAI below 3",
    }
    return STUDY.format(**(values | changes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two invented records."""
    records = tmp_path / "records"
    records.mkdir()
    (records / "doe-2020.yaml").write_text(study_text(), encoding="utf-8")
    second = study_text(
        id="roe-2021", year=2021, therapy="hsct", n=8, events=6, centre="Other, Town"
    )
    (records / "roe-2021.yaml").write_text(second, encoding="utf-8")
    return records


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command line and return its exit code and output."""
    runner = CliRunner()

    def invoke(*arguments: object, **options: object) -> Result:
        return runner.invoke(app, [str(item) for item in arguments], **options)

    return invoke
