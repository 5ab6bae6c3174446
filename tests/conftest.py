"""Shared fixtures: a small invented set of records, and a way to run the program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from documentation import TODAY
from hypothesis import settings
from invented import study_text
from typer.testing import CliRunner

from lupus_evidence.cli.app import app
from lupus_evidence.records import load as loading
from lupus_evidence.stats import survival
from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import topic, use_topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

#: A busy machine is no failure: no test here is a test of speed.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


os.environ["SOURCE_DATE_EPOCH"] = TODAY  # what is told of today stays the same
os.environ["LUPUS_EVIDENCE_CACHE"] = "off"  # tests leave a person's home alone


@pytest.fixture(autouse=True)
def _bundled_topic():
    """Each test begins with the topic that is in force before any base is loaded."""
    use_topic(bundled_topic())


@pytest.fixture(autouse=True, scope="session")
def _bundled_records_once():
    """The bundled records are validated once: hundreds of commands here load them."""
    anew, known = loading.validate, {}

    def validate(model, text, shown, parse):
        kept = os.environ.get("LUPUS_EVIDENCE_CACHE") != "off"
        if kept or not shown.startswith("studies/"):
            return anew(model, text, shown, parse)
        key = model, text, shown, id(topic())
        if key not in known:
            known[key] = anew(model, text, shown, parse), topic()
        return known[key][0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "validate", validate)
        yield


@pytest.fixture(autouse=True, scope="session")
def _curves_once():
    """Curves of the same studies are worked out once; direct tests work them out."""

    def once(anew):
        known = {}

        def curves(studies, *, priors=None, level=0.95):
            key = tuple(studies), priors, level
            if key not in known:
                known[key] = anew(studies, priors=priors, level=level)
            return known[key]

        return curves

    with pytest.MonkeyPatch.context() as patch:
        for name in ("survival_curve", "survival_curves"):
            patch.setattr(survival, name, once(getattr(survival, name)))
        yield


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
