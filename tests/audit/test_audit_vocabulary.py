"""The words of an audit: fixed, defined, and the same in code and manual."""

import ast
from pathlib import Path

import pytest

from lupus_evidence.audit import audit_terms
from lupus_evidence.audit.vocabulary import (
    FINDINGS,
    PRECEDENCE,
    VERDICT_MEANINGS,
    VERDICTS,
    worst,
)

ROOT = Path(__file__).parents[2]
MANUAL = " ".join((ROOT / "docs" / "audit.md").read_text(encoding="utf-8").split())


def codes_in_use():
    """Return every finding's code that the rules can raise, read from their source."""
    folder = ROOT / "lupus_evidence" / "audit"
    return {
        node.value
        for path in folder.glob("*.py")
        if path.name != "vocabulary.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in FINDINGS
    }


def test_every_finding_can_be_raised():
    """No finding is defined that no rule gives."""
    assert codes_in_use() == set(FINDINGS)


@pytest.mark.parametrize("word", VERDICTS)
def test_each_verdict_is_defined_in_the_manual(word):
    """The manual and `explain` say the same of each verdict."""
    assert f"**{word}**" in MANUAL
    assert VERDICT_MEANINGS[word] in MANUAL


@pytest.mark.parametrize("code", FINDINGS)
def test_each_finding_is_defined_in_the_manual(code):
    """The manual and `explain` say the same of each finding, and of its weight."""
    kind = FINDINGS[code]
    assert f"| `{code}` | {kind.weight} | {kind.meaning} |" in MANUAL


def test_explain_knows_every_word():
    """Every verdict and finding has an entry that can be typed without quotes."""
    terms = audit_terms()
    assert set(FINDINGS) < set(terms)
    assert len(terms) == len(FINDINGS) + len(VERDICTS)
    assert all(" " not in term and "," not in term for term in terms)


def test_precedence_covers_every_verdict():
    """The worst part stands for the whole; support only if nothing else is there."""
    assert set(PRECEDENCE) == set(VERDICTS)
    assert worst(["supported", "overstated", "not found"]) == "overstated"
    assert worst(["supported", "supported, context missing"]).endswith("missing")
    manual = [MANUAL.index(f"{number}. {word}") for number, word
              in enumerate(PRECEDENCE, 1)]  # fmt: skip
    assert manual == sorted(manual)
