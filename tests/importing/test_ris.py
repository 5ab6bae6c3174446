from pathlib import Path

import pytest
import rispy

from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.ris import read_ris
from lupus_evidence.load import load
from lupus_evidence.writers.references import render_ris

SAMPLE = Path(__file__).parent / "samples" / "citations.ris"
PAPER, TALK, CHAPTER = read_ris(SAMPLE.read_text(encoding="utf-8"))
STUDIES = load().studies


def test_the_whole_citation_comes_over():
    """Authors in order, a title over two lines, pages, DOI without its address."""
    assert PAPER.authors == (
        "Ou-Yang J",
        "Gilkeson GS",
        "van Laar JM",
        "EBMT Working Party",
    )
    assert PAPER.title == (
        'A title that goes on over a second line # with "quotes": and = signs'
    )
    assert PAPER.journal == "Journal of Invented Transplantation"
    assert (PAPER.year, PAPER.volume, PAPER.issue) == (2019, "54", "3 Suppl 1")
    assert PAPER.pages == "1031-1035"
    assert PAPER.doi == "10.1000/invented.2019.7"
    assert PAPER.publication == "article"


def test_what_is_not_an_article():
    """A congress gives an abstract; a chapter leaves the choice to a person."""
    assert TALK.publication == "conference-abstract"
    assert TALK.language == "Spanish"
    assert CHAPTER.publication is None
    assert CHAPTER.said_kind == "RIS: CHAP"


def test_an_accession_number_is_pubmed_s_only_if_the_file_says_so():
    """Embase numbers look the same."""
    assert TALK.pmid is None
    (doubt,) = TALK.doubts
    assert (doubt.code, doubt.line) == ("I106", 31)
    assert doubt.message == (
        "the accession number 612345678 is left out: is it PubMed's?"
    )
    text = "TY  - JOUR\nAN  - 15119545\n{}ER  - \n"
    for line in (
        "DB  - PubMed\n",
        "DP  - NLM\n",
        "UR  - https://pubmed.ncbi.nlm.nih.gov/15119545/\n",
        "N1  - NCT00000001; lupus-evidence record jayne-2004\n",
    ):
        (found,) = read_ris(text.format(line))
        assert found.pmid == "15119545", line
    (found,) = read_ris(text.format("UR  - https://pubmed.ncbi.nlm.nih.gov/1511954/\n"))
    assert found.pmid is None


def test_pubmed_central_s_number_stands_where_endnote_keeps_it():
    """A custom field counts only if it says PMC."""
    (found,) = read_ris("TY  - JOUR\nC2  - NIHMS1\nC2  - PMC6751808\nER  - \n")
    assert found.pmcid == "PMC6751808"


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("168", "76", "168-76"),
        ("168-176", "176", "168-176"),
        ("e12", "", "e12"),
        ("", "76", "76"),
        ("5", "5", "5"),
    ],
)
def test_pages(first, last, pages):
    """First and last page become one text, however the program split them."""
    (found,) = read_ris(f"TY  - JOUR\nSP  - {first}\nEP  - {last}\nER  - \n")
    assert found.pages == pages


def test_a_cited_registry_entry():
    """The address of an entry gives registration, journal and kind."""
    (found,) = read_ris(
        "TY  - ELEC\nTI  - A trial\n"
        "UR  - https://clinicaltrials.gov/study/NCT09999992\nER  - \n"
    )
    assert found.registrations == ("NCT09999992",)
    assert found.publication == "registry-entry"
    assert found.journal == "ClinicalTrials.gov"
    assert found.name == "nct09999992"


def test_our_own_export_comes_back():
    """Every record's citation survives the way out and in again."""
    back = list(read_ris(render_ris(STUDIES)))
    assert len(back) == len(STUDIES)
    for found, study in zip(back, STUDIES, strict=True):
        citation = study.citation
        assert found.title == one_line(study.title)
        assert found.authors == citation.authors
        assert found.year == citation.year
        assert found.volume == citation.volume
        assert found.doi == citation.doi
        assert found.pmid == citation.pmid
        assert set(study.registrations) <= set(found.registrations)


def test_a_reader_of_others_sees_the_same():
    """Rispy agrees on title, year and DOI of our export."""
    text = render_ris(STUDIES)
    for found, other in zip(read_ris(text), rispy.loads(text), strict=True):
        assert found.title == one_line(other["title"])
        assert found.doi == other.get("doi")
        assert str(found.year or "") == other.get("year", "")
