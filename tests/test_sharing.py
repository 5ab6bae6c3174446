"""Records that share memory say the same as those that do not."""

import copy

import pytest
from pydantic import BaseModel

from lupus_evidence.records import load as loading
from lupus_evidence.records.load import bundled_folder, load


@pytest.fixture
def both(monkeypatch):
    """Return the bundled records as they are, and as they are when there are many."""
    plain = load(bundled_folder("studies"))
    monkeypatch.setattr(loading, "MANY", 1)
    return plain.studies, load(bundled_folder("studies")).studies


def parts(record):
    """Yield a record and every record in it."""
    yield record
    for value in record.__dict__.values():
        inner = value.values() if isinstance(value, dict) else value
        for part in inner if isinstance(value, (tuple, dict)) else (value,):
            if isinstance(part, BaseModel):
                yield from parts(part)


def test_shared_records_say_the_same(both):
    """Values and the fields that were given are those of records loaded one by one."""
    plain, shared = both
    assert plain == shared
    for one, two in zip(plain, shared, strict=True):
        assert one.model_dump(exclude_unset=True) == two.model_dump(exclude_unset=True)


def test_a_copy_of_a_shared_record_changes_no_other(both):
    """Pydantic notes an updated field for the copy alone."""
    study = both[1][0]
    before = copy.copy(study.model_fields_set)
    changed = study.model_copy(update={"funding": "invented"})
    assert "funding" in changed.model_fields_set
    assert study.model_fields_set == before


def test_alike_parts_share_their_sets_and_texts(both):
    """There are far fewer sets of given fields than parts that have one."""
    every = [part for study in both[1] for part in parts(study)]
    kept = {id(part.model_fields_set) for part in every}
    assert len(kept) == len({frozenset(part.model_fields_set) for part in every})
    assert len(kept) < len(every) / 2
    places = [
        result.where for study in both[1] for result in study.results if result.where
    ]
    assert len({id(text) for text in places}) == len(set(places))
