"""What a reader is told of a figure that was found, or of one that is worse."""

import pytest
from audit.made import (
    REMISSION,
    answer,
    cited,
    codes,
    figure,
    found,
    people,
    percents,
    rate,
    shown,
    values,
)

from lupus_evidence.records.field_types import Reported

COMPLETE = "endpoint: complete-remission"
TREATED = f"{COMPLETE}, among: treated"


def said(world, code, percent=40, head="", **options):
    """Return what a claim of a rate in doe-2015 is told with a code, or None."""
    return values(world.verdict(cited(percent, **options), head), code)


@pytest.mark.parametrize(
    ("where", "place"), [("", None), (", where: Table 2", "Table 2")]
)
def test_the_place_in_the_paper_is_told_where_it_is_known(world, where, place):
    """Without one there is only the study; what is worked out is said to be."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60{where}")
    told = {"study": "doe-2015", "where": place, "derived": False}
    assert said(world, "figure-found") == told
    line = f"endpoint: death, among: treated, at: 12, events: 6, n: 60{where}"
    world.study("doe-2015", line)
    assert said(world, "figure-found", 90, endpoint="overall-survival") == (
        told | {"derived": True}
    )


def test_a_figure_leads_to_its_result_and_how_that_was_seen(world):
    """The second result, read in a press release; the first, as its record was."""
    world.study(
        "doe-2015",
        "endpoint: relapse, at: 12, events: 6, n: 60, among: treated",
        f"{REMISSION}, events: 24, n: 60, where: Table 2, reading: secondary",
        arms="  cells: {therapy: uc-msc, n: 60}",
    )
    (item,) = found(world.verdict(rate(40)), "figure-found").evidence
    assert (item.study, item.about, item.therapy, item.months, item.among) == (
        *("doe-2015", "complete-remission", "uc-msc", 12, "treated"),
    )
    line = world.line("doe-2015", item.place.line)
    assert (line.endswith("reading: secondary}"), item.place.column) == (True, 5)
    assert (item.counted.people.events, item.counted.people.n) == (24, 60)
    assert (item.where, item.reading) == ("Table 2", "secondary")
    verdict = world.verdict(rate(10, endpoint="relapse"))
    (item,) = found(verdict, "figure-found").evidence
    assert (item.where, item.reading) == (None, "primary-abstract")


def test_a_figure_of_all_arms_names_each_therapy_once(world):
    """Three arms, two kinds of cells."""
    arms = (
        "  one: {therapy: bm-msc, n: 20}\n  two: {therapy: uc-msc, n: 20}\n"
        "  three: {therapy: bm-msc, n: 20}"
    )
    world.study("doe-2015", f"arm: null, {REMISSION}, events: 24, n: 60", arms=arms)
    (item,) = found(world.verdict(rate(40)), "figure-found").evidence
    assert item.therapy == "bm-msc, uc-msc"


@pytest.mark.parametrize(
    ("line", "counts", "rate", "printed"),
    [
        ("events: 24, n: 60", (24, 60), (40, 29, 53), ""),
        ('events: 24, percent: "40"', (24, None), (40, None, None), ""),
        (
            'percent: "40", n: 60, kind: kaplan-meier',
            *((None, 60), (40, None, None), ""),
        ),
        (
            'percent: "40", se: "5", n: 60, kind: kaplan-meier',
            *((None, 60), (40, 29, 53), "40 ± 5 %"),
        ),
        (
            'percent: "40", ci: ["30", "52"], n: 60, kind: kaplan-meier',
            *((None, 60), (40, 30, 52), ""),
        ),
    ],
)
def test_a_figure_is_told_as_far_as_it_is_known(world, line, counts, rate, printed):
    """A standard error never stands for more people than there were."""
    world.study("doe-2015", f"{REMISSION}, {line}")
    (item,) = found(world.verdict(cited(40)), "figure-found").evidence
    assert (people(item.counted), percents(item.counted.rate)) == (counts, rate)
    assert item.counted.printed == printed


@pytest.mark.parametrize(
    ("percent", "printed", "bound", "rounded"),
    [
        ("33", "32.5", "", True),
        ("32", "32.5", "", True),
        ("32.5", "32.5", "", False),
        ("33", "33", "", False),
        ("33", "32.5", ", bound: about", False),
    ],
)
def test_what_an_article_rounds(world, percent, printed, bound, rounded):
    """Rounding is named with both figures, and only where there was some."""
    line = f'{REMISSION}, events: 13, n: 40, percent: "{printed}"'
    world.study("doe-2015", line, n=40)
    told = said(world, "rounding", percent, figure=bound)
    both = {"printed": Reported(printed), "article": Reported(percent)}
    assert told == (both if rounded else None)


@pytest.mark.parametrize(
    ("percent", "bound", "told"),
    [
        ("92.5", "about", False),
        ("94", "about", True),
        ("93", "up-to", True),
        ("90", "over", True),
        ("95", "under", True),
    ],
)
def test_a_word_in_front_of_a_figure_is_held_against_it(world, percent, bound, told):
    """The word "about" is right for the figure itself; anything else is told."""
    world.study("doe-2015", f"{REMISSION}, events: 37, n: 40", n=40)
    given = said(world, "bound-word", percent, figure=f", bound: {bound}")
    assert (given is not None) is told
    if given:
        words = given["article"]
        assert (words.bound, str(words.printed)) == (bound, percent)
        assert people(given["counts"]) == (37, 40)
        assert percents(given["counts"].rate) == (93, 80, 97)


def test_about_nobody_is_right_where_nobody_had_it(world):
    """The study reports 0 of 60: the word in front adds nothing."""
    world.study("doe-2015", f"{REMISSION}, events: 0, n: 60")
    verdict = world.verdict(rate(0, figure=", bound: about"))
    assert "figure-found" in codes(verdict)
    assert "bound-word" not in codes(verdict)


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("at: 12", None),
        ("at: 24", (24, "visit")),
        *(
            (f"at: {{months: 24, basis: {basis}}}", (24, basis))
            for basis in ("kaplan-meier", "mean-follow-up", "best-ever", "longest")
        ),
        ("at: {months: 13, basis: median-follow-up}", (13, "median-follow-up")),
        ("note: No time.", ()),
    ],
)
def test_another_time_of_the_named_study_is_told_as_what_it_is(world, at, seen):
    """A visit, a curve and a follow-up are told apart, and no time is none."""
    world.study("doe-2015", f"{TREATED}, {at}, events: 24, n: 60")
    told = said(world, "other-time")
    if seen is None:
        assert told is None
    else:
        assert (told["months"], when(told["time"])) == (12, seen)


def when(time):
    """Return months and basis of a time; of none nothing."""
    return () if time is None else (time.months, time.basis)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (f"{TREATED}, at: 12", (12, "visit")),
        (
            f"{TREATED}, at: {{months: 27, basis: mean-follow-up}}",
            (27, "mean-follow-up"),
        ),
        (f"{TREATED}, at: {{months: 12, basis: best-ever}}", (12, "best-ever")),
        (f"{TREATED}, at: {{basis: best-ever}}", (None, "best-ever")),
        (TREATED, None),
        ("endpoint: serious-infection, among: treated, at: 12", None),
    ],
)
def test_where_the_article_gives_no_time_the_studys_is_told(world, line, seen):
    """A percentage without a time may be of any time, if time matters at all."""
    world.study("doe-2015", f"{line}, events: 24, n: 60")
    endpoint = line.split(",")[0].removeprefix("endpoint: ")
    told = said(world, "time-not-said", months=None, endpoint=endpoint)
    assert (told and when(told["time"])) == seen


@pytest.mark.parametrize(
    ("line", "more", "figure", "told"),
    [
        ("events: 24, n: 24", "", ", people: 1200", ("figure", 24, 1200)),
        ("events: 24, n: 24", ", people: 1200", ", people: 24", ("treated", 60, 1200)),
        ("events: 24, n: 24", ", people: 60", ", people: 24", None),
        ("events: 24, n: 24", ", people: 24", "", None),
        ("events: 24, n: 24", "", ", events: 25", ("events", 24, 25)),
        ("events: 24, n: 24", "", ", events: 24", None),
        ("events: 1, n: 1", "", ", people: 2", ("figure", 1, 2)),
        ('percent: "100"', "", ", events: 24", None),
    ],
)
def test_another_number_of_people_is_told_with_both(world, line, more, figure, told):
    """Those counted, those treated and those with the outcome are held apart."""
    world.study("doe-2015", f"{REMISSION}, {line}")
    given = said(world, "people-differ", 100, more=more, figure=figure)
    assert (given and (given["what"], given["there"], given["article"])) == told


@pytest.mark.parametrize(
    ("events", "n", "treated", "melted"),
    [
        (10, 19, 30, True),
        (10, 20, 30, False),
        (10, 20, 40, False),
        (10, 20, 41, True),
        (15, 30, 30, False),
    ],
)
def test_when_too_few_of_those_treated_are_left(world, events, n, treated, melted):
    """Fewer than 20 while more were treated, or fewer than half of them."""
    line = f"{COMPLETE}, among: followed, at: 12, events: {events}, n: {n}"
    world.study("doe-2015", line, n=treated)
    percent = f"{100 * events / n:.0f}"
    told = said(world, "melted-denominator", percent)
    assert (told is not None) is melted
    if told:
        assert (told["n"], told["treated"]) == (n, treated)
        assert people(told["least"]) == (events, treated)
        assert told["least"].rate.estimate == pytest.approx(events / treated)
    assert said(world, "few-people", percent) is None


@pytest.mark.parametrize(
    ("events", "n", "rate"),
    [(10, 20, None), (4, 8, (50, 22, 78)), (1, 1, (100, 21, 100))],
)
def test_few_people_are_told_with_their_interval(world, events, n, rate):
    """Everybody treated is counted, and they are few."""
    world.study("doe-2015", f"{REMISSION}, events: {events}, n: {n}", n=n)
    percent = f"{100 * events / n:.0f}"
    told = said(world, "few-people", percent)
    assert (told and percents(told["counts"].rate)) == rate
    if told:
        assert (told["n"], people(told["counts"])) == (n, (events, n))
    assert said(world, "melted-denominator", percent) is None


@pytest.mark.parametrize("treated", [8, 60])
def test_an_article_that_tells_the_denominator_leaves_none_out(world, treated):
    """Neither few people nor a melted denominator is held against it."""
    world.study("doe-2015", f"{COMPLETE}, among: followed, at: 12, events: 4, n: 8",
                n=treated)  # fmt: skip
    shrunk = {"few-people", "melted-denominator"}
    assert len(shrunk & set(codes(world.verdict(rate(50))))) == 1
    told = world.verdict(rate(50), head=", tells: [denominator]")
    assert shrunk.isdisjoint(codes(told))


@pytest.mark.parametrize("whole", ["treated", "enrolled"])
@pytest.mark.parametrize("among", ["survivors", "responders", "evaluable", "followed"])
def test_a_narrower_denominator_is_held_against_everybody(world, among, whole):
    """20 of 40 is 50 %; of all 70 who should have been it is 20 of 70."""
    world.study(
        "doe-2015",
        f"{COMPLETE}, among: {among}, at: 12, events: 20, n: 40",
        f"{COMPLETE}, among: {whole}, at: 12, events: 20, n: 70",
        n=70,
    )
    told = said(world, "wrong-kind-of-denominator", 50)
    assert (told["among"], told["everybody"]) == (among, whole)
    everybody = ("doe-2015", 20, 70, "complete-remission", 12)
    assert figure(told["figure"]) == everybody
    assert percents(told["figure"].counted.rate) == (29, 19, 40)
    verdict = world.verdict(cited(50))
    assert shown(verdict, "wrong-kind-of-denominator") == [
        *(("doe-2015", 20, 40), ("doe-2015", 20, 70)),
    ]


@pytest.mark.parametrize(
    ("among", "says", "told"),
    [
        ("survivors", None, True),
        ("responders", None, True),
        ("followed", None, False),
        ("evaluable", None, False),
        ("survivors", "survivors", False),
        ("followed", "survivors", True),
    ],
)
def test_a_share_of_others_than_the_article_says_is_told(world, among, says, told):
    """Of survivors and responders always, of others where the article says whose."""
    line = f"{COMPLETE}, among: {among}, at: 12, events: 20, n: 40"
    world.study("doe-2015", line, n=70)
    claim = cited(50, figure=f", among: {says}" if says else "")
    given = values(world.verdict(claim), "wrong-kind-of-denominator")
    assert given == ({"among": among, "wanted": says} if told else None)


@pytest.mark.parametrize(
    "other",
    [
        "endpoint: any-remission, among: treated, at: 12, events: 20, n: 60",
        f"{COMPLETE}, among: evaluable, at: 12, events: 20, n: 50",
        f"{TREATED}, at: 24, events: 20, n: 60",
        f"{TREATED}, at: {{months: 12, basis: longest}}, events: 20, n: 60",
        f"{REMISSION}, events: 30, n: 60",
        f"{REMISSION}, scope: kidney, events: 20, n: 60",
    ],
)
def test_what_is_no_count_of_everybody_is_not_held_against_a_figure(world, other):
    """Another outcome, denominator, time or organ is not it, nor the same rate."""
    line = f"{COMPLETE}, among: followed, at: 12, events: 20, n: 40"
    world.study("doe-2015", line, other)
    verdict = world.verdict(cited(50, figure=", people: 40"))
    assert "figure-found" in codes(verdict)
    assert "wrong-kind-of-denominator" not in codes(verdict)


def test_a_part_of_the_group_and_a_figure_in_error_are_named(world):
    """Whom it is about; whose record fails a check, and at which figure."""
    line = f"{REMISSION}, events: 16, n: 40"
    world.study("doe-2015", f"{line}, subgroup: people with nephritis")
    assert said(world, "part-of-the-group") == {"subgroup": "people with nephritis"}
    world.study("doe-2015", f'{line}, percent: "70"', n=40)
    assert said(world, "fails-check") == {"study": "doe-2015"}


@pytest.mark.parametrize(
    ("endpoint", "missed"),
    [("complete-remission", True), ("relapse", True),
     ("treatment-related-mortality", False)],
)  # fmt: skip
def test_a_study_without_controls_is_named(world, endpoint, missed):
    """Not where the article says so, and not for what only the treatment can do."""
    line = f"endpoint: {endpoint}, among: treated, at: 12, events: 24, n: 60"
    world.study("doe-2015", line)
    told = {"study": "doe-2015"} if missed else None
    assert said(world, "no-control-group", endpoint=endpoint) == told
    head = ", tells: [no-control]"
    assert said(world, "no-control-group", endpoint=endpoint, head=head) is None
    arms = "  cells: {therapy: msc, n: 60}\n  other: {therapy: conventional, n: 60}"
    world.study("doe-2015", line, arms=arms, n=120)
    assert said(world, "no-control-group", endpoint=endpoint) is None


@pytest.mark.parametrize("own", [", reading: secondary", ""])
def test_a_figure_seen_second_hand_names_its_study(world, own):
    """The reading of the figure counts, else that of the record."""
    reading = "primary-abstract" if own else "secondary"
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60{own}", reading=reading)
    assert said(world, "second-hand") == {"study": "doe-2015"}


def test_the_kidney_alone_is_told(world):
    """A remission that was judged on one organ is another outcome."""
    world.study("doe-2015", f"{REMISSION}, scope: kidney, events: 24, n: 60")
    verdict = world.verdict(rate(40))
    told = {"study": "doe-2015", "endpoint": "complete-remission", "scope": "kidney"}
    assert values(verdict, "other-outcome") == told
    assert answer(verdict)[1]["figure"].scope == "kidney"
