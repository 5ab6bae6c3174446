"""What studies are called where people read."""

from types import SimpleNamespace

import pytest

from lupus_evidence.records.naming import cited_as, divided, study_names


def record(name, *authors, year=None):
    """A record as far as its name needs one."""
    return SimpleNamespace(
        id=name, citation=SimpleNamespace(authors=authors, year=year)
    )


@pytest.mark.parametrize(
    ("study", "name"),
    [
        (record("jayne-2004", "Jayne D", "Passweg J", year=2004), "Jayne 2004"),
        (record("van-laar-2014", "van Laar JM", year=2014), "van Laar 2014"),
        (record("cologne-2006", "Lehnhardt FG", year=2006), "Lehnhardt 2006"),
        (record("muller-2024", "Müller F", year=2024), "Müller 2024"),
        (record("jinling-2014", year=2014), "Jinling 2014"),
        (record("ash-2007"), "Ash 2007"),
        (record("gomez-almaguer-allo", "Gomez-Almaguer D"), "gomez-almaguer-allo"),
        (record("adipose-ckd-case", year=2010), "adipose-ckd-case"),
        (record("group-2012", f"{'Very ' * 9}Long Group", year=2012), "group-2012"),
        (record("nct02633163", "Burt RK", year=2018), "NCT02633163"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_study_is_called_by_author_and_year(study, name):
    """What is not known comes from the id; what says neither stays an id."""
    assert cited_as(study) == name


def test_no_two_studies_are_called_alike():
    """A letter follows the year, in the order of the ids."""
    names = study_names(
        [
            record("liang-2010-dah", "Liang J", year=2010),
            record("liang-2010", "Liang J", year=2010),
            record("gu-2014", "Gu F", year=2014),
        ]
    )
    assert names == {
        "liang-2010": "Liang 2010a",
        "liang-2010-dah": "Liang 2010b",
        "gu-2014": "Gu 2014",
    }


def test_more_studies_than_letters_keep_their_ids():
    """Thirty studies of one author and year are told apart by what one types."""
    ids = [f"wang-2013-{place}" for place in range(30)]
    names = study_names([record(name, "Wang D", year=2013) for name in ids])
    assert names == {name: name for name in ids}


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("van Laar JM", ("van Laar", "JM", "")),
        ("Müller Ä", ("Müller", "Ä", "")),
        ("Иванов ИИ", ("Иванов", "ИИ", "")),
        ("Smith J-P", ("Smith", "J-P", "")),
        ("Smith J.-P.", ("Smith", "J-P", "")),
        ("Brown C D", ("Brown", "CD", "")),
        ("Brown C. D.", ("Brown", "CD", "")),
        ("LI W", ("LI", "W", "")),
        ("DE LA CRUZ J", ("DE LA CRUZ", "J", "")),
        ("Smith JA Jr", ("Smith", "JA", "Jr")),
        ("Smith JA Jr.", ("Smith", "JA", "Jr")),
        ("Smith JA, Jr", ("Smith", "JA", "Jr")),
        ("Smith JA 3rd", ("Smith", "JA", "3rd")),
        ("Smith JA III", ("Smith", "JA", "III")),
        ("Smith J V", ("Smith", "J", "V")),
        ("Smith V", ("Smith", "V", "")),
        ("Smith Jr", ("Smith", "", "Jr")),
        ("Smith JR", ("Smith", "JR", "")),
        ("Smith JA JR", ("Smith", "JA", "JR")),
        ("Ivanov II", ("Ivanov", "II", "")),
        ("Ivanov IuA", ("Ivanov", "IuA", "")),
        ("孙 凌云", ("孙", "凌云", "")),
    ],
)
def test_a_person_s_name_has_parts(author, parts):
    """Surname, initials in any script and spelling, and what stands behind them."""
    assert divided(author) == parts


@pytest.mark.parametrize(
    "author",
    [
        "European Group for Blood and Marrow Transplantation",
        "Autoimmune Diseases Working Party of the EBMT",
        "Invented Lupus Group",
        "EBMT Working Party",
        "Lupus Network UK",
        "EULAR",
        "Barbado",
        "Wang Li",
    ],
)
def test_a_group_and_a_bare_name_are_not_divided(author):
    """A group's short form is nobody's initials; a name alone has no parts."""
    assert divided(author) is None
