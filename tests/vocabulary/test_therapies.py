"""Which therapies are part of which, and that each has one colour."""

import pytest

from lupus_evidence import vocabulary as words
from lupus_evidence.vocabulary import COLOURS, colour_of, colours_of, topic


def test_wider_therapies_exist_and_never_run_in_a_circle():
    """Going from narrow to wide ends, at a name that exists."""
    for therapy in words.topic().therapies.values():
        seen = []
        name = therapy.name
        while name is not None:
            assert name not in seen
            seen.append(name)
            name = words.topic().therapies[name].wider


@pytest.mark.parametrize(
    ("wide", "narrow", "included"),
    [
        ("msc", "uc-msc", True),
        ("msc", "msc", True),
        ("uc-msc", "msc", False),
        ("msc", "auto-msc", False),
        ("hsct", "allo-hsct", False),
        ("cyclophosphamide", "high-dose-cyclophosphamide", True),
    ],
)
def test_what_a_therapy_includes(wide, narrow, included):
    """Cord cells are donor MSC; a person's own MSC stand apart."""
    assert words.therapy_includes(wide, narrow) is included


@pytest.mark.parametrize("name", words.topic().therapies)
def test_every_therapy_has_a_full_row(name):
    """It has a label, and its widest name has none above it."""
    assert words.topic().therapies[name].label
    assert words.topic().therapies[words.broadest(name)].wider is None
    assert words.therapy_includes(words.broadest(name), name)


def test_a_therapy_keeps_its_colour():
    """Donor cells look the same beside own cells, beside a control, and first."""
    _, beside = colours_of(["hsct", "msc"])
    first, _ = colours_of(["msc", "hsct"])
    narrow, _ = colours_of(["uc-msc", "conventional"])
    assert beside == first == narrow


def test_no_two_therapies_share_a_colour():
    """Six therapies side by side, two of them of one family, have six colours."""
    six = ["uc-msc", "bm-msc", "hsct", "car-t", "placebo", "rituximab"]
    assert sorted(colours_of(six)) == list(range(COLOURS))


def test_more_therapies_than_colours_still_have_one():
    """Nobody is left without a colour."""
    found = colours_of(list(topic().therapies))
    assert len(found) == len(topic().therapies)
    assert set(found) <= set(range(COLOURS))


def test_an_arm_has_the_colour_of_what_it_is_part_of():
    """Cells from a birth cord look like donor cells; a control looks like nothing."""
    pair = ["hsct", "msc"]
    assert colour_of("uc-msc", pair) == colours_of(pair)[1]
    assert colour_of("placebo", pair) is None
