"""A therapy has one colour, whatever stands beside it."""

from lupus_evidence.vocabulary import COLOURS, colour_of, colours_of, topic


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
