"""The field's words: each has one meaning, and the bands cover all of time."""

import re

import pytest

from lupus_evidence import vocabulary as words

#: What a verb in the past, for more than one person, may begin with.
VERB = re.compile(r"(were|had|did|got|became|lost|went|kept|[a-z]+ed)\b")


def test_every_endpoint_has_a_family_of_the_vocabulary():
    """Endpoints are shown by family; survival is good, harm is not."""
    for endpoint in words.topic().endpoints.values():
        assert endpoint.family in words.FAMILIES
        assert words.family_of(endpoint.name) == endpoint.family
        if endpoint.family == "survival":
            assert endpoint.good is True
        if endpoint.family == "harm":
            assert endpoint.good is False
    assert set(words.topic().endpoints) >= words.NAMED_ENDPOINTS


@pytest.mark.parametrize("name", words.topic().endpoints)
def test_every_endpoint_has_a_full_row(name):
    """Its key is its name; label and verb are there; other rows exist."""
    row = words.topic().endpoints[name]
    assert row.name == name
    assert row.label
    assert VERB.match(row.verb), row.verb
    others = {*row.parts, *row.within, *row.told_by, row.opposite} - {None}
    assert others <= set(words.topic().endpoints)
    assert name not in {*row.parts, *row.within}
    assert row.serious_from is None or (row.good is False and row.serious_from < 1)
    assert not row.lay or row.look != "request"


@pytest.mark.parametrize("name", words.topic().endpoints)
def test_what_an_endpoint_says_of_others_they_say_of_it(name):
    """Parts are within their total, an opposite has this one as its own."""
    row = words.topic().endpoints[name]
    for part in row.parts:
        assert name in words.topic().endpoints[part].within
        assert set(words.siblings_of(part)) == {name, *row.parts} - {part}
    if row.opposite is not None:
        other = words.topic().endpoints[row.opposite]
        assert other.opposite == name
        assert other.good is not row.good
    for wider in row.within:
        assert words.topic().endpoints[wider].good is row.good
        assert name not in words.topic().endpoints[wider].within
