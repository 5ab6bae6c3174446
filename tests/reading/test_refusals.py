"""The codes of what keeps an article from being read, and their pages."""

from lupus_evidence.reading.refusals import PROBLEMS, Refusal, codes, manual


def test_each_code_has_a_page_of_three_parts():
    """What is asked, why, and an example, each under its heading."""
    assert codes() == ("A101", "A102", "A103", "A104", "A105", "A106")
    for code in codes():
        title, parts = manual(code)
        assert [title, *(text for _, text in parts)] == list(PROBLEMS[code])
        assert len(parts) == 3
        assert len({heading for heading, _ in parts}) == 3


def test_a_refusal_may_leave_open_what_to_do():
    """Each is one of its own, whatever it says."""
    refusal = Refusal("A101", "is a picture")
    assert refusal.hint == ""
    assert refusal != Refusal("A101", "is a picture")
