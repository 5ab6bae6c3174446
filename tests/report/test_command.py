"""`report` on the command line: a page of one's own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

#: A trial of donor cells against usual treatment, judged on the kidney.
TRIAL = {
    "id": "invented-2026",
    "title": "An invented trial",
    "citation": {"authors": ["Invented A"], "year": 2026},
    "design": "randomised-trial",
    "status": "published",
    "reading": "primary-full-text",
    "population": {"enrolled": 80, "lupus": 80},
    "arms": {
        "cells": {"therapy": "uc-msc", "n": 40},
        "usual": {"therapy": "conventional", "n": 40},
    },
    "results": [
        {
            "arm": arm,
            "endpoint": endpoint,
            "events": events,
            "n": 40,
            "at": 12,
            "among": "treated",
            "where": "Table 2",
            **scope,
        }
        for endpoint, scope, counts in (
            ("complete-remission", {"scope": "kidney"}, (16, 10)),
            ("overall-survival", {}, (39, 38)),
        )
        for arm, events in zip(("cells", "usual"), counts, strict=True)
    ],
}
ARTICLE = """\
id: invented-page
article: {title: An invented article, kind: clinic-page}
claims:
  - id: most-well
    says: Most get well.
    kind: rate
    therapy: msc
    figures: [{endpoint: overall-survival, months: 12, percent: "98"}]
"""


@pytest.fixture
def own(tmp_path) -> Path:
    """A folder with records of one's own."""
    (tmp_path / "studies").mkdir()
    text = yaml.safe_dump(TRIAL, sort_keys=False)
    (tmp_path / "studies" / "invented-2026.yaml").write_text(text, "utf-8")
    return tmp_path


def run(folder, *words):
    """Run the command in a folder; its status, its messages and the page."""
    page = folder / "page.html"
    command = ["report", "-o", str(page), "--studies", str(folder / "studies")]
    done = subprocess.run(
        [sys.executable, "-m", "lupus_evidence", *command, *words],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    text = page.read_text("utf-8") if page.exists() else ""
    return done.returncode, done.stderr, re.sub(r"\s+", " ", text)


def test_a_page_of_ones_own(own):
    """Title, therapies, outcomes in their order: what was asked stands there."""
    status, _, page = run(
        own,
        *("--title", "Cells in nephritis", "-t", "uc-msc", "-t", "conventional"),
        *("--outcome", "complete-remission", "--outcome", "overall-survival"),
    )
    assert status == 0
    assert "<title>Cells in nephritis</title>" in page
    headings = re.findall(r'<div class="what"><h3>(.*?)</h3>', page)
    assert headings[:2] == ["Complete remission, judged on the kidney", "Alive"]
    assert "16 of 40 and 10 of 40 people were in complete remission" in page
    assert "HSCT" not in page[: page.index('id="methods"')]


def test_no_article_is_checked_unless_there_is_one(own):
    """Records of one's own are not held against somebody else's article."""
    _, _, page = run(own)
    assert "Stem Cell Therapy for Lupus" not in page
    assert 'id="audit"' not in page


def test_articles_beside_the_records_are_checked(own):
    """A folder of claims beside the folder of records belongs to it."""
    (own / "claims").mkdir()
    (own / "claims" / "page.yaml").write_text(ARTICLE, "utf-8")
    _, _, page = run(own)
    assert "An invented article" in page


@pytest.mark.parametrize("option", ["--article", "--claims"])
def test_a_named_article_is_checked(own, option):
    """By its name now and by its earlier one."""
    (own / "page.yaml").write_text(ARTICLE, "utf-8")
    status, _, page = run(own, option, str(own / "page.yaml"))
    assert status == 0
    assert "“Most get well.”" in page


def test_an_article_that_cannot_be_read_is_told(own):
    """What is wrong with it stands on standard error, and the status is 1."""
    (own / "page.yaml").write_text("id: page\n", "utf-8")
    status, said, page = run(own, "--article", str(own / "page.yaml"))
    assert status == 1
    assert "page.yaml:1:1: error" in said
    assert "Traceback" not in said
    assert "Of 100 people" in page


def test_a_therapy_without_a_figure_is_told(own):
    """Who leaves the therapies as they are learns that one has nothing to show."""
    status, said, _ = run(own)
    assert status == 0
    assert "no figure here is about hsct: --therapy chooses others" in said
    assert "about msc" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scope", "kidny"], "kidney"),
        (["--outcome", "relaps"], "relapse"),
        (["-t", "hsct"], "two different therapies"),
    ],
)
def test_wrong_use_is_answered(own, words, said):
    """An unknown name is answered with a near one, one therapy with what is needed."""
    status, message, page = run(own, *words)
    assert status == 2
    assert said in message
    assert not page
