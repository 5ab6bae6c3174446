"""The rules of a selection, one by one, at their edges."""

import pytest
from evidence.made import ARMS, base_of, chosen, count, estimate, study

from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.evidence.denominators import preferred_kind, treated_people
from lupus_evidence.evidence.overlapping_studies import Report, independent_reports
from lupus_evidence.evidence.rate_selection import choose
from lupus_evidence.evidence.selection import (
    OVERLAP_RULES,
    PRIMARY_READINGS,
    Excluded,
    Reason,
    SelectionRules,
)
from lupus_evidence.evidence.study_numbers import sources_of
from lupus_evidence.pages.reasons import label, why
from lupus_evidence.vocabulary import band_for


def numbers(selection):
    """What enters: study, events, n."""
    return [(item.study, item.events, item.n) for item in selection.included]


def test_reasons_keep_the_names_that_spreadsheets_filter_by():
    """The codes in CSV and JSON are stable."""
    assert [str(reason) for reason in Reason] == [
        "retracted",
        "overlap",
        "other-denominator",
        "other-diseases",
        "mixed-treatments",
        "subgroup-only",
        "other-scope",
        "fails-check",
        "time-is-a-duration",
        "few-people",
        "no-usable-number",
        "one-arm-only",
        "same-study",
        "own-outcome",
        "reading-filter",
        "design-filter",
        "abstract-filter",
        "bias-filter",
        "other-time",
        "no-time",
        "varying-follow-up",
        "not-early",
        "not-reported",
        "no-results",
    ]
    assert all(label(reason) for reason in Reason)
    assert OVERLAP_RULES == ("largest", "latest", "keep-all")
    assert PRIMARY_READINGS == ("primary-full-text", "primary-abstract", "registry")
    assert SelectionRules() == SelectionRules(
        "largest", (), (), 5, include_abstracts=True, include_failing=False
    )


@pytest.mark.parametrize("endpoint", ["death", "relapse"])
def test_the_order_in_which_denominators_are_preferred(endpoint):
    """Relapse is asked among responders first; the rest is one order."""
    order = [
        *("treated", "followed", "evaluable", "enrolled", "unstated", "survivors"),
        "responders",
    ]
    if endpoint == "relapse":
        order = ["responders", *order[:-1]]
    while order:
        assert preferred_kind(endpoint, reversed(order)) == order.pop(0)
    assert preferred_kind(endpoint, []) is None


UNKNOWN = {"high": {"therapy": "msc"}, "low": {"therapy": "msc", "n": 30}}
ENTERED = {"high": {"therapy": "msc", "enrolled": 40}, "low": UNKNOWN["low"]}


@pytest.mark.parametrize(
    ("arms", "asked", "people"),
    [
        (ARMS, ("high", "low"), 50),
        (ARMS, ("low",), 30),
        ({"high": {"therapy": "msc"}}, ("high",), 44),
        (UNKNOWN, ("low",), 30),
        (UNKNOWN, ("high",), None),
        (UNKNOWN, ("high", "low"), 44),
        (ENTERED, ("high",), None),
        (ENTERED, ("high", "low"), None),
        ({"high": {"therapy": "msc", "n": 40, "lupus": 35}}, ("high",), 35),
    ],
)
def test_people_treated_are_known_or_not(arms, asked, people):
    """Arms are added up; an arm without a number has the study's, if it is all."""
    file = study("doe-2020", arms=arms, population={"lupus": 44, "enrolled": 60})
    assert treated_people(file.study, asked) == people


@pytest.mark.parametrize(
    ("endpoint", "sources"),
    [
        ("overall-survival", ("death",)),
        ("death", ("overall-survival",)),
        ("any-remission", ("no-remission", "complete-remission", "partial-remission")),
        ("no-remission", ("any-remission",)),
        ("any-response", ("no-response", "major-response", "partial-response")),
        ("no-response", ("any-response",)),
        ("complete-remission", ("any-remission", "partial-remission")),
        ("partial-response", ("any-response", "major-response")),
        ("relapse", ("no-relapse",)),
        ("no-relapse", ("relapse",)),
        ("infection", ()),
    ],
)
def test_which_endpoints_say_something_about_another(endpoint, sources):
    """Complements, totals and parts of remission, response, relapse and survival."""
    assert sources_of(endpoint) == sources


@pytest.mark.parametrize(
    ("endpoint", "results", "events"),
    [
        ("any-response", [count("no-response", 6, 20)], 14),
        ("no-response", [count("any-response", 6, 20)], 14),
        (
            "any-response",
            [count("major-response", 6, 20), count("partial-response", 3, 20)],
            9,
        ),
        (
            "major-response",
            [count("any-response", 9, 20), count("partial-response", 3, 20)],
            6,
        ),
        ("any-remission", [count("no-remission", 6, 20)], 14),
        ("no-remission", [count("any-remission", 6, 20)], 14),
    ],
)
def test_responses_are_derived_like_remissions(endpoint, results, events):
    """Everybody else, the sum of the parts, the total less the other part."""
    found = chosen(study("doe-2020", *results), endpoint=endpoint)
    assert numbers(found) == [("doe-2020", events, 20)]
    used = found.included[0].indexes
    assert used == tuple(range(len(results)))


@pytest.mark.parametrize(
    "change", [{"n": 19}, {"at": 13}, {"among": "followed"}, {"at": None}]
)
def test_parts_of_other_people_or_times_make_no_total(change):
    """Another denominator, kind or time: the two cannot be added."""
    parts = [count("major-response", 6, 20), count("partial-response", 3, 20) | change]
    assert not chosen(study("doe-2020", *parts), endpoint="any-response").included
    parts[0]["endpoint"] = "any-response"
    assert not chosen(study("doe-2020", *parts), endpoint="major-response").included


def test_a_part_above_its_total_is_no_number():
    """9 partial of 6 in all leaves no count of the rest."""
    results = [count("any-response", 6, 20), count("partial-response", 9, 20)]
    assert not chosen(study("doe-2020", *results), endpoint="major-response").included


def test_arms_are_added_up_whatever_the_order_of_times():
    """The same time of two arms is found though another stands between."""
    file = study(
        "doe-2020",
        count("any-remission", 5, 20, arm="high", at=12),
        count("any-remission", 8, 30, arm="low", at=14),
        count("any-remission", 9, 30, arm="low", at=12),
        arms=ARMS,
        n=50,
    )
    assert numbers(chosen(file)) == [("doe-2020", 14, 50)]


def test_estimates_of_arms_are_not_added_up():
    """Effective people of two arms are no count of anybody."""
    lines = [
        estimate("any-remission", "30", se="10", n=20, at=12, arm="high"),
        estimate("any-remission", "30", se="9", n=30, at=12, arm="low"),
    ]
    (found,) = chosen(study("doe-2020", *lines, arms=ARMS, n=50)).included
    assert len(found.arms) == 1
    assert found.people == 30


@pytest.mark.parametrize("basis", ["median-follow-up", "mean-follow-up"])
def test_a_middle_of_follow_up_comes_before_best_ever(basis):
    """Both kinds of middle are less than a visit and more than "ever"."""
    middle = count("any-remission", 5, 20, at={"months": 12, "basis": basis})
    ever = count("any-remission", 9, 20, at={"months": 12, "basis": "best-ever"})
    visit = count("any-remission", 7, 20, at=14)
    assert numbers(chosen(study("doe-2020", ever, middle))) == [("doe-2020", 5, 20)]
    assert numbers(chosen(study("doe-2020", middle, visit))) == [("doe-2020", 7, 20)]


@pytest.mark.parametrize(("n", "enters"), [(20, True), (19, False)])
def test_the_smallest_number_asked_for_enters(n, enters):
    """At least 20 people means 20 enter and 19 do not."""
    file = study("doe-2020", count("any-remission", 5, n), n=n)
    assert bool(chosen(file, min_n=20).included) is enters


@pytest.mark.parametrize(("n", "enters"), [(5, True), (4, False)])
def test_five_people_are_the_fewest_that_enter_unless_asked(n, enters):
    """Reports on fewer are named with their number; `min_n` lets them in."""
    file = study("doe-2020", count("any-remission", 1, n), n=n)
    found = chosen(file)
    assert bool(found.included) is enters
    if not enters:
        (left,) = found.excluded
        assert left.reason is Reason.FEW
        assert (left.particulars.here.events, left.particulars.here.n) == (1, n)
    assert len(chosen(file, min_n=1).included) == 1


def test_a_design_left_out_is_named():
    """The text says which design the study has."""
    file = study("doe-2020", count("any-remission", 5, 20))
    (found,) = chosen(file, designs=("randomised-trial",)).excluded
    assert found.reason is Reason.DESIGN
    assert found.particulars.words == "single-arm-trial"


@pytest.mark.parametrize(
    ("name", "text"), [("gout", "gout"), (None, "an outcome without a name")]
)
def test_an_outcome_of_its_own_is_named(name, text):
    """`other` is a different thing in every study."""
    file = study("doe-2020", count("other-harm", 5, 20) | {"name": name})
    (found,) = chosen(file, endpoint="other-harm").excluded
    assert found.reason is Reason.OWN_OUTCOME
    assert why(found.reason, found.particulars) == text


def test_where_print_and_definition_of_a_sum_are_those_of_its_parts():
    """Different texts are joined, equal ones said once, missing ones left out."""
    parts = (
        count("complete-remission", 5, 20, printed="5/20", definition="SLEDAI 0"),
        count("partial-remission", 4, 20, definition="SLEDAI < 6", where="Table 2"),
    )
    (found,) = chosen(study("doe-2020", *parts)).included
    assert found.where == "Abstract; Table 2"
    assert found.printed == "5/20"
    assert found.definition == "SLEDAI 0; SLEDAI < 6"
    assert found.rate == pytest.approx(9 / 20)
    assert [result.endpoint for result in found.results] == [
        "complete-remission",
        "partial-remission",
    ]


def test_left_out_results_are_equal_whatever_file_they_came_from():
    """Two selections of like records say the same."""
    first, second = (study("doe-2020", count("any-remission", 1, 2)) for _ in range(2))
    one, other = chosen(first).excluded[0], chosen(second).excluded[0]
    assert one == other
    assert isinstance(one, Excluded)
    assert "source" not in repr(one)


def test_follow_up_decides_between_equally_large_reports():
    """A tenth of a month more is longer, and longer comes before later."""
    pairs = {("a", "b")}
    longer = [Report("a", 20, 12.1, 2010), Report("b", 20, 12.0, 2020)]
    assert independent_reports(longer, pairs) == ("a",)
    later = [Report("a", 20, 12.0, 2010), Report("b", 20, 12.0, 2020)]
    assert independent_reports(later, pairs) == ("b",)
    unknown = [Report("a", 20, year=2010), Report("b", 20, 0.5, 2010)]
    assert independent_reports(unknown, pairs) == ("b",)
    alike = [Report("a", 20), Report("b", 20)]
    assert independent_reports(alike, pairs) == ("a",)


def test_the_rule_is_largest_unless_asked_otherwise():
    """Two small later reports against one large early one."""
    reports = [Report("a", 50, year=2010), Report("b", 20, year=2020)]
    pairs = {("a", "b")}
    assert independent_reports(reports, pairs) == ("a",)
    assert independent_reports(reports, pairs, "latest") == ("b",)
    assert independent_reports(reports, pairs, "keep-all") == ("a", "b")


def test_studies_without_a_year_are_the_earliest():
    """Of two like reports the one with a year is kept."""
    dated = study("doe-2020", count("any-remission", 5, 20), year=1990)
    undated = study(
        "aaa-0000",
        count("any-remission", 6, 20),
        citation={"authors": ["Doe J"]},
        shares=("doe-2020",),
    )
    assert numbers(chosen(dated, undated)) == [("doe-2020", 5, 20)]


def test_a_study_with_this_and_another_time_is_not_of_another_time_only():
    """One figure at this time, one at another: it enters, and is not listed twice."""
    file = study(
        "doe-2020",
        count("any-remission", 5, 20),
        count("any-remission", 6, 20, at=24),
    )
    found = chosen(file)
    assert (found.other_times, found.excluded) == ((), ())
    assert (found.events, found.sizes, found.people) == ((5,), (20,), 20)
    kidney = count("any-remission", 5, 20, at=24, scope="kidney")
    assert chosen(study("roe-2020", kidney)).other_times == ()
    later = count("any-remission", 5, 20, at=24)
    assert chosen(study("roe-2020", kidney, later)).other_times == ("roe-2020",)


def test_an_overlap_of_a_study_with_itself_is_passed_over():
    """A slip in a record hides no other overlap of it."""
    first = study(
        "doe-2020",
        count("any-remission", 5, 20),
        shares=("doe-2020", "roe-2021"),
    )
    second = study("roe-2021", count("any-remission", 9, 30), n=30)
    assert numbers(chosen(first, second)) == [("roe-2021", 9, 30)]


def test_a_result_that_fails_a_check_is_left_out_unless_asked():
    """9 of 20 is not 50 %; a sound result of the same study stays."""
    wrong = count("any-remission", 9, 20, percent="50")
    file = study("doe-2020", wrong, count("complete-remission", 4, 20))
    sound = study("roe-2021", count("any-remission", 8, 20))
    evidence = checked_evidence(base_of(file, sound), "msc")
    question = (evidence, "any-remission", "lupus", band_for("death", 12, None))
    found = choose(*question)
    assert numbers(found) == [("roe-2021", 8, 20)]
    (left,) = found.excluded
    assert left.reason is Reason.FAILS_CHECK
    assert left.particulars.codes
    assert all(code.startswith("E2") for code in left.particulars.codes)
    everything = choose(*question, SelectionRules(include_failing=True))
    assert [item.study for item in everything.included] == ["doe-2020", "roe-2021"]
    other = choose(evidence, "complete-remission", "lupus", question[3])
    assert numbers(other) == [("doe-2020", 4, 20)]


def test_a_time_that_is_how_long_it_lasted_enters_no_figure():
    """165 months is how long remission lasted in the four who had it."""
    lasted = {"months": 165, "basis": "response-duration"}
    found = chosen(study("doe-2020", count("any-remission", 4, 8, at=lasted)), at=165)
    assert not found.included
    assert [item.reason for item in found.excluded] == [Reason.DURATION]


def test_what_is_no_function_of_the_visit_has_one_figure_over_all_times():
    """Deaths of the treatment at 3 and 24 months, and at no stated time, are one."""
    files = [
        study(f"{name}-2020", count("treatment-related-mortality", 1, 20, at=at))
        for name, at in (("doe", 3), ("roe", 24), ("poe", None))
    ]
    found = chosen(*files, endpoint="treatment-related-mortality", at=60)
    assert len(found.included) == 3
    assert not found.other_times
