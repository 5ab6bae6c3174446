"""Which reports look like one another, and which only share words."""

import pytest

from lupus_evidence.importing.known_reports import KnownReport
from lupus_evidence.importing.likeness import Described, Lookout, described, looks_like
from lupus_evidence.importing.record_yaml import Blank

TITLE = "Mesenchymal stem cells in refractory lupus nephritis"


def said(title=TITLE, year=2020, author="Doe J", **own):
    """A report by what is said of it."""
    return Described("doe-2020", title, year, author, tuple(own.items()))


@pytest.mark.parametrize(
    ("other", "letters", "differs"),
    [
        (said(), 100, ()),
        (said(doi="10.1000/b"), 100, ("doi",)),
        (said(year=2030), 100, ("year",)),
        (said(author="Poe P"), 100, ("author",)),
        (said(author=""), 100, ()),
        # 46 letters and one slip: 2 x 45 / 92
        (said(TITLE.replace("stem", "stam")), 97, ("title",)),
        (said(TITLE.replace("stem", "stam"), author="Poe P"), 97, ("author", "title")),
        (said(TITLE.replace("stem", "stam"), year=2025), None, ()),
        # 49 letters, of "stromal" s, t and m in common: 2 x 45 / 95
        (said(TITLE.replace("stem cells", "stromal cells")), 94, ("title",)),
        (said(TITLE.replace("stem", "stromal"), author="Poe P"), None, ()),
        # 18 letters more: 2 x 46 / 110
        (said(f"{TITLE}: a trial of three years"), 83, ("title",)),
        (said(f"{TITLE}: a trial of three years", doi="10.1000/b"), None, ()),
        (said("Haematopoietic cells in refractory lupus nephritis"), None, ()),
        (said(author="Poe P", year=2030), None, ()),
    ],
)
def test_how_much_two_reports_look_alike(other, letters, differs):
    """The letters in common of a hundred, and what tells them apart."""
    found = looks_like(said(doi="10.1000/a"), other)
    assert (found and (found.letters, found.differs)) == (
        None if letters is None else (letters, differs)
    )


def test_the_nearest_is_found_among_others():
    """By the first letters, the last ones or the author, also without a year."""
    lookout = Lookout()
    titles = [f"{TITLE} of {word}" for word in ("Rome", "Paris and Lyon", "Oslo")]
    for title in titles:
        one = said(title)
        lookout.enter(KnownReport(one, (one.identity,)))
    for title, year in ((f"{TITLE} of Oslo!", 2020), (f"{TITLE} in Oslo", 2021)):
        near = lookout.nearest(said(title, year))
        assert near.report.described.title == titles[2]
    assert lookout.nearest(said(f"{TITLE} of Oslo", None)).likeness.letters == 100
    assert lookout.nearest(said(f"The {TITLE} of Oslo", author="")) is not None
    assert lookout.nearest(said("", None)) is None


def test_blanks_and_wrong_kinds_say_nothing():
    """What a record leaves open tells no report apart."""
    blank = described(
        {
            "id": "...",
            "title": Blank(),
            "citation": {"authors": ["..."], "year": "...", "doi": 3.5, "pmid": 7},
            "registrations": "NCT00000001",
        },
        "doe-2020",
    )
    assert blank == Described("doe-2020", own=(("pmid", "7"),))
    assert described({"citation": ["x"]}) == Described()
    assert not described({}).is_told
