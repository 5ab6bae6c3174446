"""References as records: names of files, identifiers, the skeleton of a record."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.people import author, initials
from lupus_evidence.importing.record_yaml import Blank
from lupus_evidence.importing.reference import (
    Names,
    Reference,
    is_identifier,
    record_name,
    skeleton,
    slug,
)
from lupus_evidence.records.load import load
from lupus_evidence.records.naming import surname


def test_a_skeleton_asks_for_everything_a_citation_does_not_say():
    """People, arms, places, figures and how they were read are blanks."""
    fields = skeleton(Reference(authors=("Doe J",), title="T", year=2020))
    assert fields["status"] == "published"
    assert fields["reading"] == Blank()
    assert fields["population"] == {"enrolled": Blank(), "lupus": Blank()}
    assert fields["arms"] == {"treated": {"therapy": Blank(), "n": Blank()}}
    assert fields["results"][0]["endpoint"] == Blank()
    assert "publication" not in fields


def test_an_address_only_where_nothing_better_exists():
    """DOI, PubMed number or registration make it superfluous."""
    address = "https://example.org/a"
    kept = skeleton(Reference(url=address))["citation"]
    assert kept["url"] == address
    for better in (
        {"doi": "10.1000/1"},
        {"pmid": "1"},
        {"registrations": ("NCT00000001",)},
    ):
        assert "url" not in skeleton(Reference(url=address, **better))["citation"]


def test_a_registry_entry_has_no_authors_and_an_open_status():
    """Whether results were posted is not in a citation."""
    fields = skeleton(Reference(publication="registry-entry", title="T"))
    assert "authors" not in fields["citation"]
    assert isinstance(fields["status"], Blank)
    assert fields["reading"] == "registry"


def test_names_fall_back_on_registration_and_title():
    """First author and year, else the registration, else the title."""
    numbers = ("NCT00000001",)
    authored = Reference(authors=("Doe J",), year=2020, registrations=numbers)
    assert authored.name == "doe-2020"
    assert Reference(year=2020, registrations=numbers).name == "nct00000001"
    assert Reference(year=2020, title="Cells in lupus").name == "cells-2020"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller", "muller"),
        ("Gómez-Almaguer", "gomez-almaguer"),
        ("O'Brien", "obrien"),
        ("Sørensen", "sorensen"),
        ("Łuczak", "luczak"),
        ("Großmann", "grossmann"),
        ("van der Berg", "van-der-berg"),
        ("孙凌云", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugs_are_lower_case_ascii(text, expected):
    """Accents and special letters become their base letters, the rest hyphens."""
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("Jayne D", "Jayne"),
        ("van Laar JM", "van Laar"),
        ("Müller Ä", "Müller"),
        ("Smith JA Jr", "Smith"),
        ("EBMT Working Party", "EBMT Working Party"),
        ("Barbado", "Barbado"),
    ],
)
def test_surnames_come_without_initials(written, family):
    """Initials and what follows them are no part of a surname."""
    assert surname(written) == family


def test_initials_and_suffix():
    """Each part of a given name gives one initial; a suffix comes last."""
    assert initials("Jean-Pierre M") == "JPM"
    assert author("Smith", "J. A.", "III") == "Smith JA III"


def test_record_names():
    """First author and year; without one, a word of the title; at last, "study"."""
    assert record_name("Ou-Yang", 2019, "Cells") == "ou-yang-2019"
    assert record_name("Jayne", None, "Cells") == "jayne"
    assert record_name("", 2010, "The use of cells") == "cells-2010"
    assert record_name("孙", 2010, "狼疮") == "study-2010"
    assert record_name("E", None, "") == "study-e"


@given(st.text(), st.none() | st.integers(1000, 9999), st.text())
def test_record_names_can_be_file_names(first, year, title):
    """Whatever authors and titles hold, the name is a record's identifier."""
    assert is_identifier(record_name(first, year, title))


def test_taken_names_get_numbers():
    """The second of a name is -2, the third -3, and a taken -2 is stepped over."""
    names = Names({"doe-2020", "roe-2020-2"})
    assert [names.unused("doe-2020") for _ in range(3)] == [
        "doe-2020-2",
        "doe-2020-3",
        "doe-2020-4",
    ]
    assert [names.unused("roe-2020") for _ in range(2)] == ["roe-2020", "roe-2020-3"]


def test_a_number_that_makes_a_name_too_long_is_refused():
    """Sixty characters is what an identifier may have."""
    with pytest.raises(EvidenceError, match="too long"):
        Names({"a" * 60}).unused("a" * 60)


def test_names_fit_the_records_that_exist():
    """Records named for author and year by hand have the name that is made here."""
    made = [
        (
            study.id,
            record_name(surname(study.citation.authors[0]), study.citation.year, ""),
        )
        for study in load().studies
        if study.citation.authors
        and study.citation.year
        and re.fullmatch(r"[a-z-]+-[0-9]{4}", study.id)
        and study.publication == "article"
    ]
    same = [name for name, ours in made if name == ours]
    assert len(made) > 30
    assert len(same) >= 0.9 * len(made), set(made) - {(name, name) for name in same}
