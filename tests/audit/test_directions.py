"""What fell or rose: which measurement counts, and everything that is said of it."""

import pytest
from audit.made import answer, codes, falls, sharing, two_arms, values

from lupus_evidence.audit.directions import direction_of
from lupus_evidence.records.study import Measurement

TWO_ARMS = two_arms(30)
SCORE = ("disease activity score", ("SLEDAI",))


def measured(*lines):
    """Return the measurements part of a record; each line is one of SLEDAI."""
    rows = "".join(
        f"  - {{{'' if 'measure: ' in line else 'measure: sledai, '}{line}}}\n"
        for line in lines
    )
    return f"measurements:\n{rows}"


def fell(before, after, at="at: 12, "):
    """Return a measurement with both of its figures."""
    return f'arm: cells, {at}baseline: {{mean: "{before}"}}, value: {{mean: "{after}"}}'


def went(verdict):
    """Return the one sentence of a verdict: what, which way, how many, other ways."""
    code, told = answer(verdict)
    assert code == "direction"
    return kinds(told), told["direction"], told["agreeing"], told["contrary"]


def kinds(told):
    """Return name and forms of each kind of measurement that is told."""
    return [(item.name, item.forms) for item in told["measures"]]


def course(item):
    """Return study, both values or their difference, and months as they are told."""
    figures = (item.before, item.after, item.change)
    printed = tuple(str(each) for each in figures if each is not None)
    return item.study, printed, item.time and item.time.months


def test_a_claim_of_a_fall_is_answered_sentence_by_sentence(world):
    """Three fell, one rose and one stayed; all of it is told, with the examples."""
    world.study("a-2011", more=measured(fell(10, 6)))
    world.study("b-2012", more=measured("arm: cells, direction: falls"))
    world.study("c-2013", more=measured(fell(9, 4, "at: 6, ")), n=80)
    world.study("d-2014", more=measured("arm: cells, direction: rises"))
    world.study("e-2015", more=measured(fell(5, 5)))
    verdict = world.verdict(falls())
    assert verdict.word == "supported, context missing"
    agreeing = ("a-2011", "b-2012", "c-2013")
    assert went(verdict) == ([SCORE], "falls", agreeing, ("rises", "unchanged"))
    assert codes(verdict) == [
        "direction-reported",
        "direction-contrary",
        "no-control-group",
        "study-not-named",
    ]
    reported, contrary, uncontrolled, unnamed = verdict.findings
    assert reported.values["studies"] == agreeing
    assert [course(item) for item in reported.values["examples"]] == [
        ("c-2013", ("9", "4"), 6),
        ("a-2011", ("10", "6"), 12),
    ]
    ways = [(item.study, item.direction) for item in contrary.values["changes"]]
    assert ways == [("d-2014", "rises"), ("e-2015", "unchanged")]
    assert uncontrolled.values == {"studies": 3}
    assert unnamed.values == {"therapy": "msc"}


def test_one_study_that_agrees_is_told_alone(world):
    """A study that is named needs no other; without its name all are looked at."""
    world.study("doe-2015", more=measured(fell(10, 6, "")))
    verdict = world.verdict(falls(more=", cites: doe-2015"))
    assert went(verdict) == ([SCORE], "falls", ("doe-2015",), ())
    assert codes(verdict) == ["direction-reported", "no-control-group"]
    told = values(verdict, "direction-reported")
    assert told["studies"] == ("doe-2015",)
    assert [course(item) for item in told["examples"]] == [
        ("doe-2015", ("10", "6"), None)
    ]
    assert values(verdict, "no-control-group") == {"studies": 1}
    world.study("roe-2016", more=measured(fell(10, 6)))
    both = ("doe-2015", "roe-2016")
    assert went(world.verdict(falls())) == ([SCORE], "falls", both, ())


@pytest.mark.parametrize(
    ("line", "printed", "months"),
    [
        (
            'at: 12, baseline: {mean: "10"}, value: {median: "6"}, unit: points',
            *(("10", "6"), 12),
        ),
        ('at: 6, change: {mean: "-4"}, unit: points', ("-4",), 6),
    ],
)
def test_a_change_is_quoted_as_printed(world, line, printed, months):
    """Both values or their difference, with unit and time."""
    world.study("doe-2015", more=measured(f"arm: cells, {line}"))
    told = values(world.verdict(falls()), "direction-reported")
    assert told["studies"] == ("doe-2015",)
    (example,) = told["examples"]
    assert course(example) == ("doe-2015", printed, months)
    assert example.unit == "points"


@pytest.mark.parametrize(("after", "way"), [("10", "unchanged"), ("10.5", "rises")])
def test_one_study_that_does_not_agree_contradicts(world, after, way):
    """What stayed or rose has not fallen."""
    world.study("doe-2015", more=measured(fell(10, after)))
    verdict = world.verdict(falls())
    assert verdict.word == "contradicted"
    assert went(verdict) == ([SCORE], "falls", (), (way,))
    (change,) = values(verdict, "direction-contrary")["changes"]
    assert (change.study, change.direction) == ("doe-2015", way)


def test_as_many_contrary_studies_contradict(world):
    """One fell, one stayed: that is no fall; a rise is told as a rise."""
    world.study("a-2011", more=measured("arm: cells, direction: falls"))
    world.study("b-2012", more=measured("arm: cells, direction: rises"))
    assert world.verdict(falls()).word == "contradicted"
    rises = world.verdict(falls(direction="rises"))
    assert went(rises) == ([SCORE], "rises", ("b-2012",), ("falls",))


def test_several_changes_are_told_one_after_the_other(world):
    """Each thing that is said to change has its sentence, and the worst decides."""
    world.study(
        "doe-2015",
        more=measured(
            "arm: cells, direction: falls",
            "arm: cells, measure: gfr, direction: rises",
        ),
    )
    rise = "{measures: [gfr], direction: rises}"
    claim = falls().replace("falls}]", f"falls}}, {rise}]")
    verdict = world.verdict(claim)
    assert [
        (item.values["direction"], item.values["agreeing"])
        for item in verdict.sentences
    ] == [("falls", ("doe-2015",)), ("rises", ("doe-2015",))]
    assert kinds(verdict.sentences[0].values) == [SCORE]
    assert world.verdict(claim.replace("rises", "falls")).word == "contradicted"


def test_what_nobody_follows_is_named(world):
    """The sentence says which measurements no study has."""
    world.study("doe-2015", more=measured(fell(10, 6)))
    verdict = world.verdict(falls("c3", "c4"))
    assert verdict.word == "not found"
    code, told = answer(verdict)
    assert (code, told["study"], told["therapy"]) == ("not-followed", None, "msc")
    assert kinds(told) == [("complement C3", ()), ("complement C4", ())]


def test_measurements_of_one_kind_are_named_once(world):
    """Two scores share a name; what no study follows is not named."""
    world.study(
        "doe-2015",
        more=measured(
            "arm: cells, measure: bilag, direction: falls",
            "arm: cells, measure: proteinuria, direction: falls",
        ),
    )
    protein, score = ("protein in urine", ()), SCORE[0]
    assert went(world.verdict(falls("proteinuria")))[0] == [protein]
    claim = falls("sledai", "bilag", "proteinuria")
    assert went(world.verdict(claim))[0] == [(score, ("BILAG",)), protein]
    world.study("roe-2016", more=measured("arm: cells, direction: falls"))
    measures, _, agreeing, _ = went(world.verdict(claim))
    assert measures == [(score, ("SLEDAI", "BILAG")), protein]
    assert agreeing == ("doe-2015", "roe-2016")


def test_three_examples_are_quoted_from_the_largest_studies(world):
    """Of five studies with figures the three with most lupus patients are quoted."""
    for name, lupus in (("a-1", 1), ("b-2", 30), ("c-3", 50), ("d-4", 40), ("e-5", 2)):
        world.study(name, more=measured(fell(10, 6)), n=lupus)
    told = values(world.verdict(falls()), "direction-reported")
    assert told["studies"] == ("a-1", "b-2", "c-3", "d-4", "e-5")
    assert [course(item) for item in told["examples"]] == [
        (name, ("10", "6"), 12) for name in ("c-3", "d-4", "b-2")
    ]


def test_a_study_that_does_not_say_how_many_have_lupus_is_quoted_last(world):
    """Nobody knows that it is larger than a study of one person."""
    world.study("a-2011", more=measured(fell(10, 6)))
    path = world.records / "a-2011.yaml"
    text = path.read_text(encoding="utf-8").replace(", lupus: 60", "")
    path.write_text(text, encoding="utf-8")
    world.study("b-2012", more=measured(fell(9, 4)), n=1)
    told = values(world.verdict(falls()), "direction-reported")
    assert [item.study for item in told["examples"]] == ["b-2012", "a-2011"]


def test_a_fall_seen_in_words_only_is_said_to_be_so(world):
    """One value of two is no figure of a change, whichever of them it is."""
    for part in ("baseline", "value"):
        line = f'arm: cells, direction: falls, {part}: {{mean: "6"}}'
        world.study("doe-2015", more=measured(line))
        verdict = world.verdict(falls())
        assert codes(verdict)[:2] == ["direction-reported", "in-words-only"]
        told = values(verdict, "direction-reported")
        assert told == {"studies": ("doe-2015",), "examples": ()}


@pytest.mark.parametrize(
    ("lines", "direction"),
    [
        ((fell(10, 6, "at: 12, "), fell(10, 11, "at: 13, ")), "rises"),
        ((fell(10, 11, "at: 13, "), fell(10, 6, "at: 12, ")), "rises"),
        ((fell(10, 6, "at: 12, "), fell(10, 11, "at: 12, ")), "falls"),
        ((fell(10, 11, "at: 12, "), fell(10, 6, "at: 12, ")), "rises"),
        (("arm: cells, at: 12, direction: rises", fell(10, 6, "at: 12, ")), "falls"),
        ((fell(10, 6, "at: 12, "), "arm: cells, at: 12, direction: rises"), "falls"),
        ((fell(10, 11, ""), fell(10, 6, "at: 0.5, ")), "falls"),
        ((fell(10, 6, "at: 0.5, "), fell(10, 11, "")), "falls"),
        (
            (
                fell(10, 6, "at: 0.5, "),
                fell(10, 11, "at: {basis: longest, high: 60}, "),
            ),
            "falls",
        ),
    ],
)
def test_which_measurement_of_a_study_counts(world, lines, direction):
    """The latest; then figures before words, then the record's first; undated last."""
    world.study("doe-2015", more=measured(*lines))
    assert (world.verdict(falls()).word == "contradicted") is (direction == "rises")


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        ({"change": {"mean": "-0.5"}}, "falls"),
        ({"change": {"median": "0"}}, "unchanged"),
        ({"change": {"mean": "0.5"}}, "rises"),
        ({"baseline": {"mean": "4"}, "value": {"median": "3.5"}}, "falls"),
        ({"baseline": {"mean": "4"}, "value": {"mean": "4"}}, "unchanged"),
        ({"baseline": {"mean": "4"}, "value": {"mean": "4.5"}}, "rises"),
        ({"baseline": {"mean": "4"}}, None),
        ({"value": {"mean": "4"}}, None),
        ({"direction": "rises", "change": {"mean": "-1"}}, "rises"),
    ],
)
def test_a_direction_is_read_off_the_figures(change, direction):
    """The record's own word first, then the change, then both values."""
    item = Measurement.model_validate({"measure": "sledai"} | change)
    assert direction_of(item) == direction


def test_a_measurement_of_everybody_is_not_one_of_those_treated(world):
    """Where some got placebo, a figure for all arms together shows no effect."""
    line = "at: 6, direction: falls"
    world.study("trial-2017", arms=TWO_ARMS, more=measured(line))
    assert world.verdict(falls()).word == "not found"
    both = TWO_ARMS.replace("placebo, n", "bm-msc, n")
    world.study("trial-2017", arms=both, more=measured(line))
    assert world.verdict(falls()).word == "supported, context missing"


@pytest.mark.parametrize(
    ("line", "therapy", "months", "where", "reading"),
    [
        ("arm: placebo, direction: falls", "bm-msc", None, None, "primary-abstract"),
        (
            "at: 12, where: Table 3, reading: secondary, direction: falls",
            *("uc-msc, bm-msc", 12, "Table 3", "secondary"),
        ),
    ],
)
def test_a_measurement_leads_to_its_line_and_its_arm(
    world, line, *, therapy, months, where, reading
):
    """With an arm its therapy, without one those of all arms, at its own line."""
    both = TWO_ARMS.replace("placebo, n", "bm-msc, n")
    world.study("doe-2015", arms=both, more=measured("measure: c3", line))
    (item,) = world.verdict(falls()).findings[0].evidence
    assert world.line("doe-2015", item.place.line).endswith(f"sledai, {line}}}")
    assert (item.study, item.about, item.place.column) == ("doe-2015", "sledai", 5)
    assert (item.therapy, item.months) == (therapy, months)
    assert (item.where, item.reading) == (where, reading)


def test_measurements_of_other_diseases_and_without_direction_are_passed_over(world):
    """The one usable measurement behind two others still counts."""
    lines = (
        'arm: cells, at: 6, value: {mean: "4"}',
        "arm: cells, at: 6, direction: rises, lupus_specific: false",
        "arm: cells, at: 3, direction: falls",
    )
    world.study("doe-2015", more=measured(*lines))
    assert went(world.verdict(falls())) == ([SCORE], "falls", ("doe-2015",), ())


@pytest.mark.parametrize(
    ("control", "printed"),
    [
        ("at: 6, direction: falls", ()),
        ('at: 6, change: {mean: "-5"}', ("-5",)),
        ("at: 12, direction: falls", None),
        ("at: 6, direction: rises", None),
    ],
)
def test_controls_that_changed_too_are_told(world, control, printed):
    """At the same time and the same way; another time is no comparison."""
    world.study(
        "trial-2017",
        arms=TWO_ARMS,
        more=measured(fell(9, 4, "at: 6, "), f"arm: placebo, {control}"),
    )
    verdict = world.verdict(falls())
    assert "no-control-group" not in codes(verdict)
    told = values(verdict, "controls-changed-too")
    assert (told is None) is (printed is None)
    if told:
        (pair,) = told["pairs"]
        assert course(pair.treated) == ("trial-2017", ("9", "4"), 6)
        assert course(pair.control) == ("trial-2017", printed, 6)


def test_studies_that_share_people_are_named(world):
    """Three agree, two of them share people; contrary studies are not counted."""
    world.study("a-2011", more=measured(fell(10, 6)))
    world.study("b-2012", more=measured(fell(10, 6)) + sharing("a-2011"))
    world.study("c-2013", more=measured(fell(10, 6)) + sharing("d-2014"))
    world.study("d-2014", more=measured(fell(10, 11)))
    shared = values(world.verdict(falls()), "same-people-twice")
    assert shared == {"studies": ("a-2011", "b-2012")}
    world.study("b-2012", more=measured(fell(10, 11)))
    assert "same-people-twice" not in codes(world.verdict(falls()))


def test_one_controlled_study_among_those_that_agree_is_enough(world):
    """Somebody to compare with is missing only where no study has one."""
    world.study("a-2011", more=measured(fell(10, 6)))
    assert "no-control-group" in codes(world.verdict(falls()))
    world.study("b-2012", arms=TWO_ARMS, more=measured(fell(10, 6)))
    assert "no-control-group" not in codes(world.verdict(falls()))


def test_no_control_group_is_missed_where_no_study_agrees(world):
    """A claim that every study contradicts needs no controls to be wrong."""
    world.study("a-2011", more=measured(fell(10, 11)))
    verdict = world.verdict(falls())
    assert verdict.word == "contradicted"
    assert codes(verdict) == ["direction-contrary", "study-not-named"]


@pytest.mark.parametrize("endpoint", ["any-remission", "any-response"])
def test_a_trial_of_remission_or_response_stands_beside_a_direction(world, endpoint):
    """A trial without a clear benefit in either belongs beside a score that fell."""
    world.study("doe-2015", arms=TWO_ARMS, more=measured(fell(10, 6)))
    world.trial("trial-2017", (endpoint, "events: 45, n: 60", "events: 42, n: 60"))
    claim = falls(more=", cites: doe-2015")
    verdict = world.verdict(claim)
    assert verdict.word == "supported, context missing"
    assert "randomised-trial-says-otherwise" in codes(verdict)
    told_of = world.verdict(claim, head=", tells: [randomised-trial]")
    assert told_of.word == "supported"
