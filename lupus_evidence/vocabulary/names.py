"""The fixed names that records may use, as types."""

from __future__ import annotations

from typing import Literal, get_args

Family = Literal["survival", "remission", "response", "harm", "other"]
#: A scope of the topic: what a remission or a response is judged on.
Scope = str
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
NoticeKind = Literal[
    "retraction", "expression-of-concern", "correction", "reinstatement"
]
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
    "response-duration",
]
Look = Literal["first", "all", "request"]
Certainty = Literal["certain", "likely"]
Direction = Literal["falls", "rises", "unchanged"]

FAMILIES: tuple[Family, ...] = get_args(Family)
AMONG: tuple[Among, ...] = get_args(Among)
DESIGNS: tuple[Design, ...] = get_args(Design)
STATUSES: tuple[Status, ...] = get_args(Status)
READINGS: tuple[Reading, ...] = get_args(Reading)

#: Other ways to write a name, as papers and patients do.
DESIGN_SPELLINGS: dict[str, Design] = {
    "case reports": "case-report",
    "cohorts": "cohort",
    "comparative": "comparative-cohort",
    "controlled": "controlled-trial",
    "randomised": "randomised-trial",
    "randomised controlled trial": "randomised-trial",
    "randomized": "randomised-trial",
    "randomized controlled trial": "randomised-trial",
    "randomized trial": "randomised-trial",
    "rct": "randomised-trial",
    "single arm": "single-arm-trial",
}
STATUS_SPELLINGS: dict[str, Status] = {
    "called off": "withdrawn",
    "unpublished": "registered",
}
READING_SPELLINGS: dict[str, Reading] = {
    "abstract": "primary-abstract",
    "full text": "primary-full-text",
    "second hand": "secondary",
}

#: Designs in which two arms were followed side by side.
CONTROLLED_DESIGNS: frozenset[Design] = frozenset(
    {"randomised-trial", "controlled-trial", "comparative-cohort"}
)
