"""What a record may say of how far its figures may be off: one appraisal by one tool.

Names of tools, domains and answers are those of the files in ``appraisal/tools``; the
checks hold a record against them, so that another tool is another file and no code.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from lupus_evidence.fields import EndpointName, Identifier, ScopeName, Text
from lupus_evidence.parts import Record
from lupus_evidence.vocabulary import Reading

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
