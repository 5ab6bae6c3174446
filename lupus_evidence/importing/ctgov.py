"""A registered trial as a record: what the registry says, and no results.

Its codes in words, its arms by name and by what is given, never how many people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lupus_evidence.documents.text import visible
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.ctgov_study import (
    ArmGroup,
    DateStruct,
    DesignModule,
    Location,
    Protocol,
    Sponsors,
    Status,
    Trial,
)
from lupus_evidence.importing.identifiers import one_line, registration, year
from lupus_evidence.importing.json_files import shaped
from lupus_evidence.importing.record_yaml import Blank, Inline, Node
from lupus_evidence.importing.reference import Draft, Names, blank_result, slug
from lupus_evidence.vocabulary import topic
from lupus_evidence.vocabulary.resolving import country_code

_NCT = re.compile(r"NCT[0-9]{8}")
#: Kinds of further number that are registrations of the same trial.
_REGISTRY_KINDS = {"EUDRACT_NUMBER": "EudraCT ", "CTIS": "CTIS ", "REGISTRY": ""}
_LEFT_OUT = (
    "not carried over: outcomes, eligibility criteria, descriptions of interventions, "
    "posted results (figures are typed from the page, with their place)"
)


def read_ctgov(value: Any) -> Iterator[Draft]:  # noqa: ANN401 - whatever the file holds
    """Yield records of the trials in an answer of ClinicalTrials.gov.

    Parameters
    ----------
    value : object
        What the JSON text holds: one study, a list of them, or a search's answer.

    Raises
    ------
    EvidenceError
        If a study has not the shape of the API, version 2.
    """
    if isinstance(value, dict) and "studies" in value:
        value = value["studies"]
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        yield _draft(shaped(Trial, item, f"study {number}"))


def _draft(trial: Trial) -> Draft:
    """Return one trial's record."""
    protocol = trial.protocol_section
    number = protocol.identification_module.nct_id.upper()
    if not _NCT.fullmatch(number):
        raise EvidenceError(
            f"{visible(repr(number))} is not a ClinicalTrials.gov number"
        )
    places = _Places(protocol.contacts_locations_module.locations)
    fields = _about(trial, number)
    fields |= {
        "setting": _setting(protocol, places),
        **_with_completion(protocol),
        "population": _population(protocol),
        "arms": arms_of(protocol, posted=bool(trial.posted)),
    }
    if trial.posted:
        fields["results"] = [blank_result(next(iter(arm_labels(protocol))))]
    notes = notes_of(protocol)
    if notes:
        fields["notes"] = notes
    doubts = [
        visible(f"the number {said!r} cannot stand under registrations")
        for said, kept in _registrations(protocol, number).items()
        if kept is None
    ]
    return Draft(number.lower(), fields, (*doubts, *places.doubts, _LEFT_OUT))


def _about(trial: Trial, number: str) -> dict[str, Node]:
    """Return the fields that say which trial this is and how it stands."""
    protocol = trial.protocol_section
    named, status = protocol.identification_module, protocol.status_module
    posted = status.study_first_post_date_struct.date
    numbers = _registrations(protocol, number)
    citation: dict[str, Node] = {"journal": "ClinicalTrials.gov"}
    entered = year(posted or status.study_first_submit_date)
    if entered is not None:
        citation = {"year": entered, **citation}
    title = one_line(named.official_title) or one_line(named.brief_title)
    fields: dict[str, Node] = {
        "title": title or Blank(),
        "citation": citation,
        "registrations": tuple(dict.fromkeys(filter(None, numbers.values()))),
        "design": design_of(protocol),
        "status": _status(trial),
        "publication": "registry-entry",
        "reading": "registry",
    }
    said = registry_status(status, posted=trial.posted)
    if said:
        fields["registry_status"] = said
    funding = funded_by(protocol.sponsor_collaborators_module)
    if funding:
        fields["funding"] = funding
    return fields


def _registrations(protocol: Protocol, number: str) -> dict[str, str | None]:
    """Return the trial's numbers here and elsewhere, as said and as records put them.

    None where a number cannot stand in a record.
    """
    found: dict[str, str | None] = {number: number}
    for other in protocol.identification_module.secondary_id_infos:
        prefix = _REGISTRY_KINDS.get(other.type or "")
        if prefix is None or not other.id:
            continue
        if prefix == "" and other.id[:1].isdigit() and other.domain:
            prefix = f"{other.domain} "
        found[other.id] = registration(f"{prefix}{other.id}")
    return found


def _status(trial: Trial) -> Node:
    """Return the record's status; a blank where the file does not say enough."""
    if trial.protocol_section.status_module.overall_status == "WITHDRAWN":
        return "withdrawn"
    if trial.posted is None:
        return Blank()
    return "published" if trial.posted else "registered"


class _Places:
    """Where the trial is done, and which of its countries are not known here."""

    def __init__(self, locations: tuple[Location, ...]) -> None:
        countries = dict.fromkeys(place.country for place in locations if place.country)
        codes = {name: country_code(name) for name in countries}
        self.countries = tuple(dict.fromkeys(filter(None, codes.values())))
        self.doubts = tuple(
            visible(f"the country {name!r} has no code known here: add it by hand")
            for name, code in codes.items()
            if code is None
        )
        named = [place for place in locations if one_line(place.facility)]
        self.centres = tuple(dict.fromkeys(_centre(place) for place in named))
        self.count = len(self.centres) + len(locations) - len(named)


def _centre(place: Location) -> str:
    """Return a centre as records write one: hospital, city."""
    return ", ".join(filter(None, map(one_line, (place.facility, place.city))))


def _setting(protocol: Protocol, places: _Places) -> dict[str, Node]:
    """Return countries, centres and the start."""
    fields: dict[str, Node] = {"countries": places.countries or Blank()}
    if places.centres or not places.count:
        fields["centres"] = places.centres or Blank()
    if places.count > len(places.centres):
        fields["centres_count"] = places.count
    start = protocol.status_module.start_date_struct
    if start.date and DATE.fullmatch(start.date) and start.type != "ESTIMATED":
        fields["recruitment"] = Inline({"start": partial_date(start.date)})
    return fields


def _with_completion(protocol: Protocol) -> dict[str, Node]:
    """Return the end of the study, where the entry says whether it is planned."""
    end = completion(protocol.status_module)
    return {"completion": Inline(end)} if end else {}


def _population(protocol: Protocol) -> dict[str, Node]:
    """Return how many people were planned or enrolled, and with what."""
    info = protocol.design_module.enrollment_info
    named = map(one_line, protocol.conditions_module.conditions)
    conditions = "; ".join(filter(None, named))
    fields: dict[str, Node] = {}
    if info.count is None:
        fields["enrolled"] = Blank("the registry gives no number")
    elif info.type == "ACTUAL":
        fields["enrolled"] = info.count
        if info.count:
            fields[topic().condition.field] = Blank()
    elif info.type in {"ESTIMATED", "ANTICIPATED"}:
        fields["planned"] = info.count
    else:
        said = f"the registry says {info.count}, not whether planned or actual"
        fields["enrolled"] = Blank(said)
    if conditions:
        fields["note"] = f"Conditions in the registry: {conditions}."
    return fields


def arm_labels(protocol: Protocol) -> dict[str, ArmGroup | None]:
    """Return a name for each arm; one named "treated" where the entry lists none."""
    groups = protocol.arms_interventions_module.arm_groups
    if not groups:
        return {"treated": None}
    names = Names(())
    return {names.unused(_arm_name(group)): group for group in groups}


def _arm_name(group: ArmGroup) -> str:
    """Return a name that an arm's label gives."""
    name = slug(group.label or "")
    return name if len(name) > 1 else f"arm-{name}".strip("-")


def arms_of(protocol: Protocol, *, posted: bool) -> dict[str, Node]:
    """Return the arms; what each was given is said beside a blank, never guessed.

    Parameters
    ----------
    protocol : Protocol
        Arms and interventions.
    posted : bool
        Whether there are results, so that the people treated can be looked up.
    """
    given = [
        ": ".join(filter(None, (in_words(item.type), item.name)))
        for item in protocol.arms_interventions_module.interventions
    ]
    found: dict[str, Node] = {}
    for name, group in arm_labels(protocol).items():
        names = group.intervention_names if group else tuple(given)
        said = (in_words(group.type) if group else "", *names)
        hint = "; ".join(filter(None, map(one_line, said)))
        fields: dict[str, Node] = {"therapy": Blank(hint)}
        label = one_line(group.label) if group else None
        if label:
            fields["label"] = label
        if posted:
            fields["n"] = Blank()
        note = one_line(group.description) if group else None
        if note:
            fields["note"] = note
        found[name] = fields
    return found


#: https://clinicaltrials.gov/data-api/about-api/study-data-structure#enum-Status
_STATUSES = {
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "APPROVED_FOR_MARKETING": "Approved for marketing",
    "AVAILABLE": "Available",
    "COMPLETED": "Completed",
    "ENROLLING_BY_INVITATION": "Enrolling by invitation",
    "NOT_YET_RECRUITING": "Not yet recruiting",
    "NO_LONGER_AVAILABLE": "No longer available",
    "RECRUITING": "Recruiting",
    "SUSPENDED": "Suspended",
    "TEMPORARILY_NOT_AVAILABLE": "Temporarily not available",
    "TERMINATED": "Terminated",
    "UNKNOWN": "Unknown",
    "WITHDRAWN": "Withdrawn",
}
#: A date of the register: a year, a month or a day.
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_MASKING = {
    "NONE": "open label",
    "SINGLE": "single masking",
    "DOUBLE": "double masking",
    "TRIPLE": "triple masking",
    "QUADRUPLE": "quadruple masking",
}
_SIDE_BY_SIDE = frozenset({"PARALLEL", "CROSSOVER", "FACTORIAL"})


def partial_date(text: str) -> str | int:
    """Return a date as records write it: a year alone is a number."""
    return int(text) if text.isdigit() else text


def in_words(code: str | None) -> str:
    """Return a code of the registry as words: "NON_RANDOMIZED", "Non randomized"."""
    return (code or "").replace("_", " ").capitalize()


def design_of(protocol: Protocol) -> Node:
    """Return the design where the registry's codes leave no doubt, else a blank.

    Parameters
    ----------
    protocol : Protocol
        Randomised, or one group in one arm, or groups side by side without
        randomisation; an observational study only where it is a registry of patients.
    """
    module = protocol.design_module
    info = module.design_info
    allocation, model = info.allocation or "NA", info.intervention_model
    single = len(protocol.arms_interventions_module.arm_groups) <= 1
    if module.study_type == "INTERVENTIONAL":
        if allocation == "RANDOMIZED" and model != "SINGLE_GROUP" and not single:
            return "randomised-trial"
        if allocation == "NA" and model == "SINGLE_GROUP" and single:
            return "single-arm-trial"
        if allocation == "NON_RANDOMIZED" and model in _SIDE_BY_SIDE and not single:
            return "controlled-trial"
    elif module.study_type == "OBSERVATIONAL" and module.patient_registry:
        return "registry"
    codes = (
        module.study_type,
        info.allocation,
        info.intervention_model,
        info.observational_model,
    )
    said = ", ".join(in_words(code) for code in codes if code)
    return Blank(f"registry: {said}" if said else "")


def registry_status(status: Status, *, posted: bool | None) -> str:
    """Return the status as records put it, with the date of the entry.

    Parameters
    ----------
    status : Status
        Codes and dates.
    posted : bool or None
        Whether results are posted.
    """
    code = status.overall_status
    if not code:
        return ""
    said = _STATUSES.get(code, in_words(code))
    if code == "UNKNOWN" and status.last_known_status:
        known = status.last_known_status
        said += f"; {_STATUSES.get(known, in_words(known)).lower()}"
        if status.status_verified_date:
            said += f" when last verified in {status.status_verified_date}"
    reason = one_line(status.why_stopped)
    if reason:
        said += f": {reason.rstrip('.')}"
    if posted is not None:
        said += ", results posted" if posted else ", no results posted"
    update = status.last_update_post_date_struct.date or status.last_update_submit_date
    return f"{said} (entry of {update})" if update else said


def funded_by(sponsors: Sponsors) -> str:
    """Return sponsor and collaborators: "A (sponsor), with B and C"."""
    lead = one_line(sponsors.lead_sponsor.name)
    if not lead:
        return ""
    names = [name for other in sponsors.collaborators if (name := one_line(other.name))]
    if not names:
        return f"{lead} (sponsor)"
    others = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{lead} (sponsor), with {others}"


def completion(status: Status) -> dict[str, str | int]:
    """Return when the study ended or is to end; empty if the entry does not say which.

    Parameters
    ----------
    status : Status
        Codes and dates.
    """
    end = status.completion_date_struct
    kind = {"ACTUAL": "actual", "ESTIMATED": "planned"}.get(end.type or "")
    if kind is None or not end.date or not DATE.fullmatch(end.date):
        return {}
    return {kind: partial_date(end.date)}


def notes_of(protocol: Protocol) -> list[Node]:
    """Return sentences for the record's reader: phase, masking, dates, papers."""
    status = protocol.status_module
    sentences = [_phase(protocol.design_module)]
    start = status.start_date_struct
    if start.date and start.type == "ESTIMATED":
        sentences.append(f"The registry estimates the start for {start.date}.")
    end = status.completion_date_struct
    ends = (
        _end("Primary completion", status.primary_completion_date_struct),
        "" if completion(status) else _end("end of study", end),
    )
    said = ", ".join(filter(None, ends))
    if said:
        sentences.append(f"{said[0].upper()}{said[1:]}.")
    papers = [
        f"PMID {paper.pmid}"
        for paper in protocol.references_module.references
        if paper.pmid and paper.type == "RESULT"
    ]
    if papers:
        sentences.append(f"The entry names as reports of results: {', '.join(papers)}.")
    return [sentence for sentence in sentences if sentence]


def _phase(module: DesignModule) -> str:
    """Return "Phase 1 and 2, open label.", or what is known of it."""
    numbers = [code.removeprefix("PHASE") for code in module.phases if code != "NA"]
    phase = f"Phase {' and '.join(numbers)}" if numbers else ""
    if numbers == ["EARLY_PHASE1"]:
        phase = "Early phase 1"
    masking = _MASKING.get(module.design_info.masking_info.masking or "", "")
    said = ", ".join(filter(None, (phase, masking)))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _end(what: str, date: DateStruct) -> str:
    """Return a date with whether it is actual or estimated."""
    if not date.date:
        return ""
    kind = f" ({date.type.lower()})" if date.type else ""
    return f"{what} {date.date}{kind}"
