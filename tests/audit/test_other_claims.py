"""Claims about the disease, the product, directions and statements."""

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.doses import cells_in
from lupus_evidence.load import load
from lupus_evidence.render.audit.words import sentence

DOI = "doi: 10.1000/source"
REMISSION = "endpoint: any-remission, at: 6, among: treated"
TWO_ARMS = """\
  cells: {therapy: uc-msc, n: 60}
  placebo: {therapy: placebo, n: 60}"""


def background(quantity, value, unit, *references, more=""):
    """Return a background claim."""
    items = ", ".join(
        f"{{label: Source {n}, {DOI}, {text}}}" for n, text in enumerate(references, 1)
    )
    return (
        f'kind: background, quantity: {quantity}, value: "{value}", '
        f"unit: {unit}{more}, references: [{items}]"
    )


def everything(verdict):
    """Return a verdict's sentence and findings as one text."""
    rows = [verdict.sentence, *(finding.words for finding in verdict.findings)]
    return " ".join(sentence(row) for row in rows)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("5", "supported"),
        ("14", "supported"),
        ("16", "contradicted"),
        ("1", "contradicted"),
    ],
)
def test_an_incidence_is_compared_by_arithmetic(world, value, word):
    """5.14 (1.4 to 15.13) bears out 5 and 14; 16 is 3.1 times it, 1 a fifth."""
    claim = background(
        "incidence", value, "per-100000-a-year",
        'value: "5.14", low: "1.4", high: "15.13", unit: per-100000-a-year',
    )  # fmt: skip
    assert world.verdict(claim).word == word


def test_a_percentage_is_brought_to_the_scale_of_its_source(world):
    """0.5 % is 500 in 100,000, 97 times 5.14 (500 / 5.14 = 97.3)."""
    claim = background(
        "incidence", "0.5", "percent",
        'value: "5.14", low: "1.4", high: "15.13", unit: per-100000-a-year',
    )  # fmt: skip
    verdict = world.verdict(claim)
    assert verdict.word == "contradicted"
    assert "500 in 100,000, 97 times" in everything(verdict)


def test_another_quantity_is_shown_and_decides_nothing(world):
    """0.0437 % fits the prevalence; as an incidence it is 8.5 times too much."""
    claim = background(
        "incidence", "0.0437", "percent",
        'value: "5.14", unit: per-100000-a-year',
        'quantity: prevalence, value: "43.7", unit: per-100000',
    )  # fmt: skip
    verdict = world.verdict(claim)
    assert verdict.word == "contradicted"
    assert "43.7 in 100,000 people live with it" in everything(verdict)


def test_a_ratio_is_divided_out(world):
    """15 to 8 is 1.9; 78.73 to 9.26 is 8.5, which is 4.5 times that."""
    claim = background(
        "sex-ratio", "15", "women-per-man",
        'value: "78.73", to: "9.26", unit: women-per-man', more=', to: "8"',
    )  # fmt: skip
    text = everything(world.verdict(claim))
    assert "8.5 women to each man" in text
    assert "makes 1.9" in text
    assert "4.5 times" in text


@pytest.mark.parametrize(
    ("value", "word"),
    [("11", "overstated"), ("9", "understated"), ("10", "supported"),
     ("21", "contradicted")],
)  # fmt: skip
def test_a_value_less_than_twice_off_is_not_contradicted(world, value, word):
    """Beside a source of 10 %, 11 is overstated, 9 understated, 21 contradicted."""
    claim = background("prevalence", value, "percent", 'value: "10", unit: percent')
    assert world.verdict(claim).word == word


def test_sources_that_differ_are_context(world, codes):
    """Between 10.6 and 96.4 % anything fits; that is not plain support."""
    claim = background(
        "symptom-prevalence", "45", "percent",
        'low: "10.6", high: "96.4", unit: percent',
    )  # fmt: skip
    verdict = world.verdict(claim)
    assert verdict.word == "supported, context missing"
    assert {"sources-differ", "no-source-for-figure"} <= codes(verdict)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1 million cells per kg into a vein", (50, 90)),
        ("2 or 4 million cells per kg", (100, 360)),
        ("200 million cells", (200, 200)),
        ("cyclophosphamide 50 mg/kg a day", None),
    ],
)
def test_a_dose_is_read_from_its_words(text, cells):
    """A dose per kg is given for a person of 50 to 90 kg."""
    assert cells_in(text) == cells


def test_a_dose_that_no_study_gave_is_not_found(world):
    """1 million per kg is 50 to 90 million: 2.5 to 4.5 times 20 million."""
    world.study("doe-2015", arms="  cells: {therapy: uc-msc, n: 60, "
                "dose: 1 million cells per kg}")  # fmt: skip
    claim = (
        "kind: background, quantity: cells-per-dose, therapy: uc-msc, "
        'value: "{}", unit: million-cells'
    )
    missing = world.verdict(claim.format(20))
    assert missing.word == "not found"
    assert "2.5 to 4.5 times" in everything(missing)
    assert world.verdict(claim.format(60)).word == "supported"


def falls(measure="sledai", more=""):
    """Return a claim that a measurement fell after donor MSC."""
    return (
        f"kind: direction, therapy: msc{more}, "
        f"changes: [{{measures: [{measure}], direction: falls}}]"
    )


def measured(line):
    """Return the measurements part of a record."""
    return f"measurements:\n  - {{arm: cells, {line}}}"


def test_a_direction_is_counted_over_studies(world, codes):
    """Two fell and one rose: supported, with the contrary study named."""
    fell = 'measure: sledai, at: 12, baseline: {mean: "10"}, value: {mean: "6"}'
    world.study("a-2011", more=measured(fell))
    world.study("b-2012", more=measured("measure: sledai, direction: falls"))
    world.study("c-2013", more=measured("measure: sledai, direction: rises"))
    verdict = world.verdict(falls())
    assert verdict.word == "supported, context missing"
    assert "fell in 2 of 3 studies" in everything(verdict)
    assert {"direction-contrary", "no-control-group", "study-not-named"} <= codes(
        verdict
    )
    assert "from 10 to 6 at 1 year in a-2011" in everything(verdict)


def test_as_many_contrary_studies_contradict_a_direction(world):
    """One fell, one stayed: that is no fall."""
    world.study("a-2011", more=measured("measure: sledai, direction: falls"))
    world.study("b-2012", more=measured("measure: sledai, direction: unchanged"))
    assert world.verdict(falls()).word == "contradicted"


def test_the_last_time_counts(world):
    """What fell at 3 months and was back at 12 has not fallen."""
    early = 'measure: sledai, at: 3, baseline: {mean: "10"}, value: {mean: "6"}'
    late = 'measure: sledai, at: 12, baseline: {mean: "10"}, value: {mean: "11"}'
    world.study("a-2011", more=f"{measured(early)}\n  - {{arm: cells, {late}}}")
    assert world.verdict(falls()).word == "contradicted"


def test_a_direction_that_nobody_measured_is_not_found(world):
    """No study follows the measurement."""
    world.study("a-2011")
    assert world.verdict(falls("proteinuria")).word == "not found"


def test_a_fall_in_the_control_arm_is_named(world, codes):
    """With placebo the score fell too."""
    world.study(
        "trial-2017",
        design="randomised-trial",
        arms=TWO_ARMS,
        n=120,
        more='measurements:\n  - {arm: cells, measure: sledai, change: {mean: "-8"}}\n'
        '  - {arm: placebo, measure: sledai, change: {mean: "-5"}}',
    )
    verdict = world.verdict(falls())
    assert "controls-changed-too" in codes(verdict)
    assert "no-control-group" not in codes(verdict)


def trial(world, cells, placebo, n):
    """Write a randomised trial with remission counted in both arms."""
    arms = TWO_ARMS.replace("60", str(n))
    world.study(
        "trial-2017",
        f"{REMISSION}, events: {cells}, n: {n}",
        design="randomised-trial",
        arms=arms,
        n=2 * n,
    )
    path = world.records / "trial-2017.yaml"
    text = path.read_text(encoding="utf-8")
    line = f"  - {{arm: placebo, {REMISSION}, events: {placebo}, n: {n}}}\n"
    path.write_text(text.rstrip() + "\n" + line, encoding="utf-8")


AGREE = "kind: statement, topic: expert-agreement, therapies: [msc]"


@pytest.mark.parametrize(
    ("cells", "placebo", "word"),
    [
        (45, 42, "overstated"),
        (20, 40, "overstated"),
        (50, 20, "supported"),
    ],
)
def test_agreement_on_a_benefit_rests_on_randomised_trials(
    world, codes, cells, placebo, word
):
    """45 against 42 of 60 is no clear benefit, 50 against 20 of 60 is one."""
    trial(world, cells, placebo, 60)
    verdict = world.verdict(AGREE)
    assert verdict.word == word
    says = "agrees" if word == "supported" else "says-otherwise"
    assert f"randomised-trial-{says}" in codes(verdict)
    assert f"{cells} of 60 people" in everything(verdict)


def test_without_a_randomised_trial_agreement_cannot_be_checked(world):
    """Single-arm studies cannot show a benefit."""
    world.study("doe-2015", f"{REMISSION}, events: 30, n: 60")
    assert world.verdict(AGREE).word == "not checkable"


def test_a_registered_trial_without_results_is_named_until_it_reports(world, codes):
    """A trial of 81 people without results is left out; its paper ends that."""
    trial(world, 50, 20, 60)
    world.study("nct-1", design="randomised-trial", arms=TWO_ARMS, n=81)
    path = world.records / "nct-1.yaml"
    text = path.read_text(encoding="utf-8").replace("published", "registered")
    path.write_text(text, encoding="utf-8")
    verdict = world.verdict(AGREE)
    assert verdict.word == "supported, context missing"
    assert "nct-1 (81 people)" in everything(verdict)
    world.study(
        "paper-2020",
        more="overlaps: [{study: nct-1, certainty: certain, because: its trial}]",
    )
    assert "registered-trial-unreported" not in codes(world.verdict(AGREE))


FEW = "kind: statement, topic: few-harms, therapies: [msc]"


@pytest.mark.parametrize(
    ("deaths", "n", "word"),
    [
        (7, 53, "contradicted"),
        (1, 60, "supported, context missing"),
        (2, 10, "supported, context missing"),
        (0, 60, "supported"),
    ],
)
def test_few_harms_are_contradicted_by_common_deaths_from_treatment(
    world, deaths, n, word
):
    """7 of 53 is surely above 1 in 100; 1 of 60 is not sure; 10 people are too few."""
    world.study(
        "doe-2015",
        f"endpoint: treatment-related-mortality, events: {deaths}, n: {n}, "
        "among: treated",
        n=n,
    )
    assert world.verdict(FEW).word == word


def test_harm_that_nobody_counted_cannot_be_checked(world):
    """Silence is not safety."""
    world.study("doe-2015", f"{REMISSION}, events: 30, n: 60")
    assert world.verdict(FEW).word == "not checkable"


ACCOUNT = (
    "kind: statement, topic: study-account, therapies: [msc], cites: registry-2010, "
    "people: {people}"
)


@pytest.mark.parametrize(
    ("people", "word", "code"),
    [
        (900, "supported, context missing", "other-disease"),
        (880, "supported, context missing", "detail-differs"),
        (90, "contradicted", "people-differ"),
    ],
)
def test_an_account_of_a_study_is_held_against_its_record(
    world, codes, people, word, code
):
    """900 people of whom 85 have lupus: 880 is a slip, 90 another study."""
    world.study("registry-2010", n=900, lupus=85)
    verdict = world.verdict(ACCOUNT.format(people=people))
    assert verdict.word == word
    assert code in codes(verdict)
    assert "85 of 900 people (9 %)" in everything(verdict)


CASE = "kind: statement, topic: case-report, therapies: [msc], words: [sjögren, gcmaf]"


def test_a_case_is_looked_for_by_its_words(world, codes):
    """No report names it: not found. One does: supported, one person being few."""
    world.study("other-2010", design="case-report", n=1)
    assert world.verdict(CASE).word == "not found"
    world.study(
        "case-2017",
        "endpoint: any-response, events: 1, n: 1, among: treated",
        design="case-report",
        n=1,
        more="notes: [Lupus with Sjögren syndrome.]",
    )
    found = world.verdict(CASE)
    assert found.word == "supported, context missing"
    assert "few-people" in codes(found)
    assert "case-2017" in everything(found)


def test_an_account_without_a_record_is_not_found(world):
    """A study that is not among the records can be neither confirmed nor refused."""
    world.study("other-2010")
    found = audit(load(world.records), load_claims([_account_file(world)]))
    assert {item.code for item in found.diagnostics} == {"C201"}
    assert found.articles[0].claims[0].verdict.word == "not found"


def _account_file(world):
    """Write an article that describes a study without a record."""
    path = world.articles / "page.yaml"
    claim = f"{{id: one, says: A claim, {ACCOUNT.format(people=900)}}}"
    path.write_text(
        f"id: page\narticle: {{title: A page, kind: blog}}\nclaims:\n  - {claim}\n",
        encoding="utf-8",
    )
    return path


def test_an_outcome_in_an_account_is_quoted_from_its_record(world):
    """What the study found is told, and for whom."""
    world.study(
        "registry-2010",
        'endpoint: progression-free-survival, at: 60, percent: "43", n: 900, '
        "among: treated, kind: kaplan-meier, lupus_specific: false",
        n=900,
        lupus=85,
    )
    claim = (
        f"{ACCOUNT.format(people=900)}, "
        "outcome: {endpoint: progression-free-survival, months: 60}"
    )
    text = everything(world.verdict(claim))
    assert "Over all diseases, 43 % of 900 people" in text


def test_doses_that_nobody_states_cannot_be_checked(world):
    """Without a dose in any record there is nothing to compare."""
    world.study("doe-2015")
    claim = (
        "kind: background, quantity: cells-per-dose, therapy: uc-msc, "
        'value: "20", unit: million-cells'
    )
    assert world.verdict(claim).word == "not checkable"


def test_doses_of_other_cells_are_no_answer(world):
    """Bone-marrow cells say nothing of umbilical-cord cells; unnamed ones may be."""
    dose = "n: 60, dose: {} million cells"
    for name, therapy, cells in (
        ("doe-2015", "uc-msc", 50),
        ("roe-2016", "msc", 60),
        ("poe-2017", "bm-msc", 70),
        ("low-2018", "adipose-msc", 80),
    ):
        world.study(name, arms=f"  cells: {{therapy: {therapy}, {dose.format(cells)}}}")
    claim = (
        "kind: background, quantity: cells-per-dose, therapy: uc-msc, "
        'value: "20", unit: million-cells'
    )
    text = everything(world.verdict(claim))
    assert "50 million cells: 1 study (doe-2015)" in text
    assert "60 million cells: 1 study (roe-2016)" in text
    assert "poe-2017" not in text
    assert "low-2018" not in text


def test_a_direction_names_what_was_measured(world):
    """Two scores of one kind are named once; only those that studies measured."""
    figures = 'baseline: {mean: "12"}, value: {mean: "5"}, at: 12, direction: falls'
    claim = (
        "kind: direction, therapy: msc, "
        "changes: [{measures: [sledai, bilag, proteinuria], direction: falls}]"
    )
    world.study("doe-2015", more=measured(f"measure: bilag, {figures}"))
    assert "score (BILAG) fell in doe-2015" in everything(world.verdict(claim))
    world.study("roe-2016", more=measured(f"measure: sledai, {figures}"))
    text = everything(world.verdict(claim))
    assert "score (SLEDAI or BILAG) fell in 2 of 2 studies" in text
    world.study("poe-2017", more=measured(f"measure: proteinuria, {figures}"))
    text = everything(world.verdict(claim))
    assert "score (SLEDAI or BILAG) or protein in urine fell in 3 of 3 studies" in text
