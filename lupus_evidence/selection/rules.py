"""What a person may change about the choice of results, and why one is left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lupus_evidence.vocabulary import Design, Reading

OverlapRule = Literal["largest", "latest", "keep-all"]
OVERLAP_RULES: tuple[OverlapRule, ...] = ("largest", "latest", "keep-all")

#: Readings of a first-hand source: the report itself or the trial's own registry entry.
PRIMARY_READINGS: tuple[Reading, ...] = (
    "primary-full-text",
    "primary-abstract",
    "registry",
)

#: Reports on so few people are shown and never pooled.
FEW_PEOPLE = 2


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
    """

    overlap: OverlapRule = "largest"
    readings: tuple[Reading, ...] = ()
    designs: tuple[Design, ...] = ()
    min_n: int = 0
    include_abstracts: bool = True


class Reason(StrEnum):
    """Why a published result is not in a pooled figure: stable codes."""

    OVERLAP = "overlap"
    DENOMINATOR = "other-denominator"
    NOT_LUPUS = "not-lupus-specific"
    MIXED = "mixed-treatments"
    SUBGROUP = "subgroup-only"
    SCOPE = "other-scope"
    FEW = "one-or-two-people"
    NO_NUMBER = "no-usable-number"
    SAME_STUDY = "same-study"
    OWN_OUTCOME = "own-outcome"
    READING = "reading-filter"
    DESIGN = "design-filter"
    MIN_N = "min-n-filter"
    ABSTRACT = "abstract-filter"
    OTHER_TIME = "other-time"
    NOT_REPORTED = "not-reported"
    NO_RESULTS = "no-results"

    @property
    def label(self) -> str:
        """The reason in plain words, for a count of results."""
        return _LABELS[self]


_LABELS: dict[Reason, str] = {
    Reason.OVERLAP: "shares people with a study that is counted",
    Reason.DENOMINATOR: "divided by another kind of denominator",
    Reason.NOT_LUPUS: "people with other diseases are in the figure",
    Reason.MIXED: "people given other treatments are in the figure",
    Reason.SUBGROUP: "about part of the group only",
    Reason.SCOPE: "judged on something else",
    Reason.FEW: "one or two people",
    Reason.NO_NUMBER: "no usable number",
    Reason.SAME_STUDY: "another figure of the same study is counted",
    Reason.OWN_OUTCOME: "an outcome of that study alone",
    Reason.READING: "left out by the choice of readings",
    Reason.DESIGN: "left out by the choice of designs",
    Reason.MIN_N: "fewer people than asked for",
    Reason.ABSTRACT: "known from a conference abstract only",
    Reason.OTHER_TIME: "reported for other times only",
    Reason.NOT_REPORTED: "does not report this",
    Reason.NO_RESULTS: "registered, without results",
}
