"""What a limit of bias and a notice leave out of every figure, and how it is told."""

import pytest
from appraised import judged
from evidence.made import base_of, chosen, count, estimate, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.evidence.rate_selection import choose, considered
from lupus_evidence.evidence.selection import (
    ASSUMED_ERRORS,
    OVERLAP_RULES,
    PRIMARY_READINGS,
    Counted,
    Reason,
    SelectionRules,
)
from lupus_evidence.evidence.survival_selection import survival_over_time
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.evidence.trial_selection import TrialQuestion, choose_trials
from lupus_evidence.pages.comparison_page import FULL, comparison_document
from lupus_evidence.pages.reasons import why
from lupus_evidence.vocabulary import band_of
from lupus_evidence.writers.terminal import Look, render_document

LEVELS = ("low", "some", "high", "unknown")


def one(level, **fields):
    """A study of this level, or one that nobody judged."""
    more = {} if level is None else {"appraisal": [judged(level, **fields)]}
    name = f"{level or 'unjudged'}-2020"
    return study(name, count("any-remission", 5, 20), **more)


def left_out(limit, **rules):
    """What a limit leaves out: study and how it is told."""
    files = [one(level) for level in (*LEVELS, None)]
    found = chosen(*files, max_bias=limit, **rules)
    assert {item.reason for item in found.excluded} <= {Reason.BIAS}
    return {item.study: why(item.reason, item.particulars) for item in found.excluded}


UNJUDGED = {"unjudged-2020": "nobody has judged its risk of bias"}
UNKNOWN = {"unknown-2020": "risk of bias: no information"}
HIGH = {"high-2020": "risk of bias: high"}
SOME = {"some-2020": "risk of bias: some concerns"}


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, {}),
        ("high", UNJUDGED),
        ("some", UNJUDGED | UNKNOWN | HIGH),
        ("low", UNJUDGED | UNKNOWN | HIGH | SOME),
    ],
)
def test_what_was_judged_worse_or_not_at_all_is_left_out(limit, expected):
    """Each with its level, in words."""
    assert left_out(limit) == expected


def test_what_nobody_knows_may_be_kept():
    """Then only what is known to be worse goes."""
    assert left_out("some", keep_unjudged=True) == HIGH
    assert left_out("low", keep_unjudged=True) == HIGH | SOME


def test_a_limit_is_held_against_each_result():
    """An appraisal of one endpoint leaves the others of the study alone."""
    death = judged("high", about={"endpoint": "death"})
    files = study(
        "doe-2020",
        count("any-remission", 5, 20),
        count("death", 1, 20),
        appraisal=[judged("low"), death],
    )
    assert chosen(files, max_bias="some").included
    dead = chosen(files, max_bias="some", endpoint="death")
    assert [item.reason for item in dead.excluded] == [Reason.BIAS]


def test_nothing_is_worked_out_of_what_is_left_out():
    """People alive are not counted from deaths that may not enter."""
    deaths = judged("high", about={"endpoint": "death"})
    file = study("doe-2020", count("death", 1, 20), appraisal=[judged("low"), deaths])
    assert chosen(file, endpoint="overall-survival").included
    assert not chosen(file, endpoint="overall-survival", max_bias="some").included


def test_a_weightier_reason_is_told_first():
    """What is not about lupus is not left out for its bias."""
    odd = study("doe-2020", count("any-remission", 5, 20, lupus_specific=False))
    (item,) = chosen(odd, max_bias="low").excluded
    assert item.reason is Reason.OTHER_DISEASES


def notice(kind, **more):
    """A notice as records have it."""
    return {"kind": kind, "source": "doi 10.1000/183", **more}


RETRACTED = notice("retraction", date="2021-03")
LINES = (count("any-remission", 5, 20), count("complete-remission", 4, 20))


def test_a_retracted_report_is_in_no_figure_and_says_when():
    """Its own counts and what could be worked out of them are left out."""
    found = chosen(study("doe-2020", *LINES, notices=[RETRACTED]))
    assert not found.included
    (left,) = found.excluded
    assert left.reason is Reason.RETRACTED
    assert why(left.reason, left.particulars) == "the report was retracted, 2021-03"


def test_its_people_do_not_keep_a_sound_report_out():
    """Of two reports on the same people the retracted larger one counts for nothing."""
    large = study("roe-2021", count("any-remission", 9, 40), n=40, notices=[RETRACTED])
    small = study("doe-2020", LINES[0], shares=("roe-2021",))
    assert [item.study for item in chosen(large, small).included] == ["doe-2020"]


@pytest.mark.parametrize(
    ("kinds", "counts"),
    [
        (["correction"], True),
        (["expression-of-concern"], True),
        (["expression-of-concern", "retraction"], False),
        (["retraction", "reinstatement"], True),
        (["retraction", "reinstatement", "retraction"], False),
        (["retraction", "correction"], False),
    ],
)
def test_only_a_standing_retraction_keeps_a_report_out(kinds, counts):
    """A correction is no retraction, and a reinstatement undoes one."""
    file = study("doe-2020", *LINES, notices=[notice(kind) for kind in kinds])
    assert bool(chosen(file).included) is counts


def test_an_expression_of_concern_is_a_footnote_of_the_comparison():
    """The answer itself warns, not only the record."""
    doubted = study("doe-2020", *LINES, notices=[notice("expression-of-concern")])
    other = study("roe-2020", *LINES, therapy="hsct")
    comparison = compare(base_of(doubted, other), ("msc", "hsct"))
    for sections in ((), FULL):
        page = comparison_document(comparison, sections=sections, answer=not sections)
        text = " ".join(render_document(page, Look(80)).split())
        assert "The journal has doubts about doe-2020" in text
        assert "roe-2020 (expression" not in text


def test_a_retracted_report_is_marked_wherever_it_is_shown(run, tmp_path):
    """List, table and card say so before anybody uses its figures."""
    file = study("doe-2020", *LINES, notices=[RETRACTED])
    (tmp_path / "doe-2020.yaml").write_text(file.text)
    listed = run("list", "--studies", tmp_path).output
    assert "doe-2020  RETRACTED" in listed
    assert "in no pooled figure" in listed
    assert "R retracted, in no pooled" in run("table", "--studies", tmp_path).output
    data = run("table", "--studies", tmp_path, "-f", "csv").output
    assert data.count("the report was retracted") == 2
    page = tmp_path / "page.html"
    run("report", "--studies", tmp_path, "-o", page)
    text = page.read_text(encoding="utf-8")
    assert "<strong>Doe 2020</strong> <strong>RETRACTED</strong>" in text
    card = run("show", "doe-2020", "--studies", tmp_path).output
    assert "RETRACTED  retraction, 2021-03 (doi 10.1000/183)" in card


FOLLOWED = {"among": "followed", "n": 12}
ARMS = {"cells": {"therapy": "msc", "n": 20}, "none": {"therapy": "placebo", "n": 20}}
LASTED = {"months": 12, "basis": "response-duration"}
LONGEST = {"months": 60, "basis": "longest"}


def every_reason():
    """Each reason with a selection or a study that leaves with it."""
    fine = count("any-remission", 5, 20)
    small = study("doe-2020", fine)
    large = study("roe-2021", fine | {"n": 30}, n=30, shares=("doe-2020",))
    ones = {
        "retracted": chosen(study("doe-2020", fine, notices=[RETRACTED])),
        "overlap": chosen(small, large),
        "other-denominator": chosen(large, study("poe-2020", fine | FOLLOWED)),
        "other-diseases": chosen(study("doe-2020", fine | {"lupus_specific": False})),
        "mixed-treatments": chosen(study("doe-2020", fine | {"arm": None}, arms=ARMS)),
        "subgroup-only": chosen(study("doe-2020", fine | {"subgroup": "men"})),
        "other-scope": chosen(study("doe-2020", fine | {"scope": "kidney"})),
        "time-is-a-duration": chosen(study("doe-2020", fine | {"at": LASTED})),
        "few-people": chosen(study("doe-2020", fine), min_n=21),
        "no-usable-number": chosen(study("doe-2020", fine | {"events": None})),
        "same-study": chosen(study("doe-2020", fine, fine)),
        "own-outcome": chosen(
            study("doe-2020", count("other", 5, 20, name="gait")), endpoint="other"
        ),
        "reading-filter": chosen(small, readings=("secondary",)),
        "design-filter": chosen(small, designs=("registry",)),
        "abstract-filter": chosen(
            study("doe-2020", fine, publication="conference-abstract"),
            include_abstracts=False,
        ),
        "bias-filter": chosen(small, max_bias="low"),
    }
    failing = therapy_evidence([small], "msc", {("doe-2020", 0): ("E201",)})
    ones["fails-check"] = choose(failing, "any-remission", "lupus", band_of(12))
    over_time = {
        "no-time": count("death", 1, 20, at=None),
        "varying-follow-up": count("death", 1, 20, at=LONGEST),
        "not-early": count("treatment-related-mortality", 1, 20, at=60),
    }
    for code, result in over_time.items():
        file = study("doe-2020", result)
        ones[code] = survival_over_time(therapy_evidence([file], "msc"))
    file = study(
        "doe-2020", fine | {"arm": "cells"}, arms=ARMS, design="randomised-trial"
    )
    ones["one-arm-only"] = choose_trials(
        *(therapy_evidence([file], name) for name in ("msc", "placebo")),
        TrialQuestion("any-remission", "lupus", band_of(12)),
        SelectionRules(),
        randomised=True,
    )
    return ones


def test_each_reason_is_told_by_the_code_that_spreadsheets_filter_by():
    """The code of the first result that is left out, one example of each."""
    found = {code: one.excluded[0].reason for code, one in every_reason().items()}
    assert found == {code: code for code in found}
    absent = {"other-time", "not-reported", "no-results"}
    assert {str(reason) for reason in Reason} == {*found, *absent}


def test_a_study_without_anything_to_choose_from_says_why_in_a_code():
    """Reported at another time, not reported, or no results at all."""
    files = [
        study("a-1", count("any-remission", 5, 20, at=24)),
        study("b-1", count("death", 5, 20)),
        study("c-1", status="registered"),
    ]
    evidence = therapy_evidence(files, "msc")
    found = choose(evidence, "any-remission", "lupus", band_of(12))
    codes = [item.reason for item in considered(evidence, found)]
    assert codes == ["other-time", "not-reported", "no-results"]


def test_what_is_left_out_can_be_looked_up():
    """Its result, its line of the record, and whether it is an estimate."""
    file = study("doe-2020", count("death", 1, 20), count("any-remission", 3, 12))
    (left,) = chosen(file, min_n=13).excluded
    assert left.result == file.study.results[1]
    assert left.place == file.place("results", 1)
    assert left.particulars.here == Counted(3, 12, 12, "treated", estimate=False)
    curve = estimate("any-remission", "30", se="10", at=12, n=20)
    (left,) = chosen(study("doe-2020", curve), min_n=21).excluded
    here = left.particulars.here
    assert (here.people, here.estimate) == (20, True)


def test_one_study_is_enough_to_mark_a_selection():
    """Uneven follow-up or the best state ever in any of the studies."""
    lines = {
        "visit": count("infection", 1, 20),
        "longest": count("infection", 1, 20, at=LONGEST),
        "best-ever": count("infection", 1, 20, at=LONGEST | {"basis": "best-ever"}),
    }
    files = {basis: study(f"{basis}-1", line) for basis, line in lines.items()}

    def marks(*kinds):
        found = chosen(*(files[kind] for kind in kinds), endpoint="infection", at=None)
        assert len(found.included) == len(kinds)
        return found.uneven, found.ever

    assert marks("visit") == (False, False)
    assert marks("visit", "longest") == (True, False)
    assert marks("visit", "best-ever") == (False, True)


def test_rules_that_nobody_changed():
    """The largest of reports on the same people; five people; the middle."""
    assert OVERLAP_RULES[0] == SelectionRules().overlap == "largest"
    assert ASSUMED_ERRORS == ("middle", "everyone", "fewest", "none")
    assert (SelectionRules().assumed_error, SelectionRules().min_n) == ("middle", 5)
    assert set(PRIMARY_READINGS) == {
        "primary-full-text",
        "primary-abstract",
        "registry",
    }
