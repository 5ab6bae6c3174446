"""Invented records for tests; the real ones change with the evidence."""

from __future__ import annotations

STUDY = """\
id: {id}
title: {title}
citation: {{authors: [Doe J], year: {year}, journal: J Invented, doi: 10.1000/{id}}}
design: single-arm-trial
status: published
reading: primary-abstract
setting: {{countries: [CN], centres: ["{centre}"]}}
population: {{enrolled: {n}, lupus: {n}}}
arms:
  treated: {{therapy: {therapy}, n: {n}}}
follow_up: {{median: "30", low: "6", high: "60"}}
results:
  - endpoint: complete-remission
    arm: treated
    at: 12
    events: {events}
    n: {n}
    among: treated
    definition: {definition}
    where: Abstract
"""


def study_text(**changes: object) -> str:
    """Return a valid invented record with some values changed."""
    values: dict[str, object] = {
        "id": "doe-2020",
        "title": "An invented trial",
        "year": 2020,
        "centre": "Invented Hospital, Nowhere",
        "therapy": "msc",
        "n": 20,
        "events": 5,
        "definition": "SLEDAI below 3",
    }
    return STUDY.format(**(values | changes))
