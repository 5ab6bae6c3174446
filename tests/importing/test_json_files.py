"""JSON files of the right shape, also wrapped in an answer or one to a line."""

import json

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import import_records
from lupus_evidence.importing.formats import form_of
from lupus_evidence.importing.json_files import (
    Lines,
    Many,
    Shape,
    json_value,
    references_in,
    shaped,
)


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


ITEM = {
    "type": "article-journal",
    "title": 'Cells: [a], {b} and "c"',
    "author": [{"family": "Doe", "given": "J"}],
    "DOI": "10.1000/ábc",
}


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (ITEM, [1]),
        ([ITEM, ITEM], [2, 13]),
        ({"items": [ITEM, ITEM]}, [3, 14]),
        ({"references": [ITEM]}, [3]),
        ({"message": {"total": 1, "items": [ITEM]}}, [5]),
        ({"message": {**ITEM, "reference": [{"key": "1", "author": "x"}]}}, [2]),
        ({"doe-2020": ITEM, "doe-2021": ITEM}, [2, 13]),
        ([{"csl": ITEM}], [3]),
        ({"type": "library", "items": [ITEM]}, [4]),
    ],
)
def test_references_are_found_wherever_they_stand(value, lines, tmp_path):
    """In a list, in an object by any name, one for each key; with their lines."""
    text = json.dumps(value, indent=1)
    assert form_of(text) == "csl"
    assert [item["DOI"] for item in references_in(value)[1]] == ["10.1000/ábc"] * len(
        lines
    )
    where = Lines(text, value)
    assert [where(at) for at in range(len(lines))] == lines
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    found = import_records(path)
    assert [item.doubts[0].place.line for item in found] == lines
    assert {item.doubts[0].code for item in found} == {"I103"}


def test_something_else_among_references_is_named(tmp_path):
    """A list with one reference in it is a list of references."""
    path = tmp_path / "file.json"
    path.write_text(json.dumps({"items": [ITEM, 7]}), encoding="utf-8")
    with pytest.raises(EvidenceError, match="reference 2: all of it"):
        import_records(path)
