"""Invented studies for tests of evidence and comparison, built from few words."""

from __future__ import annotations

import yaml

from lupus_evidence.evidence.rate_selection import choose
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.records.load import EvidenceBase, StudyFile
from lupus_evidence.records.study import Study
from lupus_evidence.records.validation import validate
from lupus_evidence.vocabulary import band_for

#: Two arms of one therapy.
ARMS = {"high": {"therapy": "msc", "n": 20}, "low": {"therapy": "msc", "n": 30}}


def count(endpoint, events, n, at=12, among="treated", **more):
    """A printed count."""
    return {
        "endpoint": endpoint,
        "events": events,
        "n": n,
        "at": at,
        "among": among,
        "where": "Abstract",
        **more,
    }


def estimate(endpoint, percent, at=60, among="treated", kind="kaplan-meier", **more):
    """A printed estimate."""
    return {
        "endpoint": endpoint,
        "percent": percent,
        "at": at,
        "among": among,
        "kind": kind,
        "where": "Table 2",
        **more,
    }


def study(name, *results, therapy="msc", n=20, year=2020, shares=(), **more):
    """A study file with one arm, unless `arms` says otherwise."""
    record = {
        "id": name,
        "title": f"Invented study {name}",
        "citation": {"authors": ["Doe J"], "year": year},
        "design": "single-arm-trial",
        "status": "published",
        "reading": "primary-abstract",
        "population": {"enrolled": n, "lupus": n},
        "arms": {"only": {"therapy": therapy, "n": n}},
        "results": [{"arm": "only", **result} for result in results],
        "overlaps": [
            {"study": other, "certainty": "likely", "because": "same hospital"}
            for other in shares
        ],
        **more,
    }
    for result in record["results"]:
        if result["arm"] is None:
            del result["arm"]
    text = yaml.safe_dump(record, sort_keys=False)
    found = validate(Study, text, f"{name}.yaml")
    assert isinstance(found, Study), found
    return StudyFile(found, f"{name}.yaml", text)


def cited(name, *results, **more):
    """A study whose first author and year are those of its id."""
    word, year = name.split("-")
    citation = {"authors": [f"{word.capitalize()} A"], "year": int(year)}
    return study(name, *results, citation=citation, **more)


def base_of(*files):
    """A base of these studies."""
    ordered = sorted(files, key=lambda item: item.study.id)
    contents = tuple((item.file, item.text) for item in ordered)
    return EvidenceBase("invented", tuple(ordered), (), None, contents)


def chosen(
    *files, endpoint="any-remission", scope="lupus", at=12, therapy="msc", **rules
):
    """Select from these files."""
    return choose(
        therapy_evidence(files, therapy),
        endpoint,
        scope,
        band_for(endpoint, at, None),
        SelectionRules(**rules),
    )
