"""The codes of what keeps an article from being read, and their pages."""

import pytest

from lupus_evidence.checks.rules import catalogue, sections
from lupus_evidence.reading.refusals import PROBLEMS, Refusal, codes, manual


def test_each_code_has_a_page_of_three_parts():
    """What is asked, why, and an example, each under its heading."""
    assert codes() == ("A101", "A102", "A103", "A104", "A105", "A106")
    for code in codes():
        title, parts = manual(code)
        assert [title, *(text for _, text in parts)] == list(PROBLEMS[code])
        assert len(parts) == 3
        assert len({heading for heading, _ in parts}) == 3


def test_the_headings_are_those_of_the_checks():
    """A page of either is read in the same way."""
    _, parts = manual("A101")
    page = sections(catalogue()["E101"])
    assert [heading for heading, _ in parts] == list(page)[:3]


def test_a_page_without_one_of_its_parts_is_a_mistake(monkeypatch):
    """Nobody would see that it is missing."""
    monkeypatch.setitem(PROBLEMS, "A101", ("A title.", "What it checks."))
    with pytest.raises(ValueError, match="shorter"):
        manual("A101")


def test_a_refusal_may_leave_open_what_to_do():
    """Each is one of its own, whatever it says."""
    refusal = Refusal("A101", "is a picture")
    assert refusal.hint == ""
    assert refusal != Refusal("A101", "is a picture")
