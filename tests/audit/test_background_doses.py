"""Cells in one dose: which arms count, in which words, and where they stand."""

import pytest
from audit.made import answer

from lupus_evidence.audit.background import cells_in
from lupus_evidence.pages.audit_page import spots

LIGHT = "1 million cells per kg"
HEAVY = f"{LIGHT} on day 0 and day 7"


def claim(value, therapy="uc-msc"):
    """Return a claim of so many million cells."""
    return (
        "kind: background, quantity: cells-per-dose, unit: million-cells, "
        f'therapy: {therapy}, value: "{value}"'
    )


def given(world, name, dose, therapy="uc-msc", **changes):
    """Write a study whose only arm was given a dose."""
    arms = f"  cells: {{therapy: {therapy}, n: 60, dose: {dose}}}"
    world.study(name, arms=arms, **changes)


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


@pytest.mark.parametrize(
    ("value", "word"),
    [(50, "supported"), (90, "supported"), (49, "not found"), (91, "not found")],
)
def test_a_dose_per_kg_reaches_from_a_light_to_a_heavy_adult(world, value, word):
    """One million per kg is 50 to 90 million, ends included."""
    given(world, "doe-2015", HEAVY)
    assert world.verdict(claim(value)).word == word


def test_a_dose_that_no_study_gave_is_told_beside_the_usual_one(world):
    """1 million per kg in two studies, 200 million in one; 20 million in none."""
    given(world, "doe-2015", HEAVY)
    given(world, "roe-2016", "1 million UC-MSC cells per kg")
    given(world, "poe-2017", "200 million cells once")
    verdict = world.verdict(claim(20))
    assert verdict.word == "not found"
    assert answer(verdict) == (
        "other-dose",
        {
            "therapy": "uc-msc",
            "dose": LIGHT,
            "low": 50,
            "high": 90,
            "light": 50,
            "heavy": 90,
            "least": 2.5,
            "most": 4.5,
        },
    )
    assert [(f.code, f.values) for f in verdict.findings] == [
        ("dose-in-studies", {"dose": dose, "studies": studies})
        for dose, studies in (
            (LIGHT, ("doe-2015", "roe-2016")),
            ("200 million cells", ("poe-2017",)),
        )
    ]


def test_a_dose_given_to_everybody_is_compared_as_it_is(world):
    """200 million are 2 times 100 million, whatever a person weighs."""
    given(world, "poe-2017", "200 million cells once")
    code, told = answer(world.verdict(claim(100)))
    assert (code, told["low"], told["high"]) == ("other-dose", 200, 200)
    assert (told["least"], told["most"]) == (2, 2)
    code, told = answer(world.verdict(claim(200)))
    assert (code, str(told["value"]), told["per_kg"], told["studies"]) == (
        *("dose", "200", False, ("poe-2017",)),
    )


def test_a_dose_is_evidence_with_its_words_and_place(world):
    """Study, arm, cells, the record's words and how they were seen."""
    arms = (
        "  placebo: {therapy: placebo, n: 60, dose: saline}\n"
        f"  cells: {{therapy: msc, n: 60, dose: {HEAVY}}}"
    )
    world.study("doe-2015", arms=arms)
    (finding,) = world.verdict(claim(60)).findings
    (item,) = finding.evidence
    assert world.line("doe-2015", item.place.line).startswith("cells: ")
    assert (item.study, item.about, item.therapy) == (
        *("doe-2015", "cells-per-dose", "msc"),
    )
    assert (item.where, item.reading) == (HEAVY, "primary-abstract")
    assert spots(finding) == (f"{item.place.file}:{item.place.line} ({HEAVY})",)


def test_arms_with_one_dose_are_evidence_each_for_itself(world):
    """The same words stand in an arm with other cells and in two arms with these."""
    arms = "\n".join(
        f"  {name}: {{therapy: {therapy}, n: 20, dose: 50 million cells}}"
        for name, therapy in (("first", "hsct"), ("second", "uc-msc"), ("third", "msc"))
    )
    world.study("doe-2015", arms=arms)
    (finding,) = world.verdict(claim(50)).findings
    assert finding.values == {"dose": "50 million cells", "studies": ("doe-2015",)}
    assert [item.therapy for item in finding.evidence] == ["uc-msc", "msc"]
    first, second = (item.place.line for item in finding.evidence)
    assert second == first + 1


def test_a_planned_dose_and_those_of_other_cells_are_no_answer(world):
    """Nobody states one, or plans it; bone-marrow cells say nothing of cord cells."""
    assert world.verdict(claim(20)).word == "not checkable"
    given(world, "a-2014", "20 million cells", status="registered")
    given(world, "b-2015", "30 million cells", "bm-msc")
    assert world.verdict(claim(20)).word == "not checkable"
    given(world, "c-2016", "50 million cells")
    given(world, "d-2017", "60 million cells", "msc")
    assert world.verdict(claim(20)).word == "not found"
    verdict = world.verdict(claim(50))
    assert verdict.word == "supported"
    studies = [item.study for f in verdict.findings for item in f.evidence]
    assert studies == ["c-2016", "d-2017"]


@pytest.mark.parametrize(
    ("dose", "value", "word"),
    [
        (LIGHT, "1", "supported"),
        (LIGHT, "0.9", "not found"),  # both are per kg: nobody's weight enters
        (LIGHT, "1.1", "not found"),
        ("1 or 2 million cells per kg", "1.5", "supported"),
        ("1 or 2 million cells per kg", "2.1", "not found"),
        # 200 million are 4 per kg of somebody of 50 kg, 2.2 of somebody of 90 kg
        ("200 million cells", "4", "supported"),
        ("200 million cells", "4.1", "not found"),
        ("200 million cells", "2.3", "supported"),
        ("200 million cells", "2.2", "not found"),
    ],
)
def test_a_claim_per_kg_is_compared_per_kg(world, dose, value, word):
    """A dose per kg as such, one for everybody by what adults weigh."""
    given(world, "doe-2015", dose)
    per_kg = claim(value).replace("unit: million-cells,", "unit: million-cells-per-kg,")
    assert world.verdict(per_kg).word == word
