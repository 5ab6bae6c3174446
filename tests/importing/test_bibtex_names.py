import pytest

from lupus_evidence.importing.bibtex import authors


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Doe, Jane and van der Berg, Jan", ("Doe J", "van der Berg J")),
        ("Jane Doe and Jan van der Berg", ("Doe J", "van der Berg J")),
        (r"Garc{\'\i}a L{\'o}pez, Mar{\'i}a", ("García López M",)),
        ("{de la Torre}, Ana", ("de la Torre A",)),
        ("{SLE Cell Study Group} and Roe, K.", ("SLE Cell Study Group", "Roe K")),
        ("{{Group for Blood and Marrow}}", ("Group for Blood and Marrow",)),
        ("Doe, Jr, Jane A.", ("Doe JA Jr",)),
        ("John Q. Doe Jr.", ("Doe JQ Jr",)),
        ("Doe J and Roe KL", ("Doe J", "Roe KL")),
        ("{Doe, Jane}", ("Doe J",)),
        ("DOE, J.\n AND\n ROE, K.", ("DOE J", "ROE K")),
        ("", ()),
    ],
)
def test_names_are_read_as_bibtex_means_them(value, names):
    """Surname first or last, particles, braces, and groups as they are."""
    assert authors(value, 1) == (names, [])


def test_an_open_list_is_told():
    """The words "and others" are nobody, and the rest of the list is missing."""
    names, (doubt,) = authors("Doe, Jane and others", 7)
    assert names == ("Doe J",)
    assert (doubt.code, doubt.line) == ("I104", 7)
    assert "others" in doubt.message
