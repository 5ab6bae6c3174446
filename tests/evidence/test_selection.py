"""What a limit of bias and a notice leave out of every figure, and how it is told."""

import pytest
from appraised import judged
from evidence.made import base_of, chosen, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.pages.comparison_page import FULL, comparison_document
from lupus_evidence.pages.reasons import why
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
