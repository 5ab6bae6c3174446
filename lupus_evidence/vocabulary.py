"""The words of the field: therapies, endpoints, denominators, time bands.

One word has one meaning everywhere: in the records, on the command line and in
every output. Nothing here knows a study.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Family = Literal["survival", "remission", "response", "harm", "other"]
Scope = Literal["lupus", "kidney", "blood", "lung", "heart", "skin", "immune"]
Among = Literal[
    "enrolled",
    "treated",
    "evaluable",
    "followed",
    "survivors",
    "responders",
    "unstated",
]
Design = Literal[
    "randomised-trial",
    "controlled-trial",
    "comparative-cohort",
    "single-arm-trial",
    "cohort",
    "registry",
    "case-series",
    "case-report",
]
Status = Literal["published", "registered", "withdrawn"]
Publication = Literal[
    "article", "letter", "conference-abstract", "thesis", "registry-entry", "web-page"
]
Reading = Literal["primary-full-text", "primary-abstract", "registry", "secondary"]
Kind = Literal["count", "kaplan-meier", "cumulative-incidence", "unstated"]
Basis = Literal[
    "visit",
    "kaplan-meier",
    "median-follow-up",
    "mean-follow-up",
    "best-ever",
    "longest",
]
Certainty = Literal["certain", "likely"]
Direction = Literal["falls", "rises", "unchanged"]

FAMILIES: tuple[Family, ...] = get_args(Family)
SCOPES: tuple[Scope, ...] = get_args(Scope)
AMONG: tuple[Among, ...] = get_args(Among)
DESIGNS: tuple[Design, ...] = get_args(Design)
STATUSES: tuple[Status, ...] = get_args(Status)
READINGS: tuple[Reading, ...] = get_args(Reading)

#: Designs in which two arms were followed side by side.
CONTROLLED_DESIGNS: frozenset[Design] = frozenset(
    {"randomised-trial", "controlled-trial", "comparative-cohort"}
)


@dataclass(frozen=True)
class Therapy:
    """A treatment that an arm was given.

    Parameters
    ----------
    name : str
        As written in records and on the command line.
    label : str
        For the screen.
    wider : str or None
        The name that includes this one: every ``uc-msc`` arm is an ``msc`` arm.
    """

    name: str
    label: str
    wider: str | None = None


@dataclass(frozen=True)
class Endpoint:
    """What a result counts.

    Parameters
    ----------
    name : str
        As written in records and on the command line.
    label : str
        For the screen, in words.
    family : {"survival", "remission", "response", "harm", "other"}
        The group it is shown in.
    good : bool or None
        Whether more is better for the person; None where that depends.
    """

    name: str
    label: str
    family: Family
    good: bool | None


@dataclass(frozen=True)
class Band:
    """A stretch of time in which results count as the same time.

    Parameters
    ----------
    months : int or None
        The name of the band; None is "time not stated".
    low, high : float
        Months, ``low <= t < high``.
    """

    months: int | None
    low: float
    high: float

    @property
    def label(self) -> str:
        """The band in words, "24 months" or "time not stated"."""
        return "time not stated" if self.months is None else f"{self.months} months"


THERAPIES: dict[str, Therapy] = {
    therapy.name: therapy
    for therapy in (
        Therapy("hsct", "autologous stem-cell transplantation (HSCT)"),
        Therapy("allo-hsct", "allogeneic stem-cell transplantation"),
        Therapy("msc", "donor mesenchymal stem cells (MSC)"),
        Therapy("uc-msc", "umbilical-cord MSC", "msc"),
        Therapy("bm-msc", "donor bone-marrow MSC", "msc"),
        Therapy("adipose-msc", "donor fat-tissue MSC", "msc"),
        Therapy("amnion-msc", "amnion MSC", "msc"),
        Therapy("auto-msc", "a person's own MSC"),
        Therapy("car-t", "CAR T cells"),
        Therapy("cyclophosphamide", "cyclophosphamide without stem cells"),
        Therapy(
            "high-dose-cyclophosphamide",
            "high-dose cyclophosphamide without stem cells",
            "cyclophosphamide",
        ),
        Therapy(
            "monthly-cyclophosphamide", "monthly cyclophosphamide", "cyclophosphamide"
        ),
        Therapy("rituximab", "rituximab"),
        Therapy("other-drug", "another drug"),
        Therapy("conventional", "conventional treatment"),
        Therapy("placebo", "placebo on top of conventional treatment"),
        Therapy("not-stated", "treatment not stated"),
    )
}

ENDPOINTS: dict[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        Endpoint("overall-survival", "alive", "survival", good=True),
        Endpoint(
            "disease-free-survival", "alive and disease-free", "survival", good=True
        ),
        Endpoint(
            "event-free-survival", "alive without an event", "survival", good=True
        ),
        Endpoint(
            "progression-free-survival",
            "alive without progression",
            "survival",
            good=True,
        ),
        Endpoint("complete-remission", "complete remission", "remission", good=True),
        Endpoint("partial-remission", "partial remission", "remission", good=True),
        Endpoint(
            "any-remission", "complete or partial remission", "remission", good=True
        ),
        Endpoint("no-remission", "no remission", "remission", good=False),
        Endpoint("major-response", "major clinical response", "response", good=True),
        Endpoint(
            "partial-response", "partial clinical response", "response", good=True
        ),
        Endpoint("any-response", "any clinical response", "response", good=True),
        Endpoint("no-response", "no clinical response", "response", good=False),
        Endpoint("death", "death from any cause", "harm", good=False),
        Endpoint(
            "treatment-related-mortality",
            "death related to treatment",
            "harm",
            good=False,
        ),
        Endpoint("relapse", "relapse", "harm", good=False),
        Endpoint("infection", "infection", "harm", good=False),
        Endpoint("serious-infection", "serious infection", "harm", good=False),
        Endpoint(
            "secondary-autoimmunity", "a new autoimmune disease", "harm", good=False
        ),
        Endpoint("malignancy", "cancer", "harm", good=False),
        Endpoint("renal-failure", "kidney failure or dialysis", "harm", good=False),
        Endpoint(
            "graft-versus-host-disease",
            "graft-versus-host disease",
            "harm",
            good=False,
        ),
        Endpoint(
            "cytokine-release-syndrome", "cytokine release syndrome", "harm", good=False
        ),
        Endpoint("neurotoxicity", "nerve or brain toxicity", "harm", good=False),
        Endpoint("adverse-event", "any adverse event", "harm", good=False),
        Endpoint("serious-adverse-event", "serious adverse event", "harm", good=False),
        Endpoint(
            "treatment-related-adverse-event",
            "adverse event put down to the treatment",
            "harm",
            good=False,
        ),
        Endpoint("other-harm", "another harm", "harm", good=False),
        Endpoint("drug-free", "off all lupus drugs", "other", good=True),
        Endpoint("lost-to-follow-up", "lost to follow-up", "other", good=None),
        Endpoint("other", "another outcome", "other", good=None),
    )
}

#: Endpoints whose meaning is in the result's own ``name`` field.
NAMED_ENDPOINTS: frozenset[str] = frozenset({"other", "other-harm"})

MEASURES: dict[str, str] = {
    "sledai": "disease activity score (SLEDAI)",
    "bilag": "disease activity score (BILAG)",
    "proteinuria": "protein in urine",
    "creatinine": "serum creatinine",
    "gfr": "kidney filtration rate (GFR)",
    "creatinine-clearance": "creatinine clearance",
    "albumin": "serum albumin",
    "c3": "complement C3",
    "c4": "complement C4",
    "ana": "antinuclear antibodies",
    "anti-dsdna": "anti-double-stranded-DNA antibodies",
    "haemoglobin": "haemoglobin",
    "platelets": "platelet count",
    "leukocytes": "white-cell count",
    "regulatory-t-cells": "regulatory T cells",
    "prednisone-dose": "prednisone dose",
    "quality-of-life": "quality of life",
    "lung-function": "lung function",
    "engraftment-time": "time until blood cells recovered",
    "other": "another measurement",
}

#: The bands of the standing design; results outside them (before month 3) belong to
#: none and are shown as "under 3 months".
BANDS: tuple[Band, ...] = (
    Band(6, 3, 9),
    Band(12, 9, 18),
    Band(24, 18, 30),
    Band(36, 30, 48),
    Band(60, 48, 84),
    Band(120, 84, float("inf")),
)
EARLY = Band(0, 0, 3)
NOT_STATED = Band(None, float("nan"), float("nan"))


def therapy_includes(wide: str, narrow: str) -> bool:
    """Tell whether every arm given `narrow` was also given `wide`."""
    name: str | None = narrow
    while name is not None:
        if name == wide:
            return True
        name = THERAPIES[name].wider
    return False


def band_of(months: float | None) -> Band:
    """Return the band that a time falls in.

    Parameters
    ----------
    months : float or None
        Months since treatment; None if the source does not say.
    """
    if months is None:
        return NOT_STATED
    for band in BANDS:
        if band.low <= months < band.high:
            return band
    return EARLY


def family_of(endpoint: str) -> Family:
    """Return the family of an endpoint."""
    return ENDPOINTS[endpoint].family
