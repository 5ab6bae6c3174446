"""Countries by their codes and by every name that people and registries give them."""

import re

import pytest

from lupus_evidence.errors import AmbiguousNameError, UnknownNameError
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import resolving
from lupus_evidence.vocabulary.countries import COUNTRIES, country_name
from lupus_evidence.vocabulary.resolving import country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("china", "CN"),
        ("Korea, Republic of", "KR"),
        ("South Korea", "KR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Turkey (Türkiye)", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("Russian Federation", "RU"),
        ("Hong  Kong", "HK"),
        ("Atlantis", None),
        ("Korea", None),
        ("", None),
    ],
)
def test_registry_names_have_codes(name, code):
    """Old and new names of a country give the same code; others give none."""
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("China", "CN"),
        ("cn", "CN"),
        ("usa", "US"),
        ("US", "US"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("great britain", "GB"),
        ("iran", "IR"),
        ("no", "NO"),
    ],
)
def test_people_name_countries_as_they_like(word, code):
    """By either name or by the two letters, in any case."""
    assert resolving.countries().resolve(word) == (code,)


def test_what_is_no_country_is_refused_with_what_to_type():
    """Two letters that are no code; a name that is nearly one; one of two Koreas."""
    with pytest.raises(UnknownNameError, match=r"such as China, .* such as CN"):
        resolving.countries().resolve("XX")
    with pytest.raises(UnknownNameError, match=r"Did you mean SE\?"):
        resolving.countries().resolve("Swedn")
    with pytest.raises(AmbiguousNameError, match=r"North Korea.* or .*South Korea"):
        resolving.countries().resolve("Korea")


def test_codes_are_codes_and_names_are_names():
    """Two capital letters, each with a name; a code not listed stays a code."""
    assert all(re.fullmatch("[A-Z]{2}", code) for code in COUNTRIES)
    for names in COUNTRIES.values():
        assert all(name == name.strip() and len(name) > 1 for name in names)
    assert len(COUNTRIES) > 240
    assert country_name("KR") == "South Korea"
    assert country_name("ZZ") == "ZZ"


def test_every_country_of_the_records_is_known():
    """Trials come from the countries where trials have come from."""
    used = {code for study in load().studies for code in study.setting.countries}
    assert used <= set(COUNTRIES)
