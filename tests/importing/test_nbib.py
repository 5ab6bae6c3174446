from pathlib import Path

import pytest

from lupus_evidence.importing.nbib import read_nbib
from lupus_evidence.importing.reference import skeleton

SAMPLES = Path(__file__).parent / "samples"
TRIAL, CASES = read_nbib((SAMPLES / "citations.nbib").read_text(encoding="utf-8"))


def test_the_whole_citation_comes_over():
    """Authors, title, journal, year, volume, issue, pages and all three numbers."""
    assert TRIAL.authors == (
        "van der Berg JM",
        "O'Brien M",
        "Smith JA Jr",
        "Invented Lupus Group",
    )
    assert TRIAL.title == (
        "Invented cord cells against placebo in lupus nephritis: a randomised, "
        "double-blind trial at two hospitals"
    )
    assert TRIAL.journal == "Journal of invented rheumatology"
    assert (TRIAL.year, TRIAL.volume, TRIAL.issue) == (2018, "12", "4")
    assert TRIAL.pages == "335-42"
    assert TRIAL.doi == "10.1000/invented.2018.042"
    assert (TRIAL.pmid, TRIAL.pmcid) == ("90000001", "PMC9000001")
    assert TRIAL.language is None
    assert TRIAL.name == "van-der-berg-2018"


def test_registrations_are_those_of_trial_registers():
    """Two registers' numbers come over, a gene sequence's does not."""
    assert TRIAL.registrations == ("NCT09999991", "EudraCT 2015-001234-56")


def test_the_design_only_where_pubmed_says_randomised():
    """Other publication types are said beside the blank."""
    assert TRIAL.design == "randomised-trial"
    assert any("see that it is so" in note for note in TRIAL.left_out)
    assert CASES.design is None
    assert CASES.said_design == "PubMed: Case Reports"


def test_language_short_journal_and_missing_fields():
    """What one reference has, another has not: nothing spills over."""
    assert CASES.language == "Chinese"
    assert CASES.journal == "Zhonghua Fengshi"
    assert (CASES.volume, CASES.doi, CASES.pmcid) == (None, None, None)
    assert CASES.registrations == ()
    assert CASES.title == "[Cord blood cells in lupus: a report of two cases]"


def test_a_retraction_is_not_lost():
    """The record keeps it out of every figure, and the person who imports is told."""
    notices = skeleton(CASES)["notices"]
    assert notices == [{"kind": "retraction", "source": "marked by PubMed"}]
    assert "PubMed marks it as retracted" in CASES.left_out


@pytest.mark.parametrize(
    ("types", "design", "publication", "doubt"),
    [
        (["Letter"], None, "letter", False),
        (["Review", "Systematic Review"], None, "article", True),
        (
            ["Randomized Controlled Trial", "Clinical Trial Protocol"],
            None,
            "article",
            True,
        ),
        (["Clinical Trial, Phase II"], None, "article", False),
    ],
)
def test_publication_types(types, design, publication, doubt):
    """A protocol is no trial yet, and a review is no report of one group."""
    lines = "".join(f"PT  - {kind}\n" for kind in types)
    (found,) = read_nbib(f"PMID- 1\nTI  - A.\n{lines}")
    assert found.design == design
    assert found.publication == publication
    assert any("PubMed calls it" in note for note in found.left_out) == doubt


def test_full_names_stand_in_for_missing_short_ones():
    """Older downloads have only one of the two."""
    (found,) = read_nbib("PMID- 1\nFAU - van Laar, Jacob M\nCN  - A Group\n")
    assert found.authors == ("van Laar JM", "A Group")
    assert found.name == "van-laar"


def one(*lines):
    """Return the report that some lines of PubMed's format cite."""
    (found,) = read_nbib("\n".join(["PMID- 1", "TI  - A.", *lines]))
    return found


@pytest.mark.parametrize(
    ("lines", "publication", "said"),
    [
        (
            ["PT  - Preprint", "PT  - Journal Article"],
            None,
            "PubMed: Preprint, Journal",
        ),
        (["PT  - Book Chapter"], None, "PubMed: Book Chapter"),
        (["PT  - Congress"], None, "PubMed: Congress"),
        (["PT  - Dataset"], None, "PubMed: Dataset"),
        (["BTI - A book."], None, "PubMed: ; in a book"),
        (["JT  - medRxiv : the preprint server"], None, "PubMed: , on the preprint"),
        (["PT  - Meeting Abstract"], "conference-abstract", ""),
        (["PT  - Academic Dissertation"], "thesis", ""),
        (["PT  - Journal Article", "PT  - Review"], "article", ""),
    ],
)
def test_what_is_no_article_is_not_called_one(lines, publication, said):
    """Where the records have no word for it, the kind stays blank with PubMed's."""
    found = one(*lines)
    assert found.publication == publication
    assert found.said_kind.startswith(said)


def test_a_chapter_stands_in_its_book():
    """The book takes the journal's place."""
    assert one("BTI - A book.").journal == "A book"
    (book,) = read_nbib("PMID- 1\nBTI - A book.\nCTI - A series\n")
    assert (book.title, book.journal) == ("A book", "A series")


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["PG  - e123"], "e123"),
        (["LID - 18"], "18"),
        (["LID - e12345 [pii]", "LID - 10.1000/x [doi]"], "e12345"),
        (["SO  - J Invent. 2020 Mar 5;10(2):1234. doi: 10.1000/q."], "1234"),
        (["LID - S0049-0172(19)30001-1 [pii]"], None),
        (["LID - 10.1000/x"], None),
        (["LID - http://eric.ed.gov/?id=EJ1131633"], None),
        (["PG  - 335-42", "LID - 104567 [pii]"], "335-42"),
    ],
)
def test_the_number_of_an_article_stands_for_its_pages(lines, pages):
    """PubMed keeps it in one of three fields; a publisher's item is none."""
    assert (one(*lines).pages, one(*lines).doubts) == (pages, ())


@pytest.mark.parametrize(
    "line",
    [
        "AID - 10.1000/abc [doi]",
        "LID - 10.1000/abc[doi]",
        "AID - http://dx.doi.org/10.1000/abc",
        "SO  - J Invent. 2020;10(2):1-9. doi: 10.1000/abc.",
    ],
)
def test_the_doi_wherever_it_stands(line):
    """Marked, as an address, or in the source line."""
    assert one(line).doi == "10.1000/abc"


def test_authors_dates_and_doubts():
    """Suffixes stay, several people are divided, a date needs no separators."""
    assert one("AU  - Smith JA 3rd").authors == ("Smith JA 3rd",)
    assert one("FAU - Smith, John A Jr").authors == ("Smith JA Jr",)
    assert one("AU  - Doe J, Roe K").authors == ("Doe J", "Roe K")
    assert one("DEP - 20191101", "PST - aheadofprint").year == 2019
    (doubt,) = one("LID - 10.1000/a b [doi]").doubts
    assert (doubt.code, doubt.line) == ("I103", 3)


def test_markup_goes():
    """Entities in titles and journals become characters."""
    found = one("JT  - Haematology &amp; Cells")
    assert found.journal == "Haematology & Cells"
