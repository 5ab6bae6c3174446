"""A small invented report, and one whose records are full of hostile text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraised import judged
from evidence.made import base_of, cited, count, estimate, study
from pages.drawn import trial

from lupus_evidence.appraisal import tools
from lupus_evidence.audit import load_claims
from lupus_evidence.records.load import StudyFile
from lupus_evidence.records.study import Base
from lupus_evidence.report.build import build_report

if TYPE_CHECKING:
    from pathlib import Path

#: Text that would do harm if it were taken for markup, script, style or direction.
HOSTILE = (
    "<script>window.hurt = 1</script>",
    '"onload="window.hurt = 1" x="',
    "' onmouseover='window.hurt = 1",
    "]]><svg onload=window.hurt=1>",
    "</title></style></script><img src=x onerror=window.hurt=1>",
    "<!-- <details open ontoggle=window.hurt=1>",
    'javascript:window.hurt=1 https://evil.invalid/"onclick="window.hurt=1',
    "{{ 7 * 7 }} {% raw %} ${1}",
    "\u202e\u2067\u200fright to left\u200b\ufeff",
    "\x1b[31mred\x07",
    "x" * 5000,
)

#: Answers of one appraisal, beside those without information.
_ANSWERS = {"consecutive": "yes", "complete": "no", "statistics": "not-applicable"}


def invented():
    """Two therapies with every kind of figure, a trial, shared people."""
    arms = {
        "cells": {"therapy": "uc-msc", "n": 12},
        "none": {"therapy": "placebo", "n": 6},
    }
    base = base_of(
        cited(
            "ames-2001",
            count("any-remission", 9, 12),
            count("death", 1, 12),
            therapy="hsct",
            n=12,
            setting={
                "countries": ["IT"],
                "centres": ["Invented Hospital"],
                "recruitment": {"start": "1996", "end": "1999-06"},
            },
            follow_up={"median": "25"},
        ),
        cited(
            "bell-2004",
            count("any-remission", 20, 31, printed="65% (20/31)"),
            count("death", 4, 31),
            estimate("overall-survival", "84", se="8"),
            count("relapse", 6, 20, among="responders"),
            therapy="hsct",
            n=31,
        ),
        cited(
            "cole-2010",
            count("any-remission", 11, 14),
            therapy="hsct",
            n=14,
            shares=["bell-2004"],
            setting={"countries": ["IT"], "recruitment": {"start": "2001-03"}},
        ),
        cited(
            "dunn-2012",
            count("any-remission", 10, 30),
            count("relapse", 4, 30),
            n=30,
            setting={"countries": ["CN"]},
        ),
        cited(
            "east-2013",
            count("death", 3, 25),
            count("any-remission", 6, 25, at=24),
            n=25,
        ),
        cited(
            "gray-2015", count("secondary-autoimmunity", 2, 40, lupus_specific=False)
        ),
        cited(
            "hill-2017",
            count("any-remission", 9, 12, arm="cells"),
            count("any-remission", 5, 6, arm="none"),
            arms=arms,
            n=18,
            design="randomised-trial",
        ),
        study(
            "nct00000001",
            status="registered",
            population={"planned": 81},
            registrations=["NCT00000001"],
        ),
    )
    about = Base(
        version="2026.11",
        searched="2026-11",
        sources=("Invented for tests",),
        licence="CC0-1.0",
    )
    return replace(base, base=about)


def hostile():
    """The invented base with hostile text wherever a record holds text."""
    base = invented()
    text = " ".join(HOSTILE)
    bad = base.files[0].study
    result = bad.results[0].model_copy(
        update={"where": text, "definition": text, "note": text, "printed": text}
    )
    arm = bad.arms["only"].model_copy(update={"dose": text, "label": HOSTILE[0]})
    citation = bad.citation.model_copy(
        update={
            "authors": HOSTILE,
            "journal": text,
            "url": 'https://evil.invalid/"onclick="window.hurt=1',
        }
    )
    setting = bad.setting.model_copy(update={"centres": HOSTILE, "countries": (text,)})
    changed = bad.model_copy(
        update={
            "title": text,
            "notes": HOSTILE,
            "discrepancies": HOSTILE,
            "results": (result, *bad.results[1:]),
            "arms": {"only": arm},
            "citation": citation,
            "setting": setting,
            "registry_status": text,
        }
    )
    trial = base.files[-1].study.model_copy(
        update={"title": text, "registry_status": text}
    )
    files = (
        StudyFile(changed, base.files[0].file, base.files[0].text),
        *base.files[1:-1],
        StudyFile(trial, base.files[-1].file, base.files[-1].text),
    )
    return replace(base, files=files)


def claims(folder: Path, says: str = "Everybody gets well."):
    """An invented article with one claim."""
    import json

    text = f"""\
id: invented-page
article: {{title: {json.dumps(says)}, kind: clinic-page}}
claims:
  - id: all-well
    says: {json.dumps(says)}
    kind: rate
    therapy: msc
    figures: [{{endpoint: any-remission, months: 12, percent: "33"}}]
"""
    path = folder / "invented-page.yaml"
    path.write_text(text, encoding="utf-8")
    return load_claims([path])


def made(base, folder: Path, says: str = "Everybody gets well."):
    """The report of a base with one invented article."""
    return build_report(base, claims(folder, says))


def remission(name, *appraisal, **fields):
    """A study of own stem cells with an appraisal, or without one."""
    return cited(
        name,
        count("any-remission", 9, 12),
        therapy="hsct",
        n=12,
        appraisal=list(appraisal),
        **fields,
    )


def told(level, tool="jbi-case-series", **fields):
    """An appraisal of our own from the full text, unless told otherwise."""
    return judged(level, tool, **{"read": "primary-full-text", **fields})


def judged_studies():
    """Studies of every level, one nobody judged, one judged by result, a trial."""
    domains = dict.fromkeys(tools()["jbi-case-series"].domains, "no-information")
    given = {name: {"answer": x, "because": "so"} for name, x in _ANSWERS.items()}
    both = cited(
        "fern-2016",
        count("any-remission", 9, 12),
        count("death", 1, 12),
        therapy="hsct",
        n=12,
        appraisal=[
            told("low"),
            told("high", about={"endpoint": "death"}, read="primary-abstract"),
        ],
    )
    return base_of(
        remission("ames-2001", told("low")),
        remission("bell-2004", told("some", "minors")),
        remission("cole-2010", told("high", domains={**domains, **given})),
        remission("dunn-2012", told("unknown", read="primary-abstract")),
        remission("east-2013"),
        both,
        trial("adams-2024", (16, 40), (10, 40), appraisal=[told("some", "rob2")]),
    )
