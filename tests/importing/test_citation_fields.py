"""Fields of a citation from what a file says, and the kind of report told."""

import pytest

from lupus_evidence.importing.citation_fields import FIELDS, Given, assembled, told_kind
from lupus_evidence.importing.citation_table import HEADINGS
from lupus_evidence.importing.field_values import Said
from lupus_evidence.records.field_types import MAX_TEXT


def made(known=None, **values):
    """Return the reference of some fields, each a text or several."""
    given = Given(line=7, known=known, called="test")
    for name, value in values.items():
        assert name in FIELDS
        for text in (value,) if isinstance(value, str) else value:
            given.add(name, Said(name, text, 7))
    return assembled(given)


def test_columns_lead_to_fields():
    """No heading leads to a field that nobody reads."""
    assert set(HEADINGS) <= FIELDS


def test_volume_issue_and_pages_out_of_a_citation():
    """PubMed's tables have them nowhere else."""
    found = made(
        citation="Lupus Rep. 2021 Mar 5;12(3 Suppl):e101-e109. doi: 10.1000/x."
    )
    assert (found.volume, found.issue, found.pages) == ("12", "3 Suppl", "e101-e109")
    assert made(citation="Lupus. 2021 Mar 5. Online ahead of print.").volume is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("39900001", "39900001"),
        ("PUBMED 39900001", "39900001"),
        ("https://pubmed.ncbi.nlm.nih.gov/39900001", "39900001"),
        ("0", None),
    ],
)
def test_pubmed_numbers_as_databases_write_them(text, number):
    """The number alone is taken; none is none."""
    found = made(pmid=text)
    assert (found.pmid, found.doubts) == (number, ())


def test_what_is_no_pubmed_number_is_told():
    """It stands nowhere in the record."""
    found = made(pmid="MED-12-x")
    assert found.pmid is None
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("I107", 7)]


def test_authors_with_what_programs_write_around_them():
    """Numbers and addresses behind names, an empty given name, initials apart."""
    found = made(
        full_names="Doe, Jane (58975547800); van der Berg, Jan J. (1234567)",
        authors="Wrong W",
    )
    assert found.authors == ("Doe J", "van der Berg JJ")
    found = made(authors="van Doe,null;Roe, Ann;van der Steur,Sanne,J.")
    assert found.authors == ("van Doe", "Roe A", "van der Steur SJ")


def test_hostile_authors_take_no_time():
    """Nothing is searched from every sign to the end."""
    assert made(authors="(" * 50_000).authors == ()


def test_names_in_the_order_in_which_they_are_spoken():
    """Some databases have the surname last; of three words nobody can tell."""
    found = made(displayed="Jane Doe; Jan van der Berg; Karl M. Roe; Ana Maria Poe")
    assert found.authors == ("Doe J", "van der Berg J", "Roe KM", "Ana Maria Poe")
    assert [doubt.code for doubt in found.doubts] == ["I104"]


def test_registrations_among_other_numbers():
    """As Embase writes them."""
    found = made(registration="ClinicalTrials.gov (NCT09999991, NCT09999992)")
    assert found.registrations == ("NCT09999991", "NCT09999992")
    found = made(registration="EudraCT 2015-001234-56; ISRCTN12345678")
    assert found.registrations == ("EudraCT 2015-001234-56", "ISRCTN12345678")


def test_kinds():
    """The closer word counts; a preprint server is no journal."""
    assert made("article", kind="Meeting Abstract").publication == "conference-abstract"
    assert made(None, kind="Hologram").publication is None
    assert made(None, kind="Hologram").said_kind == "test: Hologram"
    assert made("article", journal="medRxiv").publication is None


def test_a_page_of_the_registry_is_its_entry():
    """An article that names the page is still an article."""
    page = "https://clinicaltrials.gov/study/NCT09999991"
    assert made("web-page", url=page).publication == "registry-entry"
    paper = made("article", url=page, journal="Lupus")
    assert (paper.publication, paper.journal) == ("article", "Lupus")
    assert paper.registrations == ("NCT09999991",)


def test_a_text_that_is_too_long_is_told():
    """It is not cut."""
    found = made(title="x" * (MAX_TEXT + 1))
    assert found.title is None
    assert [doubt.code for doubt in found.doubts] == ["I107"]


def test_retracted_and_pages():
    """Marks of databases, and ends of pages that stand apart."""
    assert made(retracted="True").retracted == "marked in retracted"
    assert made(retracted="False").retracted == ""
    assert made(first_page="101", last_page="109").pages == "101-109"
    assert made(first_page="101", last_page="101").pages == "101"
    assert made(article_number="e7").pages == "e7"
    assert (
        made(pmcid="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123").pmcid == "PMC123"
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Journal Article", "article"),
        ("journalArticle", "article"),
        ("journal-article", "article"),
        ("Article; Early Access", "article"),
        ("Article; Proceedings Paper", "article"),
        ("Proceedings Paper", "conference-abstract"),
        ("Meeting Abstract", "conference-abstract"),
        ("Conference Abstract", "conference-abstract"),
        ("Letter", "letter"),
        ("Dissertation/Thesis", "thesis"),
        ("Web Page", "web-page"),
        ("Preprint", None),
        ("Book Chapter", None),
    ],
)
def test_words_of_databases(words, kind):
    """Whatever their case and signs, they mean a kind or none that records have."""
    told = told_kind(words)
    assert told is not None
    assert told.publication == kind


def test_words_that_nobody_knows():
    """They are not taken for an article."""
    assert told_kind("Hologram") is None
