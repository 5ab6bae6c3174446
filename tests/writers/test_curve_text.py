"""Survival over time in characters: what is drawn, and that it can be read."""

import re
from dataclasses import replace

import pytest
from writers.curves import car_t, hsct, invented, msc

from lupus_evidence.documents.curve import CurvePoint, StudyPoint
from lupus_evidence.documents.document import Document
from lupus_evidence.writers.curve_text import ASCII, GUTTER, UNICODE, curve_lines
from lupus_evidence.writers.terminal import Look, render_document

STYLE = re.compile("\x1b\\[[0-9;]*m")
LINE = {UNICODE.line, UNICODE.lower, UNICODE.corner, UNICODE.turn, UNICODE.down}
INK = {*LINE, UNICODE.band}


def shown(plot, width=80, *, plain=False, colour=False):
    """The lines of a picture."""
    text = "\n".join(curve_lines(plot, Look(width, colour, plain)))
    return text.split("\n")


def panel(plot, width=80):
    """The lines of the only panel, without the axis and what stands left of it."""
    lines = [line for line in shown(plot, width) if line[GUTTER - 1 :][:1] == "┤"]
    return [line[GUTTER:] for line in lines]


@pytest.mark.parametrize("width", [40, 41, 56, 80, 109, 110, 120, 200])
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_terminal(width, plain, colour):
    """Every width is kept to, with styles as without."""
    lines = shown(invented(), width, plain=plain, colour=colour)
    assert max(len(STYLE.sub("", line)) for line in lines) <= width


def test_styles_change_no_letter():
    """Without colour the same picture is there."""
    styled = [STYLE.sub("", line) for line in shown(invented(), colour=True)]
    assert styled == shown(invented())


def test_plain_is_ascii():
    """Letters stand for the marks, and no other sign is left."""
    text = "\n".join(shown(invented(), plain=True))
    assert text.isascii()
    for kind in ("counted", "estimated", "over-follow-up", "early-deaths"):
        assert f"{ASCII.pooled[kind]} " in text


def test_nothing_is_drawn_beyond_the_end():
    """A curve of one year on an axis of seven stops at the mark of one year."""
    plot = invented(hsct(), replace(msc(), studies=()))
    lines = shown(plot)
    start = next(place for place, line in enumerate(lines) if line.startswith("msc:"))
    own = lines[start + 1 :]
    ticks = next(line for line in own if line.lstrip().startswith("0 "))
    inked = [
        column
        for line in own
        for column, character in enumerate(line)
        if character in INK and line[GUTTER - 1 :][:1] == "┤"
    ]
    assert max(inked) == ticks.index("1")


def test_the_end_says_what_it_comes_to():
    """The number and its interval stand behind the end of the curve."""
    lines = panel(invented(hsct()))
    row = next(place for place, line in enumerate(lines) if "hsct 81" in line)
    column = lines[row].index("hsct 81") - 2
    assert lines[row][column + 2 :] == "hsct 81"
    assert {lines[row - 1][column], lines[row][column]} & LINE
    assert "(70 to 88)" in lines[row + 1]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_five_years_can_be_read(width):
    """Below the mark of five years stand the number and its interval."""
    lines = shown(invented(hsct()), width)
    ticks = next(i for i, line in enumerate(lines) if line.lstrip().startswith("0 "))
    column = lines[ticks].index("5")
    assert lines[ticks + 1][column - 1 : column + 1] == "85"
    assert lines[ticks + 2][column - 2 : column + 3] == "76–91"


def test_a_steep_fall_is_joined():
    """Many early deaths are one line down, not a gap."""
    steep = (
        CurvePoint(0.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        CurvePoint(1.0, 0.4, 0.3, 0.5, 0.2, 0.6),
        CurvePoint(84.0, 0.35, 0.2, 0.5, 0.1, 0.6),
    )
    lines = panel(invented(replace(hsct(), points=steep, studies=())))
    rows = [set(line) & LINE for line in lines]
    used = [place for place, own in enumerate(rows) if own]
    assert used == list(range(used[0], used[-1] + 1))
    assert UNICODE.down in set().union(*rows)


def test_an_axis_that_does_not_begin_at_zero_says_so():
    """In words above the picture; one that begins at 0 says nothing."""
    text = " ".join(" ".join(shown(invented())).split())
    assert "the upright axis begins at 50, not at 0" in text
    low = StudyPoint("low-2000", "Low 2000", 12, 0.4, "counted", 5)
    plot = invented(replace(hsct(), studies=(low,)))
    assert "begins at" not in " ".join(shown(plot))
    assert any(line.startswith("   0┤") for line in shown(plot))


def test_every_study_is_drawn_where_it_lies():
    """Marks by kind, hollow where the people are in another study."""
    lines = panel(invented(hsct()))
    text = "\n".join(lines)
    for mark in "●◆▲■◇":
        assert text.count(mark) == 1
    rows = {mark: i for i, line in enumerate(lines) for mark in line if mark in "■◆▲◇"}
    assert rows["■"] < rows["◆"] < rows["▲"] < rows["◇"]


def test_a_label_hides_no_study():
    """It moves away from a study that lies beside the end of a curve."""
    late = StudyPoint("late-2000", "Late 2000", 16, 0.95, "counted", 5)
    plot = invented(hsct(), replace(msc(), studies=(late,)))
    text = "\n".join(shown(plot))
    assert "msc 95" in text
    assert text.split("msc:")[1].count("●") == 2  # in the picture, and in the legend


def test_a_therapy_without_curve_says_why():
    """No empty panel is drawn for it."""
    lines = shown(invented())
    assert "car-t: CAR T cells; no curve: one study, of 5 people" in lines
    assert not any("┤" in line for line in shown(invented(car_t())))


def test_everybody_alive_is_a_line_at_the_top():
    """No crash, no line above 100."""
    points = tuple(CurvePoint(float(i), 1.0, 0.9, 1.0, 0.8, 1.0) for i in range(13))
    lines = panel(invented(replace(msc(), points=points, studies=())))
    assert lines[0].startswith("━━━")
    assert lines[0].endswith("msc 100")


def test_panels_stand_side_by_side_where_there_is_room():
    """Two therapies are seen at once on a wide terminal."""
    assert any("hsct:" in line and "msc:" in line for line in shown(invented(), 120))
    assert not any("hsct:" in line and "msc:" in line for line in shown(invented(), 80))


def test_a_page_may_hold_it_without_escapes_of_its_names():
    """A name that would colour the screen is shown as text."""
    plot = invented(replace(hsct(), name="red \x1b[31m"))
    text = render_document(Document("", "", (plot,)), Look(80))
    assert "\x1b" not in text
    assert "hsct 81" in text
