from lupus_evidence.importing.record_yaml import Blank
from lupus_evidence.importing.reference import Reference, skeleton


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
