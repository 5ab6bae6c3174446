"""Tables of citations: which are some, which column is what, and what is read."""

from pathlib import Path

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_table import (
    columns_of,
    heading,
    is_of_citations,
    read_citations,
)

TABLES = Path(__file__).parent / "samples" / "tables"


def read(text):
    """Return what a text cites."""
    return list(read_citations(text))


def test_a_table_of_pubmed():
    """Volume, issue and pages stand in its citation; it does not say the kind."""
    (paper,) = read((TABLES / "pubmed.csv").read_text(encoding="utf-8"))
    assert paper.authors == ("Doe J", "van der Berg J")
    assert (paper.title, paper.journal) == ("Cord cells in SLE: a pilot", "Lupus Rep")
    assert (paper.year, paper.volume, paper.issue) == (2021, "12", "3")
    assert (paper.pages, paper.doi) == ("e101-e109", "10.1000/lr")
    assert (paper.pmid, paper.pmcid) == ("39900001", "PMC9900001")
    assert (paper.publication, paper.said_kind) == (None, "no column for the kind")
    assert paper.doubts == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("scopus.csv", ("Doe J", "Lupus", 2021, "e7", "conference-abstract")),
        ("embase.csv", ("Doe J", "Lupus", 2021, "5-9", "article")),
        ("embase-excel.csv", ("Doe J", "Lupus", 2021, "5", "letter")),
        ("cochrane.csv", ("Doe J", "Lupus", 2021, "5-9", "article")),
        ("cinahl.csv", ("Doe J", "Lupus", 2021, "5", "article")),
        ("lens.tsv", ("Doe J", "Lupus", 2021, "5-9", "article")),
        ("zotero.csv", ("Doe J", "Lupus", 2021, "5-9", "article")),
        ("rayyan.csv", ("Doe J", "Lupus", 2021, "5-9", None)),
        ("openalex.csv", ("Doe J", "Lupus", 2021, "5-9", "article")),
        ("abstrackr.csv", ("Doe J", "Lupus", 2021, None, None)),
    ],
)
def test_tables_of_other_databases(name, expected):
    """Authors, journal, year, pages and kind, whatever the columns are called."""
    (paper,) = read((TABLES / name).read_text(encoding="utf-8"))
    first = paper.authors[0]
    assert (
        first,
        paper.journal,
        paper.year,
        paper.pages,
        paper.publication,
    ) == expected
    assert paper.title == "Cells"
    assert paper.doubts == ()


def test_a_column_that_nobody_knows_is_told_where_it_holds_anything():
    """An empty one is no matter."""
    first, second = read("Title,Year,Mystery,Void\nA,2020,,\nB,2021,42,\n")
    assert [(doubt.code, doubt.line) for doubt in first.doubts] == [("I109", 1)]
    assert "Mystery" in first.doubts[0].message
    assert second.doubts == ()


def test_cells_below_no_heading_are_told_once():
    """With the line of the first of them."""
    first, second, third = read("Title,Year\nA,2020\nB,2021,x\nC,2022,y\n")
    assert (first.doubts, third.doubts) == ((), ())
    assert [(doubt.code, doubt.line) for doubt in second.doubts] == [("I108", 3)]


def test_doubts_have_the_line_of_their_row():
    """A year that is none, below a cell of several lines."""
    first, second = read('Title,Year\n"A\nB",2020\nC,in press\n')
    assert first.title == "A B"
    assert [(doubt.code, doubt.line) for doubt in second.doubts] == [("I105", 4)]


def test_rows_that_cite_nothing_and_tables_of_something_else():
    """Lines below the table are no reports."""
    (paper,) = read("Title,Year\n,first,\nA,2020\n,2021\n")
    assert [(item.code, item.line) for item in paper.doubts if item.code == "I101"] == [
        ("I101", 2),
        ("I101", 4),
    ]
    assert "'2021'" in paper.doubts[-1].message
    with pytest.raises(EvidenceError, match="no heading of a table of citations"):
        read("a,b\n1,2\n")


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
