"""The shape of a ClinicalTrials.gov study, API version 2, as far as it is read.

References
----------
https://clinicaltrials.gov/data-api/about-api/study-data-structure
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, StrictBool, StrictInt

from lupus_evidence.importing.json_files import Many, Shape


class DateStruct(Shape):
    """A date, and whether it is actual or estimated."""

    date: str | None = None
    type: str | None = None


class SecondaryId(Shape):
    """A number that another body gave the trial."""

    id: str | None = None
    type: str | None = None
    domain: str | None = None


class Identification(Shape):
    """Numbers and titles."""

    nct_id: str
    brief_title: str | None = None
    official_title: str | None = None
    secondary_id_infos: Many[SecondaryId] = ()


class Status(Shape):
    """Status and dates."""

    overall_status: str | None = None
    last_known_status: str | None = None
    status_verified_date: str | None = None
    why_stopped: str | None = None
    start_date_struct: DateStruct = DateStruct()
    primary_completion_date_struct: DateStruct = DateStruct()
    completion_date_struct: DateStruct = DateStruct()
    study_first_submit_date: str | None = None
    study_first_post_date_struct: DateStruct = DateStruct()
    last_update_submit_date: str | None = None
    last_update_post_date_struct: DateStruct = DateStruct()


class Sponsor(Shape):
    """Who pays or runs the trial."""

    name: str | None = None


class Sponsors(Shape):
    """The lead sponsor and others."""

    lead_sponsor: Sponsor = Sponsor()
    collaborators: Many[Sponsor] = ()


class Masking(Shape):
    """Who does not know the treatment."""

    masking: str | None = None


class DesignInfo(Shape):
    """How people come into arms or groups."""

    allocation: str | None = None
    intervention_model: str | None = None
    observational_model: str | None = None
    masking_info: Masking = Masking()


class Enrollment(Shape):
    """How many people, and whether that is planned."""

    count: StrictInt | None = Field(None, ge=0)
    type: str | None = None


class DesignModule(Shape):
    """How the study is done."""

    study_type: str | None = None
    patient_registry: StrictBool | None = None
    phases: Many[str] = ()
    design_info: DesignInfo = DesignInfo()
    enrollment_info: Enrollment = Enrollment()


class ArmGroup(Shape):
    """An arm of a trial or a group of an observational study."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: Many[str] = ()


class Intervention(Shape):
    """What is given."""

    type: str | None = None
    name: str | None = None


class ArmsInterventions(Shape):
    """Arms and what they are given."""

    arm_groups: Many[ArmGroup] = ()
    interventions: Many[Intervention] = ()


class Conditions(Shape):
    """Diseases."""

    conditions: Many[str] = ()


class Location(Shape):
    """A place where people are treated."""

    facility: str | None = None
    city: str | None = None
    country: str | None = None


class ContactsLocations(Shape):
    """Places."""

    locations: Many[Location] = ()


class Report(Shape):
    """A publication that the entry names."""

    pmid: str | None = None
    type: str | None = None


class References(Shape):
    """Publications."""

    references: Many[Report] = ()


class Protocol(Shape):
    """What was registered."""

    identification_module: Identification
    status_module: Status = Status()
    sponsor_collaborators_module: Sponsors = Sponsors()
    conditions_module: Conditions = Conditions()
    design_module: DesignModule = DesignModule()
    arms_interventions_module: ArmsInterventions = ArmsInterventions()
    contacts_locations_module: ContactsLocations = ContactsLocations()
    references_module: References = References()


class Trial(Shape):
    """One study of the registry."""

    protocol_section: Protocol
    results_section: Any = None
    has_results: StrictBool | None = None

    @property
    def posted(self) -> bool | None:
        """Whether results are posted; None if the file does not say."""
        return True if self.results_section else self.has_results
