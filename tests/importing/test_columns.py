import pytest

from lupus_evidence.importing.citation_table import columns_of, heading, is_of_citations


@pytest.mark.parametrize(
    "header",
    [
        "PMID|Title|Authors|Citation|Journal/Book|Publication Year|DOI",
        "Authors|Author full names|Title|Year|Source title|Art. No.|PubMed ID",
        "Title|Author Names|Source title|Publication Year|First Page|Medline PMID",
        "CENTRAL ID|Author(s)|Title|Source|Year",
        "Item Type|Publication Year|Author|Title|Publication Title|Date",
        "Title|Authors|Published Year|Covidence #",
        "key|title|year|journal|issn|authors",
        "Lens ID|Title|Date Published|Source Title|Author/s",
        "Article Title|Author|Journal Title|Publication Date",
        "Authors|Title|Publication|Number|Year",
        "id|doi|title|display_name|publication_year|authorships.author.display_name",
        "Reference Type|Authors, Primary|Title Primary|Periodical Full|Pub Year",
        "TY|AU|year|TI|JO",
        "PT|AU|TI|SO|PY",
    ],
)
def test_databases_are_known_by_their_headings(header):
    """Each has a title and something beside it, and no heading that is asked about."""
    names = header.split("|")
    assert is_of_citations(names)
    places, unknown = columns_of(names)
    assert "title" in places
    assert unknown == []


def test_other_tables_are_not():
    """A title alone is no citation."""
    assert not is_of_citations(["Title", "Endpoint"])
    assert not is_of_citations(["study", "therapy", "events"])


def test_the_surest_column_is_first_and_others_are_named():
    """The order of the columns is no matter."""
    places, unknown = columns_of(["Source", "Title", "Source title", "My column"])
    assert places == {"journal": [2, 0], "title": [1]}
    assert unknown == ["My column"]


def test_headings_are_compared_without_case_and_lines():
    """Underlines are blanks."""
    assert heading("\ufeff Publication_Year ") == "publication year"
