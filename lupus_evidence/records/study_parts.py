"""The parts of a study: where it was published, who took part, its risk of bias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

from lupus_evidence.records.field_types import (
    Count,
    Country,
    Doi,
    EndpointName,
    Identifier,
    Months,
    PartialDate,
    Pmcid,
    Pmid,
    Printed,
    ScopeName,
    Text,
    Url,
    Year,
)
from lupus_evidence.vocabulary import NoticeKind, Reading, topic


class Record(BaseModel):
    """The habits of every model: frozen, nothing extra, numbers may stand as text."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        coerce_numbers_to_str=True,
        str_strip_whitespace=True,
    )


class Citation(Record):
    """Where the study was published."""

    authors: tuple[Text, ...] = ()
    """Surname and initials, first author first, as far as seen on a page."""
    year: Year | None = None
    """Year of publication."""
    journal: Text | None = None
    """Journal, or where else it appeared."""
    volume: Text | None = None
    """Volume."""
    issue: Text | None = None
    """Issue or supplement."""
    pages: Text | None = None
    """Pages or article number."""
    doi: Doi | None = None
    """DOI without an address in front."""
    pmid: Pmid | None = None
    """PubMed number."""
    pmcid: Pmcid | None = None
    """PubMed Central number, with PMC in front."""
    url: Url | None = None
    """A page address, only where nothing better exists."""
    language: Text | None = None
    """Language of the report where it is not English."""
    unconfirmed: tuple[Text, ...] = ()
    """Which of the fields above were not on a page that was read."""


class Notice(Record):
    """What a journal said of a report after it was published."""

    kind: NoticeKind
    """What it is; a reinstatement undoes a retraction."""
    date: PartialDate | None = None
    """When the notice appeared, as exact as it is known."""
    reason: Text | None = None
    """Why, in our words."""
    source: Text
    """Where the notice stands: its DOI, its PubMed number, or who lists it."""


class Distribution(Record):
    """How a quantity was spread over people, as printed."""

    mean: Printed | None = None
    """Mean."""
    median: Printed | None = None
    """Median."""
    sd: Printed | None = None
    """Standard deviation."""
    se: Printed | None = None
    """Standard error of the mean."""
    plus_minus: Printed | None = None
    """What follows ± where the source does not say what it is."""
    low: Printed | None = None
    """Lowest value."""
    high: Printed | None = None
    """Highest value."""
    q1: Printed | None = None
    """First quartile."""
    q3: Printed | None = None
    """Third quartile."""
    n: Count | None = None
    """How many people it was measured in."""


class FollowUp(Distribution):
    """How long people were followed, in months."""

    fixed: Months | None = None
    """Months, where everyone was to be followed for the same time."""
    longest: Months | None = None
    """Months of the longest follow-up that the source mentions."""
    note: Text | None = None
    """Anything else the source says about follow-up."""


class Recruitment(Record):
    """When people entered."""

    start: PartialDate | None = None
    """First date, as exact as the source gives it."""
    end: PartialDate | None = None
    """Last date."""


class Completion(Record):
    """When a trial ended or was to end, as its register or report says."""

    planned: PartialDate | None = None
    """The date the register plans for, while the trial is not known to have ended."""
    actual: PartialDate | None = None
    """The date it ended."""

    @property
    def end(self) -> str | None:
        """The date it ended, else the date planned."""
        return self.actual or self.planned


class Setting(Record):
    """Where and when."""

    countries: tuple[Country, ...] = ()
    """Two-letter ISO 3166 codes."""
    centres: tuple[Text, ...] = ()
    """Hospitals or registries, spelled the same in every record."""
    centres_count: Count | None = None
    """Number of centres where they are not named."""
    inferred: bool = False
    """Whether centre or country was inferred rather than printed."""
    recruitment: Recruitment | None = None
    """When people entered."""


#: What the models call the fields that a topic names.
WITH_CONDITION, SPECIFIC = "with_condition", "condition_specific"
GROUPS, SCORE = "groups", "score"


#: Parts of a record with such fields.
_PARTS = frozenset({("population",), ("arms",), ("results",), ("measurements",)})


def own_names() -> dict[str, str]:
    """Return the topic's names of fields, and what the models call them."""
    now = topic()
    score = {now.score.field: SCORE} if now.score else {}
    condition = now.condition
    return {condition.field: WITH_CONDITION, condition.specific: SPECIFIC, **score}


def as_recorded(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the way to a value as its record says it.

    Parameters
    ----------
    path : tuple of str or int
        As the models have it.
    """
    if path[:1] not in _PARTS:
        return path
    names = {ours: theirs for theirs, ours in own_names().items()}
    population = path[:1] == ("population",)
    kept = (
        step
        for at, step in enumerate(path)
        if not (step == GROUPS and population and at + 1 < len(path))
    )
    return tuple(
        names.get(step, step) if isinstance(step, str) else step for step in kept
    )


def recorded_fields(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a part as records name them, in order.

    Parameters
    ----------
    model : type of Record
        The part.
    """
    names = {ours: theirs for theirs, ours in own_names().items()}
    found: list[str] = []
    for field in model.model_fields:
        if field == GROUPS:
            found += topic().groups
        elif field != SCORE or topic().score is not None:
            found.append(names.get(field, field))
    return tuple(found)


class Worded(Record):
    """A part of a record with fields that the topic names."""

    @model_validator(mode="before")
    @classmethod
    def _from_record(cls, value: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        """Rename the fields that the topic names."""
        if not isinstance(value, dict):
            return value
        names = own_names()
        groups = topic().groups if GROUPS in cls.model_fields else {}
        if names.keys().isdisjoint(value) and groups.keys().isdisjoint(value):
            return value
        renamed: dict[str, Any] = {}
        for key, found in value.items():
            if key in groups:
                renamed.setdefault(GROUPS, {})[key] = found
            else:
                ours = names.get(key, key)
                renamed[ours if ours in cls.model_fields else key] = found
        return renamed

    if not TYPE_CHECKING:  # a checker knows the models' own names

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field
            """Return a value by the topic's name of its field: ``population.lupus``."""
            ours = own_names().get(name)
            if ours in type(self).model_fields:
                return getattr(self, ours)
            if GROUPS in type(self).model_fields and name in topic().groups:
                return self.groups.get(name)
            return super().__getattr__(name)

    @model_serializer(mode="wrap")
    def _to_record(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Rename them back, in their places."""
        names = {ours: theirs for theirs, ours in own_names().items()}
        renamed: dict[str, Any] = {}
        for key, value in write(self).items():
            if key == GROUPS and isinstance(value, dict):
                renamed |= value
            elif not (key == "scope" and value == topic().whole):
                renamed[names.get(key, key)] = value
        return renamed


class Population(Worded):
    """Who the people were."""

    planned: Count | None = None
    """People a registered trial intends or intended to enrol."""
    enrolled: Count | None = None
    """People who entered, whatever their disease."""
    with_condition: Count | None = None
    """Of those, people with {condition}."""
    analysed: Count | None = None
    """People in the paper's analysis where fewer than enrolled."""
    female: Count | None = None
    """Women and girls."""
    female_percent: Printed | None = None
    """Percent women where no count is given (0-100)."""
    children: bool | None = None
    """Whether the people were children."""
    age: Distribution | None = None
    """Age in years."""
    disease_duration: Distribution | None = None
    """Months since {condition} was diagnosed."""
    groups: dict[str, Count | None] = Field(default_factory=dict)
    """People of groups that the topic names, each under its own field."""
    score: Distribution | None = None
    """{score} score at the start."""
    refractory: Text | None = None
    """Whether, and in whose words, earlier treatment had failed."""
    entry: Text | None = None
    """Main entry criteria."""
    note: Text | None = None
    """Anything else about who they were."""

    @field_validator("groups")
    @classmethod
    def _known_groups(cls, value: dict[str, int | None]) -> dict[str, int | None]:
        """Refuse groups that the topic has not."""
        for name in value:
            if name not in topic().groups:
                raise ValueError(f"there is no group {name}")
        return value


#: Each result is held against each appraisal; no tool has nearly so many domains.
MAX_APPRAISALS = 50
MAX_DOMAINS = 50


def _answer_alone(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Let ``loss: no-information`` stand for an answer without a reason."""
    return {"answer": value} if isinstance(value, str) else value


class Answered(Record):
    """What somebody answered to one question of a tool, and why."""

    answer: Identifier
    """An answer that the tool knows; `no-information` is one in every tool."""
    because: Text | None = None
    """Why, in our words, with what the source says; every judgement needs it."""
    where: Text | None = None
    """Where in the source that stands."""


Domain = Annotated[
    Answered,
    BeforeValidator(_answer_alone, json_schema_input_type=Answered | str),
]


class Overall(Record):
    """What somebody made of all answers together."""

    answer: Identifier
    """An overall answer that the tool knows."""
    because: Text | None = None
    """Why; needed where it is not what the tool's rule gives."""


class About(Record):
    """The results that an appraisal is about, where results differ in it."""

    endpoint: EndpointName | None = None
    """What is counted."""
    arm: Identifier | None = None
    """The arm."""
    scope: ScopeName | None = None
    """What it was judged on."""


def _few_domains(domains: dict[str, Answered]) -> dict[str, Answered]:
    """Refuse more domains than any tool has."""
    if len(domains) > MAX_DOMAINS:
        count = f"{len(domains):,}"
        raise ValueError(f"should name at most {MAX_DOMAINS} domains, not {count}")
    return domains


class Appraisal(Record):
    """The risk of bias of a study, or of some of its results, by one tool."""

    tool: Identifier
    """The tool: rob2, robins-i, jbi-case-series or minors."""
    by: Text
    """Who judged: the keepers of these records, or the authors of a review."""
    read: Reading | None = None
    """From what it was judged; that of the record where left out."""
    source: Text | None = None
    """The review that printed the judgement, with its table; left out for our own."""
    about: About | None = None
    """The results it is about; the whole study where left out."""
    domains: Annotated[
        dict[Identifier, Domain],
        AfterValidator(_few_domains),
        Field(json_schema_extra={"maxProperties": MAX_DOMAINS}),
    ] = Field(default_factory=dict)
    """Answer and reason for each domain of the tool, by the domain's name."""
    unprinted: Annotated[tuple[Identifier, ...], Field(max_length=MAX_DOMAINS)] = ()
    """Domains that the review does not print; none of our own may be missing."""
    overall: Overall | None = None
    """The judgement over all domains; worked out by the tool's rule if left out."""
    note: Text | None = None
    """What a reader should know about this appraisal."""
