"""What a selection is: its rules, which results enter, which do not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lupus_evidence.evidence.result_numbers import Missing
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.records.files import Place
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Result
    from lupus_evidence.vocabulary import Among, Band, BiasLimit, Design, Reading, Scope


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


@dataclass(frozen=True)
class Counted:
    """A number as a sentence about it needs it.

    Parameters
    ----------
    events, n : float
        People with the outcome, and people; effective people for an estimate.
    people : float
        People it is about.
    among : str
        Kind of denominator as recorded.
    estimate : bool
        Whether it is an estimate and no count.
    """

    events: float
    n: float
    people: float
    among: Among
    estimate: bool


def counted(item: StudyNumber) -> Counted:
    """Return what a sentence needs of a study's number."""
    estimate = item.form == "effective"
    return Counted(item.events, item.n, item.people, item.among, estimate)


@dataclass(frozen=True)
class Particulars:
    """What a reason's sentence needs beyond its code; each reason has its own.

    Parameters
    ----------
    words : str
        What the record itself says: a subgroup, an outcome's name, a design, a
        reading, a scope, a level of bias, the date of a retraction.
    codes : tuple of str
        Checks that are failed.
    missing : Missing or None
        Why there is no usable number.
    here : Counted or None
        The number that is left out.
    instead : Counted or None
        The number of the same study that counts.
    wanted : str or None
        Kind of denominator of the figure.
    studies : tuple of (str, str)
        Counted studies that share people, with the certainty.
    times : tuple of Band
        When the study reports it.
    results : int
        How many results it has for other times or organs.
    """

    words: str = ""
    codes: tuple[str, ...] = ()
    missing: Missing | None = None
    here: Counted | None = None
    instead: Counted | None = None
    wanted: Among | None = None
    studies: tuple[tuple[str, str], ...] = ()
    times: tuple[Band, ...] = ()
    results: int = 0


@dataclass(frozen=True)
class Excluded:
    """A published result that does not enter, and why.

    Parameters
    ----------
    study : str
        Its id.
    index : int
        Which of the record's results, from 0.
    reason : Reason
        Stable code.
    particulars : Particulars
        What its sentence needs.
    source : StudyFile
        The record.
    """

    study: str
    index: int
    reason: Reason
    particulars: Particulars
    source: StudyFile = field(repr=False, compare=False)

    @property
    def result(self) -> Result:
        """The record's result."""
        return self.source.study.results[self.index]

    @property
    def place(self) -> Place:
        """Its file and line."""
        return self.source.place("results", self.index)


@dataclass(frozen=True)
class Selection:
    """The choice of results for one therapy, endpoint, scope and time band.

    Parameters
    ----------
    therapy, endpoint, scope : str
        What is asked.
    band : Band
        At what time.
    kind : str or None
        Kind of denominator that the figure is about; None if nothing enters.
    offered : tuple of str
        The kinds that any study offers.
    included : tuple of StudyNumber
        In order of study id.
    excluded : tuple of Excluded
        In order of study id and line.
    other_times : tuple of str
        Studies that report this only for other times.
    unreported : int
        People of registered studies of the therapy without a result.
    """

    therapy: str
    endpoint: str
    scope: Scope
    band: Band
    kind: Among | None
    offered: tuple[Among, ...]
    included: tuple[StudyNumber, ...]
    excluded: tuple[Excluded, ...]
    other_times: tuple[str, ...]
    unreported: int

    @property
    def events(self) -> tuple[float, ...]:
        """People with the outcome in each study."""
        return tuple(item.events for item in self.included)

    @property
    def sizes(self) -> tuple[float, ...]:
        """People, or effective people, in each study."""
        return tuple(item.n for item in self.included)

    @property
    def uneven(self) -> bool:
        """Whether any study's follow-up ended sooner for some than for others."""
        return any(item.uneven for item in self.included)

    @property
    def ever(self) -> bool:
        """Whether any study counts the best state reached, lasting or not."""
        return any(item.ever for item in self.included)

    @property
    def people(self) -> int:
        """People the figure is about, all studies together."""
        return int(sum(item.people for item in self.included))


@dataclass(frozen=True)
class Considered:
    """One study and what became of it.

    Parameters
    ----------
    study : str
        Its id.
    included : StudyNumber or None
        Its number, where it enters.
    excluded : tuple of Excluded
        Its results for this endpoint and time that do not enter.
    reason : Reason or None
        Why the study as a whole has no result to choose from.
    particulars : Particulars
        What that reason's sentence needs.
    """

    study: str
    included: StudyNumber | None
    excluded: tuple[Excluded, ...]
    reason: Reason | None = None
    particulars: Particulars = Particulars()
