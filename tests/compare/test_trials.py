"""Trials: pooled, shown first, in every form, and never torn apart."""

import csv
import io
import json
from itertools import product

import pytest
from appraised import judged
from evidence.made import base_of, count, study

from lupus_evidence.compare.certainty import figure_certainty, trials_certainty
from lupus_evidence.compare.comparison import compare
from lupus_evidence.pages.comparison import comparison_answer
from lupus_evidence.records.load import load
from lupus_evidence.writers.formats import FORMATS
from lupus_evidence.writers.terminal import Look

WRITERS = {form.name: form.write for form in FORMATS}
PAIR = ["uc-msc", "conventional"]
THREE = {"adams-2024": (16, 40, 10, 40), "brown-2025": (27, 60, 18, 60)}
THREE["clark-2026"] = (40, 100, 24, 100)
OUTCOME = "complete-remission"


def trial(name, counts, *, therapies=PAIR, design="randomised-trial", **more):
    """A study with two arms and one outcome at 12 months."""
    a, n_a, b, n_b = counts
    fields = {"endpoint": OUTCOME, "scope": "kidney", **more.pop("result", {})}
    results = [
        {**count(fields["endpoint"], events, n), **fields, "arm": arm}
        for arm, events, n in (("one", a, n_a), ("two", b, n_b))
    ]
    arms = {
        arm: {"therapy": therapy, "n": n}
        for arm, therapy, n in zip(("one", "two"), therapies, (n_a, n_b), strict=True)
    }
    return study(name, *results, arms=arms, n=n_a + n_b, design=design, **more)


def compared(*files, therapies=PAIR, **options):
    """A comparison of invented records."""
    return compare(base_of(*files), therapies, **options)


def three(**more):
    """The three trials."""
    return [trial(name, counts, **more) for name, counts in THREE.items()]


def test_three_trials_give_one_effect():
    """15.5 points (6.4 to 24.6), risk ratio 1.60, at 26 of 100: by hand."""
    (answer,) = compared(*three()).trials
    effects = answer.effects
    assert (answer.k, answer.people, answer.randomised) == (3, 400, True)
    assert answer.control_risk == pytest.approx(52 / 200)
    assert effects.mh_risk_difference.estimate == pytest.approx(0.155)
    assert effects.mh_risk_difference.ci == pytest.approx((0.0637, 0.2463), abs=1e-4)
    assert effects.risk_difference.estimate == pytest.approx(0.155, abs=0.005)
    assert effects.risk_difference.prediction is not None


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_every_page_tells_the_effect(form):
    """First the table, then what it comes to as one effect."""
    found = compared(*three())
    text = WRITERS[form](comparison_answer(found), Look(width=80))
    text = " ".join(str(text).replace("\\", "").split())
    for told in ("83 of 200", "52 of 200", "+16 (+2 to +30)"):
        assert told in text
    assert "15.5 percentage points (6.4 to 24.6), risk ratio 1.60" in text
    assert "3 randomised trials, 400 people" in text
    assert "ifferent studies" not in text
    assert "nadjusted" not in text


def test_every_table_holds_the_effect():
    """CSV, JSON, and the two-by-two tables for metafor."""
    found = compared(*three())
    answer = comparison_answer(found)
    (row,) = (
        row
        for row in csv.DictReader(io.StringIO(WRITERS["csv"](answer, Look())))
        if row["figure"] == "trials-randomised"
    )
    assert float(row["mh_difference"]) == pytest.approx(0.155)
    assert float(row["mh_risk_ratio"]) == pytest.approx(83 / 52)
    assert (row["therapy"], row["compared_with"]) == tuple(PAIR)
    (told,) = json.loads(WRITERS["json"](answer, Look()))["trials"]
    assert told["effects"]["mh_risk_ratio"]["estimate"] == pytest.approx(83 / 52)
    assert [one["weight"] for one in told["trials"]] == pytest.approx(
        [0.22, 0.33, 0.45], abs=0.01
    )
    rows = [
        row
        for row in csv.DictReader(io.StringIO(WRITERS["metafor"](answer, Look())))
        if row["ai"]
    ]
    tables = [[float(row[cell]) for cell in ("ai", "bi", "ci", "di")] for row in rows]
    assert tables == [[16, 24, 10, 30], [27, 33, 18, 42], [40, 60, 24, 76]]
    script = WRITERS["r"](answer, Look())
    assert "ai = c(16, 27, 40)" in script
    assert 'rma.glmm(measure = "OR"' in script


def test_what_trials_answer_has_no_unadjusted_difference():
    """Nor at another time, nor for the opposite; another outcome keeps its own."""
    one, other = (
        study(f"{name}-1", count("death", 3, 30), count("any-response", 9, 30), n=30,
              therapy=therapy)
        for name, therapy in (("x", "uc-msc"), ("y", "conventional"))
    )  # fmt: skip
    deaths = trial("adams-2024", (1, 30, 2, 30), result={"endpoint": "death", "at": 60})
    deaths_alone = compared(one, other)
    both = compared(one, other, deaths)

    def contrasted(found):
        return {row.endpoint for row in found.rows if row.contrasts}

    assert {"death", "any-response"} <= contrasted(deaths_alone)
    assert contrasted(both) & {"death", "overall-survival"} == set()
    assert "any-response" in contrasted(both)


def test_no_study_stands_on_both_sides_of_a_difference():
    """Whatever else is compared: its arms are a trial."""
    single = study("x-1", count(OUTCOME, 9, 30, scope="kidney"), therapy="uc-msc", n=30)
    for row in compared(*three(), single).rows:
        for contrast in row.contrasts:
            assert all(a != b for a, b in contrast.shared)


def test_chance_is_told_from_choice():
    """A cohort with a control group is pooled apart from trials by lot."""
    found = compared(
        *three(), trial("doe-2020", (9, 30, 9, 30), design="comparative-cohort")
    )
    by_lot, beside = found.trials
    assert (by_lot.randomised, by_lot.k) == (True, 3)
    assert (beside.randomised, beside.k) == (False, 1)
    assert beside.certainty.start == "low"


def test_arms_of_one_therapy_are_one_arm():
    """Two doses against one control: nobody of the control is counted twice."""
    doses = study(
        "doe-2020",
        *(
            {**count(OUTCOME, events, n), "scope": "kidney", "arm": arm}
            for arm, events, n in (("low", 3, 20), ("high", 6, 20), ("none", 2, 20))
        ),
        arms={
            "low": {"therapy": "uc-msc", "n": 20},
            "high": {"therapy": "bm-msc", "n": 20},
            "none": {"therapy": "placebo", "n": 20},
        },
        n=60,
        design="randomised-trial",
    )
    found = compared(doses, therapies=["hsct", "msc"])
    (answer,) = found.trials
    assert answer.therapies == ("msc", "placebo")
    (told,) = answer.trials
    assert (told.first.events, told.first.n, told.second.n) == (9, 40, 20)
    assert told.therapies == ("msc", "placebo")
    assert told.arms == ("low + high", "none")
    (dose,) = found.doses
    assert (dose.first.events, dose.second.events) == (3, 6)


def test_trials_that_share_people_are_counted_once():
    """The larger stays; the other is named with its reason."""
    again = trial("dale-2026", (20, 50, 12, 50), shares=["clark-2026"])
    (answer,) = compared(*three(), again).trials
    assert {item.study for item in answer.trials} == set(THREE)
    assert {(x.study, x.reason.value) for x in answer.selection.excluded} == {
        ("dale-2026", "overlap")
    }


def test_a_trial_with_one_arm_counted_is_left_out_with_its_reason():
    """It cannot be compared within itself."""
    half = study(
        "half-2020",
        {**count(OUTCOME, 9, 30), "scope": "kidney", "arm": "one"},
        arms={"one": {"therapy": "uc-msc", "n": 30},
              "two": {"therapy": "conventional", "n": 30}},
        n=60,
        design="randomised-trial",
    )  # fmt: skip
    (answer,) = compared(*three(), half).trials
    assert [(x.study, x.reason.value) for x in answer.selection.excluded] == [
        ("half-2020", "one-arm-only")
    ]


def test_each_pair_that_trials_connect_is_answered():
    """Of three therapies two pairs are connected here, and the third is not."""
    found = compared(
        trial("a-1", (9, 30, 6, 30)),
        trial("b-1", (9, 30, 6, 30), therapies=["hsct", "conventional"]),
        therapies=["uc-msc", "hsct", "conventional"],
    )
    pairs = [answer.therapies for answer in found.answering]
    assert pairs == [("uc-msc", "conventional"), ("hsct", "conventional")]


def test_two_doses_of_cells_stand_as_a_trial_of_doses():
    """Wang 2012: one infusion 16 of 30, two 8 of 27, as an editorial prints them."""
    found = compare(load(), ["hsct", "msc"])
    (dose,) = (item for item in found.doses if item.endpoint == OUTCOME)
    assert dose.study == "wang-2012"
    assert (dose.first.events, dose.first.n) == (16, 30)
    assert (dose.second.events, dose.second.n) == (8, 27)


def test_the_bundled_trial_reads_as_it_was():
    """Deng 2017: 9 of 12 against 5 of 6; very low, and no high without a judge."""
    found = compare(load(), ["hsct", "msc"])
    told = {(x.endpoint, x.scope): x for x in found.direct}
    item = told["any-remission", "kidney"]
    assert (item.first.events, item.first.n) == (9, 12)
    assert (item.second.events, item.second.n) == (5, 6)
    levels = {x.certainty.level for x in found.trials}
    levels |= {
        c.certainty.level for row in found.rows for c in row.cells if c.certainty
    }
    assert levels <= {"very low", "low"}


@pytest.mark.parametrize("level", [None, "low", "some", "high"])
def test_an_effect_is_as_sure_as_its_trials_were_judged(level):
    """Few events take one level; nobody is above low while nobody judged."""
    appraisal = [judged(level, "rob2")] if level else []
    (answer,) = compared(*three(appraisal=appraisal)).trials
    expected = {None: "low", "low": "moderate", "some": "low", "high": "very low"}
    assert answer.certainty.level == expected[level]
    assert answer.certainty.question == "effect"


LEVELS = ("very low", "low", "moderate", "high")


@pytest.mark.thorough
def test_more_people_never_make_an_effect_less_sure():
    """The same rates in ever more people, at each risk of bias."""
    for bias, (a, b) in product(
        (None, "low", "some", "high"), ((4, 2), (7, 7), (1, 9))
    ):
        appraisal = [judged(bias, "rob2")] if bias else []
        before = 0
        for size in (1, 2, 4, 10, 40, 100):
            one = trial("a-1", (a * size, 10 * size, b * size, 10 * size),
                        appraisal=appraisal)  # fmt: skip
            (answer,) = compared(one).trials
            after = LEVELS.index(answer.certainty.level)
            assert after >= before
            before = after


@pytest.mark.thorough
def test_more_people_never_make_a_rate_less_sure():
    """One study and four, at each risk of bias, growing at the same rates."""
    for bias, k in product((None, "low", "some", "unknown", "high"), (1, 2, 4)):
        appraisal = [judged(bias)] if bias else []
        before = 0
        for size in (1, 2, 5, 20, 100):
            files = [
                study(f"s{i}-1", count("death", 2 * size, 10 * size), n=10 * size,
                      appraisal=appraisal)
                for i in range(k)
            ]  # fmt: skip
            rows = compare(base_of(*files), ["hsct", "msc"], endpoints=["death"]).rows
            after = LEVELS.index(rows[0].cells[1].certainty.level)
            assert after >= before
            before = after


def test_a_wider_interval_never_makes_a_rate_surer():
    """The prior alone widens it here."""
    files = [study(f"s{i}-1", count("death", 9, 40), n=40, appraisal=[judged("low")])
             for i in range(3)]  # fmt: skip
    before = len(LEVELS)
    for prior in (0.1, 0.5, 1, 2, 5):
        found = compare(
            base_of(*files), ["hsct", "msc"], endpoints=["death"], tau_prior=prior
        )
        cell = found.rows[0].cells[1]
        sure = figure_certainty(cell.selection, cell.figure)
        after = LEVELS.index(sure.level)
        assert after <= before
        before = after


def test_a_wider_interval_never_makes_an_effect_surer():
    """Rated anew with the interval stretched."""
    from dataclasses import replace

    (answer,) = compared(*three(appraisal=[judged("low", "rob2")])).trials
    found = answer.effects.risk_difference
    before = len(LEVELS)
    for stretch in (0.1, 1, 2, 4, 8):
        low, high = found.ci
        ends = 0.155 - stretch * (0.155 - low), 0.155 + stretch * (high - 0.155)
        sure = trials_certainty(answer.selection, replace(found, ci=ends), 0.1)
        after = LEVELS.index(sure.level)
        assert after <= before
        before = after
