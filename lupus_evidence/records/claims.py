"""What a claims file may say: an article, and what it claims, in our own words.

The field descriptions are the manual: `schema claims` prints them.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, WrapValidator
from pydantic_core import PydanticCustomError

from lupus_evidence.records.field_types import (
    ClaimedTherapyName,
    Count,
    Doi,
    EndpointName,
    Identifier,
    MeasureName,
    Months,
    PartialDate,
    Pmcid,
    Pmid,
    Printed,
    ScopeName,
    Text,
    TherapyName,
    Url,
)
from lupus_evidence.records.study_parts import Record
from lupus_evidence.vocabulary import Among

ArticleKind = Literal[
    "clinic-page", "news", "press-release", "leaflet", "blog", "video", "other"
]
Bound = Literal["about", "over", "at-least", "up-to", "under", "nearly"]
Amount = Literal[
    "all",
    "nearly-all",
    "most",
    "three-quarters",
    "two-thirds",
    "half",
    "a-third",
    "a-quarter",
    "many",
    "some",
    "few",
    "none",
]
Who = Literal["children", "kidney", "other-disease", "several-diseases"]
Tells = Literal["no-control", "harms", "denominator", "randomised-trial", "registered"]
Quantity = Literal[
    "incidence", "prevalence", "sex-ratio", "symptom-prevalence", "cells-per-dose"
]
Unit = Literal[
    "percent",
    "per-100000",
    "per-100000-a-year",
    "women-per-man",
    "million-cells",
    "million-cells-per-kg",
]
Topic = Literal[
    "few-harms",
    "no-harms",
    "warns-of-harm",
    "safe-and-effective",
    "expert-agreement",
    "better-than",
    "lasting",
    "cure",
    "approval",
    "case-report",
    "study-account",
]
Change = Literal["falls", "rises"]


def _some(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty list; unlike a length, not when an item is wrong already."""
    if not value:
        raise ValueError("should hold at least one item")
    return value


Some = AfterValidator(_some)


class Article(Record):
    """The page whose claims are audited."""

    title: Text
    """Title as printed."""
    kind: ArticleKind
    """What kind of page it is."""
    publisher: Text | None = None
    """Who put it out."""
    url: Url | None = None
    """Its address, where it may be named."""
    seen: PartialDate | None = None
    """When it was read."""
    tells: tuple[Tells, ...] = ()
    """What the article itself tells its readers, so that it is not called left out;
    `harms` only where it tells of every serious one."""
    harms: tuple[EndpointName, ...] = ()
    """Harms that it tells of, where it does not tell of all."""
    note: Text | None = None
    """Anything else about the article."""


class Source(Record):
    """A value or a range that another source gives, and where that stands."""

    label: Text
    """Whom or what it is about: "worldwide", "United States"."""
    quantity: Quantity | None = None
    """What it measures, where that differs from the claim."""
    value: Printed | None = None
    """The value as printed."""
    to: Printed | None = None
    """The other part of a ratio: women 78.73 `to` men 9.26."""
    low: Printed | None = None
    """Lower end of the range or interval."""
    high: Printed | None = None
    """Upper end of the range or interval."""
    unit: Unit
    """Unit of the figures above."""
    doi: Doi | None = None
    """DOI without an address in front."""
    pmid: Pmid | None = None
    """PubMed number."""
    pmcid: Pmcid | None = None
    """PubMed Central number."""
    url: Url | None = None
    """A page address, only where nothing better exists."""
    note: Text | None = None
    """What a reader should know about this figure."""


class Opinion(Record):
    """What a review or a guideline says, in our own words."""

    says: Text
    """The gist in one sentence."""
    doi: Doi | None = None
    """DOI without an address in front."""
    pmid: Pmid | None = None
    """PubMed number."""
    pmcid: Pmcid | None = None
    """PubMed Central number."""
    url: Url | None = None
    """A page address, only where nothing better exists."""


class AnyClaim(Record):
    """What every claim has."""

    id: Identifier
    """A short name of its own in this file."""
    says: Text
    """The claim in our own words."""
    where: Text | None = None
    """Where in the article it stands."""
    cites: Identifier | None = None
    """The study it rests on, where that can be told."""
    unchecked: Text | None = None
    """A part of the claim that holds no figure to compare."""
    note: Text | None = None
    """Anything else about the claim."""


class ClaimedRate(Record):
    """One percentage that the article gives."""

    endpoint: EndpointName
    """What is counted."""
    scope: ScopeName | None = None
    """What it was judged on, where the article says: `kidney`, ..."""
    months: Months | None = None
    """Months after treatment; left out where the article does not say."""
    time: Literal["at", "within", "up-to", "at-least"] = "at"
    """The article's word in front of the time."""
    percent: Printed | None = None
    """Percentage as the article prints it (0-100)."""
    to: Printed | None = None
    """The other end of a range: `percent` 40 `to` 50."""
    amount: Amount | None = None
    """The article's word instead of a percentage: all, most, half, none, ..."""
    bound: Bound | None = None
    """The article's word in front of it: about, over, up-to, under, nearly, ..."""
    events: Count | None = None
    """People who had it, where the article says; `percent` may then be left out."""
    people: Count | None = None
    """Out of how many, where the article says."""
    counts: Literal["people", "events"] = "people"
    """Whether `events` are people, or happenings of which one may have several."""
    among: Among | None = None
    """Of whom the article says it is a share: treated, responders, ..."""


class RateClaim(AnyClaim):
    """A claim of one or more percentages of people treated."""

    kind: Literal["rate"]
    """rate."""
    therapy: ClaimedTherapyName
    """The treatment; `unspecified` for stem cells of which it does not say more."""
    people: Count | None = None
    """People treated, where the article says."""
    people_bound: Bound | None = None
    """The article's word in front of `people`."""
    who: Who | None = None
    """Whom it is about, where not everybody with {condition}."""
    review: bool = False
    """Whether the figure is a review's, of several studies together."""
    figures: Annotated[tuple[ClaimedRate, ...], Some]
    """The percentages."""
    quoted: tuple[Source, ...] = ()
    """Ranges that reviews quote, which the figure may have been taken from."""


class BackgroundClaim(AnyClaim):
    """A claim about the disease or the product, not about results of treatment."""

    kind: Literal["background"]
    """background."""
    quantity: Quantity
    """What is measured."""
    value: Printed
    """The value as the article prints it."""
    to: Printed | None = None
    """The other part of a ratio: 15 `to` 8."""
    unit: Unit
    """Unit of the value."""
    therapy: TherapyName | None = None
    """The treatment, for cells per dose: the records' doses are compared."""
    references: tuple[Source, ...] = ()
    """What other sources give."""


class ClaimedChange(Record):
    """One thing that is said to fall or rise."""

    measures: Annotated[tuple[MeasureName, ...], Some]
    """What was measured; any of them counts."""
    direction: Change
    """Which way it is said to go."""
    before: Printed | None = None
    """The value before, where the article gives it: a score of 16."""
    after: Printed | None = None
    """The value after."""
    months: Months | None = None
    """Months after treatment, where the article says."""


class DirectionClaim(AnyClaim):
    """A claim that something fell or rose, without a figure."""

    kind: Literal["direction"]
    """direction."""
    therapy: ClaimedTherapyName
    """The treatment; `unspecified` for stem cells of which it does not say more."""
    changes: Annotated[tuple[ClaimedChange, ...], Some]
    """What is said to change."""


class ClaimedOutcome(Record):
    """An outcome that is named without a percentage."""

    endpoint: EndpointName
    """What is counted."""
    months: Months | None = None
    """Months after treatment, where the article says."""


class StatementClaim(AnyClaim):
    """A claim without a figure, answered by rules from the records."""

    kind: Literal["statement"]
    """statement."""
    topic: Topic
    """Which rules answer it."""
    therapies: Annotated[tuple[TherapyName, ...], Some]
    """The treatments it is about."""
    people: Count | None = None
    """For an account of a study: how many people it says took part."""
    median_age: Printed | None = None
    """For an account of a study: median age in years."""
    female_percent: Printed | None = None
    """For an account of a study: percent women."""
    outcome: ClaimedOutcome | None = None
    """For an account of a study: what it is said to have found; for `better-than` and
    `lasting`: what is said to be better, or to last."""
    than: TherapyName | None = None
    """For `better-than`: than which treatment; any control if left out."""
    words: tuple[Text, ...] = ()
    """For a case report: words that its record would hold, any of them."""
    opinions: tuple[Opinion, ...] = ()
    """What reviews and guidelines say."""


Claim = RateClaim | BackgroundClaim | DirectionClaim | StatementClaim

KINDS: dict[str, type[AnyClaim]] = {
    "rate": RateClaim,
    "background": BackgroundClaim,
    "direction": DirectionClaim,
    "statement": StatementClaim,
}


def _of_its_kind(value: Any) -> AnyClaim:  # noqa: ANN401 - whatever the file holds
    """Validate a claim as its kind says, so that errors keep the file's own path."""
    if isinstance(value, AnyClaim):
        return value
    kind = value.get("kind") if isinstance(value, dict) else None
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise PydanticCustomError(
            "claim_kind", "kind should be rate, background, direction or statement"
        )
    return model.model_validate(value)


class ClaimsFile(Record):
    """An article and what it claims."""

    id: Identifier
    """A short name, and the name of the file."""
    article: Article
    """The page."""
    claims: Annotated[
        tuple[
            Annotated[Claim, WrapValidator(lambda value, _: _of_its_kind(value))],
            ...,
        ],
        Some,
    ]
    """What it claims, in its order."""
