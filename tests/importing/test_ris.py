from pathlib import Path

import pytest
import rispy

from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.ris import read_ris
from lupus_evidence.records.load import load
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


def one(*lines):
    """Return the report that some lines of RIS cite."""
    (found,) = read_ris("\n".join(["TY  - JOUR", *lines, "ER  - "]))
    return found


@pytest.mark.parametrize(
    ("said", "issue"),
    [
        ("3", "3"),
        ("3-4", "3-4"),
        ("3 Suppl 1", "3 Suppl 1"),
        ("Suppl. 2", "Suppl. 2"),
        ("S1", "S1"),
        ("12th Invented Congress of Cell Therapy", None),
        ("54th ASH Annual Meeting 2012", None),
        ("EULAR 2019", None),
        ("London", None),
    ],
)
def test_a_conference_is_no_issue(said, issue):
    """CP is another tag for the issue; Web of Science writes the conference there."""
    found = one(f"CP  - {said}")
    assert found.issue == issue
    codes = [(doubt.code, doubt.line) for doubt in found.doubts]
    assert codes == ([] if issue else [("I107", 2)])
    (talk,) = read_ris(f"TY  - CPAPER\nCP  - {said}\nER  -\n")
    assert (talk.issue, talk.doubts) == (issue, ())
    assert one("IS  - 7", f"CP  - {said}").issue == "7"


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["C7  - 104567"], "104567"),
        (["C7  - Unsp e123"], "e123"),
        (["C7  - Article ID 104567"], "104567"),
        (["AR  - 104567"], "104567"),
        (["M1  - Article 55"], "55"),
        (["PG  - 14316"], "14316"),
        (["SP  - e0129675-e0129675"], "e0129675"),
        (["SP  - e12", "C7  - e12"], "e12"),
        (["SP  - 2361--2368"], "2361-2368"),
        (["SP  - 168–76"], "168-76"),
        (["C7  - search, search"], None),
        (["M1  - Journal Article"], None),
        (["C7  - S0049-0172(19)30001-1"], None),
    ],
)
def test_the_number_of_an_article_stands_for_its_pages(lines, pages):
    """Journals without pages are cited by it; programs keep it in their own fields."""
    assert (one(*lines).pages, one(*lines).doubts) == (pages, ())


def test_a_number_beside_pages_and_what_is_none_are_told():
    """Nothing is lost without a word."""
    found = one("SP  - 1", "EP  - 12", "C7  - 104567")
    assert found.pages == "1-12"
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("I107", 4)]
    assert "104567" in found.doubts[0].message
    assert "'see 5 and 6'" in one("C7  - see 5 and 6").doubts[0].message


@pytest.mark.parametrize(
    "lines",
    [
        ["C3  - PUBMED 21314913", "AN  - CN-00778158"],
        ["C3  - EMBASE 123456789,PUBMED 21314913"],
        ["C5  - 21314913", "DB  - Embase", "DB  - Medline"],
        ["C5  - 21314913", "UR  - https://www.embase.com/search/results?id=L1"],
        ["C2  - 21314913", "DB  - Scopus"],
        ["PMID - 21314913"],
        ["U1  - PubMed ID 21314913"],
        ["C1  - 21314913[PMID]"],
        ["ID  - PMID21314913"],
        ["M2  - PM:21314913"],
        ["N1  - PMID: 21314913"],
        ["AN  - MEDLINE:21314913"],
        ["UR  - https://pubmed.ncbi.nlm.nih.gov/21314913/"],
        ["L2  - http://www.ncbi.nlm.nih.gov/pubmed/21314913"],
    ],
)
def test_pubmed_s_number_wherever_a_database_keeps_it(lines):
    """It is taken, and no other number is asked about."""
    found = one(*lines)
    assert (found.pmid, found.doubts) == ("21314913", ())


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["AN  - 21314913"], True),
        (["C2  - 21314913"], True),
        (["AN  - rayyan-42924189"], False),
        (["AN  - WOS:000296953200017"], False),
        (["AN  - CN-00778158"], False),
        (["N1  - Comment on PMID: 21314913"], False),
        (["C2  - 1001, 1061"], False),
        (["AV  - Ovid MEDLINE <1946 to 2024>"], False),
    ],
)
def test_other_numbers_are_not_pubmed_s(lines, asked):
    """Only one that looks the same is asked about."""
    found = one(*lines)
    assert found.pmid is None
    assert [doubt.code for doubt in found.doubts] == ["I106"] * asked


@pytest.mark.parametrize(
    "line",
    [
        "DO  - 10.1000/abc     LK  - https://example.org/link?x=1",
        "DO  - http://dx.doi.org/10.1000/abc<br />",
        "DOI - 10.1000/abc",
        "DI  - 10.1000/abc",
        "L3  - 10.1000/abc",
        "N1  - doi: 10.1000/abc",
        "UR  - https://www.embase.com/results http://dx.doi.org/10.1000/abc",
    ],
)
def test_the_doi_wherever_it_stands(line):
    """In its own field with something around it, or in another that leads to it."""
    assert (one(line).doi, one(line).doubts) == ("10.1000/abc", ())


def test_a_doi_that_cannot_be_read_is_told():
    """With its line; a field that says nothing is none."""
    found = one("DO  - 10.1000/ábc")
    assert found.doi is None
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("I103", 2)]
    assert "'10.1000/ábc'" in found.doubts[0].message
    assert one("DO  - NA").doubts == ()
    two = one("DO  - 10.1000/abc", "DO  - 10.1000/def")
    assert two.doi == "10.1000/abc"
    assert "10.1000/def" in two.doubts[0].message


@pytest.mark.parametrize("tag", ["PY", "Y1", "DA"])
def test_dates_without_separators(tag):
    """Year, month and day in one number; the next field if one holds no year."""
    assert one(f"{tag}  - 20191101").year == 2019
    assert one("PY  - in press", f"{tag}  - 20191101").year == 2019
    (doubt,) = one(f"{tag}  - in press").doubts
    assert (doubt.code, doubt.line) == ("I105", 2)


def test_several_people_in_one_field():
    """With semicolons or on lines of their own they are divided, else told."""
    assert one("AU  - Doe, Jane J.; Roe, Karl").authors == ("Doe JJ", "Roe K")
    assert one("AU  - Doe, Jane", "Roe, Karl").authors == ("Doe J", "Roe K")
    found = one("AU  - Doe, Jane, Roe, Karl, Poe, Ana", "PY  - 2020")
    assert found.authors == ("Doe, Jane, Roe, Karl, Poe, Ana",)
    assert found.name == "doe-2020"
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("I104", 2)]


def test_markup_goes_from_titles_journals_and_pages():
    """Tags and entities of the source are no part of the text."""
    found = one(
        "TI  - CD34<SUP>+</SUP> cells: <i>In vivo</i> results in people aged &lt; 50",
        "T2  - Haematology &amp; Cells",
        "SP  - 168&ndash;76",
    )
    assert found.title == "CD34+ cells: In vivo results in people aged < 50"
    assert found.journal == "Haematology & Cells"
    assert found.pages == "168-76"


@pytest.mark.parametrize(
    ("lines", "kind", "said"),
    [
        (["M3  - Meeting Abstract"], "conference-abstract", None),
        (["M3  - Letter"], "letter", None),
        (["M3  - Article"], "article", None),
        (["M3  - Preprint"], None, "RIS: JOUR, Preprint"),
        (["JF  - medRxiv"], None, "RIS: JOUR, on the preprint server medRxiv"),
    ],
)
def test_what_a_journal_s_reference_really_is(lines, kind, said):
    """Databases say more closely what they call an article."""
    assert one(*lines).publication == kind
    assert said is None or one(*lines).said_kind == said
