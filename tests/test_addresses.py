"""Addresses that a reader can follow, whatever a DOI holds."""

import re
from types import SimpleNamespace

import pytest
from invented import study_text

from lupus_evidence.records.identity import doi_address, links_of

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
