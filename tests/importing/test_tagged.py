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


def test_a_heading_is_skipped_and_a_stray_field_is_not():
    """A database's words in front are passed over; a lost field is an error."""
    assert len(list(read_tagged("Provider: X\n\nTY  - JOUR\nER  - \n", RIS))) == 1
    with pytest.raises(EvidenceError, match="line 1: the field TI stands outside"):
        list(read_tagged("TI  - A\nTY  - JOUR\n", RIS))
    with pytest.raises(EvidenceError, match="line 3: the field AU stands outside"):
        list(read_tagged("TY  - JOUR\nER  - \nAU  - A\n", RIS))


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
