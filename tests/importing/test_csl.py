import json
from pathlib import Path

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.csl import read_csl
from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.records.load import load
from lupus_evidence.writers.references import render_csl_json

SAMPLE = Path(__file__).parent / "samples" / "citations.csl.json"
PAPER, ENTRY, REPORT = read_csl(json.loads(SAMPLE.read_text(encoding="utf-8")))


def test_the_whole_citation_comes_over():
    """Particles, numbers as text or not, dates in parts, PubMed's numbers in a note."""
    assert PAPER.authors == ("van Laar JM", "Wang XD", "Invented Study Group")
    assert PAPER.title == "Invented stem cells in lupus"
    assert PAPER.journal == "Invented Annals of Rheumatology"
    assert (PAPER.year, PAPER.volume, PAPER.issue) == (2004, "13", "3")
    assert PAPER.pages == "168-176"
    assert PAPER.doi == "10.1000/INVENTED.2004"
    assert (PAPER.pmid, PAPER.pmcid) == ("90000003", "PMC9000003")
    assert PAPER.language is None
    assert PAPER.name == "van-laar-2004"


def test_a_cited_registry_entry():
    """A web page of the registry is an entry, with its number and year."""
    assert ENTRY.publication == "registry-entry"
    assert ENTRY.registrations == ("NCT09999992",)
    assert ENTRY.year == 2022
    assert ENTRY.authors == ()


def test_what_crossref_writes_is_taken_as_well():
    """Titles in a list, a date that is there but empty, a type we have no word for."""
    assert REPORT.title == "A report"
    assert REPORT.year is None
    assert REPORT.publication is None


def test_one_reference_need_not_stand_in_a_list():
    """DOI registries answer with one reference alone."""
    (found,) = read_csl({"type": "thesis", "title": "T"})
    assert found.publication == "thesis"


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"type": ["x"]}, "reference 2: type: should be text"),
        ({"author": "Doe"}, "reference 2: author: should be a list"),
        ({"author": [{"family": {}}]}, "reference 2: author.0.family: "),
        ({"title": {"a": 1}}, "reference 2: title: "),
        (7, "reference 2: all of it: "),
        ({"issued": 2004}, "reference 2: issued: "),
        ({"author": [{}] * 5001}, "a list of 5000 or fewer"),
    ],
)
def test_wrong_shapes_are_named_by_place(item, message):
    """A person sees which reference and which field is wrong."""
    with pytest.raises(EvidenceError) as caught:
        list(read_csl([{"type": "article-journal"}, item]))
    assert message in str(caught.value)


def test_our_own_export_comes_back():
    """Every record's citation survives the way out and in again."""
    studies = load().studies
    back = list(read_csl(json.loads(render_csl_json(studies))))
    for found, study in zip(back, studies, strict=True):
        citation = study.citation
        assert found.title == one_line(study.title)
        assert found.authors == citation.authors
        assert found.year == citation.year
        assert (found.volume, found.issue) == (citation.volume, citation.issue)
        assert found.pages == citation.pages
        assert (found.doi, found.pmid, found.pmcid) == (
            citation.doi,
            citation.pmid,
            citation.pmcid,
        )
        assert set(study.registrations) <= set(found.registrations)


def one(**fields):
    """Return the report that some fields of CSL cite."""
    (found,) = read_csl([{"type": "article-journal", "title": "T", **fields}])
    return found


@pytest.mark.parametrize(
    ("name", "author"),
    [
        (
            {"name": "Invented Working Party", "sequence": "first"},
            "Invented Working Party",
        ),
        (
            {"literal": "EBMT Working Party of the EBMT"},
            "EBMT Working Party of the EBMT",
        ),
        ({"given": "Invented Group"}, "Invented Group"),
        ({"name": "Haematology &amp; Cells Group"}, "Haematology & Cells Group"),
        ({"family": "Smith", "given": "John A.", "suffix": "Jr."}, "Smith JA Jr"),
        ({"family": "Smith", "given": "John A., Jr."}, "Smith JA Jr"),
        ({"family": "Smith, Jr.", "given": "John A."}, "Smith JA Jr"),
        ({"family": "Smith Jr.", "given": "John A."}, "Smith JA Jr"),
        ({"family": "Smith", "given": "John", "suffix": "III"}, "Smith J III"),
        ({"family": "Smith", "given": "John", "suffix": "MD, PhD"}, "Smith J"),
        ({"family": "Smith", "given": "Jane, M.Ed."}, "Smith J"),
        ({"family": "Brown", "given": "C D"}, "Brown CD"),
        ({"family": "Brown C D"}, "Brown CD"),
        ({"family": "孙", "given": "凌云"}, "孙 凌云"),
    ],
)
def test_people_and_groups(name, author):
    """DOI registries keep groups in "name"; suffixes and degrees stand anywhere."""
    assert (one(author=[name]).authors, one(author=[name]).doubts) == ((author,), ())


def test_an_author_without_a_name_is_told():
    """The list is then not complete."""
    (doubt,) = one(author=[{"family": "Doe", "given": "J"}, {}]).doubts
    assert doubt.code == "I104"
    assert doubt.message.startswith("author 2: ")


@pytest.mark.parametrize(
    ("kind", "publication"),
    [
        ("journal-article", "article"),
        ("JournalArticle", "article"),
        ("proceedings-article", "conference-abstract"),
        ("dissertation", "thesis"),
        ("posted-content", None),
        ("book-chapter", None),
        ("article", None),
    ],
)
def test_kinds_of_doi_registries(kind, publication):
    """Crossref's and DataCite's words beside those of CSL."""
    found = one(type=kind)
    assert found.publication == publication
    assert found.said_kind == f"CSL: {kind}"


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ({"number": "e123"}, "e123"),
        ({"number": 77}, "77"),
        ({"article-number": "104567"}, "104567"),
        ({"note": "Article Number: 55\nPMID: 7"}, "55"),
        ({"page": "168–76"}, "168-76"),
        ({"type": "report", "number": "TR-5"}, None),
    ],
)
def test_the_number_of_an_article_stands_for_its_pages(fields, pages):
    """A report's number is another thing."""
    assert one(**fields).pages == pages


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[20191101]]},
        {"raw": "20191101"},
        {"literal": "Nov 2019"},
        {"date-time": "2019-11-01T00:00:00Z"},
        "2019-11",
    ],
)
def test_dates_in_every_form(issued):
    """In parts or in words, with separators or without."""
    assert one(issued=issued).year == 2019
    online = {"date-parts": [[2019, 11]]}
    later = {"issued": {"date-parts": [[None]]}, "published-online": online}
    assert one(**later).year == 2019


def test_markup_goes():
    """Tags and entities of the publisher are no part of the text."""
    found = one(
        title="Lupus in <i>BALB</i>/c &amp; CD34<sup>+</sup> cells",
        **{"container-title": "Haematology &amp; Cells"},
    )
    assert found.title == "Lupus in BALB/c & CD34+ cells"
    assert found.journal == "Haematology & Cells"
