"""Who the people of a study were."""

from pydantic import Field, field_validator

from lupus_evidence.fields import Count, Printed, Text
from lupus_evidence.parts import Distribution
from lupus_evidence.vocabulary import topic
from lupus_evidence.worded import Worded


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
