from urllib.parse import quote

import pytest

from lupus_evidence.importing.identifiers import find_doi

SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


@pytest.mark.parametrize(
    "said",
    [
        "10.1000/abc",
        "doi:10.1000/abc",
        "DOI 10.1000/abc",
        "DOI: https://doi.org/10.1000/abc.",
        "http://dx.doi.org/10.1000/abc<br />",
        "doi.org/10.1000/abc",
        "https://www.doi.org/10.1000/abc",
        "https://doi.org/doi:10.1000/abc",
        "https://doi.org/10.1000%2Fabc",
        "https://doi.org/10.1000/abc?utm_source=x",
        "https://doi-org.proxy.example.edu/10.1000/abc",
        "https://www.example.com/doi/full/10.1000/abc",
        "https://example.com/doi/10.1000/abc/full?x=y",
        "info:doi/10.1000/abc",
        "urn:doi:10.1000/abc",
        "<10.1000/abc>",
        "(10.1000/abc)",
        "[10.1000/abc]",
        '"10.1000/abc"',
        "10.1000/abc [doi]",
        "10.1000/abc[doi]",
        "10.1000/abc.",
        "10.1000/abc. Epub 2019 Jan 3.",
        "10.1000/abc PMID: 333",
        "10.1000/abc     LK  - https://example.org/link?x=1",
        "10.1000/abc http://dx.doi.org/10.1000/abc",
        "10.1000/abc 10.1000/ABC",
        "10.1000/abc\u200b",
        "S0140-6736(05)1 10.1000/abc",
    ],
)
def test_a_doi_in_every_spelling(said):
    """Whatever stands around it, the DOI is the same."""
    assert find_doi(said) == ("10.1000/abc", ())


@pytest.mark.parametrize(
    "said",
    [
        SICI,
        SICI.replace("<", "&lt;").replace(">", "&gt;"),
        f"https://doi.org/{quote(SICI, safe='/:;')}",
    ],
)
def test_brackets_within_a_doi_are_its_own(said):
    """The old form with the signs of tags in it survives."""
    assert find_doi(said).value == SICI


@pytest.mark.parametrize(
    "doi",
    ["10.1016/S0140-6736(05)12345-6", "10.1000/456#789", "10.1007/978-3-030-1_12"],
)
def test_signs_within_a_doi_are_its_own(doi):
    """Brackets in pairs, and what an address would have to write otherwise."""
    assert find_doi(doi).value == doi


@pytest.mark.parametrize(
    "said",
    [
        "10.1000/a b",
        "10.1016/j.ijid. 2020.01.003",
        "10.1000 / abc",
        "10.1000/ábc",
        "10.1000/",
        "S1111-2222(18)30001-7",
        "",
        None,
    ],
)
def test_half_a_doi_is_none(said):
    """A DOI that a blank or a foreign letter may have cut is not taken."""
    assert find_doi(said).value is None


def test_further_dois_are_told():
    """The first is taken: a chapter's stands before its book's."""
    assert find_doi("10.1000/abc; 10.1000/def") == ("10.1000/abc", ("10.1000/def",))
    assert find_doi("10.1000/abc|10.1000/def") == ("10.1000/abc", ("10.1000/def",))
