"""What a finding says: the figures that contradict each other, and where they stand."""

import pytest

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
