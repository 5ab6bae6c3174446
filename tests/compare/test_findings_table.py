"""The summary of findings: right numbers in right cells, and nothing else compared."""

import re

import pytest
from appraised import judged
from evidence.made import base_of, count, estimate, study
from pages.written import part, written

from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.findings_table import findings_table
from lupus_evidence.documents.document import Document, Facts
from lupus_evidence.documents.text import cell
from lupus_evidence.pages.comparison_page import comparison_document
from lupus_evidence.pages.summary_of_findings import letter
from lupus_evidence.records.load import load
from lupus_evidence.writers import html
from lupus_evidence.writers.terminal import Look

PAIR = ("uc-msc", "conventional")
THREE = {"adams-2024": (16, 40, 10, 40), "brown-2025": (27, 60, 18, 60)}
THREE["clark-2026"] = (40, 100, 24, 100)


def trial(name, counts, *, design="randomised-trial", at=12, endpoint="any-remission"):
    """A study with two arms and one outcome."""
    a, n_a, b, n_b = counts
    results = [
        {**count(endpoint, events, n, at=at), "scope": "kidney", "arm": arm}
        for arm, events, n in (("one", a, n_a), ("two", b, n_b))
    ]
    arms = {
        "one": {"therapy": "uc-msc", "n": n_a},
        "two": {"therapy": "conventional", "n": n_b},
    }
    return study(name, *results, arms=arms, n=n_a + n_b, design=design)


def three():
    """Three trials of one question."""
    return [trial(name, counts) for name, counts in THREE.items()]


def apart():
    """Single groups, each therapy in studies of its own."""
    return [
        study("hall-2010", count("any-remission", 15, 30), therapy="hsct", n=30),
        study("moss-2012", count("any-remission", 24, 60, at=24), n=60),
    ]


def compared(*files, therapies=PAIR, **options):
    """A comparison of invented records."""
    return compare(base_of(*files), therapies, **options)


def tables(found, **options):
    """The tables of the section, each as rows of texts, by their titles."""
    return {
        block.title: [
            {key: cell(value) for key, value in row.items()} for row in block.rows
        ]
        for block in part(found, "findings", **options)
        if hasattr(block, "rows")
    }


def notes(found):
    """The notes below the tables, by their letters."""
    (block,) = (b for b in part(found, "findings") if isinstance(b, Facts))
    assert block.notes
    return dict(block.pairs)


def test_an_effect_has_a_relative_and_an_absolute_side():
    """Risk ratio 1.60, 26 of 100 with the control, 42 with the treatment."""
    (rows,) = tables(compared(*three())).values()
    assert rows == [
        {
            "outcome": "Any remission, kidney, at 12 months",
            "people": "400 (3)",
            "relative": "1.60 (1.09 to 2.15)",
            "control": "26 per 100",
            "treated": "42 per 100 (28–56)",
            "certainty": "⊕⊕◯◯ low (a,b)",
        }
    ]


def test_the_risk_with_treatment_is_the_control_s_and_the_difference():
    """Its interval is the difference's, moved by the control's risk, within 0 to 1."""
    (answer,) = compared(*three()).trials
    low, high = answer.effects.risk_difference.ci
    assert answer.treated_ci == pytest.approx((0.26 + low, 0.26 + high))
    (rare,) = compared(trial("dole-2020", (0, 20, 1, 20))).trials
    assert rare.treated_ci[0] == 0
    assert rare.treated_ci[1] <= 1


def test_each_reason_is_said_once_and_named_by_its_letter():
    """Every letter in a cell has its note, every note a cell that names it."""
    found = compared(*three(), *apart(), therapies=("uc-msc", "conventional", "hsct"))
    said = notes(found)
    assert list(said) == [letter(place) for place in range(len(said))]
    assert len(set(said.values())) == len(said)
    named = re.findall(
        r"\(([a-z,]+)\)$",
        "\n".join(row["certainty"] for rows in tables(found).values() for row in rows),
        re.MULTILINE,
    )
    assert {name for names in named for name in names.split(",")} == set(said)
    assert said["b"] == (
        "Imprecision, 1 level: fewer than 300 people had the outcome, or did not."
    )


def test_the_letters_of_a_line_are_its_own_reasons():
    """They stand where the answer has each domain of the line."""
    table = findings_table(compared(*three()))
    ((finding,),) = (pair.findings for pair in table.effects)
    taken = [table.reasons[place] for place in table.places(finding.certainty)]
    assert sorted(taken, key=str) == sorted(finding.certainty.downgrades, key=str)


def test_different_studies_have_no_effect():
    """A rate each, at its own time; no ratio, no difference, and a heading says so."""
    found = compared(*apart(), therapies=("hsct", "msc"))
    table = findings_table(found)
    assert table.effects == ()
    ((title, rows),) = tables(found).items()
    assert "different studies: not compared" in title
    assert [(r["outcome"], r["therapy"], r["people"], r["rate"]) for r in rows] == [
        ("Any remission, at 12 months", "hsct", "30 (1)", "50 per 100 (31–69)"),
        ("Any remission, at 24 months", "msc", "60 (1)", "40 per 100 (28–53)"),
    ]
    assert not {"relative", "control", "treated"} & set(rows[0])
    said = written(found, sections=("findings",), answer=False)
    assert "risk ratio" not in said
    assert "Iorio 2015" in said
    assert "Balshem 2011" not in said


def test_a_trial_s_line_is_not_told_again_as_two_rates():
    """Nor with every row: what stands within a trial is no matter of different ones."""
    for every in (False, True):
        table = findings_table(compared(*three()), every=every)
        assert table.rates == ()
        assert table.not_shown.lines == 0


def test_beside_trials_other_studies_have_rates():
    """The two are told apart, and each says which question is rated."""
    other = study("pool-2015", count("relapse", 3, 30), n=30)
    found = compared(*three(), other, therapies=("msc", "conventional"))
    first, second = tables(found)
    assert first.startswith("Randomised trials")
    assert "not compared" in second
    said = written(found, sections=("findings",), answer=False)
    assert "Rated within trials: an effect" in said
    assert "in different studies: a rate" in " ".join(said.split())


def test_a_therapy_without_a_figure_says_so():
    """No study, where the other has one at that time."""
    files = [study("moss-2012", count("relapse", 6, 60), n=60)]
    rows = next(iter(tables(compared(*files, therapies=("hsct", "msc"))).values()))
    assert [(row["therapy"], row["rate"]) for row in rows] == [
        ("hsct", "no study"),
        ("msc", "10 per 100 (4–21)"),
    ]


def test_no_lot_answers_only_what_a_lot_does_not():
    """A table of its own, starting at low; where it is passed over it is counted."""
    own = [
        trial("east-2018", (9, 30, 6, 30), design="comparative-cohort"),
        trial(
            "ford-2019", (2, 30, 4, 30), design="comparative-cohort", endpoint="death"
        ),
    ]
    found = compared(*three(), *own)
    table = findings_table(found)
    assert [(pair.randomised, len(pair.findings)) for pair in table.effects] == [
        (True, 1),
        (False, 1),
    ]
    assert table.not_shown.no_lot == 1
    by_lot, others, _ = tables(found)
    assert by_lot.startswith("Randomised trials: ")
    assert others.startswith("Control groups not drawn by lot: ")
    said = written(found, sections=("findings",), answer=False)
    assert "it starts at high by lot, otherwise at low" in " ".join(said.split())
    assert "1 effect without a lot" in said


def test_one_certainty_for_all_is_said_once_above():
    """And not where lines differ."""
    same = compared(*apart(), therapies=("hsct", "msc"))
    first, *_ = part(same, "findings")
    assert first.text == "How sure anyone can be: very low for every line."
    assert findings_table(compared(*three())).level == "low"
    mixed = compared(*three(), trial("good-2020", (1, 9, 2, 9), endpoint="relapse"))
    assert findings_table(mixed).level is None
    assert not any(
        getattr(block, "text", "").startswith("How sure")
        for block in part(mixed, "findings")
    )


def test_judged_studies_have_another_reason():
    """Nothing of judgements that are still to be made."""
    files = [
        study("hall-2010", count("relapse", 15, 30), n=30, appraisal=[judged("high")])
    ]
    said = notes(compared(*files, therapies=("hsct", "msc")))
    assert said["a"] == "Risk of bias, 2 levels: a study at high risk of bias."


def test_whom_a_rate_leaves_out_and_what_was_read_off_a_curve_is_said():
    """In the cell that counts the people."""
    files = [
        study("hall-2010", estimate("overall-survival", "84", se="8"), n=31),
        study("moss-2012", count("relapse", 6, 20, among="responders"), n=60),
    ]
    rows = next(iter(tables(compared(*files, therapies=("hsct", "msc"))).values()))
    people = {row["people"] for row in rows if row["therapy"] == "msc"}
    assert people == {"31 (1), off a curve", "20 (1), who had responded"}


def test_what_nobody_or_everybody_had_has_no_ratio():
    """Neither does the number look like one."""
    rows = next(iter(tables(compared(trial("dole-2020", (0, 20, 0, 20)))).values()))
    assert rows[0]["relative"] == "not estimable"
    assert rows[0]["control"] == "0 per 100"


def test_what_is_left_out_is_counted_with_its_reason():
    """Each therapy's results by reason, and where all of it is."""
    files = [*apart(), study("tiny-2011", count("any-remission", 2, 3), n=3)]
    found = compared(*files, therapies=("hsct", "msc"))
    said = written(found, sections=("findings",), answer=False)
    assert "msc, 1 published result: fewer people than are pooled (1)." in said
    assert "lupus-evidence compare hsct msc with the same choices" in said


def test_every_row_leaves_none_to_ask_for():
    """The bundled records have many more than the main ones."""
    found = compare(load(), ("hsct", "msc"))
    main, every = (findings_table(found, every=flag) for flag in (False, True))
    assert main.not_shown.lines > 0
    assert every.not_shown.lines == 0
    assert len(every.rates) == len(found.rows)


def test_letters_go_on_behind_z():
    """As columns of a spreadsheet do."""
    assert [letter(place) for place in (0, 25, 26, 27, 52)] == [
        "a",
        "z",
        "aa",
        "ab",
        "ba",
    ]


def test_nothing_is_an_answer_too():
    """No study, no table, no letters."""
    found = compared(*apart(), therapies=("car-t", "placebo"))
    said = written(found, sections=("findings",), answer=False)
    assert "No study of these therapies gives a figure that can be used." in said
    assert "GRADE" not in said


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("pair", [("hsct", "msc"), ("msc", "placebo")])
def test_it_fits_the_screen(pair, width):
    """No line is longer, nothing is dropped."""
    found = compare(load(), pair)
    look = Look(width=width)
    text = written(found, look=look, sections=("findings",), answer=False, every=False)
    assert max(map(len, text.splitlines())) <= width
    assert "Not shown at this width" not in text


def test_a_manuscript_begins_with_it():
    """In place of the screen's answer, and what it rests on follows."""
    found = compare(load(), ("msc", "placebo"))
    page = comparison_document(found, findings=True)
    assert page.title.startswith("Summary of findings: donor stem cells (MSC) and")
    assert page.subtitle.startswith("1 randomised trial, 18 people")
    names = [getattr(block, "name", "") for block in page.blocks]
    assert "effects" in names
    assert names[-1] == "receipt"
    assert not {"trials", "answer"} & set(names)
    parts = comparison_document(
        found, sections=("people",), answer=False, findings=True
    )
    assert [block.name for block in parts.blocks] == ["people"]


def test_a_page_has_the_shared_heading_and_raised_letters():
    """Both therapies' risks stand under one heading."""
    blocks = part(compared(*three()), "findings")
    text = html.render_document(Document("", "", tuple(blocks)))
    assert '<th colspan="2">of 100 people given</th>' in text
    assert "⊕⊕◯◯ low <sup>a, b</sup>" in text
