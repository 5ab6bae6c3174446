"""The registry's codes in words: design, status, funding, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.writing import Blank

if TYPE_CHECKING:
    from lupus_evidence.importing.registry import (
        DateStruct,
        DesignModule,
        Protocol,
        Sponsors,
        Status,
    )
    from lupus_evidence.importing.writing import Node

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


def words(code: str | None) -> str:
    """Return a code of the registry as words: "NON_RANDOMIZED", "Non randomized"."""
    return (code or "").replace("_", " ").capitalize()


def design(protocol: Protocol) -> Node:
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
    said = ", ".join(words(code) for code in codes if code)
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
    said = _STATUSES.get(code, words(code))
    if code == "UNKNOWN" and status.last_known_status:
        known = status.last_known_status
        said += f"; {_STATUSES.get(known, words(known)).lower()}"
        if status.status_verified_date:
            said += f" when last verified in {status.status_verified_date}"
    reason = one_line(status.why_stopped)
    if reason:
        said += f": {reason.rstrip('.')}"
    if posted is not None:
        said += ", results posted" if posted else ", no results posted"
    update = status.last_update_post_date_struct.date or status.last_update_submit_date
    return f"{said} (entry of {update})" if update else said


def funding(sponsors: Sponsors) -> str:
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


def notes(protocol: Protocol) -> list[Node]:
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
