"""The words of an audit: fixed, defined, and the same in code, manual and `explain`."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from lupus_evidence.audit import audit_terms
from lupus_evidence.audit.verdicts import (
    FINDINGS,
    PRECEDENCE,
    VERDICT_KINDS,
    VERDICT_MEANINGS,
    VERDICTS,
    Finding,
    worst,
)
from lupus_evidence.explanations.glossary import glossary
from lupus_evidence.records.claims import Topic
from lupus_evidence.vocabulary import filled, topic

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| ([a-z]+) \| (.+) \|$", MANUAL, re.MULTILINE)


def pieces(path):
    """Return every text of a source file, as far as it is written down."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_finding_can_be_raised():
    """No finding is defined that no rule gives."""
    folder = ROOT / "lupus_evidence" / "audit"
    texts = {text for path in folder.glob("*.py") for text in pieces(path)}
    ends = {"-every-study", "-few-people"} & texts
    raised = texts | {f"{way}{end}" for way in ("above", "below") for end in ends}
    assert set(FINDINGS) - raised == set()


def meaning(kind):
    """What a kind of finding means, in the words of the bundled topic."""
    return filled(kind.meaning, topic().condition)


def test_the_manual_says_the_same_of_each_verdict():
    """Every verdict with its meaning, in order, and nothing else."""
    said = re.findall(r"^- \*\*(.+)\*\*\n  (.+)$", MANUAL, re.MULTILINE)
    assert said == list(VERDICT_MEANINGS.items())
    assert list(VERDICT_MEANINGS) == list(VERDICTS)


def test_the_manual_shows_each_verdict_with_its_sign():
    """As it stands on the screen: sign, verdict, and the word at a glance."""
    rows = re.findall(r"^\| (\S) \| (.+) \| (.+) \|$", MANUAL, re.MULTILINE)
    assert rows == [
        (kind.sign, kind.word, kind.brief) for kind in VERDICT_KINDS.values()
    ]


def test_the_manual_says_the_same_of_each_finding():
    """Every finding once, with its weight and meaning."""
    defined = [(kind.code, kind.weight, meaning(kind)) for kind in FINDINGS.values()]
    assert sorted(ROWS) == sorted(defined)


def test_explain_knows_every_word():
    """Each can be typed without quotes; what has one name is told of both."""
    terms = audit_terms()
    typed = {word.replace(",", "").replace(" ", "-"): word for word in VERDICTS}
    assert set(terms) == set(FINDINGS) | set(typed)
    for code, kind in FINDINGS.items():
        assert terms[code].endswith(f"Finding of an audit: {meaning(kind)}")
        assert Finding(code, ("Something.",)).weight == kind.weight
    for code, word in typed.items():
        assert terms[code].startswith(f"Verdict ({word}): {VERDICT_MEANINGS[word]}")


def test_the_worst_part_stands_for_the_whole():
    """Support only if nothing else is there; the manual has the same order."""
    assert set(PRECEDENCE) == set(VERDICTS)
    listed = re.findall(r"^\d\. (.+)$", MANUAL, re.MULTILINE)
    assert listed == list(PRECEDENCE)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (("supported", "overstated", "not found"), "overstated"),
        (("supported", "within the studies"), "within the studies"),
        (("within the studies", "not found"), "not found"),
        (("supported", "supported, context missing"), "supported, context missing"),
    ],
)
def test_which_part_is_worse(words, whole):
    """Nothing found is worse than something possible, which is worse than support."""
    assert worst(list(words)) == whole


@pytest.mark.parametrize(
    "word",
    ["cites", "tells", "bound", "amount", "who", "review", *get_args(Topic)],
)
def test_the_words_of_a_claims_file_are_explained(word):
    """Whoever fills one in can ask what to write."""
    assert len(glossary()[word].split()) > 5


def test_whatever_is_context_has_a_name_in_the_verdicts_line():
    """No article is told that context is missing without hearing which."""
    nameless = [
        kind.code
        for kind in FINDINGS.values()
        if kind.weight == "context" and not kind.short
    ]
    assert nameless == []
