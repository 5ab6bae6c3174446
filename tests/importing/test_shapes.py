import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.json_files import Many, Shape, json_value, shaped


class Letter(Shape):
    """A shape for these tests."""

    post_code: int
    lines: Many[str] = ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"a": 1} x',
        "[" * 100_000,
        '{"a": "\\ud800"}',
        '{"a": 1' + "0" * 10_000 + "}",
    ],
)
def test_what_is_not_json_is_said(text):
    """Broken, nested without end, half a character, a number without end."""
    with pytest.raises(EvidenceError, match="not JSON"):
        json_value(text)


def test_names_in_files_are_written_together():
    """The file says postCode; what else stands in it is not looked at."""
    found = shaped(Letter, {"postCode": 1, "other": object(), "lines": None}, "it")
    assert (found.post_code, found.lines) == (1, ())


def test_the_first_wrong_places_are_named_and_the_rest_counted():
    """A message names three places at most, and shows no control characters."""
    with pytest.raises(EvidenceError) as caught:
        shaped(Letter, {"postCode": "\x1b[31m", "lines": [1, 2, 3, 4]}, "letter 1")
    message = str(caught.value)
    assert message.startswith("letter 1: postCode: ")
    assert "lines.1: " in message
    assert message.endswith("and 2 more")
    assert "\x1b" not in message
