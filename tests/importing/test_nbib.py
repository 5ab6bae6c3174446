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
