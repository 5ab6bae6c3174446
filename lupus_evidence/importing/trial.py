"""A registered trial as a record: what the registry says, and no results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import trial_arms, trial_words
from lupus_evidence.importing.draft import Draft
from lupus_evidence.importing.identifiers import one_line, registration, year
from lupus_evidence.importing.reference import blank_result
from lupus_evidence.importing.registry import Location, Protocol, Trial
from lupus_evidence.importing.shapes import shaped
from lupus_evidence.importing.writing import Blank, Inline
from lupus_evidence.text import visible
from lupus_evidence.vocabulary import topic
from lupus_evidence.vocabulary.resolving import country_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.importing.writing import Node

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
        **_completion(protocol),
        "population": _population(protocol),
        "arms": trial_arms.arms(protocol, posted=bool(trial.posted)),
    }
    if trial.posted:
        fields["results"] = [blank_result(next(iter(trial_arms.labels(protocol))))]
    notes = trial_words.notes(protocol)
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
        "design": trial_words.design(protocol),
        "status": _status(trial),
        "publication": "registry-entry",
        "reading": "registry",
    }
    said = trial_words.registry_status(status, posted=trial.posted)
    if said:
        fields["registry_status"] = said
    funding = trial_words.funding(protocol.sponsor_collaborators_module)
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
    if (
        start.date
        and trial_words.DATE.fullmatch(start.date)
        and start.type != "ESTIMATED"
    ):
        fields["recruitment"] = Inline({"start": trial_words.partial_date(start.date)})
    return fields


def _completion(protocol: Protocol) -> dict[str, Node]:
    """Return the end of the study, where the entry says whether it is planned."""
    end = trial_words.completion(protocol.status_module)
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
