"""The fixed names that records may use, as types, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Denominator:
    """Whom a rate is divided by.

    Parameters
    ----------
    name : str
        As written in records.
    words : str
        Whom it counts: "people treated".
    mark : str
        What a rate's own line adds to "12 of 39", where they are not everybody
        treated; else empty.
    given : str
        What stands before a therapy's name: "people treated with".
    of_hundred : str
        For a reader who knows no terms: "of 100 people treated".
    nearly_treated : bool
        Whether they stand for everybody treated while they are nearly as many.
    """

    name: Among
    words: str
    mark: str
    given: str
    of_hundred: str
    nearly_treated: bool = False


@dataclass(frozen=True)
class TimeBasis:
    """What kind of time a result stands under.

    Parameters
    ----------
    name : str
        As written in records.
    label : str
        For the screen: "a visit".
    mark : str
        What a table adds to the months: "(median)"; empty for a visit.
    phrase : str
        A sentence's words for it, with a place for the time.
    certainty : int
        0 where it is the same for everybody, 1 where people were followed for
        different lengths of time, 2 where it is any time up to then.
    """

    name: Basis
    label: str
    mark: str
    phrase: str
    certainty: int


#: In the order in which a figure is pooled on them: the first that any study offers.
DENOMINATORS: dict[Among, Denominator] = {
    kind.name: kind
    for kind in (
        Denominator(
            "treated",
            "people treated",
            "",
            "people treated with",
            "of 100 people treated",
        ),
        Denominator(
            "followed",
            "people still followed",
            "still followed",
            "people still followed after",
            "of 100 people still followed at that time",
            nearly_treated=True,
        ),
        Denominator(
            "evaluable",
            "people who could be judged",
            "who could be judged",
            "people who could be judged after",
            "of 100 people who could be judged",
            nearly_treated=True,
        ),
        Denominator(
            "enrolled",
            "people enrolled",
            "enrolled",
            "people who entered a study of",
            "of 100 people who entered the study",
            nearly_treated=True,
        ),
        Denominator(
            "unstated",
            "a group the source does not name",
            "of a group not named",
            "people given",
            "of 100 people; the study does not say which",
        ),
        Denominator(
            "survivors",
            "survivors",
            "survivors",
            "survivors of",
            "of 100 people who were alive",
        ),
        Denominator(
            "responders",
            "people who had responded",
            "who had responded",
            "people who had responded to",
            "of 100 people who had got better first",
        ),
    )
}

TIME_BASES: dict[Basis, TimeBasis] = {
    basis.name: basis
    for basis in (
        TimeBasis("visit", "a visit", "", "at {}", 0),
        TimeBasis(
            "kaplan-meier", "read off a curve", "(curve)", "at {} (read off a curve)", 0
        ),
        TimeBasis(
            "median-follow-up",
            "median follow-up",
            "(median)",
            "after {} (median follow-up)",
            1,
        ),
        TimeBasis(
            "mean-follow-up", "mean follow-up", "(mean)", "after {} (mean follow-up)", 1
        ),
        TimeBasis(
            "best-ever",
            "the best state ever reached",
            "(best ever)",
            "at some time within {}",
            2,
        ),
        TimeBasis("longest", "up to then", "(up to)", "at some time within {}", 2),
        TimeBasis(
            "response-duration",
            "how long it lasted",
            "(lasted)",
            "for {}, in those who had it",
            2,
        ),
    )
}

#: What kind of number a percentage is.
KINDS: dict[Kind, str] = {
    "count": "a count",
    "kaplan-meier": "Kaplan-Meier",
    "cumulative-incidence": "cumulative incidence",
    "unstated": "an estimate of a kind not stated",
}


BiasLevel = Literal["low", "some", "high", "unknown"]
BIAS_LEVELS: tuple[BiasLevel, ...] = get_args(BiasLevel)

#: Levels that a person may set as a limit, the strictest first.
BiasLimit = Literal["low", "some", "high"]
BIAS_LIMITS: tuple[BiasLimit, ...] = get_args(BiasLimit)


@dataclass(frozen=True)
class BiasWords:
    """How a level is drawn and told.

    Parameters
    ----------
    symbol : str
        One character that every screen can show and nobody needs colour to tell.
    word : str
        In a table.
    meaning : str
        One line.
    """

    symbol: str
    word: str
    meaning: str


BIAS: dict[BiasLevel, BiasWords] = {
    "low": BiasWords("+", "low", "Nothing is known that would put the figure off."),
    "some": BiasWords(
        "~", "some concerns", "Something may put the figure off a little."
    ),
    "high": BiasWords("x", "high", "Something is likely to put the figure off."),
    "unknown": BiasWords(
        "?", "no information", "Not enough is told to judge, so the figure may be off."
    ),
}


def within_bias(level: BiasLevel, limit: BiasLimit) -> bool:
    """Tell whether a level is no worse than a limit; what is not known may be high.

    Parameters
    ----------
    level : str
        Of a figure.
    limit : str
        The worst that is accepted.
    """
    ranks = {"low": 0, "some": 1, "high": 2, "unknown": 2}
    return ranks[level] <= ranks[limit]
