"""What a person may change about the choice of results, and why one is left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lupus_evidence.vocabulary import BiasLimit, Design, Reading

OverlapRule = Literal["largest", "latest", "keep-all"]
OVERLAP_RULES: tuple[OverlapRule, ...] = ("largest", "latest", "keep-all")

AssumedError = Literal["middle", "everyone", "fewest", "none"]
ASSUMED_ERRORS: tuple[AssumedError, ...] = ("middle", "everyone", "fewest", "none")

#: Readings of a first-hand source: the report itself or the trial's own registry entry.
PRIMARY_READINGS: tuple[Reading, ...] = (
    "primary-full-text",
    "primary-abstract",
    "registry",
)

#: Reports on fewer people are shown and not pooled unless somebody asks: a series of
#: three moved a figure on 83 from 28 % (18 to 39) to 34 % (13 to 77).
FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class SelectionRules:
    """Which results may enter, and what happens to studies that share people.

    Parameters
    ----------
    overlap : {"largest", "latest", "keep-all"}
        Of studies that share people, keep the set with the most people in all, keep
        the latest reports, or keep all of them and count people twice.
    readings : tuple of str
        How a figure may have been seen; empty for any.
    designs : tuple of str
        How the study may have been done; empty for any.
    min_n : int
        Fewest people in a result's denominator.
    include_abstracts : bool
        Whether studies known only from a conference abstract may enter.
    include_failing : bool
        Whether results that fail a check may enter.
    assumed_error : {"middle", "everyone", "fewest", "none"}
        What a survival estimate printed without an error is worth.
    max_bias : {"low", "some", "high"} or None
        The worst risk of bias that a result may have; None for any, judged or not.
    keep_unjudged : bool
        Whether a result whose risk nobody knows may enter in spite of that limit.
    """

    overlap: OverlapRule = "largest"
    readings: tuple[Reading, ...] = ()
    designs: tuple[Design, ...] = ()
    min_n: int = FEWEST_PEOPLE
    include_abstracts: bool = True
    include_failing: bool = False
    assumed_error: AssumedError = "middle"
    max_bias: BiasLimit | None = None
    keep_unjudged: bool = False


class Reason(StrEnum):
    """Why a published result is not in a pooled figure: stable codes."""

    RETRACTED = "retracted"
    OVERLAP = "overlap"
    DENOMINATOR = "other-denominator"
    OTHER_DISEASES = "other-diseases"
    MIXED = "mixed-treatments"
    SUBGROUP = "subgroup-only"
    SCOPE = "other-scope"
    FAILS_CHECK = "fails-check"
    DURATION = "time-is-a-duration"
    FEW = "few-people"
    NO_NUMBER = "no-usable-number"
    ONE_ARM = "one-arm-only"
    SAME_STUDY = "same-study"
    OWN_OUTCOME = "own-outcome"
    READING = "reading-filter"
    DESIGN = "design-filter"
    ABSTRACT = "abstract-filter"
    BIAS = "bias-filter"
    OTHER_TIME = "other-time"
    NO_TIME = "no-time"
    VARYING_FOLLOW_UP = "varying-follow-up"
    NOT_EARLY = "not-early"
    NOT_REPORTED = "not-reported"
    NO_RESULTS = "no-results"
