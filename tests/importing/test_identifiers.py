"""DOIs, PubMed numbers and trial numbers, found in whatever is around them."""

from urllib.parse import quote

import pytest

from lupus_evidence.importing import identifiers
from lupus_evidence.importing.identifiers import find_doi, one_line


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("10.1000/a b", None),
        ("S1111-2222(18)30001-7", None),
        (None, None),
    ],
)
def test_dois_lose_the_address_in_front(said, expected):
    """Only what is a DOI to the last character counts as one."""
    assert identifiers.doi(said) == expected


def test_pubmed_numbers():
    """Digits are PubMed's, PMC stands in front of PubMed Central's."""
    assert identifiers.pmid(" 15119545 ") == "15119545"
    assert identifiers.pmid("L612345678") is None
    assert identifiers.pmcid("6751808.1") == "PMC6751808"
    assert identifiers.pmcid("NIHMS1") is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2018 Nov-Dec", 2018),
        ("2018/11//", 2018),
        ("Winter 1998", 1998),
        ("20181105", 2018),
        ("201811", 2018),
        ("20181105T1200", 2018),
        ("20181105120000", 2018),
        ("05112018", 2018),
        ("20112018", 2018),
        ("20181305", None),
        ("12345678", None),
        ("in press", None),
        (None, None),
    ],
)
def test_the_year_of_a_date(said, expected):
    """A year is four digits on their own, or in a date without anything between."""
    assert identifiers.year(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("chi", "Chinese"),
        ("zh-CN", "Chinese"),
        ("ger", "German"),
        ("Spanish", "Spanish"),
        ("eng", None),
        ("en-GB", None),
        ("English", None),
        ("", None),
        ("und", None),
        ("tlh", "tlh"),
    ],
)
def test_languages_in_words_and_english_left_out(said, expected):
    """Codes become names; one that is not known stays as it is."""
    assert identifiers.language(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ClinicalTrials.gov/NCT00698191", "NCT00698191"),
        ("ISRCTN/ISRCTN46889466", "ISRCTN46889466"),
        ("EudraCT/2017-001400-29", "EudraCT 2017-001400-29"),
        ("GENBANK/AB123456", None),
        ("PDB/1ABC", None),
        ("NCT00698191", None),
    ],
)
def test_only_trial_registers_give_registrations(said, expected):
    """A gene sequence's number is no trial's."""
    assert identifiers.databank_number(said) == expected


def test_the_address_of_a_registry_entry():
    """New and old addresses of an entry, and no others."""
    new = "https://clinicaltrials.gov/study/NCT09999992"
    old = "http://www.clinicaltrials.gov/ct2/show/nct09999992"
    assert identifiers.cited_entry(new) == "NCT09999992"
    assert identifiers.cited_entry(old) == "NCT09999992"
    assert identifiers.cited_entry("https://clinicaltrials.gov/search?q=lupus") is None


def test_numbers_in_notes_count_only_where_our_exports_wrote_them():
    """Somebody's note may name other trials."""
    ours = "NCT00000001; EudraCT 2017-001400-29; lupus-evidence record doe-2020"
    assert identifiers.own_registrations(ours) == (
        "NCT00000001",
        "EudraCT 2017-001400-29",
    )
    assert identifiers.own_registrations("lupus-evidence record doe-2020") == ()
    assert identifiers.own_registrations("compare NCT00000001") is None


def test_one_line():
    """White space of any kind becomes single spaces; overlong texts are dropped."""
    assert one_line(" a\n\n b\u2028c\xa0d ") == "a b c d"
    assert one_line("  ") is None
    assert one_line("a" * 4000) == "a" * 4000
    assert one_line("a" * 4001) is None


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
