import re

import pytest

from lupus_evidence.importing.countries import _CODE_OF, country_code
from lupus_evidence.load import load


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
        ("", None),
    ],
)
def test_registry_names_have_codes(name, code):
    """Old and new names of a country give the same code; others give none."""
    assert country_code(name) == code


def test_codes_are_codes_and_names_are_names():
    """Two capital letters, then a name, no name twice."""
    assert all(re.fullmatch("[A-Z]{2}", code) for code in _CODE_OF.values())
    assert all(name == name.strip() and len(name) > 3 for name in _CODE_OF)
    assert len(set(_CODE_OF.values())) > 180


def test_every_country_of_the_records_is_known():
    """Trials come from the countries where trials have come from."""
    used = {code for study in load().studies for code in study.setting.countries}
    assert used <= set(_CODE_OF.values())
