"""What a finding says: the figures that contradict each other, and where they stand."""

from dataclasses import replace

import pytest
from checks.conftest import study_file

from lupus_evidence.checks import run
from lupus_evidence.records.load import EvidenceBase

ALL = {"n": 20, "among": "treated"}
KM = {"endpoint": "overall-survival", "kind": "kaplan-meier", "n": 20}


def at(months):
    """Return a time on a survival curve."""
    return {"at": {"months": months, "basis": "kaplan-meier"}}


@pytest.mark.parametrize(
    ("result", "code", "field", "message"),
    [
        (
            {"events": 5, "n": 101},
            "E202",
            "n",
            "counts 101 people, but the arm msc has 100",
        ),
        (
            {"events": 5, "n": 101, "arm": None},
            "E202",
            "n",
            "counts 101 people, but all arms together have 100",
        ),
        (
            {"events": 1200, "n": 20},
            "E203",
            "events",
            "1,200 of 20: more events than people",
        ),
        ({"n": 0, "events": 0}, "E203", "n", "a denominator of 0 people"),
        ({"percent": "101"}, "E201", "percent", "101 % is outside 0 to 100 %"),
        (
            {"events": 7, "n": 53, "percent": "12"},
            "E204",
            "percent",
            "7 of 53 is 13.2 %, but 12 % is printed",
        ),
        (
            {"events": 5, "n": 20, "percent": "25", "printed": "26 % (6/20)"},
            "W225",
            "events",
            "the record has 5 of 20, printed is 6 of 20",
        ),
        (
            {"events": 6, "n": 20, "percent": "30", "printed": "31 % (6/20)"},
            "W225",
            "percent",
            "percent is 30, which '31 % (6/20)' does not hold",
        ),
        (
            {"events": 5, "n": 20, "at": {"low": 9, "high": 6, "basis": "longest"}},
            "E305",
            "low",
            "follow-up from 9 to 6 months",
        ),
        (
            {
                "events": 5,
                "n": 20,
                "at": {"months": 5, "basis": "median-follow-up", "low": 6},
            },
            "E305",
            "months",
            "5 months is before the shortest, 6",
        ),
        (
            {
                "events": 5,
                "n": 20,
                "at": {"months": 1, "basis": "median-follow-up", "high": 0.5},
            },
            "E305",
            "months",
            "1 month is after the longest, 0.5",
        ),
        (
            KM | at(12) | {"percent": "80", "ci": ["90", "70"]},
            "E207",
            "ci",
            "the interval runs from 90 down to 70 %",
        ),
        (
            KM | at(12) | {"percent": "80", "ci": ["82", "95"]},
            "E208",
            "ci",
            "80 % lies outside its interval, 82 to 95 %",
        ),
        (
            {"events": 5, "n": 20, "ci": ["30", "45"]},
            "E208",
            "ci",
            "25.0 % lies outside its interval, 30 to 45 %",
        ),
        (
            KM | at(12) | {"percent": "80", "ci": ["-2", "101"]},
            "E209",
            "ci",
            "the interval reaches -2 % and 101 %, outside 0 to 100 %",
        ),
        (
            KM | at(12) | {"percent": "80", "se": "51"},
            "E210",
            "se",
            "a standard error of 51 percentage points is impossible",
        ),
        (
            KM | at(60) | {"percent": "75.0", "se": "9.7"},
            "W211",
            "se",
            (
                "75.0 ± 9.7 % at 60 months is exactly 15 of 20 with its binomial "
                "standard "
                "error, not a Kaplan-Meier one"
            ),
        ),
        (
            {"endpoint": "other-harm", "events": 3, "n": 20},
            "E505",
            "endpoint",
            "other-harm of what?",
        ),
        (
            {"name": "flare", "events": 3, "n": 20},
            "E505",
            "name",
            "relapse has a name of its own: flare",
        ),
        (
            {"percent": "91", "kind": "kaplan-meier", "note": None},
            "W501",
            "percent",
            "91 % without a count, standard error or interval",
        ),
        (
            {"n": 1200, "note": None, "arm": None},
            "W510",
            "n",
            "1,200 people, but how many had it?",
        ),
        (
            {"events": 1200, "note": None},
            "W510",
            "events",
            "1,200 people had it, but of how many?",
        ),
        ({"se": "4", "note": None}, "W510", "se", "se without a percentage"),
        (
            {"ci": ["20", "40"], "note": None},
            "W510",
            "ci",
            "ci without a percentage",
        ),
        ({"note": None}, "W504", "", "relapse has no number"),
        (
            {"events": 5, "n": 20, "where": None},
            "W503",
            "",
            "does not say where in the source it stands",
        ),
        (
            KM | {"events": 5, "n": 20, "kind": "count", "reading": "secondary"},
            "W502",
            "",
            "overall-survival was only read second hand",
        ),
        (
            {"events": 5, "n": 20, "arm": "mcs"},
            "E401",
            "arm",
            "there is no arm named 'mcs'. Did you mean msc?",
        ),
    ],
)
def test_a_result_that_contradicts_itself(said, result, code, field, message):
    """The message holds both figures, and the place is the field to look at."""
    assert (code, field, message) in said(result)


@pytest.mark.parametrize(
    ("results", "code", "field", "message"),
    [
        (
            (
                ALL | {"endpoint": "complete-remission", "events": 5},
                ALL | {"endpoint": "partial-remission", "events": 6},
                ALL | {"endpoint": "any-remission", "events": 12},
            ),
            "E212",
            "events",
            "5 complete and 6 partial make 11, not 12",
        ),
        (
            (
                ALL | {"endpoint": "complete-remission", "events": 5},
                ALL | {"endpoint": "partial-remission", "events": 6},
                ALL | {"endpoint": "no-remission", "events": 10},
            ),
            "E212",
            "events",
            "11 with and 10 without make 21, more than 20",
        ),
        (
            (
                ALL | {"endpoint": "treatment-related-mortality", "events": 3},
                ALL | {"endpoint": "death", "events": 2},
            ),
            "E213",
            "events",
            "treatment-related-mortality counts as death too, but 3 is above 2",
        ),
        (
            (
                KM | at(12) | {"endpoint": "event-free-survival", "percent": "86"},
                KM | at(12) | {"percent": "84"},
            ),
            "E213",
            "percent",
            (
                "event-free-survival counts as overall-survival too, but 86 % is above "
                "84 %"
            ),
        ),
        (
            (
                ALL | {"endpoint": "overall-survival", "events": 17},
                ALL | {"endpoint": "death", "events": 2},
            ),
            "E214",
            "events",
            "17 alive and 2 dead make 19, not 20",
        ),
        (
            (ALL | {"events": 5}, ALL | {"events": 5}),
            "W224",
            "",
            "relapse is given twice for the same people and time (results 1 and 2)",
        ),
        (
            (
                KM | at(24) | {"percent": "86"},
                {"endpoint": "death", "events": 4, "n": 20, "at": 12},
            ),
            "W215",
            "percent",
            "86 % alive at 24 months, but 4 of 20 had died by then: at most 80.0 %",
        ),
        (
            (
                KM | at(24) | {"percent": "80", "kind": "count"},
                {"endpoint": "death", "events": 3, "n": 20, "at": 36},
            ),
            "W215",
            "percent",
            (
                "80 % of 20 is 16 alive at 24 months, so 4 had died, but 3 deaths are "
                "counted up to 36 months"
            ),
        ),
        (
            (KM | at(36) | {"percent": "94"}, KM | at(12) | {"percent": "92"}),
            "E223",
            "percent",
            "92 % at 12 months, then 94 % at 36 months",
        ),
        (
            (ALL | {"events": 5}, ALL | {"subgroup": "women", "n": 21, "events": 5}),
            "E216",
            "n",
            "the subgroup counts 21 people, the whole 20",
        ),
        (
            (ALL | {"events": 5}, ALL | {"subgroup": "women", "n": 16, "events": 6}),
            "E216",
            "events",
            "the subgroup has 6 events, the whole 5",
        ),
        (
            (ALL | {"events": 7}, ALL | {"subgroup": "women", "n": 16, "events": 2}),
            "E216",
            "events",
            "14 people of the subgroup had no event, but only 13 of the whole",
        ),
        (
            (
                ALL | {"events": 7},
                ALL | {"subgroup": "women", "n": 16, "events": 4},
                ALL | {"subgroup": "men", "n": 4, "events": 2},
            ),
            "W217",
            "events",
            "the subgroups have all 20 people, but 4 + 2 events make 6, not 7",
        ),
    ],
)
def test_results_that_contradict_each_other(said, results, code, field, message):
    """The message holds the figures of both, and the place is one of them."""
    assert (code, field, message) in said(*results)


@pytest.mark.parametrize(
    ("fields", "code", "field", "message"),
    [
        (
            {
                "arms": {
                    "msc": {"therapy": "msc", "n": 60},
                    "control": {"therapy": "placebo", "n": 41},
                }
            },
            "E218",
            "enrolled",
            "the arms have 60 + 41 = 101 people, enrolled are 100",
        ),
        (
            {"population": {"enrolled": 100, "lupus": 100, "female": 101}},
            "E219",
            "female",
            "female is 101, but enrolled is 100",
        ),
        (
            {"arms": {"msc": {"therapy": "msc", "n": 100, "lupus": 101}}},
            "E226",
            "lupus",
            "lupus is 101, but n is 100",
        ),
        (
            {"arms": {"msc": {"therapy": "msc", "n": 100, "enrolled": 99}}},
            "E226",
            "n",
            "n is 100, but enrolled is 99",
        ),
        (
            {"setting": {"recruitment": {"start": "2012", "end": "2011"}}},
            "E301",
            "recruitment",
            "entry starts in 2012 and ends in 2011",
        ),
        (
            {"setting": {"recruitment": {"start": "2021-03", "end": "2022"}}},
            "E302",
            "start",
            "published in 2020, but entry starts in 2021-03",
        ),
        (
            {"follow_up": {"median": "30", "longest": 29}},
            "E306",
            "longest",
            "longest is 29, but median is 30",
        ),
        (
            {"follow_up": {"median": "89", "low": "110", "high": "33"}},
            "E221",
            "low",
            "low is 110, above high, which is 33",
        ),
        (
            {"follow_up": {"median": "30", "sd": "-2"}},
            "E222",
            "sd",
            "sd is -2; a spread is not negative",
        ),
        (
            {"population": {"age": {"mean": "30", "sd": "2", "se": "4"}}},
            "E222",
            "se",
            "se is 4, above sd, which is 2",
        ),
        (
            {
                "population": {
                    "age": {"mean": "30", "sd": "25", "low": "18", "high": "45"}
                }
            },
            "E222",
            "sd",
            "sd is 25, but values from 18 to 45 allow at most 19.8",
        ),
        (
            {"measurements": [{"measure": "other", "arm": "msc", "where": "Text"}]},
            "E512",
            "measure",
            "another measurement of what?",
        ),
        (
            {
                "measurements": [
                    {
                        "measure": "sledai",
                        "name": "index",
                        "arm": "msc",
                        "where": "Text",
                    }
                ]
            },
            "E512",
            "name",
            "sledai has a name of its own: index",
        ),
        (
            {
                "overlaps": [
                    {"study": "doe-2020", "certainty": "likely", "because": "x"}
                ]
            },
            "E403",
            "study",
            "doe-2020 cannot overlap with itself",
        ),
        (
            {"status": "registered"},
            "W506",
            "status",
            "registered, but with 1 result",
        ),
        (
            {"citation": {"doi": "10.1000/182", "unconfirmed": ["journal"]}},
            "W511",
            "journal",
            "journal is called unconfirmed, but it is empty",
        ),
        (
            {"citation": {"doi": "10.1000/182", "unconfirmed": ["jornal"]}},
            "W511",
            "jornal",
            "the citation has no field called jornal",
        ),
    ],
)
def test_a_study_that_contradicts_itself(said, fields, code, field, message):
    """What is said of people, dates and spreads names both figures."""
    found = said({"events": 50, "n": 100}, **fields)
    assert (code, field, message) in found


@pytest.mark.parametrize(
    ("follow_up", "message"),
    [
        (
            {"median": "38"},
            (
                "an estimate at 60 months of 20 people, with a median follow-up of 38 "
                "months"
            ),
        ),
        (
            {"mean": "38.5"},
            (
                "an estimate at 60 months of 20 people, with a mean follow-up of 38.5 "
                "months"
            ),
        ),
    ],
)
def test_an_estimate_beyond_the_middle_of_follow_up(said, follow_up, message):
    """The reader sees how far beyond, of how many, and which middle it is."""
    estimate = {
        "endpoint": "overall-survival",
        "kind": "kaplan-meier",
        "at": {"months": 60, "basis": "kaplan-meier"},
        "n": 20,
        "percent": "81",
        "se": "8",
    }
    assert said(estimate, follow_up=follow_up) == [("W304", "at", message)]


def test_a_time_after_the_end_of_follow_up(said):
    """The time and the longest follow-up stand beside each other."""
    found = said({"events": 5, "n": 20, "at": 24}, follow_up={"high": "18.5"})
    message = "at 24 months, but nobody was followed beyond 18.5"
    assert found == [("E303", "at", message)]


def test_more_people_than_have_lupus(said):
    """The number with lupus is the arm's where it is known, else the study's."""
    population = {"enrolled": 100, "lupus": 60}
    found = said({"events": 5, "n": 61}, population=population)
    assert found == [("E220", "n", "counts 61 people, but only 60 have lupus")]
    arms = {"msc": {"therapy": "msc", "n": 100, "lupus": 50}}
    found = said({"events": 5, "n": 51}, population=population, arms=arms)
    assert found == [("E220", "n", "counts 51 people, but only 50 have lupus")]


def findings(*files):
    """Code, file, line and message of every finding about these files."""
    report = run(EvidenceBase(".", files, (), None))
    return [
        (item.code, item.place.file, item.place.line, item.message)
        for item in report.diagnostics
        if item.code in ("E113", "E114")
    ]


def line_of_id(file):
    """The line on which the record says its id."""
    lines = file.text.splitlines()
    return next(number for number, line in enumerate(lines, 1) if '"id"' in line)


@pytest.mark.parametrize("name", ["doe-2021.yaml", "more/doe-2021.yaml"])
def test_a_file_named_otherwise_names_both_names(name):
    """The folder does not matter, the name does."""
    file = replace(study_file(id="doe-2020"), file=name)
    message = "the file is named doe-2021, the record doe-2020"
    assert findings(file) == [("E113", name, line_of_id(file), message)]
    assert findings(replace(file, file="more/doe-2020.yaml")) == []


def test_the_second_file_with_an_id_names_the_first():
    """At the id of the second."""
    first = replace(study_file(id="doe-2020"), file="hsct/doe-2020.yaml")
    second = replace(first, file="msc/doe-2020.yaml")
    message = "the id doe-2020 is also in hsct/doe-2020.yaml"
    expected = ("E114", "msc/doe-2020.yaml", line_of_id(second), message)
    assert findings(first, second) == [expected]
