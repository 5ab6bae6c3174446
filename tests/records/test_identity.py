"""Which two reports are one, and the addresses that lead to them."""

import re
from types import SimpleNamespace

import pytest
from invented import study_text

from lupus_evidence.records.identity import (
    Identity,
    Index,
    Known,
    doi_address,
    folded,
    links_of,
    surname,
    titled,
)


def identity(titled="", **numbers):
    """An identity of some numbers."""
    return Identity(tuple(numbers.items()), titled)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"doi": "10.1/a"}, {"doi": "10.1/a"}, True),
        ({"doi": "10.1/a"}, {"doi": "10.1/b"}, False),
        ({"doi": "10.1/a"}, {"pmid": "1"}, False),
        ({"titled": "t 2020 doe"}, {"titled": "t 2020 doe", "pmid": "1"}, True),
        ({"titled": "t 2020 doe"}, {"titled": "t 2021 doe"}, False),
        ({"titled": "t", "doi": "a"}, {"titled": "t", "doi": "b"}, False),
        ({"pmid": "1", "doi": "a"}, {"pmid": "1", "doi": "b"}, False),
        ({"registration": "n"}, {"registration": "n"}, True),
        ({"registration": "n", "doi": "a"}, {"registration": "n"}, False),
        ({"registration": "n"}, {"registration": "n", "doi": "a"}, False),
    ],
)
def test_what_makes_two_reports_one(first, second, same):
    """A number shared and none against it; a registration only among unnumbered."""
    index = Index[Known]()
    report = Known()
    index.enter(report, identity(**first))
    assert index.matching(identity(**second)) == ([report] if same else [])


def test_entries_of_a_register_are_found_by_a_numbered_report():
    """An entry has no number of its own; other reports of the study are no entries."""
    index = Index[Known]()
    entry, paper = Known(), Known()
    index.enter(entry, identity(registration="n"))
    index.enter(paper, identity(registration="n", doi="a"))
    asked = identity(registration="n", doi="b")
    assert index.entries(asked) == [entry]
    assert index.registered(asked) == [entry, paper]
    assert index.sharing(asked) == {}


def test_a_number_shared_counts_before_a_title_and_that_before_a_registration():
    """The surest comes first."""
    index = Index[Known]()
    reports = [Known(), Known(), Known()]
    index.enter(reports[0], identity(registration="n"))
    index.enter(reports[1], identity(titled="t"))
    index.enter(reports[2], identity(pmid="1"))
    assert index.matching(identity(titled="t", registration="n")) == [
        reports[1],
        reports[0],
    ]
    found = index.matching(identity(titled="t", registration="n", pmid="1"))
    assert found == [reports[2], reports[1]]


def test_reports_that_turn_out_to_be_one_are_found_by_what_either_has():
    """The first stands for the other, under every key, once."""
    index = Index[Known]()
    first, other = Known(), Known()
    index.enter(first, identity(doi="a", registration="n"))
    index.enter(other, identity(pmid="1", titled="t", registration="n"))
    index.unite(first, other)
    for key in ({"doi": "a"}, {"pmid": "1"}, {"titled": "t"}):
        assert index.matching(identity(**key)) == [first]
    assert index.registered(identity(registration="n")) == [first]
    assert not first.fits(identity(pmid="2"))


def test_capitals_accents_and_signs_are_no_difference():
    """Titles and surnames are compared by their letters and figures."""
    assert folded("Cells – in LÚPUS, 2nd!") == folded("cells in lupus 2nd")
    assert folded("狼疮 a") == "狼疮a"
    assert surname("van der Berg JM") == surname("Van der Berg, J.M.") == "vanderberg"
    assert titled("Cells!", 2020, "Doe J") == "cells 2020 doe"
    assert titled("Cells", None, "") == "cells  "
    assert titled(None, 2020, "Doe J") == ""


#: Marked as to be encoded in the DOI handbook, section on encoding in URLs.
ENCODED = {"%": "%25", '"': "%22", "#": "%23", " ": "%20", "?": "%3F"}


@pytest.mark.parametrize("sign", ENCODED)
def test_signs_that_end_or_change_an_address_are_encoded(sign):
    """Nothing of a DOI is cut off or decoded before it reaches the resolver."""
    expected = f"https://doi.org/10.1000/456{ENCODED[sign]}789"
    assert doi_address(f"10.1000/456{sign}789") == expected


def test_an_ordinary_doi_stays_readable():
    """Slashes, brackets, semicolons and colons mean the same in an address."""
    doi = "10.1002/(sici)1097-0142:1;2-8.co_x"
    assert doi_address(doi) == f"https://doi.org/{doi}"


def test_every_identifier_of_a_source_becomes_an_address():
    """A reader can follow DOI, PubMed, PubMed Central and page alike."""
    source = SimpleNamespace(
        doi="10.1000/182",
        pmid="12345678",
        pmcid="PMC1234567",
        url="https://example.org/page",
    )
    assert links_of(source) == (
        "https://doi.org/10.1000/182",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/",
        "https://example.org/page",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("show", "doe-2020"),
        ("export", "-f", "ris"),
        ("export", "-f", "csl-json"),
        ("report", "-o", "page.html"),
    ],
    ids=" ".join,
)
def test_outputs_encode_the_address_and_not_the_doi(words, run, tmp_path, monkeypatch):
    """Cards, exports and the page agree on the address of one DOI."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").mkdir()
    text = study_text().replace("10.1000/doe-2020", '"10.1000/456#7%41?x"')
    (tmp_path / "records" / "doe-2020.yaml").write_text(text, encoding="utf-8")
    done = run(*words, "--studies", "records")
    assert done.exit_code == 0, done.output
    page = tmp_path / "page.html"
    shown = page.read_text(encoding="utf-8") if page.exists() else done.stdout
    addresses = re.findall(r"https://doi\.org/10\.1000/456[^\s\"<]*", shown)
    assert addresses
    assert set(addresses) == {"https://doi.org/10.1000/456%237%2541%3Fx"}
