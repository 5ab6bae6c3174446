"""What a study file may say: frozen models that refuse anything else.

The field descriptions are the manual: `schema study` prints them, `new` puts them
into the template, editors show them.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from lupus_evidence.records.field_types import (
    TO_READ,
    Code,
    Count,
    EndpointName,
    Identifier,
    MeasureName,
    Months,
    PartialDate,
    Printed,
    Registration,
    ScopeName,
    Text,
    TherapyName,
)
from lupus_evidence.records.study_parts import (
    MAX_APPRAISALS,
    Appraisal,
    Citation,
    Completion,
    Distribution,
    FollowUp,
    Notice,
    Population,
    Record,
    Setting,
    Worded,
)
from lupus_evidence.vocabulary import (
    STATUSES,
    Among,
    Basis,
    Certainty,
    Design,
    Direction,
    Kind,
    Publication,
    Reading,
    Status,
    topic,
)

Acknowledged = Annotated[
    dict[Code, Text],
    Field(
        description="Check codes that this part really raises, each with the reason "
        "why the source's figure stays as printed."
    ),
]


class Arm(Worded):
    """People in a study given one therapy."""

    therapy: TherapyName
    """What they were given; the narrowest name that fits."""
    label: Text | None = None
    """The arm in the paper's words, where arms share a therapy."""
    n: Count | None = None
    """People treated (all diseases of this arm)."""
    enrolled: Count | None = None
    """People who entered the arm where more than were treated."""
    with_condition: Count | None = None
    """Of `n`, people with {condition}, where not all have it."""
    donor: Text | None = None
    """Autologous, allogeneic, haploidentical, ..."""
    sources: tuple[Text, ...] = ()
    """Where the cells came from."""
    dose: Text | None = None
    """Cells or drug given, as printed."""
    infusions: Text | None = None
    """How many infusions and when."""
    mobilisation: Text | None = None
    """Drugs that moved stem cells into the blood."""
    conditioning: Text | None = None
    """Drugs given before the graft."""
    graft: Text | None = None
    """What was done to the graft."""
    background: Text | None = None
    """Treatment given on top."""
    note: Text | None = None
    """Anything else about the arm."""


class Time(Record):
    """Months after treatment, and what kind of time it is."""

    months: Months | None = None
    """Months; left out for a best-ever result without a stated horizon."""
    basis: Basis = "visit"
    """A fixed visit, a Kaplan-Meier time, the median or mean follow-up, best ever."""
    low: Months | None = None
    """Shortest follow-up in months, where the time is a follow-up."""
    high: Months | None = None
    """Longest follow-up in months, where the time is a follow-up."""


def _months_alone(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Let ``at: 24`` stand for a visit at 24 months."""
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        return {"months": value}
    return value


At = Annotated[
    Time, BeforeValidator(_months_alone, json_schema_input_type=Time | int | str)
]


class Result(Worded):
    """One arm, one endpoint, one time, and a count or an estimate."""

    endpoint: EndpointName
    """What is counted."""
    name: Text | None = None
    """What is counted, where the endpoint is `other` or `other-harm`."""
    arm: Identifier | None = None
    """The arm; left out where the figure is for all arms together."""
    scope: ScopeName = Field(default_factory=lambda: topic().whole)
    """What a remission or response was judged on."""
    at: At | None = None
    """Months after treatment; left out where the source does not say."""
    events: Count | None = None
    """People who had the endpoint."""
    n: Count | None = None
    """People in the denominator."""
    among: Among = "unstated"
    """What kind of denominator `n` is."""
    percent: Printed | None = None
    """Percentage as printed (0-100)."""
    se: Printed | None = None
    """Standard error of the percentage, in percentage points."""
    ci: tuple[Printed, Printed] | None = None
    """Interval of the percentage as printed."""
    level: Annotated[int, Field(ge=50, le=99)] = 95
    """Level of that interval in percent."""
    kind: Kind = "count"
    """How the percentage came about."""
    condition_specific: bool = True
    """False where people with other diseases are in the figure."""
    subgroup: Text | None = None
    """Who, where the figure is about part of an arm."""
    printed: Text | None = None
    """The figure as the source prints it."""
    definition: Text | None = None
    """What the paper meant, in our words."""
    where: Text | None = None
    """Abstract, table, page or registry section."""
    reading: Reading | None = None
    """How this figure was seen, where it differs from the rest of the record."""
    note: Text | None = None
    """What a reader should know about this figure."""
    acknowledged: Acknowledged = Field(default_factory=dict)


class Measurement(Worded):
    """A continuous outcome at the start and at a later time."""

    measure: MeasureName
    """What was measured."""
    name: Text | None = None
    """What was measured, where `measure` is `other`."""
    arm: Identifier | None = None
    """The arm; left out where all arms are together."""
    unit: Text | None = None
    """Unit of the figures."""
    at: At | None = None
    """Months after treatment."""
    baseline: Distribution | None = None
    """Before treatment."""
    value: Distribution | None = None
    """At that time."""
    change: Distribution | None = None
    """Change from the start, where only that is printed."""
    direction: Direction | None = None
    """Which way it went, where no figures are given or to sum them up."""
    p: Text | None = None
    """P value as printed."""
    condition_specific: bool = True
    """False where people with other diseases are in the figure."""
    subgroup: Text | None = None
    """Who, where the figure is about part of an arm."""
    where: Text | None = None
    """Abstract, table, page or registry section."""
    reading: Reading | None = None
    """How this figure was seen, where it differs from the rest of the record."""
    note: Text | None = None
    """What a reader should know about this figure."""
    acknowledged: Acknowledged = Field(default_factory=dict)


class Overlap(Record):
    """Another report on some of the same people."""

    study: Identifier
    """The other record."""
    certainty: Certainty
    """Whether a source says so, or it is inferred."""
    because: Text
    """Why."""


#: Every result of a study is held against its arms; no study has had nearly so many.
MAX_ARMS = 100


def _some_arm(arms: dict[str, Arm]) -> dict[str, Arm]:
    """Refuse a study without arms; not said of one whose arms are all wrong."""
    if not arms:
        raise ValueError("should name at least one arm")
    if len(arms) > MAX_ARMS:
        raise ValueError(f"should name at most {MAX_ARMS} arms, not {len(arms):,}")
    return arms


class Study(Record):
    """One report of one group of people."""

    id: Identifier
    """First author and year, and the name of the file."""
    title: Text
    """Title as printed."""
    citation: Citation
    """Where it was published."""
    notices: tuple[Notice, ...] = ()
    """Retractions, expressions of concern and corrections, in the order they came."""
    registrations: tuple[Registration, ...] = ()
    """Trial registry numbers."""
    design: Design
    """How the study was done."""
    status: Annotated[Status, WithJsonSchema({"enum": [*STATUSES, TO_READ]})]
    """Published, registered without results, withdrawn; to-read until filled in."""
    publication: Publication = "article"
    """What kind of report it is."""
    reading: Reading
    """How the figures were seen."""
    registry_status: Text | None = None
    """Status that the registry shows, and when it was seen."""
    funding: Text | None = None
    """Who paid, where the source says."""
    setting: Setting = Setting()
    """Where and when."""
    completion: Completion | None = None
    """When a trial ended or was to end, all follow-up included."""
    population: Population
    """Who the people were."""
    arms: Annotated[
        dict[Identifier, Arm],
        AfterValidator(_some_arm),
        Field(json_schema_extra={"minProperties": 1, "maxProperties": MAX_ARMS}),
    ]
    """Groups of people by therapy; the key is the arm's name."""
    follow_up: FollowUp | None = None
    """How long people were followed."""
    results: tuple[Result, ...] = ()
    """Counts and estimates."""
    measurements: tuple[Measurement, ...] = ()
    """Continuous outcomes."""
    appraisal: Annotated[tuple[Appraisal, ...], Field(max_length=MAX_APPRAISALS)] = ()
    """Risk of bias, by a tool of appraisal: our own judgement, and published ones."""
    overlaps: tuple[Overlap, ...] = ()
    """Reports on some of the same people, recorded once, in the later report."""
    discrepancies: tuple[Text, ...] = ()
    """Where the source contradicts itself, another source or another reading."""
    notes: tuple[Text, ...] = ()
    """What a reader should know."""
    acknowledged: Acknowledged = Field(default_factory=dict)

    @property
    def retraction(self) -> Notice | None:
        """The notice that retracts it, unless a later one undid that."""
        standing: Notice | None = None
        for notice in self.notices:
            if notice.kind == "retraction":
                standing = notice
            elif notice.kind == "reinstatement":
                standing = None
        return standing

    @property
    def concern(self) -> Notice | None:
        """The expression of concern about it, where it is not retracted."""
        if self.retraction is not None:
            return None
        said = (one for one in self.notices if one.kind == "expression-of-concern")
        return next(said, None)


class Base(Record):
    """The records as a whole: ``_base.yaml``."""

    version: Text
    """Version of the records, by date."""
    searched: PartialDate
    """Date of the last search."""
    sources: tuple[Text, ...]
    """Where and how it was searched."""
    licence: Text
    """Under which terms the records may be used."""
