"""The whole way from an article to its claims file, for `fuzz_reading.py` to try.

python benchmarks/fuzz_reading.py --read whole_reading:read
"""

from __future__ import annotations

from functools import cache

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.claims_read import claims_file
from lupus_evidence.reading.reader import read_claims
from lupus_evidence.records.files import Diagnostic
from lupus_evidence.records.load import load


@cache
def index() -> StudyIndex:
    """Return the bundled records by what pages call them."""
    return StudyIndex.of(load())


def read(data: bytes, name: str, suffix: str) -> object:
    """Return an article's claims file, or what keeps it from being read.

    Every claim's place has to lead back to the page's text.

    Parameters
    ----------
    data : bytes
        What the file holds.
    name, suffix : str
        Its name, and how that ends.
    """
    page = page_of(data, name, suffix)
    if isinstance(page, Diagnostic):
        return page
    found = read_claims(page, index())
    lines = page.text.count("\n") + page.text.count("\r") + 1
    for item in (*found.claims, *found.not_understood):
        spot = item.spot
        if not (1 <= spot.line <= lines and 1 <= spot.first <= spot.last):
            raise AssertionError(spot)
    return claims_file(found, name)
