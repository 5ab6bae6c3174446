"""Pictures of a hundred people, with a frame around the best figure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.report.contents import Hundred
from lupus_evidence.report.pictures import TALL, WIDE, icon_array

SHARES = st.floats(0, 1)


def drawn(figure):
    """How many people of each style a picture has."""
    styles = [person.style for person in icon_array(figure).people]
    return {name: styles.count(name) for name in ("sure", "likely", "maybe", "none")}


def framed(outline):
    """The places of ten rows of ten that an outline runs around."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", outline)]
    assert outline.endswith("H0z")
    if "v" not in outline:
        _, _, right, bottom = numbers[:4]
        return right / WIDE * bottom / TALL
    _, _, right, bottom, rest, step = numbers[:6]
    assert step == TALL
    return right / WIDE * bottom / TALL + rest / WIDE


def test_people_stand_in_ten_rows_of_ten():
    """A hundred people, ten across and ten down, nobody on top of another."""
    people = icon_array(Hundred(0.5, 0.2, 0.7, single=True)).people
    assert len({(person.x, person.y) for person in people}) == 100
    assert len({person.x for person in people}) == 10
    assert len({person.y for person in people}) == 10


def test_styles_say_low_end_best_figure_and_high_end():
    """20 sure, up to 50 likely, up to 70 perhaps, 30 not."""
    found = drawn(Hundred(0.5, 0.2, 0.7, single=True))
    assert found == {"sure": 20, "likely": 30, "maybe": 20, "none": 30}


@pytest.mark.parametrize("people", [1, 9, 10, 11, 50, 87, 99])
def test_the_best_figure_is_framed(people):
    """The frame holds as many people as the best figure says."""
    outline = icon_array(Hundred(people / 100, 0.0, 1.0, single=True)).outline
    assert framed(outline) == people


@pytest.mark.parametrize("best", [0.0, 1.0, None])
def test_no_frame_around_nobody_or_everybody(best):
    """Where the range is all that can be said, there is no best figure to frame."""
    assert not icon_array(Hundred(best, 0.1, 0.9, single=False)).outline


@given(best=SHARES, ends=st.tuples(SHARES, SHARES).map(sorted))
def test_any_figure_draws_a_hundred(best, ends):
    """Whatever the figure, also outside its own range, a hundred people stand there."""
    found = drawn(Hundred(best, *ends, single=False))
    assert sum(found.values()) == 100
    assert found["sure"] + found["likely"] == pytest.approx(best * 100, abs=0.5)
