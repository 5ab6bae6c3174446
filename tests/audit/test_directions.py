"""What fell or rose: which measurement counts, and everything that is said of it."""

import pytest
from audit.made import codes, falls, sharing, text_of, two_arms

from lupus_evidence.audit.directions import direction_of
from lupus_evidence.pages.audit_page import evidence_text, finding_text
from lupus_evidence.records.study import Measurement

TWO_ARMS = two_arms(30)
LABEL = "donor mesenchymal stem cells (MSC)"
SCORE = "Disease activity score (SLEDAI)"


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


def told(verdict):
    """Return code and sentence of every finding."""
    return [(finding.code, finding_text(finding)) for finding in verdict.findings]


def test_a_claim_of_a_fall_is_answered_sentence_by_sentence(world):
    """Two fell, one rose and one stayed; all of it is told, with the examples."""
    world.study("a-2011", more=measured(fell(10, 6)))
    world.study("b-2012", more=measured("arm: cells, direction: falls"))
    world.study("c-2013", more=measured(fell(9, 4, "at: 6, ")), n=80)
    world.study("d-2014", more=measured("arm: cells, direction: rises"))
    world.study("e-2015", more=measured(fell(5, 5)))
    verdict = world.verdict(falls())
    assert verdict.word == "supported, context missing"
    assert evidence_text(verdict) == (
        "Disease activity score (SLEDAI) fell in 3 of 5 studies that follow it; it "
        "rose in 1 and it did not change in 1."
    )
    assert told(verdict) == [
        (
            "direction-reported",
            (
                "Seen in a-2011, b-2012 and c-2013. For example, from 9 to 4 at 6 "
                "months in c-2013; from 10 to 6 at 1 year in a-2011."
            ),
        ),
        (
            "direction-contrary",
            "Not so in d-2014 (it rose); e-2015 (it did not change).",
        ),
        (
            "no-control-group",
            (
                "In these studies everybody got the treatment, and other drugs went "
                "on. Nobody knows what would have changed without it."
            ),
        ),
        (
            "study-not-named",
            (
                "The article does not say which study it means. All studies of "
                f"{LABEL} here were looked at."
            ),
        ),
    ]


def test_one_study_that_agrees_is_told_in_the_singular(world):
    """One study that fell needs neither a count nor a plural; two of two no more."""
    world.study("doe-2015", more=measured(fell(10, 6, "")))
    verdict = world.verdict(falls(more=", cites: doe-2015"))
    assert evidence_text(verdict) == f"{SCORE} fell in doe-2015."
    assert told(verdict)[0] == (
        "direction-reported",
        "Seen in doe-2015. For example, from 10 to 6 in doe-2015.",
    )
    assert [code for code, _ in told(verdict)[1:]] == ["no-control-group"]
    assert "In this study everybody got the treatment" in told(verdict)[1][1]
    world.study("roe-2016", more=measured(fell(10, 6)))
    assert evidence_text(world.verdict(falls())) == (
        f"{SCORE} fell in 2 of 2 studies that follow it."
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            'at: 12, baseline: {mean: "10"}, value: {median: "6"}, unit: points',
            "from 10 to 6 points at 1 year",
        ),
        (
            'at: 6, change: {mean: "-4"}, unit: points',
            "a change of -4 points at 6 months",
        ),
    ],
)
def test_a_change_is_quoted_as_printed(world, line, words):
    """Both values or their difference, with unit and time."""
    world.study("doe-2015", more=measured(f"arm: cells, {line}"))
    said = text_of(world.verdict(falls()), "direction-reported")
    assert said == f"Seen in doe-2015. For example, {words} in doe-2015."


@pytest.mark.parametrize(
    ("after", "went"), [("10", "did not change"), ("10.5", "rose")]
)
def test_one_study_that_does_not_agree_contradicts(world, after, went):
    """What stayed or rose has not fallen."""
    world.study("doe-2015", more=measured(fell(10, after)))
    verdict = world.verdict(falls())
    assert verdict.word == "contradicted"
    assert evidence_text(verdict) == (
        f"{SCORE} fell in 0 of 1 study that follows it; it {went} in 1."
    )
    assert text_of(verdict, "direction-contrary") == f"Not so in doe-2015 (it {went})."


def test_as_many_contrary_studies_contradict(world):
    """One fell, one stayed: that is no fall; a rise is told as a rise."""
    world.study("a-2011", more=measured("arm: cells, direction: falls"))
    world.study("b-2012", more=measured("arm: cells, direction: rises"))
    assert world.verdict(falls()).word == "contradicted"
    rises = world.verdict(falls(direction="rises"))
    assert evidence_text(rises) == (
        f"{SCORE} rose in 1 of 2 studies that follow it; it fell in 1."
    )


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
    first, second = evidence_text(verdict).split(". ")
    assert first == f"{SCORE} fell in doe-2015"
    assert second.endswith(" rose in doe-2015.")
    assert world.verdict(claim.replace("rises", "falls")).word == "contradicted"


def test_what_nobody_follows_is_named(world):
    """The sentence says which measurements no study has."""
    world.study("doe-2015", more=measured(fell(10, 6)))
    verdict = world.verdict(falls("c3", "c4"))
    assert verdict.word == "not found"
    assert evidence_text(verdict) == (
        "No study of donor mesenchymal stem cells (MSC) here follows the complement C3 "
        "or complement C4."
    )


def test_measurements_of_one_kind_are_named_once(world):
    """Two scores share a name; what no study follows is not named."""
    world.study(
        "doe-2015",
        more=measured(
            "arm: cells, measure: bilag, direction: falls",
            "arm: cells, measure: proteinuria, direction: falls",
        ),
    )
    assert evidence_text(world.verdict(falls("proteinuria"))) == (
        "Protein in urine fell in doe-2015."
    )
    claim = falls("sledai", "bilag", "proteinuria")
    assert evidence_text(world.verdict(claim)) == (
        "Disease activity score (BILAG) or protein in urine fell in doe-2015."
    )
    world.study("roe-2016", more=measured("arm: cells, direction: falls"))
    assert evidence_text(world.verdict(claim)) == (
        "Disease activity score (SLEDAI or BILAG) or protein in urine fell in 2 of 2 "
        "studies that follow it."
    )


def test_three_examples_are_quoted_from_the_largest_studies(world):
    """Of five studies with figures the three with most lupus patients are quoted."""
    for name, lupus in (("a-1", 1), ("b-2", 30), ("c-3", 50), ("d-4", 40), ("e-5", 2)):
        world.study(name, more=measured(fell(10, 6)), n=lupus)
    words = dict(told(world.verdict(falls())))["direction-reported"]
    assert words == (
        "Seen in a-1, b-2, c-3, d-4 and e-5. For example, from 10 to 6 at 1 year in "
        "c-3; from 10 to 6 at 1 year in d-4; from 10 to 6 at 1 year in b-2."
    )


def test_a_study_that_does_not_say_how_many_have_lupus_is_quoted_last(world):
    """Nobody knows that it is larger than a study of one person."""
    world.study("a-2011", more=measured(fell(10, 6)))
    path = world.records / "a-2011.yaml"
    text = path.read_text(encoding="utf-8").replace(", lupus: 60", "")
    path.write_text(text, encoding="utf-8")
    world.study("b-2012", more=measured(fell(9, 4)), n=1)
    words = dict(told(world.verdict(falls())))["direction-reported"]
    assert words.endswith("from 9 to 4 at 1 year in b-2012; from 10 to 6 at 1 year in "
                          "a-2011.")  # fmt: skip


def test_a_fall_seen_in_words_only_is_said_to_be_so(world):
    """One value of two is no figure of a change, whichever of them it is."""
    for part in ("baseline", "value"):
        line = f'arm: cells, direction: falls, {part}: {{mean: "6"}}'
        world.study("doe-2015", more=measured(line))
        assert told(world.verdict(falls()))[:2] == [
            ("direction-reported", "Seen in doe-2015."),
            ("in-words-only", "This is said in words only, without figures."),
        ]


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
    assert evidence_text(world.verdict(falls())) == f"{SCORE} fell in doe-2015."


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ("at: 6, direction: falls", "in words only at 6 months"),
        ('at: 6, change: {mean: "-5"}', "a change of -5 at 6 months"),
        ("at: 12, direction: falls", None),
        ("at: 6, direction: rises", None),
    ],
)
def test_controls_that_changed_too_are_told(world, control, words):
    """At the same time and the same way; another time is no comparison."""
    world.study(
        "trial-2017",
        arms=TWO_ARMS,
        more=measured(fell(9, 4, "at: 6, "), f"arm: placebo, {control}"),
    )
    verdict = world.verdict(falls())
    assert "no-control-group" not in codes(verdict)
    assert text_of(verdict, "controls-changed-too") == (
        words
        and "People without the treatment changed the same way: in trial-2017, with "
        f"the treatment from 9 to 4 at 6 months, without it {words}."
    )


def test_studies_that_share_people_are_named(world):
    """Three agree, two of them share people; contrary studies are not counted."""
    world.study("a-2011", more=measured(fell(10, 6)))
    world.study("b-2012", more=measured(fell(10, 6)) + sharing("a-2011"))
    world.study("c-2013", more=measured(fell(10, 6)) + sharing("d-2014"))
    world.study("d-2014", more=measured(fell(10, 11)))
    assert dict(told(world.verdict(falls())))["same-people-twice"] == (
        "2 of these studies share people with another of them, so they are not "
        "separate groups: a-2011 and b-2012."
    )
    world.study("b-2012", more=measured(fell(10, 11)))
    assert "same-people-twice" not in dict(told(world.verdict(falls())))


def test_one_controlled_study_among_those_that_agree_is_enough(world):
    """Somebody to compare with is missing only where no study has one."""
    world.study("a-2011", more=measured(fell(10, 6)))
    assert "no-control-group" in dict(told(world.verdict(falls())))
    world.study("b-2012", arms=TWO_ARMS, more=measured(fell(10, 6)))
    assert "no-control-group" not in dict(told(world.verdict(falls())))


def test_no_control_group_is_missed_where_no_study_agrees(world):
    """A claim that every study contradicts needs no controls to be wrong."""
    world.study("a-2011", more=measured(fell(10, 11)))
    verdict = world.verdict(falls())
    assert verdict.word == "contradicted"
    assert [code for code, _ in told(verdict)] == [
        "direction-contrary",
        "study-not-named",
    ]


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
