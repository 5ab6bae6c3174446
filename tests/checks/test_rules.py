"""Every check has a code, a page with all headings, and a place in docs/checks.md."""

import subprocess
import sys
from pathlib import Path

import pytest

from lupus_evidence.checks import codes
from lupus_evidence.checks.rules import (
    HEADINGS,
    catalogue,
    check,
    document_all,
    sections,
)

ROOT = Path(__file__).parents[2]
CHECKS = list(catalogue().values())


@pytest.mark.parametrize("item", CHECKS, ids=lambda item: item.code)
def test_page_has_a_title_and_every_heading(item):
    """A page names what is wrong, and fills the four headings in their order."""
    title, blank = item.page.splitlines()[:2]
    assert title.endswith(".")
    assert blank == ""
    found = sections(item)
    assert tuple(found) == HEADINGS
    assert all(text for text in found.values())


@pytest.mark.parametrize("item", CHECKS, ids=lambda item: item.code)
def test_level_follows_from_the_letter(item):
    """E is an error, W a warning, everywhere."""
    assert item.level == {"E": "error", "W": "warning"}[item.code[0]]


def test_numbers_are_unique_and_in_order():
    """No number stands for an error and a warning, so codes can be told apart."""
    numbers = [code[1:] for code in codes()]
    assert numbers == sorted(set(numbers))


def test_documentation_is_the_docstrings():
    """docs/checks.md is what the pages say now."""
    published = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert published == document_all()


@pytest.mark.parametrize("code", codes())
def test_every_code_is_a_heading_of_the_documentation(code):
    """Each check can be linked to."""
    assert f"\n### {code}: " in document_all()


def test_explain_prints_a_page(run):
    """The page begins with code, level and title, and keeps its example's lines."""
    text = run("explain", "E203").output
    assert text.startswith("E203 (error): More events than people in the denominator.")
    assert "\n    - {endpoint: infection, events: 21, n: 20}\n" in text
    for heading in sections(catalogue()["E203"]):
        assert f"\n{heading}\n" in text


def test_a_code_stands_for_one_thing():
    """A code cannot be given to a second check."""
    with pytest.raises(ValueError, match="E203 is taken"):
        check("E203", "study")(len)


@pytest.mark.thorough
def test_checks_need_no_heavy_imports():
    """Checking starts without numpy, scipy, rich and typer."""
    code = (
        "import sys, lupus_evidence.checks as checks; checks.codes();"
        "print(sorted({'numpy', 'scipy', 'rich', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.strip() == "[]"
