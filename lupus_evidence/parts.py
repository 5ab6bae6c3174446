"""The parts of a study that say where it was published and who took part."""

from pydantic import BaseModel, ConfigDict

from lupus_evidence.fields import (
    Count,
    Country,
    Doi,
    Months,
    PartialDate,
    Pmcid,
    Pmid,
    Printed,
    Text,
    Url,
    Year,
)
from lupus_evidence.vocabulary import NoticeKind


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
