"""Which checks had something to look at: only those are counted as made."""

import pytest
from checks.conftest import RESULT, STUDY

from lupus_evidence.checks.rules import catalogue
from lupus_evidence.records.study import Study

KM = {"endpoint": "overall-survival", "kind": "kaplan-meier", "percent": "80", "n": 20}
COUNT = {"events": 5, "n": 20}


def verdict(code, result=None, **fields):
    """Make one check of an invented study, of its only result or of a part."""
    results = [] if result is None else [RESULT | result]
    study = Study.model_validate(STUDY | fields | {"results": results})
    check = catalogue()[code]
    if check.scope == "study":
        return check.function(study)
    part = {
        "arm": lambda: next(iter(study.arms.values())),
        "distribution": lambda: study.follow_up,
        "measurement": lambda: study.measurements[0],
    }.get(check.scope, lambda: study.results[0])()
    return check.function(part, study)


@pytest.mark.parametrize(
    ("code", "result", "fields"),
    [
        ("E201", COUNT | {"percent": "25"}, {}),
        ("E201", COUNT | {"percent": "0"}, {}),
        ("E201", COUNT | {"percent": "100"}, {}),
        ("E202", COUNT, {}),
        ("E203", COUNT, {}),
        ("E203", {"events": 20, "n": 20}, {}),
        ("E204", COUNT | {"percent": "25"}, {}),
        ("E205", {"n": 20, "percent": "25", "kind": "count"}, {}),
        ("W206", {"n": 20, "percent": "25", "kind": "unstated"}, {}),
        ("E207", KM | {"ci": ["70", "90"]}, {}),
        ("E207", KM | {"ci": ["80", "80"]}, {}),
        ("E208", KM | {"ci": ["70", "90"]}, {}),
        ("E208", COUNT | {"ci": ["25.4", "90"], "percent": "25"}, {}),
        ("E208", COUNT | {"ci": ["25", "90"]}, {}),
        ("E208", COUNT | {"ci": ["10", "25"]}, {}),
        ("E208", COUNT | {"ci": ["10", "24.5"], "percent": "25"}, {}),
        ("E209", KM | {"ci": ["0", "100"]}, {}),
        ("E210", KM | {"se": "50"}, {}),
        ("W211", KM | {"se": "9.5"}, {}),
        ("E218", COUNT, {}),
        ("E219", COUNT, {}),
        ("E220", COUNT, {}),
        ("E221", COUNT, {"follow_up": {"median": "3", "low": "1"}}),
        ("E222", COUNT, {"follow_up": {"mean": "3", "sd": "0"}}),
        ("E222", COUNT, {"follow_up": {"mean": "3", "plus_minus": "1"}}),
        ("W225", COUNT | {"printed": "25%"}, {}),
        ("E226", COUNT, {"arms": {"msc": {"therapy": "msc", "n": 9, "lupus": 9}}}),
        ("E226", COUNT, {"arms": {"msc": {"therapy": "msc", "n": 9, "enrolled": 9}}}),
        ("E301", COUNT, {"setting": {"recruitment": {"start": "2010", "end": "2010"}}}),
        ("E302", COUNT, {"setting": {"recruitment": {"start": "2020"}}}),
        ("E303", COUNT, {"follow_up": {"high": "11"}}),
        ("W304", KM | {"at": 60}, {"follow_up": {"median": "59"}}),
        ("E305", COUNT | {"at": {"months": 6, "low": 6, "basis": "longest"}}, {}),
        ("E305", COUNT | {"at": {"months": 6, "high": 6, "basis": "longest"}}, {}),
        ("E306", COUNT, {"follow_up": {"median": "30", "longest": 30}}),
        ("E306", COUNT, {"follow_up": {"median": "30", "longest": 29.5}}),
        ("E401", COUNT, {}),
        ("W501", COUNT | {"percent": "25", "note": None}, {}),
        ("W501", KM | {"se": "9", "note": None}, {}),
        ("W501", KM | {"ci": ["70", "90"], "note": None}, {}),
        ("W501", {"percent": "25", "n": 20, "kind": "count", "note": None}, {}),
        ("W502", KM, {}),
        ("W503", COUNT, {}),
        ("W504", COUNT, {}),
        ("W504", {"percent": "25"}, {}),
        ("W504", {}, {}),
        ("W504", {"note": None, "printed": "some"}, {}),
        ("E505", COUNT, {}),
        ("E505", COUNT | {"endpoint": "other", "name": "gout"}, {}),
        ("W506", None, {"status": "registered"}),
        ("W507", COUNT, {}),
        ("W507", None, {}),
        ("W508", COUNT, {}),
        ("W508", COUNT, {"citation": {"journal": "J", "volume": "1", "pages": "1"}}),
        ("W508", COUNT, {"citation": {}, "registrations": ["NCT00000001"]}),
        ("W510", COUNT | {"note": None}, {}),
        ("W510", {}, {}),
        ("W510", {"percent": "25", "se": "4", "note": None}, {}),
        ("W511", COUNT, {"citation": {"year": 2011, "unconfirmed": ["year", "title"]}}),
        (
            "E512",
            None,
            {"measurements": [{"measure": "other", "name": "x", "arm": "msc"}]},
        ),
        ("E512", None, {"measurements": [{"measure": "sledai", "arm": "msc"}]}),
    ],
)
def test_a_check_that_looked_and_found_nothing_says_so(code, result, fields):
    """An empty list is "looked, nothing found"; None would be "nothing to look at"."""
    found = verdict(code, result, **fields)
    assert found is not None
    assert list(found) == []


@pytest.mark.parametrize(
    ("code", "result", "fields"),
    [
        ("E201", COUNT, {}),
        ("E202", {"percent": "25"}, {}),
        ("E202", COUNT, {"arms": {"msc": {"therapy": "msc"}}, "population": {}}),
        ("E202", COUNT | {"arm": None}, {
            "arms": {"msc": {"therapy": "msc"}}, "population": {}
        }),
        ("E203", {"percent": "25", "n": 20}, {}),
        ("E203", {"events": 5}, {}),
        ("E204", {"percent": "25", "n": 20}, {}),
        ("E204", {"percent": "25", "events": 5}, {}),
        ("E205", COUNT | {"percent": "25", "kind": "count"}, {}),
        ("E205", {"percent": "101", "n": 20, "kind": "count"}, {}),
        ("W206", {"percent": "25", "kind": "unstated"}, {}),
        ("E207", KM, {}),
        ("E208", KM, {}),
        ("E208", {"ci": ["70", "90"]}, {}),
        ("E209", KM, {}),
        ("E210", KM, {}),
        ("W211", KM, {}),
        ("W211", COUNT | {"percent": "25", "se": "9"}, {}),
        ("E218", COUNT, {"population": {"lupus": 100}}),
        ("E218", COUNT, {"arms": {"msc": {"therapy": "msc"}}}),
        ("E219", COUNT, {"population": {"enrolled": 100}}),
        ("E220", COUNT | {"lupus_specific": False}, {}),
        ("E220", COUNT, {"population": {}}),
        ("E221", COUNT, {"follow_up": {"median": "3"}}),
        ("E222", COUNT, {"follow_up": {"median": "3"}}),
        ("W225", COUNT, {}),
        ("E226", COUNT, {}),
        ("E226", COUNT, {"arms": {"msc": {"therapy": "msc", "lupus": 9}}}),
        ("E301", COUNT, {"setting": {"recruitment": {"start": "2010"}}}),
        ("E301", COUNT, {}),
        ("E302", COUNT, {}),
        ("E302", COUNT, {
            "setting": {"recruitment": {"start": "2030"}}, "status": "registered"
        }),
        ("E303", COUNT, {}),
        ("E303", COUNT | {"at": None}, {"follow_up": {"high": "11"}}),
        ("W304", COUNT, {"follow_up": {"median": "6"}}),
        ("W304", KM, {"follow_up": {"high": "60"}}),
        ("W304", KM | {"lupus_specific": False}, {"follow_up": {"median": "6"}}),
        ("E305", COUNT, {}),
        ("E306", COUNT, {"follow_up": {"median": "30"}}),
        ("E306", COUNT, {}),
        ("E401", COUNT | {"arm": None}, {}),
        ("E403", COUNT, {}),
        ("W501", COUNT, {}),
        ("W502", COUNT, {}),
        ("W506", COUNT, {}),
        ("W507", COUNT, {"status": "registered"}),
        ("W511", COUNT, {}),
        ("W215", KM, {}),
        ("E223", COUNT, {}),
        ("E212", None, {}),
        ("E213", None, {}),
        ("E214", None, {}),
        ("E216", None, {}),
        ("W217", None, {}),
        ("W224", None, {}),
    ],
)  # fmt: skip
def test_a_check_with_nothing_to_look_at_is_not_counted(code, result, fields):
    """Without the figures that a check compares, it was not made."""
    assert verdict(code, result, **fields) is None


@pytest.mark.parametrize(
    ("arm", "among", "arms", "enrolled", "limit"),
    [
        ("msc", "treated", {"n": 20, "enrolled": 30}, 100, 20),
        ("msc", "enrolled", {"n": 20, "enrolled": 30}, 100, 30),
        ("msc", "unstated", {"n": 20}, 100, 20),
        (None, "treated", {"n": 20}, 100, 20),
        (None, "enrolled", {"n": 20}, 100, 100),
        (None, "enrolled", {"n": 120}, 100, 120),
        (None, "treated", {}, 100, 100),
        (None, "enrolled", {"n": 20}, None, 20),
    ],
)
def test_how_many_people_a_figure_can_be_about(arm, among, arms, enrolled, limit):
    """Treated: those of the arm or of all arms; else whoever entered counts too."""
    fields = {
        "arms": {"msc": {"therapy": "msc"} | arms},
        "population": {"enrolled": enrolled},
    }
    line = {"events": 1, "arm": arm, "among": among}
    assert list(verdict("E202", line | {"n": limit}, **fields)) == []
    (found,) = verdict("E202", line | {"n": limit + 1}, **fields)
    assert found.path == ("n",)
    assert f"{limit}" in found.message


@pytest.mark.parametrize(
    ("code", "result", "fields", "hint"),
    [
        ("E204", {"events": 7, "n": 53, "percent": "12"}, {}, ("no count of 53 people "
         "gives 12 %")),
        ("E204", {"events": 7, "n": 53, "percent": "15"}, {}, "15 % would be 8 of 53"),
        ("E210", KM | {"se": "51"}, {}, "it lies above 0 and up to 50"),
        ("E210", KM | {"se": "0"}, {}, "it lies above 0 and up to 50"),
        ("E401", COUNT | {"arm": "other"}, {}, ("the arms are msc; leave it out for "
        "all "
         "together")),
    ],
)  # fmt: skip
def test_a_hint_says_what_would_fit(code, result, fields, hint):
    """Whoever mends the record reads what the figures allow."""
    (found,) = verdict(code, result, **fields)
    assert found.hint == hint


def test_a_standard_error_of_nothing_is_right_where_everybody_had_it():
    """Nobody or everybody: the error of 0 and 100 % is 0."""
    for percent in ("0", "100"):
        assert list(verdict("E210", KM | {"percent": percent, "se": "0"})) == []


@pytest.mark.parametrize(
    ("unconfirmed", "missing", "found"),
    [
        ((), None, False),
        (("year",), None, False),
        (("pages",), None, True),
        (("volume",), None, True),
        (("journal",), None, True),
        ((), "pages", True),
        ((), "volume", True),
        ((), "journal", True),
    ],
)
def test_a_reference_can_be_found_by_journal_volume_and_pages(
    unconfirmed, missing, found
):
    """All three, and each of them confirmed."""
    citation = {"journal": "J", "volume": "1", "pages": "1-9", "year": 2011}
    citation.pop(missing, None)
    raised = verdict("W508", COUNT, citation=citation | {"unconfirmed": unconfirmed})
    assert bool(raised) is found


@pytest.mark.parametrize(
    ("sd", "n", "fine"),
    [
        ("10.0", None, True),
        ("14.1", None, True),
        ("14.3", None, False),
        ("11.5", 4, True),
        ("11.7", 4, False),
        ("14.1", 2, True),
        ("14.3", 2, False),
        ("14.1", 1, True),
    ],
)
def test_the_largest_standard_deviation_of_a_range(sd, n, fine):
    """Half of 0 to 20 times the root of n / (n - 1): 14.1 of two, 11.5 of four."""
    spread = {"mean": "10", "low": "0.0", "high": "20.0", "sd": sd, "n": n}
    assert (not verdict("E222", COUNT, follow_up=spread)) is fine


def test_people_without_an_event_in_a_part_may_be_all_of_them():
    """13 of 16 women and 13 of all 20 had no relapse: nobody is missing."""
    check = catalogue()["E216"].function
    whole = RESULT | {"events": 7, "n": 20}
    women = RESULT | {"events": 3, "n": 16, "subgroup": "women"}
    study = Study.model_validate(STUDY | {"results": [whole, women]})
    assert check(study) == []
    everybody = women | {"events": 7, "n": 20}
    study = Study.model_validate(STUDY | {"results": [whole, everybody]})
    assert check(study) == []
    unknown = {key: value for key, value in women.items() if key != "events"}
    study = Study.model_validate(STUDY | {"results": [whole, unknown]})
    assert check(study) == []


def test_registered_with_results_and_measurements_counts_both():
    """Results and measurements are told apart."""
    lines = [{"measure": "sledai", "arm": "msc"}] * 2
    (found,) = verdict("W506", COUNT, status="registered", measurements=lines)
    assert found.message == "registered, but with 1 result and 2 measurements"
