"""A limit of bias: what it leaves out, and why."""

import pytest
from appraised import judged
from evidence.made import chosen, count, study

from lupus_evidence.evidence.selection import Reason
from lupus_evidence.pages.reasons import why

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
