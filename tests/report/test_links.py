"""Addresses and studies within a text."""

from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.report.links import linked

STUDIES = {"wang-2013": "Wang 2013", "nct02633163": "NCT02633163"}


def links(text):
    """What a text links to."""
    return [(piece.text, piece.href) for piece in linked(text, STUDIES) if piece.href]


def test_studies_lead_to_their_cards():
    """A known study is a link, another word with a hyphen is not."""
    assert links("see wang-2013 and gu-2014, follow-up nct02633163") == [
        ("Wang 2013", "#study-wang-2013"),
        ("NCT02633163", "#study-nct02633163"),
    ]


def test_the_name_of_a_file_stays():
    """A study is named as people cite it, its file as it lies on the disk."""
    assert links("wang-2013.yaml:12") == [("wang-2013", "#study-wang-2013")]


def test_addresses_are_links_without_the_full_stop_behind_them():
    """Punctuation after an address is not part of it."""
    assert links("at https://doi.org/10.1000/x-1.") == [
        ("doi.org/10.1000/x-1", "https://doi.org/10.1000/x-1")
    ]


def test_only_web_addresses_are_links():
    """Other schemes stay text."""
    assert links("javascript:alert(1) data:text/html,x file:///etc/passwd") == []


@given(st.text())
def test_no_letter_is_lost(text):
    """Put together, the pieces are the text, but for the scheme of an address."""
    whole = "".join(
        f"https://{piece.text}" if piece.href.startswith("https") else piece.text
        for piece in linked(text, {name: name for name in STUDIES})
    )
    assert whole == text
