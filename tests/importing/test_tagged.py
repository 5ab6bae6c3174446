import pytest
import rispy

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.tagged import NBIB, RIS, read_tagged


def test_values_keep_the_order_of_the_file():
    """Two tags for authors mixed: the first author stays first."""
    (item,) = read_tagged("TY  - JOUR\nA1  - One, A\nAU  - Two, B\nER  - \n", RIS)
    assert item.all("AU", "A1") == ("One, A", "Two, B")
    assert item.first("TI", "AU") == "Two, B"
    assert item.first("TI") is None


def test_lines_without_a_tag_go_on():
    """Long fields go on in the next line until an empty one or the next tag."""
    text = (
        "PMID- 1\nTI  - A title\n      that goes on\n\n      and not here\nLA  - eng\n"
    )
    (item,) = read_tagged(text, NBIB)
    assert item.pairs == (("PMID", "1"), ("TI", "A title that goes on"), ("LA", "eng"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end):
    """Unix, Windows and old Macs."""
    text = end.join(["TY  - JOUR", "TI  - A", "ER  - ", "TY  - CONF", "TI  - B", ""])
    assert [item.first("TI") for item in read_tagged(text, RIS)] == ["A", "B"]


def doubted(item):
    """Return code, line and first words of what was not read."""
    return [(doubt.code, doubt.line, doubt.message[:12]) for doubt in item.doubts]


def test_what_stands_between_references_is_skipped_with_a_word():
    """A database's words are passed over; a field that is nobody's is named."""
    assert len(list(read_tagged("Provider: X\n\nTY  - JOUR\nER  - \n", RIS))) == 1
    text = (
        "1. \nTY  - JOUR\nTI  - One\nER  - \n\nLink to it: https://example.org\n\n"
        "C1  - Database: Invented\n\nSearch Strategy:\n----\n1  lupus (5)\n\n2. \n"
        "TY  - JOUR\nTI  - Two\nER  - \n\nC1  - At the end\n"
    )
    one, two = read_tagged(text, RIS)
    assert one.pairs == (("TY", "JOUR"), ("TI", "One"))
    assert two.pairs == (("TY", "JOUR"), ("TI", "Two"))
    assert doubted(one) == []
    assert doubted(two) == [
        ("I101", 8, "the field C1"),
        ("I101", 19, "the field C1"),
    ]
    assert "'Database: Invented'" in two.doubts[0].message


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("DB  - X\nTI  - A\nTY  - JOUR\nVL  - 4\nER  - \n", [["A"]]),
        ("ID  - 1\nTY  - JOUR\nTI  - A\nER  - \n" * 2, [["A"], ["A"]]),
        ("ID  - 1\nTI  - A\nER  - \nTI  - B\nER  - \n", [["A"], ["B"]]),
        ("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\n", [["A"], ["B"]]),
        ("TY  - JOUR\n\nTI  - A\n\nAU  - B\n\nER  - \n", [["A"]]),
        ("TI  - A\n\nTY  - JOUR\nTI  - B\nER  - \n", [["A"], ["B"]]),
        ("TY  - JOUR\nAB  - It\nER - fell\nTI  - A\nER  - \n", [["A"]]),
        (
            "TY  - JOUR\nTI  - A\nER  - 1\nTY  - JOUR\nTI  - B\nER  - 2\n",
            [["A"], ["B"]],
        ),
        ("TY  - JOUR\nTI  - A\nAB  - Of\nTY - pe 2 lupus was rare\nER  - \n", [["A"]]),
    ],
)
def test_references_of_ris_are_told_apart(text, titles):
    """TY may come late or be missing, ER too; neither is seen in an abstract's line."""
    assert [list(item.all("TI")) for item in read_tagged(text, RIS)] == titles


PMC = "PMC - PMC6000001\nPMID- 30000001\nTI  - A\nAU  - Doe J\n"
PMC_2 = "PMC - PMC6000002\nPMID- 30000002\nTI  - B\nAU  - Roe A\n"


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_a_number_in_front_of_pubmed_s_is_not_given_to_the_reference_above(between):
    """PubMed Central's files start each reference with their own number."""
    one, two = read_tagged(f"\n{PMC}{between}{PMC_2}", NBIB)
    assert (one.all("PMC"), one.first("TI")) == (("PMC6000001",), "A")
    assert (two.all("PMC"), two.first("TI")) == (("PMC6000002",), "B")


def test_references_without_a_pubmed_number():
    """Other databases write the same format; an empty line and a title begin one."""
    text = "OWN - ERIC\nTI  - A\nAU  - Doe, J\n\nOWN - ERIC\nTI  - B\nAU  - Roe, A\n"
    assert [item.first("TI") for item in read_tagged(text, NBIB)] == ["A", "B"]
    (only,) = read_tagged("OWN - NLM\nPMID- 30000003\nTI  - A third.\n", NBIB)
    assert only.pairs[0] == ("OWN", "NLM")


@pytest.mark.parametrize("field", ["SP  - 12", "DO  - 10.1000/a", "JF  - J"])
@pytest.mark.parametrize("line", ["PMID - 1", "PMID  - 1", "PMID- 1", "PMID: 1"])
def test_a_longer_tag_is_not_glued_to_the_field_above(field, line):
    """A number of PubMed has four letters in front of it in RIS, too."""
    (item,) = read_tagged(f"TY  - JOUR\n{field}\n{line}\nER  - \n", RIS)
    assert item.all("PMID") == ("1",)
    assert item.all(field[:2])[-1] == field[6:]
    assert item.doubts == ()


def test_a_tag_that_is_not_known_is_named():
    """It may be the title's second line; in an abstract nobody needs it."""
    (item,) = read_tagged(
        "TY  - JOUR\nTI  - Cells in\nSLE - a review\nAB  - Cells.\nRESULTS - none\n",
        RIS,
    )
    assert item.first("TI") == "Cells in"
    assert item.first("AB") == "Cells. RESULTS - none"
    assert doubted(item) == [("I102", 3, "the tag SLE ")]


def test_several_fields_on_one_line():
    """Some programs write the next field behind blanks."""
    (item,) = read_tagged(
        "TY  - JOUR\nUR  - https://a.org/1     U2  - L1\n"
        "DO  - 10.1000/a     LK  - https://b.org\nER  - \n",
        RIS,
    )
    assert item.pairs[1:] == (
        ("UR", "https://a.org/1"),
        ("U2", "L1"),
        ("DO", "10.1000/a"),
        ("LK", "https://b.org"),
    )


def test_a_text_longer_than_any_title_is_named():
    """It is left out with a word; an abstract is left out anyway."""
    (item,) = read_tagged(f"TY  - JOUR\nTI  - {'a' * 4001}\nAB  - {'a' * 4001}\n", RIS)
    assert item.pairs == (("TY", "JOUR"),)
    assert doubted(item) == [("I107", 2, "the field TI")]


def test_too_many_fields_are_refused():
    """A file made to exhaust memory ends early."""
    with pytest.raises(EvidenceError, match="more than 50,000 fields"):
        list(read_tagged("TY  - JOUR\n" + "AU  - A\n" * 60_000, RIS))


def test_agrees_with_a_parser_of_others():
    """Rispy finds the same titles, authors and years in the same file."""
    text = (
        "TY  - JOUR\nAU  - Spitz, François\nAU  - Furlong, Eileen E. M.\nPY  - 2012\n"
        "TI  - Transcription factors: from binding to control\nVL  - 13\nER  - \n\n"
        "TY  - CONF\nAU  - Doe, J.\nPY  - 2020\nTI  - Second\nER  - \n"
    )
    ours = list(read_tagged(text, RIS))
    for item, other in zip(ours, rispy.loads(text), strict=True):
        assert item.first("TI") == other["title"]
        assert list(item.all("AU")) == other["authors"]
        assert item.first("PY") == other["year"]
