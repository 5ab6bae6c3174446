from dataclasses import fields, is_dataclass

import pytest
from evidence.made import base_of, count, estimate, study

from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy
from lupus_evidence.compare.comparison import compare, explain
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.selection import Reason, SelectionRules
from lupus_evidence.records.load import load
from lupus_evidence.stats.pooling import pool
from lupus_evidence.vocabulary import band_of


def cell(comparison, endpoint, therapy, months=12, scope="lupus"):
    """The cell of one therapy in one row."""
    band = band_of(months)
    rows = [
        row
        for row in (*comparison.rows, *comparison.unanswered)
        if (row.endpoint, row.scope, row.band) == (endpoint, scope, band)
    ]
    assert len(rows) == 1
    return next(item for item in rows[0].cells if item.therapy == therapy)


@pytest.fixture
def two_sides():
    """Three studies of one therapy and two of another."""
    return base_of(
        study("a-1", count("any-remission", 9, 12), therapy="hsct", n=12),
        study("b-1", count("any-remission", 20, 31), therapy="hsct", n=31),
        study("c-1", count("any-remission", 11, 14), therapy="hsct", n=14),
        study("d-1", count("any-remission", 10, 30), n=30),
        study("e-1", count("any-remission", 6, 25), n=25),
    )


def test_a_cell_is_what_pooling_its_studies_gives(two_sides):
    """The figure is the pooled estimate of exactly the chosen counts."""
    found = compare(two_sides, ["hsct", "msc"])
    figure = cell(found, "any-remission", "hsct").figure
    assert isinstance(figure, Pooled)
    assert figure.estimate == pool([9, 20, 11], [12, 31, 14])


def test_a_difference_is_typed_indirect_and_first_less_second(two_sides):
    """About 70 % less about 29 %, from different studies, and never called direct."""
    found = compare(two_sides, ["hsct", "msc"])
    (contrast,) = found.rows[0].contrasts
    assert contrast.indirect.kind == "indirect"
    assert (contrast.first, contrast.second) == ("hsct", "msc")
    assert 0.25 < contrast.indirect.risk_difference.estimate < 0.55
    assert contrast.clear
    turned = compare(two_sides, ["msc", "hsct"]).rows[0].contrasts[0]
    assert turned.indirect.risk_difference.estimate == pytest.approx(
        -contrast.indirect.risk_difference.estimate, abs=1e-6
    )


def test_every_pair_of_three_therapies_has_its_difference(two_sides):
    """Three therapies with figures have three differences in a row."""
    more = study("f-1", count("any-remission", 5, 9), therapy="car-t", n=9)
    found = compare(base_of(*two_sides.files, more), ["hsct", "msc", "car-t"])
    pairs = [(item.first, item.second) for item in found.rows[0].contrasts]
    assert pairs == [("hsct", "msc"), ("hsct", "car-t"), ("msc", "car-t")]


def test_one_study_stands_for_itself_with_its_exact_interval():
    """3 of 6 is that study's rate, 12 to 88 % (Clopper-Pearson), and is not pooled."""
    base = base_of(study("a-1", count("any-remission", 3, 6), n=6))
    found = compare(base, ["hsct", "msc"])
    figure = cell(found, "any-remission", "msc").figure
    assert isinstance(figure, SingleStudy)
    # Clopper and Pearson 1934 by the beta quantiles of R's binom.test(3, 6)
    assert (figure.low, figure.high) == pytest.approx((0.1181, 0.8819), abs=5e-5)
    assert cell(found, "any-remission", "hsct").figure == NoStudy(0)
    assert not found.rows[0].contrasts


def test_two_records_with_one_name_do_not_break_the_comparison():
    """A name given twice fails a check; whoever counts it anyway counts it once."""
    arms = {"other": {"therapy": "msc", "n": 10}}
    twice = study("a-1", count("death", 1, 10, arm="other"), arms=arms, n=10)
    base = base_of(study("a-1", count("death", 3, 20)), twice)
    found = compare(base, ["hsct", "msc"], endpoints=["death"])
    assert cell(found, "death", "msc").figure == NoStudy(1)
    rules = SelectionRules(include_failing=True)
    found = compare(base, ["hsct", "msc"], endpoints=["death"], rules=rules)
    assert cell(found, "death", "msc").k == 1


def test_no_studies_make_an_empty_comparison():
    """A folder without records answers with no rows and no error."""
    found = compare(base_of(), ["hsct", "msc"])
    assert not found.rows
    assert not found.unanswered
    assert not found.registered
    assert [item.people for item in found.people] == [0, 0]


def test_registered_trials_alone_are_named_with_their_people():
    """Trials without results are listed, their planned people with them."""
    base = base_of(
        study("nct1", status="registered", population={"planned": 81}),
        study("nct2", status="withdrawn", therapy="hsct", population={"enrolled": 0}),
    )
    found = compare(base, ["hsct", "msc"])
    assert not found.rows
    assert [(item.study, item.people, item.status) for item in found.registered] == [
        ("nct1", 81, "registered"),
        ("nct2", 0, "withdrawn"),
    ]


def test_survival_estimates_without_error_are_reported_and_not_used():
    """84 % at five years without an error or a count is named, with its reason."""
    base = base_of(study("a-1", estimate("overall-survival", "84"), therapy="hsct"))
    found = compare(base, ["hsct", "msc"], endpoints=["overall-survival"])
    assert not found.rows
    assert [row.endpoint for row in found.unanswered] == ["overall-survival"]
    assert found.unanswered[0].cells[0].figure == NoStudy(1)
    (left,) = found.left_out
    assert (left.therapy, left.reason, left.studies) == (
        "hsct",
        Reason.NO_NUMBER,
        ("a-1",),
    )


def test_survival_estimates_with_an_error_are_pooled_as_effective_people():
    """Two survival estimates with standard errors pool through their effective size."""
    files = [
        study(f"{name}-1", estimate("overall-survival", rate, se=se), therapy="hsct")
        for name, rate, se in (("a", "84", "8"), ("b", "76", "9"))
    ]
    figure = cell(
        compare(base_of(*files), ["hsct", "msc"]), "overall-survival", "hsct", 60
    ).figure
    sizes = [0.84 * 0.16 / 0.08**2, 0.76 * 0.24 / 0.09**2]
    sizes = [min(20, size) for size in sizes]
    assert figure.estimate == pool([0.84 * sizes[0], 0.76 * sizes[1]], sizes)


def test_benefits_asked_for_alone_bring_deaths_with_them():
    """Asking for remission shows deaths beside it; asking for a harm adds nothing."""
    base = base_of(study("a-1", count("any-remission", 9, 20), count("death", 2, 20)))
    rows = compare(base, ["hsct", "msc"], endpoints=["any-remission"]).rows
    assert [row.endpoint for row in rows] == ["any-remission", "death"]
    rows = compare(base, ["hsct", "msc"], endpoints=["death"]).rows
    assert [row.endpoint for row in rows] == ["death"]


def test_scopes_and_times_have_rows_of_their_own():
    """Remission of the kidney and of lupus, and different times, are never mixed."""
    base = base_of(
        study("a-1", count("any-remission", 9, 20)),
        study("b-1", count("any-remission", 9, 20, scope="kidney")),
        study("c-1", count("any-remission", 9, 20, at=24)),
    )
    rows = compare(base, ["hsct", "msc"]).rows
    assert [(row.scope, row.band.months) for row in rows] == [
        ("lupus", 12),
        ("lupus", 24),
        ("kidney", 12),
    ]
    (only,) = compare(base, ["hsct", "msc"], bands=[band_of(24)]).rows
    assert only.band.months == 24


@pytest.mark.parametrize(
    ("therapies", "message"),
    [
        (["msc"], "two different therapies"),
        (["msc", "msc"], "two different therapies"),
        (["msc", "uc-msc"], "uc-msc is part of msc"),
        (["uc-msc", "hsct", "msc"], "uc-msc is part of msc"),
        (["hsct", "msc", "hsct"], "given twice"),
    ],
)
def test_comparisons_of_a_therapy_with_itself_are_refused(therapies, message):
    """The same people cannot stand on both sides."""
    with pytest.raises(EvidenceError, match=message):
        compare(base_of(), therapies)


def test_unknown_names_are_answered_with_the_nearest():
    """A misspelt therapy or endpoint is named with what was probably meant."""
    with pytest.raises(UnknownNameError, match="hsct"):
        compare(base_of(), ["hst", "msc"])
    with pytest.raises(UnknownNameError, match="any-remission"):
        compare(base_of(), ["hsct", "msc"], endpoints=["any-remision"])


def test_rates_with_other_denominators_have_no_difference():
    """Relapse per responder and relapse per person treated are no two sides."""
    base = base_of(
        study("a-1", count("relapse", 3, 8, among="responders"), therapy="hsct"),
        study("b-1", count("relapse", 4, 20)),
    )
    row = compare(base, ["hsct", "msc"]).rows[0]
    assert [item.selection.kind for item in row.cells] == ["responders", "treated"]
    assert not row.contrasts


@pytest.mark.parametrize(
    "endpoint", ["death", "serious-infection"], ids=["not stated", "any time"]
)
def test_rates_without_a_known_time_have_no_difference(endpoint):
    """Two figures without a time may be years apart."""
    base = base_of(
        study("a-1", count(endpoint, 3, 20, at=None), therapy="hsct"),
        study("b-1", count(endpoint, 4, 20, at=None)),
    )
    rows = compare(base, ["hsct", "msc"], endpoints=[endpoint]).rows
    assert all(item.k for row in rows for item in row.cells)
    assert not any(row.contrasts for row in rows)


def test_direct_evidence_of_other_times_is_not_told_when_a_time_is_asked():
    """Who asks about 24 months is not told of 12."""
    base = base_of(trial())
    asked = {12: 1, 24: 0}
    for months, told in asked.items():
        found = compare(base, ["hsct", "msc"], bands=[band_of(months)])
        assert len(found.direct) == told


def test_studies_that_share_people_across_therapies_are_named():
    """People who may stand on both sides are pointed out."""
    base = base_of(
        study("a-1", count("death", 3, 20), therapy="hsct"),
        study("b-1", count("death", 4, 20), shares=["a-1"]),
    )
    (contrast,) = compare(base, ["hsct", "msc"]).rows[-1].contrasts
    assert contrast.shared == (("a-1", "b-1"),)


def trial(design="randomised-trial", **second):
    """Two arms of one study with counts at the same time."""
    arms = {
        "cells": {"therapy": "uc-msc", "n": 12},
        "none": {"therapy": "placebo", "n": 6},
    }
    return study(
        "deng-1",
        count("any-remission", 9, 12, arm="cells"),
        count("any-remission", 5, 6, arm="none") | second,
        arms=arms,
        n=18,
        design=design,
    )


@pytest.mark.parametrize(
    ("design", "kind", "start"),
    [
        ("randomised-trial", "randomised", "high"),
        ("comparative-cohort", "concurrent-control", "low"),
    ],
)
def test_arms_of_one_study_are_compared_directly(design, kind, start):
    """9 of 12 against 5 of 6 is 8 points lower, typed by how people were assigned."""
    (found,) = compare(base_of(trial(design)), ["hsct", "msc"]).direct
    assert found.contrast.kind == kind
    assert found.therapies == ("uc-msc", "placebo")
    assert found.contrast.risk_difference.estimate == pytest.approx(9 / 12 - 5 / 6)
    assert found.certainty.start == start
    assert found.first.place.line < found.second.place.line


@pytest.mark.parametrize(
    "second", [{"at": 6}, {"scope": "kidney"}, {"subgroup": "women"}, {"n": None}]
)
def test_arms_that_answer_other_questions_are_not_compared(second):
    """Another time or scope, a subgroup, or no denominator is no direct comparison."""
    assert not compare(base_of(trial(**second)), ["hsct", "msc"]).direct


def test_two_controls_are_not_compared_with_each_other():
    """Placebo against conventional treatment says nothing about MSC."""
    arms = {
        "pills": {"therapy": "conventional", "n": 6},
        "none": {"therapy": "placebo", "n": 6},
    }
    file = study(
        "doe-1",
        count("any-remission", 2, 6, arm="pills"),
        count("any-remission", 3, 6, arm="none"),
        arms=arms,
        n=12,
        design="randomised-trial",
    )
    assert not compare(base_of(file), ["hsct", "msc"]).direct


def test_results_used_in_another_row_are_not_left_out():
    """Parts with another denominator than the total's row count in their own rows."""
    base = base_of(
        study("a-1", count("any-remission", 9, 20)),
        study(
            "b-1",
            count("complete-remission", 3, 15, among="followed"),
            count("partial-remission", 2, 15, among="followed"),
        ),
    )
    endpoints = ["any-remission", "complete-remission", "partial-remission"]
    found = compare(base, ["hsct", "msc"], endpoints=endpoints)
    total = cell(found, "any-remission", "msc").selection.excluded
    assert {item.reason for item in total} == {Reason.DENOMINATOR}
    assert not found.left_out


def test_single_arm_designs_give_no_direct_evidence():
    """Two arms of a study without a controlled design were not set side by side."""
    assert not compare(base_of(trial("single-arm-trial")), ["hsct", "msc"]).direct


def test_arms_with_other_denominators_lower_the_certainty():
    """Treated against followed is compared, with a reason to be less certain."""
    base = base_of(trial(among="followed", n=5, events=4))
    (found,) = compare(base, ["hsct", "msc"]).direct
    assert "denominators-differ" in found.certainty.codes


def test_two_arms_of_one_trial_are_no_indirect_comparison():
    """Where both sides are one trial, the difference is direct and only direct."""
    found = compare(base_of(trial()), ["msc", "placebo"])
    assert not any(row.contrasts for row in found.rows)
    assert len(found.direct) == 1


def test_people_are_described_by_range_and_counted_once():
    """Ages are a range over studies; shared people count once in the total."""
    base = base_of(
        study(
            "a-1",
            count("death", 1, 20),
            population={"enrolled": 20, "lupus": 20, "age": {"mean": "30"}},
        ),
        study(
            "b-1",
            count("any-remission", 9, 30),
            n=30,
            shares=["a-1"],
            population={
                "enrolled": 30,
                "lupus": 30,
                "female": 27,
                "age": {"median": "40"},
            },
        ),
    )
    msc = compare(base, ["hsct", "msc"]).people[1]
    assert msc.studies == ("a-1", "b-1")
    assert msc.people == 30
    known = {item.key: item for item in msc.characteristics}
    age = known["age"]
    assert (age.lowest, age.middle, age.highest) == (30, 35, 40)
    assert known["female"].middle == pytest.approx(0.9)
    assert known["female"].studies == ("b-1",)


def test_left_out_results_are_counted_once_by_reason():
    """A result passed over in several rows is one result left out."""
    base = base_of(
        study(
            "a-1",
            count("death", 2, 20, lupus_specific=False),
            count("any-remission", 9, 20),
            count("complete-remission", 4, 20),
        )
    )
    found = compare(base, ["hsct", "msc"]).left_out
    assert [(item.reason, item.results) for item in found] == [
        (Reason.OTHER_DISEASES, 1)
    ]


def test_receipt_states_method_priors_rules_and_data(two_sides):
    """Everything that the numbers depend on is in the receipt."""
    rules = SelectionRules(overlap="latest", min_n=5)
    receipt = compare(two_sides, ["hsct", "msc"], rules=rules, tau_prior=0.5).receipt
    assert receipt.data_hash == two_sides.data_hash
    assert receipt.rules == rules
    assert "HalfNormal(0.5)" in receipt.priors
    assert receipt.method == "bayes"


def test_the_same_question_has_the_same_answer(two_sides):
    """Two runs are equal in every value, whatever the order of the files."""
    first = compare(two_sides, ["hsct", "msc"], sensitivity=True)
    turned = base_of(*reversed(two_sides.files))
    assert compare(turned, ["hsct", "msc"], sensitivity=True) == first


def frozen(value):
    """Tell whether a value and all in it are immutable."""
    if is_dataclass(value):
        assert value.__dataclass_params__.frozen, type(value)
        return all(frozen(getattr(value, item.name)) for item in fields(value))
    if isinstance(value, tuple):
        return all(frozen(item) for item in value)
    return not isinstance(value, (list, dict, set))


def test_a_comparison_is_frozen_all_the_way(two_sides):
    """Renderers cannot change what they are given."""
    found = compare(two_sides, ["hsct", "msc"], sensitivity=True)
    for item in (found.rows, found.people, found.left_out, found.receipt):
        assert frozen(item)


def test_explanations_account_for_every_study_of_every_cell(two_sides):
    """Each cell names all studies of its therapy."""
    found = compare(two_sides, ["hsct", "msc"])
    for item in explain(two_sides, found):
        names = {entry.study for entry in item.considered}
        hsct = item.cell.therapy == "hsct"
        assert names == ({"a-1", "b-1", "c-1"} if hsct else {"d-1", "e-1"})


def test_no_person_is_counted_twice_in_the_bundled_comparison():
    """In no cell of the bundled records do two included studies share people."""
    base = load()
    shared = {
        frozenset((item.study.id, overlap.study))
        for item in base.files
        for overlap in item.study.overlaps
    }
    found = compare(base, ["hsct", "msc"])
    assert found.rows
    for row in found.rows:
        for item in row.cells:
            names = [entry.study for entry in item.selection.included]
            pairs = {frozenset((a, b)) for a in names for b in names if a != b}
            assert not pairs & shared
            assert len(names) == len(set(names))
