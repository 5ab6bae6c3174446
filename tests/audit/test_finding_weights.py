"""What each finding does to a verdict, and how `explain` defines each word."""

import re
from pathlib import Path

import pytest

from lupus_evidence.audit import audit_terms
from lupus_evidence.audit.verdicts import Finding

MANUAL = (Path(__file__).parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| ([a-z]+) \| (.+) \|$", MANUAL, re.MULTILINE)
VERDICTS = re.findall(r"^- \*\*(.+)\*\*\n  (.+)$", MANUAL, re.MULTILINE)


def test_the_manual_lists_seven_verdicts_and_every_finding_once():
    """Nothing is listed twice, and the tables below are really read."""
    assert len(VERDICTS) == 7
    assert len(ROWS) == len({code for code, *_ in ROWS}) == len(audit_terms()) - 7


@pytest.mark.parametrize(("code", "weight"), [row[:2] for row in ROWS])
def test_a_finding_weighs_what_the_manual_says(code, weight):
    """A finding as the rules raise it decides, adds context or only informs."""
    assert Finding(code, ("Something.",)).weight == weight


@pytest.mark.parametrize(("code", "meaning"), [(code, text) for code, _, text in ROWS])
def test_explain_gives_the_manuals_meaning_of_a_finding(code, meaning):
    """The entry of a finding says that it is one, and what it means."""
    assert audit_terms()[code] == f"Finding of an audit: {meaning}"


@pytest.mark.parametrize(("word", "meaning"), VERDICTS)
def test_explain_gives_the_manuals_meaning_of_a_verdict(word, meaning):
    """The entry of a verdict can be typed, and shows the verdict as it is printed."""
    typed = word.replace(",", "").replace(" ", "-")
    assert audit_terms()[typed] == f"Verdict ({word}): {meaning}"
