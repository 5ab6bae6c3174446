import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citations import read_citations

PUBMED = (
    "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,"
    "PMCID,NIHMS ID,DOI\n"
    '39900001,Cord cells in SLE: a pilot,"Doe J, van der Berg J.",Lupus Rep. 2021;12(3):'
    "e101-e109. doi: 10.1000/lr.,Doe J,Lupus Rep,2021,2021/03/04,PMC9900001,,10.1000/lr\n"
)


def read(text):
    """Return what a text cites."""
    return list(read_citations(text))


def test_a_table_of_pubmed():
    """Volume, issue and pages stand in its citation; it does not say the kind."""
    (paper,) = read(PUBMED)
    assert paper.authors == ("Doe J", "van der Berg J")
    assert (paper.title, paper.journal) == ("Cord cells in SLE: a pilot", "Lupus Rep")
    assert (paper.year, paper.volume, paper.issue) == (2021, "12", "3")
    assert (paper.pages, paper.doi) == ("e101-e109", "10.1000/lr")
    assert (paper.pmid, paper.pmcid) == ("39900001", "PMC9900001")
    assert (paper.publication, paper.said_kind) == (None, "no column for the kind")
    assert paper.doubts == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # Scopus: full names, a number for pages
            "Authors,Author full names,Title,Year,Source title,Volume,Art. No.,DOI,"
            "Document Type,Source,EID\n"
            '"Doe J.","Doe, Jane (58975547800)",Cells,2021,Lupus,12,e7,10.1000/a,'
            "Conference paper,Scopus,2-s2.0-1\n",
            ("Doe J", "Lupus", 2021, "e7", "conference-abstract"),
        ),
        (  # Embase: a heading below the search
            '"SEARCH QUERY","lupus:ti"\n-----\n\n'
            "Title,Author Names,Source,Source title,Publication Year,First Page,Last Page,"
            "Publication Type,Medline PMID\n"
            '"Cells","Doe J., Roe A.","Lupus (2021) 1:1",Lupus,2021,5,9,Article,39900001\n',
            ("Doe J", "Lupus", 2021, "5-9", "article"),
        ),
        (  # Embase, saved by Excel where the comma is the decimal point
            "SEARCH QUERY;lupus:ti;\n-----;;\nTitle;Author Names;Source title;"
            "Publication Year;First Page;Publication Type\n"
            "Cells;Doe J.;Lupus;2021;5;Letter\n",
            ("Doe J", "Lupus", 2021, "5", "letter"),
        ),
        (  # Cochrane
            "Author(s),Title,Source,Year,Pages,PubMed ID,Publication Type\n"
            '"Doe, J; Roe, A",Cells,Lupus,2021,5\u20109,PUBMED 39900001,Journal article\n',
            ("Doe J", "Lupus", 2021, "5-9", "article"),
        ),
        (  # CINAHL: cells that spreadsheets leave as they are
            "Article Title,Author,Journal Title,Publication Date,First Page,Doctype\n"
            'Cells,"Doe, Jane; Roe, A.",Lupus,"=""4/3/2021""",5,Article\n',
            ("Doe J", "Lupus", 2021, "5", "article"),
        ),
        (  # Lens: surnames last
            "Title\tPublication Year\tPublication Type\tSource Title\tAuthor/s\t"
            "Start Page\tEnd Page\n"
            'Cells\t2021\tjournal article\tLupus\t"Jane Doe; Ann Roe"\t5\t9\n',
            ("Doe J", "Lupus", 2021, "5-9", "article"),
        ),
        (  # Zotero
            "Key,Item Type,Publication Year,Author,Title,Publication Title,Date,Pages\n"
            'X,journalArticle,2021,"Doe, Jane; Roe, A.",Cells,Lupus,2021-03,5-9\n',
            ("Doe J", "Lupus", 2021, "5-9", "article"),
        ),
        (  # Rayyan: fields of RIS behind the DOI
            "key,title,year,journal,pages,authors,doi\n"
            'r1,Cells,2021,Lupus,5-9,"Doe, J. and Roe, A.",10.1000/a     LK  - https://'
            "example.org/?id=doi:10.1000/b\n",
            ("Doe J", "Lupus", 2021, "5-9", None),
        ),
        (  # OpenAlex
            "id,doi,title,publication_year,type,type_crossref,biblio.first_page,"
            "biblio.last_page,primary_location.source.display_name,"
            "authorships.author.display_name,authorships.raw_author_name\n"
            "W1,https://doi.org/10.1000/a,Cells,2021,article,journal-article,5,9,Lupus,"
            "Jane Doe|Ann Roe,J Doe|A Roe\n",
            ("Doe J", "Lupus", 2021, "5-9", "article"),
        ),
        (  # abstrackr: an author a line
            "(internal) id,pubmed id,abstract,title,journal,authors,tags,year\n"
            '1,0,,Cells,Lupus,"Doe, J.\n and Roe, A.\n",,2021\n',
            ("Doe J", "Lupus", 2021, None, None),
        ),
    ],
)
def test_tables_of_other_databases(text, expected):
    """Authors, journal, year, pages and kind, whatever the columns are called."""
    (paper,) = read(text)
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
    assert len(read("Title,Year\nA,2020\n,2021\n")) == 1
    with pytest.raises(EvidenceError, match="no heading of a table of citations"):
        read("a,b\n1,2\n")
